package generate

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/scene"
)

// A coast that the document has stays, and its sea with it.
func TestHorizonKeepsCoast(t *testing.T) {
	mine := &scene.Coast{Lng: 7, Lat: 43, Sea: [][2]float64{{60, 240}}}
	for _, sea := range []bool{false, true} {
		g := &generation{out: &scene.Document{}, site: &site{size: 1000}, wet: 1e6}
		globe := &g.out.Environment.Globe
		globe.Sea, globe.Coast = sea, mine
		for _, p := range []orb.MultiPolygon{nil, {{{{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}, {0, 0}}}}} {
			if g.horizon(p); globe.Sea != sea || globe.Coast != mine {
				t.Errorf("sea %v, coast %v", globe.Sea, globe.Coast)
			}
		}
	}
}

// The sea goes on to the horizon where the rim is sea, but for inlets and islands.
func TestRimSeas(t *testing.T) {
	// between tells whether a heading lies clockwise between two.
	between := func(h float64, pairs ...[2]float64) bool {
		for _, p := range pairs {
			if math.Mod(h-p[0]+720, 360) < math.Mod(p[1]-p[0]+360, 360) {
				return true
			}
		}
		return false
	}
	for _, c := range []struct {
		name string
		rim  [][2]float64
		want [][2]float64
	}{
		{"all land", nil, nil},
		{"a river", [][2]float64{{100, 104}}, nil},
		{"the east", [][2]float64{{20, 170}}, [][2]float64{{20, 170}}},
		{"the north", [][2]float64{{300, 40}}, [][2]float64{{300, 40}}},
		{"an island in the north", [][2]float64{{300, 350}, {10, 40}}, [][2]float64{{300, 40}}},
		{"an island in the east", [][2]float64{{20, 80}, {95, 170}}, [][2]float64{{20, 170}}},
		{"a sea and a river", [][2]float64{{20, 170}, {250, 253}}, [][2]float64{{20, 170}}},
		{"a strait", [][2]float64{{350, 30}, {160, 200}}, [][2]float64{{160, 200}, {350, 30}}},
		{"a narrow spit from all land there is", [][2]float64{{190, 180}}, [][2]float64{{0, 360}}},
		{"five seas", [][2]float64{{0.5, 20}, {60, 80}, {130, 150}, {200, 207}, {280, 300}}, [][2]float64{{0.5, 20}, {60, 80}, {130, 150}, {280, 300}}},
	} {
		got := rimSeas(func(h float64) bool { return between(h, c.rim...) })
		same := len(got) == len(c.want)
		for i := range got {
			found := false
			for _, w := range c.want {
				found = found || math.Abs(got[i][0]-w[0]) < 0.02 && math.Abs(got[i][1]-w[1]) < 0.02
			}
			same = same && found
		}
		if !same {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}

// What is known of the rim's sides says of every heading what the sea's polygons say of the
// place there: with islands, seas that cross corners, and one that two layers name.
func TestRim(t *testing.T) {
	s := &site{min: [2]float64{-300, 200}, size: 1000}
	mid := s.square().Center()
	random := rand.New(rand.NewPCG(7, 1))
	for range 200 {
		var sea orb.MultiPolygon
		for range 1 + random.IntN(4) {
			x, y := mid[0]+1400*(random.Float64()-0.5), mid[1]+1400*(random.Float64()-0.5)
			star := func(radius float64) (ring orb.Ring) {
				n := 3 + random.IntN(20)
				for i := range n {
					e, north := math.Sincos(2 * math.Pi * float64(i) / float64(n))
					far := radius * (0.7 + 0.3*random.Float64())
					ring = append(ring, orb.Point{x + far*e, y + far*north})
				}
				return append(ring, ring[0])
			}
			sea = append(sea, orb.Polygon{star(500), star(160)})
		}
		sea = append(sea, sea[0])
		r := newRim(s, sea)
		for h := 0.05; h < 360; h += 0.1 {
			e, n := math.Sincos(h * math.Pi / 180)
			to := (s.size/2 - 1) / math.Max(math.Abs(e), math.Abs(n))
			p := orb.Point{mid[0] + e*to, mid[1] + n*to}
			if wet := planar.MultiPolygonContains(sea, p); r.wet(h) != wet {
				t.Fatalf("heading %v, %v: wet %v, not %v", h, p, r.wet(h), wet)
			}
		}
	}
}
