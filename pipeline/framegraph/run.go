package framegraph

import "fmt"

// Builder is what a pass declares with, while it is being added.
type Builder[T any] struct {
	graph *Graph[T]
	pass  int
}

func (b *Builder[T]) name() string { return b.graph.passes[b.pass].name }

// Create makes a transient texture. It must be written before it is read.
func (b *Builder[T]) Create(name string, d Desc) Handle {
	if d.Width <= 0 || d.Height <= 0 || d.Format == nil {
		b.graph.fail("pass %s: texture %s is %d×%d", b.name(), name, d.Width, d.Height)
	}
	d.Levels = max(d.Levels, 1)
	return b.graph.add(resource[T]{name: name, desc: d})
}

// Read declares that the pass samples the resource.
func (b *Builder[T]) Read(h Handle) Handle {
	g := b.graph
	switch {
	case !h.Valid() || int(h.resource) >= len(g.resources):
		g.fail("pass %s reads the zero handle", b.name())
		return h
	case h.version != g.resources[h.resource].version:
		g.fail("pass %s reads version %d of %s, which is now %d", b.name(), h.version, g.resources[h.resource].name, g.resources[h.resource].version)
	case h.version == 0 && g.resources[h.resource].kind == transient:
		g.fail("pass %s reads %s before it is written", b.name(), g.resources[h.resource].name)
	}
	g.passes[b.pass].uses = append(g.passes[b.pass].uses, access{h: h})
	return h
}

// Write declares that the pass draws into the resource and returns its new version; the
// old one is stale from now on.
func (b *Builder[T]) Write(h Handle) Handle {
	g := b.graph
	if !h.Valid() || int(h.resource) >= len(g.resources) {
		g.fail("pass %s writes the zero handle", b.name())
		return h
	}
	r := &g.resources[h.resource]
	if h.version != r.version {
		g.fail("pass %s writes version %d of %s, which is now %d", b.name(), h.version, r.name, r.version)
	}
	r.version++
	h.version = r.version
	g.passes[b.pass].uses = append(g.passes[b.pass].uses, access{h, true})
	return h
}

// SideEffect keeps the pass whether or not something reads what it writes.
func (b *Builder[T]) SideEffect() { b.graph.passes[b.pass].effect = true }

// Ctx is what a running pass sees.
type Ctx[T any] struct{ graph *Graph[T] }

// Tex returns the texture of a resource that the pass declared.
func (c *Ctx[T]) Tex(h Handle) T { return c.graph.resources[h.resource].tex }

// Desc returns the description of a resource.
func (c *Ctx[T]) Desc(h Handle) Desc { return c.graph.resources[h.resource].desc }

// HistoryValid reports whether the last run wrote what this history resource holds.
func (c *Ctx[T]) HistoryValid(previous Handle) bool {
	return c.graph.resources[previous.resource].written
}

// Hooks are called around each live pass; i counts them as Passes does.
type Hooks interface {
	BeginPass(i int, name string)
	EndPass(i int, name string)
}

// Run executes the live passes in declaration order. The first error stops it.
func (g *Graph[T]) Run(h Hooks) error {
	for n, i := range g.order {
		p := &g.passes[i]
		if h != nil {
			h.BeginPass(n, p.name)
		}
		err := p.exec(&g.ctx)
		if h != nil {
			h.EndPass(n, p.name)
		}
		if err != nil {
			return fmt.Errorf("pass %s: %w", p.name, err)
		}
	}
	for _, s := range g.swaps {
		previous, next := &g.resources[s[0]], &g.resources[s[1]]
		previous.tex, next.tex = next.tex, previous.tex
		previous.written = true
	}
	return nil
}

// Tex returns the texture of an output after a run. A history's next resource is then
// found under its previous handle.
func (g *Graph[T]) Tex(h Handle) T { return g.resources[h.resource].tex }
