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
	"time"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/table/load"
	"github.com/longtake/longtake/layers/table/transform"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/generate"
)

// How much of a source is read to learn its fields: small files as a whole, since features
// need not all have the same, of a longer text table the first rows, whose header names all.
const (
	wholeFile = 8 << 20 // bytes
	firstRows = 1000
)

// MissingFields finds what of a scene does not fit the rows of its sources: fields that there are
// not, kinds of values that cannot be reckoned with, queries that fail; the first of each layer and
// source, in the order of their lines, and what is doubtful as warnings. What is drawn tells:
// layers draw the first rows. Sources that only reading them whole would tell of (large files,
// databases, rasters) are taken as right. Of a document that is wrong itself it finds what it can.
func MissingFields(ctx context.Context, doc *scene.Document) (wrong, doubtful scene.Errors, err error) {
	if doc.Package != nil {
		return nil, nil, nil // its tables are drawn when it is opened
	}
	s := fieldSearch{ctx: ctx, doc: doc, tables: map[string]*table.Table{}, cut: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(doc.Sources)) {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		if src := doc.Sources[name]; len(src.Transform) > 0 || src.SQL != "" || src.Table != "" { // whoever uses it
			s.rows(name)
		}
	}
	for i := range doc.Layers {
		l := &doc.Layers[i]
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		typ, ok := layers.Types()[l.Type]
		if !ok || l.Template || l.Source == "" {
			continue
		}
		if layers.Built(typ) {
			if j, ok := l.Props.(interface{ JoinedSource() *string }); ok && j.JoinedSource() != nil {
				if t := s.rows(*j.JoinedSource()); t != nil {
					s.joined(l, *j.JoinedSource(), t)
				}
			}
			continue
		}
		if t := s.rows(l.Source); t != nil {
			s.layer(i, l, t)
		}
	}
	s.links()
	for _, list := range []scene.Errors{s.found, s.doubtful} {
		slices.SortStableFunc(list, func(a, b scene.Error) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
	}
	return s.found, s.doubtful, nil
}

// fieldSearch reads each source once.
type fieldSearch struct {
	ctx      context.Context
	doc      *scene.Document
	tables   map[string]*table.Table // nil of those that are not looked at
	cut      map[string]bool         // of which there may be rows of other kinds
	found    scene.Errors
	doubtful scene.Errors
}

// add keeps an error that says where in the document it is.
func (s *fieldSearch) add(to *scene.Errors, err error) {
	var at scene.Error
	if s.ctx.Err() == nil && errors.As(err, &at) && !slices.Contains(*to, at) {
		*to = append(*to, at)
	}
}

// layer tells of what keeps a layer from being drawn.
func (s *fieldSearch) layer(i int, l *scene.Layer, t *table.Table) {
	err := s.draw(l, t)
	if errors.Is(err, table.ErrNoField) || errors.Is(err, table.ErrKind) && !s.cut[l.Source] {
		s.add(&s.found, generate.LayerFault(s.doc, l.ID, err))
	}
	if l.Time == nil {
		return
	}
	if doubt := layer.DoubtfulTimes(l.Time, t); doubt != "" {
		e := s.at(doubt, "layers", i, "time", "field")
		e.Path = fmt.Sprintf("layers[%d].time.field", i)
		s.doubtful = append(s.doubtful, e)
	}
}

// joined tells of what keeps the rows of a source from colouring what is built.
func (s *fieldSearch) joined(l *scene.Layer, source string, t *table.Table) {
	_, err := layer.Draw(s.context(l, t))
	if errors.Is(err, table.ErrNoField) || errors.Is(err, table.ErrKind) && !s.cut[source] {
		s.add(&s.found, generate.LayerFault(s.doc, l.ID, err))
	}
}

// at is an error at a part of the document.
func (s *fieldSearch) at(message string, path ...any) scene.Error {
	e := scene.Error{File: s.doc.File, Message: message}
	if text, err := os.ReadFile(s.doc.File); err == nil {
		e.Line, e.Column = scene.Locate(s.doc.File, text, path...)
	}
	return e
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
	t, err := s.untransformed(name, &src)
	if err != nil && !errors.Is(err, errUnread) {
		property := ""
		if src.SQL != "" && src.Path == nil {
			property = "sql"
		}
		s.add(&s.found, generate.SourceFault(s.doc, name, property, err))
	}
	if err != nil || t == nil || t.Rows() == 0 {
		return nil
	}
	steps := transform.Steps{Report: geo.NewReport(), Source: func(other string) (*table.Table, error) {
		t := s.rows(other)
		s.cut[name] = s.cut[name] || s.cut[other]
		if t == nil {
			return nil, errUnread
		}
		return t, nil
	}}
	if t, err = steps.Apply(t, src.Transform); err == nil {
		s.tables[name] = t
		return t
	}
	if text := err.Error(); strings.Contains(text, table.ErrNoField.Error()) || !s.cut[name] && !strings.Contains(text, errUnread.Error()) {
		s.add(&s.found, err)
	}
	return nil
}

var errUnread = errors.New("a source that is not looked at")

// untransformed are the first rows of a source as its files or its query have them. Errors are
// those of what was read whole.
func (s *fieldSearch) untransformed(name string, src *scene.Source) (*table.Table, error) {
	o := load.Options{Report: geo.NewReport()}
	switch {
	case src.Database != "" || src.CRS != "" || !slices.Contains([]string{"auto", "vector", "table"}, src.Type) && src.From == "":
		return nil, errUnread
	case src.SQL != "":
		return s.query(name, src, o)
	case src.From != "":
		t := s.rows(src.From)
		s.cut[name] = s.cut[src.From]
		if t == nil {
			return nil, errUnread
		}
		return s.unless(name)(load.Finish(t, src, o))
	}
	var out *table.Table
	for _, p := range src.Path {
		t, err := s.file(name, s.doc.Resolve(p), src, o)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = t
		} else {
			out = table.Append(out, t)
		}
	}
	return out, nil
}

// unless takes an error of a source that is not read whole for one of that.
func (s *fieldSearch) unless(name string) func(*table.Table, error) (*table.Table, error) {
	return func(t *table.Table, err error) (*table.Table, error) {
		if err != nil && s.cut[name] {
			return nil, errUnread
		}
		return t, err
	}
}

// tryFor bounds a query that is only tried: one may never end.
const tryFor = 3 * time.Second

// query asks over the first rows of other sources: what there is to ask for shows without more.
func (s *fieldSearch) query(name string, src *scene.Source, o load.Options) (*table.Table, error) {
	if src.Path != nil || src.From != "" {
		return nil, errUnread
	}
	tables, names := map[string]*table.Table{}, s.doc.Needs(name)
	for _, n := range names {
		t := s.rows(n)
		if t == nil {
			return nil, errUnread
		}
		tables[n] = t.Pick(upTo(t.Rows()))
	}
	s.cut[name] = true
	ctx, stop := context.WithTimeout(s.ctx, tryFor)
	defer stop()
	t, err := load.Query(ctx, src, names, tables, o)
	if ctx.Err() != nil && s.ctx.Err() == nil {
		return nil, errUnread
	}
	return t, err
}

func (s *fieldSearch) file(name, path string, src *scene.Source, o load.Options) (*table.Table, error) {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() {
		return nil, errUnread
	}
	c, err := read.OpenContent(path)
	if err != nil {
		return nil, errUnread
	}
	f, err := c.Format(s.ctx)
	c.Close()
	if info.Size() > wholeFile {
		if err != nil || f.Name != "csv" {
			return nil, errUnread
		}
		o.Most = firstRows
		s.cut[name] = true
	}
	if can, err := load.Can(s.ctx, path, src); err != nil {
		return nil, errUnread
	} else if can {
		return s.unless(name)(load.File(s.ctx, path, src, o))
	}
	var features []geo.Feature
	of := read.Options{Report: o.Report}
	if src.Table != "" {
		of.Layers = []string{src.Table}
	}
	err = read.Features(s.ctx, path, of, func(f geo.Feature) error {
		features = append(features, f)
		return nil
	})
	if err != nil {
		return nil, errUnread
	}
	return load.Finish(table.FromFeatures(features), src, o)
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
