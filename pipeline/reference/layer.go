package reference

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
)

// Layer is the first layer of surfaces: what each pixel's middle sees.
type Layer struct {
	Camera
	scene *Scene
	hits  []Hit // of the pixels, rows from the top; no object where there is sky
}

// Layer traces the first layer of a view.
func (s *Scene) Layer(ctx context.Context, c Camera) (*Layer, error) {
	l := &Layer{Camera: c, scene: s, hits: make([]Hit, c.Width*c.Height)}
	err := l.each(ctx, 0, func(i int, _ *rand.Rand) {
		x, y := i%c.Width, i/c.Width
		r := ray{along: c.Ray(float64(x)+0.5, float64(y)+0.5), far: math.Inf(1)}
		l.hits[i], _ = s.nearest(r, seeing)
	})
	return l, err
}

// At is what pixel i, counted in rows from the top, sees; ok is false for the sky.
func (l *Layer) At(i int) (h *Hit, ok bool) {
	h = &l.hits[i]
	return h, h.object != nil
}

// each runs a function for every pixel on all cores. Each pixel has random numbers of its
// own, so that neither order nor cores matter.
func (l *Layer) each(ctx context.Context, seed uint64, pixel func(i int, random *rand.Rand)) error {
	return eachPixel(ctx, l.Width, l.Height, seed, pixel)
}

func eachPixel(ctx context.Context, width, height int, seed uint64, pixel func(i int, random *rand.Rand)) error {
	var next atomic.Int64
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			source := rand.NewPCG(0, 0)
			random := rand.New(source)
			for {
				y := int(next.Add(1)) - 1
				if y >= height || ctx.Err() != nil {
					return
				}
				for i := y * width; i < (y+1)*width; i++ {
					source.Seed(seed, uint64(i))
					pixel(i, random)
				}
			}
		})
	}
	done.Wait()
	return ctx.Err()
}

// Shows tells whether a point of a surface is part of the first layer, and at which
// position in pixels: some pixel about it sees the plane that the point lies in.
func (l *Layer) Shows(p vec) (x, y float64, ok bool) {
	x, y, depth, ok := l.Project(p)
	if !ok {
		return x, y, false
	}
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if l.sees(int(x)+dx, int(y)+dy, p, depth) {
				return x, y, true
			}
		}
	}
	return x, y, false
}

// sees tells whether a pixel sees the plane that a point at a view depth lies in, about there.
func (l *Layer) sees(px, py int, p vec, depth float64) bool {
	if px < 0 || py < 0 || px >= l.Width || py >= l.Height {
		return false
	}
	h, ok := l.At(py*l.Width + px)
	if !ok {
		return false
	}
	foot := l.Footprint(depth)
	d := p.Sub(h.Position)
	slope := math.Max(math.Abs(h.Geometric.Dot(h.Position))/h.Position.Len(), 0.05)
	return math.Abs(d.Dot(h.Geometric)) <= 0.25*foot+0.01 && d.Len() <= 3*foot/slope+0.01
}

// off is a point just outside the surface of a hit, so that rays from there do not meet
// it again: what is draped on the ground lies within millimetres of it.
func (h *Hit) off() vec {
	return h.Position.Add(h.Geometric.Mul(0.004 + 2e-6*h.Position.Len()))
}
