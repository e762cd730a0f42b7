package cells

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "screen-grid", Group: "cells", Doc: "points gathered in squares of the picture, anew in every view",
	New: func() any {
		return &ScreenGrid{Color: scale.By("count", "viridis"), Size: 40, Coverage: 0.92, Alpha: 0.8}
	},
	Examples: []scene.Example{
		{Layer: `source: sensors, size: 60, color: {field: count, palette: ylorrd}`},
		{Name: "mean", Doc: "the mean of a field in each square", Layer: `source: sensors, size: 90, coverage: 1, alpha: 0.7, color: {field: mean(megawatt), palette: turbo}`},
	},
})

// ScreenGrid counts the rows that stand in each square of the picture and paints those that
// have some, over all that is drawn in the world and below panels. Colours without a fixed
// domain span what is in the view.
type ScreenGrid struct {
	layer.Rows
	layer.Whole
	Color    scale.ColorBy `json:"color" doc:"colour, by count or by an operation on a field such as mean(speed)"`
	Size     float64       `json:"size" min:"4" max:"1000" unit:"px" doc:"side of a square"`
	Coverage float64       `json:"coverage" above:"0" max:"1" doc:"share of a square's side that is filled"`
	Weight   string        `json:"weight" doc:"field by which rows count"`
	Alpha    float64       `json:"alpha" min:"0" max:"1" doc:"how much squares cover the picture"`
}

// Values has the columns that the scale names, without rows: what is in the squares depends on
// the view.
func (p *ScreenGrid) Values(*layer.Context) (*table.Table, error) {
	t := &table.Table{}
	for _, r := range fields(p.Color, scale.NumberBy{}) {
		t.Columns = append(t.Columns, table.Column{Name: r.name, Kind: table.Number})
	}
	return t, nil
}

// Draw finds where the rows stand; each frame counts those of its view.
func (p *ScreenGrid) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	lng, lat := sheet.Points(c, t)
	g := &screenGrid{ScreenGrid: *p, at: make([]mgl64.Vec3, len(lng)), stats: stats{rows: t, weight: p.Weight}}
	for i := range lng {
		g.at[i] = mgl64.Vec3{math.NaN()}
		if c.Shows(i) && !math.IsNaN(lng[i]) && !math.IsNaN(lat[i]) {
			g.at[i] = c.Place(orb.Point{lng[i], lat[i]}, 0).ECEF()
		}
	}
	if _, err := g.colors(aggregate.Groups{Of: make([]int32, len(lng)), N: min(len(lng), 1)}); err != nil {
		return nil, err // a field that does not exist is told before the first frame
	}
	return []drawable.Draw{{What: &drawable.Moving{Frame: mgl64.Ident4(), At: func(now drawable.Instant) drawable.Copies {
		if s := g.sheet(now.Screen); s != nil {
			return drawable.Copies{Draws: []drawable.Drawable{s}}
		}
		return drawable.Copies{}
	}}}}, nil
}

// screenGrid is the grid of a table; the picture of the last view is kept while that stands still.
type screenGrid struct {
	ScreenGrid
	at    []mgl64.Vec3 // ECEF; NaN where a row has no place
	stats stats
	last  drawable.Screen
	shown *drawable.Sheet
}

// colors of the squares.
func (g *screenGrid) colors(groups aggregate.Groups) ([]scene.Color, error) {
	s := g.stats
	s.groups = groups
	of, err := s.table(fields(g.Color, scale.NumberBy{})...)
	if err != nil {
		return nil, err
	}
	of.Geometry = make([]orb.Geometry, groups.N)
	return g.Color.Colors(of)
}

// sheet is the picture for a view; nil where no row is in it.
func (g *screenGrid) sheet(view drawable.Screen) *drawable.Sheet {
	if view == g.last {
		return g.shown
	}
	g.last, g.shown = view, nil
	if view.Width < 1 || view.Height < 1 {
		return nil
	}
	side := max(int(math.Round(g.Size*float64(view.Height)/1080)), 1)
	columns, lines := (view.Width+side-1)/side, (view.Height+side-1)/side
	groups := aggregate.Groups{Of: make([]int32, len(g.at))}
	number := make([]int32, columns*lines) // of a cell, from 1 on
	var cells []int
	horizon := newHorizon(view.Eye)
	for i, p := range g.at {
		groups.Of[i] = -1
		x, y, ok := view.At(p)
		if !ok || horizon.hides(p) || !(x >= 0 && y >= 0 && x < float64(view.Width) && y < float64(view.Height)) {
			continue
		}
		cell := int(y)/side*columns + int(x)/side
		if number[cell] == 0 {
			cells = append(cells, cell)
			number[cell] = int32(len(cells))
		}
		groups.Of[i] = number[cell] - 1
	}
	groups.N = len(cells)
	colors, err := g.colors(groups)
	if err != nil || groups.N == 0 {
		return nil
	}
	img := &drawable.Image{Name: "screen-grid", Width: view.Width, Height: view.Height, Channels: 4, Pixels: make([]byte, 4*view.Width*view.Height), Brief: true}
	gap := int(math.Round(float64(side) * (1 - g.Coverage)))
	for k, cell := range cells {
		x0, y0 := cell%columns*side+gap/2, cell/columns*side+gap/2
		fillBox(img, x0, y0, x0+side-gap, y0+side-gap, colors[k], g.Alpha)
	}
	g.shown = &drawable.Sheet{Image: img, Under: true}
	return g.shown
}

// fillBox paints a box of a picture of premultiplied colours.
func fillBox(img *drawable.Image, x0, y0, x1, y1 int, color scene.Color, alpha float64) {
	a := float64(color[3]) / 255 * alpha
	ink := [4]byte{3: byte(math.Round(255 * a))}
	for k := range 3 {
		ink[k] = byte(math.Round(float64(color[k]) * a))
	}
	for y := max(y0, 0); y < min(y1, img.Height); y++ {
		for x := max(x0, 0); x < min(x1, img.Width); x++ {
			copy(img.Pixels[4*(y*img.Width+x):], ink[:])
		}
	}
}

// horizon tells what the Earth hides from an eye: what is behind the plane of the horizon and
// within the cone to it, in the space in which the ellipsoid is a unit sphere (Ring 2013,
// Computing the horizon occlusion point).
type horizon struct {
	eye   mgl64.Vec3 // in ellipsoid radii
	plane float64    // squared distance to the horizon
}

func newHorizon(eye mgl64.Vec3) horizon {
	v := radii(eye)
	return horizon{v, v.Dot(v) - 1}
}

func radii(p mgl64.Vec3) mgl64.Vec3 {
	return mgl64.Vec3{p[0] / earth.A, p[1] / earth.A, p[2] / earth.B}
}

func (h horizon) hides(p mgl64.Vec3) bool {
	to := radii(p).Sub(h.eye)
	d := -to.Dot(h.eye)
	return h.plane > 0 && d > h.plane && d*d > h.plane*to.Dot(to)
}
