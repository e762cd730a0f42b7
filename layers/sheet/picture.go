package sheet

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// sampled is the most values of a field that a scale looks at.
const sampled = 1 << 16

// Colors resolves a colour against the known values of a field.
func Colors(by scale.ColorBy, f Field) (*scale.ColorMap, error) { return by.Resolve(f.Known()) }

// Known is a column of the field's known values, of large fields of some of them. Where no
// point reaches is no density: empty ground would be most of all classes of equal counts and
// of all percentiles.
func (f Field) Known() *table.Table {
	t := &table.Table{}
	col := table.Column{Name: f.Name, Kind: table.Number}
	each := len(f.Values)/sampled + 1
	for i := 0; i < len(f.Values); i += each {
		if v := f.Values[i]; !math.IsNaN(v) && !(f.Counted && v == 0) {
			col.Numbers = append(col.Numbers, v)
		}
	}
	if lo, hi, ok := f.Range(); ok { // the ends are in
		col.Numbers = append(col.Numbers, lo, hi)
	}
	t.IDs, t.Geometry, t.Columns = make([]string, len(col.Numbers)), nil, []table.Column{col}
	t.Geometry = append(t.Geometry, make([]orb.Geometry, len(col.Numbers))...)
	return t
}

// pictureSide bounds the pictures of fields.
const pictureSide = 2048

// Picture paints a field onto the ground: colour of a value, with its opacity in alpha.
func Picture(c *layer.Context, f *aggregate.Field, color func(v float64) scene.Color, emission float64, over drawable.Surfaces) []drawable.Draw {
	if f.W < 2 || f.H < 2 {
		return nil
	}
	sw, ne := f.Point(0, 0), f.Point(float64(f.W-1), float64(f.H-1))
	if ne[0]-sw[0] > 360 { // once round the Earth
		sw[0], ne[0] = f.Plan.Lng-180, f.Plan.Lng+180
	}
	r := drawable.Region{West: sw[0], South: sw[1], East: ne[0], North: ne[1], Mercator: f.Plan.Mercator}
	// Two texels a node, so that classes have smooth borders.
	k := math.Min(2, pictureSide/float64(max(f.W, f.H)))
	w, h := max(int(float64(f.W)*k), 2), max(int(float64(f.H)*k), 2)
	img := &drawable.Image{Name: c.Layer.ID, Width: w, Height: h, Channels: 4, SRGB: true, Pixels: make([]byte, 4*w*h)}
	xs := make([]float64, w)
	for i := range xs {
		lng, lat := r.At((float64(i)+0.5)/float64(w), 0.5)
		xs[i], _ = f.Plan.XY(lng, lat)
	}
	for j := range h {
		lng, lat := r.At(0.5, (float64(j)+0.5)/float64(h))
		_, y := f.Plan.XY(lng, lat)
		for i, x := range xs {
			rgba := color(f.AtXY(x, y))
			copy(img.Pixels[4*(j*w+i):], rgba[:])
		}
	}
	bleed(img)
	d := &drawable.Drape{Look: drawable.Picture, Over: over, Color: [4]float32{1, 1, 1, 1}, Emission: float32(emission),
		Tiles: []drawable.DrapeTile{{Region: r, Image: img, UV: [4]float32{0, 0, 1, 1}, Low: -500, High: 9000}}}
	return []drawable.Draw{{What: d}}
}

// bleed gives clear texels the colour of one beside them, so that filtering makes no dark rim.
func bleed(img *drawable.Image) {
	at := func(i, j int) []byte { return img.Pixels[4*(j*img.Width+i):][:4] }
	for j := range img.Height {
		for i := 1; i < img.Width; i++ {
			if p, q := at(i, j), at(i-1, j); p[3] == 0 {
				copy(p[:3], q[:3])
			}
		}
		for i := img.Width - 2; i >= 0; i-- {
			if p, q := at(i, j), at(i+1, j); p[3] == 0 && q[3] > 0 {
				copy(p[:3], q[:3])
			}
		}
	}
}

// Surfaces are what a layer's word for what it colours means.
func Surfaces(over string) drawable.Surfaces {
	switch over {
	case "ground":
		return drawable.OverGround
	case "all":
		return drawable.OverGround | drawable.OverRoads | drawable.OverWater | drawable.OverSolids
	}
	return drawable.OverGround | drawable.OverRoads | drawable.OverWater
}
