package stage

// dry leaves out the triangles of the bed below the sea and the skirts that hang from it:
// water hides them from above, and from outside the square, where the globe is the sea,
// nothing would. h are the heights of a patch's vertices; those beyond are a skirt's.
func (g *generation) dry(indices []uint32, h []float64) []uint32 {
	bed := g.sea - seaDepth + 0.5
	wet := func(v uint32) bool { return int(v) >= len(h) || h[v] < bed }
	out := indices[:0]
	for i := 0; i+2 < len(indices); i += 3 {
		if a, b, c := indices[i], indices[i+1], indices[i+2]; !(wet(a) && wet(b) && wet(c)) {
			out = append(out, a, b, c)
		}
	}
	return out
}
