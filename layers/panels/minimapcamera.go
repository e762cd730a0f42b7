package panels

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// heading is where a view looks, or where its upper edge does from straight above: degrees
// clockwise from north.
func heading(v *drawable.PanelView) float64 {
	var ahead, up [3]float64
	for k := range 3 {
		for _, c := range v.Corners {
			ahead[k] += c[k] / 4
		}
		up[k] = v.Corners[0][k] - v.Corners[3][k]
	}
	length := max(math.Hypot(math.Hypot(up[0], up[1]), up[2]), 1e-9)
	e, n := ahead[0]-ahead[2]*up[0]/length, ahead[1]-ahead[2]*up[1]/length
	return earth.Degrees(math.Atan2(e, n))
}

// sidePoints are those on each side of the picture by which what it shows is found.
const sidePoints = 8

// footprint is where the edges of the picture meet the ground, as places: a sphere through the
// ground below the eye. Edges above the horizon end there.
func footprint(v *drawable.PanelView) (out [][2]float64) {
	height := max(v.Height, 1)
	r := meanRadius + height
	sinLat, cosLat := math.Sincos(v.Eye[1] * math.Pi / 180)
	horizon := math.Acos(meanRadius / r)
	for side := range 4 {
		a, b := v.Corners[side], v.Corners[(side+1)%4]
		for k := range sidePoints {
			t := float64(k) / sidePoints
			e, n, u := a[0]+t*(b[0]-a[0]), a[1]+t*(b[1]-a[1]), a[2]+t*(b[2]-a[2])
			flat := math.Hypot(e, n)
			elevation := math.Atan2(u, flat)
			angle := horizon // at the middle of the Earth
			if s := r / meanRadius * math.Cos(elevation); elevation < 0 && s < 1 {
				angle = -elevation - math.Acos(s)
			}
			bearing := math.Atan2(e, n)
			sinA, cosA := math.Sincos(angle)
			lat := math.Asin(min(max(sinLat*cosA+cosLat*sinA*math.Cos(bearing), -1), 1))
			lng := math.Atan2(math.Sin(bearing)*sinA*cosLat, cosA-sinLat*math.Sin(lat))
			out = append(out, [2]float64{v.Eye[0] + earth.Degrees(lng), earth.Degrees(lat)})
		}
	}
	return out
}

// camera draws what the view shows, brighter towards the eye.
func (o *overview) camera(c *canvas.Canvas, p *Painter, a aimed) {
	g := &o.ground
	ex, ey := g.at(p.View.Eye[0], p.View.Eye[1])
	eye := a.to(ex, ey)
	across := metresPerDegree * math.Cos(g.lat*math.Pi/180)
	path := &canvas.Path{}
	far := eye
	foot := footprint(p.View)
	limit := 4 * (a.w + a.h) // pixels: what is beyond is not seen
	for k, q := range foot {
		at := a.to(ex+(q[0]-p.View.Eye[0])*across, ey+(q[1]-p.View.Eye[1])*metresPerDegree)
		if d := math.Hypot(at.X-eye.X, at.Y-eye.Y); d > limit {
			at = canvas.Point{X: eye.X + (at.X-eye.X)*limit/d, Y: eye.Y + (at.Y-eye.Y)*limit/d}
		}
		if k == 0 {
			path.Move(at.X, at.Y)
		} else {
			path.Line(at.X, at.Y)
		}
		if k == sidePoints/2 { // the middle of the upper edge
			far = at
		}
	}
	path.Close()
	reach := max(min(math.Hypot(far.X-eye.X, far.Y-eye.Y), math.Hypot(a.w, a.h)), 1)
	d := math.Hypot(far.X-eye.X, far.Y-eye.Y)
	if d < 1 {
		c.Fill(path, canvas.Color(Alpha(p.Accent, 0.25)))
	} else {
		c.Fill(path, canvas.Linear{X0: eye.X, Y0: eye.Y, X1: eye.X + (far.X-eye.X)*reach/d, Y1: eye.Y + (far.Y-eye.Y)*reach/d,
			Stops: []canvas.Stop{{At: 0, Color: Alpha(p.Accent, 0.55)}, {At: 1, Color: Alpha(p.Accent, 0.16)}}})
	}
	c.Stroke(path, 1.5, canvas.Color(Alpha(p.Accent, 0.9)))
}

// marker is an arrow where the camera stands, at the map's edge where that is outside.
func (o *overview) marker(p *Painter, a aimed, b canvas.Box) {
	const r = 9.0
	x, y := o.ground.at(p.View.Eye[0], p.View.Eye[1])
	at := a.to(x, y)
	if o.Shape == "round" {
		if d := math.Hypot(at.X-a.w/2, at.Y-a.h/2); d > a.w/2-r {
			at.X, at.Y = a.w/2+(at.X-a.w/2)*(a.w/2-r)/d, a.h/2+(at.Y-a.h/2)*(a.w/2-r)/d
		}
	}
	at.X, at.Y = b.X+min(max(at.X, r), a.w-r), b.Y+min(max(at.Y, r), a.h-r)
	h := heading(p.View)*math.Pi/180 - math.Atan2(a.sin, a.cos)
	arrow := func(size float64) *canvas.Path {
		path := &canvas.Path{}
		for k, q := range [][2]float64{{0, 1}, {2.5, 0.95}, {math.Pi, 0.45}, {-2.5, 0.95}} {
			s, c := math.Sincos(h + q[0])
			if px, py := at.X+size*q[1]*s, at.Y-size*q[1]*c; k == 0 {
				path.Move(px, py)
			} else {
				path.Line(px, py)
			}
		}
		return path.Close()
	}
	p.Fill(arrow(r+2.5), canvas.Color(scene.Color{0, 0, 0, 150}))
	p.Fill(arrow(r), p.Faint(1))
}
