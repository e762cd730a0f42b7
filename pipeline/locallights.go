package pipeline

import (
	"math"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/sky"
)

// lightRecord is a light as light_cells.glsl reads it, in the eye frame.
type lightRecord struct {
	position  [3]float32
	falloff   float32   // 1 / range²
	color     [4]uint16 // half floats: pre-exposed intensity, and 1 / (Inner - Outer)
	direction uint32    // octahedral
	outer     float32
}

// localLights are the lamps of a frame that light something in the view.
type localLights struct {
	records []lightRecord
	spheres []gridLight // of the same lights
	far     float64     // metres along the view axis to the end of what they light
	painted bool        // some of them stand for light that is painted on surfaces far away
	grid    lightGrid
	ring    *gpu.Ring
	data    gpu.BufferTexture
	cells   gpu.BufferTexture
}

// paintedFrom is the share of the reach of painted lights from which on they give way to
// what surfaces paint.
const paintedFrom = 0.55

// leastPixels is the reach of a light, in pixels, below which it is left out.
const leastPixels = 1.5

// collect takes the lights of a frame to the eye frame; exposed is the factor from
// candela to what the light buffer holds.
func (l *localLights) collect(f *Frame, c *camera, reach, exposed float64) {
	l.records, l.spheres, l.far, l.painted = l.records[:0], l.spheres[:0], 0, false
	dark := Night(c.frame.DirToLocal(f.Env.Sun)[2])
	for i := range f.Draws {
		d := &f.Draws[i]
		if w, ok := d.What.(*drawable.Lights); ok && d.Fade < 1 && len(w.Items) > 0 {
			l.add(d, w, c, reach, exposed*float64(1-d.Fade), dark)
		}
	}
}

func (l *localLights) add(d *drawable.Draw, w *drawable.Lights, c *camera, reach, exposed, night float64) {
	place, ok := placeDraw(w.Frame, d, w.Center, w.Radius, c)
	if !ok {
		return
	}
	near := w.Near || w.Painted
	if near && place.center.Len()-place.radius > reach {
		return
	}
	if w.Painted || w.Night {
		if exposed *= night; exposed <= 0 {
			return
		}
		l.painted = l.painted || w.Painted
	}
	if !c.sees(place.center, place.radius) {
		return
	}
	r := &place.record
	turn := mgl64.Mat3FromRows(row64(r.row[0]), row64(r.row[1]), row64(r.row[2]))
	scale := math.Cbrt(math.Abs(turn.Det()))
	eye := mgl64.Vec3{float64(r.row[0][3]) + float64(r.eyeLow[0]), float64(r.row[1][3]) + float64(r.eyeLow[1]), float64(r.row[2][3]) + float64(r.eyeLow[2])}
	for i := range w.Items {
		it := &w.Items[i]
		p := turn.Mul3x1(vec64(it.Position).Sub(eye))
		share := exposed
		if near {
			share *= 1 - smooth(paintedFrom*reach, reach, p.Len())
		}
		along := turn.Mul3x1(vec64(it.Direction))
		if n := along.Len(); n > 0 {
			along = along.Mul(1 / n)
		}
		distance := float64(it.Range) * scale
		center, radius := litSphere(p, along, distance, float64(it.Outer))
		if !(share > 0) || !(distance > 0) || !c.sees(center, radius) || radius*float64(c.height) < leastPixels*2*c.tanY*center.Len() {
			continue
		}
		rec := lightRecord{position: [3]float32{float32(p[0]), float32(p[1]), float32(p[2])}, falloff: float32(1 / (distance * distance)), outer: -2}
		rec.direction = packDirection(along)
		narrow := 1.0
		if it.Outer > -1 {
			rec.outer = it.Outer
			narrow = 1 / math.Max(float64(it.Inner-it.Outer), 1e-3)
		}
		for k, v := range it.Intensity {
			rec.color[k] = halfFloat(float64(v) * share)
		}
		rec.color[3] = halfFloat(narrow)
		z := center.Dot(c.forward)
		l.records = append(l.records, rec)
		l.spheres = append(l.spheres, gridLight{center.Dot(c.right), center.Dot(c.up), z, radius})
		l.far = math.Max(l.far, z+radius)
	}
}

// litSphere is the smallest sphere around the cone, or the sphere, that a light reaches.
func litSphere(at, along mgl64.Vec3, reach, outer float64) (mgl64.Vec3, float64) {
	switch {
	case outer <= 0:
		return at, reach
	case outer*outer < 0.5: // wider than 45°: the rim of the cap is the widest
		return at.Add(along.Mul(reach * outer)), reach * math.Sqrt(1-outer*outer)
	}
	r := reach / (2 * outer)
	return at.Add(along.Mul(r)), r
}

func row64(r [4]float32) mgl64.Vec3 {
	return mgl64.Vec3{float64(r[0]), float64(r[1]), float64(r[2])}
}
func vec64(v [3]float32) mgl64.Vec3 {
	return mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])}
}

func packDirection(v mgl64.Vec3) uint32 {
	e := drawable.EncodeNormal([3]float32{float32(v[0]), float32(v[1]), float32(v[2])})
	return uint32(uint16(e[0])) | uint32(uint16(e[1]))<<16
}

// halfFloat rounds a number of at least 0 towards zero to IEEE 754 binary16; what is too
// large is the largest.
func halfFloat(x float64) uint16 {
	if !(x > 0) {
		return 0
	}
	if x >= 65504 {
		return 0x7bff
	}
	if x < 1.0/(1<<14) {
		return uint16(x * (1 << 24))
	}
	m, e := math.Frexp(x) // m in [0.5, 1)
	return uint16((e+14)<<10) + uint16((m*2-1)*1024)
}

// upload fills the grid and makes the lights current; without lights it does nothing.
func (l *localLights) upload(c *camera) error {
	if len(l.records) == 0 {
		return nil
	}
	l.grid.fill(l.spheres, c.tanX, c.tanY, l.far)
	records, words := gpu.Bytes(l.records), gpu.Bytes(l.grid.words)
	at := (len(records) + 255) / 256 * 256
	if need := at + len(words); l.ring == nil || l.ring.Slot() < need {
		l.ring.Release()
		ring, err := gpu.NewRing("lights", 3, need*3/2)
		if err != nil {
			return err
		}
		l.ring = ring
	}
	slot := l.ring.Next()
	copy(slot, records)
	copy(slot[at:], words)
	l.data.Bind(gpu.LightUnit, l.ring.ID, l.ring.Offset(), len(l.records)*int(unsafe.Sizeof(lightRecord{})))
	l.cells.Bind(gpu.GridUnit, l.ring.ID, l.ring.Offset()+at, len(words))
	return nil
}

// done fences what the frame has read.
func (l *localLights) done() {
	if len(l.records) > 0 {
		l.ring.Done()
	}
}

func (l *localLights) release() {
	l.data.Release()
	l.cells.Release()
	l.ring.Release()
	l.ring = nil
}

// candela is the factor from the intensity of lamps, in candela, to what the light buffer
// holds at a distance of one metre.
func candela(e *Environment, c *camera) float64 {
	g := sky.NewGlobe(c.eye, e.GlobeHeight)
	sun := c.frame.DirToLocal(e.Sun).Normalize()
	return preExposure(sceneEV(e, math.Asin(mgl64.Clamp(sun[2], -1, 1))*180/math.Pi, g.Height)) / paperLuminance
}
