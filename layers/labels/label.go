package labels

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "label", Group: "labels", Doc: "text at places, shaped for any script, without overlaps",
	New: func() any {
		return &Label{Lettering: lettered(22), Anchor: "center", Backing: backed()}
	},
	Examples: []scene.Example{
		{Layer: `source: places, text: name, size: 60`},
		{Name: "leader", Doc: "text above its place, on a line down to it", Layer: `source: places, text: name, size: 52, leader: 110, clamp: ground, color: "#ffe9b0"`},
		{Name: "beside", Doc: "text beside its place, which stays free", Layer: `source: places, text: name, size: 60, anchor: left, offset: [24, 0]`},
		{Name: "values", Doc: "numbers with their unit", Layer: `source: sensors, text: megawatt, format: ".1f", unit: MW, size: 44, priority: megawatt, clamp: ground`},
		{Name: "plate", Doc: "text on plates with round corners, which drop a shadow; their colour stands for a value", Layer: `source: sensors, text: megawatt, format: ".1f", unit: MW, size: 56, clamp: ground, leader: 90, background: { field: megawatt, scale: quantise, range: ["#1f6f8b", "#2f9e8f", "#e0a458", "#d1495b"] }, radius: 30, shadow: "#00000070"`},
		{Name: "behind", Doc: "names that shine faintly through the houses before their places", Layer: `source: places, text: name, size: 40, height: 6, clamp: ground, behind: 0.25`, Around: "city"},
		{Name: "shadow", Doc: "letters that drop a shadow", Layer: `source: places, text: name, size: 60, haloWidth: 0, shadow: "#000000b0", shadowOffset: [3, 4]`},
	},
})

// Label writes a field of its rows.
type Label struct {
	layer.Rows
	Lettering
	Backing
	Leader float64    `json:"leader" min:"0" max:"400" unit:"px" doc:"length of a line from the text down to its place"`
	Anchor string     `json:"anchor" enum:"center,left,right,top,bottom,top-left,top-right,bottom-left,bottom-right" doc:"which part of the text is at its place: left stands right of it; not of leaders"`
	Offset [2]float64 `json:"offset" min:"-1000" max:"1000" unit:"px" doc:"to the right and down from there"`
}

// FormerKey tells what writes texts along lines now.
func (*Label) FormerKey(name string) string {
	if name == "along" {
		return "use the type line-label"
	}
	return ""
}

// Draw shapes every row's text into one set of glyphs.
func (l *Label) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	rows, setter, err := l.letters(c)
	if err != nil {
		return nil, err
	}
	plates, err := l.Background.Colors(t)
	if err != nil {
		return nil, err
	}
	g := &drawable.Glyphs{Hides: float32(1 - l.Behind)}
	l.dress(g)
	var at []mgl64.Vec3
	for i, s := range rows.texts {
		if s == "" || rows.colors[i][3] == 0 || !(rows.sizes[i] > 0) {
			continue
		}
		q, ok := layer.Foot(t.Geometry[i])
		if !ok {
			continue
		}
		first := len(g.Quads)
		var lo, hi [2]float32
		g.Quads, lo, hi = setter.Append(g.Quads, s, float32(rows.sizes[i]))
		if plates[i][3] > 0 {
			lo, hi = l.padded(lo, hi)
		}
		plate := [4]float32{lo[0], lo[1], hi[0], hi[1]}
		if l.Leader > 0 {
			lo, hi = l.raise(g, setter, first, lo, hi, float32(rows.sizes[i]))
			plate[1], plate[3] = float32(l.Leader), hi[1]
		} else {
			by := l.stand(lo, hi)
			for k := first; k < len(g.Quads); k++ {
				q := &g.Quads[k]
				q.Min, q.Max = moved(q.Min, by), moved(q.Max, by)
			}
			lo, hi = moved(lo, by), moved(hi, by)
			plate = [4]float32{lo[0], lo[1], hi[0], hi[1]}
		}
		g.Labels = append(g.Labels, drawable.Label{First: first, Count: len(g.Quads) - first, Color: rows.colors[i], Halo: l.Halo, HaloWidth: float32(l.HaloWidth),
			Min: lo, Max: hi, Plate: plate, PlateColor: plates[i], Priority: float32(rows.priorities[i]), Feature: uint32(i)})
		at = append(at, c.Place(q, rows.heights[i]).ECEF())
	}
	if m := setter.Missing(); len(m) > 0 {
		c.Skip(string(m[:min(len(m), 20)]), "characters without a font")
	}
	f := layer.Frame(at)
	g.Frame = f.Matrix()
	for i, p := range at {
		g.Labels[i].Anchor = layer.Local(f, p)
	}
	g.Labels = byPriority(g.Labels)
	g.Atlas, g.Spread = setter.Atlas()
	return []drawable.Draw{{What: g}}, nil
}

// byPriority puts the important labels first: that is the order in which collisions are decided.
func byPriority(labels []drawable.Label) []drawable.Label {
	order := make([]int32, len(labels)) // they are large: only their numbers are sorted
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(labels[b].Priority, labels[a].Priority), cmp.Compare(a, b))
	})
	out := make([]drawable.Label, len(labels))
	for i, k := range order {
		out[i] = labels[k]
	}
	return out
}

// stand is how far a text is moved from the middle of its place, to the right and up.
func (l *Label) stand(lo, hi [2]float32) (by [2]float32) {
	side := func(low, high string, axis int) {
		switch {
		case strings.Contains(l.Anchor, low):
			by[axis] = -lo[axis]
		case strings.Contains(l.Anchor, high):
			by[axis] = -hi[axis]
		}
	}
	side("left", "right", 0)
	side("bottom", "top", 1)
	return moved(by, [2]float32{float32(l.Offset[0]), float32(-l.Offset[1])})
}

func moved(p, by [2]float32) [2]float32 { return [2]float32{p[0] + by[0], p[1] + by[1]} }

// raise moves a text's quads up onto a line down to their anchor, and returns their extent.
func (l *Label) raise(g *drawable.Glyphs, t *text.Typesetter, first int, lo, hi [2]float32, size float32) (low, high [2]float32) {
	up := float32(l.Leader) - lo[1]
	for i := first; i < len(g.Quads); i++ {
		g.Quads[i].Min[1] += up
		g.Quads[i].Max[1] += up
	}
	half := max(size/28, 0.8) // of the line's width
	g.Quads = append(g.Quads, t.Rule([2]float32{-half, 0}, [2]float32{half, float32(l.Leader)}), t.Rule([2]float32{-3 * half, -3 * half}, [2]float32{3 * half, 3 * half}))
	return [2]float32{lo[0], -3 * half}, [2]float32{hi[0], hi[1] + up}
}
