package generate

import (
	"github.com/longtake/longtake/geo/tiles"
)

// tile puts a tile into a tileset: what is kept under the name, or what build makes.
func (g *generation) tile(w *tiles.Writer, name digest, a tiles.Address, build func() (*tiles.Encoded, error)) error {
	if e, ok := g.keptTile(name, a); ok {
		return g.putTile(w, name, e)
	}
	e, err := build()
	if err != nil {
		return err
	}
	if err := g.keepTile(name, e); err != nil {
		return err
	}
	return g.putTile(w, name, e)
}

// packed is the name of a result as a tile: it may be packed in two ways.
func (g *generation) packed(name digest) digest {
	if !g.Plain {
		return name
	}
	d := newDigest("plain")
	d.digest(name)
	return d.sum()
}

func (g *generation) putTile(w *tiles.Writer, name digest, e *tiles.Encoded) error {
	if e.Empty() {
		return nil
	}
	if e.GLB != nil {
		return w.Put(e)
	}
	name = g.packed(name)
	g.ledger.put(w, e.Address, name, g.store.name(name)+".glb")
	return w.PutFile(e, g.store.path(name)+".glb")
}

// keptTile is a tile without its glb, which lies in a file of its own: packages link to
// it, so who changes one there changes it here.
func (g *generation) keptTile(name digest, a tiles.Address) (*tiles.Encoded, bool) {
	name = g.packed(name)
	head, ok := g.tileHeads.get(name)
	if !ok {
		head, ok = g.store.get(name)
	}
	if !ok || len(head) < len(digest{}) {
		return nil, false
	}
	sum, data := digest(head[:len(digest{})]), head[len(digest{}):]
	e := &tiles.Encoded{}
	if e.UnmarshalBinary(data) != nil || e.Address != a {
		return nil, false
	}
	e.GLB = nil // it is not empty, but elsewhere
	g.tileHeads.put(name, head)
	if sum == (digest{}) {
		return e, e.Empty()
	}
	now, err := fileSum(g.store.path(name) + ".glb")
	g.ledger.sum(name, sum)
	return e, err == nil && now == sum
}

// keepTile keeps a tile for later runs: its glb first, so that what has a name is whole.
func (g *generation) keepTile(name digest, e *tiles.Encoded) error {
	if g.rebuilt.Add(1); g.Parts == "" {
		return nil
	}
	name = g.packed(name)
	var sum digest
	if !e.Empty() {
		sum = sumOf(e.GLB)
		if err := g.store.putAs(g.store.path(name)+".glb", e.GLB); err != nil {
			return err
		}
	}
	g.ledger.sum(name, sum)
	e.GLB = nil
	head, err := e.MarshalBinary()
	if err != nil {
		return err
	}
	head = append(sum[:], head...)
	g.tileHeads.put(name, head)
	return g.store.put(name, head)
}
