package panels

import (
	"math"
	"time"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/table"
)

const (
	sliderWords = Body + 12
	sliderBars  = 46.0
	sliderLine  = 18.0
	sliderEnds  = Small + 4
	sliderPlay  = 36.0 // width of the button
	sliderGrip  = 9.0  // pixels beside an edge of the window within which that is dragged
)

// write is a value of the line in words, as finely as a step of the line needs.
func (s *TimeSlider) write(value, step float64) string {
	switch {
	case s.dates:
		spec := s.Date
		if spec == "" {
			spec = dateFor(step)
		}
		seconds, part := math.Modf(min(max(value, -6e10), 2.5e11))
		return format.Date(time.Unix(int64(seconds), int64(part*1e9)).In(s.zone), spec)
	case s.Show == "story":
		return format.Span(value)
	}
	if step > 0 {
		digits := math.Pow(10, math.Ceil(-math.Log10(step)))
		value = math.Round(value*digits) / digits
	}
	return table.FormatNumber(value)
}

// dateFor writes dates that lie a step apart, in seconds, so that they differ.
func dateFor(step float64) string {
	const day = 86400
	switch {
	case step >= 200*day:
		return "%Y"
	case step >= 20*day:
		return "%b %Y"
	case step >= 0.5*day:
		return "%e %b %Y"
	case step >= 30:
		return "%e %b, %H:%M"
	}
	return "%T"
}

// words are what the line says now.
func (s *TimeSlider) words(l slid) string {
	step := math.Abs(l.to-l.from) / 400
	switch {
	case s.Show != "window":
		if s.Show == "story" {
			return format.Span(l.at) + " / " + format.Span(l.to)
		}
		return s.write(l.at, step)
	case !l.chosen:
		return "all"
	}
	return s.write(l.window[0], step) + " – " + s.write(l.window[1], step)
}

// Paint draws the button, the bars and the line, and says what a drag of them does.
func (s *TimeSlider) Paint(p *Painter) {
	l := s.at(p.View)
	b := p.Box
	p.Text(p.Fonts.Fit(s.words(l), b.W, p.Strong(p.Body())), b.X, b.Y+CapLine*Body-3, p.Strong(p.Body()))
	b.Y, b.H = b.Y+sliderWords, b.H-sliderWords
	if s.Button {
		s.button(p, l, canvas.Box{X: b.X, Y: b.Y, W: sliderPlay - 8, H: b.H - sliderEnds})
		b.X, b.W = b.X+sliderPlay, b.W-sliderPlay
	}
	b = b.Cut(5, 0, 5, 0) // the handle reaches beyond the line's ends
	line := b.Y + b.H - sliderEnds - sliderLine/2
	x := func(value float64) float64 {
		return b.X + b.W*min(max((value-l.from)/(l.to-l.from), 0), 1)
	}
	lit := [2]float64{x(l.from), x(l.at)}
	if s.Show == "window" {
		if lit = [2]float64{x(l.from), x(l.to)}; l.chosen {
			lit = [2]float64{x(l.window[0]), x(l.window[1])}
		}
	}
	s.bars(p, l, b, line-sliderLine/2+2, lit)
	p.Fill(canvas.Round(canvas.Box{X: b.X, Y: line - 2, W: b.W, H: 4}, 2), p.Faint(0.16))
	if lit[1] > lit[0] {
		p.Fill(canvas.Round(canvas.Box{X: lit[0], Y: line - 2, W: max(lit[1]-lit[0], 4), H: 4}, 2), canvas.Color(p.Accent))
	}
	if s.Show == "story" {
		for _, t := range p.View.Chapters {
			if t > l.from && t < l.to {
				p.Fill(canvas.Rect(p.Crisp(x(t))-1, line-5, 2, 10), p.Faint(0.6))
			}
		}
	}
	handle := func(x float64) {
		p.Fill(canvas.Circle(x, line, 7.5), canvas.Plain{0, 0, 0, 120})
		p.Fill(canvas.Circle(x, line, 6.2), p.Faint(1))
	}
	if s.Show == "window" {
		if l.chosen {
			handle(lit[0])
			handle(lit[1])
		}
	} else {
		handle(lit[1])
	}
	step := math.Abs(l.to-l.from) / 6
	first, last := s.write(l.from, step), s.write(l.to, step)
	y := b.Y + b.H - sliderEnds + CapLine*Small + 1
	w := p.Text(first, b.X, y, p.Small())
	if w+p.Fonts.Width(last, p.Small())+16 < b.W {
		p.Text(last, b.X+b.W, y, Right(p.Small()))
	}
	s.slides(p, l, b, lit)
}

// bars count the rows over the line.
func (s *TimeSlider) bars(p *Painter, l slid, b canvas.Box, foot float64, lit [2]float64) {
	if !s.counts() {
		return
	}
	n := min(s.Bins, max(int(b.W/3), 1))
	counts, most := make([]int, n), 0
	for _, v := range s.times {
		if s.Show == "story" {
			v = (v - s.clock.At(0, s.first)) / float64(s.clock.Speed)
		}
		if k := (v - l.from) / (l.to - l.from); k >= 0 && k <= 1 { // NaN is neither
			i := min(int(k*float64(n)), n-1)
			counts[i]++
			most = max(most, counts[i])
		}
	}
	wide := b.W / float64(n)
	for i, count := range counts {
		if count == 0 {
			continue
		}
		at := b.X + wide*float64(i)
		h := max(float64(count)/float64(most)*(sliderBars-6)*Ease(p.Grown), 1)
		ink := p.Faint(0.24)
		if mid := at + wide/2; mid >= lit[0] && mid <= lit[1] {
			ink = canvas.Color(Alpha(p.Accent, 0.8))
		}
		p.Fill(canvas.Rect(at+0.5, foot-h, max(wide-1, 1), h), ink)
	}
}

// button stops the story's time and lets it go on.
func (s *TimeSlider) button(p *Painter, l slid, b canvas.Box) {
	x, y := b.X+b.W/2, b.Y+b.H-sliderLine/2
	if s.counts() {
		y = b.Y + b.H - sliderBars/2
	}
	r := b.W / 2
	y = max(y, b.Y+r-4)
	p.Fill(canvas.Circle(x, y, r), p.Faint(0.12))
	if l.playing {
		for _, at := range []float64{-0.36, 0.08} {
			p.Fill(canvas.Round(canvas.Box{X: x + at*r, Y: y - 0.42*r, W: 0.28 * r, H: 0.84 * r}, 1), p.Faint(0.95))
		}
	} else {
		p.Fill((&canvas.Path{}).Move(x-0.28*r, y-0.46*r).Line(x+0.5*r, y).Line(x-0.28*r, y+0.46*r).Close(), p.Faint(0.95))
	}
	p.Handle(canvas.Circle(x, y, r+3), func(_, _ [2]float64) drawable.Act { return drawable.Act{Kind: drawable.Toggle} })
}

// slides says what a drag over the line does.
func (s *TimeSlider) slides(p *Painter, l slid, b canvas.Box, lit [2]float64) {
	field := canvas.Rect(b.X-10, b.Y, b.W+20, b.H-sliderEnds+2)
	value := func(x float64) float64 {
		return l.from + (l.to-l.from)*min(max((x-b.X)/b.W, 0), 1)
	}
	if s.Show != "window" {
		v := *p.View
		p.Handle(field, func(_, to [2]float64) drawable.Act {
			return drawable.Act{Kind: drawable.Seek, Time: s.story(value(to[0]), &v, l)}
		})
		return
	}
	act := drawable.Act{Kind: drawable.Window, Layer: s.id, Field: s.Field}
	p.Handle(field, func(from, to [2]float64) drawable.Act {
		a := act
		moved := to[0] - from[0]
		switch {
		case l.chosen && math.Abs(from[0]-lit[0]) < sliderGrip && 2*from[0] < lit[0]+lit[1]:
			a.From, a.To = value(lit[0]+moved), l.window[1]
		case l.chosen && math.Abs(from[0]-lit[1]) < sliderGrip && 2*from[0] >= lit[0]+lit[1]:
			a.From, a.To = l.window[0], value(lit[1]+moved)
		case l.chosen && from[0] > lit[0] && from[0] < lit[1]:
			moved = min(max(moved, b.X-lit[0]), b.X+b.W-lit[1]) // as a whole
			by := (l.to - l.from) * moved / b.W
			a.From, a.To = l.window[0]+by, l.window[1]+by
		case math.Abs(moved) < 2: // a press beside it takes it away
			a.None = true
		default:
			a.From, a.To = value(from[0]), value(to[0])
		}
		if a.From > a.To {
			a.From, a.To = a.To, a.From
		}
		return a
	})
}
