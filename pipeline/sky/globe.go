package sky

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// Globe places an eye in the model: the ellipsoid, stretched along its axis, is the
// sphere of Radius, and rays stay straight under the stretching. All directions are in
// the eye frame (east, north, up at the eye), so that near the ground every number that
// a shader needs is small, and horizons are those of the ellipsoid at any height.
//
// A ray o + t·d (metres, d of unit length) meets the ground where a·t² + 2b·t + c = 0 with
//
//	d' = d + Stretch·Pole·(Pole·d)   a = |d'|²   b = Rise·d   c = C
type Globe struct {
	Pole    mgl64.Vec3 // unit, the Earth's axis
	Stretch float64    // equatorial over polar semi-axis, minus 1
	Up      mgl64.Vec3 // unit, away from the centre at the eye, stretched
	Rise    mgl64.Vec3 // metres; near the ground all but straight up
	C       float64    // square metres; 0 on the ground
	Centre  float64    // metres from the eye to the centre, stretched
	Ground  float64    // metres, radius of the stretched ground
	Height  float64    // km of the eye above the ground in the model, never below 1 m
	Scale   float64    // metres of the model per stretched metre, about 1
}

// NewGlobe returns the globe around an eye (ECEF metres) whose ground lies height metres
// above the ellipsoid. An eye below it is lifted to 1 m above.
func NewGlobe(eye mgl64.Vec3, height float64) Globe {
	p := earth.FromECEF(eye)
	p.Height = math.Max(p.Height, height+1)
	frame := earth.FrameAt(p)
	a, b := earth.A+height, earth.B+height
	k := a / b
	g := Globe{
		Pole:    frame.DirToLocal(mgl64.Vec3{0, 0, 1}),
		Stretch: k - 1,
		Ground:  a,
		Scale:   Radius * 1000 / a,
	}
	q := frame.Center // the eye, stretched once and twice
	once, twice := mgl64.Vec3{q[0], q[1], q[2] * k}, mgl64.Vec3{q[0], q[1], q[2] * k * k}
	g.Centre = once.Len()
	g.Rise = frame.DirToLocal(twice)
	g.C = (g.Centre - a) * (g.Centre + a)
	g.Height = math.Max(g.Centre-a, 1) * g.Scale / 1000
	g.Up = g.Bend(frame.DirToLocal(q)).Normalize()
	return g
}

// Bend stretches a direction of the eye frame into the model's space; the result is not
// of unit length.
func (g Globe) Bend(d mgl64.Vec3) mgl64.Vec3 {
	return d.Add(g.Pole.Mul(g.Stretch * g.Pole.Dot(d)))
}

// Hit returns the metres to the ground along a unit direction of the eye frame.
func (g Globe) Hit(d mgl64.Vec3) (float64, bool) {
	bent := g.Bend(d)
	a, b := bent.Dot(bent), g.Rise.Dot(d)
	// Far away the impact parameter keeps the digits that b²-ac would lose.
	disc := b*b - a*g.C
	if g.C > g.Ground*g.Ground {
		across := bent.Sub(g.Up.Mul(bent.Dot(g.Up)))
		disc = a*g.Ground*g.Ground - g.Centre*g.Centre*across.Dot(across)
	}
	if b >= 0 || disc < 0 {
		return 0, false
	}
	return g.C / (-b + math.Sqrt(disc)), true
}
