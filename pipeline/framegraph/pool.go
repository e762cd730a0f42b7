package framegraph

// Pool keeps transient textures from one graph to the next.
type Pool[T any] struct {
	alloc Allocator[T]
	free  map[Desc][]pooled[T]
	order []Desc // of first use: deterministic trimming
	age   int
}

type pooled[T any] struct {
	tex   T
	since int
}

// NewPool returns an empty pool over an allocator.
func NewPool[T any](a Allocator[T]) *Pool[T] {
	return &Pool[T]{alloc: a, free: map[Desc][]pooled[T]{}}
}

func (p *Pool[T]) take(label string, d Desc) (T, error) {
	if l := p.free[d]; len(l) > 0 {
		t := l[len(l)-1].tex
		p.free[d] = l[:len(l)-1]
		return t, nil
	}
	return p.alloc.NewTexture(label, d)
}

func (p *Pool[T]) put(d Desc, t T) {
	if _, known := p.free[d]; !known {
		p.order = append(p.order, d)
	}
	p.free[d] = append(p.free[d], pooled[T]{t, p.age})
}

// Trim destroys what lay unused during the last n calls of Trim; n = 0 empties the pool.
func (p *Pool[T]) Trim(n int) {
	p.age++
	for _, d := range p.order {
		l := p.free[d]
		keep := l[:0]
		for _, e := range l {
			if p.age-e.since > n {
				p.alloc.FreeTexture(e.tex)
			} else {
				keep = append(keep, e)
			}
		}
		p.free[d] = keep
	}
}
