package terrain

import (
	"math"
	"sync/atomic"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/raster/harmonic"
)

// sampleAll reads the elevation at all nodes. Where its samples are closer than the
// grid's nodes (it has a Resolution method), up to 4×4 of them are averaged over the
// cell around the node, so that fine data does not alias.
func (t *Terrain) sampleAll(elev geo.Elevation) {
	if s := t.o.Sampled; s != nil && len(s.Heights) == t.n*t.n {
		t.heights, t.known = s.Heights, s.Known
		return
	}
	defer func() {
		if t.o.Keep != nil {
			t.o.Keep(&Sampled{t.heights, t.known})
		}
	}()
	k := 1
	if r, ok := elev.(interface{ Resolution() float64 }); ok {
		if res := r.Resolution(); res > 0 && t.cell > 1.5*res {
			k = int(min(math.Ceil(t.cell/res), 4))
		}
	}
	t.heights = make([]float32, t.n*t.n)
	var known atomic.Int64
	parallel(t.n, func(from, to int) {
		count := 0
		for j := from; j < to; j++ {
			for i := range t.n {
				h, ok := t.sample(elev, i, j, k)
				if ok {
					count++
				}
				t.heights[j*t.n+i] = h
			}
		}
		known.Add(int64(count))
	})
	t.known = float64(known.Load()) / float64(len(t.heights))
	if !harmonic.Fill(t.heights, t.n, t.n) {
		for i := range t.heights {
			t.heights[i] = float32(t.o.SeaLevel)
		}
	}
}

func (t *Terrain) sample(elev geo.Elevation, i, j, k int) (float32, bool) {
	var sum float64
	n := 0
	for b := range k {
		for a := range k {
			x := t.o.Min[0] + (float64(i)+(float64(a)+0.5)/float64(k)-0.5)*t.cell
			y := t.o.Min[1] + (float64(j)+(float64(b)+0.5)/float64(k)-0.5)*t.cell
			h, ok := elev.HeightAt(t.o.Frame.Unplan(x, y))
			if ok && math.Abs(h) < 1e6 { // false for NaN too
				sum += h
				n++
			}
		}
	}
	if n == 0 {
		return float32(math.NaN()), false
	}
	return float32(sum / float64(n)), true
}
