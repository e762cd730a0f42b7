package weather

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "volume", Group: "volumes", Doc: "values in space as a cloud that one sees into: concentrations, temperatures, densities",
	New: func() any {
		return &Volume{Value: scale.NumberBy{Constant: 1}, Palette: "inferno", Radius: 500, Cells: 64, Density: 3, Emission: 1}
	},
	Examples: []scene.Example{
		{Layer: `source: sensors, value: {field: megawatt, range: [0, 1]}, height: 350, radius: 500, thickness: 400`},
		{Name: "lit", Doc: "a plume that the sun lights", Layer: `source: sensors, value: {field: megawatt, range: [0, 1]}, height: 500, radius: 420, thickness: 350, palette: greys, lit: 1, emission: 1.6, density: 5`},
	},
})

// Volume is a grid of values around the rows of its source, seen through.
type Volume struct {
	layer.Rows
	Value     scale.NumberBy `json:"value" doc:"of a row; where rows are close together it is their weighted mean"`
	Height    scale.NumberBy `json:"height" doc:"metres above where a row stands"`
	Radius    float64        `json:"radius" above:"0" max:"1e6" unit:"m" doc:"how far a row is felt"`
	Thickness float64        `json:"thickness" min:"0" max:"1e6" unit:"m" doc:"how far up and down; 0 is as the radius"`
	Low       *float64       `json:"low" min:"-1e30" max:"1e30" doc:"value of the palette's first colour, of nothing; without it 0"`
	High      *float64       `json:"high" min:"-1e30" max:"1e30" doc:"value of the palette's last colour; without it the highest there is"`
	Palette   string         `json:"palette" doc:"colours by name"`
	Cells     int            `json:"cells" min:"4" max:"256" doc:"cells along the longest side"`
	Density   float64        `json:"density" min:"0" max:"100" doc:"how much it hides: 1 lets a third through a radius of the highest value"`
	Emission  float64        `json:"emission" min:"0" max:"100" doc:"brightness of its colours"`
	Lit       float64        `json:"lit" min:"0" max:"1" doc:"share of its colours that the sun and the sky light; 0 are colours of data"`
}

// Draw spreads the rows over a grid.
func (p *Volume) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	values, err := p.Value.Numbers(t)
	if err != nil {
		return nil, err
	}
	heights, err := p.Height.Numbers(t)
	if err != nil {
		return nil, err
	}
	palette, err := transfer(p.Palette)
	if err != nil {
		return nil, err
	}
	var at []mgl64.Vec3
	var of []float64
	for i, g := range t.Geometry {
		ps := layer.Points(g)
		if len(ps) == 0 && g != nil {
			c.Skip(t.IDs[i], "no point geometry")
		}
		for _, q := range ps {
			if math.IsNaN(values[i]) || math.IsNaN(heights[i]) {
				c.Skip(t.IDs[i], "no value")
				continue
			}
			at = append(at, c.Place(orb.Point{q[0], q[1]}, heights[i]).ECEF())
			of = append(of, values[i])
		}
	}
	if len(at) == 0 {
		return nil, nil
	}
	thick := p.Thickness
	if thick == 0 {
		thick = p.Radius
	}
	f := layer.Frame(at)
	v := &drawable.Volume{Frame: f.Matrix(), Palette: palette, Density: float32(p.Density / p.Radius), Emission: float32(p.Emission), Lit: float32(p.Lit)}
	lo, hi := mgl64.Vec3{math.Inf(1), math.Inf(1), math.Inf(1)}, mgl64.Vec3{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	reach := mgl64.Vec3{p.Radius, p.Radius, thick}
	for i := range at {
		at[i] = f.ToLocal(at[i])
		for k := range 3 {
			lo[k], hi[k] = math.Min(lo[k], at[i][k]-reach[k]), math.Max(hi[k], at[i][k]+reach[k])
		}
	}
	v.Min, v.Max = lo, hi
	v.Grid = p.spread(c.Layer.ID, at, of, lo, hi.Sub(lo), reach)
	return []drawable.Draw{{What: v}}, nil
}

// spread fills the cells: the mean of the values around, weighted by a kernel of the
// distance (Epanechnikov 1969, squared), and less towards its rim.
func (p *Volume) spread(name string, at []mgl64.Vec3, of []float64, lo, size, reach mgl64.Vec3) *drawable.Voxels {
	cell := math.Max(math.Max(size[0], size[1]), size[2]) / float64(p.Cells)
	n := [3]int{}
	for k := range n {
		n[k] = min(max(int(math.Ceil(size[k]/cell)), 2), p.Cells)
	}
	weights, sums := make([]float64, n[0]*n[1]*n[2]), make([]float64, n[0]*n[1]*n[2])
	for i, q := range at {
		var from, to [3]int
		for k := range 3 {
			from[k] = max(int((q[k]-reach[k]-lo[k])/size[k]*float64(n[k])), 0)
			to[k] = min(int((q[k]+reach[k]-lo[k])/size[k]*float64(n[k]))+1, n[k])
		}
		for z := from[2]; z < to[2]; z++ {
			for y := from[1]; y < to[1]; y++ {
				for x := from[0]; x < to[0]; x++ {
					d := 0.0
					for k, j := range [3]int{x, y, z} {
						e := (lo[k] + (float64(j)+0.5)/float64(n[k])*size[k] - q[k]) / reach[k]
						d += e * e
					}
					if d >= 1 {
						continue
					}
					w, j := (1-d)*(1-d), (z*n[1]+y)*n[0]+x
					weights[j] += w
					sums[j] += w * of[i]
				}
			}
		}
	}
	low, high := 0.0, math.Inf(-1)
	for _, v := range of {
		high = math.Max(high, v)
	}
	if p.Low != nil {
		low = *p.Low
	}
	if p.High != nil {
		high = *p.High
	}
	grid := &drawable.Voxels{Name: name, Width: n[0], Height: n[1], Depth: n[2], Values: make([]byte, len(sums))}
	for j, w := range weights {
		if w > 0 && high > low {
			s := (sums[j]/w - low) / (high - low) * math.Min(w, 1)
			grid.Values[j] = uint8(math.Round(255 * math.Min(math.Max(s, 0), 1)))
		}
	}
	return grid
}

// transfer is a palette whose colours are the denser the higher their value is.
func transfer(name string) (*drawable.Image, error) {
	of, ok := assets.Palette(name)
	if !ok {
		return nil, fmt.Errorf("there is no palette %q", name)
	}
	const n = 256
	img := &drawable.Image{Name: "volume palette " + name, Width: n, Height: 1, Channels: 4, SRGB: true}
	for i := range n {
		share := float64(i) / (n - 1)
		at := share * float64(len(of.Colors)-1)
		k := min(int(at), len(of.Colors)-2)
		a, b := of.Colors[k], of.Colors[k+1]
		c := scene.Color{a[0], a[1], a[2], 255}.Mix(scene.Color{b[0], b[1], b[2], 255}, at-float64(k))
		img.Pixels = append(img.Pixels, c[0], c[1], c[2], uint8(math.Round(255*share*share)))
	}
	return img, nil
}

var _ = layer.Register(scene.Type{Name: "radar-volume", Group: "volumes", Doc: "the space that a radar looks at: a sector of a ball, with a beam that goes round in it",
	New: func() any {
		return &RadarVolume{Radius: scale.NumberBy{Constant: 2000}, Color: scene.Color{70, 220, 150, 255}, High: 40, Rings: 4, Density: 0.5, Emission: 1, Beam: 50, Period: scene.Seconds(6)}
	},
	Examples: []scene.Example{
		{Layer: `source: places, radius: 420`},
		{Name: "sector", Doc: "a radar that looks one way", Layer: `source: places, radius: 600, fromBearing: 300, toBearing: 60, high: 25, period: 0s, color: "#ff9a50"`},
	},
})

// RadarVolume is a sector of a ball at every point of its rows.
type RadarVolume struct {
	layer.Rows
	Radius   scale.NumberBy `json:"radius" doc:"metres"`
	Color    scene.Color    `json:"color" doc:"colour"`
	From     float64        `json:"fromBearing" min:"0" max:"360" unit:"°" doc:"bearing at which the sector begins, clockwise from north"`
	To       float64        `json:"toBearing" min:"0" max:"360" unit:"°" doc:"bearing at which it ends; the same is all round"`
	Low      float64        `json:"low" min:"-90" max:"90" unit:"°" doc:"lowest elevation"`
	High     float64        `json:"high" min:"-90" max:"90" unit:"°" doc:"highest elevation"`
	Rings    int            `json:"rings" min:"0" max:"50" doc:"shells at even distances"`
	Beam     float64        `json:"beam" min:"0" max:"360" unit:"°" doc:"width of the beam's light"`
	Period   scene.Time     `json:"period" min:"0" max:"3600" unit:"s" doc:"in which the beam comes round; 0 has none"`
	Density  float64        `json:"density" min:"0" max:"100" doc:"how much it hides: 1 lets a third through a radius"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness"`
}

// maxRadars bounds the bodies of a layer: each is marched through for every pixel.
const maxRadars = 64

// Draw makes a body for each point.
func (p *RadarVolume) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	radii, err := p.Radius.Numbers(t)
	if err != nil {
		return nil, err
	}
	var out []drawable.Draw
	for i, g := range t.Geometry {
		ps := layer.Points(g)
		if len(ps) == 0 && g != nil {
			c.Skip(t.IDs[i], "no point geometry")
		}
		for _, q := range ps {
			r := radii[i]
			if !(r > 0) || len(out) == maxRadars {
				c.Skip(t.IDs[i], "no radius, or more than 64 radars")
				continue
			}
			low := 0.0
			if p.Low < 0 {
				low = r * math.Sin(earth.Radians(p.Low))
			}
			out = append(out, drawable.Draw{What: &drawable.Volume{
				Frame: earth.FrameAt(c.Place(q, 0)).Matrix(), Min: [3]float64{-r, -r, low}, Max: [3]float64{r, r, math.Max(r*math.Sin(earth.Radians(p.High)), low+1)},
				Density: float32(p.Density / r), Emission: float32(p.Emission),
				Sector: drawable.Sector{Radius: r, From: p.From, To: p.To, Low: p.Low, High: p.High, Period: p.Period.Seconds(), Beam: p.Beam, Rings: p.Rings,
					Color: p.Color.Opaque()},
			}})
		}
	}
	return out, nil
}
