package generate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

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
