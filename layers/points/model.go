package points

import (
	"fmt"
	"image"
	"path"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/align"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/objdae"
	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var modelType = layer.Register(scene.Type{Name: "model", Group: "points", Doc: "glTF, OBJ or COLLADA models at points",
	New:      func() any { return &Model{Scale: scale.NumberBy{Constant: 1}, Heading: scale.NumberBy{}} },
	Examples: []scene.Example{{Layer: `model: pyramid.glb, at: {lng: -30.5, lat: 36.508, height: 0}, scale: 400`}},
})

// Model places a model at every point of its rows, or at one place.
type Model struct {
	Model   string         `json:"model" required:"true" format:"path" doc:"glb, gltf, obj or dae file; the last two where built with the tag g3n, as make build does"`
	At      *scene.Place   `json:"at" doc:"one place, instead of the rows of a source"`
	Scale   scale.NumberBy `json:"scale" doc:"multiplies the model's metres"`
	Heading scale.NumberBy `json:"heading" doc:"degrees clockwise from north that the model's front (its -z) looks to"`
	Height  scale.NumberBy `json:"height" doc:"metres above where it stands"`
	// Control points place the model instead of at, scale and heading.
	Control  []ControlPoint `json:"control" doc:"three or more points of the model with their places: it is turned, scaled and moved to fit them best"`
	Rigid    bool           `json:"rigid" doc:"control points only turn and move the model: a unit stays a metre"`
	Glass    *mark.Glass    `json:"glass" doc:"what all of the model is made of; without it, of what its file says (KHR_materials_transmission, _ior, _volume)"`
	Replaces bool           `json:"replaces" fixed:"true" doc:"buildings under the model, placed by at or control, are not built"`
}

// ControlPoint is a point of a model and where it belongs.
type ControlPoint struct {
	Model [3]float64  `json:"model" required:"true" doc:"x, y (up) and z in the model's file"`
	At    scene.Place `json:"at" required:"true" doc:"its place; height is above the ground where the layer is clamped"`
}

// CheckScene refuses what cannot be placed.
func (m *Model) CheckScene(fail func(field, found, allowed string)) {
	if n := len(m.Control); n == 1 || n == 2 {
		fail("control", fmt.Sprintf("%d points", n), "three or more are needed")
	}
	if m.At != nil && m.Control != nil {
		fail("control", "both at and control", "one of them places the model")
	}
	if m.Replaces && m.At == nil && m.Control == nil {
		fail("replaces", "a model without a place of its own", "at or control has to place it")
	}
}

// NeedsSource tells a model without a place of its own.
func (m *Model) NeedsSource() bool { return m.At == nil && m.Control == nil }

// Placement is where a model of one place stands; ok is false for models at the points
// of rows. ground is the height of the ground that places are above, nil for places above
// the ellipsoid.
func (m *Model) Placement(ground func(lng, lat float64) float64, altitude float64) (p align.Placement, ok bool, err error) {
	place := func(p scene.Place) earth.Place {
		h := p.Height + altitude
		if ground != nil {
			h += ground(p.Lng, p.Lat)
		}
		return earth.Place{Lng: p.Lng, Lat: p.Lat, Height: h}
	}
	switch {
	case m.Control != nil:
		points := make([]align.Control, len(m.Control))
		for i, c := range m.Control {
			points[i] = align.Control{Model: mgl64.Vec3{c.Model[0], -c.Model[2], c.Model[1]}, At: place(c.At)}
		}
		p, err = align.ByControl(points, !m.Rigid)
		return p, true, err
	case m.At != nil:
		at := place(*m.At)
		at.Height += m.Height.Constant
		return align.At(at, m.Heading.Constant, m.Scale.Constant), true, nil
	}
	return p, false, nil
}

// body is a decoded model with its parts, in its own frame.
type body struct {
	*glb.Model
	meshes []*drawable.Mesh
}

type bodyKey string

// Meshes are a model of the scene's folder and its parts in its own frame, x east, y north, z up,
// which must not be changed.
func Meshes(c *layer.Context, name string) (*glb.Model, []*drawable.Mesh, error) {
	b, err := layer.Keep(c, bodyKey(name), func() (body, error) {
		data, err := c.Open(name)
		if err != nil {
			return body{}, err
		}
		model, err := ReadModel(name, data, func(uri string) ([]byte, error) { return c.Open(path.Join(path.Dir(name), uri)) })
		if err != nil {
			return body{}, err
		}
		out, images := body{Model: model}, map[*image.NRGBA]*drawable.Image{}
		for i := range model.Parts {
			out.meshes = append(out.meshes, packed(&model.Parts[i], images))
		}
		return out, nil
	})
	return b.Model, b.meshes, err
}

// Placements are where the copies of a model at rows stand; what has no place or no scale is skipped.
func (m *Model) Placements(c *layer.Context) (out []align.Placement, err error) {
	at, items, err := m.places(c)
	for i, p := range at {
		out = append(out, align.At(earth.FromECEF(p), -earth.Degrees(float64(items[i].Yaw)), float64(items[i].Scale[0])))
	}
	return out, err
}

// Draw makes instances of each part of the model.
func (m *Model) Draw(c *layer.Context) ([]drawable.Draw, error) {
	model, meshes, err := Meshes(c, m.Model)
	if err != nil {
		return nil, err
	}
	meshes = m.glazed(meshes, model)
	ground := c.Ground
	if c.Layer.Clamp != "ground" {
		ground = nil
	}
	if m.Control != nil {
		p, _, err := m.Placement(ground, c.Layer.Altitude)
		if err != nil {
			return nil, err
		}
		return placed(model, meshes, p), nil
	}
	at, items, err := m.places(c)
	if err != nil {
		return nil, err
	}
	f := layer.Frame(at)
	for i, p := range at {
		items[i].Position = layer.Local(f, p)
	}
	var out []drawable.Draw
	for _, mesh := range meshes {
		out = append(out, drawable.Draw{What: (&drawable.Instances{Mesh: mesh, Frame: f.Matrix(), Items: items}).Bound()})
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

// placed bakes a placement into a model: drawn as it stands.
func placed(m *glb.Model, meshes []*drawable.Mesh, p align.Placement) []drawable.Draw {
	frame := p.Frame.Matrix()
	var out []drawable.Draw
	for i := range m.Parts {
		d := *meshes[i]
		d.Frame, d.Vertices = frame, slices.Clone(d.Vertices)
		for k := range d.Vertices {
			v, n := m.Parts[i].Positions[k], m.Parts[i].Normals[k]
			q := p.Apply(mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])})
			r := p.Rotation.Mul3x1(mgl64.Vec3{float64(n[0]), float64(n[1]), float64(n[2])})
			d.Vertices[k].Position = [3]float32{float32(q[0]), float32(q[1]), float32(q[2])}
			d.Vertices[k].Normal = drawable.EncodeNormal([3]float32{float32(r[0]), float32(r[1]), float32(r[2])})
		}
		out = append(out, drawable.Draw{What: d.Bound()})
	}
	return out
}

// places lists where the copies stand, in ECEF, with all but their position.
func (m *Model) places(c *layer.Context) ([]mgl64.Vec3, []drawable.Instance, error) {
	white := [4]uint8{255, 255, 255, 255}
	if m.At != nil {
		s := float32(m.Scale.Constant)
		p := c.Place([2]float64{m.At.Lng, m.At.Lat}, m.At.Height+m.Height.Constant)
		return []mgl64.Vec3{p.ECEF()}, []drawable.Instance{{Yaw: yaw(m.Heading.Constant), Scale: [2]float32{s, s}, Color: white}}, nil
	}
	t, err := c.Rows()
	if err != nil {
		return nil, nil, fmt.Errorf("%w, or a place in at or control", err)
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
		p, ok := layer.Foot(g)
		if !ok || !(scales[i] > 0) {
			c.Skip(t.IDs[i], "no place or no scale")
			continue
		}
		at = append(at, c.Place(p, heights[i]).ECEF())
		items = append(items, drawable.Instance{Yaw: yaw(headings[i]), Scale: [2]float32{float32(scales[i]), float32(scales[i])}, Color: white, Feature: uint32(i)})
	}
	return at, items, nil
}

// yaw turns a heading into radians counter-clockwise: a model's front looks north at 0.
func yaw(heading float64) float32 { return float32(-earth.Radians(heading)) }

// packed is one part of a model in its own frame; images keeps pictures that parts share.
func packed(p *glb.Part, images map[*image.NRGBA]*drawable.Image) *drawable.Mesh {
	s := p.Material
	m := &drawable.Material{Name: s.Name, Roughness: s.Roughness, Metallic: s.Metallic, Reflectance: 0.5, Color: s.BaseColor, Emission: s.Emission, DoubleSided: s.DoubleSided}
	if s.Unlit {
		m.Model = drawable.Unlit
	}
	if r := s.Refraction; r.Transmission > 0 {
		m.Glass = drawable.Glass{Transmission: r.Transmission, IOR: r.IOR, Thickness: r.Thickness, Left: r.Left, Distance: r.Distance}
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

// ModelFile is the model's file.
func (m *Model) ModelFile() *string { return &m.Model }

// Files lists the files that the layer reads.
func (m *Model) Files() []string { return []string{m.Model} }
