package cover_test

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/model"
)

var plantFrame = earth.FrameAt(earth.Place{Lng: 9.5, Lat: 47.1})

// at turns plan metres into degrees.
func plantAt(x, y float64) orb.Point {
	lng, lat := plantFrame.Unplan(x, y)
	return orb.Point{lng, lat}
}

func plantArea(id string, x0, y0, x1, y1 float64, tags ...string) geo.Feature {
	f := geo.Feature{ID: id, Tags: map[string]string{}, Geometry: orb.Polygon{{plantAt(x0, y0), plantAt(x1, y0), plantAt(x1, y1), plantAt(x0, y1), plantAt(x0, y0)}}}
	for i := 0; i+1 < len(tags); i += 2 {
		f.Tags[tags[i]] = tags[i+1]
	}
	return f
}

func plantLine(id string, ps []orb.Point, tags ...string) geo.Feature {
	f := geo.Feature{ID: id, Tags: map[string]string{}, Geometry: orb.LineString(ps)}
	for i := 0; i+1 < len(tags); i += 2 {
		f.Tags[tags[i]] = tags[i+1]
	}
	return f
}

// country is a wood with a house, a road, a pond, a meadow and a vineyard.
func country() []geo.Feature {
	return []geo.Feature{
		plantArea("way/1", -900, -900, 900, 900, "landuse", "forest"),
		plantArea("way/2", -60, -40, -20, 10, "building", "yes"),
		plantLine("way/3", []orb.Point{plantAt(-900, 100), plantAt(900, 140)}, "highway", "primary"),
		plantArea("way/4", 60, -160, 180, -60, "natural", "water"),
		plantArea("way/5", -250, -250, -120, -130, "landuse", "meadow"),
		plantArea("way/6", 150, 150, 260, 240, "landuse", "vineyard"),
		plantLine("way/7", []orb.Point{plantAt(-300, -280), plantAt(200, -290)}, "natural", "tree_row", "genus", "Populus nigra 'Italica'"),
		{ID: "node/8", Geometry: plantAt(-180, -190), Tags: map[string]string{"natural": "tree", "species": "Picea abies", "height": "31"}},
	}
}

func plantBlock(fs []geo.Feature, x0, y0, x1, y1 float64) *geo.Block {
	return &geo.Block{Frame: plantFrame, Square: orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}},
		Features: fs, Elevation: geo.FlatElevation(450), Report: geo.NewReport()}
}

// trees lists what blocks of one side over a square of 600 m hold, sorted.
func trees(t *testing.T, side, detail float64) []string {
	t.Helper()
	var all []string
	for y := -300.0; y < 300; y += side {
		for x := -300.0; x < 300; x += side {
			c := geo.Content{Frame: plantFrame}
			cover.NewPlanting(plantBlock(country(), x, y, x+side, y+side), "trees", cover.PlantOptions{}).Make(detail, &c)
			for _, m := range c.Instances {
				for _, i := range m.Items {
					all = append(all, fmt.Sprintf("%s %v %v %v %v", m.Model, i.Position, i.Yaw, i.Scale, i.Color))
				}
			}
		}
	}
	sort.Strings(all)
	return all
}

// The same trees stand however the country is cut into blocks, at every detail.
func TestPlantingCuts(t *testing.T) {
	for _, detail := range []float64{0, 4, 9} {
		whole := trees(t, 600, detail)
		for _, side := range []float64{300, 100, 75} {
			if got := trees(t, side, detail); !slices.Equal(got, whole) {
				t.Errorf("detail %g: %d trees in blocks of %g m, %d in one", detail, len(got), side, len(whole))
			}
		}
		if len(whole) < 100 {
			t.Errorf("detail %g: %d trees", detail, len(whole))
		}
	}
}

// No tree stands in a house, on the road, in the pond or on the meadow, but the mapped one;
// forest trees keep their density.
func TestPlantingKeepsOff(t *testing.T) {
	b := plantBlock(country(), -300, -300, 300, 300)
	c := geo.Content{Frame: plantFrame}
	if err := cover.NewPlanting(b, "trees", cover.PlantOptions{Wet: func(x, y float64) bool { return x > 280 }}).Make(0, &c); err != 0 {
		t.Errorf("error %g at full detail", err)
	}
	in := func(p [3]float32, x0, y0, x1, y1 float64) bool {
		return float64(p[0]) > x0 && float64(p[0]) < x1 && float64(p[1]) > y0 && float64(p[1]) < y1
	}
	n, vines, mapped := 0, 0, 0
	for _, m := range c.Instances {
		if _, ok := model.Get(m.Model); !ok {
			t.Errorf("no model %q", m.Model)
		}
		for _, i := range m.Items {
			p := i.Position
			n++
			road := float64(p[1]) - (100 + 40*(float64(p[0])+900)/1800)
			switch {
			case m.Model == "tree-conifer" && i.Scale == 31:
				mapped++
			case in(p, -61, -41, -19, 11), in(p, 60, -160, 180, -60), in(p, -250, -250, -120, -130), math.Abs(road) < 5.5, p[0] > 280:
				t.Fatalf("%s at %v", m.Model, p)
			case in(p, 150, 150, 260, 240):
				if m.Model != "vine-row" {
					t.Fatalf("%s in the vineyard", m.Model)
				}
				vines++
			}
		}
	}
	if mapped != 1 {
		t.Errorf("%d mapped trees", mapped)
	}
	if want := 110 * 90 / 3.4 / 2.6; math.Abs(float64(vines)-want) > 0.1*want {
		t.Errorf("%d stretches of vine, about %.0f wanted", vines, want)
	}
	free := 580*600.0 - 4000 - 12000 - 16900 - 9900 - 600*12
	if density := float64(n-vines) / free * 49; density < 0.9 || density > 1.1 {
		t.Errorf("density %.2f of one tree a cell", density)
	}
}

// Coarse levels hold subsets of the finer ones, evenly thinned, with a stated error that
// keeps to the detail.
func TestPlantingThins(t *testing.T) {
	p := cover.NewPlanting(plantBlock(country(), -300, -300, 300, 300), "trees", cover.PlantOptions{})
	var before map[[3]float32]bool
	last := 0
	for _, detail := range []float64{0, 2, 3, 6, 12, 24, 48} {
		c := geo.Content{Frame: plantFrame}
		err := p.Make(detail, &c)
		if err > detail {
			t.Errorf("detail %g: error %g", detail, err)
		}
		now := map[[3]float32]bool{}
		for _, m := range c.Instances {
			for _, i := range m.Items {
				now[i.Position] = true
				if before != nil && !before[i.Position] {
					t.Fatalf("detail %g: a tree that finer levels have not", detail)
				}
			}
		}
		if before != nil && len(now) > last {
			t.Errorf("detail %g: %d trees after %d", detail, len(now), last)
		}
		before, last = now, len(now)
	}
	if last > p.Len()/100 {
		t.Errorf("%d of %d trees left at 48 m", last, p.Len())
	}
}

// A poplar row stands every 8 m and is of one kind.
func TestPlantingRow(t *testing.T) {
	fs := []geo.Feature{plantLine("way/1", []orb.Point{plantAt(0, 0), plantAt(160, 0)}, "natural", "tree_row", "species", "Populus nigra 'Italica'")}
	c := geo.Content{Frame: plantFrame}
	cover.NewPlanting(plantBlock(fs, -100, -100, 200, 100), "trees", cover.PlantOptions{}).Make(0, &c)
	if len(c.Instances) != 1 || c.Instances[0].Model != "tree-column" || len(c.Instances[0].Items) != 21 {
		t.Fatalf("%d models, want 21 columns", len(c.Instances))
	}
	for k, i := range c.Instances[0].Items {
		if math.Abs(float64(i.Position[0])-8*float64(k)) > 0.05 {
			t.Errorf("tree %d at %v", k, i.Position)
		}
	}
	if len(c.Features) != 1 || c.Features[0].ID != "way/1" {
		t.Errorf("rows %v", c.Features)
	}
}

// FuzzPlanting: no tags make it panic or plant what has no model or size.
func FuzzPlanting(f *testing.F) {
	f.Add("natural", "wood", "leaf_type", "palm", "height", "-3")
	f.Add("landuse", "orchard", "trees", "olive_trees", "diameter_crown", "1e309")
	f.Add("natural", "tree", "circumference", "250", "species", "×")
	f.Fuzz(func(t *testing.T, k1, v1, k2, v2, k3, v3 string) {
		fs := []geo.Feature{plantArea("way/1", 0, 0, 60, 40, k1, v1, k2, v2, k3, v3), {ID: "", Geometry: plantAt(5, 5), Tags: map[string]string{"natural": "tree", k2: v2, k3: v3}}}
		c := geo.Content{Frame: plantFrame}
		cover.NewPlanting(plantBlock(fs, 0, 0, 50, 50), "trees", cover.PlantOptions{}).Make(0, &c)
		for _, m := range c.Instances {
			if _, ok := model.Get(m.Model); !ok {
				t.Fatalf("no model %q", m.Model)
			}
			for _, i := range m.Items {
				if !(i.Scale > 0.1 && i.Scale < 130) {
					t.Fatalf("%s of %v m", m.Model, i.Scale)
				}
			}
		}
	})
}
