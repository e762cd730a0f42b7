package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// skyHeights is a map of what stands around the eye, seen from straight above: what hides
// the sky from streets and lower floors, further away than ambient occlusion looks.
type skyHeights struct {
	texture *gpu.Texture
	target  *gpu.Target
	cover   sunCascades // one layer, whose light comes from the zenith
	drawn   uint64      // what the map holds; 0 = nothing
	kept    mgl64.Vec3  // ECEF: its middle in live frames
	light   [16]float32 // the projection being drawn with
}

func newSkyHeights(size int) (*skyHeights, error) {
	m := &skyHeights{}
	var err error
	m.texture, err = gpu.NewTexture("sky heights", gpu.TextureDesc{Format: gpu.D32F, Width: max(size, 1), Height: max(size, 1)})
	if err != nil {
		return nil, err
	}
	if m.target, err = gpu.NewTarget("sky heights", gpu.Attachment{Texture: m.texture}); err != nil {
		m.texture.Release()
		return nil, err
	}
	return m, nil
}

// place is the map's middle in the eye frame and half its side, metres; 0 is no map.
func (m *skyHeights) place() (x, y, z, reach float32) {
	l := &m.cover.layer[0]
	if m.cover.n > 0 {
		reach = float32(l.radius)
	}
	return float32(l.center[0]), float32(l.center[1]), float32(l.center[2]), reach
}

func (m *skyHeights) release() {
	if m != nil {
		m.target.Release()
		m.texture.Release()
	}
}

// skyCover places the map for a camera: a square that grows with the height above ground
// and lies where the camera looks, snapped in steps, so that it stands still while the
// camera moves. From far above nothing hides the sky.
func skyCover(c *camera, groundHeight float64, q Quality) (s sunCascades) {
	height := c.above(groundHeight)
	if q.SkySize <= 0 || q.AOSlices <= 0 || height > 8000 {
		return s
	}
	reach := math.Exp2(math.Ceil(math.Log2(math.Max(2.2*height, 260))*2) / 2)
	texel := 2 * reach / float64(q.SkySize)
	// Metres along the parallel and the meridian: fixed enough on the ground.
	east := earth.A * math.Cos(earth.Radians(c.place.Lat)) * earth.Radians(c.place.Lng)
	north := earth.A * earth.Radians(c.place.Lat)
	step := 16 * texel // so that live frames need the map only now and then
	cell := [3]float64{math.Floor((east + 0.6*reach*c.forward[0]) / step), math.Floor((north + 0.6*reach*c.forward[1]) / step), math.Floor((c.place.Height - height) / step)}
	center := mgl64.Vec3{cell[0]*step - east, cell[1]*step - north, cell[2]*step - c.place.Height}
	s.floor = math.Inf(-1)
	s.n, s.x, s.y, s.l = 1, mgl64.Vec3{1, 0, 0}, mgl64.Vec3{0, 1, 0}, mgl64.Vec3{0, 0, 1}
	s.layer[0] = cascade{center: center, radius: reach, texel: texel, cell: cell, clip: fromAbove(center, reach)}
	return s
}

func fromAbove(center mgl64.Vec3, reach float64) mgl64.Mat4 {
	return mgl64.Mat4FromRows(
		mgl64.Vec4{1 / reach, 0, 0, -center[0] / reach}, mgl64.Vec4{0, 1 / reach, 0, -center[1] / reach},
		mgl64.Vec4{0, 0, 0.5 / reach, 0.5 - 0.5*center[2]/reach}, mgl64.Vec4{0, 0, 0, 1})
}

// keep leaves the map of live frames where it is on the Earth, to the float, until another
// place suits by a step better: far from Greenwich metres along the parallel, by which file
// frames place it, slide over the ground as the eye goes north.
func (m *skyHeights) keep(c *camera) {
	if m.cover.n == 0 {
		return
	}
	l := &m.cover.layer[0]
	step := 16 * l.texel
	at := c.frame.DirToLocal(m.kept.Sub(c.eye))
	if d := at.Sub(l.center); math.Abs(d[0]) > step || math.Abs(d[1]) > step || math.Abs(d[2]) > step {
		m.kept = c.eye.Add(c.frame.DirFromLocal(l.center))
		at = l.center
	}
	l.center, l.cell, l.clip = at, m.kept, fromAbove(at, l.radius)
}

// addSkyHeights adds the pass that draws the map, once for all sub-frames; in live mode
// only when it has moved or holds other things.
func (r *Renderer) addSkyHeights(g *graph) handle {
	t := r.heights.texture
	out := g.Import("sky heights", t, framegraph.Desc{Width: t.Width, Height: t.Height, Levels: 1, Format: t.Format})
	g.Add("sky heights", func(b *builder) exec {
		out = b.Write(out)
		return func(*context) error {
			if r.sub > 0 || r.options.Live && r.heights.drawn == r.submit.tallKey {
				return nil
			}
			m, s := r.heights, &r.submit
			m.drawn = s.tallKey
			m.target.Bind()
			state := gpu.State{Depth: gpu.DepthWrite, NoColor: true, DepthClamp: true}
			state.Apply()
			m.target.ClearDepth()
			if m.cover.n == 0 {
				return nil
			}
			m.light = mat32(m.cover.layer[0].clip)
			r.drawCasters(s.tall, &m.light, state)
			return nil
		}
	})
	return out
}
