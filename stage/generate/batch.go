package generate

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
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

// BatchReport is what became of a batch, as written to report.json.
type BatchReport struct {
	Made    map[string]int `json:"made"`    // of all packages
	Skipped int            `json:"skipped"` // objects that were left out
	Failed  int            `json:"failed"`  // jobs
	Jobs    []BatchResult  `json:"jobs"`
}

// BatchResult is what became of a job.
type BatchResult struct {
	Name    string         `json:"name"`
	Key     string         `json:"key"` // of all that the package is made of
	Error   string         `json:"error,omitempty"`
	Tiles   int            `json:"tiles"`
	Bytes   int64          `json:"bytes"`
	Made    map[string]int `json:"made,omitempty"`
	Notes   map[string]int `json:"notes,omitempty"`
	Skipped map[string]int `json:"skipped,omitempty"` // by reason; the package's report.json lists the ids
	Kept    bool           `json:"-"`
}

// ReadBatch reads a batch and repeats its jobs as they ask for.
func ReadBatch(ctx context.Context, path string) (*Batch, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	b := &Batch{dir: filepath.Dir(path)}
	if err := b.parse(path, data); err != nil {
		return nil, err
	}
	var jobs []BatchJob
	for i, j := range b.Jobs {
		if (j.Scene == "") == (len(j.Inputs) == 0) {
			return nil, fmt.Errorf("%s: job %d (%s): give it a scene or inputs", path, i+1, j.Name)
		}
		if len(j.BBox) > 0 && !isBound(j.BBox) {
			return nil, fmt.Errorf("%s: job %d (%s): bbox %v: [west, south, east, north] in degrees, south below north, is allowed", path, i+1, j.Name, j.BBox)
		}
		if j.Each == nil {
			jobs = append(jobs, j)
			continue
		}
		more, err := b.each(ctx, j)
		if err != nil {
			return nil, fmt.Errorf("%s: job %d (%s): %w", path, i+1, j.Name, err)
		}
		jobs = append(jobs, more...)
	}
	seen := map[string]bool{}
	for i := range jobs {
		j := &jobs[i]
		name := fileName(j.Name)
		switch {
		case name == "" || name == batchReport:
			return nil, fmt.Errorf("%s: job %d: %q is no name for a folder: give it another", path, i+1, j.Name)
		case seen[name]:
			return nil, fmt.Errorf("%s: two jobs are named %q: names are folders of the output, give each its own", path, name)
		}
		j.Name = name
		seen[j.Name] = true
	}
	if len(jobs) == 0 {
		return nil, fmt.Errorf("%s: it holds no jobs", path)
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

func (b *Batch) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(b.dir, p)
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

// batchReport is the file that tells what became of a batch.
const batchReport = "report.json"

// Run generates the packages of the batch into folders of dir, one after another. What an
// earlier run has made of the same inputs is kept, and a job that fails does not stop the
// others; the report is written after each. load makes the scene of data files.
func (b *Batch) Run(ctx context.Context, dir string, o Options, load func(context.Context, []string) (*scene.Document, error), each func(n int, r *BatchResult)) (*BatchReport, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	file := filepath.Join(dir, batchReport)
	var before BatchReport
	if data, err := os.ReadFile(file); err == nil {
		_ = json.Unmarshal(data, &before) // another file of the name keeps nothing
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("generate: %w", err)
	}
	results := make([]BatchResult, len(b.Jobs))
	for i := range b.Jobs { // what is not reached now is told as it was
		results[i].Name = b.Jobs[i].Name
		if k := slices.IndexFunc(before.Jobs, func(r BatchResult) bool { return r.Name == results[i].Name }); k >= 0 {
			results[i] = before.Jobs[k]
		}
	}
	var report *BatchReport
	say, costs, behind := o.Say, b.costs(results), 0.0
	for i := range b.Jobs {
		j, r := &b.Jobs[i], &results[i]
		if say != nil {
			o.Say = func(p Progress) {
				p.Task, p.Share = j.Name+": "+p.Task, behind+costs[i]*p.Share
				say(p)
			}
		}
		err := b.one(ctx, j, r, filepath.Join(dir, j.Name), o, load)
		if ctx.Err() != nil {
			return report, context.Cause(ctx)
		}
		if err != nil {
			*r = BatchResult{Name: j.Name, Error: err.Error()}
		}
		behind += costs[i]
		report = summed(results)
		if err := writeJSON(file, report); err != nil {
			return report, fmt.Errorf("generate: %w", err)
		}
		if each != nil {
			each(i, r)
		}
	}
	if report.Failed > 0 {
		return report, fmt.Errorf("%d of %d jobs failed: %s tells why", report.Failed, len(b.Jobs), file)
	}
	return report, nil
}

// costs are the parts of the whole time that jobs will take, about: as their inputs are
// large, with something for each job; those that an earlier run has made take next to none.
func (b *Batch) costs(results []BatchResult) []float64 {
	const each, kept = 1 << 18, 0.02
	out, sum := make([]float64, len(b.Jobs)), 0.0
	for i := range b.Jobs {
		j := &b.Jobs[i]
		out[i] = each
		paths := slices.Clone(j.Inputs)
		if j.Scene != "" {
			paths = append(paths, j.Scene)
			if doc, err := scene.Load(b.path(j.Scene), layers.Types()); err == nil && j.Each == nil {
				paths = append(paths, documentFiles(doc)...)
			}
		}
		for _, p := range paths {
			if info, err := os.Stat(b.path(p)); err == nil && info.Mode().IsRegular() {
				out[i] += float64(info.Size())
			}
		}
		if results[i].Key != "" && results[i].Error == "" {
			out[i] *= kept
		}
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// one generates a package, unless it is there.
func (b *Batch) one(ctx context.Context, j *BatchJob, r *BatchResult, dir string, o Options, load func(context.Context, []string) (*scene.Document, error)) error {
	doc, err := b.document(ctx, j, load)
	if err != nil {
		return err
	}
	if j.BBox != nil {
		o.BBox = &geo.Bound{West: j.BBox[0], South: j.BBox[1], East: j.BBox[2], North: j.BBox[3]}
	}
	key, err := packageKey(doc, o)
	if err != nil {
		return err
	}
	if r.Key == key && r.Error == "" && IsPackage(dir) {
		r.Kept = true
		return nil
	}
	s, err := Run(ctx, doc, dir, o)
	if err != nil {
		return err
	}
	*r = BatchResult{Name: j.Name, Key: key, Tiles: s.Tiles, Bytes: s.Bytes, Made: s.Made, Notes: s.Notes, Skipped: map[string]int{}}
	for _, k := range s.Skipped {
		r.Skipped[k.Reason] = k.Count
	}
	return nil
}

// summed is the report of all jobs.
func summed(results []BatchResult) *BatchReport {
	out := &BatchReport{Made: map[string]int{}, Jobs: results}
	for i := range results {
		r := &results[i]
		for k := range maps.Keys(r.Made) {
			out.Made[k] += r.Made[k]
		}
		for _, n := range r.Skipped {
			out.Skipped += n
		}
		if r.Error != "" {
			out.Failed++
		}
	}
	return out
}
