package generate

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// each repeats a job for the features of its file, in their order.
func (b *Batch) each(ctx context.Context, j BatchJob) (jobs []BatchJob, err error) {
	err = read.Features(ctx, b.path(j.Each.Source), read.Options{}, func(f geo.Feature) error {
		for k, v := range j.Each.Where {
			if f.Tags[k] != v {
				return nil
			}
		}
		one := j
		var lacks string
		if one.Name, lacks = fill(j.Name, f.Tags); lacks != "" {
			return fmt.Errorf("feature %s of %s has no field %q, which the name asks for", f.ID, j.Each.Source, lacks)
		}
		one.Each = &BatchEach{Where: f.Tags}
		if j.Each.BBox && f.Geometry != nil {
			box := f.Geometry.Bound()
			one.BBox = []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}
		}
		jobs = append(jobs, one)
		return nil
	})
	if err == nil && len(jobs) == 0 {
		err = fmt.Errorf("%s has no feature whose fields have the values of where: longtake inspect lists its fields", j.Each.Source)
	}
	return jobs, err
}

// fill puts the fields of a feature where a text names them: {iso_3166_2}. What could end
// a text of YAML is left out of their values. lacks is the first name without a field.
func fill(text string, fields map[string]string) (filled, lacks string) {
	filled = field.ReplaceAllStringFunc(text, func(m string) string {
		name := m[1 : len(m)-1]
		v, ok := fields[name]
		if !ok {
			lacks = cmp.Or(lacks, name)
			return m
		}
		return strings.Map(func(r rune) rune {
			if r < ' ' || strings.ContainsRune("\"'\\{}", r) {
				return -1
			}
			return r
		}, v)
	})
	return filled, lacks
}

var field = regexp.MustCompile(`\{[A-Za-z_][A-Za-z0-9_:]*\}`)

// fileName is a name with nothing in it that a path would read.
func fileName(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|{}`, r) {
			return '-'
		}
		return r
	}, name), ". ")
}

// document is the scene of a job.
func (b *Batch) document(ctx context.Context, j *BatchJob, load func(context.Context, []string) (*scene.Document, error)) (*scene.Document, error) {
	if j.Scene == "" {
		paths := make([]string, len(j.Inputs))
		for i, p := range j.Inputs {
			paths[i] = b.path(p)
		}
		return load(ctx, paths)
	}
	path := b.path(j.Scene)
	if j.Each == nil {
		return scene.Load(path, layers.Types())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	filled, lacks := fill(string(text), j.Each.Where)
	if lacks != "" {
		return nil, fmt.Errorf("%s: the feature has no field %q, which the scene asks for", path, lacks)
	}
	return scene.Parse(path, []byte(filled), layers.Types())
}
