package stage

import (
	"testing"
	"time"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// Cards that open where something is chosen are there for the chosen rows alone: none before, none
// after; a picture of theirs is in the package and on the card.
func TestCardsOpenWhereChosen(t *testing.T) {
	p := linkedPlayer(t, `}
  - { id: cards, type: callout, source: districts, name: district, opens: chosen, media: [{ of: A, file: a.png }] }`)
	sheets := func() (out []*drawable.Sheet) {
		q, _ := pipeline.Tier("draft")
		f, err := p.Frame(t.Context(), scene.Time{}, Shot{Width: 640, Height: 360, Quality: q})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Draws {
			if s, ok := d.What.(*drawable.Sheet); ok {
				out = append(out, s)
			}
		}
		return out
	}
	red := func(s *drawable.Sheet) (n int) {
		for k := 0; k < len(s.Image.Pixels); k += 4 {
			if q := s.Image.Pixels[k : k+4]; q[0] > 240 && q[1] < 20 && q[3] > 240 {
				n++
			}
		}
		return n
	}
	if n := len(sheets()); n > 0 {
		t.Errorf("%d cards are open before anything is chosen", n)
	}
	for name, pictured := range map[string]bool{"A": true, "B": false} {
		p.links.click = scene.Selection{Filter: map[string]any{"district": name}}
		open := sheets()
		if len(open) != 1 || red(open[0]) > 1000 != pictured {
			t.Errorf("%s is chosen: %d cards; a picture: %v", name, len(open), len(open) == 1 && red(open[0]) > 1000)
		}
	}
	p.links.click = scene.Selection{}
	if n := len(sheets()); n > 0 {
		t.Errorf("%d cards stay open", n)
	}
}

// A chosen row's card is there for the length of a transition, too.
func TestCardsStayWhileRowsGlide(t *testing.T) {
	p := linkedPlayer(t, `}
  - { id: cards, type: callout, source: districts, name: district, opens: chosen, transition: 2s, media: [{ of: A, file: a.png }] }`)
	p.links.click = scene.Selection{Filter: map[string]any{"district": "A"}}
	frameAt(t, p, 0)
	pl, began := p.played("cards"), time.Unix(0, 0)
	g := pl.glide(pl.table, "district", began)
	if g == nil {
		t.Fatal("the cards do not glide")
	}
	draws, err := g.draw(p.context(pl.now, pl.table, func(string, string) {}), pl.filter, began.Add(time.Second), nil)
	if err != nil || len(draws) != 1 {
		t.Errorf("%d cards half-way: %v", len(draws), err)
	}
}
