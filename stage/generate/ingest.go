package generate

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/scene"
)

// ingest reads and cleans every vector source that a layer uses, each once.
func (g *generation) ingest(ctx context.Context) error {
	g.sources = map[string]*source{}
	for _, name := range usedSources(g.doc) {
		src := g.doc.Sources[name]
		if rows, err := g.columnar(ctx, name); err != nil || rows {
			if err != nil {
				return err
			}
			continue
		}
		if !slices.Contains([]string{"auto", "osm", "vector", "table"}, src.Type) {
			continue
		}
		paths, err := g.vectorFiles(&src)
		if err != nil {
			return err
		}
		s, err := g.open(ctx, name, &src, paths)
		if err != nil {
			return err
		}
		s.number = uint16(len(g.sources))
		g.sources[name] = s
		g.order = append(g.order, s)
		g.budget.hold(int64(s.features.InMemory() + s.heads.InMemory()))
	}
	return nil
}

func (g *generation) vectorFiles(src *scene.Source) (paths []string, err error) {
	for _, p := range src.Path {
		p = g.doc.Resolve(p)
		if src.Type == "auto" {
			f, err := read.Detect(p)
			if err != nil {
				return nil, err
			}
			if f.Kind == read.KindRaster || f.Kind == read.KindModel {
				continue
			}
		}
		paths = append(paths, p)
	}
	return paths, nil
}

// readOptions are how a source is read; its own region wins.
func (g *generation) readOptions(src *scene.Source, report *geo.Report) read.Options {
	o := read.Options{
		BBox: g.BBox, Report: report, CRS: src.CRS, LngColumn: src.Columns.Lng, LatColumn: src.Columns.Lat,
		MemoryNodes: g.budget.spill / 4, Coordinates: src.Coordinates, LoD: src.LoD, Datum: src.Datum,
	}
	if src.Table != "" {
		o.Layers = []string{src.Table}
	}
	if src.BBox != nil {
		o.BBox = (*geo.Bound)(src.BBox)
	}
	return o
}

// howRead tells all that decides how a source's files are read.
func (g *generation) howRead(src *scene.Source) string {
	o := g.readOptions(src, nil)
	out := fmt.Sprintf("%q %q %q %v %q %v %q", o.CRS, o.LngColumn, o.LatColumn, src.Type, o.Coordinates, o.LoD, o.Datum)
	if src.Table != "" {
		out += fmt.Sprintf(" table %q", src.Table)
	}
	if o.BBox != nil {
		out += fmt.Sprint(*o.BBox)
	}
	for _, tag := range slices.Sorted(maps.Keys(src.Tags)) {
		out += fmt.Sprintf(" %q %q", tag, src.Tags[tag].Text)
	}
	return out
}

// open reads a source, or takes what an earlier run has kept of the same files.
func (g *generation) open(ctx context.Context, name string, src *scene.Source, paths []string) (*source, error) {
	o := g.readOptions(src, nil)
	key := newDigest("source")
	key.text(g.howRead(src))
	key.digest(g.replaced.key)
	for _, p := range paths {
		if err := hashFile(key.h, p); err != nil {
			return nil, err
		}
	}
	s := &source{id: name, version: key.sum()}
	here := g.key("source")
	here.digest(s.version)
	s.name = here.sum()
	base := g.store.path(s.name)
	about, ok := g.keptSource(s)
	if !ok {
		var err error
		if about, err = g.read(ctx, s, src, paths); err != nil {
			return nil, err
		}
	}
	if n := about.Report.SkippedCount(); about.Count == 0 && n > 0 && o.BBox == nil {
		k := about.Report.Skipped[0]
		return nil, fmt.Errorf("source %s: %s: %w: all %d; the first, %s: %s", name, paths[0], ErrSkipped, n, strings.Join(k.IDs[:min(1, len(k.IDs))], ""), k.Reason)
	}
	s.count = about.Count
	g.report.Merge(about.Report)
	var err error
	if s.features, err = spool.Open(base+".features", g.budget.spill*4); err == nil {
		s.heads, err = spool.Open(base+".heads", g.budget.spill)
	}
	if err != nil {
		return nil, s.damaged(err)
	}
	g.shapes.load(base + ".rejected")
	return s, nil
}
