package quantized

// mask is 255 where there is water.
func (t *tile) mask(water func(lng, lat float64) bool) []byte {
	const n = 256
	out := make([]byte, n*n)
	wet := 0
	for j := range n {
		for i := range n {
			p := t.Place((float64(i)+0.5)/n*float64(t.Samples), (1-(float64(j)+0.5)/n)*float64(t.Samples), 0)
			if water(p.Lng, p.Lat) {
				out[j*n+i] = 255
				wet++
			}
		}
	}
	switch wet {
	case 0:
		return []byte{0}
	case n * n:
		return []byte{255}
	}
	return out
}
