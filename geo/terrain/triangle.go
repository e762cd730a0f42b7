package terrain

// triangle is a right isosceles triangle of the hierarchy, counter-clockwise: the ends
// of its longest side, then its apex, in grid nodes.
type triangle struct{ ax, ay, bx, by, cx, cy int32 }

// halves are the two triangles of the square of c cells with the index.
func halves(ix, iy, c int) [2]triangle {
	x0, y0 := int32(ix*c), int32(iy*c)
	x1, y1 := x0+int32(c), y0+int32(c)
	if slash(ix, iy) {
		return [2]triangle{{x1, y1, x0, y0, x1, y0}, {x0, y0, x1, y1, x0, y1}}
	}
	return [2]triangle{{x1, y0, x0, y1, x0, y0}, {x0, y1, x1, y0, x1, y1}}
}

// split returns the halves; the triangle must be splittable.
func (t triangle) split() (triangle, triangle) {
	mx, my := (t.ax+t.bx)/2, (t.ay+t.by)/2
	return triangle{t.cx, t.cy, t.ax, t.ay, mx, my}, triangle{t.bx, t.by, t.cx, t.cy, mx, my}
}

// splits tells whether the triangle is split at the bound, and is not a finest one.
func (t *Terrain) splits(tr triangle, bound float32) bool {
	sx, sy := tr.ax+tr.bx, tr.ay+tr.by
	return sx&1 == 0 && sy&1 == 0 && t.errs[int(sy/2)*t.n+int(sx/2)] > bound
}

// nodes are the node numbers of a, b, c.
func (t *Terrain) nodes(tr triangle) (a, b, c int) {
	return int(tr.ay)*t.n + int(tr.ax), int(tr.by)*t.n + int(tr.bx), int(tr.cy)*t.n + int(tr.cx)
}

// surface is the height of the drawn triangle at a position in cells: its plane, less
// the sagitta by which a flat triangle lies below the Earth's curve there.
func (t *Terrain) surface(tr triangle, x, y float64) float64 {
	ux, uy := float64(tr.ax-tr.cx), float64(tr.ay-tr.cy)
	vx, vy := float64(tr.bx-tr.cx), float64(tr.by-tr.cy)
	px, py := x-float64(tr.cx), y-float64(tr.cy)
	l := ux*ux + uy*uy // both legs, which are perpendicular
	// |p|² is linear on the plane through its corner values a·l, b·l, 0.
	a, b := (px*ux+py*uy)/l, (px*vx+py*vy)/l
	sag := (a*l + b*l - px*px - py*py) * t.cell * t.cell / (2 * meanRadius)
	return t.plane(tr, x, y) - sag
}

// meanRadius of the Earth in metres; what it errs by is under 1 % of a sagitta.
const meanRadius = 6371e3

// plane interpolates the corners' heights at a position in cells.
func (t *Terrain) plane(tr triangle, x, y float64) float64 {
	a, b, c := t.nodes(tr)
	hc := float64(t.heights[c])
	ux, uy := float64(tr.ax-tr.cx), float64(tr.ay-tr.cy)
	vx, vy := float64(tr.bx-tr.cx), float64(tr.by-tr.cy)
	px, py := x-float64(tr.cx), y-float64(tr.cy)
	l := ux*ux + uy*uy // both legs, which are perpendicular
	return hc + (px*ux+py*uy)/l*(float64(t.heights[a])-hc) + (px*vx+py*vy)/l*(float64(t.heights[b])-hc)
}
