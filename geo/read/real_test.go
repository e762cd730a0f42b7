package read

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/internal/realdata"
)

// TestRealFiles reads real files of every kind and compares with counts taken by other
// programs (osmium, ogrinfo, wc): features, and for OSM the objects that carry a key,
// less those left to their relation or skipped.
func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		path   string
		format string
		crs    string
		count  int
		key    string // with carry objects that carry it
		carry  int
	}{
		{"city-sanfrancisco/sf-downtown.osm.pbf", "osm-pbf", "", 0, "building", 7823},
		{"city-andorra/andorra.osm.pbf", "osm-pbf", "", 0, "building", 301},
		{"city-berlin/siegessaeule.osm.gz", "osm-xml", "", 0, "height", 121},
		{"city-beijing/haidian.osm", "osm-xml", "", 0, "building", 529},
		{"city-liechtenstein/liechtenstein-2013.osm.pbf", "osm-pbf", "", 0, "building", 3747},
		{"city-monaco/monaco-osrm.osm.pbf", "osm-pbf", "", 0, "building", 23379},
		{"city-monaco/monaco-planetiler.osm.pbf", "osm-pbf", "", 0, "building", 1208},
		{"city-newyork/nyc-westside.osm.pbf", "osm-pbf", "", 0, "building", 1529},
		{"city-portoalegre/poa.osm.pbf", "osm-pbf", "", 0, "highway", 20324},
		{"city-taipei/taipei.osm", "osm-xml", "", 0, "building", 61},
		{"city-newyork/manhattan-buildings.json", "json-rows", "", 999, "height", 999},
		{"city-newyork/manhattan-trips.json", "json-rows", "", 996, "timestamps", 996},
		{"city-newyork/building-tiles/116.json", "json-features", "", 683, "height", 318},
		{"city-newyork/nybb_16a.zip", "shapefile", "", 5, "", 0},
		{"city-boston/boston-buildings.geo.parquet", "geoparquet", "", 3, "", 0},
		{"city-boston/boston-streets-utm19n.shp", "shapefile", "", 1987, "", 0},
		{"city-capetown-mamre/mamre3D.city.json", "cityjson", "", 2345, "building", 2344},
		{"city-delft/delft.city.json", "cityjson", "", 570, "building", 160},
		{"city-delft/3dbag-extension.city.jsonl", "cityjsonseq", "", 55, "", 0},
		{"city-vienna/vienna.city.jsonl", "cityjsonseq", "EPSG:31256", 490, "building", 490},
		{"city-vienna/vienna-streets.geojson", "geojson", "", 3356, "highway", 3356},
		{"city-zurich/zurich_lod2.city.json", "cityjson", "", 161, "building", 161},
		{"city-washington-dc/buildings.geojson", "geojson", "", 84, "HEIGHT", 82},
		{"city-washington-dc/parks.shp", "shapefile", "", 545, "", 0},
		{"city-portoalegre/poa_hexgrid.csv", "csv", "", 1227, "population", 1227},
		{"movement/bart.geojson", "geojson", "", 77, "", 0},
		{"movement/earthquakes.geojson", "geojson", "", 1707, "z", 1707},
		{"movement/flight-304-to-ul.gpx", "gpx", "", 1, "", 0},
		{"movement/geolife.csv", "csv", "", 5908, "t", 5908},
		{"movement/heathrow-airports.json", "json-rows", "", 57, "abbrev", 57},
		{"movement/heathrow-flights.json", "json-rows", "", 5000, "", 0},
		{"movement/opensky-2020-04-14.csv", "csv", "", 29922, "time1", 29922},
		{"movement/storms_hurdat2.csv", "csv", "", 20778, "", 0},
		{"movement/storms_xyz_feature.shp", "shapefile", "EPSG:4326", 71, "", 0},
		{"movement/uk-accidents-heatmap.csv", "csv", "", 140029, "", 0},
		{"movement/us-airports.csv", "csv", "", 3376, "iata", 3376},
		{"movement/us-county-migration.json", "geojson", "", 500, "flows", 500},
		{"movement/world_population_grid.csv", "csv", "", 11286, "", 0},
		{"boundaries/countries.fgb", "fgb", "", 179, "", 0},
		{"boundaries/londonBoroughs.topojson", "topojson", "", 33, "", 0},
		{"boundaries/world-110m.topojson", "topojson", "", 178, "", 0},
		{"boundaries/natural-earth_countries_geo.parquet", "geoparquet", "", 177, "name", 177},
		{"boundaries/nc.shp", "shapefile", "", 100, "", 0},
		{"boundaries/ne_110m_ocean.json", "geojson", "", 2, "", 0},
		{"boundaries/ne_50m_admin_1_states_provinces_lakes.geojson", "geojson", "", 294, "", 0},
	} {
		t.Run(c.path+" "+c.key, func(t *testing.T) {
			t.Parallel()
			path := realdata.Path(t, filepath.FromSlash(c.path))
			f, err := Detect(path)
			if err != nil || f.Name != c.format {
				t.Fatalf("detected %v, %v; want %s", f, err, c.format)
			}
			features, s, err := collect(t, path, Options{CRS: c.crs})
			if err != nil {
				if strings.Contains(err.Error(), "gdal-bin") {
					t.Skip(err)
				}
				t.Fatal(err)
			}
			if c.count > 0 && len(features) != c.count {
				t.Errorf("%d features, want %d", len(features), c.count)
			}
			carry := 0
			for _, f := range features {
				if f.Tags[c.key] != "" {
					carry++
				}
			}
			// What is left to a relation or skipped carries keys too, but not all this one.
			slack := 0
			if strings.HasPrefix(c.format, "osm") {
				slack = s.Notes["way left to the multipolygon with the same tag"] + skips(s, reasonWays) + skips(s, reasonNodes) + skips(s, "way of fewer than two nodes")
			}
			if c.key != "" && (carry > c.carry || carry < c.carry-slack) {
				t.Errorf("%d features with %s, want %d (%d may be elsewhere)", carry, c.key, c.carry, slack)
			}
			for _, f := range features {
				if !inRange(f.Geometry) {
					t.Errorf("%s is out of range", f.ID)
				}
			}
		})
	}
}

// TestOpenFlightsWithoutHeader names columns by number.
func TestOpenFlightsWithoutHeader(t *testing.T) {
	path := realdata.Path(t, "movement", "openflights-airports.dat")
	if _, _, err := collect(t, path, Options{}); err == nil || !strings.Contains(err.Error(), "as columns: { lng: …") {
		t.Errorf("without columns: %v", err)
	}
	features, _, err := collect(t, path, Options{LngColumn: "8", LatColumn: "7"})
	if err != nil || len(features) != 7698 {
		t.Fatalf("%d features, %v", len(features), err)
	}
	if f := features[0]; f.Tags["2"] != "Goroka Airport" || f.Geometry.Bound().Min[0] < 145 {
		t.Errorf("%+v", f)
	}
}

// TestDelftStandsInDelft checks reference system, heights and surfaces of a city model.
func TestDelftStandsInDelft(t *testing.T) {
	needGDAL(t)
	features, s, err := collect(t, realdata.Path(t, "city-delft", "3dbag.city.jsonl"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, f := range features {
		if b := f.Geometry.Bound(); b.Min[0] < 4.35 || b.Max[0] > 4.38 || b.Min[1] < 52 || b.Max[1] > 52.02 {
			t.Errorf("%s lies at %v", f.ID, b)
		}
		if areaOf(f.Geometry) <= 0 || len(f.Surfaces) < 5 {
			t.Errorf("%s: footprint %v, %d surfaces", f.ID, areaOf(f.Geometry), len(f.Surfaces))
		}
		for _, p := range f.Surfaces {
			kinds[p.Kind]++
			for _, r := range p.Rings {
				for _, v := range r {
					if v[2] < 35 || v[2] > 130 { // sea level is at 43 m there
						t.Fatalf("%s: height %v above the ellipsoid", f.ID, v[2])
					}
				}
			}
		}
	}
	if kinds["wall"] == 0 || kinds["roof"] == 0 || kinds["ground"] == 0 {
		t.Errorf("surfaces: %v", kinds)
	}
	if s.Notes["city model heights taken as above EGM96"] != 1 {
		t.Errorf("notes: %v", s.Notes)
	}
}

// TestEveryVectorFile reads all that is in the data folder: whatever comes out, it must be
// features or one sentence that names the file.
func TestEveryVectorFile(t *testing.T) {
	if testing.Short() {
		t.Skip("many files")
	}
	root := realdata.Path(t, "conformance")
	n := 0
	for _, pattern := range []string{"geojson/*/*.geojson", "json/*.json", "turf/*/*/*/*.geojson", "martinez/*.geojson", "polygon-clipping/*/*.geojson", "osmbuilding/*/*.xml"} {
		files, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, path := range files {
			n++
			base := filepath.Base(path)
			if info, err := Detect(path); err != nil {
				if !strings.Contains(err.Error(), base) {
					t.Errorf("the error does not name %s: %v", base, err)
				}
				continue
			} else if info.Kind != KindFeatures {
				continue
			}
			features, _, err := collect(t, path, Options{})
			if err != nil && !strings.Contains(err.Error(), base) {
				t.Errorf("the error does not name %s: %v", base, err)
			}
			for _, f := range features {
				g, ok := f.Geometry.(orb.Polygon)
				if !ok {
					continue
				}
				polys, out := clean.Polygon(g, clean.Degrees)
				if (len(polys) == 0) != (out.Reason != "") {
					t.Errorf("%s: %s: %d polygons and the reason %q", base, f.ID, len(polys), out.Reason)
				}
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d files", n)
	}
}

// TestYieldErrorEndsReading stops each reader after its first feature.
func TestYieldErrorEndsReading(t *testing.T) {
	enough := errors.New("enough")
	for _, path := range []string{
		"city-berlin/siegessaeule.osm.gz", "city-sanfrancisco/sf-downtown.osm.pbf", "movement/bart.geojson", "city-newyork/manhattan-buildings.json",
		"movement/us-airports.csv", "boundaries/nc.shp", "city-delft/3dbag.city.jsonl", "city-boston/boston-buildings.geo.parquet",
	} {
		n := 0
		err := Features(t.Context(), realdata.Path(t, filepath.FromSlash(path)), Options{}, func(geo.Feature) error {
			n++
			return enough
		})
		if err != enough || n != 1 {
			t.Errorf("%s: %d features, %v", path, n, err)
		}
	}
}

func BenchmarkSanFranciscoPBF(b *testing.B) {
	path := realdata.Path(b, "city-sanfrancisco", "sf-downtown.osm.pbf")
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n = 0
		if err := Features(b.Context(), path, Options{}, func(geo.Feature) error { n++; return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "features/s")
}
