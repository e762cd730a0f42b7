package labels

import (
	"math"

	"github.com/paulmach/orb"
)

// named is a line with the text that runs along it, and the row that it was first.
type named struct {
	text string
	row  int
	line []orb.Point
}

// joined puts lines of one text whose ends meet together: maps cut streets where anything about
// them changes, and a name needs the whole. Where several go on, the straightest does; none
// goes on that turns back.
func joined(lines []named) (out []named) {
	type end struct {
		text string
		at   orb.Point
	}
	at := map[end][]int{}
	for i, l := range lines {
		for _, p := range []orb.Point{l.line[0], l.line[len(l.line)-1]} {
			at[end{l.text, p}] = append(at[end{l.text, p}], i)
		}
	}
	used := make([]bool, len(lines))
	// on lengthens a line behind its last vertex.
	on := func(l *named) {
		for {
			n := len(l.line)
			last, best, straight := l.line[n-1], -1, 0.0
			for _, i := range at[end{l.text, last}] {
				if used[i] {
					continue
				}
				other := lines[i].line
				second := other[1]
				if other[0] != last {
					second = other[len(other)-2]
				}
				if s := ahead(l.line[n-2], last, second); s > straight {
					best, straight = i, s
				}
			}
			if best < 0 {
				return
			}
			used[best] = true
			next := lines[best].line
			if next[0] != last {
				next = reversed(next)
			}
			l.line = append(l.line, next[1:]...)
		}
	}
	for i, l := range lines {
		if used[i] {
			continue
		}
		used[i] = true
		l.line = append([]orb.Point(nil), l.line...)
		on(&l)
		l.line = reversed(l.line)
		on(&l)
		l.line = reversed(l.line)
		out = append(out, l)
	}
	return out
}

func reversed(line []orb.Point) []orb.Point {
	out := make([]orb.Point, len(line))
	for i, p := range line {
		out[len(line)-1-i] = p
	}
	return out
}

// ahead is the cosine of the turn at b on the way from a to c.
func ahead(a, b, c orb.Point) float64 {
	k := math.Cos(b[1] * math.Pi / 180)
	x, y, u, v := (b[0]-a[0])*k, b[1]-a[1], (c[0]-b[0])*k, c[1]-b[1]
	return (x*u + y*v) / math.Max(math.Hypot(x, y)*math.Hypot(u, v), 1e-300)
}
