package building

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/realdata"
)

// TestAgainstSimpleFeatures compares areas, and what parts cover and leave of their
// outlines, with a second implementation on the footprints of real cities.
func TestAgainstSimpleFeatures(t *testing.T) {
	most := 0
	for _, path := range []string{"city-berlin/siegessaeule.osm.gz", "city-sanfrancisco/sf-downtown.osm.pbf"} {
		fs := load(t, geo.NewReport(), realdata.Path(t, path))
		frame := earth.FrameAt(middleOf(fs))
		var cs []candidate
		for i := range fs {
			part, class, ok := kind(fs[i].Tags, Options{})
			if !ok {
				continue
			}
			for _, p := range areas(&fs[i], geo.NewReport()) {
				for _, c := range prepare(&fs[i], p, frame, new(workroom), geo.NewReport()) {
					c.mine, c.part, c.class, c.owner = true, part, class, -1
					cs = append(cs, c)
				}
			}
		}
		for i := range cs {
			if want := area2(cs[i].outline); math.Abs(cs[i].area-want) > 1e-9*want {
				t.Errorf("%s: %v m², simplefeatures has %v", cs[i].f.ID, cs[i].area, want)
			}
		}
		dropTwins(cs, geo.NewReport())
		adopt(cs, NewSurvey(frame, Options{}), frame, geo.NewReport())
		kids := map[int][]int{}
		for i := range cs {
			if cs[i].owner >= 0 {
				kids[cs[i].owner] = append(kids[cs[i].owner], i)
			}
		}
		outlines, cut, worst := 0, 0, 0.0
		for i := range cs {
			if len(kids[i]) == 0 {
				continue
			}
			outlines++
			whole := polygonGeom(cs[i].plan).AsGeometry()
			var parts []geom.Geometry
			for _, k := range kids[i] {
				parts = append(parts, polygonGeom(cs[k].plan).AsGeometry())
			}
			union, err := geom.UnionMany(parts)
			if err != nil {
				continue // its own limits
			}
			common, err := geom.Intersection(whole, union)
			if err != nil {
				continue
			}
			share := common.Area() / whole.Area()
			worst = math.Max(worst, math.Abs(share-cover(cs, i, kids[i])))
			if (share >= partCover+0.02 && !cs[i].dropped) || (share < partCover-0.02 && cs[i].dropped) {
				t.Errorf("%s: parts cover %.3f, dropped %v", cs[i].f.ID, share, cs[i].dropped)
			}
			if cs[i].pieces == nil {
				continue
			}
			cut++
			var ground []geom.Geometry
			for _, k := range kids[i] {
				if m := measure(cs[k].f.Tags, geo.NewReport()); zero(m.bottom)+zero(m.minLevel) == 0 && !ruleOf(cs[k].class, 0, 0).canopy {
					ground = append(ground, polygonGeom(cs[k].plan).AsGeometry())
				}
			}
			if union, err = geom.UnionMany(ground); err != nil {
				continue
			}
			rest, err := geom.Difference(whole, union)
			if err != nil {
				continue
			}
			left := 0.0
			for _, p := range cs[i].pieces {
				left += p.area
			}
			// Slivers, which are left out, lie along the border.
			if d := rest.Area() - left; d < -0.002*whole.Area() || d > narrow*cs[i].outline[0].Perimeter() {
				t.Errorf("%s: parts leave %v m² of %v m², simplefeatures has %v", cs[i].f.ID, left, whole.Area(), rest.Area())
			}
		}
		t.Logf("%s: %d footprints, %d outlines with parts (%d built around them); parts' cover off by %.4f at most", path, len(cs), outlines, cut, worst)
		if worst > 0.02 {
			t.Errorf("%s: cover is %v off", path, worst)
		}
		most = max(most, outlines)
	}
	if most < 100 {
		t.Errorf("%d outlines with parts", most)
	}
}

func polygonGeom(o outline.Outline) geom.Polygon {
	var rings []geom.LineString
	for _, r := range o {
		var xy []float64
		for i := range len(r) + 1 {
			xy = append(xy, r[i%len(r)][0], r[i%len(r)][1])
		}
		rings = append(rings, geom.NewLineString(geom.NewSequence(xy, geom.DimXY)))
	}
	return geom.NewPolygon(rings)
}

func area2(o outline.Outline) float64 { return polygonGeom(o).Area() }

// TestHeightsAgainstMeasured takes the heights away from measured city models and guesses
// them: by the tables alone, and for every second house with its neighbours tagged.
func TestHeightsAgainstMeasured(t *testing.T) {
	for _, c := range []struct {
		path  string
		all   bool
		least int
	}{
		{"city-delft/3dbag.city.jsonl", false, 90},
		{"city-delft/delft.city.json", false, 150},
		{"city-zurich/zurich_lod2.city.json", false, 45},
		{"city-washington-dc/buildings.geojson", true, 80},
		{"city-sanfrancisco/sf-downtown.osm.pbf", false, 2000},
	} {
		t.Run(c.path, func(t *testing.T) {
			fs := load(t, geo.NewReport(), realdata.Path(t, c.path))
			frame := earth.FrameAt(middleOf(fs))
			var truth []float64
			var bare []geo.Feature
			for _, b := range assemble(fs, frame, Options{All: c.all}, geo.NewReport()) {
				h := b.Top - b.lowest()
				if b.Part || len(b.site) == 0 || h < 2 || b.surfaces == nil && !tagged(fs, b.ID) {
					continue
				}
				truth = append(truth, h)
				bare = append(bare, geo.Feature{ID: b.ID, Geometry: closed(b.site), Tags: map[string]string{"building": "yes"}})
			}
			if len(truth) < c.least {
				t.Fatalf("%d measured heights", len(truth))
			}
			alone := misses(bare, truth, frame, func(int) bool { return false })
			near := misses(bare, truth, frame, func(i int) bool { return i%2 == 0 })
			t.Logf("%d measured: by the tables %v; with every second neighbour %v", len(truth), alone, near)
			// A draw from the neighbours' heights is not the best guess of each, but of all: its
			// bias is small and its spread is theirs.
			if math.Abs(near.bias) > math.Max(0.25*near.mean, 3.5) || math.Abs(near.bias) > math.Abs(alone.bias) {
				t.Errorf("biased with neighbours: %v, alone %v", near, alone)
			}
			if near.absolute > 1.25*alone.absolute {
				t.Errorf("neighbours make it worse: %v, alone %v", near, alone)
			}
			if len(truth) > 1000 && math.Abs(near.spread/near.meant-1) > 0.3 {
				t.Errorf("heights spread by %.1f m, guessed ones by %.1f m", near.meant, near.spread)
			}
		})
	}
}

// errorsOf are statistics in metres of guessed heights: mean of the true ones, mean error,
// mean absolute error, and how far guessed and true ones spread about their means.
type errorsOf struct{ mean, bias, absolute, spread, meant float64 }

func (e errorsOf) String() string {
	return fmt.Sprintf("%.1f m high, guessed %+.1f m off, %.1f m in the mean; spread %.1f m, guessed %.1f m", e.mean, e.bias, e.absolute, e.meant, e.spread)
}

func misses(bare []geo.Feature, truth []float64, frame earth.Frame, told func(int) bool) (e errorsOf) {
	fs := make([]geo.Feature, len(bare))
	index := map[string]int{}
	for i := range bare {
		fs[i] = bare[i]
		index[fs[i].ID] = i
		if told(i) {
			fs[i].Tags = map[string]string{"building": "yes", "height": strconv.FormatFloat(truth[i], 'f', 2, 64)}
		}
	}
	n, g2, t2 := 0.0, 0.0, 0.0
	for _, b := range assemble(fs, frame, Options{}, geo.NewReport()) {
		if i := index[b.ID]; !told(i) {
			d := b.Top - truth[i]
			e.mean, e.bias, e.absolute, n = e.mean+truth[i], e.bias+d, e.absolute+math.Abs(d), n+1
			g2, t2 = g2+b.Top*b.Top, t2+truth[i]*truth[i]
		}
	}
	e.mean, e.bias, e.absolute = e.mean/n, e.bias/n, e.absolute/n
	e.meant = math.Sqrt(t2/n - e.mean*e.mean)
	e.spread = math.Sqrt(g2/n - (e.mean+e.bias)*(e.mean+e.bias))
	return e
}

func tagged(fs []geo.Feature, id string) bool {
	for i := range fs {
		if fs[i].ID == id {
			m := measure(translate(fs[i].Tags), geo.NewReport())
			return known(m.height)
		}
	}
	return false
}

func closed(rings []orb.Ring) orb.Polygon {
	r := append(orb.Ring(nil), rings[0]...)
	if r[0] != r[len(r)-1] {
		r = append(r, r[0])
	}
	return orb.Polygon{r}
}
