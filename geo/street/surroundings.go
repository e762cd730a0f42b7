package street

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// cell is a square of the plan.
type cell = [2]int32

func cellOf(p pt, size float64) cell {
	return cell{int32(math.Floor(p[0] / size)), int32(math.Floor(p[1] / size))}
}

// surroundings are the cells of rampReach near bridges, in groups: what touches is solved
// as one, so that ramps know of each other. Where more cells touch than groupCells, as in a
// city of bridges, they are cut into squares that each also look at what is groupMargin
// cells beyond: so one group is held at a time, whatever the input.
type surroundings struct {
	cells   map[cell]int32 // what touches alike
	wide    map[int32]bool // of these, those that are cut
	number  map[[3]int32]int32
	count   int32 // of groups
	grouped bool
}

const (
	groupCells  = 400
	groupSide   = 12
	groupMargin = 4
)

func newSurroundings() *surroundings { return &surroundings{cells: map[cell]int32{}} }

func (s *surroundings) none() bool { return len(s.cells) == 0 }

func (s *surroundings) add(o *surroundings) {
	for c := range o.cells {
		s.cells[c] = 0
	}
}

// bridge enters the line of a bridge.
func (s *surroundings) bridge(line []pt) {
	for i := 1; i < len(line); i++ {
		l := dist(line[i-1], line[i])
		for k := range min(int(l/rampReach), 4000) + 2 {
			c := cellOf(mix(line[i-1], line[i], math.Min(float64(k)*rampReach/l, 1)), rampReach)
			for dx := int32(-1); dx <= 1; dx++ {
				for dy := int32(-1); dy <= 1; dy++ {
					s.cells[cell{c[0] + dx, c[1] + dy}] = 0
				}
			}
		}
	}
}

// group numbers the groups from the south-west.
func (s *surroundings) group() {
	s.grouped, s.wide, s.number = true, map[int32]bool{}, map[[3]int32]int32{}
	cells := slices.SortedFunc(maps.Keys(s.cells), func(a, b cell) int { return cmp.Or(cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0])) })
	touching := int32(0)
	for _, c := range cells {
		if s.cells[c] != 0 {
			continue
		}
		touching++
		s.cells[c] = touching
		size := 0
		for todo := []cell{c}; len(todo) > 0; size++ {
			c := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for dx := int32(-1); dx <= 1; dx++ {
				for dy := int32(-1); dy <= 1; dy++ {
					next := cell{c[0] + dx, c[1] + dy}
					if g, ok := s.cells[next]; ok && g == 0 {
						s.cells[next] = touching
						todo = append(todo, next)
					}
				}
			}
		}
		if size > groupCells {
			s.wide[touching] = true
		}
	}
	for _, c := range cells {
		if k := s.square(c, 0, 0); s.number[k] == 0 {
			s.count++
			s.number[k] = s.count
		}
	}
}

// square names the square of a cell, moved by some cells.
func (s *surroundings) square(c cell, dx, dy int32) [3]int32 {
	t := s.cells[c]
	if !s.wide[t] {
		return [3]int32{t}
	}
	side := func(v int32) int32 { return int32(math.Floor(float64(v) / groupSide)) }
	return [3]int32{t, side(c[0] + dx), side(c[1] + dy)}
}

// of is the group of a place; 0 for none.
func (s *surroundings) of(p pt) int32 {
	c := cellOf(p, rampReach)
	if s.cells[c] == 0 {
		return 0
	}
	return s.number[s.square(c, 0, 0)]
}

// groups adds those that a line comes near, each once.
func (s *surroundings) groups(out []int32, line []pt) []int32 {
	s.along(line, func(p pt) {
		c := cellOf(p, rampReach)
		if s.cells[c] == 0 {
			return
		}
		for _, dx := range [3]int32{0, -groupMargin, groupMargin} {
			for _, dy := range [3]int32{0, -groupMargin, groupMargin} {
				if g := s.number[s.square(c, dx, dy)]; g != 0 && !slices.Contains(out, g) {
					out = append(out, g)
				}
			}
		}
	})
	return out
}

// in tells whether a line has a point in a group itself.
func (s *surroundings) in(line []pt, group int32) (yes bool) {
	s.along(line, func(p pt) { yes = yes || s.of(p) == group })
	return yes
}

func (s *surroundings) along(line []pt, f func(p pt)) {
	for i, p := range line {
		f(p)
		if i > 0 {
			f(mix(line[i-1], p, 0.5))
		}
	}
}
