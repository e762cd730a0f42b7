package globe

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "ring", Group: "globe", Doc: "a ring around the globe: a band in a plane that may be tilted, fading to its rims",
	New: func() any {
		return &Ring{Inner: 1.3, Outer: 1.7, Color: scene.Color{120, 190, 255, 190}, Emission: 1, Parts: 1}
	},
	Examples: []scene.Example{
		{Layer: `tilt: 20`, Camera: `{lng: 15, lat: 22, height: 2.6e7, pitch: -90}`, Time: morning},
		{Name: "parts", Doc: "a ring of dashes that stand off the globe", Layer: `inner: 1.25, outer: 1.32, tilt: -15, parts: 48, color: "#40e0ff", emission: 2`, Camera: `{lng: 15, lat: 22, height: 2.4e7, pitch: -90}`, Time: "2026-06-21T21:00:00Z"},
	},
})

// Ring is a flat band around the Earth.
type Ring struct {
	Inner    float64     `json:"inner" min:"1.001" max:"20" doc:"radius of its inner rim, of the Earth's"`
	Outer    float64     `json:"outer" min:"1.001" max:"20" doc:"radius of its outer rim, of the Earth's"`
	Tilt     float64     `json:"tilt" min:"-90" max:"90" unit:"°" doc:"of its plane against the equator's"`
	Node     float64     `json:"node" min:"-180" max:"180" unit:"°" doc:"longitude about which it is tilted"`
	Color    scene.Color `json:"color" doc:"colour in its middle"`
	Emission float64     `json:"emission" min:"0" max:"100" doc:"brightness"`
	Parts    int         `json:"parts" min:"1" max:"720" doc:"into how many dashes it is cut; 1 is whole"`
}

// ringSteps is the segments of a whole ring.
const ringSteps = 360

// Draw makes one mesh.
func (p *Ring) Draw(c *layer.Context) ([]drawable.Draw, error) {
	e := float32(p.Emission)
	m := &drawable.Material{Name: "ring", Model: drawable.Unlit, Blend: c.Blend(drawable.Alpha), Color: [4]float32{e, e, e, 1}, DoubleSided: true}
	turn := mgl64.Rotate3DZ(earth.Radians(p.Node)).Mul3(mgl64.Rotate3DX(earth.Radians(p.Tilt)))
	d := &drawable.Mesh{Name: c.Layer.ID, Frame: mgl64.Ident4(), Material: m}
	inner, outer := min(p.Inner, p.Outer)*earth.A, max(p.Inner, p.Outer)*earth.A
	n := turn.Mul3x1(mgl64.Vec3{0, 0, 1})
	normal := drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
	steps := ringSteps
	if p.Parts > 1 {
		steps = 2 * p.Parts * max(ringSteps/(2*p.Parts), 1)
	}
	const across = 5 // rims and middles
	for i := range steps + 1 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(steps))
		for k := range across {
			share := float64(k) / (across - 1)
			r := inner + share*(outer-inner)
			v := turn.Mul3x1(mgl64.Vec3{r * cos, r * sin, 0})
			color := p.Color
			if p.Parts == 1 {
				color[3] = uint8(float64(color[3]) * math.Sin(math.Pi*share))
			}
			d.Vertices = append(d.Vertices, drawable.Vertex{Position: [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}, Normal: normal, Color: color})
		}
	}
	for i := range steps {
		if p.Parts > 1 && i*2*p.Parts/steps%2 == 1 {
			continue
		}
		for k := range across - 1 {
			a := uint32(i*across + k)
			b := a + across
			d.Indices = append(d.Indices, a, a+1, b+1, a, b+1, b)
		}
	}
	return []drawable.Draw{{What: d.Bound(), NoShadow: true}}, nil
}
