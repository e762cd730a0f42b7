package street_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
)

// TestTraffic: at a crossing of two streets every lane in has a way out ahead and to
// both sides, traffic keeps to its side, and signals are known.
func TestTraffic(t *testing.T) {
	features := append(star("secondary", 0, 90, 180, 270), line("node/1", [][2]float64{{0, 0}}, "highway", "traffic_signals"))
	g := street.Traffic(block(features...), nil)
	if len(g.Lanes) != 8 {
		t.Fatalf("%d lanes", len(g.Lanes))
	}
	out := map[int]int{}
	for _, turn := range g.Turns {
		out[turn.From]++
		a, b := g.Lanes[turn.From], g.Lanes[turn.To]
		if turn.Line[0] != a.Line[len(a.Line)-1] || turn.Line[len(turn.Line)-1] != b.Line[0] {
			t.Errorf("a turn does not join its lanes")
		}
	}
	for i, l := range g.Lanes {
		in := math.Hypot(l.To[0], l.To[1]) < 1
		if in != (l.Halt == street.Signal) {
			t.Errorf("lane %d: halt %d", i, l.Halt)
		}
		if in && out[i] != 3 {
			t.Errorf("lane %d has %d ways on", i, out[i])
		}
		a, b := l.Line[0], l.Line[len(l.Line)-1]
		// The node lies to the left of a lane that traffic on the right uses.
		if s := (b[0]-a[0])*(0-a[1]) - (b[1]-a[1])*(0-a[0]); s <= 0 {
			t.Errorf("lane %d keeps to the left", i)
		}
	}
}

// TestDrivingSide: the side depends on the country.
func TestDrivingSide(t *testing.T) {
	for _, c := range []struct {
		lng, lat float64
		left     bool
	}{
		{-0.1, 51.5, true}, {2.35, 48.85, false}, {139.7, 35.7, true}, {126.98, 37.57, false}, {121.5, 25.05, false}, {114.17, 22.3, true}, {114.06, 22.54, false},
		{103.85, 1.29, true}, {100.5, 13.75, true}, {106.7, 10.8, false}, {121, 14.6, false}, {151.2, -33.9, true}, {18.4, -33.9, true}, {36.8, -1.3, true},
		{-122.4, 37.8, false}, {-51.2, -30, false}, {77.2, 28.6, true}, {116.4, 39.9, false}, {-6.26, 53.35, true}, {174.8, -36.8, true}, {1.86, 50.95, false},
		{96.15, 16.8, false}, {102.6, 17.97, false}, {30.06, -1.94, false}, {-157.86, 21.3, false}, {139.67, 35.28, true},
	} {
		if got := street.RegionAt(c.lng, c.lat).Left; got != c.left {
			t.Errorf("%v, %v: left %t", c.lng, c.lat, got)
		}
	}
}

// wavy ground, so that profiles have something to smooth.
type wavy struct{}

func (wavy) HeightAt(lng, lat float64) (float64, bool) {
	x, y := home.Plan(lng, lat)
	return 50 + 3*math.Sin(x/9) + 2*math.Cos(y/7), true
}

// TestCorridors: ways that meet have one height there, and profiles are smoother than
// the ground.
func TestCorridors(t *testing.T) {
	b := block(star("tertiary", 0, 90, 180, 270)...)
	b.Elevation = wavy{}
	ends := map[[2]float64]float64{}
	rough, smooth := 0.0, 0.0
	for _, c := range street.Corridors(b, nil) {
		n := len(c.Line)
		for _, p := range [][3]float64{c.Line[0], c.Line[n-1]} {
			at := [2]float64{math.Round(p[0] * 1e3), math.Round(p[1] * 1e3)}
			if h, ok := ends[at]; ok && h != p[2] {
				t.Errorf("%v: %g and %g", at, h, p[2])
			}
			ends[at] = p[2]
		}
		for i := 1; i < n; i++ {
			smooth += math.Abs(c.Line[i][2] - c.Line[i-1][2])
			g := func(p [3]float64) float64 { h, _ := wavy{}.HeightAt(home.Unplan(p[0], p[1])); return h }
			rough += math.Abs(g(c.Line[i]) - g(c.Line[i-1]))
			if d := math.Hypot(c.Line[i][0]-c.Line[i-1][0], c.Line[i][1]-c.Line[i-1][1]); d > 10.01 {
				t.Errorf("a step of %g m", d)
			}
		}
	}
	if len(ends) != 5 || smooth > rough/2 {
		t.Errorf("%d ends; %g against %g", len(ends), smooth, rough)
	}
}

// FuzzBuild: ways of any shape give sound triangles, a graph and corridors, without a
// panic.
func FuzzBuild(f *testing.F) {
	f.Add([]byte{0, 128, 255, 128}, []byte{128, 0, 128, 255})
	f.Add([]byte{100, 100, 150, 100, 150, 150, 100, 150, 100, 100}, []byte{128, 128, 128, 128, 130, 128})
	f.Add([]byte{100, 100, 101, 100, 102, 101, 100, 100}, []byte{101, 100, 101, 101, 100, 101, 100, 100, 101, 100})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		at := func(s []byte) (out [][2]float64) {
			for i := 0; i+1 < len(s) && len(out) < 48; i += 2 {
				out = append(out, [2]float64{5 * (float64(s[i]) - 128), 5 * (float64(s[i+1]) - 128)})
			}
			return out
		}
		var features []geo.Feature
		for _, s := range [][][2]float64{at(a), at(b)} {
			if len(s) == 0 {
				continue
			}
			features = append(features, line("way/1", s, "highway", "primary", "turn:lanes", "left|through;right", "oneway", "yes"),
				line("way/2", s, "highway", "service", "bridge", "yes", "layer", "3"), line("way/3", s, "railway", "tram"), line("way/4", s, "highway", "tertiary", "tunnel", "yes"),
				line("node/1", s[:1], "highway", "crossing", "crossing", "zebra"))
		}
		blk := block(features...)
		blk.Elevation = wavy{}
		out := street.Build(blk, nil, layers)
		for i := range out.Patches {
			checkPatch(t, &out.Patches[i])
		}
		for i := range out.Solids {
			checkSolid(t, &out.Solids[i])
		}
		for _, l := range street.Traffic(blk, nil).Lanes {
			for _, p := range l.Line {
				if v := p[0] + p[1] + p[2]; math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("lane at %v", p)
				}
			}
		}
		street.Corridors(blk, nil)
	})
}

// waves is ground that goes up and down along x.
type waves struct{}

func (waves) HeightAt(lng, lat float64) (float64, bool) {
	x, _ := home.Plan(lng, lat)
	return 100 + 3*math.Sin(x/15), true
}

// TestLanesLieOnTheGround: lanes of long straight streets, and turns across wide
// junctions, follow ground that is not even.
func TestLanesLieOnTheGround(t *testing.T) {
	b := block(append(star("primary", 0, 95, 180, 260), line("way/9", [][2]float64{{150, 0}, {400, 30}}, "highway", "primary"))...)
	b.Elevation = waves{}
	g := street.Traffic(b, nil)
	lines := make([][][3]float64, 0, len(g.Lanes)+len(g.Turns))
	for i := range g.Lanes {
		lines = append(lines, g.Lanes[i].Line)
	}
	for i := range g.Turns {
		lines = append(lines, g.Turns[i].Line)
	}
	if len(g.Turns) == 0 {
		t.Fatal("no turns")
	}
	for _, l := range lines {
		for k := 1; k < len(l); k++ {
			for s := range 10 {
				w := float64(s) / 10
				x, z := l[k-1][0]+w*(l[k][0]-l[k-1][0]), l[k-1][2]+w*(l[k][2]-l[k-1][2])
				if off := z - 100 - 3*math.Sin(x/15); math.Abs(off) > 0.25 {
					t.Fatalf("%.2f m off the ground at x = %.1f", off, x)
				}
			}
		}
	}
}
