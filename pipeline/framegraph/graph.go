package framegraph

import (
	"errors"
	"fmt"
)

// Format is the texel format of a texture. Its dynamic type must be comparable.
type Format interface{ String() string }

// Desc is what makes two transient textures interchangeable.
type Desc struct {
	Width, Height int
	Levels        int // mip levels; 0 means 1
	Format        Format
}

// Allocator makes and destroys textures.
type Allocator[T any] interface {
	NewTexture(label string, d Desc) (T, error)
	FreeTexture(T)
}

// Handle is one version of a resource: what a pass wrote last. The zero Handle is none.
type Handle struct{ resource, version int32 }

// Valid reports whether the handle names a resource.
func (h Handle) Valid() bool { return h.resource > 0 }

// Exec runs a pass.
type Exec[T any] func(c *Ctx[T]) error

type kind uint8

const (
	transient kind = iota
	imported
	history
)

type resource[T any] struct {
	name    string
	desc    Desc
	kind    kind
	version int32 // of the newest handle
	tex     T
	twin    int32 // of history: the resource that holds the other half
	written bool  // of history: tex has been written by a run
	first   int   // live pass that writes first; -1 none
	last    int   // live pass that uses last
}

type access struct {
	h     Handle // read: the version read; write: the version made
	write bool
}

type pass[T any] struct {
	name   string
	uses   []access
	effect bool
	exec   Exec[T]
	live   bool
}

// Graph is the passes of one configuration.
type Graph[T any] struct {
	pool      *Pool[T]
	resources []resource[T] // [0] is unused
	passes    []pass[T]
	outputs   []Handle
	order     []int // live passes
	swaps     [][2]int32
	held      []heldTexture[T]
	ctx       Ctx[T]
	errs      []error
	compiled  bool
}

type heldTexture[T any] struct {
	desc Desc
	tex  T
}

// New returns an empty graph that takes its textures from the pool.
func New[T any](pool *Pool[T]) *Graph[T] {
	g := &Graph[T]{pool: pool, resources: make([]resource[T], 1)}
	g.ctx.graph = g
	return g
}

func (g *Graph[T]) add(r resource[T]) Handle {
	r.first, r.last = -1, -1
	g.resources = append(g.resources, r)
	return Handle{int32(len(g.resources) - 1), 0}
}

// Import makes a texture of the caller known to the graph. It counts as written.
func (g *Graph[T]) Import(name string, tex T, d Desc) Handle {
	return g.add(resource[T]{name: name, desc: d, kind: imported, tex: tex})
}

// History returns a pair of textures that change places after each run in which the
// second was written: the first holds what the last run wrote. Ctx.HistoryValid tells
// whether there was such a run.
func (g *Graph[T]) History(name string, d Desc) (previous, next Handle) {
	previous = g.add(resource[T]{name: name + ".previous", desc: d, kind: history})
	next = g.add(resource[T]{name: name, desc: d, kind: history})
	g.resources[previous.resource].twin = next.resource
	g.resources[next.resource].twin = previous.resource
	return previous, next
}

// Forget makes every history invalid: after a cut.
func (g *Graph[T]) Forget() {
	for i := range g.resources {
		g.resources[i].written = false
	}
}

// Add declares a pass. setup runs now and only declares; it returns what will run.
func (g *Graph[T]) Add(name string, setup func(b *Builder[T]) Exec[T]) {
	g.passes = append(g.passes, pass[T]{name: name})
	b := &Builder[T]{g, len(g.passes) - 1}
	g.passes[b.pass].exec = setup(b)
}

// Output marks a resource as wanted: what leads to it stays.
func (g *Graph[T]) Output(h Handle) { g.outputs = append(g.outputs, h) }

// Desc returns the description of a resource.
func (g *Graph[T]) Desc(h Handle) Desc { return g.resources[h.resource].desc }

// Passes returns the names of the live passes in order; Run's hooks count them so.
func (g *Graph[T]) Passes() []string {
	var out []string
	for _, i := range g.order {
		out = append(out, g.passes[i].name)
	}
	return out
}

func (g *Graph[T]) fail(format string, args ...any) {
	g.errs = append(g.errs, fmt.Errorf("framegraph: "+format, args...))
}

// Compile drops unused passes and assigns textures. Mistakes in the declarations, of
// which all are reported, are an error.
func (g *Graph[T]) Compile() error {
	if g.compiled {
		return errors.New("framegraph: compiled twice")
	}
	for _, h := range g.outputs {
		if !h.Valid() {
			g.fail("an output is the zero handle")
		}
	}
	if len(g.errs) > 0 {
		return errors.Join(g.errs...)
	}
	g.compiled = true
	g.cull()
	return g.assign()
}

// cull marks the passes that an output or a side effect needs, from the end backwards.
func (g *Graph[T]) cull() {
	wanted := make([]bool, len(g.resources))
	for _, h := range g.outputs {
		wanted[h.resource] = true
	}
	for again := true; again; {
		again = false
		for i := len(g.passes) - 1; i >= 0; i-- {
			p := &g.passes[i]
			if p.live {
				continue
			}
			need := p.effect
			for _, u := range p.uses {
				need = need || (u.write && wanted[u.h.resource])
			}
			if !need {
				continue
			}
			p.live, again = true, true
			for _, u := range p.uses {
				wanted[u.h.resource] = true
				if r := g.resources[u.h.resource]; r.kind == history && !u.write {
					wanted[r.twin] = true // what a pass reads of the last run must be written in each
				}
			}
		}
	}
	for i := range g.passes {
		if g.passes[i].live {
			g.order = append(g.order, i)
		}
	}
}

// assign gives each live resource a texture; a transient's texture goes back to the free
// list after its last use, so that later ones of the same description share it.
func (g *Graph[T]) assign() error {
	for n, i := range g.order {
		for _, u := range g.passes[i].uses {
			r := &g.resources[u.h.resource]
			if r.first < 0 {
				r.first = n
			}
			r.last = n
		}
	}
	for _, h := range g.outputs {
		if r := &g.resources[h.resource]; r.first >= 0 {
			r.last = len(g.order) // outputs outlive the run
		}
	}
	free := map[Desc][]T{}
	for n, i := range g.order {
		for _, u := range g.passes[i].uses {
			r := &g.resources[u.h.resource]
			if r.first != n || r.kind == imported || (r.kind == transient && !u.write) {
				continue
			}
			if r.kind == transient {
				if l := free[r.desc]; len(l) > 0 {
					r.tex, free[r.desc] = l[len(l)-1], l[:len(l)-1]
					r.first = -1 // assigned
					continue
				}
			}
			tex, err := g.pool.take(r.name, r.desc)
			if err != nil {
				return fmt.Errorf("framegraph: texture %s: %w", r.name, err)
			}
			g.held = append(g.held, heldTexture[T]{r.desc, tex})
			r.tex, r.first = tex, -1
		}
		for id := 1; id < len(g.resources); id++ {
			if r := &g.resources[id]; r.kind == transient && r.last == n {
				free[r.desc] = append(free[r.desc], r.tex)
				r.last = -1
			}
		}
	}
	for id := range g.resources {
		r := &g.resources[id]
		if r.kind == history && int(r.twin) > id && g.alive(int32(id)) && g.alive(r.twin) {
			g.swaps = append(g.swaps, [2]int32{int32(id), r.twin})
		}
	}
	return nil
}

func (g *Graph[T]) alive(id int32) bool {
	for _, i := range g.order {
		for _, u := range g.passes[i].uses {
			if u.h.resource == id {
				return true
			}
		}
	}
	return false
}

// Release gives the textures back to the pool. The graph must not run again.
func (g *Graph[T]) Release() {
	for _, h := range g.held {
		g.pool.put(h.desc, h.tex)
	}
	g.held = nil
	g.order = nil
}
