package roof

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

func ring(xy ...float64) outline.Ring {
	var r outline.Ring
	for i := 0; i+1 < len(xy); i += 2 {
		r = append(r, mgl64.Vec2{xy[i], xy[i+1]})
	}
	return r
}

func circle(n int, radius float64) outline.Ring {
	var r outline.Ring
	for i := range n {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		r = append(r, mgl64.Vec2{radius * c, radius * s})
	}
	return r
}

// outlines are turned by odd angles and moved off the origin.
func outlines(t testing.TB) map[string]outline.Outline {
	all := map[string][]outline.Ring{
		"square": {ring(0, 0, 9, 0, 9, 9, 0, 9)}, "rect": {ring(0, 0, 20, 0, 20, 8, 0, 8)},
		"triangle": {ring(0, 0, 12, 0, 3, 7)}, "trapezoid": {ring(0, 0, 20, 0, 17, 9, 5, 8)},
		"L": {ring(0, 0, 20, 0, 20, 8, 8, 8, 8, 20, 0, 20)}, "T": {ring(0, 0, 20, 0, 20, 8, 14, 8, 14, 20, 6, 20, 6, 8, 0, 8)},
		"U":     {ring(0, 0, 24, 0, 24, 20, 16, 20, 16, 8, 8, 8, 8, 20, 0, 20)},
		"H":     {ring(0, 0, 8, 0, 8, 8, 16, 8, 16, 0, 24, 0, 24, 24, 16, 24, 16, 16, 8, 16, 8, 24, 0, 24)},
		"hole":  {ring(0, 0, 30, 0, 30, 24, 0, 24), ring(8, 8, 20, 8, 20, 16, 8, 16)},
		"oriel": {ring(0, 0, 20, 0, 20, 8, 12, 8, 11, 9, 9, 9, 8, 8, 0, 8)}, "circle": {circle(32, 7)},
		"1 m": {ring(0, 0, 1, 0, 1, 1, 0, 1)}, "300 m": {ring(0, 0, 300, 0, 300, 140, 180, 150, 0, 120)},
		"thin": {ring(0, 0, 40, 0, 40, 0.3, 0, 0.3)}, "nearly straight": {ring(0, 0, 10, 0.02, 20, 0, 20, 8, 10, 8.02, 0, 8)},
		"needle": {ring(0, 0, 30, 0, 0.5, 2)}, "spiral": {ring(0, 0, 24, 0, 24, 24, 0, 24, 0, 6, 18, 6, 18, 18, 6, 18, 6, 12, 12, 12, 12, 10, 4, 10, 4, 20, 20, 20, 20, 4, 0, 4)},
	}
	out := map[string]outline.Outline{}
	for name, rings := range all {
		for _, deg := range []float64{0, 33} {
			var moved []outline.Ring
			for _, r := range rings {
				m := make(outline.Ring, len(r))
				for i, p := range r {
					m[i] = mgl64.Rotate2D(mgl64.DegToRad(deg)).Mul2x1(p).Add(mgl64.Vec2{deg, -2 * deg})
				}
				moved = append(moved, m)
			}
			o, err := outline.Prepare(moved)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			out[fmt.Sprintf("%s turned %v°", name, deg)] = o
		}
	}
	return out
}

// TestEveryRoof: over every outline every shape, in every direction, keeps the plan
// area, faces up, stays inside, reaches its height and ends at the outline.
func TestEveryRoof(t *testing.T) {
	for name, o := range outlines(t) {
		for _, shape := range Shapes {
			for dir := -1; dir < 8; dir++ {
				spec := Spec{Shape: shape, Height: 3.5, Across: dir%2 == 1}
				if dir >= 0 {
					spec.Directed, spec.Direction = true, float64(dir)*math.Pi/4+0.1
				}
				r, err := Build(o, spec)
				if err != nil {
					t.Errorf("%s %s: %v", name, shape, err)
					continue
				}
				if msg := judge(o, r, 3.5); msg != "" {
					t.Errorf("%s, %s (built %s), direction %d: %s", name, shape, r.Shape, dir, msg)
				}
				if shape != Flat && r.Shape == Flat {
					t.Errorf("%s: %s fell back to flat", name, shape)
				}
			}
		}
	}
}

func judge(o outline.Outline, r *Roof, height float64) string {
	area := 0.0
	for _, tri := range r.Triangles {
		a, b, c := r.Points[tri[0]].Vec2(), r.Points[tri[1]].Vec2(), r.Points[tri[2]].Vec2()
		s := outline.Cross(b.Sub(a), c.Sub(a)) / 2
		if s <= 0 && !overhung(o, r, tri) {
			return fmt.Sprintf("triangle %v has plan area %v", tri, s)
		}
		area += s
	}
	if math.Abs(area-o.Area()) > 1e-6*o.Area() {
		return fmt.Sprintf("plan area %v, outline %v", area, o.Area())
	}
	top := 0.0
	for i, p := range r.Points {
		top = math.Max(top, p[2])
		if p[2] < -1e-9 {
			return fmt.Sprintf("point %d below the eaves: %v", i, p)
		}
		if !o.Contains(p.Vec2()) && o.Distance(p.Vec2()) > 1e-6 {
			return fmt.Sprintf("point %d left the footprint: %v", i, p)
		}
	}
	if math.Abs(top-height) > 1e-9 || math.Abs(r.Top-top) > 1e-12 {
		return fmt.Sprintf("top %v (said %v), want %v", top, r.Top, height)
	}
	pts := o.Points()
	if len(r.Rim) != len(pts) {
		return fmt.Sprintf("%d rims for %d edges", len(r.Rim), len(pts))
	}
	for i, rim := range r.Rim {
		if r.Points[rim[0]].Vec2() != pts[i] {
			return fmt.Sprintf("rim %d starts at %v, corner %v", i, r.Points[rim[0]], pts[i])
		}
		for k := 1; k+1 < len(rim); k++ {
			a, b := r.Points[rim[0]].Vec2(), r.Points[rim[len(rim)-1]].Vec2()
			p := r.Points[rim[k]].Vec2()
			if d := math.Abs(outline.Cross(outline.Unit(b.Sub(a)), p.Sub(a))); d > 1e-6 {
				return fmt.Sprintf("rim %d leaves its wall by %v", i, d)
			}
		}
	}
	return ""
}

// overhung tells whether a triangle of a bulb hangs over: it looks down, and outwards.
func overhung(o outline.Outline, r *Roof, tri [3]int) bool {
	c, ok := rounded(o)
	if r.Shape != Onion || !ok {
		return false
	}
	p := r.Points[tri[0]]
	n := r.Points[tri[1]].Sub(p).Cross(r.Points[tri[2]].Sub(p))
	mid := p.Add(r.Points[tri[1]]).Add(r.Points[tri[2]]).Mul(1. / 3)
	return n[2] < 0 && n.Vec2().Dot(mid.Vec2().Sub(c)) > 0
}

// TestOnionBulges: over what is nearly round the roof is wider above its neck, as wide as the
// footprint lets it be, on all sides; over a long house it is a height field.
func TestOnionBulges(t *testing.T) {
	for name, o := range outlines(t) {
		r, err := Build(o, Spec{Shape: Onion, Height: 4})
		if err != nil {
			t.Fatal(err)
		}
		wide := func(lo, hi float64) (w float64) {
			c, _ := o.StarCentre()
			for _, p := range r.Points {
				if p[2] > 4*lo && p[2] < 4*hi {
					w = math.Max(w, p.Vec2().Sub(c).Len())
				}
			}
			return w
		}
		plump := strings.HasPrefix(name, "square") || strings.HasPrefix(name, "circle") || strings.HasPrefix(name, "1 m")
		if Bulges(o) != plump {
			t.Errorf("%s: bulges %v", name, Bulges(o))
		}
		if !plump {
			continue
		}
		c, _ := o.StarCentre()
		neck, belly := wide(0.08, 0.09), wide(0.28, 0.31)
		if belly < 1.25*neck || belly < 0.95*o.Distance(c) {
			t.Errorf("%s: neck %v, belly %v in a circle of %v", name, neck, belly, o.Distance(c))
		}
	}
}

// TestCrossGablesFollowWings: over a U no roof stands up along the court but for the ends of
// the wings.
func TestCrossGablesFollowWings(t *testing.T) {
	o, _ := outline.Prepare([]outline.Ring{ring(0, 0, 24, 0, 24, 20, 16, 20, 16, 8, 8, 8, 8, 20, 0, 20)})
	r, err := Build(o, Spec{Shape: CrossGabled, Height: 3})
	if err != nil || r.Shape != CrossGabled {
		t.Fatal(err, r.Shape)
	}
	for _, rim := range r.Rim {
		for _, v := range rim {
			p := r.Points[v]
			if p[0] > 7 && p[0] < 17 && p[1] > 7 && p[2] > 0.01 {
				t.Errorf("a gable %v m high in the court at %v", p[2], p)
			}
		}
	}
}

func TestGableEnds(t *testing.T) {
	o, _ := outline.Prepare([]outline.Ring{ring(0, 0, 20, 0, 20, 8, 8, 8, 8, 20, 0, 20)})
	r, err := Build(o, Spec{Shape: Gabled, Height: 3})
	if err != nil {
		t.Fatal(err)
	}
	ends := 0
	for _, rim := range r.Rim {
		if len(rim) == 3 && math.Abs(r.Points[rim[1]][2]-3) < 1e-6 {
			ends++
		}
	}
	if ends != 2 {
		t.Errorf("an L has %d gable ends, want 2", ends)
	}
}

func TestSkillionFacesItsDirection(t *testing.T) {
	o, _ := outline.Prepare([]outline.Ring{ring(0, 0, 20, 0, 20, 8, 0, 8)})
	r, _ := Build(o, Spec{Shape: Skillion, Height: 2, Directed: true, Direction: math.Pi / 2})
	for _, p := range r.Points {
		if want := 2 * (8 - p[1]) / 8; math.Abs(p[2]-want) > 1e-9 {
			t.Errorf("height %v at %v, want %v: the roof looks the wrong way", p[2], p, want)
		}
	}
	if s := Span(o, Spec{Shape: Skillion, Height: 2, Directed: true, Direction: math.Pi / 2}); math.Abs(s-8) > 1e-9 {
		t.Errorf("span %v", s)
	}
}

func TestParse(t *testing.T) {
	for tag, want := range map[string]Shape{"gabled": Gabled, "half_hipped": HalfHipped, "cone": Cone, "lean_to": Skillion} {
		if s, exact, ok := Parse(tag); s != want || !ok || !exact {
			t.Errorf("%q: %v %v %v", tag, s, exact, ok)
		}
	}
	if s, exact, ok := Parse("dutch"); s != HalfHipped || exact || !ok {
		t.Errorf("dutch: %v %v %v", s, exact, ok)
	}
	if _, _, ok := Parse("7"); ok {
		t.Error("7 is a shape")
	}
}

func FuzzBuild(f *testing.F) {
	f.Add([]byte{0, 0, 20, 0, 20, 8, 8, 8, 8, 20, 0, 20}, uint8(2))
	f.Add([]byte{0, 0, 9, 0, 9, 9, 0, 9}, uint8(6))
	f.Fuzz(func(t *testing.T, b []byte, shape uint8) {
		var r outline.Ring
		for i := 0; i+1 < len(b) && i < 80; i += 2 {
			r = append(r, mgl64.Vec2{float64(b[i]) / 4, float64(b[i+1]) / 4})
		}
		o, err := outline.Prepare([]outline.Ring{r})
		if err != nil {
			return
		}
		made, err := Build(o, Spec{Shape: Shapes[int(shape)%len(Shapes)], Height: 3})
		if err != nil {
			return
		}
		if msg := judge(o, made, 3); msg != "" && made.Shape != Flat {
			t.Fatalf("%s over %v: %s", made.Shape, o, msg)
		}
	})
}

func BenchmarkBuild(b *testing.B) {
	o, _ := outline.Prepare([]outline.Ring{ring(0, 0, 20, 0, 20, 8, 8, 8, 8, 20, 0, 20)})
	for _, s := range []Shape{Flat, Gabled, Hipped, Dome} {
		b.Run(string(s), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Build(o, Spec{Shape: s, Height: 3}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
