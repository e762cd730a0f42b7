package stage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/table/load"
	"github.com/longtake/longtake/layers/table/transform"
	"github.com/longtake/longtake/scene"
)

// How much of a source is read to learn its fields: small files as a whole, since features
// need not all have the same, of a longer text table the first rows, whose header names all.
const (
	wholeFile = 8 << 20 // bytes
	firstRows = 1000
)

// MissingFields finds the fields that transforms and layers of a scene name and that their
// sources lack, the first of each, in the order of their lines. What is drawn tells: layers
// draw the first rows. Sources that only reading them whole would tell of (large files,
// databases, queries, rasters) are taken as right.
func MissingFields(ctx context.Context, doc *scene.Document) (scene.Errors, error) {
	if doc.Package != nil {
		return nil, nil // its tables are drawn when it is opened
	}
	s := fieldSearch{ctx: ctx, doc: doc, tables: map[string]*table.Table{}}
	text, err := os.ReadFile(doc.File)
	if err != nil {
		text = nil // a scene that comes from elsewhere has no lines
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Sources)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(doc.Sources[name].Transform) > 0 { // whoever uses it
			s.rows(name)
		}
	}
	for i := range doc.Layers {
		l := &doc.Layers[i]
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		typ, ok := layers.Types()[l.Type]
		if !ok || l.Template || l.Source == "" || layers.Built(typ) {
			continue
		}
		t := s.rows(l.Source)
		if t == nil {
			continue
		}
		err := s.draw(l, t)
		if !errors.Is(err, table.ErrNoField) {
			continue
		}
		message := strings.TrimPrefix(err.Error(), "layer "+l.ID+": ")
		e := scene.Error{File: doc.File, Path: fmt.Sprintf("layers[%d]", i), Message: message}
		property, rest, _ := strings.Cut(message, ": ")
		if !strings.Contains(property, " ") {
			e.Path, e.Message = e.Path+"."+property, rest
		}
		e.Line, e.Column = scene.Locate(doc.File, text, "layers", i, property)
		s.found = append(s.found, e)
	}
	slices.SortStableFunc(s.found, func(a, b scene.Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return s.found, nil
}

// fieldSearch reads each source once.
type fieldSearch struct {
	ctx    context.Context
	doc    *scene.Document
	tables map[string]*table.Table // nil of those that are not looked at
	found  scene.Errors
}

// rows are the first of a source after its transform; nil where they are not known.
func (s *fieldSearch) rows(name string) *table.Table {
	if t, ok := s.tables[name]; ok {
		return t
	}
	s.tables[name] = nil // and of a source that goes in a circle
	src, ok := s.doc.Sources[name]
	if !ok {
		return nil
	}
	t := s.untransformed(&src)
	if t == nil || t.Rows() == 0 {
		return nil
	}
	steps := transform.Steps{Report: geo.NewReport(), Source: func(other string) (*table.Table, error) {
		if t := s.rows(other); t != nil {
			return t, nil
		}
		return nil, errUnread
	}}
	t, err := steps.Apply(t, src.Transform)
	var at scene.Error
	switch {
	case err == nil:
		s.tables[name] = t
	case errors.As(err, &at) && strings.Contains(at.Message, table.ErrNoField.Error()):
		s.found = append(s.found, at)
	}
	return s.tables[name]
}

var errUnread = errors.New("a source that is not looked at")

// untransformed are the first rows of a source as its files have them.
func (s *fieldSearch) untransformed(src *scene.Source) *table.Table {
	o := load.Options{Report: geo.NewReport()}
	switch {
	case src.SQL != "" || src.Database != "" || src.CRS != "" || !slices.Contains([]string{"auto", "vector", "table"}, src.Type) && src.From == "":
		return nil
	case src.From != "":
		t := s.rows(src.From)
		if t == nil {
			return nil
		}
		if t, err := load.Finish(t, src, o); err == nil {
			return t
		}
		return nil
	}
	var out *table.Table
	for _, p := range src.Path {
		t := s.file(s.doc.Resolve(p), src, o)
		if t == nil {
			return nil
		}
		if out == nil {
			out = t
		} else {
			out = table.Append(out, t)
		}
	}
	return out
}

func (s *fieldSearch) file(path string, src *scene.Source, o load.Options) *table.Table {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() {
		return nil
	}
	c, err := read.OpenContent(path)
	if err != nil {
		return nil
	}
	f, err := c.Format(s.ctx)
	c.Close()
	if info.Size() > wholeFile {
		if err != nil || f.Name != "csv" {
			return nil
		}
		o.Most = firstRows
	}
	if can, err := load.Can(s.ctx, path, src); err != nil {
		return nil
	} else if can {
		if t, err := load.File(s.ctx, path, src, o); err == nil {
			return t
		}
		return nil
	}
	var features []geo.Feature
	err = read.Features(s.ctx, path, read.Options{Report: o.Report}, func(f geo.Feature) error {
		features = append(features, f)
		return nil
	})
	if err != nil {
		return nil
	}
	t, err := load.Finish(table.FromFeatures(features), src, o)
	if err != nil {
		return nil
	}
	return t
}

// draw tells of what keeps a layer from being drawn.
func (s *fieldSearch) draw(l *scene.Layer, t *table.Table) error {
	if l.Time != nil {
		if _, err := layer.NewTimed(l.Time, t); err != nil {
			return err
		}
	}
	_, err := layer.Draw(s.context(l, t))
	return err
}

// context lets a layer draw rows on level ground.
func (s *fieldSearch) context(l *scene.Layer, t *table.Table) *layer.Context {
	return &layer.Context{
		Layer: l, Table: t.Pick(upTo(t.Rows())), Ground: func(_, _ float64) float64 { return 0 },
		Open: func(path string) ([]byte, error) { return os.ReadFile(s.doc.Resolve(path)) }, Path: s.doc.Resolve,
		Peer: func(id string) (*scene.Layer, *table.Table) {
			if peer := s.doc.Layer(id); peer != nil {
				return peer, s.rows(peer.Source)
			}
			return nil, nil
		},
		Skip: func(string, string) {},
	}
}

// upTo are the numbers of the first rows.
func upTo(rows int) (out []int) {
	for i := range min(rows, firstRows) {
		out = append(out, i)
	}
	return out
}
