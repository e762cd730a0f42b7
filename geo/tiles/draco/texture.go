package draco

import (
	"errors"
	"math"
)

type vec [3]int64

func (a vec) sub(b vec) vec { return vec{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }

func (a vec) dot(b vec) int64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

func (a vec) cross(b vec) vec {
	return vec{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

// place is the position, on its grid, of the point at a corner.
func (d *decoder) place(corner int32) vec {
	e := d.position.entry(int(d.faces[corner])) * 3
	v := d.position.values[e : e+3]
	return vec{int64(v[0]), int64(v[1]), int64(v[2])}
}

func (d *decoder) needPosition() error {
	if d.position == nil || d.position.components != 3 || d.position.values == nil {
		return errors.New("it needs positions that are whole numbers, and there are none before it")
	}
	return nil
}

// texture guesses texture coordinates so that the triangle there is similar to the
// triangle of the positions.
type texture struct {
	*decoder
	*order
	turns []bool // which of the two, the last one first
}

func (d *decoder) texture(p *portable) (*texture, error) {
	if err := d.needPosition(); err != nil {
		return nil, err
	}
	if p.components != 2 {
		return nil, errors.New("texture coordinates do not have two components")
	}
	n, err := d.size("orientations", d.u32(), len(p.order.vertex))
	if err != nil {
		return nil, err
	}
	c, err := d.coin()
	if err != nil {
		return nil, err
	}
	g, turn := &texture{decoder: d, order: p.order, turns: make([]bool, n)}, true
	for i := range g.turns {
		turn = turn == c.next()
		g.turns[i] = turn
	}
	return g, nil
}

func (g *texture) guess(entry int, values, out []int32) error {
	c := g.corners[entry]
	n, p := int(g.value[g.vertex[next(c)]]), int(g.value[g.vertex[previous(c)]])
	if n >= entry || p >= entry {
		switch {
		case n < entry:
			copy(out, values[2*n:2*n+2])
		case entry > 0:
			copy(out, values[2*entry-2:2*entry])
		default:
			clear(out)
		}
		return nil
	}
	from := [2]int64{int64(values[2*n]), int64(values[2*n+1])}
	along := [2]int64{int64(values[2*p]) - from[0], int64(values[2*p+1]) - from[1]}
	edge := g.place(g.corners[p]).sub(g.place(g.corners[n]))
	tip := g.place(c).sub(g.place(g.corners[n]))
	length := edge.dot(edge) // squared
	if along == [2]int64{} || length == 0 {
		out[0], out[1] = values[2*p], values[2*p+1]
		if along != [2]int64{} { // a triangle without an edge says nothing
			out[0], out[1] = values[2*n], values[2*n+1]
		}
		return nil
	}
	if len(g.turns) == 0 {
		return errors.New("too few orientations")
	}
	turn := g.turns[len(g.turns)-1]
	g.turns = g.turns[:len(g.turns)-1]
	t := tip.dot(edge)
	foot := vec{t * edge[0] / length, t * edge[1] / length, t * edge[2] / length}
	across := tip.sub(foot)
	s := root(uint64(across.dot(across)) * uint64(length))
	if !turn {
		s = -s
	}
	out[0] = int32((from[0]*length + t*along[0] + s*along[1]) / length)
	out[1] = int32((from[1]*length + t*along[1] - s*along[0]) / length)
	return nil
}

// root is the largest whole number whose square is not above v.
func root(v uint64) int64 {
	r := uint64(math.Sqrt(float64(v)))
	for r > 1<<32-1 || r*r > v {
		r--
	}
	for r < 1<<32-1 && (r+1)*(r+1) <= v {
		r++
	}
	return int64(r)
}
