package terrain

// stubReach is how many nodes around one of a wall are looked at for more of it.
const stubReach = 4

// prune takes out walls that are no more than stubs: within reach nodes of each of theirs fewer
// stand at a step than at the end of a wall, so that it would end within a few cells, a pyramid in a
// meadow. What is left has its height without walls. Nodes look no further than a node beyond
// reach, so that lattices that overlap agree.
func (l *lattice) prune(reach int, heights, plain []float32, steps []step) {
	stands := func(a, b int) bool {
		if heights[a] < heights[b] {
			a, b = b, a
		}
		return steps[a].down > 0 && steps[b].up > 0 && heights[a]-heights[b] >= stepLeast
	}
	// Sums over rows and columns before each of nodes that stand at a step.
	w := l.w + 1
	sums := make([]int32, w*(l.h+1))
	for j := range l.h {
		row := int32(0)
		for i := range l.w {
			at := j*l.w + i
			if steps[at] != (step{}) && (i > 0 && stands(at, at-1) || i+1 < l.w && stands(at, at+1) || j > 0 && stands(at, at-l.w) || j+1 < l.h && stands(at, at+l.w)) {
				row++
			}
			sums[(j+1)*w+i+1] = sums[j*w+i+1] + row
		}
	}
	for j := range l.h {
		y0, y1 := max(j-reach, 0), min(j+reach+1, l.h)
		for i := range l.w {
			at := j*l.w + i
			if steps[at] == (step{}) {
				continue
			}
			x0, x1 := max(i-reach, 0), min(i+reach+1, l.w)
			if n := sums[y1*w+x1] - sums[y0*w+x1] - sums[y1*w+x0] + sums[y0*w+x0]; int(n) < 2*(reach+1) {
				heights[at], steps[at] = plain[at], step{}
			}
		}
	}
}
