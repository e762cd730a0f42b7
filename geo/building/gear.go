package building

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/facade"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
)

// Heights of what stands on roofs, in metres.
const (
	chimneyHigh = 1.1 // above the roof at its middle
	unitHigh    = 0.9
	tankHigh    = 6.2 // with its legs
	boardHigh   = 5.5
	panelHigh   = 0.75
)

// loft is a roof on which things find their places: the box around it and what stands there already.
type loft struct {
	*body
	box outline.Rect
}

// gear adds chimneys to pitched roofs, and to flat ones, by age and use, cooling units,
// water tanks, solar panels, a hoarding, a mast. left tells what is too small.
func (y *body) gear(s *shell, left func(size float64) bool) {
	if y.Part || y.Bottom > 0 || len(y.faces) == 0 {
		return
	}
	t := loft{body: y, box: y.box}
	st := &y.look.style
	p := func(n int) float64 { return chance(y.seed, 300+n) }
	if y.roof.Shape != roof.Flat {
		if y.ridge() > 1 && !y.roof.Smooth && (st.Use == facade.House || st.Use == facade.Flats) && (st.Age <= facade.Interwar || p(0) < 0.5) && !left(chimneyHigh) {
			t.chimneys(s)
		}
		return
	}
	if !y.crowned() {
		return
	}
	if high := y.eaves * (0.12 + 0.15*p(1)); y.eaves > 90 && p(2) < 0.25 && !left(high) {
		if c, ok := t.spot(310, 3); ok {
			t.mast(s, c, high)
		}
	}
	if st.Use != facade.House && !left(unitHigh) {
		area := y.outline.Area()
		for k := range int(math.Min(6, area/330+p(0))) {
			if c, ok := t.spot(320+10*k, 1.2); ok {
				t.block(s, c, mgl64.Vec2{0.5 + 0.5*p(3+k), 0.5}, unitHigh*(0.7+0.3*p(13+k)), geo.Metal, [4]uint8{172, 174, 174, 255})
			}
		}
	}
	american := y.lng < -50 && y.lat > 24.5
	switch {
	case american && st.Age <= facade.Interwar && y.eaves > 18 && y.eaves < 90 && p(30) < 0.45:
		if left(tankHigh) {
			break
		}
		if c, ok := t.spot(500, 2.2); ok {
			t.tank(s, c)
		}
	case st.Age == facade.Modern && st.Use <= facade.Retail && p(31) < 0.3 && !left(panelHigh):
		t.solar(s)
	case (st.Use == facade.Retail || st.Use == facade.Office || st.Use == facade.Hotel) && y.eaves > 10 && y.eaves < 45 && p(32) < 0.10 && !left(boardHigh):
		y.hoarding(s)
	}
}

// deck is the height of the flat roof.
func (y *body) deck() float64 {
	if y.sunk != nil {
		return y.eaves - parapet
	}
	return y.eaves
}

// spot is a place on the roof with room around it, clear of the plants; n numbers its chances.
func (t *loft) spot(n int, reach float64) (mgl64.Vec2, bool) {
	box := t.box
	for try := range 4 {
		u, v := chance(t.seed, n+2*try), chance(t.seed, n+2*try+1)
		c := box.Centre.Add(box.Axis.Mul((2*u - 1) * 0.85 * box.Half[0])).Add(outline.Left(box.Axis).Mul((2*v - 1) * 0.8 * box.Half[1]))
		ok := t.outline.Contains(c) && t.outline.Distance(c) > reach+0.8
		for _, o := range t.standing() {
			ok = ok && o.centre.Sub(c).Len() > reach+o.half.Len()+0.3
		}
		if ok {
			return c, true
		}
	}
	return mgl64.Vec2{}, false
}

// block is a box that stands on the roof along the building's axis.
func (t *loft) block(s *shell, c, half mgl64.Vec2, high float64, m geo.Material, colour [4]uint8) {
	t.boxAt(s, c, half, t.deck(), t.deck()+high, m, colour)
}

func (t *loft) boxAt(s *shell, c, half mgl64.Vec2, z0, z1 float64, m geo.Material, colour [4]uint8) {
	r := outline.Rect{Centre: c, Axis: t.box.Axis, Half: half}.Corners()
	for i := range r {
		j := (i + 1) % 4
		s.strip(m, colour, r[i], r[j], r[i], r[j], z0, z1)
	}
	s.face(&facade.Face{Material: m, Colour: colour, P: [4]mgl64.Vec3{r[0].Vec3(z1), r[1].Vec3(z1), r[2].Vec3(z1), r[3].Vec3(z1)}})
}

// chimneys stand on the roof's slopes, near its ridge.
func (t *loft) chimneys(s *shell) {
	box := t.box
	brick := pick(bricks, t.seed, 60)
	n := 1
	if box.Half[0] > 6 {
		n = 2
	}
	for k := range n {
		u := (2*chance(t.seed, 340+k) - 1) * 0.3
		if n == 2 {
			u = (2*float64(k) - 1) * (0.45 + 0.3*chance(t.seed, 342+k))
		}
		v := 0.3 * (2*chance(t.seed, 344+k) - 1)
		c := box.Centre.Add(box.Axis.Mul(u * box.Half[0])).Add(outline.Left(box.Axis).Mul(v * box.Half[1]))
		z, ok := t.roofAt(c)
		if !ok || t.outline.Distance(c) < 0.8 {
			continue
		}
		t.boxAt(s, c, mgl64.Vec2{0.32 + 0.25*chance(t.seed, 346+k), 0.28}, z-0.7, z+chimneyHigh, geo.Wall, brick)
	}
}

// roofAt is the height of the roof's surface over a point of the plan.
func (y *body) roofAt(c mgl64.Vec2) (float64, bool) {
	for _, t := range y.roof.Triangles {
		a, b, d := y.roof.Points[t[0]], y.roof.Points[t[1]], y.roof.Points[t[2]]
		area := outline.Cross(b.Vec2().Sub(a.Vec2()), d.Vec2().Sub(a.Vec2()))
		if area <= 0 {
			continue
		}
		u := outline.Cross(c.Sub(a.Vec2()), d.Vec2().Sub(a.Vec2())) / area
		v := outline.Cross(b.Vec2().Sub(a.Vec2()), c.Sub(a.Vec2())) / area
		if u >= 0 && v >= 0 && u+v <= 1 {
			return y.eaves + a[2] + u*(b[2]-a[2]) + v*(d[2]-a[2]), true
		}
	}
	return 0, false
}

// mast is a tapering pole.
func (t *loft) mast(s *shell, c mgl64.Vec2, high float64) {
	z := t.deck()
	colour := [4]uint8{150, 150, 152, 255}
	foot := outline.Rect{Centre: c, Axis: mgl64.Vec2{1, 0}, Half: mgl64.Vec2{0.55, 0.55}}.Corners()
	tip := outline.Rect{Centre: c, Axis: mgl64.Vec2{1, 0}, Half: mgl64.Vec2{0.12, 0.12}}.Corners()
	s.tube(geo.Metal, colour, foot[:], tip[:], z, z+high)
}

// tank is a wooden water tank on legs, with a pointed lid.
func (t *loft) tank(s *shell, c mgl64.Vec2) {
	const sides, radius = 8, 1.6
	wood := pick(timbers, t.seed, 61)
	z := t.deck() + 2.2
	ring := polygonAt(c, radius, sides)
	s.tube(geo.Wall, wood, ring, ring, z, z+2.9)
	p := s.patch(geo.Wall)
	apex := len(p.vertices)
	lid := func(q mgl64.Vec3, n mgl64.Vec3) {
		p.vertices = append(p.vertices, vertex{p: q, n: n, uv: q.Vec2(), colour: [4]uint8{96, 92, 88, 255}})
	}
	lid(c.Vec3(z+4), mgl64.Vec3{0, 0, 1})
	for i, q := range ring {
		lid(q.Vec3(z+2.9), q.Sub(c).Vec3(radius*radius/1.1).Normalize())
		p.tris = append(p.tris, [3]int{apex, apex + 1 + i, apex + 1 + (i+1)%sides})
	}
	for i := 0; i < sides; i += 2 {
		leg := polygonAt(c.Add(ring[i].Sub(c).Mul(0.85)), 0.12, 3)
		s.tube(geo.Metal, [4]uint8{74, 72, 70, 255}, leg, leg, t.deck(), z)
	}
	s.face(&facade.Face{Material: geo.Wall, Colour: wood, P: [4]mgl64.Vec3{ring[6].Vec3(z), ring[4].Vec3(z), ring[2].Vec3(z), ring[0].Vec3(z)}})
}

// polygonAt is a regular polygon round a point.
func polygonAt(c mgl64.Vec2, radius float64, sides int) outline.Ring {
	r := make(outline.Ring, sides)
	for i := range r {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(sides))
		r[i] = c.Add(mgl64.Vec2{cos * radius, sin * radius})
	}
	return r
}

// solar covers a part of the roof with rows of panels that face the noon sun.
func (t *loft) solar(s *shell) {
	box := t.box
	z := t.deck() + 0.15
	tilt := math.Copysign(1, t.lat)
	south := mgl64.Vec2{0, -tilt}
	along := mgl64.Vec2{tilt, 0} // the sun on the right
	colour := [4]uint8{38, 46, 62, 255}
	const deep, pitch = 1.5, 2.6
	rows := int(math.Min(6, 2*box.Half[1]/pitch-1))
	for k := range rows {
		for side := range 2 {
			c := box.Centre.Add(south.Mul((float64(k) - float64(rows-1)/2) * pitch)).Add(along.Mul((float64(side) - 0.5) * 7))
			a, b := c.Sub(along.Mul(3.2)).Add(south.Mul(deep/2)), c.Add(along.Mul(3.2)).Add(south.Mul(deep/2))
			p, q := a.Sub(south.Mul(deep)), b.Sub(south.Mul(deep))
			clear := true
			for _, v := range [...]mgl64.Vec2{a, b, p, q} {
				clear = clear && t.outline.Contains(v) && t.outline.Distance(v) > 0.8
			}
			for _, o := range t.standing() {
				clear = clear && o.centre.Sub(c).Len() > o.half.Len()+3.6
			}
			if !clear {
				continue
			}
			s.strip(geo.Glass, colour, a, b, p, q, z, z+panelHigh-0.15)
			s.strip(geo.Metal, [4]uint8{120, 122, 124, 255}, q, p, q, p, z, z+panelHigh-0.15)
		}
	}
}

// hoarding is an advertisement on a frame at the roof's edge, above the longest front.
func (y *body) hoarding(s *shell) {
	var w *facade.Wall
	for i := range y.faces {
		if l := y.faces[i].B.Sub(y.faces[i].A).Len(); l > 9 && (w == nil || l > w.B.Sub(w.A).Len()) {
			w = &y.faces[i]
		}
	}
	if w == nil {
		return
	}
	for _, f := range facade.Hoarding(w, y.deck(), boardHigh, y.seed) {
		s.face(&f)
	}
}
