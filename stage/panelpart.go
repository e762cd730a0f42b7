package stage

import (
	"slices"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// placedPanel is where a panel of the frame lies on the picture, in pixels of 1080 lines.
type placedPanel struct {
	layer string
	box   canvas.Box
	image *drawable.Image
	parts []drawable.Part
}

// shows tells whether it has a picture at a place of itself, from 0 to 1: letters without a
// ground hide nothing between them.
func (p *placedPanel) shows(x, y float64) bool {
	i := p.image
	at := min(int(y*float64(i.Height)), i.Height-1)*i.Width + min(int(x*float64(i.Width)), i.Width-1)
	return i.Pixels[4*at+3] > 40
}

// find is what is at a place of the picture, in pixels of 1080 lines: the part that was painted
// last there, of the panel that lies on top; none where there is no panel. A panel hides what is
// behind it.
func (g *gallery) find(x, y float64) (panel *placedPanel, part *drawable.Part) {
	for i := len(g.placed) - 1; i >= 0; i-- {
		p := &g.placed[i]
		if b := p.box; x < b.X || y < b.Y || x > b.X+b.W || y > b.Y+b.H {
			continue
		}
		for k := len(p.parts) - 1; k >= 0; k-- {
			if p.parts[k].Holds(x-p.box.X, y-p.box.Y) {
				return p, &p.parts[k]
			}
		}
		if p.shows((x-p.box.X)/p.box.W, (y-p.box.Y)/p.box.H) {
			return p, nil
		}
	}
	return nil, nil
}

// at is what a panel shows at a place of the picture: its layer, and the part that stands for rows.
// over tells whether a panel is there at all.
func (g *gallery) at(x, y float64) (layer string, part *drawable.Part, over bool) {
	p, part := g.find(x, y)
	if p == nil {
		return "", nil, false
	}
	if part != nil && part.Rows == nil {
		part = nil // it is pressed
	}
	return p.layer, part, true
}

// panelAt is the feature that a panel shows at a place of the picture, given in shares of it.
func (p *Player) panelAt(at [2]float64, size scene.Size) (f feature, told string, over bool) {
	of, part, over := p.gallery.at(1080*at[0]*float64(size.Width)/float64(max(size.Height, 1)), 1080*at[1])
	if part == nil {
		return f, "", over
	}
	f = feature{layer: of, rows: part.Rows, of: p.tableOf(of)}
	if told = part.Told; told != "" {
		return f, told + tellBetween + of, true
	}
	if t := p.tableOf(of); t != nil && len(part.Rows) == 1 && part.Rows[0] < t.Rows() {
		told = tellRow(of, t, part.Rows[0])
	}
	return f, told, true
}

// tableOf are a layer's rows.
func (p *Player) tableOf(id string) *table.Table {
	for _, pl := range p.layers {
		if pl.id == id {
			return pl.numbered()
		}
	}
	return nil
}

// marked is what a layer's marks follow from.
type marked struct {
	values       map[string]any
	over, chosen []int
	marks        *drawable.Marks
	rows         *table.Table // that they number
}

// marksOf are the rows that a layer's panels outline: those that the selection highlights, and
// those that are pointed at and chosen in them.
func (p *Player) marksOf(pl *playedLayer, s scene.Selection) *drawable.Marks {
	if pl.table == nil {
		return nil
	}
	var now marked
	now.values, now.rows = p.highlighted(pl.id, s), pl.numbered()
	if f := p.links.over; f != nil && f.layer == pl.id {
		now.over = f.rows
	}
	if f := p.links.chosen; f != nil && f.layer == pl.id {
		now.chosen = f.rows
	}
	if len(now.values) == 0 && now.over == nil && now.chosen == nil {
		pl.marked = marked{}
		return nil
	}
	if was := &pl.marked; was.marks != nil && was.rows == pl.numbered() && same(was.values, now.values) && slices.Equal(was.over, now.over) && slices.Equal(was.chosen, now.chosen) {
		return was.marks
	}
	now.marks = &drawable.Marks{Rows: map[int][4]uint8{}}
	for row, is := range layer.Matching(now.rows, now.values) {
		if is {
			now.marks.Rows[row] = highlightColor
		}
	}
	for _, row := range now.over {
		now.marks.Rows[row] = overColor
	}
	for _, row := range now.chosen {
		now.marks.Rows[row] = selectedColor
	}
	pl.marked = now
	return now.marks
}
