package tiles

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo/earth"
)

// Volume bounds a tile in ECEF: an oriented box, or a sphere where Half is zero.
type Volume struct {
	Center mgl64.Vec3
	Half   [3]mgl64.Vec3 // half axes
	Radius float64       // of the sphere around all of it
	// Region is what the box stands for where the file gives a region: west, south, east and north in
	// radians, and two heights in metres; nil otherwise.
	Region *[6]float64
}

func boxVolume(center mgl64.Vec3, half [3]mgl64.Vec3) Volume {
	v := Volume{Center: center, Half: half}
	for i := range 4 { // opposite corners are equally far
		c := half[0]
		for k := 1; k < 3; k++ {
			if i>>(k-1)&1 == 0 {
				c = c.Add(half[k])
			} else {
				c = c.Sub(half[k])
			}
		}
		v.Radius = max(v.Radius, c.Len())
	}
	return v
}

// Corners are the corners of the box, or of the cube around the sphere.
func (v Volume) Corners() [8]mgl64.Vec3 {
	h := v.Half
	if h == ([3]mgl64.Vec3{}) {
		h = [3]mgl64.Vec3{{v.Radius, 0, 0}, {0, v.Radius, 0}, {0, 0, v.Radius}}
	}
	var out [8]mgl64.Vec3
	for i := range out {
		p := v.Center
		for k := range h {
			if i>>k&1 == 0 {
				p = p.Sub(h[k])
			} else {
				p = p.Add(h[k])
			}
		}
		out[i] = p
	}
	return out
}

// Distance is from a point to the volume, 0 inside. It is exact for spheres and for
// boxes of perpendicular axes; for sheared boxes it is a lower bound.
func (v Volume) Distance(p mgl64.Vec3) float64 {
	d := p.Sub(v.Center)
	sphere := math.Max(d.Len()-v.Radius, 0)
	if v.Half == ([3]mgl64.Vec3{}) || v.sheared() {
		return sphere
	}
	var sum float64
	rest := d
	for _, h := range v.Half {
		l := h.Len()
		if l == 0 {
			continue
		}
		n := h.Mul(1 / l)
		along := d.Dot(n)
		rest = rest.Sub(n.Mul(along))
		if out := math.Abs(along) - l; out > 0 {
			sum += out * out
		}
	}
	// What a flat box has no axis for.
	if v.Half[0] == (mgl64.Vec3{}) || v.Half[1] == (mgl64.Vec3{}) || v.Half[2] == (mgl64.Vec3{}) {
		sum += rest.Dot(rest)
	}
	return math.Sqrt(sum)
}

func (v Volume) sheared() bool {
	for k := range v.Half {
		a, b := v.Half[k], v.Half[(k+1)%3]
		if math.Abs(a.Dot(b)) > 1e-6*a.Len()*b.Len() {
			return true
		}
	}
	return false
}

// beyond tells whether all of the volume lies on the far side of a plane through a point
// with a unit normal that points inwards, by more than grow.
func (v Volume) beyond(point, normal mgl64.Vec3, grow float64) bool {
	reach := v.Radius
	if v.Half != ([3]mgl64.Vec3{}) {
		reach = math.Abs(v.Half[0].Dot(normal)) + math.Abs(v.Half[1].Dot(normal)) + math.Abs(v.Half[2].Dot(normal))
	}
	return v.Center.Sub(point).Dot(normal)+reach+grow < 0
}

// volume brings a bounding volume of the file into ECEF. Regions are in the WGS84
// ellipsoid whatever the transform.
func (j *volumeJSON) volume(m mgl64.Mat4) (Volume, error) {
	switch {
	case j == nil:
		return Volume{}, fmt.Errorf("it has no boundingVolume")
	case j.Box != nil:
		b := j.Box
		if len(b) != 12 || !allFinite(b) {
			return Volume{}, fmt.Errorf("a box has 12 finite numbers, this one is %v", b)
		}
		var half [3]mgl64.Vec3
		for k := range half {
			half[k] = m.Mat3().Mul3x1(mgl64.Vec3{b[3+3*k], b[4+3*k], b[5+3*k]})
		}
		return boxVolume(m.Mul4x1(mgl64.Vec4{b[0], b[1], b[2], 1}).Vec3(), half), nil
	case j.Sphere != nil:
		s := j.Sphere
		if len(s) != 4 || !allFinite(s) || s[3] < 0 {
			return Volume{}, fmt.Errorf("a sphere has 4 finite numbers, its radius not negative; this one is %v", s)
		}
		scale := max(m.Col(0).Vec3().Len(), m.Col(1).Vec3().Len(), m.Col(2).Vec3().Len())
		return Volume{Center: m.Mul4x1(mgl64.Vec4{s[0], s[1], s[2], 1}).Vec3(), Radius: s[3] * scale}, nil
	case j.Region != nil:
		r := j.Region
		if len(r) != 6 || !allFinite(r) || r[1] > r[3] || r[4] > r[5] || math.Abs(r[1]) > 1.6 || math.Abs(r[3]) > 1.6 {
			return Volume{}, fmt.Errorf("a region is west, south, east, north in radians and two heights; this one is %v", r)
		}
		v := regionVolume(r)
		v.Region = (*[6]float64)(r)
		return v, nil
	}
	return Volume{}, fmt.Errorf("its boundingVolume is neither a box, a sphere nor a region")
}

// regionVolume is a box in the tangent frame at the region's middle, from a lattice of
// its surface widened by how far the surface can bulge between lattice points.
func regionVolume(r []float64) Volume {
	west, south, east, north, lo, hi := r[0], r[1], r[2], r[3], r[4], r[5]
	if east < west {
		east += 2 * math.Pi
	}
	if east-west > math.Pi/2 || north-south > math.Pi/2 {
		return Volume{Radius: earth.A + math.Max(hi, 0)}
	}
	const n = 8
	f := earth.FrameAt(earth.Place{Lng: earth.Degrees((west + east) / 2), Lat: earth.Degrees((south + north) / 2), Height: (lo + hi) / 2})
	a, b := mgl64.Vec3{}, mgl64.Vec3{}
	for i := 0; i <= n; i++ {
		for k := 0; k <= n; k++ {
			for _, h := range [2]float64{lo, hi} {
				p := f.Local(earth.Place{Lng: earth.Degrees(west + (east-west)*float64(i)/n),
					Lat: earth.Degrees(south + (north-south)*float64(k)/n), Height: h})
				for c := range p {
					a[c], b[c] = math.Min(a[c], p[c]), math.Max(b[c], p[c])
				}
			}
		}
	}
	bulge := (earth.A + math.Max(hi, 0)) * (1 - math.Cos(max(east-west, north-south)/n/2))
	half := b.Sub(a).Mul(0.5).Add(mgl64.Vec3{bulge, bulge, bulge})
	return boxVolume(f.FromLocal(a.Add(b).Mul(0.5)), [3]mgl64.Vec3{f.East.Mul(half[0]), f.North.Mul(half[1]), f.Up.Mul(half[2])})
}

func allFinite(v []float64) bool {
	for _, f := range v {
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return false
		}
	}
	return true
}
