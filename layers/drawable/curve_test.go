package drawable_test

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// stray is how far a curve is off the places that it is to have.
func stray(c *drawable.Curve, at func(t float64) mgl64.Vec3) (worst float64) {
	for i := range 1001 {
		p, q := c.At(float32(i)/1000), at(float64(i)/1000)
		worst = math.Max(worst, q.Sub(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}).Len())
	}
	return worst
}

func through(at func(t float64) mgl64.Vec3) *drawable.Curve {
	var p [7]mgl64.Vec3
	for k, t := range drawable.CurveNodes {
		p[k] = at(t)
	}
	c := &drawable.Curve{}
	c.Through(&p)
	return c
}

// A curve is a great circle within the bound that Through states, and no further off the
// straight way than Bend says.
func TestCurveFollowsGreatCircle(t *testing.T) {
	const radius = 6.4e6
	for _, angle := range []float64{1e-5, 1e-3, 0.1, 0.5, 1, 2, 3, math.Pi} {
		middle := mgl64.Vec3{radius * math.Cos(angle/2), radius * math.Sin(angle/2), 0}
		circle := func(t float64) mgl64.Vec3 {
			return mgl64.Vec3{radius * math.Cos(angle*t), radius * math.Sin(angle*t), 0}.Sub(middle)
		}
		c := through(circle)
		bound := 5e-8*math.Pow(angle, 7)*radius + 4e-7*angle*radius
		if off := stray(c, circle); off > bound {
			t.Errorf("of a great circle of %v it is %v m off, above %v", angle, off, bound)
		}
		sagitta := radius * (1 - math.Cos(angle/2))
		if b := float64(c.Bend()); b < sagitta*0.999 || b > 2*sagitta {
			t.Errorf("a bend of %v m is said to be %v", sagitta, b)
		}
	}
}

// Any polynomial of degree six is met but for the digits of float32.
func TestCurveIsOfDegreeSix(t *testing.T) {
	for n := range 7 {
		power := func(t float64) mgl64.Vec3 {
			return mgl64.Vec3{1000 * math.Pow(t, float64(n)), 500 - 700*math.Pow(1-t, float64(n)), 3}
		}
		if off := stray(through(power), power); off > 1e-3 {
			t.Errorf("of degree %d it is %v off", n, off)
		}
	}
}

func TestBoundHoldsCurves(t *testing.T) {
	l := &drawable.Lines{}
	for i := range 40 {
		angle, turn := 3*math.Mod(float64(i)*0.618, 1)+0.1, float64(i)
		l.Curves = append(l.Curves, *through(func(t float64) mgl64.Vec3 {
			return mgl64.Rotate3DZ(turn).Mul3x1(mgl64.Vec3{1000 * math.Cos(angle*t), 1000 * math.Sin(angle*t), 300 * math.Sin(5*t)})
		}))
	}
	l.Bound()
	for i := range l.Curves {
		for k := range 65 {
			p := l.Curves[i].At(float32(k) / 64)
			var d2 float64
			for n := range p {
				d2 += math.Pow(float64(p[n]-l.Center[n]), 2)
			}
			if math.Sqrt(d2) > float64(l.Radius) {
				t.Fatalf("curve %d leaves the sphere", i)
			}
		}
	}
	if l.Empty() || !(&drawable.Lines{}).Empty() {
		t.Error("what is empty")
	}
}
