package traffic

import (
	"cmp"
	"math"
	"slices"

	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/street"
)

// Part is what one block adds to a network: the lanes that it owns, and which of the lanes
// that end at its junctions goes on into which.
type Part struct {
	lanes []lane
	links []link
}

// lane is what is kept of a street.Lane.
type lane struct {
	class      string
	kind       street.Kind
	speed      float64
	line       [][3]float64
	to         [2]float64
	halt       street.Halt
	start, end uint64 // street.Lane's Start and End
}

// link leads from the end of a lane to the start of another.
type link struct {
	end, start uint64
	turn
}

type turn struct {
	line  [][3]float64
	angle float64
}

// PartOf is what a block's graph adds. At a junction each lane leads into the one that goes
// on straightest, of those that no other leads into; no junction has to know of another.
func PartOf(g *street.Graph) *Part {
	p := &Part{}
	for i := range g.Lanes {
		if l := &g.Lanes[i]; l.Owned && drives(l) {
			p.lanes = append(p.lanes, lane{l.Class, l.Kind, l.Speed, l.Line, l.To, l.Halt, l.Start, l.End})
		}
	}
	left, led := make([]bool, len(g.Lanes)), make([]bool, len(g.Lanes))
	turns := slices.Clone(g.Turns)
	slices.SortStableFunc(turns, func(a, b street.Turn) int { return cmp.Compare(bend(g, &a), bend(g, &b)) })
	for _, t := range turns {
		a, b := &g.Lanes[t.From], &g.Lanes[t.To]
		if left[t.From] || led[t.To] || t.From == t.To || !drives(a) || !drives(b) {
			continue
		}
		left[t.From], led[t.To] = true, true
		p.links = append(p.links, link{a.End, b.Start, turn{t.Line, t.Angle}})
	}
	return p
}

func drives(l *street.Lane) bool { return l.Kind != street.Cycle && len(l.Line) >= 2 }

// bend is how little a turn is a way straight on.
func bend(g *street.Graph, t *street.Turn) float64 {
	a, b := &g.Lanes[t.From], &g.Lanes[t.To]
	c := math.Abs(t.Angle)
	if a.Kind != b.Kind {
		c += 4
	}
	if a.From == b.To { // back where it came from
		c += 8
	}
	return c + 0.3*math.Abs(float64(a.Index-b.Index)) + 0.4*math.Abs(math.Log(flowOf(a.Class)/flowOf(b.Class)))
}

// Append appends the part in the form that ReadPart reads.
func (p *Part) Append(b []byte) []byte {
	w := spool.Writer{B: b}
	w.Uint(uint64(len(p.lanes)))
	for i := range p.lanes {
		p.lanes[i].append(&w)
	}
	w.Uint(uint64(len(p.links)))
	for i := range p.links {
		w.Uint(p.links[i].end)
		w.Uint(p.links[i].start)
		p.links[i].append(&w)
	}
	return w.B
}

// ReadPart reads what Append wrote; spool.ErrDamaged is its only error.
func ReadPart(b []byte) (*Part, error) {
	r := spool.Reader{B: b}
	p := &Part{lanes: make([]lane, r.Count(40))}
	for i := range p.lanes {
		p.lanes[i].read(&r)
	}
	p.links = make([]link, r.Count(10))
	for i := range p.links {
		p.links[i].end, p.links[i].start = r.Uint(), r.Uint()
		p.links[i].read(&r)
	}
	if r.Err == nil && len(r.B) > 0 {
		return nil, spool.ErrDamaged
	}
	return p, r.Err
}

func (l *lane) append(w *spool.Writer) {
	w.String(l.class)
	w.Byte(byte(l.kind))
	w.Byte(byte(l.halt))
	for _, v := range [3]float64{l.speed, l.to[0], l.to[1]} {
		w.Float(v)
	}
	w.Uint(l.start)
	w.Uint(l.end)
	points(w, l.line)
}

func (l *lane) read(r *spool.Reader) {
	l.class, l.kind, l.halt = r.String(), street.Kind(r.Byte()), street.Halt(r.Byte())
	l.speed, l.to = r.Float(), [2]float64{r.Float(), r.Float()}
	l.start, l.end = r.Uint(), r.Uint()
	l.line = readPoints(r)
	if r.Err == nil && len(l.line) < 2 {
		r.Err = spool.ErrDamaged
	}
}

func (t *turn) append(w *spool.Writer) {
	w.Float(t.angle)
	points(w, t.line)
}

func (t *turn) read(r *spool.Reader) {
	t.angle = r.Float()
	t.line = readPoints(r)
}

func points(w *spool.Writer, line [][3]float64) {
	w.Uint(uint64(len(line)))
	for _, p := range line {
		w.Float(p[0])
		w.Float(p[1])
		w.Float(p[2])
	}
}

func readPoints(r *spool.Reader) [][3]float64 {
	line := make([][3]float64, r.Count(24))
	for i := range line {
		line[i] = [3]float64{r.Float(), r.Float(), r.Float()}
	}
	return line
}
