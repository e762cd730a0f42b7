package charts

import (
	"fmt"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "treemap", Group: "charts", Doc: "shares of a whole as areas of a box, in groups",
	New: func() any {
		return &Treemap{Chart: with(460, 300), Parts: Parts{Aggregate: "sum", Sort: "value", Limit: 40}}
	},
	Examples: []scene.Example{{Layer: `source: flows, name: to, group: from, value: people, heading: Commuters, anchor: center, zoom: 2`}},
})

// Treemap divides a box.
type Treemap struct {
	Chart
	Parts
	Group string `json:"group" doc:"field whose texts keep names together in a color"`
}

// Draw makes a panel, or one for each group.
func (k *Treemap) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return k.make(c, func(t *table.Table, look look) (plot, error) {
		groups, err := panels.Grouped(t, k.Group)
		if err != nil {
			return nil, fmt.Errorf("group: %w", err)
		}
		out := &tree{look: look}
		for _, g := range groups {
			parts, total, err := k.whole(c, t.Pick(g.Rows))
			if err != nil {
				return nil, err
			}
			if total > 0 {
				out.groups = append(out.groups, panels.Group{Name: g.Name, Value: total})
				out.parts = append(out.parts, parts)
			}
		}
		return out, nil
	})
}

type tree struct {
	look   look
	groups []panels.Group
	parts  [][]panels.Group
}

func (k *tree) paint(p *panels.Painter) {
	if len(k.groups) == 0 {
		empty(p)
		return
	}
	n := 0
	for g, box := range squarified(k.groups, p.Box) {
		color := k.look.color(p, g)
		inner := box
		if len(k.groups) > 1 {
			inner = box.Inset(1.5)
		}
		for i, b := range squarified(k.parts[g], inner) {
			part := k.parts[g][i]
			cell := b.Inset(1)
			shade := panels.Alpha(color, 0.85)
			if len(k.groups) == 1 {
				shade = k.look.color(p, i)
			}
			shade = shade.Mix(scene.Color{12, 17, 25, shade[3]}, 0.28+0.3*float64(i)/float64(len(k.parts[g])))
			p.Faded(stagger(p.Grown, n, 24), func() {
				p.Fill(canvas.Round(cell, 3), canvas.Color(shade))
				p.Part(canvas.Round(cell, 3), part.Name+" · "+k.look.write(part.Value), part.Rows)
				k.name(p, cell, k.groups[g].Name, part)
			})
			n++
		}
	}
}

// name writes a cell's name and value where there is room.
func (k *tree) name(p *panels.Painter, cell canvas.Box, group string, part panels.Group) {
	s := p.Strong(p.Small())
	if cell.H < panels.Small+10 || cell.W < 36 {
		return
	}
	y := cell.Y + 8 + panels.Small/2
	p.Write(p.Fonts.Fit(part.Name, cell.W-14, s), cell.X+8, y, s)
	soft := p.Small()
	soft.Ink = p.Faint(0.78)
	if cell.H > 2*panels.Small+22 {
		p.Write(p.Fonts.Fit(k.look.write(part.Value), cell.W-14, soft), cell.X+8, y+panels.Small+5, soft)
	}
	if group != "" && cell.H > 4*panels.Small+22 {
		soft.Ink = p.Faint(0.5)
		p.Write(p.Fonts.Fit(group, cell.W-14, soft), cell.X+8, cell.Y+cell.H-8-panels.Small/2, soft)
	}
}

// squarified divides a box among values that fall, in cells near to squares (Bruls, Huizing
// and van Wijk 2000, Squarified treemaps).
func squarified(groups []panels.Group, b canvas.Box) []canvas.Box {
	total := 0.0
	for _, g := range groups {
		total += g.Value
	}
	out := make([]canvas.Box, 0, len(groups))
	scale := b.W * b.H / max(total, 1e-300)
	for from := 0; from < len(groups); {
		side := min(b.W, b.H)
		worst := func(to int) float64 {
			sum, lo, hi := 0.0, groups[from].Value, groups[from].Value
			for _, g := range groups[from:to] {
				sum += g.Value * scale
				lo, hi = min(lo, g.Value), max(hi, g.Value)
			}
			return max(side*side*hi*scale/(sum*sum), sum*sum/max(side*side*lo*scale, 1e-300))
		}
		to := from + 1
		for to < len(groups) && worst(to+1) <= worst(to) {
			to++
		}
		sum := 0.0
		for _, g := range groups[from:to] {
			sum += g.Value * scale
		}
		depth := sum / max(side, 1e-9) // of this row
		at := 0.0
		for _, g := range groups[from:to] {
			length := g.Value * scale / max(depth, 1e-9)
			if b.W >= b.H {
				out = append(out, canvas.Box{X: b.X, Y: b.Y + at, W: depth, H: length})
			} else {
				out = append(out, canvas.Box{X: b.X + at, Y: b.Y, W: length, H: depth})
			}
			at += length
		}
		if b.W >= b.H {
			b = b.Cut(depth, 0, 0, 0)
		} else {
			b = b.Cut(0, depth, 0, 0)
		}
		from = to
	}
	return out
}
