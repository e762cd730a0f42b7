package flows

import (
	"fmt"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/points"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "track", Group: "flows", Doc: "models that move along paths with a time at each vertex, looking and climbing where they go",
	New: func() any {
		return &Track{Timed: Timed{Timestamps: "timestamps", Speed: 1}, Model: "plane", Size: scale.NumberBy{Constant: 40}, Color: scale.ColorBy{Constant: scene.Color{235, 238, 242, 255}}, Glow: 0.2}
	},
	Examples: []scene.Example{
		{Layer: `source: trips, size: 180, altitude: 60, color: {field: kind, scale: categorical, palette: set2}`},
		{Name: "ships", Doc: "ships on a harbour", Layer: `source: trips, model: ship, size: 160, level: true, color: {field: kind, scale: categorical, palette: dark2}`},
		{Name: "vehicle-stream", Doc: "vehicles of the city, with their lights in the dark", Layer: `source: trips, model: bus, size: 14, loop: 60`, Camera: "{ lng: -30.5084, lat: 36.5052, height: 90, pitch: -24 }"},
	},
})

// Track moves a model along each row.
type Track struct {
	layer.Rows
	Timed
	Model string         `json:"model" doc:"plane, ship, arrow; car, suv, van, bus, truck; or a glb or gltf file"`
	Size  scale.NumberBy `json:"size" doc:"metres of the model's length"`
	Color scale.ColorBy  `json:"color" doc:"multiplies the model's colours"`
	Glow  float64        `json:"glow" min:"0" max:"100" doc:"light of plane, ship and arrow of their own: by night they are seen by it"`
	Level bool           `json:"level" doc:"models stay level where the way climbs"`
}

// ModelFile is the model's file; nil where it is one of longtake's own.
func (p *Track) ModelFile() *string {
	if _, own := vehicles[p.Model]; own || shapes[p.Model] != nil {
		return nil
	}
	return &p.Model
}

// Files lists the files that the layer reads.
func (p *Track) Files() []string {
	if f := p.ModelFile(); f != nil {
		return []string{*f}
	}
	return nil
}

// Draw reads the tracks; where the models are is asked for at every frame.
func (p *Track) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	sizes, err := p.Size.Numbers(t)
	if err != nil {
		return nil, err
	}
	tracks, err := p.tracks(c)
	if err != nil || len(tracks) == 0 {
		return nil, err
	}
	f := earth.FrameAt(earth.FromECEF(tracks[0].at[0]))
	if v, ok := vehicles[p.Model]; ok {
		return []drawable.Draw{{What: &drawable.Moving{Frame: f.Matrix(), At: func(now drawable.Instant) drawable.Copies {
			return p.vehicles(c, tracks, f, v, sizes, colors, now)
		}}}}, nil
	}
	meshes, length, err := p.meshes(c)
	if err != nil {
		return nil, err
	}
	return []drawable.Draw{{What: &drawable.Moving{Frame: f.Matrix(), At: func(now drawable.Instant) drawable.Copies {
		var out drawable.Copies
		for i := range tracks {
			w := &tracks[i]
			at, dir, ok := w.on(layer.Clock(c.Layer, now.Time))
			if !ok || !(sizes[w.row] > 0) {
				continue
			}
			pose := p.pose(at, dir, sizes[w.row]/length)
			for _, m := range meshes {
				out.Placed = append(out.Placed, drawable.Draw{What: m, Shift: pose, Tint: colors[w.row].Opaque(), IDBase: uint32(w.row)})
			}
		}
		return out
	}}}}, nil
}

// pose places a model, whose front looks along +y and whose top along +z, in ECEF.
func (p *Track) pose(at, dir mgl64.Vec3, scale float64) mgl64.Mat4 {
	up := earth.FromECEF(at).Up()
	if p.Level {
		if flat := dir.Sub(up.Mul(dir.Dot(up))); flat.Len() > 1e-9 {
			dir = flat.Normalize()
		}
	}
	right := dir.Cross(up)
	if right.Len() < 1e-6 { // straight up or down
		right = earth.FrameAt(earth.FromECEF(at)).East
	}
	right = right.Normalize()
	top := right.Cross(dir)
	return mgl64.Mat4FromCols(right.Mul(scale).Vec4(0), dir.Mul(scale).Vec4(0), top.Mul(scale).Vec4(0), at.Vec4(1))
}

// meshes are the model, in ECEF as it were, and its length.
func (p *Track) meshes(c *layer.Context) (out []*drawable.Mesh, length float64, err error) {
	if shape, ok := shapes[p.Model]; ok {
		m, e := shape(), float32(p.Glow)
		m.Material.Emission = [3]float32{e, e, e}
		return []*drawable.Mesh{m}, 1, nil
	}
	_, parts, err := points.Meshes(c, p.Model)
	if err != nil {
		return nil, 0, err
	}
	low, high := 0.0, 0.0
	for _, part := range parts {
		m := *part
		m.Frame = mgl64.Ident4()
		for k := range m.Vertices {
			y := float64(m.Vertices[k].Position[1])
			low, high = min(low, y), max(high, y)
		}
		out = append(out, &m)
	}
	if high <= low {
		return nil, 0, fmt.Errorf("%s: the model has no length", p.Model)
	}
	return out, high - low, nil
}
