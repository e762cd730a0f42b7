package points

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var lightType = layer.Register(scene.Type{Name: "light", Group: "points", Doc: "lamps that light what is around them, all round or into a cone; they cast no shadows",
	New: func() any {
		return &Light{Shape: "point", Color: scale.ColorBy{Constant: scene.Color{255, 255, 255, 255}}, Temperature: scale.NumberBy{Constant: 3000}, Lumens: scale.NumberBy{Constant: 1500},
			Height: scale.NumberBy{Constant: 4}, Pitch: scale.NumberBy{Constant: -90}, Angle: scale.NumberBy{Constant: 60}, Soft: 0.5, Size: 0.3}
	},
	Examples: []scene.Example{{Layer: `source: places, clamp: none, height: 500, lumens: 5e11, range: 4000, size: 120, color: "#ffd070", temperature: 0`}},
})

// Light is a lamp at every point of its rows.
type Light struct {
	layer.Rows
	Shape       string         `json:"shape" enum:"point,spot" doc:"shines all round, or into a cone"`
	Color       scale.ColorBy  `json:"color" doc:"colour, beside its temperature"`
	Temperature scale.NumberBy `json:"temperature" doc:"colour temperature in K, 1000 to 15000; 0 takes the colour alone"`
	Lumens      scale.NumberBy `json:"lumens" doc:"luminous flux"`
	Range       scale.NumberBy `json:"range" doc:"metres at which the light ends; 0 is where it has come down to a tenth of a lux"`
	Height      scale.NumberBy `json:"height" doc:"metres above where it stands"`
	Heading     scale.NumberBy `json:"heading" doc:"spot: degrees clockwise from north"`
	Pitch       scale.NumberBy `json:"pitch" doc:"spot: degrees up; -90 shines straight down"`
	Angle       scale.NumberBy `json:"angle" doc:"spot: degrees from one side of the cone to the other"`
	Soft        float64        `json:"soft" min:"0" max:"1" doc:"spot: share of the cone over which its light fades to the rim"`
	Size        float64        `json:"size" min:"0" max:"1000" doc:"metres across the ball that is seen to glow; 0 shows none"`
	Night       bool           `json:"night" doc:"shines in the dark only"`
}

const (
	lightEnd  = 0.1  // lux
	ballGlow  = 14.0 // emission of the ball that is seen
	maxLumens = 1e12
)

// Draw makes the lights, and the balls that are seen.
func (p *Light) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	var numbers [7][]float64
	for i, by := range []scale.NumberBy{p.Temperature, p.Lumens, p.Range, p.Height, p.Heading, p.Pitch, p.Angle} {
		if numbers[i], err = by.Numbers(t); err != nil {
			return nil, err
		}
	}
	lights, balls := &drawable.Lights{Night: p.Night}, &drawable.Points{Metres: true, Blend: drawable.Additive, Emission: ballGlow}
	var at, along []mgl64.Vec3
	for i, g := range t.Geometry {
		kelvin, lumens, reach, height, heading, pitch, angle := numbers[0][i], numbers[1][i], numbers[2][i], numbers[3][i], numbers[4][i], numbers[5][i], numbers[6][i]
		if colors[i][3] == 0 || !(lumens > 0) {
			continue
		}
		where := layer.Points(g)
		if len(where) == 0 {
			c.Skip(t.IDs[i], "no point geometry")
			continue
		}
		l := drawable.Light{Inner: 1, Outer: -1}
		if p.Shape == "spot" {
			half := earth.Radians(mgl64.Clamp(angle, 1, 359) / 2)
			l.Inner, l.Outer = float32(math.Cos(half*(1-p.Soft))), float32(math.Cos(half))
		}
		color := mgl64.Vec3{scene.Linear(colors[i][0]), scene.Linear(colors[i][1]), scene.Linear(colors[i][2])}
		if kelvin > 0 {
			k := planck(kelvin)
			color = mgl64.Vec3{color[0] * k[0], color[1] * k[1], color[2] * k[2]}
		}
		y := color.Dot(luminance)
		if y <= 0 {
			continue // black
		}
		candela := drawable.Candela(min(lumens, maxLumens), float64(l.Inner), float64(l.Outer)) * float64(colors[i][3]) / 255
		for k := range l.Intensity {
			l.Intensity[k] = float32(color[k] / y * candela)
		}
		if l.Range = float32(reach); !(reach > 0) {
			l.Range = float32(math.Sqrt(candela / lightEnd))
		}
		for _, q := range where {
			place := c.Place(q, height)
			at, along = append(at, place.ECEF()), append(along, earth.FrameAt(place).DirFromLocal(aim(heading, pitch)))
			lights.Items = append(lights.Items, l)
			balls.Vertices = append(balls.Vertices, drawable.PointVertex{Size: float32(p.Size), Color: shown(color), Feature: uint32(i)})
		}
	}
	f := layer.Frame(at)
	lights.Frame, balls.Frame = f.Matrix(), f.Matrix()
	for i, q := range at {
		lights.Items[i].Position = layer.Local(f, q)
		balls.Vertices[i].Position = layer.Local(f, q)
		d := f.DirToLocal(along[i])
		lights.Items[i].Direction = [3]float32{float32(d[0]), float32(d[1]), float32(d[2])}
	}
	out := []drawable.Draw{{What: lights.Bound()}}
	if p.Size > 0 {
		out = append(out, drawable.Draw{What: balls.Bound()})
	}
	return out, nil
}

// aim is a direction east, north and up, by heading and pitch in degrees.
func aim(heading, pitch float64) mgl64.Vec3 {
	sh, ch := math.Sincos(earth.Radians(heading))
	sp, cp := math.Sincos(earth.Radians(pitch))
	return mgl64.Vec3{sh * cp, ch * cp, sp}
}

// luminance of linear sRGB (ITU-R BT.709).
var luminance = mgl64.Vec3{0.2126, 0.7152, 0.0722}

// planck is the colour of a black body in linear sRGB, of luminance 1: the Planckian locus
// by Krystek's fractions (1985, Color Research & Application 10), good to 15,000 K. What lies
// outside of sRGB is moved to its edge.
func planck(kelvin float64) mgl64.Vec3 {
	k := mgl64.Clamp(kelvin, 1000, 15000)
	u := (0.860117757 + 1.54118254e-4*k + 1.28641212e-7*k*k) / (1 + 8.42420235e-4*k + 7.08145163e-7*k*k)
	v := (0.317398726 + 4.22806245e-5*k + 4.20481691e-8*k*k) / (1 - 2.89741816e-5*k + 1.61456053e-7*k*k)
	x, y := 3*u/(2*u-8*v+4), 2*v/(2*u-8*v+4)
	xyz := mgl64.Vec3{x / y, 1, (1 - x - y) / y}
	rgb := mgl64.Mat3FromRows(mgl64.Vec3{3.2404542, -1.5371385, -0.4985314}, mgl64.Vec3{-0.9692660, 1.8760108, 0.0415560}, mgl64.Vec3{0.0556434, -0.2040259, 1.0572252}).Mul3x1(xyz)
	for i := range rgb {
		rgb[i] = math.Max(rgb[i], 0)
	}
	return rgb.Mul(1 / rgb.Dot(luminance))
}

// shown is a linear colour as bytes of sRGB, its largest channel full.
func shown(c mgl64.Vec3) (out [4]uint8) {
	most := math.Max(c[0], math.Max(c[1], c[2]))
	for k := range c {
		out[k] = scene.SRGB(c[k] / most)
	}
	out[3] = 255
	return out
}
