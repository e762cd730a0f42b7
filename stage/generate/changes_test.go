package generate

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// quarter writes some streets of the sample city as lines of GeoJSON with every kind of
// layer that stands in a city, and returns the features.
func quarter(t *testing.T, box geo.Bound) (dir string, all []geo.Feature, load func() *scene.Document) {
	t.Helper()
	dir, _ = sampleCity(t)
	err := read.Features(context.Background(), filepath.Join(dir, "city.osm"), read.Options{BBox: &box}, func(f geo.Feature) error {
		if f.Geometry.Bound().Max[0]-f.Geometry.Bound().Min[0] < 0.02 {
			all = append(all, f)
		}
		return nil
	})
	if err != nil || len(all) < 100 {
		t.Fatal(len(all), err)
	}
	dem, err := filepath.Glob(filepath.Join(dir, "*.hgt"))
	if err != nil || len(dem) != 1 {
		t.Fatal(dem, err)
	}
	path := filepath.Join(dir, "quarter.yaml")
	write(t, path, `longtake: 1
name: Quarter
sources:
  city: { type: vector, path: quarter.geojsonl }
  dem: { type: raster, path: `+filepath.Base(dem[0])+` }
layers:
  - { id: ground, type: terrain, source: dem, margin: 100 }
  - { id: areas, type: areas, source: city, attributes: all }
  - { id: water, type: water, source: city }
  - { id: roads, type: roads, source: city, attributes: [highway] }
  - { id: buildings, type: buildings, source: city, attributes: { "building:levels": number, height: auto, "built:roof": auto, "built:levels": integer } }
  - { id: trees, type: trees, source: city, attributes: all }
  - { id: furniture, type: furniture, source: city }
  - { id: barriers, type: barriers, source: city }
  - { id: traffic, type: traffic, source: city }
`)
	return dir, all, func() *scene.Document {
		doc, err := scene.Load(path, layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
}

// changes are what happens to a map from one day to the next.
var changes = map[string]func(r *rand.Rand, all []geo.Feature) []geo.Feature{
	"rename": func(r *rand.Rand, all []geo.Feature) []geo.Feature {
		for range 5 {
			retag(&all[r.IntN(len(all))], "name", fmt.Sprint("Changed ", r.IntN(1000)))
		}
		return all
	},
	"lose a name": func(r *rand.Rand, all []geo.Feature) []geo.Feature {
		for range 40 {
			retag(&all[r.IntN(len(all))], "name", "")
		}
		return all
	},
	"build higher": func(r *rand.Rand, all []geo.Feature) []geo.Feature {
		for range 60 {
			if f := &all[r.IntN(len(all))]; f.Tags["building"] != "" {
				retag(f, "height", fmt.Sprint(3+r.IntN(40)))
			}
		}
		return all
	},
	"move": func(r *rand.Rand, all []geo.Feature) []geo.Feature {
		for range 3 {
			f := &all[r.IntN(len(all))]
			by := orb.Point{1e-4 * (r.Float64() - 0.5), 1e-4 * (r.Float64() - 0.5)}
			f.Geometry = moved(f.Geometry, by)
		}
		return all
	},
	"delete": func(r *rand.Rand, all []geo.Feature) []geo.Feature {
		for range 3 {
			i := r.IntN(len(all))
			all = slices.Delete(all, i, i+1)
		}
		return all
	},
	"add": func(r *rand.Rand, all []geo.Feature) []geo.Feature {
		for range 3 {
			f := all[r.IntN(len(all))]
			f.ID = fmt.Sprint("node/new", r.IntN(1e6))
			f.Geometry = moved(f.Geometry, orb.Point{2e-4, 1e-4})
			all = slices.Insert(all, r.IntN(len(all)), f)
		}
		return all
	},
	"nothing": func(_ *rand.Rand, all []geo.Feature) []geo.Feature { return all },
}

// retag gives a feature a tag, or takes it away.
func retag(f *geo.Feature, key, value string) {
	f.Tags = maps.Clone(f.Tags)
	if f.Tags == nil {
		f.Tags = map[string]string{}
	}
	if f.Tags[key] = value; value == "" {
		delete(f.Tags, key)
	}
}

func moved(g orb.Geometry, by orb.Point) orb.Geometry {
	g = orb.Clone(g)
	shift := func(ps []orb.Point) {
		for i := range ps {
			ps[i][0], ps[i][1] = ps[i][0]+by[0], ps[i][1]+by[1]
		}
	}
	switch v := g.(type) {
	case orb.Point:
		return orb.Point{v[0] + by[0], v[1] + by[1]}
	case orb.LineString:
		shift(v)
	case orb.Polygon:
		for _, r := range v {
			shift(r)
		}
	}
	return g
}

// Whatever changes in the data: what a run finds of the last one and what it builds anew are
// together what a run from nothing gives, packed or not.
func TestChangesAreFound(t *testing.T) {
	dir, all, load := quarter(t, geo.Bound{West: -30.509, South: 36.505, East: -30.501, North: 36.511})
	file, parts := filepath.Join(dir, "quarter.geojsonl"), t.TempDir()
	r := rand.New(rand.NewPCG(11, 5))
	before, last := 0, false
	for round, name := range append([]string{"nothing", "nothing"}, slices.Sorted(maps.Keys(changes))...) {
		all = changes[name](r, all)
		writeLines(t, file, all)
		plain := round%4 >= 2 // the other way of packing finds the shapes of the run before
		dirty, s := run(t, load(), Options{Parts: parts, Plain: plain})
		clean, whole := run(t, load(), Options{Plain: plain})
		if d := differ(contents(t, clean), contents(t, dirty)); len(d) > 0 {
			t.Errorf("%s: other bytes than from nothing in %v", name, d[:min(len(d), 5)])
		}
		t.Logf("%s: %d of %d tiles built again", name, s.Rebuilt, whole.Rebuilt)
		before, last = whole.Rebuilt, plain
	}
	if _, s := run(t, load(), Options{Parts: parts, Plain: last}); s.Rebuilt > 0 || before == 0 {
		t.Errorf("%d of %d tiles are built again where nothing has changed", s.Rebuilt, before)
	}
}

// Another name changes the tables of tiles and nothing else: what is built is found.
func TestRenamed(t *testing.T) {
	dir, all, load := quarter(t, geo.Bound{West: -30.509, South: 36.505, East: -30.501, North: 36.511})
	file, parts := filepath.Join(dir, "quarter.geojsonl"), t.TempDir()
	writeLines(t, file, all)
	run(t, load(), Options{Parts: parts})
	n := 0
	for i := range all {
		// A name makes a street one of a town, and a house has it in its own mesh's row.
		if f := &all[i]; f.Tags["building"] == "" && f.Tags["building:part"] == "" && (f.Tags["highway"] == "" || f.Tags["name"] != "") {
			retag(f, "name", fmt.Sprint("Renamed ", i))
			n++
		}
	}
	if n < 30 {
		t.Fatal("few things to rename: ", n)
	}
	writeLines(t, file, all)
	built := func() (out []string) {
		for _, kind := range []string{"*.ground", "*.parts.json"} {
			files, err := filepath.Glob(filepath.Join(parts, "*", kind))
			if err != nil || len(files) == 0 {
				t.Fatal(files, err)
			}
			out = append(out, files...)
		}
		return out
	}
	before := built()
	dirty, _ := run(t, load(), Options{Parts: parts})
	if after := built(); !slices.Equal(before, after) {
		t.Errorf("%d results, before %d", len(after), len(before))
	}
	clean, _ := run(t, load(), Options{})
	if d := differ(contents(t, clean), contents(t, dirty)); len(d) > 0 {
		t.Errorf("other bytes than from nothing in %v", d[:min(len(d), 5)])
	}
}
