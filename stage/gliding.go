package stage

import (
	"slices"
	"time"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// gliding is how a layer goes over to new rows: numbers and places go to their new values, rows
// come and go.
type gliding struct {
	began time.Time
	lasts time.Duration
	rows  *table.Table    // the new ones; then those before
	steps []table.Between // new rows from those before; then those that go
	new   int             // of the steps
	from  []drawable.Draw // in place of rows, which are too many: what was drawn before
}

// mostGliding bounds the rows that are drawn anew for each frame of a transition; more fade over.
const mostGliding = 20_000

// glide begins the transition of a layer to new rows; nil where it takes none.
func (pl *playedLayer) glide(t *table.Table, key string, now time.Time) *gliding {
	l := pl.base
	if pl.now != nil {
		l = pl.now
	}
	if (l.Transition == scene.Time{}) || !pl.ready || pl.timed != nil || pl.sampled != nil {
		return nil
	}
	if a, ok := l.Props.(interface{ AtOnce() bool }); ok && a.AtOnce() {
		return nil
	}
	g := &gliding{began: now, lasts: time.Duration(l.Transition.Seconds() * float64(time.Second))}
	before := pl.table
	if was := pl.gliding; was != nil { // from where it is
		before = was.at(now)
	}
	if t.Rows()+before.Rows() > mostGliding {
		if slices.ContainsFunc(pl.draws, func(d drawable.Draw) bool { _, is := d.What.(*drawable.Panel); return is }) {
			return nil // two of one panel would stand side by side
		}
		g.from = pl.draws
		return g
	}
	g.rows = table.Append(t, before)
	taken := make([]bool, before.Rows())
	for i, of := range table.Pairs(t, before, key) {
		step := table.Between{From: i, To: i} // texts are new at once
		if of >= 0 {
			step.To, taken[of] = t.Rows()+of, true
		}
		g.steps = append(g.steps, step)
	}
	g.new = len(g.steps)
	for i, is := range taken {
		if !is {
			g.steps = append(g.steps, table.Between{From: t.Rows() + i, To: t.Rows() + i})
		}
	}
	return g
}

// share is how far the transition has come, eased at both ends.
func (g *gliding) share(now time.Time) float64 {
	if g.lasts <= 0 {
		return 1
	}
	x := min(max(now.Sub(g.began).Seconds()/g.lasts.Seconds(), 0), 1)
	return x * x * (3 - 2*x)
}

// table is the rows at a share of the transition.
func (g *gliding) table(share float64) *table.Table {
	steps := make([]table.Between, len(g.steps))
	for i, s := range g.steps {
		s.Share = 1 - share
		steps[i] = s
	}
	return g.rows.Blend(steps, nil)
}

// at is the rows that will stay, as they are at a moment.
func (g *gliding) at(now time.Time) *table.Table {
	if g.rows == nil {
		return &table.Table{}
	}
	some := *g
	some.steps = g.steps[:g.new]
	return some.table(g.share(now))
}

// draw draws a moment of the transition.
func (g *gliding) draw(c *layer.Context, filter map[string]any, now time.Time, to []drawable.Draw) ([]drawable.Draw, error) {
	share := g.share(now)
	var out []drawable.Draw
	if g.rows == nil {
		for _, d := range g.from {
			d.Fade = 1 - (1-d.Fade)*float32(1-share)
			out = append(out, d)
		}
		for _, d := range to {
			d.Fade = 1 - (1-d.Fade)*float32(share)
			out = append(out, d)
		}
		return out, nil
	}
	whole := drawsWhole(c.Layer)
	shares := make([]float32, len(g.steps))
	for i, s := range g.steps {
		switch {
		case i < g.new && (s.From != s.To || whole):
			shares[i] = 1
		case i < g.new:
			shares[i] = float32(share)
		case !whole:
			shares[i] = float32(1 - share)
		}
	}
	c.Table = g.table(share)
	c.Near = func(seconds float64) *table.Table {
		return g.table(g.share(now.Add(time.Duration(seconds * float64(time.Second)))))
	}
	c.Selected = layer.Matching(c.Table, filter)
	return drawShares(c, shares, c.Selected, whole)
}
