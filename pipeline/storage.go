package pipeline

import (
	"slices"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// pool is pages of fixed-size records that shaders read as storage blocks.
type pool struct {
	label  string
	stride int
	lent   bool // many records that stay are drawn from where they are, see gpu.Lent
	pages  []*poolPage
}

// leastLent is how many bytes are worth a page of their own.
const leastLent = 1 << 18

// texelBytes are those of a gpu.BufferTexture that is not Single.
const texelBytes = 16

type poolPage struct {
	buffer *gpu.Buffer
	spans  *spans
	lent   bool
}

type poolRange struct {
	page int
	span
}

// keep is add of records that do not change until they are removed, unless they are brief: giving
// back what was lent waits for the frames before, which is not to be in each.
func (p *pool) keep(n int, data []byte, brief bool) poolRange {
	if brief || !p.lent || len(data) < leastLent {
		return p.add(n, data)
	}
	buffer := gpu.Lent(p.label, data)
	if buffer == nil {
		p.lent = false
		return p.add(n, data)
	}
	pg := &poolPage{buffer, newSpans(n), true}
	r := poolRange{page: p.put(pg)}
	r.span, _ = pg.spans.take(n)
	return r
}

// put is the number of a new page.
func (p *pool) put(pg *poolPage) int {
	if i := slices.Index(p.pages, nil); i >= 0 {
		p.pages[i] = pg
		return i
	}
	p.pages = append(p.pages, pg)
	return len(p.pages) - 1
}

// add uploads n records, which may come in several parts. None are in no page, which would
// otherwise go while they are still drawn.
func (p *pool) add(n int, data ...[]byte) poolRange {
	if n == 0 {
		return poolRange{}
	}
	r, copied := poolRange{page: -1}, 0
	for i, pg := range p.pages {
		if pg == nil || pg.lent { // which is full
			continue
		}
		copied++
		if s, ok := pg.spans.take(n); ok {
			r.page, r.span = i, s
			break
		}
	}
	if r.page < 0 {
		size := max((1<<20)<<min(copied, 6)/p.stride, n)
		pg := &poolPage{gpu.NewBuffer(p.label, size*p.stride), newSpans(size), false}
		r.page = p.put(pg)
		r.span, _ = pg.spans.take(n)
	}
	at := r.first * p.stride
	for _, d := range data {
		p.pages[r.page].buffer.Write(at, d)
		at += len(d)
	}
	return r
}

func (p *pool) remove(r poolRange) {
	if r.count == 0 {
		return
	}
	pg := p.pages[r.page]
	pg.spans.put(r.span)
	if pg.spans.empty() {
		pg.buffer.Release()
		p.pages[r.page] = nil
	}
}

func (p *pool) release() {
	for _, pg := range p.pages {
		if pg != nil {
			pg.buffer.Release()
		}
	}
	p.pages = nil
}

// materialTable holds the materials, one record for each look: equal materials share it,
// so that months of streaming do not grow it.
type materialTable struct {
	index   map[materialRecord]uint32
	records []materialRecord
}

// of returns the record number of a material; nil is the default material.
func (t *materialTable) of(m *drawable.Material) uint32 {
	if m == nil {
		m = defaultMaterial
	}
	r := newMaterialRecord(m)
	if i, ok := t.index[r]; ok {
		return i
	}
	if t.index == nil {
		t.index = map[materialRecord]uint32{}
	}
	i := uint32(len(t.records))
	t.index[r] = i
	t.records = append(t.records, r)
	return i
}

var defaultMaterial = drawable.DefaultMaterial()
