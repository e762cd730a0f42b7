package terrain

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"sync/atomic"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/raster/harmonic"
)

// sampleAll reads the elevation at all nodes. Where its samples are closer than the
// grid's nodes (it has a Resolution method), up to 4×4 of them are averaged over the
// cell around the node, so that fine data does not alias.
func (t *Terrain) sampleAll(elev geo.Elevation) error {
	if t.o.Sampled != nil {
		return t.readSampled()
	}
	k := 1
	if r, ok := elev.(interface{ Resolution() float64 }); ok {
		if res := r.Resolution(); res > 0 && t.cell > 1.5*res {
			k = int(min(math.Ceil(t.cell/res), 4))
		}
	}
	var known atomic.Int64
	parallel(len(t.nodes.all), func(from, to int) {
		count := 0
		for at := from; at < to; at++ {
			x0, y0, w, h := t.nodes.square(at)
			p := &page{w: w, h: h, heights: make([]float32, w*h)}
			for i := range p.heights {
				z, ok := t.sample(elev, x0+i%w, y0+i/w, k)
				if ok {
					count++
				}
				p.heights[i] = z
			}
			t.nodes.put(at, p)
		}
		known.Add(int64(count))
	})
	if t.known = float64(known.Load()) / float64(t.n*t.n); t.known < 1 {
		t.fillHoles()
	}
	if t.o.Keep != nil {
		return t.writeSampled(t.o.Keep)
	}
	return nil
}

// fillHoles carries the known heights on. Who limits the memory of the grid gives an
// elevation without holes: all of it is held meanwhile.
func (t *Terrain) fillHoles() {
	z := make([]float32, t.n*t.n)
	t.eachRow(func(k, j, x, y int, row []float32) { copy(z[y*t.n+x:], row) })
	if !harmonic.Fill(z, t.n, t.n) {
		for i := range z {
			z[i] = float32(t.o.SeaLevel)
		}
	}
	for k := range t.nodes.all {
		x0, y0, w, h := t.nodes.square(k)
		p := &page{w: w, h: h, heights: make([]float32, w*h)}
		for j := range h {
			copy(p.heights[j*w:(j+1)*w], z[(y0+j)*t.n+x0:])
		}
		t.nodes.put(k, p)
	}
}

// eachRow calls f with the heights of each row of each page: the j-th of page k, which
// begins at node x, y.
func (t *Terrain) eachRow(f func(k, j, x, y int, row []float32)) {
	for k := range t.nodes.all {
		x0, y0, w, h := t.nodes.square(k)
		p, _ := t.nodes.of(x0, y0)
		for j := range h {
			f(k, j, x0, y0+j, p.heights[j*w:(j+1)*w])
		}
	}
}

// writeSampled writes the share of the nodes that the elevation knew, and the heights page
// by page.
func (t *Terrain) writeSampled(to io.Writer) (err error) {
	out := bufio.NewWriterSize(to, 1<<16)
	b := floats(nil, t.known)
	t.eachRow(func(_, _, _, _ int, row []float32) {
		for _, z := range row {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(z))
		}
		if err == nil {
			_, err = out.Write(b)
		}
		b = b[:0]
	})
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("heights: %w", err)
	}
	return nil
}

// readSampled reads what writeSampled wrote.
func (t *Terrain) readSampled() error {
	from, err := t.o.Sampled()
	if err != nil {
		return fmt.Errorf("heights that were kept: %w", err)
	}
	defer func() { _ = from.Close() }()
	in := bufio.NewReaderSize(from, 1<<16)
	b := make([]byte, 8, 4*block*block)
	_, err = io.ReadFull(in, b)
	t.known = math.Float64frombits(binary.LittleEndian.Uint64(b))
	for k := 0; k < len(t.nodes.all) && err == nil; k++ {
		_, _, w, h := t.nodes.square(k)
		b = b[:4*w*h]
		if _, err = io.ReadFull(in, b); err != nil {
			break
		}
		p := &page{w: w, h: h, heights: make([]float32, w*h)}
		for i := range p.heights {
			p.heights[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		t.nodes.put(k, p)
	}
	if err != nil {
		return fmt.Errorf("heights that were kept: %w", err)
	}
	return nil
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
