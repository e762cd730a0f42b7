package panels

import (
	"fmt"
	"image"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "mini-map", Group: "panels", Doc: "overview of the scene from above with where the camera stands and what it sees",
	New: func() any {
		return &MiniMap{Panel: New("bottom-right"), Size: 260, Shape: "square", Fill: scale.ColorBy{Constant: scene.Color{255, 255, 255, 40}}, Line: scale.ColorBy{Constant: scene.Color{214, 226, 238, 150}}, LineWidth: 1}
	},
	Examples: []scene.Example{
		{Layer: `source: zones, fill: { field: rent, palette: blues }, size: 300, anchor: center, zoom: 2.6`},
		{Name: "round", Doc: "streets and houses within a circle that goes with the camera and turns with it", Layer: `source: city, shape: round, span: 1800, turn: true, glass: false, size: 300, anchor: center, zoom: 2.8`, Around: "city", Camera: `{ lng: -30.4985, lat: 36.505, height: 420, heading: 330, pitch: -24 }`},
		{Name: "globe", Doc: "a picture of the whole globe as the map", Layer: `image: globe.png, bounds: [-180, -90, 180, 90], size: 420, anchor: center, zoom: 2.2`, Camera: `{ lng: -30.5, lat: 30, height: 9000000, pitch: -90 }`},
	},
})

// MiniMap shows the rows of its source and a picture from above.
type MiniMap struct {
	layer.Whole
	Panel
	Size      float64       `json:"size" min:"60" max:"1000" unit:"px" doc:"its width; width and height of the panel hold where they are given"`
	Shape     string        `json:"shape" enum:"square,round" doc:"outline of the map"`
	Image     string        `json:"image" format:"path" doc:"PNG or JPEG below the rows, or without any: a map in longitudes and latitudes"`
	Bounds    []float64     `json:"bounds" unit:"°" doc:"west, south, east, north: of the image, and of what is shown"`
	Fill      scale.ColorBy `json:"fill" doc:"colour of areas"`
	Line      scale.ColorBy `json:"line" doc:"colour of lines and points"`
	LineWidth float64       `json:"lineWidth" min:"0" max:"20" unit:"px" doc:"width of lines"`
	Span      float64       `json:"span" min:"0" max:"2e7" unit:"m" doc:"how much ground it shows across, with the camera in its middle; 0 shows all there is, or the bounds"`
	Turn      bool          `json:"turn" doc:"what the camera looks at is up, instead of north"`
}

// CheckScene wants whole bounds.
func (m *MiniMap) CheckScene(fail func(field, found, allowed string)) {
	m.Panel.CheckScene(fail)
	b := m.Bounds
	switch {
	case len(b) == 0 && m.Image != "":
		fail("bounds", "nothing", "an image needs its west, south, east and north")
	case len(b) > 0 && (len(b) != 4 || !(b[0] < b[2]) || !(b[1] < b[3]) || b[2]-b[0] > 360 || b[1] < -90 || b[3] > 90):
		fail("bounds", fmt.Sprint(b), "west, south, east and north are allowed, in this order, up to 360° wide")
	}
}

// Files are those that a package takes along.
func (m *MiniMap) Files() []*string { return mark.Given(&m.Image) }

// Draw makes one panel.
func (m *MiniMap) Draw(c *layer.Context) ([]drawable.Draw, error) {
	shown := &overview{MiniMap: *m}
	var picture image.Image
	if m.Image != "" {
		data, err := c.Open(m.Image)
		if err != nil {
			return nil, err
		}
		if picture, err = decode(data); err != nil {
			return nil, fmt.Errorf("%s: %w", m.Image, err)
		}
	}
	if c.Table == nil && picture == nil {
		return nil, fmt.Errorf("a mini-map needs a source with areas or lines, or an image with bounds")
	}
	if err := shown.ground.survey(m, c, picture); err != nil {
		return nil, err
	}
	return m.Panel.Draw(c, shown)
}

// overview is a mini map with what it shows.
type overview struct {
	MiniMap
	ground plan
}

// Measure keeps the shape of what is shown, within a half and twice its width.
func (o *overview) Measure(_ *canvas.Fonts, width float64) (w, h float64) {
	if width == 0 {
		width = o.Size
	}
	if o.Shape == "round" || o.Span > 0 {
		return width, width
	}
	return width, width * min(max(o.ground.h/o.ground.w, 0.5), 2)
}

// seen is what of a view the map depends on.
type seen struct {
	eye     [2]float64
	height  float64
	corners [4][3]float64
}

// State is where the camera stands and what it sees.
func (o *overview) State(v *drawable.PanelView) any { return seen{v.Eye, v.Height, v.Corners} }

// Paint draws the ground, then the camera.
func (o *overview) Paint(p *Painter) {
	b := p.Box
	if o.Shape == "round" {
		side := min(b.W, b.H)
		b = canvas.Box{X: b.X + (b.W-side)/2, Y: b.Y + (b.H-side)/2, W: side, H: side}
	}
	m := o.aim(p.View, b, p.Scale())
	if o.Shape == "round" {
		x, y := b.Middle()
		p.Fill(canvas.Circle(x, y, b.W/2), canvas.Color(p.Background))
	}
	p.Lay(o.ground.picture(&o.MiniMap, m, b, p.Scale()), b.X, b.Y)
	inner := canvas.New(b.W, b.H, p.Scale(), p.Fonts)
	o.camera(inner, p, m)
	img := inner.Picture("camera")
	if o.Shape == "round" {
		rounded(img)
	}
	p.Lay(img, b.X, b.Y)
	if o.Shape == "round" {
		x, y := b.Middle()
		p.Stroke(canvas.Circle(x, y, b.W/2-p.Hairline()/2), p.Hairline(), p.Faint(0.3))
	}
	o.marker(p, m, b)
}

// aimed is how metres of the plan come to pixels of the map's box.
type aimed struct {
	x, y     float64 // of the plan, in the middle of the box
	w, h     float64 // of the box
	scale    float64 // pixels a metre
	sin, cos float64 // the map's turn
}

// aim is where the map looks in a view; a map that goes with the camera steps by whole pixels.
func (o *overview) aim(v *drawable.PanelView, b canvas.Box, pixels float64) aimed {
	g := &o.ground
	a := aimed{x: g.x, y: g.y, w: b.W, h: b.H, scale: min(b.W/g.w, b.H/g.h), cos: 1}
	if o.Span > 0 {
		a.scale = b.W / o.Span
		a.x, a.y = g.at(v.Eye[0], v.Eye[1])
		step := 1 / (a.scale * pixels)
		a.x, a.y = math.Round(a.x/step)*step, math.Round(a.y/step)*step
	}
	if o.Turn {
		a.sin, a.cos = math.Sincos(math.Round(heading(v)*5) / 5 * math.Pi / 180)
	}
	return a
}

// to is a point of the plan on the map.
func (a *aimed) to(x, y float64) canvas.Point {
	x, y = (x-a.x)*a.scale, (y-a.y)*a.scale
	return canvas.Point{X: a.w/2 + x*a.cos - y*a.sin, Y: a.h/2 - x*a.sin - y*a.cos}
}

// from is the point of the plan below one of the map.
func (a *aimed) from(p canvas.Point) (x, y float64) {
	u, v := (p.X-a.w/2)/a.scale, (a.h/2-p.Y)/a.scale
	return a.x + u*a.cos + v*a.sin, a.y - u*a.sin + v*a.cos
}
