package charts

import (
	"math"
	"time"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/scale"
)

// axis is a range of values with round ticks.
type axis struct {
	lo, hi float64
	ticks  []float64
	labels []string
}

// share is a value's place on the axis, 0 to 1.
func (a *axis) share(v float64) float64 { return (v - a.lo) / max(a.hi-a.lo, 1e-300) }

// span is the range of finite values; ok is false where there are none.
func span(lists ...[]float64) (lo, hi float64, ok bool) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, l := range lists {
		for _, v := range l {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	return lo, hi, lo <= hi
}

// nice is an axis that ends at round values: multiples of 1, 2 or 5 times a power of ten.
func nice(lo, hi float64, wanted int, write func(float64) string) axis {
	if lo == hi {
		d := max(math.Abs(lo)*0.1, 0.5)
		lo, hi = lo-d, hi+d
	}
	step := scale.Step(hi-lo, wanted)
	a := axis{lo: math.Floor(lo/step+1e-9) * step, hi: math.Ceil(hi/step-1e-9) * step}
	n := int(math.Round((a.hi - a.lo) / step))
	for i := range min(n, 100) + 1 {
		v := a.lo + step*float64(i)
		if math.Abs(v) < step*1e-9 {
			v = 0
		}
		a.ticks, a.labels = append(a.ticks, v), append(a.labels, write(v))
	}
	return a
}

// clockSteps are the steps of axes of time, with how their ticks are written.
var clockSteps = []struct {
	seconds float64
	spec    string
}{
	{1, "%H:%M:%S"}, {5, "%H:%M:%S"}, {15, "%H:%M:%S"}, {60, "%H:%M"}, {300, "%H:%M"}, {900, "%H:%M"}, {3600, "%H:%M"}, {3 * 3600, "%H:%M"},
	{6 * 3600, "%e %b %H:%M"}, {86400, "%e %b"}, {2 * 86400, "%e %b"}, {7 * 86400, "%e %b"}, {14 * 86400, "%e %b"},
}

// days is an axis of seconds since 1970, its ticks at round times of UTC.
func days(lo, hi float64, wanted int) axis {
	a := axis{lo: lo, hi: hi}
	raw := (hi - lo) / float64(max(wanted, 1))
	tick := func(t time.Time, spec string) {
		if s := float64(t.Unix()); s >= lo && s <= hi && len(a.ticks) < 50 {
			a.ticks, a.labels = append(a.ticks, s), append(a.labels, format.Date(t, spec))
		}
	}
	for _, s := range clockSteps {
		if s.seconds < raw {
			continue
		}
		for v := math.Ceil(lo/s.seconds) * s.seconds; v <= hi && len(a.ticks) < 50; v += s.seconds {
			tick(time.Unix(int64(v), 0).UTC(), s.spec)
		}
		return a
	}
	from := time.Unix(int64(lo), 0).UTC()
	if months := raw / 2629746; months <= 6 {
		every := 1
		for _, m := range []int{1, 2, 3, 6} {
			if every = m; float64(m) >= months {
				break
			}
		}
		for y, m := from.Year(), 1; len(a.ticks) < 50; m += every {
			t := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
			if float64(t.Unix()) > hi {
				return a
			}
			spec := "%b"
			if t.Month() == 1 {
				spec = "%Y"
			}
			tick(t, spec)
		}
		return a
	}
	every := int(max(scale.Step((hi-lo)/31556952, wanted), 1))
	for y := from.Year() / every * every; len(a.ticks) < 50; y += every {
		t := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
		if float64(t.Unix()) > hi {
			break
		}
		tick(t, "%Y")
	}
	return a
}

// values draws an axis of values at the left with hairlines across, and returns the box of
// the marks.
func (a *axis) values(p *panels.Painter, b canvas.Box) canvas.Box {
	wide := 0.0
	for _, l := range a.labels {
		wide = max(wide, p.Fonts.Width(l, p.Small()))
	}
	plot := b.Cut(wide+12, 6, 0, 0)
	for i, v := range a.ticks {
		y := plot.Y + plot.H*(1-a.share(v))
		ink := p.Faint(0.12)
		if v == 0 {
			ink = p.Faint(0.4)
		}
		p.Rule(plot.X, y, plot.W, false, ink)
		p.Write(a.labels[i], plot.X-12, y, panels.Right(p.Small()))
	}
	return plot
}

// upright draws a round axis of values at the left of a box, with room for labels below, and
// returns it with the box of the marks.
func (l look) upright(p *panels.Painter, b canvas.Box, lo, hi float64) (axis, canvas.Box) {
	a := nice(lo, hi, max(int(b.H/56), 2), l.number.Format)
	return a, a.values(p, b.Cut(0, 0, 0, under))
}

// below writes an axis' labels under a box where they do not touch each other.
func (a *axis) below(p *panels.Painter, plot canvas.Box) {
	end := math.Inf(-1)
	for i, v := range a.ticks {
		x := plot.X + plot.W*a.share(v)
		w := p.Fonts.Width(a.labels[i], p.Small())
		at := min(max(x, plot.X+w/2), plot.X+plot.W-w/2)
		if at-w/2 < end+10 {
			continue
		}
		end = at + w/2
		p.Fill(canvas.Rect(p.Crisp(x), plot.Y+plot.H, p.Hairline(), 4), p.Faint(0.3))
		p.Write(a.labels[i], at, plot.Y+plot.H+8+panels.Small/2, panels.Centred(p.Small()))
	}
}

// under is the height of labels below a box.
const under = panels.Small + 12
