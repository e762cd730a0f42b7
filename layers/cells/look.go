package cells

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

type vec3 = mgl64.Vec3

// Look is how cells are drawn; types embed it.
type Look struct {
	Color    scale.ColorBy  `json:"color" doc:"colour, by count or by an operation on a field such as mean(speed); of cells by id by a field itself, too"`
	Height   scale.NumberBy `json:"height" doc:"metres of the cell above the ground, by count or by an operation on a field; 0 is flat"`
	Coverage float64        `json:"coverage" above:"0" max:"1" doc:"share of the cell's width that is filled"`
	From     float64        `json:"percentileFrom" min:"0" max:"100" doc:"cells whose colour's value is below this percentile are left out"`
	To       float64        `json:"percentileTo" min:"0" max:"100" doc:"cells whose colour's value is above this percentile are left out"`
	Alpha    float64        `json:"alpha" min:"0" max:"1" doc:"how much flat cells cover the ground"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness of flat cells; above 1 glows"`
	Glow     float64        `json:"glow" min:"0" max:"100" doc:"light of raised cells' own"`
	Gradient float64        `json:"gradient" min:"0" max:"1" doc:"how dark the feet of raised cells are"`
	Grow     float64        `json:"grow" min:"0" max:"1" doc:"share of the heights that is there: set by a story, cells grow"`
	Edge     sheet.Edge     `json:"edge" doc:"line around flat cells and the tops of raised ones"`
}

func newLook() Look {
	l := Look{Color: scale.By("count", "viridis"), Coverage: 0.94, To: 100, Alpha: 0.8, Emission: 0.9, Glow: 0.22, Gradient: 0.45, Grow: 1}
	l.Edge.SetDefaults()
	return l
}

// cellsOf are the cells that are drawn.
type cellsOf struct {
	n       int
	outline func(k int) orb.Ring
	bins    *aggregate.Bins // that they are, all of about one shape; else nil
}

// draw draws cells whose numbers a table has.
func (l *Look) draw(c *layer.Context, t *table.Table, cells cellsOf) ([]drawable.Draw, error) {
	colors, err := l.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	heights, err := l.Height.Numbers(t)
	if err != nil {
		return nil, err
	}
	if l.Height.By != nil { // a cell of no height among raised ones is a plate
		least := 0.0
		for _, h := range heights {
			least = math.Max(least, h/200)
		}
		for i, h := range heights {
			if h < least {
				heights[i] = least
			}
		}
	}
	for i := range heights {
		heights[i] *= l.Grow
	}
	shown := make([]bool, cells.n)
	for i := range shown {
		shown[i] = true
	}
	if l.Color.By != nil && (l.From > 0 || l.To < 100) {
		values, err := t.Numbers(l.Color.By.Field)
		if err != nil {
			return nil, err
		}
		shown = between(values, l.From, l.To)
	}
	var all []orb.Geometry
	var raised []int
	outlines := make([]orb.Ring, cells.n)
	for i := range outlines {
		shown[i] = shown[i] && colors[i][3] > 0 && l.Grow != 0
		switch {
		case !shown[i]:
		case heights[i] > 0:
			raised = append(raised, i)
		default:
			outlines[i] = cells.outline(i)
			all = append(all, orb.Polygon{outlines[i]})
		}
	}
	var copies []drawable.Draw
	copied := false
	if cells.bins != nil && l.Edge.Width <= 0 && len(raised) > 0 {
		copies, copied = l.copied(c, cells.bins, raised, heights, colors)
	}
	step := sheet.Step(c, 60, all)
	flat, solid, rim := sheet.New(c, sheet.Flat(c, l.Alpha, l.Emission)), sheet.New(c, sheet.Solid(c, l.Glow)), sheet.NewRim(l.Edge)
	flat.Bias = sheet.FlatBias
	for i, r := range outlines {
		color, h := colors[i], heights[i]
		if !shown[i] || copied && h > 0 {
			continue
		}
		if h > 0 {
			r = cells.outline(i)
		}
		if len(r) < 4 {
			continue
		}
		poly := orb.Polygon{r}
		if h > 0 {
			foot := color.Mix(scene.Color{0, 0, 0, color[3]}, l.Gradient)
			solid.Prism(poly, sheet.Prism{Height: h, Top: color, Wall: color, WallFoot: foot}, uint32(i), func(at []vec3) { rim.Path(at, color, uint32(i)) })
			continue
		}
		flat.Flat(poly, step, color, uint32(i))
		rim.Rings(c, poly, color, uint32(i))
	}
	return slices.Concat(flat.Draws(), solid.Draws(), copies, rim.Draws(c)), nil
}

// shrink draws a ring together about its middle.
func shrink(r orb.Ring, share float64) orb.Ring {
	if share >= 1 || len(r) < 4 {
		return r
	}
	var x, y float64
	for _, p := range r[1:] {
		x, y = x+p[0]/float64(len(r)-1), y+p[1]/float64(len(r)-1)
	}
	out := make(orb.Ring, len(r))
	for i, p := range r {
		out[i] = orb.Point{x + (p[0]-x)*share, y + (p[1]-y)*share}
	}
	return out
}

// percentile of the known values.
func percentile(values []float64, p float64) float64 {
	known := slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	if len(known) == 0 {
		return math.NaN()
	}
	slices.Sort(known)
	at := p / 100 * float64(len(known)-1)
	k := min(int(at), max(len(known)-2, 0))
	return known[k] + (known[min(k+1, len(known)-1)]-known[k])*(at-float64(k))
}
