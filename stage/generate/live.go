package generate

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/table/feed"
	"github.com/longtake/longtake/scene"
)

// liveSources are the sources that are read again while a package is played live, with those that
// they are made of. Their files stay outside of the package.
func (g *generation) liveSources() map[string]scene.Source {
	var live []string
	for i := range g.doc.Layers {
		l, out := &g.doc.Layers[i], g.out.Layer(g.doc.Layers[i].ID)
		if out != nil && out.Table != "" && out.Source != "" {
			live = append(live, l.Source)
		}
	}
	if live == nil {
		return nil
	}
	out := map[string]scene.Source{}
	for _, name := range g.doc.Using(live) {
		s := g.doc.Sources[name]
		s.Path = slices.Clone(s.Path)
		for i, p := range s.Path {
			if feed.IsAddress(p) {
				continue
			}
			if abs, err := filepath.Abs(g.doc.Resolve(p)); err == nil {
				s.Path[i] = filepath.ToSlash(abs)
			}
		}
		if s.BBox == nil && s.From == "" && g.BBox != nil {
			s.BBox = (*scene.Bounds)(g.BBox)
		}
		out[name] = s
	}
	return out
}

// Rows reads the rows of a source now, as Run does for a package; the summary tells what is left
// out. memory bounds what a query may hold in bytes.
func Rows(ctx context.Context, doc *scene.Document, name string, memory int64) (*table.Table, geo.Summary, error) {
	g := &generation{doc: doc, report: geo.NewReport(), shapes: newShapes(), progress: newMeter(nil), budget: &budget{limit: memory, spill: 64 << 20}}
	t, err := g.rowsOf(ctx, name)
	return t, g.report.Summary(), err
}

// featuresNow reads the features of a source and keeps them nowhere.
func (g *generation) featuresNow(ctx context.Context, name string) (out []geo.Feature, err error) {
	src := g.doc.Sources[name]
	paths, err := g.vectorFiles(&src)
	if err != nil {
		return nil, err
	}
	tags, err := newRetagging(src.Tags)
	if err != nil {
		return nil, err
	}
	for _, p := range paths {
		err := read.Features(ctx, p, g.readOptions(&src, g.report), func(f geo.Feature) error {
			out = append(out, f)
			return ctx.Err()
		})
		if err != nil {
			return nil, err
		}
	}
	if err := tags.apply(out); err != nil {
		return nil, err
	}
	kept := out[:0]
	for i := range out {
		if f, ok := clean.Feature(out[i], clean.Degrees, g.report); ok {
			kept = append(kept, f)
		}
	}
	return kept, nil
}
