package raster

import "math"

// join stitches grids that are cuts of one lattice (SRTM tiles, map tiles of one zoom)
// into one raster, so that neither interpolation nor void filling knows of their edges.
// A later grid wins where both have a height.
func join(grids []*Grid) []*Grid {
	var out []*Grid
	for _, g := range grids {
		merged := false
		for i, base := range out {
			if m := merge(base, g); m != nil {
				out[i], merged = m, true
				break
			}
		}
		if !merged {
			out = append(out, g)
		}
	}
	if len(out) < len(grids) {
		return join(out) // a merged pair may now reach a third
	}
	return out
}

// merge returns nil where the two are not cuts of one lattice that touch, or where the
// box around both would be mostly empty.
func merge(a, b *Grid) *Grid {
	if a.Mercator != b.Mercator || a.Datum != b.Datum || a.wraps() || b.wraps() ||
		math.Abs(a.DLng-b.DLng)*float64(a.Width+b.Width) > 0.02*a.DLng ||
		math.Abs(a.DLat-b.DLat)*float64(a.Height+b.Height) > 0.02*a.DLat {
		return nil
	}
	fx := math.Remainder(b.West-a.West, 360) / a.DLng
	fy := (a.North - b.North) / a.DLat
	dx, dy := int(math.Round(fx)), int(math.Round(fy))
	if math.Abs(fx-float64(dx)) > 0.02 || math.Abs(fy-float64(dy)) > 0.02 {
		return nil
	}
	if dx > a.Width || -dx > b.Width || dy > a.Height || -dy > b.Height {
		return nil
	}
	x0, y0 := min(0, dx), min(0, dy)
	w, h := max(a.Width, dx+b.Width)-x0, max(a.Height, dy+b.Height)-y0
	if float64(w)*float64(h) > 2*(float64(a.Width)*float64(a.Height)+float64(b.Width)*float64(b.Height)) ||
		float64(w)*a.DLng >= 360 {
		return nil
	}
	m := &Grid{Name: a.Name, Width: w, Height: h, Mercator: a.Mercator, Datum: a.Datum, Quantum: max(a.Quantum, b.Quantum),
		West: a.West + float64(x0)*a.DLng, North: a.North - float64(y0)*a.DLat, DLng: a.DLng, DLat: a.DLat}
	m.Heights = make([]float32, w*h)
	for i := range m.Heights {
		m.Heights[i] = float32(math.NaN())
	}
	m.lay(a, -x0, -y0)
	m.lay(b, dx-x0, dy-y0)
	return m
}

func (g *Grid) lay(s *Grid, x0, y0 int) {
	for y := range s.Height {
		row := g.Heights[(y0+y)*g.Width+x0:]
		for x, v := range s.Heights[y*s.Width : (y+1)*s.Width] {
			if v == v {
				row[x] = v
			}
		}
	}
}
