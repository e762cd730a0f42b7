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

var here = earth.Place{Lng: 1.5245, Lat: 42.5078}

// place turns rings in metres into a polygon in degrees at a place.
func place(at earth.Place, rings ...outline.Ring) orb.Polygon {
	f := earth.FrameAt(at)
	var p orb.Polygon
	for _, r := range rings {
		var q orb.Ring
		for _, v := range r {
			lng, lat := f.Unplan(v[0], v[1])
			q = append(q, orb.Point{lng, lat})
		}
		p = append(p, append(q, q[0]))
	}
	return p
}

func ring(xy ...float64) outline.Ring {
	var r outline.Ring
	for i := 0; i+1 < len(xy); i += 2 {
		r = append(r, mgl64.Vec2{xy[i], xy[i+1]})
	}
	return r
}

func turned(deg float64, rings ...outline.Ring) []outline.Ring {
	m := mgl64.Rotate2D(mgl64.DegToRad(deg))
	out := make([]outline.Ring, len(rings))
	for i, r := range rings {
		for _, p := range r {
			out[i] = append(out[i], m.Mul2x1(p))
		}
	}
	return out
}

func plans() map[string][]outline.Ring {
	var round outline.Ring
	for i := range 28 {
		s, c := math.Sincos(2 * math.Pi * float64(i) / 28)
		round = append(round, mgl64.Vec2{9 * c, 9 * s})
	}
	return map[string][]outline.Ring{
		"square": {ring(0, 0, 9, 0, 9, 9, 0, 9)}, "rect": {ring(0, 0, 30, 0, 30, 12, 0, 12)}, "trapezoid": {ring(0, 0, 20, 0, 17, 9, 5, 8)},
		"L":    {ring(0, 0, 20, 0, 20, 8, 8, 8, 8, 20, 0, 20)},
		"T":    {ring(0, 0, 20, 0, 20, 8, 14, 8, 14, 20, 6, 20, 6, 8, 0, 8)},
		"U":    {ring(0, 0, 24, 0, 24, 20, 16, 20, 16, 8, 8, 8, 8, 20, 0, 20)},
		"H":    {ring(0, 0, 8, 0, 8, 8, 16, 8, 16, 0, 24, 0, 24, 24, 16, 24, 16, 16, 8, 16, 8, 24, 0, 24)},
		"yard": {ring(0, 0, 30, 0, 30, 24, 0, 24), ring(8, 8, 20, 8, 20, 16, 8, 16)},
		"1 m":  {ring(0, 0, 1, 0, 1, 1, 0, 1)}, "300 m": {ring(0, 0, 300, 0, 300, 140, 180, 150, 0, 120)},
		"round": {round}, "oriel": {ring(0, 0, 20, 0, 20, 8, 12, 8, 11, 9, 9, 9, 8, 8, 0, 8)},
		"sliver": {ring(0, 0, 40, 0, 40, 0.2, 0, 0.2)},
	}
}

func one(t testing.TB, p orb.Polygon, tags map[string]string) *Building {
	t.Helper()
	report := geo.NewReport()
	bs := assemble([]geo.Feature{{ID: "way/1", Geometry: p, Tags: tags}}, earth.FrameAt(here), Options{}, report)
	if len(bs) != 1 {
		t.Fatalf("%d buildings, report %+v", len(bs), report.Summary())
	}
	return &bs[0]
}

// TestEveryBuilding: every roof over every plan, in every direction, on the ground and
// above it, is one closed surface that faces outwards, keeps the plan's area, reaches
// its height and does not leave the footprint.
func TestEveryBuilding(t *testing.T) {
	n := 0
	for name, rings := range plans() {
		for _, shape := range roof.Shapes {
			for k, dir := range []string{"", "0", "NE", "100", "250"} {
				for _, min := range []string{"", "4"} {
					tags := map[string]string{"building": "house", "height": "12", "roof:shape": string(shape), "roof:height": "4.5"}
					if dir != "" {
						tags["roof:direction"] = dir
					} else {
						tags["roof:orientation"] = "across"
					}
					if min != "" {
						tags["min_height"] = min
					}
					p := place(here, turned(float64(k)*17, rings...)...)
					b := one(t, p, tags)
					s, _, off := b.volume(1200, 0, 0, geo.NewReport())
					n++
					if off != 0 {
						t.Errorf("%s %s: full detail is %v off", name, shape, off)
					}
					if msg := judge(b, s, 12); msg != "" {
						t.Errorf("%s, %s, direction %q, min_height %q: %s", name, shape, dir, min, msg)
					}
				}
			}
		}
	}
	t.Logf("%d buildings", n)
}

func key(p mgl64.Vec3) [3]int64 {
	return [3]int64{int64(math.Round(p[0] * 1e5)), int64(math.Round(p[1] * 1e5)), int64(math.Round(p[2] * 1e5))}
}

// judge welds the shell's corners and checks the surface.
func judge(b *Building, s *shell, height float64) string {
	type k = [3]int64
	edges := map[[2]k]int{}
	at := map[k]mgl64.Vec3{}
	volume, up, top, bottom := 0.0, 0.0, math.Inf(-1), math.Inf(1)
	o := b.outline.Scale(1 + 1200/earthRadius)
	for _, p := range s.patches {
		for _, t := range p.tris {
			v := [3]mgl64.Vec3{p.vertices[t[0]].p, p.vertices[t[1]].p, p.vertices[t[2]].p}
			n := v[1].Sub(v[0]).Cross(v[2].Sub(v[0]))
			volume += v[0].Dot(v[1].Cross(v[2])) / 6
			if p.material == geo.Roof || p.material == geo.Facade && n[2] > 0.02*n.Len() { // slopes of towers have windows
				up += n[2] / 2
			}
			for i := range 3 {
				w := p.vertices[t[i]]
				if w.n.Dot(n) < 0.1*n.Len() || math.Abs(w.n.Len()-1) > 1e-9 {
					return fmt.Sprintf("normal %v on a %s face that looks to %v", w.n, p.material, n.Normalize())
				}
				if !o.Contains(v[i].Vec2()) && o.Distance(v[i].Vec2()) > 1e-5 {
					return fmt.Sprintf("%v left the footprint", v[i])
				}
				if math.IsNaN(w.uv[0] + w.uv[1]) {
					return "surface coordinate is not a number"
				}
				a, c := key(v[i]), key(v[(i+1)%3])
				at[a] = v[i]
				edges[[2]k{a, c}]++
				top, bottom = math.Max(top, v[i][2]), math.Min(bottom, v[i][2])
			}
		}
	}
	if math.Abs(top-height) > 1e-6 {
		return fmt.Sprintf("top %v, want %v", top, height)
	}
	if want := b.Bottom; b.Bottom > 0 && math.Abs(bottom-want) > 1e-6 || b.Bottom == 0 && math.Abs(bottom+foundation) > 1e-6 {
		return fmt.Sprintf("bottom %v", bottom)
	}
	for e, n := range edges {
		if n > 1 {
			return fmt.Sprintf("edge %v-%v has %d faces on one side", at[e[0]], at[e[1]], n)
		}
		if edges[[2]k{e[1], e[0]}] != 1 && (b.Bottom > 0 || at[e[0]][2] > bottom+1e-6 || at[e[1]][2] > bottom+1e-6) {
			return fmt.Sprintf("crack along %v-%v", at[e[0]], at[e[1]])
		}
	}
	if b.Bottom == 0 {
		volume += o.Area() * foundation / 3 // the open bottom's share
	}
	if volume <= 0 {
		return fmt.Sprintf("volume %v", volume)
	}
	if s2 := o.Area(); math.Abs(up-s2) > 1e-6*s2 && !b.crowned() {
		return fmt.Sprintf("roof covers %v of %v m²", up, s2)
	}
	return ""
}
