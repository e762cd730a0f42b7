package glb

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo/earth"
	"github.com/qmuntal/gltf"
)

// base is the matrix from the document's world to the tile's axes.
func (d *document) base(center mgl64.Vec3) (mgl64.Mat4, error) {
	var rtc struct{ Center mgl64.Vec3 }
	if _, err := extension(d.Extensions, extRTC, &rtc); err != nil {
		return zUp, fmt.Errorf("%s: %w", extRTC, err)
	}
	center = center.Add(rtc.Center)
	if center == (mgl64.Vec3{}) {
		return zUp, nil
	}
	return mgl64.Translate3D(center[0], center[1], center[2]).Mul4(zUp), nil
}

// maxReach is how far from the tile's origin its frame is kept: float32 is good to a
// millimetre there.
const maxReach = 2e4

// frame chooses the frame of the content and returns the matrix from the document's
// world into it.
func (d *document) frame(placed []placed, toECEF, base mgl64.Mat4) (earth.Frame, mgl64.Mat4) {
	middle := d.middle(placed, base)
	f := earth.FrameFromMatrix(toECEF)
	if rigid(toECEF.Mat3()) && middle.Len() < maxReach && f.Up.Dot(f.Origin.Up()) > 1-1e-9 && math.Abs(f.East[2]) < 1e-6 {
		return f, base
	}
	f = earth.FrameAt(earth.FromECEF(mgl64.TransformCoordinate(middle, toECEF)))
	whole := toECEF.Mul4(base)
	var m mgl64.Mat4
	for c := 0; c < 3; c++ {
		m.SetCol(c, f.DirToLocal(whole.Col(c).Vec3()).Vec4(0))
	}
	m.SetCol(3, f.ToLocal(whole.Col(3).Vec3()).Vec4(1))
	return f, m
}

// rigid tells whether a matrix only turns.
func rigid(m mgl64.Mat3) bool {
	off := m.Mul3(m.Transpose()).Sub(mgl64.Ident3())
	for _, v := range off {
		if !(math.Abs(v) < 1e-9) {
			return false
		}
	}
	return m.Det() > 0
}

// middle is the middle of all meshes' declared bounds, in the tile's axes.
func (d *document) middle(placed []placed, base mgl64.Mat4) mgl64.Vec3 {
	lo, hi := mgl64.Vec3{}, mgl64.Vec3{}
	some := false
	for _, p := range placed {
		for _, prim := range p.mesh.Primitives {
			at, ok := prim.Attributes[gltf.POSITION]
			if !ok || at < 0 || at >= len(d.Accessors) {
				continue
			}
			var c mgl64.Vec3
			if a := d.Accessors[at]; len(a.Min) == 3 && len(a.Max) == 3 && !a.Normalized {
				c = mgl64.Vec3(a.Min).Add(mgl64.Vec3(a.Max)).Mul(0.5)
			}
			q := base.Mul4(p.world).Mul4x1(c.Vec4(1)).Vec3()
			if !(q.Len() < 1e12) {
				continue
			}
			for k := range q {
				if !some {
					lo[k], hi[k] = q[k], q[k]
				}
				lo[k], hi[k] = min(lo[k], q[k]), max(hi[k], q[k])
			}
			some = true
		}
	}
	return lo.Add(hi).Mul(0.5)
}
