package canvas

// Holds tells whether a point lies within the path, by how often its contours wind around it;
// open ones are closed.
func (p *Path) Holds(x, y float64) bool {
	lo, hi, ok := p.extent()
	if !ok || x < lo.X || y < lo.Y || x > hi.X || y > hi.Y {
		return false
	}
	winding := 0
	for _, c := range p.flatten(0.1) {
		for i, a := range c.points {
			b := c.points[(i+1)%len(c.points)]
			if (a.Y <= y) == (b.Y <= y) {
				continue
			}
			if side := (b.X-a.X)*(y-a.Y) - (x-a.X)*(b.Y-a.Y); side > 0 == (b.Y > a.Y) {
				if b.Y > a.Y {
					winding++
				} else {
					winding--
				}
			}
		}
	}
	return winding != 0
}
