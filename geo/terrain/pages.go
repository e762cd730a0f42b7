package terrain

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"sync"
	"sync/atomic"

	"github.com/longtake/longtake/geo/spool"
)

// block is the side in nodes of a page: what the grid is made, laid and read in.
const block = 128

// pages are the nodes of the grid, square by square. Up to a limit they lie in memory,
// beyond it those that were looked at long ago are in a file: a page does not change once
// it is put, so it is written at most once.
type pages struct {
	n, across int // nodes and pages a side
	limit     int // bytes in memory; 0 = all
	dir       string

	all []atomic.Pointer[page] // those in memory

	mu    sync.Mutex
	file  *os.File
	where []int64 // 1 + the place in the file; 0: not written
	size  int64   // of the file
	held  int     // bytes in memory
	hand  int     // of the clock that finds what was not looked at for long
	buf   []byte
	err   error // the first that the file met
}

// page is w × h nodes, row by row from the south-west.
type page struct {
	w, h    int
	heights []float32
	dry     []float32 // heights before the flat surfaces; nil where they are the same
	kind    []uint8   // land, bed or shore; nil where all is land
	looked  atomic.Bool
}

func newPages(n, limit int, dir string) *pages {
	across := (n + block - 1) / block
	return &pages{n: n, across: across, limit: limit, dir: dir,
		all: make([]atomic.Pointer[page], across*across), where: make([]int64, across*across)}
}

// square is the south-west node and the size of a page.
func (g *pages) square(k int) (x0, y0, w, h int) {
	x0, y0 = k%g.across*block, k/g.across*block
	return x0, y0, min(block, g.n-x0), min(block, g.n-y0)
}

func (p *page) bytes() int { return 4*(len(p.heights)+len(p.dry)) + len(p.kind) + 128 }

// of returns the page of a node and its number there. It never fails: where the file
// cannot be read the page is level, and Terrain.Err tells.
func (g *pages) of(i, j int) (*page, int) {
	k := j/block*g.across + i/block
	p := g.all[k].Load()
	if p == nil {
		p = g.read(k)
	} else if !p.looked.Load() {
		p.looked.Store(true)
	}
	return p, j%block*p.w + i%block
}

func (g *pages) height(i, j int) float32 {
	p, at := g.of(i, j)
	return p.heights[at]
}

// natural is a node's height before the flat surfaces were laid.
func (g *pages) natural(i, j int) float32 {
	p, at := g.of(i, j)
	if p.dry != nil {
		return p.dry[at]
	}
	return p.heights[at]
}

func (g *pages) kind(i, j int) uint8 {
	p, at := g.of(i, j)
	if p.kind != nil {
		return p.kind[at]
	}
	return land
}

// put keeps a page, which may not be changed any more. Another under its number is
// forgotten.
func (g *pages) put(k int, p *page) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if old := g.all[k].Load(); old != nil {
		g.held -= old.bytes()
	}
	g.where[k] = 0
	g.keep(k, p)
}

// keep holds a page in memory and sends out others until all are within the limit.
func (g *pages) keep(k int, p *page) {
	p.looked.Store(true)
	g.all[k].Store(p)
	g.held += p.bytes()
	for tries := 2 * len(g.all); g.limit > 0 && g.held > g.limit && tries > 0 && g.err == nil; tries-- {
		at := g.hand
		g.hand = (g.hand + 1) % len(g.all)
		old := g.all[at].Load()
		if old == nil || at == k || old.looked.Swap(false) {
			continue
		}
		if g.where[at] == 0 {
			if g.err = g.write(at, old); g.err != nil {
				return
			}
		}
		g.all[at].Store(nil)
		g.held -= old.bytes()
	}
}

func (g *pages) write(k int, p *page) (err error) {
	if g.file == nil {
		if g.file, err = spool.Unnamed(g.dir); err != nil {
			return err
		}
	}
	b := append(g.buf[:0], 0, 0)
	for _, z := range p.heights {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(z))
	}
	if p.dry != nil {
		b[0] = 1
		for _, z := range p.dry {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(z))
		}
	}
	if p.kind != nil {
		b[1] = 1
		b = append(b, p.kind...)
	}
	g.buf = b
	if _, err := g.file.WriteAt(b, g.size); err != nil {
		return err
	}
	g.where[k] = 1 + g.size
	g.size += int64(len(b))
	return nil
}

// read brings a page back from the file.
func (g *pages) read(k int) *page {
	g.mu.Lock()
	defer g.mu.Unlock()
	if p := g.all[k].Load(); p != nil {
		return p
	}
	_, _, w, h := g.square(k)
	p := &page{w: w, h: h, heights: make([]float32, w*h)}
	var head [2]byte
	err := g.fetch(k, 0, head[:])
	at := len(head)
	floats := func(out []float32) {
		if err == nil {
			g.buf = append(g.buf[:0], make([]byte, 4*w*h)...)
			err = g.fetch(k, at, g.buf)
			at += len(g.buf)
		}
		if err == nil {
			for i := range out {
				out[i] = math.Float32frombits(binary.LittleEndian.Uint32(g.buf[4*i:]))
			}
		}
	}
	floats(p.heights)
	if head[0] == 1 {
		p.dry = make([]float32, w*h)
		floats(p.dry)
	}
	if head[1] == 1 {
		p.kind = make([]uint8, w*h)
		if err == nil {
			err = g.fetch(k, at, p.kind)
		}
	}
	if err != nil && g.err == nil {
		g.err = err
	}
	g.keep(k, p)
	return p
}

// fetch reads from so many bytes after the beginning of a page on.
func (g *pages) fetch(k, at int, b []byte) error {
	if g.where[k] == 0 || g.file == nil {
		return fmt.Errorf("page %d of the grid was never made", k)
	}
	_, err := g.file.ReadAt(b, g.where[k]-1+int64(at))
	return err
}

// failed is the first error that the file met.
func (g *pages) failed() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.err
}

// bytes is how many of them are in memory at most.
func (g *pages) bytes() int64 {
	all := 9 * int64(g.n) * int64(g.n)
	if g.limit > 0 {
		return min(int64(g.limit), all)
	}
	return all
}

// fail notes an error, unless there was one before.
func (g *pages) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err == nil {
		g.err = err
	}
}

func (g *pages) close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.file == nil {
		return nil
	}
	err := g.file.Close()
	g.file = nil
	return err
}
