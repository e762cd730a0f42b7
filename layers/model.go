package layers

import (
	"fmt"
	"image"
	"path"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/objdae"
	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

var modelType = scene.Type{Name: "model", Group: "points", Doc: "glTF, OBJ or COLLADA models at points",
	New: func() any { return &Model{Scale: NumberBy{Constant: 1}, Heading: NumberBy{}} }}

// Model places a model at every point of its rows, or at one place.
type Model struct {
	Model   string       `json:"model" required:"true" format:"path" doc:"glb or gltf file; obj and dae where built with -tags g3n"`
	At      *scene.Place `json:"at" doc:"one place, instead of the rows of a source"`
	Scale   NumberBy     `json:"scale" doc:"multiplies the model's metres"`
	Heading NumberBy     `json:"heading" doc:"degrees clockwise from north that the model's front (its -z) looks to"`
	Height  NumberBy     `json:"height" doc:"metres above where it stands"`
}

// Draw makes instances of each part of the model.
func (m *Model) Draw(c *Context) ([]drawable.Draw, error) {
	data, err := c.Open(m.Model)
	if err != nil {
		return nil, err
	}
	model, err := ReadModel(m.Model, data, func(uri string) ([]byte, error) {
		return c.Open(path.Join(path.Dir(m.Model), uri))
	})
	if err != nil {
		return nil, err
	}
	at, items, err := m.places(c)
	if err != nil {
		return nil, err
	}
	f := frame(at)
	for i, p := range at {
		items[i].Position = local(f, p)
	}
	images := map[*image.NRGBA]*drawable.Image{}
	var out []drawable.Draw
	for i := range model.Parts {
		out = append(out, drawable.Draw{What: (&drawable.Instances{Mesh: part(&model.Parts[i], images), Frame: f.Matrix(), Items: items}).Bound()})
	}
	return out, nil
}

// ReadModel decodes a model of a format that the layer draws, told by content: glb and glTF,
// and in a program built with the tag g3n OBJ and COLLADA. open reads the files beside it;
// errors begin with name.
func ReadModel(name string, data []byte, open glb.Open) (*glb.Model, error) {
	if objdae.Detect(data) != "" {
		return objdae.Read(name, data, open)
	}
	m, err := glb.ReadModel(data, open)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// places lists where the copies stand, in ECEF, with all but their position.
func (m *Model) places(c *Context) ([]mgl64.Vec3, []drawable.Instance, error) {
	white := [4]uint8{255, 255, 255, 255}
	if m.At != nil {
		s := float32(m.Scale.Constant)
		p := c.place([2]float64{m.At.Lng, m.At.Lat}, m.At.Height+m.Height.Constant)
		return []mgl64.Vec3{p.ECEF()}, []drawable.Instance{{Yaw: yaw(m.Heading.Constant), Scale: [2]float32{s, s}, Color: white}}, nil
	}
	t, err := c.rows()
	if err != nil {
		return nil, nil, fmt.Errorf("%w, or a place in at", err)
	}
	scales, err := m.Scale.Numbers(t)
	if err != nil {
		return nil, nil, err
	}
	headings, err := m.Heading.Numbers(t)
	if err != nil {
		return nil, nil, err
	}
	heights, err := m.Height.Numbers(t)
	if err != nil {
		return nil, nil, err
	}
	var at []mgl64.Vec3
	var items []drawable.Instance
	for i, g := range t.Geometry {
		p, ok := foot(g)
		if !ok || !(scales[i] > 0) {
			c.Skip(t.IDs[i], "no place or no scale")
			continue
		}
		at = append(at, c.place(p, heights[i]).ECEF())
		items = append(items, drawable.Instance{Yaw: yaw(headings[i]), Scale: [2]float32{float32(scales[i]), float32(scales[i])}, Color: white, Feature: uint32(i)})
	}
	return at, items, nil
}

// yaw turns a heading into radians counter-clockwise: a model's front looks north at 0.
func yaw(heading float64) float32 { return float32(-earth.Radians(heading)) }

// part packs one part of a model.
func part(p *glb.Part, images map[*image.NRGBA]*drawable.Image) *drawable.Mesh {
	s := p.Material
	m := &drawable.Material{Name: s.Name, Roughness: s.Roughness, Metallic: s.Metallic, Reflectance: 0.5, Color: s.BaseColor, Emission: s.Emission, DoubleSided: s.DoubleSided}
	if s.Unlit {
		m.Model = drawable.Unlit
	}
	if s.Blend {
		m.Blend = drawable.Alpha
	}
	if t := s.Texture; t != nil {
		if images[t] == nil {
			images[t] = &drawable.Image{Name: s.Name, Width: t.Rect.Dx(), Height: t.Rect.Dy(), Channels: 4, SRGB: true, Pixels: t.Pix}
		}
		m.Texture = images[t]
	}
	d := &drawable.Mesh{Name: p.Name, Material: m, Indices: p.Indices, Vertices: make([]drawable.Vertex, len(p.Positions))}
	for i := range d.Vertices {
		v := &d.Vertices[i]
		v.Position, v.Normal, v.Color = p.Positions[i], drawable.EncodeNormal(p.Normals[i]), p.Colors[i]
		if p.UVs != nil {
			v.UV = p.UVs[i]
		}
	}
	return d.Bound()
}

// Files lists the files that the layer reads.
func (m *Model) Files() []string { return []string{m.Model} }
