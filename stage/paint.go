package stage

import (
	"slices"

	"github.com/longtake/longtake/layers/drawable"
)

// painted is a panel as it was last drawn.
type painted struct {
	state         any
	width, height float64
	scale         float64
	sheet         drawable.Sheet
	mesh          *drawable.Mesh  // of a board
	on            *drawable.Image // what is on it
	share         float32         // of what stands in the world: how much is seen
	used          int
	parts         []drawable.Part
	page          *drawable.Page // that is drawn aside, and which of its pictures is painted
	version       int
}

// come lets a panel come or go: at once in files, in some frames where it is watched live.
func (p *painted) come(there, live bool) {
	switch {
	case there && live:
		p.share = min(p.share+fadeStep, 1)
	case there:
		p.share = 1
	case live:
		p.share = max(p.share-fadeStep, 0)
	default:
		p.share = 0
	}
}

// paint paints a panel where it has changed.
func (g *gallery) paint(of string, p *drawable.Panel, v *drawable.PanelView, width, height, scale float64, out *leftOut) *painted {
	one := g.painted[p]
	if one == nil {
		one = &painted{}
		g.painted[p] = one
	}
	one.used = g.frame
	v.Scale = scale
	state := p.State(v)
	same := one.state == state && one.width == width && one.height == height && one.scale == scale && one.scale > 0
	if same && (one.page == nil || g.pages.version(one.page) == one.version) {
		return one
	}
	if g.live {
		defer func(browse drawable.Browse) { v.Browse = browse }(v.Browse)
		v.Browse = g.aside(one, of, same, v.Browse, out)
	}
	one.state, one.width, one.height, one.scale = state, width, height, scale
	one.parts = one.parts[:0]
	if g.pointed {
		v.Parts = func(p drawable.Part) { one.parts = append(one.parts, p) }
	}
	one.sheet.Image = p.Paint(v, width, height)
	v.Parts = nil
	return one
}

// aside notes which page a panel shows, and asks for another picture of it only where the panel
// itself has changed.
func (g *gallery) aside(one *painted, of string, same bool, browse drawable.Browse, out *leftOut) drawable.Browse {
	return func(p *drawable.Page, width, height, scale float64) (*drawable.Image, bool) {
		one.page, one.version = p, g.pages.version(p)
		if same {
			img, err := g.pages.last(p)
			if err != nil {
				out.add("layer "+of, err.Error(), "")
			}
			return img, img == nil && err == nil
		}
		return browse(p, width, height, scale)
	}
}

// forget drops what is painted and shown no more. Pictures of pages that are drawn aside stay as
// their tabs do, the latest of them: a panel that is out of sight for a moment has its own again.
func (g *gallery) forget() {
	var pages []*drawable.Panel
	for p, one := range g.painted {
		switch {
		case one.page != nil:
			pages = append(pages, p)
		case one.used < g.frame:
			delete(g.painted, p)
		}
	}
	slices.SortFunc(pages, func(a, b *drawable.Panel) int { return g.painted[b].used - g.painted[a].used })
	seen := map[pageKey]bool{} // of panels that are newer
	for _, p := range pages {
		one := g.painted[p]
		key := keyOf(one.page)
		if one.used < g.frame && (seen[key] || len(seen) >= mostTabs) {
			if !seen[key] {
				g.pages.forget(one.page)
			}
			delete(g.painted, p)
			continue
		}
		seen[key] = true
	}
}
