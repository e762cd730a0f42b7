package terrain

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// ellipsoid is the ellipsoid's height over the tangent plane of a frame as a function of plan
// position: the root of a quadratic whose coefficients are polynomials of x and y. A mesh
// whose corners lie on the curve is flat between them, and so lies below it.
type ellipsoid struct {
	a                      float64
	b, bx, by              float64
	c, cx, cy              float64
	cxx, cyy, cxy          float64
	mid                    [2]float64 // where plane touches
	height, slopeX, slopeY float64
}

func ellipsoidOf(f earth.Frame, mid [2]float64) ellipsoid {
	scale := func(v mgl64.Vec3) mgl64.Vec3 { return mgl64.Vec3{v[0], v[1], v[2] * (earth.A / earth.B)} } // the ellipsoid becomes a sphere
	o, e, n, u := scale(f.Center), scale(f.East), scale(f.North), scale(f.Up)
	k := ellipsoid{
		a: u.Dot(u),
		b: o.Dot(u), bx: e.Dot(u), by: n.Dot(u),
		c: o.Dot(o) - earth.A*earth.A, cx: 2 * o.Dot(e), cy: 2 * o.Dot(n),
		cxx: e.Dot(e), cyy: n.Dot(n), cxy: 2 * e.Dot(n),
	}
	const d = 1.0 // metre; the curve is a parabola to 1e-7 over it
	k.height = k.over(mid[0], mid[1])
	k.slopeX = (k.over(mid[0]+d, mid[1]) - k.over(mid[0]-d, mid[1])) / (2 * d)
	k.slopeY = (k.over(mid[0], mid[1]+d) - k.over(mid[0], mid[1]-d)) / (2 * d)
	k.mid = mid
	return k
}

// over is the height over the frame's tangent plane; it is negative away from the origin.
func (k *ellipsoid) over(x, y float64) float64 {
	b := k.b + float64(k.bx*x) + float64(k.by*y)
	c := k.c + float64(k.cx*x) + float64(k.cy*y) + float64(k.cxx*x*x) + float64(k.cyy*y*y) + float64(k.cxy*x*y)
	return -c / (b + math.Sqrt(max(float64(b*b)-float64(k.a*c), 0)))
}

// above is the height over the plane that touches the curve at its middle: a number small
// enough for float32 to keep its millimetres over a tile.
func (k *ellipsoid) above(x, y float64) float64 {
	return k.over(x, y) - k.height - float64(k.slopeX*(x-k.mid[0])) - float64(k.slopeY*(y-k.mid[1]))
}
