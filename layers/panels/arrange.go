package panels

import (
	"slices"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
)

// Safe margins of the picture and the gap between panels, in pixels of a 1080-line picture.
// Credits are written below the lower margin.
const (
	margin = 40.0
	below  = 52.0
	gap    = 16.0
)

// Arrange gives the panels on the screen their places in a picture of a size in pixels of a
// 1080-line picture: tiles in their cells, then what flows in its order, each behind those
// before it at its anchor, none over another or over what is written, as captions are. A panel
// without room gets an empty box. Free ones are at their anchors, whatever is there; those in
// the world get empty boxes. What covers the picture has all of it.
func Arrange(panels []*drawable.Panel, width, height float64, written ...canvas.Box) []canvas.Box {
	out := make([]canvas.Box, len(panels))
	safe := canvas.Box{W: width, H: height}.Cut(margin, margin, margin, below)
	order := make([]int, len(panels))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return panels[a].Place.Order - panels[b].Place.Order })
	var taken []canvas.Box
	for _, i := range order {
		p := &panels[i].Place
		switch p.Layout {
		case drawable.Free:
			w, h := panels[i].Size[0], panels[i].Size[1]
			out[i] = canvas.Box{X: safe.X + p.Anchor[0]*(safe.W-w) + p.Offset[0], Y: safe.Y + p.Anchor[1]*(safe.H-h) + p.Offset[1], W: w, H: h}
		case drawable.Cover:
			out[i] = canvas.Box{W: width, H: height}
		case drawable.Tile:
			if b, ok := tile(p, safe, taken); ok {
				out[i] = b
				taken = append(taken, b)
			}
		}
	}
	taken = append(taken, written...)
	for _, a := range flows(panels, order) {
		taken = flow(panels, a, safe, taken, out)
	}
	return out
}

// tile is a panel's cells, or the next ones in reading order where those are taken.
func tile(p *drawable.PanelPlace, safe canvas.Box, taken []canvas.Box) (canvas.Box, bool) {
	rows, columns := max(p.Grid[0], 1), max(p.Grid[1], 1)
	high, wide := max(p.Cell[2], 1), max(p.Cell[3], 1)
	w, h := (safe.W+gap)/float64(columns), (safe.H+gap)/float64(rows)
	for k := max(p.Cell[0], 0)*columns + max(p.Cell[1], 0); k < rows*columns; k++ {
		r, c := k/columns, k%columns
		if r+high > rows || c+wide > columns {
			continue
		}
		b := canvas.Box{X: safe.X + float64(c)*w, Y: safe.Y + float64(r)*h, W: float64(wide)*w - gap, H: float64(high)*h - gap}
		if !slices.ContainsFunc(taken, b.Meets) {
			return b, true
		}
	}
	return canvas.Box{}, false
}

// flows are the panels that flow, in order, by anchor.
func flows(panels []*drawable.Panel, order []int) (out [][]int) {
	at := map[[2]float64]int{}
	for _, i := range order {
		if panels[i].Place.Layout != drawable.Flow {
			continue
		}
		a := panels[i].Place.Anchor
		k, ok := at[a]
		if !ok {
			k = len(out)
			at[a] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], i)
	}
	return out
}

// flow stacks panels from their anchor: down from the top, up from the bottom, about the
// middle; past what is taken, and on in the next column inwards where the edge is reached.
func flow(panels []*drawable.Panel, members []int, safe canvas.Box, taken, out []canvas.Box) []canvas.Box {
	a := panels[members[0]].Place.Anchor
	total := -gap
	for _, i := range members {
		total += panels[i].Size[1] + gap
	}
	inset, column, run := 0.0, 0.0, 0.0 // of this column: from the edge, width, length used
	if a[1] == 0.5 {
		run = max((safe.H-total)/2, 0)
	}
	begin := run
	for _, i := range members {
		p := panels[i]
		w, h := p.Size[0], p.Size[1]
		for tries := 0; tries < 64; tries++ {
			b := canvas.Box{X: safe.X + a[0]*(safe.W-w), Y: safe.Y + run, W: w, H: h}
			b.X += inset * (1 - 2*a[0])
			if a[1] == 1 {
				b.Y = safe.Y + safe.H - run - h
			}
			if b.Y < safe.Y-0.5 || b.Y+h > safe.Y+safe.H+0.5 { // the column is full
				if column == 0 || a[0] == 0.5 {
					break
				}
				inset, column, run = inset+column+gap, 0, begin
				continue
			}
			if k := slices.IndexFunc(taken, b.Meets); k >= 0 {
				if t := taken[k]; a[1] == 1 {
					run = safe.Y + safe.H - t.Y + gap
				} else {
					run = t.Y + t.H - safe.Y + gap
				}
				column = max(column, w)
				continue
			}
			if b.X < safe.X-0.5 || b.X+w > safe.X+safe.W+0.5 {
				break
			}
			run += h + gap
			column = max(column, w)
			taken = append(taken, b)
			b.X += p.Place.Offset[0]
			b.Y += p.Place.Offset[1]
			out[i] = b
			break
		}
	}
	return taken
}
