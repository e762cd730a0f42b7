package decor

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "neon", Group: "decoration", Doc: "words of glowing tubes, standing in the city",
	New: func() any {
		return &Neon{Size: 12, Heading: scale.NumberBy{Constant: 180}, Color: scene.Color{255, 60, 150, 255}, Glow: 1, Emission: 4}
	},
	Examples: []scene.Example{
		{Layer: `at: {lng: -30.505, lat: 36.499}, text: Porto Largo, size: 420, foot: 300, heading: 180`, Time: "2026-06-21T21:40:00Z"},
		{Name: "field", Doc: "the names of places as signs", Layer: `source: places, field: name, size: 150, foot: 120, color: "#46e0ff"`, Time: "2026-06-21T21:40:00Z"},
	},
})

// Neon draws a sign for one text, or for each row's text of a field: a picture of some
// 400 KB for each different text, of which there may be up to 500.
type Neon struct {
	mark.Where
	Text     string         `json:"text" doc:"words of all signs"`
	Field    string         `json:"field" doc:"field with the words of each row, instead of text"`
	Size     float64        `json:"size" above:"0" max:"100000" unit:"m" doc:"of the letters' em"`
	Foot     float64        `json:"foot" min:"0" max:"100000" unit:"m" doc:"of the letters above their place"`
	Heading  scale.NumberBy `json:"heading" unit:"°" doc:"where it is read from, clockwise from north"`
	Color    scene.Color    `json:"color" doc:"of the light around the tubes"`
	Glow     float64        `json:"glow" min:"0" max:"4" doc:"how much light there is around them"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness"`
}

const mostSigns = 500

// Draw makes a picture of each text, and stands it at its places.
func (p *Neon) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := p.Table(c)
	if err != nil {
		return nil, err
	}
	headings, err := p.Heading.Numbers(t)
	if err != nil {
		return nil, err
	}
	words := make([]string, t.Rows())
	for i := range words {
		words[i] = p.Text
	}
	if p.Field != "" {
		if words, err = t.Strings(p.Field); err != nil {
			return nil, err
		}
	} else if p.Text == "" {
		return nil, fmt.Errorf("a sign needs a text, or a field with one")
	}
	rows, order := map[string][]bool{}, []string{}
	for i, w := range words {
		if w == "" {
			c.Skip(t.IDs[i], "no words for a sign")
			continue
		}
		if rows[w] == nil {
			if len(order) == mostSigns {
				c.Skip(t.IDs[i], fmt.Sprintf("more than %d different signs", mostSigns))
				continue
			}
			rows[w], order = make([]bool, t.Rows()), append(order, w)
		}
		rows[w][i] = true
	}
	fonts := canvas.NewFonts(c.SystemFonts)
	e := float32(p.Emission)
	var out []drawable.Draw
	for _, w := range order {
		img, width, height := p.tubes(w, fonts)
		m := drawable.DefaultMaterial()
		m.Name, m.Model, m.Blend, m.Texture, m.Color, m.DoubleSided = "neon", drawable.Unlit, drawable.Additive, img, [4]float32{e, e, e, 1}, true
		mesh := upright(m, -width/2*p.Size, width/2*p.Size, 0, p.Foot+(0.35-height/2)*p.Size, p.Foot+(0.35+height/2)*p.Size)
		spots := mark.Spots(c, t, func(int) float64 { return p.Where.Height() }, func(i int) bool { return rows[w][i] && !math.IsNaN(headings[i]) })
		out = append(out, mark.Copies(mark.Groups(spots), mesh, func(row int, it *drawable.Instance) {
			it.Scale, it.Color, it.Yaw = [2]float32{1, 1}, mark.White, float32(math.Pi-earth.Radians(headings[row]))
		})...)
	}
	return out, nil
}

// tubes paints words as light: the tubes almost white, around them a near and a wide glow in
// their colour. The size is in ems.
func (p *Neon) tubes(words string, fonts *canvas.Fonts) (img *drawable.Image, width, height float64) {
	const em, margin = 120.0, 0.7
	style := canvas.Style{Size: em, Ink: canvas.Color(scene.Color{255, 255, 255, 255}), Align: 0.5}
	width, height = min(fonts.Width(words, style)/em, 40)+2*margin, 1+2*margin
	paint := canvas.New(width*em, height*em, 1, fonts)
	paint.Write(words, width*em/2, height*em/2, style)
	img = paint.Picture("neon " + words)
	img.SRGB = true
	n := img.Width * img.Height
	tube := make([]float32, n)
	for i := range tube {
		tube[i] = float32(img.Pixels[4*i+3]) / 255
	}
	near, wide := blurred(tube, img.Width, 0.05*em), blurred(tube, img.Width, 0.22*em)
	own := p.Color.Linear()
	for i := range n {
		glow := float32(p.Glow) * (0.22*near[i] + 0.16*wide[i])
		for k, v := range own[:3] {
			light := tube[i]*(0.45+0.55*v) + v*glow
			img.Pixels[4*i+k] = scene.SRGB(float64(light))
		}
		img.Pixels[4*i+3] = 255 // it adds light, and black adds none
	}
	return img, width, height
}

// blurred is three box filters, which are close to a Gaussian (Wells 1986).
func blurred(v []float32, width int, sigma float64) []float32 {
	radius := max(int(sigma), 1)
	out, line := append([]float32(nil), v...), make([]float32, max(width, len(v)/width))
	run := func(first, step, n int) {
		sum := float32(0)
		for i := -radius; i < n; i++ {
			if k := i + radius; k < n {
				sum += out[first+k*step]
			}
			if k := i - radius - 1; k >= 0 {
				sum -= out[first+k*step]
			}
			if i >= 0 {
				line[i] = sum / float32(2*radius+1)
			}
		}
		for i := range n {
			out[first+i*step] = line[i]
		}
	}
	for range 3 {
		for y := range len(v) / width {
			run(y*width, 1, width)
		}
		for x := range width {
			run(x, width, len(v)/width)
		}
	}
	return out
}
