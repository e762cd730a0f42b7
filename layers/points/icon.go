package points

import (
	"fmt"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "icon", Group: "points", Doc: "pictures that face the viewer, from a file or a sheet of several, still or in motion",
	New: func() any {
		return &Icon{Columns: 1, Rows: 1, Size: scale.NumberBy{Constant: 48}, Unit: "px", Color: scale.ColorBy{Constant: scene.Color{255, 255, 255, 255}}, Anchor: "foot", Frames: 1, Period: 1, Emission: 1}
	},
	Examples: []scene.Example{
		{Layer: `source: places, image: icons.png, columns: 8, rows: 2, tile: {field: population, range: [0, 7]}, size: 84`},
		{Name: "sized", Doc: "icons as large as a value, shrinking with distance", Layer: `source: places, image: icons.png, columns: 8, rows: 2, tile: 2, unit: m, size: {field: population, range: [220, 700]}`},
		{Name: "animated", Doc: "frames of a sheet in turn", Layer: `source: sensors, image: icons.png, columns: 8, rows: 2, tile: 8, frames: 8, period: 1.2, anchor: middle, size: 40`},
	},
})

// Icon draws a picture at every point of its rows: 28 bytes a row on the GPU, which holds
// millions.
type Icon struct {
	mark.Where
	Image    string         `json:"image" required:"true" format:"path" doc:"PNG or JPEG, of one icon or a sheet of equal cells"`
	Columns  int            `json:"columns" min:"1" max:"256" doc:"cells beside each other"`
	Rows     int            `json:"rows" min:"1" max:"256" doc:"cells one below the other"`
	Tile     scale.NumberBy `json:"tile" doc:"cell of a row, from 0 at the upper left, row by row"`
	Frames   int            `json:"frames" min:"1" max:"4096" doc:"cells that are shown in turn, from its own on"`
	Period   float64        `json:"period" above:"0" max:"3600" unit:"s" doc:"of all frames"`
	Size     scale.NumberBy `json:"size" doc:"of a side"`
	Unit     string         `json:"unit" enum:"px,m" doc:"of the size: pixels of a 1080-line picture, or metres"`
	Least    float64        `json:"least" min:"0" max:"4096" unit:"px" doc:"smallest side on the screen"`
	Most     float64        `json:"most" min:"0" max:"4096" unit:"px" doc:"greatest side on the screen; 0 has no limit"`
	Angle    scale.NumberBy `json:"angle" unit:"°" doc:"turned clockwise on the screen"`
	Color    scale.ColorBy  `json:"color" doc:"multiplies the picture's"`
	Anchor   string         `json:"anchor" enum:"foot,middle" doc:"what lies at the place"`
	Height   scale.NumberBy `json:"height" unit:"m" doc:"above where it stands"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
}

// Draw makes one set of points.
func (p *Icon) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := p.Table(c)
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	n, err := numbers(t, p.Size, p.Height, p.Angle, p.Tile)
	if err != nil {
		return nil, err
	}
	sizes, heights, angles, tiles := n[0], n[1], n[2], n[3]
	img, err := mark.Sprite(c, p.Image)
	if err != nil {
		return nil, err
	}
	cells := p.Columns * p.Rows
	if img.Width < p.Columns || img.Height < p.Rows {
		return nil, fmt.Errorf("%s: %d×%d pixels are not %d×%d cells", p.Image, img.Width, img.Height, p.Columns, p.Rows)
	}
	d := &drawable.Points{
		Metres: p.Unit == "m", Least: float32(p.Least), Most: float32(p.Most), Blend: c.Blend(drawable.Alpha), Emission: float32(p.Emission),
		Sprites: &drawable.Sprites{Image: img, Columns: p.Columns, Rows: p.Rows, Frames: p.Frames, Period: float32(p.Period)},
	}
	if p.Anchor == "foot" {
		d.Anchor = [2]float32{0, -1}
	}
	spots := mark.Spots(c, t, func(i int) float64 { return heights[i] + p.Where.Height() }, func(i int) bool { return colors[i][3] > 0 && sizes[i] > 0 })
	mark.Set(d, spots, func(row int, v *drawable.PointVertex) {
		v.Size, v.Color, v.Angle = float32(sizes[row]), colors[row], drawable.Turned(angles[row])
		v.Tile = uint16(min(max(int(tiles[row]+0.5), 0), cells-1))
	})
	return []drawable.Draw{{What: d}}, nil
}

// Files lists the files that the layer reads, as a package brings them along.
func (p *Icon) Files() []*string { return []*string{&p.Image} }
