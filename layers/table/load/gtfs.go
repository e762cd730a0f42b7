package load

import (
	"archive/zip"
	"context"
	"fmt"
	"math"
	"path"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// readGTFS reads a feed of public transport (https://gtfs.org/documentation/schedule/reference/):
// its trips as lines with the seconds since midnight at their vertices, its shapes as
// lines, or one of its files as it is.
func readGTFS(ctx context.Context, c *read.Content, src *scene.Source, o Options) (*table.Table, error) {
	file, err := c.OnDisk()
	if err != nil {
		return nil, err
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: damaged zip: %w", c.Name(), err)
	}
	defer z.Close()
	f := &feed{ctx: ctx, name: c.Name(), zip: &z.Reader, src: src, o: o}
	switch src.Table {
	case "", "trips":
		return f.trips()
	case "shapes":
		return f.shapeLines()
	}
	return f.file(strings.TrimSuffix(src.Table, ".txt"), src, true)
}

// feed is the files of a GTFS feed.
type feed struct {
	ctx  context.Context
	name string
	zip  *zip.Reader
	src  *scene.Source
	o    Options
}

// file reads one of the feed's files; one that is wanted must be there.
func (f *feed) file(name string, src *scene.Source, wanted bool) (*table.Table, error) {
	if name == "stops" && src.Columns.Lng == "" {
		own := *src
		own.Columns = scene.Columns{Lng: "stop_lon", Lat: "stop_lat"}
		src = &own
	}
	var names []string
	for _, member := range f.zip.File {
		base, isText := strings.CutSuffix(path.Base(member.Name), ".txt")
		if !isText {
			continue
		}
		if names = append(names, base); base != name {
			continue
		}
		return gathered(src, f.o, func(r *rows) error {
			in, err := member.Open()
			if err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
			defer in.Close()
			return readText(f.ctx, f.name+" ("+member.Name+")", decoded(in, "utf-8"), ',', r)
		})
	}
	if !wanted {
		return &table.Table{}, nil
	}
	return nil, fmt.Errorf("%s: no file %s.txt: it has %s", f.name, name, strings.Join(names, ", "))
}

// raw reads a file for what the feed's files say about each other: ids and dates are text,
// whatever they look like.
func (f *feed) raw(name string, wanted bool) (texts, error) {
	src := &scene.Source{}
	src.SetDefaults()
	src.Kinds = map[string]string{}
	for _, id := range []string{"trip_id", "stop_id", "shape_id", "service_id", "route_id", "date", "start_date", "end_date"} {
		src.Kinds[id] = "text"
	}
	own := *f
	own.o = Options{Report: geo.NewReport()}
	t, err := own.file(name, src, wanted)
	return texts{t}, err
}

// texts reads a table by names of fields that may be missing.
type texts struct{ *table.Table }

func (t texts) text(name string) []string {
	out := make([]string, t.Rows())
	if c := t.Find(name); c != nil {
		for i := range out {
			out[i] = c.Word(i)
		}
	}
	return out
}

func (t texts) numbers(name string) []float64 {
	if c := t.Find(name); c != nil && c.Kind == table.Number {
		return c.Numbers
	}
	out := make([]float64, t.Rows())
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}
