package terrain

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
)

// The nodes of the RTIN hierarchy, by the triangles that they split. Scale s is a power
// of two.
//
//   - A diagonal node is the middle of an aligned square of side 2s, at odd multiples of
//     s; it splits the two halves of the square. Their diagonal runs from the corner
//     that is the middle of the square's parent.
//   - A side node is the middle of a side of such a square; it splits the two triangles
//     on that side whose apexes are the middles of the squares beside it.
//
// Splitting at a diagonal node makes triangles with side nodes of scale s, splitting at
// a side node ones with diagonal nodes of scale s/2.

// measure fills errs from the finest scale up: the largest distance, over all nodes in
// the two triangles that a node splits, between the grid and the triangles' planes, and
// the errors of the nodes below. To that comes the sagitta of the Earth's curve over the
// triangle: a flat triangle cuts below level ground. What exceeds every level's bound is
// always split, so the first proof of that is enough.
func (t *Terrain) measure() {
	t.errs = make([]float32, len(t.heights))
	limit := t.levels[0].Error
	curve := t.cell * t.cell / t.radius()
	for s := 1; 2*s <= t.o.Cells; s *= 2 {
		// Side nodes lie on rows at multiples of s: in columns of odd multiples on even
		// rows, of even multiples on odd rows.
		parallel(t.o.Cells/s+1, func(from, to int) {
			for r := from; r < to; r++ {
				for x := (1 - r&1) * s; x < t.n; x += 2 * s {
					t.side(x, r*s, s, r&1 == 0, limit, curve)
				}
			}
		})
		parallel(t.o.Cells/(2*s), func(from, to int) {
			for r := from; r < to; r++ {
				for x := s; x < t.n; x += 2 * s {
					t.diagonal(x, (2*r+1)*s, s, limit, curve)
				}
			}
		})
	}
}

// radius is the smallest radius of curvature of the ellipsoid's height over the plan in
// the terrain's square: the meridian's at the equator, foreshortened by the tilt of the
// furthest corner.
func (t *Terrain) radius() float64 {
	x := max(math.Abs(t.o.Min[0]), math.Abs(t.o.Min[0]+t.o.Size)) / earth.B
	y := max(math.Abs(t.o.Min[1]), math.Abs(t.o.Min[1]+t.o.Size)) / earth.B
	cos := math.Sqrt(1 - min(x*x+y*y, 0.9))
	return earth.B * earth.B / earth.A * cos * cos * cos
}

// diagonal measures the two halves of the square of side 2s around x, y.
func (t *Terrain) diagonal(x, y, s int, limit, curve float64) {
	n := t.n
	worst := max(t.errs[y*n+x-s], t.errs[y*n+x+s], t.errs[(y-s)*n+x], t.errs[(y+s)*n+x])
	if float64(worst) <= limit {
		side := 2 * s
		sw := (y-s)*n + x - s
		h00, h10 := float64(t.heights[sw]), float64(t.heights[sw+side])
		h01, h11 := float64(t.heights[sw+side*n]), float64(t.heights[sw+side*n+side])
		inv := 1 / float64(side)
		rising := slash((x-s)/side, (y-s)/side)
		sag := curve * float64(s) * float64(s) // (2√2 s)²/8 cells²
		e := max(float64(worst)-sag, 0)
		for dy := 0; dy <= side && e+sag <= limit; dy++ {
			row := t.heights[sw+dy*n : sw+dy*n+side+1]
			fy := float64(dy)
			// The diagonal cuts the row; each part lies in one plane.
			if rising { // south-west to north-east: left part above the diagonal
				e = max(e, deviation(row[:dy+1], h00+fy*inv*(h01-h00), inv*(h11-h01)),
					deviation(row[dy:], h00+fy*inv*(h11-h00), inv*(h10-h00)))
			} else { // south-east to north-west: left part below it
				cut := side - dy
				e = max(e, deviation(row[:cut+1], h00+fy*inv*(h01-h00), inv*(h10-h00)),
					deviation(row[cut:], h10+fy*inv*(h01-h10), inv*(h11-h01)))
			}
		}
		worst = max(worst, up32(e+sag))
	}
	m, d := y*n+x, s*n
	if k := t.kind[m]; t.kind[m-d-s] != k || t.kind[m-d+s] != k || t.kind[m+d-s] != k || t.kind[m+d+s] != k {
		worst = max(worst, t.shoreline(s))
	}
	t.errs[m] = worst
}

// shoreline is the error of a triangle of scale s across which the kind of ground
// changes: colours are carried by vertices, so such triangles must not be larger than
// about a pixel of their level.
func (t *Terrain) shoreline(s int) float32 { return up32(t.o.Error * float64(s)) }

// side measures the triangles on both sides of the side of length 2s around x, y.
func (t *Terrain) side(x, y, s int, horizontal bool, limit, curve float64) {
	n := t.n
	var worst float32
	if h := s / 2; h > 0 {
		for _, d := range [4][2]int{{-h, -h}, {h, -h}, {-h, h}, {h, h}} {
			if cx, cy := x+d[0], y+d[1]; cx >= 0 && cy >= 0 && cx < n && cy < n {
				worst = max(worst, t.errs[cy*n+cx])
			}
		}
	}
	sag := curve * float64(s) * float64(s) / 2 // (2 s)²/8 cells²
	e := max(float64(worst)-sag, 0)
	// along steps from end to end, away from the side to the apex.
	along, away, at := 1, n, y
	if !horizontal {
		along, away, at = n, 1, x
	}
	m := y*n + x
	a, b := float64(t.heights[m-s*along]), float64(t.heights[m+s*along])
	slope, mid := (b-a)/float64(2*s), (a+b)/2
	for _, sign := range [2]int{-1, 1} {
		if apex := at + sign*s; apex < 0 || apex >= n {
			continue
		}
		rise := (float64(t.heights[m+sign*s*away]) - mid) / float64(s)
		for d := 0; d < s && e+sag <= limit; d++ {
			base := m + sign*d*away
			half := s - d
			plane := mid + rise*float64(d)
			for k := -half; k <= half; k++ {
				e = max(e, math.Abs(float64(t.heights[base+k*along])-plane-slope*float64(k)))
			}
		}
	}
	if k := t.kind[m]; t.kind[m-s*along] != k || t.kind[m+s*along] != k {
		worst = max(worst, t.shoreline(s))
	}
	t.errs[m] = max(worst, up32(e+sag))
}

// deviation is the largest distance of a row of heights from start + k·slope.
func deviation(row []float32, start, slope float64) float64 {
	e := 0.0
	for k, v := range row {
		e = max(e, math.Abs(float64(v)-start-float64(k)*slope))
	}
	return e
}

// slash tells whether the diagonal of the square with the index rises to the north-east:
// it runs through the middle of the square's parent.
func slash(ix, iy int) bool { return ix&1 == iy&1 }
