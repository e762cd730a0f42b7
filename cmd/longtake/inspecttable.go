package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/table/load"
	"github.com/longtake/longtake/scene"
)

// tableFacts is what a table holds, as a source of rows reads it.
type tableFacts struct {
	Rows    int           `json:"rows"`
	Columns []columnFacts `json:"columns"`
	Files   []string      `json:"files,omitempty"` // of a GTFS feed
}

type columnFacts struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// readTable reads a file that holds rows, of a GTFS feed its trips.
func (i *inspection) readTable(ctx context.Context, path string) error {
	report := geo.NewReport()
	t, err := load.File(ctx, path, &scene.Source{}, load.Options{Report: report})
	if err != nil {
		return err
	}
	f := &tableFacts{Rows: t.Rows(), Columns: []columnFacts{}}
	for _, c := range t.Columns {
		f.Columns = append(f.Columns, columnFacts{c.Name, c.Kind.String()})
	}
	if i.Data.Format == "gtfs" {
		c, err := read.OpenContent(path)
		if err != nil {
			return err
		}
		f.Files = c.Members()
		c.Close()
	}
	i.Data.Table = f
	i.Data.Geometry, i.Bounds = placesOf(t)
	i.Data.Skipped, i.Data.Notes = report.Summary().Skipped, report.Summary().Notes
	return nil
}

// placesOf counts the geometries of rows by type, and gives their box.
func placesOf(t *table.Table) (kinds map[string]int, bounds *[4]float64) {
	var box extent
	for _, g := range t.Geometry {
		if g == nil {
			continue
		}
		if kinds == nil {
			kinds = map[string]int{}
		}
		kinds[g.GeoJSONType()]++
		b := g.Bound()
		box.add(b.Min[0], b.Min[1])
		box.add(b.Max[0], b.Max[1])
	}
	if box.some {
		bounds = box.corners()
	}
	return kinds, bounds
}

func (f *tableFacts) print(a *app, d *dataFacts) {
	places := ""
	if d.Geometry != nil {
		places = ": " + counted(d.Geometry)
	}
	a.printf("  rows     %d%s", f.Rows, places)
	var names []string
	for _, c := range f.Columns {
		names = append(names, fmt.Sprintf("%s (%s)", c.Name, c.Kind))
	}
	if len(names) > shownFields {
		names = append(names[:shownFields], fmt.Sprintf("and %d more", len(names)-shownFields))
	}
	if len(names) > 0 {
		a.printf("  columns  %s", strings.Join(names, ", "))
	}
	if len(f.Files) > 0 {
		a.printf("  tables   %s", strings.ReplaceAll(strings.Join(f.Files, ", "), ".txt", ""))
	}
}
