package generate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/table/load"
	"github.com/longtake/longtake/layers/table/transform"
	"github.com/longtake/longtake/scene"
)

// rowSources are the sources that become tables, by name.
type rowSources struct {
	columnar map[string]bool // read straight into columns, not as features
	tables   map[string]*table.Table
}

// columnar tells whether a source is read straight into columns: rows of files that are
// tables, of databases and of other sources. What a city is built of, what needs a
// reference system, and maps of features are not.
func (g *generation) columnar(ctx context.Context, name string) (is bool, err error) {
	if is, ok := g.rows.columnar[name]; ok {
		return is, nil
	}
	if g.rows.columnar == nil {
		g.rows = rowSources{map[string]bool{}, map[string]*table.Table{}}
	}
	defer func() {
		if err == nil {
			g.rows.columnar[name] = is
		}
	}()
	src := g.doc.Sources[name]
	switch {
	case src.Path == nil:
		return true, nil
	case g.cityData(name) || src.CRS != "" && !load.Cloud(g.doc.Resolve(src.Path[0])) || src.Coordinates == "gcj02" || src.Coordinates == "bd09":
		return false, nil
	case !slices.Contains([]string{"auto", "vector", "table"}, src.Type):
		return false, nil
	}
	for _, p := range src.Path {
		if can, err := load.Can(ctx, g.doc.Resolve(p), &src); err != nil || !can {
			return false, err
		}
	}
	return true, nil
}

// readTables reads the tables that are drawn and not features, before it is known where
// everything lies.
func (g *generation) readTables(ctx context.Context) error {
	for i := range g.doc.Layers {
		l := &g.doc.Layers[i]
		if l.Template || l.Source == "" || l.Table != "" {
			continue
		}
		src := g.doc.Sources[l.Source]
		if kindOf(l) != "" {
			if len(src.Transform) > 0 || src.SQL != "" || src.From != "" || src.Database != "" {
				return fmt.Errorf("layer %s: a layer of type %s is built of the features of files: a source with transform, sql, from or database is for layers that draw rows", l.ID, l.Type)
			}
			continue
		}
		is, err := g.columnar(ctx, l.Source)
		if err == nil && is {
			_, err = g.rowsOf(ctx, l.Source)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sketchTables adds the places of the rows that were read.
func (g *generation) sketchTables(all *sketch) {
	for k, name := range sortedNames(g.rows.tables) {
		if !g.drawn(name) || !g.rows.columnar[name] {
			continue
		}
		t := g.rows.tables[name]
		step := max(t.Rows()/maxFeet, 1)
		for i := 0; i < t.Rows(); i += step {
			if geometry := t.Geometry[i]; geometry != nil {
				all.add(sketched{at: geometry.Bound().Center(), seq: uint32(i), src: ^uint16(k)})
			}
		}
	}
}

func sortedNames(m map[string]*table.Table) []string {
	names := make([]string, 0, len(m))
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// drawn tells whether a layer draws the source.
func (g *generation) drawn(source string) bool {
	return slices.ContainsFunc(g.doc.Layers, func(l scene.Layer) bool { return !l.Template && l.Source == source })
}

// rowsOf is the table of a source after its transform; each is made once.
func (g *generation) rowsOf(ctx context.Context, name string) (*table.Table, error) {
	is, err := g.columnar(ctx, name)
	if err != nil {
		return nil, err
	}
	if t := g.rows.tables[name]; t != nil {
		return t, nil
	}
	src := g.doc.Sources[name]
	report := geo.NewReport()
	t, err := g.untransformed(ctx, name, &src, is, report)
	if err != nil {
		var at scene.Error
		if errors.As(err, &at) {
			return nil, err // it says where
		}
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	if s := report.Summary(); t.Rows() == 0 && s.SkippedCount() > 0 && g.bboxOf(&src) == nil {
		k := s.Skipped[0]
		return nil, fmt.Errorf("source %s: %s: %w: all %d; the first, %s: %s", name, strings.Join(src.Path, ", "), ErrSkipped, s.SkippedCount(), k.IDs[0], k.Reason)
	}
	steps := transform.Steps{Source: func(other string) (*table.Table, error) { return g.rowsOf(ctx, other) }, Report: report}
	if t, err = steps.Apply(t, src.Transform); err != nil {
		var at scene.Error
		if errors.As(err, &at) {
			return nil, err // it says where
		}
		return nil, fmt.Errorf("source %s: %w", name, err)
	}
	summary := report.Summary()
	for i := range summary.Skipped {
		summary.Skipped[i].Reason = "source " + name + ": " + summary.Skipped[i].Reason
	}
	g.report.Merge(summary)
	g.rows.tables[name] = t
	return t, nil
}

func (g *generation) bboxOf(src *scene.Source) *geo.Bound {
	if src.BBox != nil {
		return (*geo.Bound)(src.BBox)
	}
	return g.BBox
}

// untransformed reads a source as its files, its database, another source or its query
// have it.
func (g *generation) untransformed(ctx context.Context, name string, src *scene.Source, columnar bool, report *geo.Report) (*table.Table, error) {
	o := load.Options{BBox: g.bboxOf(src), Report: report, Memory: g.budget.limit}
	query := src.SQL != "" && src.Database == "" && !(len(src.Path) == 1 && isDatabase(g.doc.Resolve(src.Path[0])))
	own := *src
	if query {
		own.SQL = ""
	}
	var t *table.Table
	var err error
	switch {
	case src.From != "":
		if t, err = g.rowsOf(ctx, src.From); err == nil {
			t, err = load.Finish(load.Within(t, src.BBox), &own, o)
		}
	case src.Type == "raster":
		t, err = g.rasterRows(ctx, src)
	case src.Path == nil && src.Database == "":
	case columnar:
		var paths []string
		for _, p := range src.Path {
			paths = append(paths, g.doc.Resolve(p))
		}
		if t, err = load.Read(ctx, &own, paths, o); err == nil {
			t = cleaned(t, report)
		}
	default:
		var features []geo.Feature
		if g.store == nil {
			features, err = g.featuresNow(ctx, name)
		} else {
			features, err = g.all(ctx, name)
		}
		if err == nil {
			t, err = load.Finish(table.FromFeatures(features), &own, o)
		}
	}
	if err != nil || !query {
		return t, err
	}
	return g.query(ctx, name, src, t, o)
}

// query asks over the source's own rows and those of the sources that it names.
func (g *generation) query(ctx context.Context, name string, src *scene.Source, own *table.Table, o load.Options) (*table.Table, error) {
	tables, names := map[string]*table.Table{}, g.doc.Needs(name)
	for _, n := range names {
		t, err := g.rowsOf(ctx, n)
		if err != nil {
			return nil, err
		}
		tables[n] = t
	}
	asked := *src
	if own != nil {
		tables[name] = own
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		asked.Kinds, asked.Units, asked.Columns = nil, nil, scene.Columns{} // of the rows that were asked
		asked.Time.Columns = nil
	}
	t, err := load.Query(ctx, &asked, names, tables, o)
	if err != nil && ctx.Err() == nil {
		return nil, SourceFault(g.doc, name, "sql", err)
	}
	return t, err
}

// isDatabase tells whether a file is an SQLite database.
func isDatabase(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 16)
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == "SQLite format 3\x00"
}

// cleaned mends shapes, as those of features are.
func cleaned(t *table.Table, report *geo.Report) *table.Table {
	keep := make([]int, 0, t.Rows())
	for i, shape := range t.Geometry {
		switch shape.(type) {
		case nil, orb.Point, orb.LineString:
		default:
			f, ok := clean.Feature(geo.Feature{ID: t.IDs[i], Geometry: shape}, clean.Degrees, report)
			if !ok {
				continue
			}
			t.Geometry[i] = f.Geometry
		}
		keep = append(keep, i)
	}
	if len(keep) == t.Rows() {
		return t
	}
	return t.Pick(keep)
}
