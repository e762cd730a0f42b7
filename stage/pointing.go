package stage

import (
	"time"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// pointing outlines what is under the pointer and what was clicked, and tells of it. A
// pointer that has moved costs one pick, whose answer comes a frame later; one that rests
// costs nothing.
type pointing struct {
	player   *Player
	renderer *pipeline.Renderer
	font     *text.Typesetter

	at       [2]float64 // the pointer, shares of the picture from its upper left
	moved    time.Time  // zero: it rests, and what it was over is forgotten
	ask      bool       // what is there is not asked for yet
	click    bool       // and it will be selected
	asked    named      // the frame's, of the pick that is under way
	under    bool       // one is
	selects  bool       // its answer will be selected
	over     *pointed
	selected *pointed
	outlines []pipeline.Outline
	tells    func(Happening)     // nil = nobody
	drill    func(*feature) bool // takes a click down into a feature, or up where there is none; nil = nobody
}

// pointed is a feature with what is drawn for it.
type pointed struct {
	feature feature
	told    string
	line    *drawable.Glyphs
	wide    float32 // of the line, pixels of 1080 lines
	found   map[*tileContent]int
	ids     []uint32
	slip    *slip // of a panel's part, instead of the line: panels lie over lines
}

// what is the feature, nil of nothing.
func (p *pointed) what() *feature {
	if p == nil {
		return nil
	}
	return &p.feature
}

const (
	restAfter   = 3 * time.Second // a pointer that rests so long is taken for gone
	calloutSize = 24              // pixels of a picture of 1080 lines
)

var (
	overColor     = [4]uint8{255, 255, 255, 235}
	selectedColor = [4]uint8{255, 207, 107, 255}
)

// newPointing has the player keep what features are called.
func newPointing(p *Player, r *pipeline.Renderer) (*pointing, error) {
	t, err := text.NewTypesetter(text.Options{System: p.options.SystemFonts})
	if err != nil {
		return nil, err
	}
	p.library.named, p.gallery.pointed = true, true
	return &pointing{player: p, renderer: r, font: t}, nil
}

// move takes the pointer to a place of the picture.
func (p *pointing) move(x, y float64, now time.Time) {
	p.at, p.moved, p.ask = [2]float64{x, y}, now, true
}

// leave forgets what the pointer was over: it drags, or it has rested for long.
func (p *pointing) leave() {
	p.moved, p.ask, p.over = time.Time{}, p.click, nil
	p.player.selects(&p.player.links.hover, nil, hovered)
}

func clicked(e *scene.Events) scene.Action { return e.Click }
func hovered(e *scene.Events) scene.Action { return e.Hover }

// rest leaves what a pointer is over that has not moved for long.
func (p *pointing) rest(now time.Time) {
	if !p.moved.IsZero() && now.Sub(p.moved) > restAfter {
		p.leave()
	}
}

// choose selects what is at a place of the picture, or nothing.
func (p *pointing) choose(x, y float64, now time.Time) {
	p.move(x, y, now)
	p.click = true
}

// clear ends the selection and tells whether there was one.
func (p *pointing) clear() bool {
	was := p.selected != nil
	p.selected = nil
	p.player.selects(&p.player.links.click, nil, clicked)
	return was
}

// mark adds outlines and callouts to a frame that is about to be drawn.
func (p *pointing) mark(f *pipeline.Frame, shot Shot) {
	p.take()
	p.follow()
	p.player.links.over, p.player.links.chosen = p.over.what(), p.selected.what()
	p.outlines = p.outlines[:0]
	if s := p.selected; s != nil {
		p.outline(s, selectedColor, 5)
		f.Draws = append(f.Draws, p.told(s, anchor{x: 0.035, y: 0.14}, f.View, shot))
	}
	if o := p.over; o != nil && (p.selected == nil || !o.feature.is(p.selected.feature)) {
		p.outline(o, overColor, 3.5)
		f.Draws = append(f.Draws, p.told(o, p.beside(o, shot), f.View, shot))
	}
	f.Outlines = append(f.Outlines, p.outlines...)
}

func (p *pointing) outline(o *pointed, color [4]uint8, width float32) {
	if o.ids = p.player.named.ids(o.feature, o.found, o.ids[:0]); len(o.ids) > 0 {
		p.outlines = append(p.outlines, pipeline.Outline{IDs: o.ids, Color: color, Width: width})
	}
}

// told is the line of what is pointed at, or its slip, at a place of the picture.
func (p *pointing) told(o *pointed, a anchor, v pipeline.View, shot Shot) drawable.Draw {
	if o.slip == nil {
		return placed(o.line, a, v, shot)
	}
	return drawable.Draw{What: o.slip.at(p.player.screen.fonts, a, shot)}
}

// beside is where a line lies above the pointer, within the picture.
func (p *pointing) beside(o *pointed, shot Shot) anchor {
	em := calloutSize / 1080.0
	wide := float64(o.wide) / 1080 * float64(shot.Height) / float64(shot.Width)
	a := anchor{x: float32(max(min(p.at[0]+0.6*em, 1-wide-em), em)), y: float32(1 - p.at[1] + 1.1*em)}
	if a.y > float32(1-2*em) {
		a.y = float32(1 - p.at[1] - 2.2*em)
	}
	return a
}

// begin asks for what is under the pointer in the frame that was just drawn.
func (p *pointing) begin(size scene.Size) error {
	if !p.ask || p.under {
		return nil
	}
	x, y := int(p.at[0]*float64(size.Width)), int(p.at[1]*float64(size.Height))
	p.selects, p.ask, p.click = p.click, false, false
	if x < 0 || y < 0 || x >= size.Width || y >= size.Height {
		p.over = nil
		return nil
	}
	if f, told, over := p.player.panelAt(p.at, size); over {
		p.answer(f, told, f.rows != nil)
		return nil
	}
	p.asked = append(p.asked[:0], p.player.named...)
	p.under = true
	return p.renderer.BeginPick(x, y)
}

// take takes the answer, where it has arrived.
func (p *pointing) take() {
	if !p.under {
		return
	}
	id, ok := p.renderer.TakePick(false)
	if !ok {
		return
	}
	p.under = false
	p.answer(p.asked.at(id))
}

// answer takes what is under the pointer; ok is false where that is nothing.
func (p *pointing) answer(f feature, told string, ok bool) {
	var now *pointed
	if was := f.of; ok && p.player.follow(&f) {
		if f.of != was && f.rows == nil { // the rows were read again meanwhile
			told = tellRow(f.layer, f.of, f.row)
		}
	} else {
		ok = false
	}
	switch {
	case !ok:
	case p.over != nil && p.over.feature.is(f):
		now = p.over
	case p.selected != nil && p.selected.feature.is(f):
		now = p.selected
	default:
		now = p.tell(f, told)
	}
	if p.selects {
		p.player.happened("click", now.what(), clicked, p.tells)
		if p.drill != nil && p.drill(now.what()) {
			now = nil // it is no longer there
		}
		p.selected = now
		p.player.selects(&p.player.links.click, now.what(), clicked)
	}
	if now != p.over && !p.moved.IsZero() {
		p.player.happened("hover", now.what(), hovered, p.tells)
	}
	if p.over = now; p.moved.IsZero() {
		p.over = nil
	}
	p.player.selects(&p.player.links.hover, p.over.what(), hovered)
}

// tell sets the line of a feature.
func (p *pointing) tell(f feature, told string) *pointed {
	g := textLine(p.font, told, calloutSize, [4]uint8{255, 255, 255, 245}, 0)
	g.Labels[0].Halo, g.Labels[0].HaloWidth = [4]uint8{0, 0, 0, 190}, 2.5
	g.Atlas, g.Spread = p.font.Atlas()
	l := &g.Labels[0]
	if f.rows != nil {
		return &pointed{feature: f, told: told, slip: &slip{words: told}, wide: l.Max[0] - l.Min[0]}
	}
	return &pointed{feature: f, told: told, line: g, wide: l.Max[0] - l.Min[0], found: map[*tileContent]int{}}
}
