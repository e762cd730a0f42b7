package building

import (
	"fmt"
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
	"github.com/longtake/longtake/geo/earth"
)

func disc(n int, radius float64) (r outline.Ring) {
	for i := range n {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		r = append(r, mgl64.Vec2{radius * c, radius * s})
	}
	return r
}

// TestWorksAreClosed: tanks, silos, chimneys and towers of their outlines alone are one closed
// surface that looks outwards, as high as their tags say, and stay within the outline.
func TestWorksAreClosed(t *testing.T) {
	for value := range assumed.works {
		for name, r := range map[string]outline.Ring{"round": disc(24, 16), "thin": disc(12, 1.5), "square": ring(0, 0, 9, 0, 9, 9, 0, 9), "long": ring(0, 0, 30, 0, 30, 8, 0, 8), "eight": disc(8, 5)} {
			b := one(t, place(here, r), map[string]string{"building": value, "height": "43"})
			if b.Class != value || b.Top != 43 {
				t.Fatalf("%s: class %q, %v m high", value, b.Class, b.Top)
			}
			s, _, off := b.volume(1200, 0, 0, geo.NewReport())
			whole := *b
			whole.outline = outline.Outline{r}
			if off != 0 {
				t.Errorf("%s, %s: %v off", value, name, off)
			}
			if msg := sealed(&whole, s, 43); msg != "" {
				t.Errorf("%s, %s: %s", value, name, msg)
			}
		}
	}
}

// sealed is judge for what need not have its roof over all of its plan.
func sealed(b *Building, s *shell, height float64) string {
	plan := b.outline
	widest := 0.0
	for _, p := range plan[0] {
		widest = math.Max(widest, p.Sub(plan[0].Centroid()).Len())
	}
	type k = [3]int64
	edges := map[[2]k]int{}
	top, volume := 0.0, 0.0
	for _, p := range s.patches {
		for _, t := range p.tris {
			v := [3]mgl64.Vec3{p.vertices[t[0]].p, p.vertices[t[1]].p, p.vertices[t[2]].p}
			n := v[1].Sub(v[0]).Cross(v[2].Sub(v[0]))
			volume += v[0].Dot(v[1].Cross(v[2])) / 6
			for i := range 3 {
				if w := p.vertices[t[i]]; w.n.Dot(n) < 0.1*n.Len() {
					return fmt.Sprintf("normal %v on a face that looks to %v", w.n, n.Normalize())
				}
				if v[i].Vec2().Len() > 1.001*widest+plan[0].Centroid().Len()+1 {
					return fmt.Sprintf("%v left the outline", v[i])
				}
				edges[[2]k{key(v[i]), key(v[(i+1)%3])}]++
				top = math.Max(top, v[i][2])
			}
		}
	}
	if math.Abs(top-height) > 1e-6 {
		return fmt.Sprintf("top %v", top)
	}
	foot := int64(math.Round(-foundation * 1e5))
	for e, n := range edges {
		if n > 1 || edges[[2]k{e[1], e[0]}] != 1 && (e[0][2] != foot || e[1][2] != foot) {
			return fmt.Sprintf("%d faces along %v, %d on the other side", n, e, edges[[2]k{e[1], e[0]}])
		}
	}
	if volume <= 0 {
		return fmt.Sprintf("volume %v", volume)
	}
	return ""
}

// TestWorksByTheirOutline: what they look like by what they are: default heights go with the
// width, cooling towers have a waist, water towers a stem; boxes stay boxes, and what says how
// its roof is has that.
func TestWorksByTheirOutline(t *testing.T) {
	build := func(r outline.Ring, kv ...string) *Building {
		tags := map[string]string{}
		for i := 0; i < len(kv); i += 2 {
			tags[kv[i]] = kv[i+1]
		}
		return one(t, place(here, r), tags)
	}
	if b := build(disc(32, 20), "man_made", "storage_tank"); b.Roof() != roof.Cone || b.Top != 18 || b.roof.Height > 3 {
		t.Errorf("tank: %s, %v m, roof %v m", b.Roof(), b.Top, b.roof.Height)
	}
	if b := build(disc(12, 2), "building", "silo"); b.Roof() != roof.Cone || math.Abs(b.Top-2.5*width(b.area)) > 1e-9 {
		t.Errorf("silo: %s, %v m", b.Roof(), b.Top)
	}
	if b := build(disc(12, 2), "man_made", "silo", "roof:shape", "dome"); b.Roof() != roof.Dome {
		t.Errorf("silo with a dome: %s", b.Roof())
	}
	if b := build(ring(0, 0, 20, 0, 20, 8, 0, 8), "man_made", "cooling_tower"); b.Roof() != roof.Flat || b.Top > 20 {
		t.Errorf("cells of cooling towers: %s, %v m", b.Roof(), b.Top)
	}
	wide := func(b *Building, at float64) (w float64) {
		s, _, _ := b.volume(0, 0, 0, geo.NewReport())
		c := b.outline[0].Centroid()
		for _, p := range s.patches {
			for _, v := range p.vertices {
				if math.Abs(v.p[2]/b.Top-at) < 0.06 {
					w = math.Max(w, v.p.Vec2().Sub(c).Len())
				}
			}
		}
		return w
	}
	tower := build(disc(32, 50), "man_made", "tower", "tower:type", "cooling")
	if low, waist := wide(tower, 0), wide(tower, 0.78); math.Abs(low-50) > 0.5 || waist > 32 || waist < 27 || tower.Top < 120 {
		t.Errorf("cooling tower: %v m high, %v m at its foot, %v at its waist", tower.Top, low, waist)
	}
	water := build(disc(20, 8), "man_made", "water_tower")
	if stem, tank := wide(water, 0.3), wide(water, 0.85); stem > 3 || math.Abs(tank-8) > 0.1 {
		t.Errorf("water tower: %v m at its stem, %v at its tank", stem, tank)
	}
}

// TestWorksAreTrueAtEveryDetail: a coarser spindle is within what it says of the fine one.
func TestWorksAreTrueAtEveryDetail(t *testing.T) {
	b := one(t, place(here, disc(40, 9)), map[string]string{"man_made": "water_tower", "height": "40"})
	last := math.MaxInt
	for _, detail := range []float64{0, 0.5, 1, 2, 4} {
		m := &Meshes{}
		off := NewBuilder(geo.FlatElevation(0), geo.NewReport()).Build(b, earth.FrameAt(here), 0, detail, m)
		n := m.Triangles()
		if off > detail || n > last {
			t.Errorf("%v off with %v allowed, %d triangles after %d", off, detail, n, last)
		}
		if last = n; detail == 0 {
			continue
		}
		wide := 0.0
		for _, mesh := range m.Take() {
			for _, p := range mesh.Positions {
				wide = math.Max(wide, math.Hypot(float64(p[0]), float64(p[1])))
			}
		}
		if wide < 9-off-0.05 || wide > 9+off+0.05 {
			t.Errorf("detail %v: %v m wide, %v off", detail, wide, off)
		}
	}
}

// TestWorksThatAreNone: points, lines, masts of lattice and what lies below ground are not built.
func TestWorksThatAreNone(t *testing.T) {
	p := place(here, disc(12, 4))
	for name, f := range map[string]geo.Feature{
		"lattice": {ID: "a", Geometry: p, Tags: map[string]string{"man_made": "tower", "tower:construction": "lattice"}},
		"line":    {ID: "a", Geometry: orb.LineString(p[0][:5]), Tags: map[string]string{"man_made": "silo"}},
		"point":   {ID: "a", Geometry: p[0][0], Tags: map[string]string{"man_made": "chimney"}},
		"buried":  {ID: "a", Geometry: p, Tags: map[string]string{"man_made": "storage_tank", "location": "underground"}},
		"pier":    {ID: "a", Geometry: p, Tags: map[string]string{"man_made": "pier"}},
	} {
		report := geo.NewReport()
		if bs := assemble([]geo.Feature{f}, earth.FrameAt(here), Options{}, report); len(bs) != 0 || report.SkippedCount() != 0 {
			t.Errorf("%s: %d built, %d skipped", name, len(bs), report.SkippedCount())
		}
	}
	f := geo.Feature{ID: "a", Geometry: p, Tags: map[string]string{"man_made": "silo"}}
	report := geo.NewReport()
	if bs := assemble([]geo.Feature{f}, earth.FrameAt(here), Options{}, report); len(bs) != 1 || fmt.Sprint(report.Summary().Notes) == "" || bs[0].blind != true {
		t.Errorf("silo: %d built", len(bs))
	}
}
