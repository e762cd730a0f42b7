package table

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/internal/realdata"
)

func box(west, south, east, north float64) orb.Ring {
	return orb.Ring{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}
}

func TestFoot(t *testing.T) {
	ell := orb.Polygon{{{0, 0}, {10, 0}, {10, 2}, {2, 2}, {2, 10}, {0, 10}, {0, 0}}}
	for name, c := range map[string]struct {
		shape   orb.Geometry
		want    orb.Point
		within  float64 // degrees
		missing bool
	}{
		"nothing":                         {missing: true},
		"point":                           {shape: orb.Point{3, 4}, want: orb.Point{3, 4}},
		"house":                           {shape: orb.Polygon{box(0, 0, 4, 2)}, want: orb.Point{2, 1}, within: 1e-9},
		"both sides of 180°":              {shape: orb.MultiPolygon{{box(178, -18, 180, -16)}, {box(-180, -18, -179, -16)}}, want: orb.Point{179, -17}, within: 1e-9},
		"largest in the north is smaller": {shape: orb.MultiPolygon{{box(0, 60, 10, 70)}, {box(100, 0, 109, 9)}}, want: orb.Point{104.5, 4.5}, within: 1e-9},
		"a hole counts":                   {shape: orb.MultiPolygon{{box(0, 0, 10, 10), box(1, 1, 9, 9)}, {box(20, 0, 27, 7)}}, want: orb.Point{23.5, 3.5}, within: 1e-9},
		"L":                               {shape: ell, want: orb.Point{1.17, 1.17}, within: 0.12},
		"line by length":                  {shape: orb.LineString{{0, 0}, {1, 0}, {1, 3}}, want: orb.Point{1, 1}, within: 1e-9},
		"line over 180°":                  {shape: orb.LineString{{179, 0}, {-179, 0}}, want: orb.Point{180, 0}, within: 1e-9},
		"longest part":                    {shape: orb.MultiLineString{{{0, 0}, {1, 0}}, {{5, 5}, {5, 9}}}, want: orb.Point{5, 7}, within: 1e-9},
		"areas before lines":              {shape: orb.Collection{orb.LineString{{50, 0}, {90, 0}}, orb.Polygon{box(0, 0, 4, 2)}}, want: orb.Point{2, 1}, within: 1e-9},
		"no width":                        {shape: orb.Polygon{{{0, 0}, {2, 0}, {0, 0}}}, want: orb.Point{1, 0}},
		"empty area":                      {shape: orb.Polygon{}, missing: true},
		"empty parts":                     {shape: orb.MultiPolygon{}, missing: true},
		"empty line":                      {shape: orb.LineString{}, missing: true},
		"no number":                       {shape: orb.Polygon{{{0, 0}, {math.NaN(), 0}, {1, 1}, {0, 0}}}, want: orb.Point{0.5, 0.5}, within: math.Inf(1)},
	} {
		got, ok := Foot(c.shape)
		if ok == c.missing || math.Hypot(got[0]-c.want[0], got[1]-c.want[1]) > c.within {
			t.Errorf("%s: %v, %v, not %v", name, got, ok, c.want)
		}
	}
}

// TestInaccessibleOfALake is against the published distance of mapbox/polylabel's own test
// (288.85 at (3865.85, 2124.88), precision 1).
func TestInaccessibleOfALake(t *testing.T) {
	data, err := os.ReadFile(realdata.Path(t, "conformance", "polylabel", "water1.json"))
	if err != nil {
		t.Fatal(err)
	}
	var p orb.Polygon
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	x, y, r, ok := inaccessible(p, orb.Point{}, 1, 1e-4)
	if !ok || math.Hypot(x-3865.85, y-2124.88) > 2 || r < 288.8 || r > 289.85 { // theirs is within 1 of the best
		t.Errorf("%v, %v: %v", x, y, r)
	}
}

// TestInaccessibleIsFarInside compares with every node of a fine grid: none is farther from
// the edges than a centroid may miss.
func TestInaccessibleIsFarInside(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 8))
	for n := range 60 {
		p := orb.Polygon{star(r, 0, 0, 5, 3+r.IntN(40))}
		if n%3 == 0 {
			p = append(p, star(r, 0.5, 0, 0.7, 3+r.IntN(9)))
		}
		x, y, radius, ok := inaccessible(p, orb.Point{}, 1, nearEnough)
		if at := (orb.Point{x, y}); !ok || !planar.PolygonContains(p, at) || math.Abs(fromEdges(p, at)-radius) > 1e-9 {
			t.Fatalf("%d: %v is %v from the edges, not %v", n, at, fromEdges(p, at), radius)
		}
		for i := -50; i <= 50; i++ {
			for j := -50; j <= 50; j++ {
				if at := (orb.Point{float64(i) / 10, float64(j) / 10}); planar.PolygonContains(p, at) && fromEdges(p, at) > radius/central+1e-9 {
					t.Fatalf("%d: %v is farther: %v than %v at %v, %v", n, at, fromEdges(p, at), radius, x, y)
				}
			}
		}
	}
}

func star(r *rand.Rand, x, y, size float64, n int) (out orb.Ring) {
	for i := range n {
		a, d := 2*math.Pi*float64(i)/float64(n), size*(0.15+0.85*r.Float64())
		out = append(out, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
	}
	return append(out, out[0])
}

func fromEdges(p orb.Polygon, at orb.Point) float64 {
	out := math.Inf(1)
	for _, r := range p {
		for i := 1; i < len(r); i++ {
			out = math.Min(out, planar.DistanceFromSegment(r[i-1], r[i], at))
		}
	}
	return out
}

func BenchmarkFoot(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	shapes := map[string]orb.Geometry{
		"house": orb.Polygon{{{0, 0}, {3, 1}, {2, 4}, {-1, 3}, {0, 0}}},
		"L":     orb.Polygon{{{0, 0}, {10, 0}, {10, 2}, {2, 2}, {2, 10}, {0, 10}, {0, 0}}},
	}
	for _, n := range []int{12, 60, 300, 3000} {
		shapes[fmt.Sprintf("star%d", n)] = orb.Polygon{star(r, 0, 0, 5, n)}
	}
	for name, g := range shapes {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Foot(g)
			}
		})
	}
}
