package generate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
)

// Batch is a list of packages to generate, as YAML or JSON. Paths are relative to its
// file.
type Batch struct {
	Jobs []BatchJob `yaml:"jobs"`
	dir  string
}

// BatchJob is one package, or with Each one for every feature of a file.
type BatchJob struct {
	Name   string     `yaml:"name"`   // of the package's folder; may hold {field}
	Scene  string     `yaml:"scene"`  // a scene file, whose text may hold {field}
	Inputs []string   `yaml:"inputs"` // or data files, which get the default scene
	BBox   []float64  `yaml:"bbox"`   // west, south, east, north
	Each   *BatchEach `yaml:"each"`
}

// BatchEach repeats a job for the features of a file.
type BatchEach struct {
	Source string            `yaml:"source"` // a file of features
	Where  map[string]string `yaml:"where"`  // only those whose fields have these values
	BBox   bool              `yaml:"bbox"`   // each job reads what lies in its feature's box
}

// ReadBatch reads a batch and repeats its jobs as they ask for.
func ReadBatch(ctx context.Context, file string) (*Batch, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	b := &Batch{dir: filepath.Dir(file)}
	if err := b.parse(file, data); err != nil {
		return nil, err
	}
	var jobs []BatchJob
	for i, j := range b.Jobs {
		if (j.Scene == "") == (len(j.Inputs) == 0) {
			return nil, fmt.Errorf("%s: job %d (%s): give it a scene or inputs", jobAt(file, data, i, "name"), i+1, j.Name)
		}
		if len(j.BBox) > 0 && !isBound(j.BBox) {
			return nil, fmt.Errorf("%s: job %d (%s): bbox %v: [west, south, east, north] in degrees, south below north, is allowed", jobAt(file, data, i, "bbox"), i+1, j.Name, j.BBox)
		}
		if err := badName(j.Name); err != nil {
			return nil, fmt.Errorf("%s: job %d: %w", jobAt(file, data, i, "name"), i+1, err)
		}
		if j.Each == nil {
			jobs = append(jobs, j)
			continue
		}
		more, err := b.each(ctx, j)
		if err != nil {
			return nil, fmt.Errorf("%s: job %d (%s): %w", file, i+1, j.Name, err)
		}
		jobs = append(jobs, more...)
	}
	seen := map[string]bool{}
	for i := range jobs {
		j := &jobs[i]
		name := fileName(j.Name)
		switch {
		case name == "" || name == batchReport:
			return nil, fmt.Errorf("%s: job %d: %q is no name for a folder: give it another", file, i+1, j.Name)
		case seen[name]:
			return nil, fmt.Errorf("%s: two jobs are named %q: names are folders of the output, give each its own", file, name)
		}
		j.Name = name
		seen[j.Name] = true
	}
	if len(jobs) == 0 {
		return nil, fmt.Errorf("%s: it holds no jobs", file)
	}
	b.Jobs = jobs
	return b, nil
}

// parse reads the text of a batch.
func (b *Batch) parse(path string, data []byte) (err error) {
	defer func() { // the parser is foreign code that a broken file may send into a panic
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: not readable as YAML (%v)", path, p)
		}
	}()
	err = yaml.UnmarshalWithOptions(data, b, yaml.Strict())
	var syntax yaml.Error
	if !errors.As(err, &syntax) {
		return err
	}
	message, _, _ := strings.Cut(syntax.GetMessage(), "\n")
	if t := syntax.GetToken(); t != nil && t.Position != nil {
		path = fmt.Sprintf("%s:%d:%d", path, t.Position.Line, t.Position.Column)
	}
	return fmt.Errorf("%s: %s (docs/generate.md tells what a batch holds)", path, message)
}

// isBound tells whether the numbers are west, south, east, north; west may exceed east.
func isBound(x []float64) bool {
	if len(x) != 4 || x[0] == x[2] || !(x[1] < x[3]) {
		return false
	}
	for i, v := range x {
		if !(math.Abs(v) <= 180-90*float64(i%2)) {
			return false
		}
	}
	return true
}

func (b *Batch) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(b.dir, p)
}
