package drawable_test

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// away is a place so many degrees away on a sphere.
func away(p earth.Place, degrees, bearing float64) earth.Place {
	d, b, lat := earth.Radians(degrees), earth.Radians(bearing), earth.Radians(p.Lat)
	to := math.Asin(math.Sin(lat)*math.Cos(d) + math.Cos(lat)*math.Sin(d)*math.Cos(b))
	lng := math.Atan2(math.Sin(b)*math.Sin(d)*math.Cos(lat), math.Cos(d)-math.Sin(lat)*math.Sin(to))
	return earth.Place{Lng: p.Lng + earth.Degrees(lng), Lat: earth.Degrees(to), Height: p.Height}
}

func wayOf(a, b earth.Place, c drawable.Course, tilt float64) drawable.Way {
	return drawable.NewWay([2]mgl64.Vec3{a.Up(), b.Up()}, [2]float64{a.Height, b.Height}, &c, tilt)
}

// A way begins and ends at its places, whatever lies between: also antipodes, and where it goes
// over the antimeridian or a pole.
func TestWaysEndAtTheirPlaces(t *testing.T) {
	for _, e := range [][2]earth.Place{
		{{Lng: 7, Lat: 43}, {Lng: 7.001, Lat: 43, Height: 900}}, {{Lng: 179, Lat: 10}, {Lng: -179, Lat: 12}}, {{Lng: 0, Lat: 90}, {Lng: 50, Lat: -20}},
		{{Lng: 30, Lat: 0}, {Lng: -150, Lat: 0}}, {{Lng: 30, Lat: 40, Height: 10}, {Lng: -150, Lat: -40, Height: 20}}, {{Lat: 90}, {Lat: -90}},
	} {
		for _, c := range []drawable.Course{{}, {Rise: 0.3}, {Bend: -0.5}} {
			w := wayOf(e[0], e[1], c, 30)
			for k, p := range e {
				if off := p.ECEF().Sub(w.At(float64(k))).Len(); off > 1e-5 {
					t.Errorf("%v: %v m off at end %d", e, off, k)
				}
			}
			if top := w.At(0.5); math.IsNaN(top.Len()) || top.Len() < earth.B*0.99 {
				t.Errorf("%v: its middle is at %v", e, top)
			}
		}
	}
}

// An upright way rises by its share of the length, a route keeps its height, one that bends or leans
// is to the right of the way ahead.
func TestWays(t *testing.T) {
	from := earth.Place{Lng: 10, Lat: 45, Height: 100}
	to := earth.Place{Lng: 10.5, Lat: 45, Height: 100}
	length := from.ECEF().Sub(to.ECEF()).Len()
	for _, c := range []struct {
		course      drawable.Course
		tilt        float64
		rise, aside float64 // of the middle
	}{{drawable.Course{}, 0, 0, 0}, {drawable.Course{Rise: 0.5}, 0, 0.5, 0}, {drawable.Course{Rise: 0.5}, 90, 0, 0.5}, {drawable.Course{Bend: 0.25}, 0, 0, 0.25}} {
		w := wayOf(from, to, c.course, c.tilt)
		middle := earth.FromECEF(w.At(0.5))
		north := earth.Radians(middle.Lat-earth.FromECEF(wayMiddle(from, to)).Lat) * earth.A // left of eastwards
		if math.Abs(middle.Height-100-c.rise*length) > 0.01*length || math.Abs(north+c.aside*length) > 0.01*length {
			t.Errorf("%+v: its middle is %.0f m up and %.0f m north of a length of %.0f", c, middle.Height-100, north, length)
		}
	}
}

func wayMiddle(a, b earth.Place) mgl64.Vec3 {
	w := wayOf(a, b, drawable.Course{}, 0)
	return w.At(0.5)
}

// Batches hold their curves, and none is further off the straight way than Bend says, nor is
// that far more.
func TestBoundHoldsCurves(t *testing.T) {
	at := earth.Place{Lng: -70, Lat: 35, Height: 300}
	for _, course := range []drawable.Course{{Rise: 0.3}, {Rise: 2}, {Bend: -1}, {}} {
		for _, degrees := range []float64{1e-3, 1, 27, 90, 179.9} {
			f := earth.FrameAt(at)
			l := &drawable.Lines{Frame: f.Matrix(), Course: course, Looks: make([]drawable.CurveLook, 1)}
			for i := range 7 {
				to := away(at, degrees, 51*float64(i))
				var c drawable.Curve
				for k, v := range f.Local(to) {
					c.To[k] = float32(v)
				}
				c.Height = [2]drawable.Half{drawable.ToHalf(0.3), drawable.ToHalf(0.3)}
				l.Curves = append(l.Curves, c)
			}
			b := l.Bound().Batches[0]
			most := 0.0
			for i := range l.Curves {
				to := l.CurveAt(i, 1)
				for k := range 65 {
					share := float64(k) / 64
					p := l.CurveAt(i, share)
					most = max(most, p.Sub(to.Mul(share)).Len())
					if d := p.Sub(mgl64.Vec3{float64(b.Center[0]), float64(b.Center[1]), float64(b.Center[2])}).Len(); d > float64(b.Radius)*1.0001+0.01 {
						t.Fatalf("%+v over %v°: curve %d leaves the sphere of %v m by %v", course, degrees, i, b.Radius, d-float64(b.Radius))
					}
				}
			}
			if bend := float64(b.Bend); most > bend*1.001+0.01 || bend > 2.5*most+0.5 {
				t.Errorf("%+v over %v°: a bend of %v m is said to be %v", course, degrees, most, bend)
			}
		}
	}
	if (&drawable.Lines{Curves: make([]drawable.Curve, 1)}).Empty() || !(&drawable.Lines{}).Empty() {
		t.Error("what is empty")
	}
}
