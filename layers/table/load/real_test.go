package load

import (
	"bytes"
	"context"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/internal/realdata"
	"github.com/longtake/longtake/layers/table"
)

// Real tables have the rows that their pages tell of.
func TestRealTables(t *testing.T) {
	for _, c := range []struct {
		file          []string
		as            string
		rows, skipped int
		kinds         map[string]table.Kind
	}{
		{[]string{"movement", "openflights-airports.dat"}, "fields: [id, name, city, country, iata, icao, lat, lng, altitude, offset, dst, zone, kind, origin]", 7698, 0,
			map[string]table.Kind{"id": table.Number, "iata": table.Text, "altitude": table.Number}},
		{[]string{"movement", "openflights-routes.dat"}, "fields: [airline, airline_id, from, from_id, to, to_id, codeshare, stops, equipment]", 67663, 0, map[string]table.Kind{"from_id": table.Number, "to": table.Text}},
		{[]string{"movement", "opensky-2020-04-14.csv"}, "units: { alt1: m to ft }", 29922, 0, map[string]table.Kind{"alt1": table.Number, "time1": table.Number}},
		{[]string{"movement", "storms_hurdat2.csv"}, "units: { wind: kn }", 20778, 0, map[string]table.Kind{"wind": table.Number, "category": table.Number, "status": table.Text}},
		{[]string{"movement", "geolife.csv"}, "time: { zone: UTC }", 5908, 0, map[string]table.Kind{"t": table.Time, "trajectory_id": table.Number}},
		{[]string{"movement", "uk-accidents-heatmap.csv"}, "lod: 0", 140029, 27, nil},
		{[]string{"movement", "world_population_grid.csv"}, "lod: 0", 11286, 0, map[string]table.Kind{"pop": table.Number}},
		{[]string{"movement", "heathrow-flights.json"}, "lod: 0", 5000, 0, map[string]table.Kind{"name": table.Text}},
		{[]string{"city-newyork", "manhattan-trips.json"}, "lod: 0", 996, 0, map[string]table.Kind{"timestamps": table.List, "vendor": table.Number}},
		{[]string{"city-portoalegre", "poa_hexgrid.csv"}, "lod: 0", 0, 0, map[string]table.Kind{"population": table.Number, "id": table.Text}},
		{[]string{"city-boston", "boston-buildings.geo.parquet"}, "lod: 0", 3, 0, nil},
		{[]string{"movement", "caltrain_gtfs.zip"}, "lod: 0", 252, 0, map[string]table.Kind{"timestamps": table.List, "route_long_name": table.Text}},
		{[]string{"movement", "caltrain_gtfs.zip"}, "table: stops", 31, 0, map[string]table.Kind{"stop_name": table.Text}},
		{[]string{"city-portoalegre", "gtfs_eptc.zip"}, "lod: 0", 2374, 0, map[string]table.Kind{"timestamps": table.List}},
		{[]string{"city-portoalegre", "gtfs_trensurb.zip"}, "table: shapes", 0, 0, nil},
	} {
		file := realdata.Path(t, c.file...)
		r := geo.NewReport()
		tab, err := File(context.Background(), file, source(t, "{ path: a, type: table, "+c.as+" }"), Options{Report: r})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		s := r.Summary()
		if tab.Rows() == 0 || c.rows != 0 && tab.Rows() != c.rows || s.SkippedCount() != c.skipped {
			t.Errorf("%s: %d rows, %+v", file, tab.Rows(), s)
		}
		for name, kind := range c.kinds {
			if col := tab.Find(name); col == nil || col.Kind != kind {
				t.Errorf("%s: %s: %+v", file, name, col)
			}
		}
		timetables(t, file, tab)
		var b bytes.Buffer
		if err := tab.WriteParquet(&b); err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		again, err := table.ReadParquet(b.Bytes())
		if err != nil || again.Rows() != tab.Rows() || len(again.Columns) != len(tab.Columns) {
			t.Errorf("%s: read back: %v", file, err)
		}
	}
}

// timetables go forward, a time at every vertex.
func timetables(t *testing.T, file string, tab *table.Table) {
	c := tab.Find("timestamps")
	if c == nil || c.Kind != table.List {
		return
	}
	for i, l := range c.Lists {
		line, ok := tab.Geometry[i].(orb.LineString)
		if !ok || len(line) != len(l) {
			t.Errorf("%s: %s: %d times, %v", file, tab.IDs[i], len(l), ok)
			return
		}
		for k := range l {
			if !(l[k] >= 0) || k > 0 && !(l[k] >= l[k-1]) {
				t.Errorf("%s: %s: times %v", file, tab.IDs[i], l)
				return
			}
		}
	}
}
