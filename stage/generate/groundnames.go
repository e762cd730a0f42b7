package generate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/drape"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
)

// Names are kept apart from what is built on the ground: a street that is renamed changes
// the tables of the tiles that it lies in, and no triangle.

// nameLaid enters the pieces of a layer in a block, whose file is body, with the names of
// their features. The names of an earlier run are taken where no feature of the block has
// changed. fresh: the head was made in this run, and is not kept yet.
func (g *generation) nameLaid(l *laidHead, b *block, s sight, body []byte, fresh bool) error {
	in := &b.lists[l.source.number]
	if l.Named != in.digest {
		shown, err := g.shown(b, l.source, s)
		if err != nil {
			return err
		}
		rows := make([]int, l.Count)
		for k := range rows {
			e := readEntry(body[k*entrySize:])
			if rows[k] = e.feature; e.feature >= 0 && e.feature < len(shown) {
				rows[k] = shown[e.feature]
			}
		}
		names, err := g.namesOf(l.source, in, rows, l.columns)
		if err != nil {
			return err
		}
		// The same names are not kept once more: a house that grows changes features of many
		// blocks, and to write a file for each of their layers takes longer than to ask again.
		fresh = fresh || !bytes.Equal(l.Names, names)
		l.Named, l.Names = in.digest, names
	}
	if fresh {
		head, err := json.Marshal(l)
		if err != nil {
			return fmt.Errorf("generate: %w", err)
		}
		if err := g.store.put(l.name, head); err != nil {
			return err
		}
	}
	names := l.Names
	l.Names = nil
	entries := body[:l.Count*entrySize]
	if l.Count > 0 {
		l.widest = readEntry(entries).width
	}
	g.laid.mu.Lock()
	defer g.laid.mu.Unlock()
	l.at, l.size = g.laid.index.Size(), int64(len(entries)+len(names))
	_, err := g.laid.index.Write(entries)
	if err == nil {
		_, err = g.laid.index.Write(names)
	}
	return err
}

// groundTile puts a tile of the ground into its tileset: one that is kept, one that only
// lacks other names, or one that is built.
func (g *generation) groundTile(w *tiles.Writer, grid tiles.Grid, j *groundTile, all []found, wide *drape.Index) error {
	shape := g.groundKey(grid, j, all)
	sources := g.groundSources(j.address, all)
	key := g.key("named ground tile")
	key.digest(shape)
	for _, s := range sources {
		key.text(s.Name)
		key.text(s.Version)
	}
	for i := range all {
		key.text(all[i].name)
	}
	for _, a := range g.onGround {
		key.text(a.Name)
		key.text(a.Kind.String())
	}
	name := key.sum()
	return g.tile(w, name, j.address, func() (*tiles.Encoded, error) {
		last, rows, ok := g.keptShape(shape)
		if ok {
			if e, ok := g.keptTile(last, j.address); ok && !e.Empty() {
				if err := g.rename(w, e, last, sources, rows, all); err == nil {
					return e, g.keepShape(shape, name, rows)
				}
			}
		}
		c, rows, err := g.groundContent(grid, j, all, wide)
		if err != nil {
			return nil, err
		}
		c.Sources = sources
		e, err := w.Encode(j.address, *c, j.error)
		if err != nil {
			return nil, err
		}
		return e, g.keepShape(shape, name, rows)
	})
}

// rename gives a kept tile of the same shape other names and sources. rows are the numbers
// of the pieces that its rows are of, -1 for none.
func (g *generation) rename(w *tiles.Writer, e *tiles.Encoded, kept digest, sources []geo.Source, rows []int, all []found) (err error) {
	if e.GLB, err = os.ReadFile(g.store.path(g.packed(kept)) + ".glb"); err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	known := true
	err = w.Retable(e, sources, g.onGround, func(out []geo.FeatureRow) {
		if known = len(out) == len(rows); !known {
			return
		}
		for i, k := range rows {
			if k >= 0 && k < len(all) {
				all[k].laid.columns.put(&out[i], all[k].name)
			}
		}
	})
	if err == nil && !known {
		return errSum
	}
	return err
}

// keepShape keeps which tile was the last of a shape, and of which pieces its rows are.
func (g *generation) keepShape(shape, tile digest, rows []int) error {
	w := spool.Writer{B: append([]byte(nil), tile[:]...)}
	w.Uint(uint64(len(rows)))
	for _, k := range rows {
		w.Int(int64(k))
	}
	return g.store.put(shape, w.B)
}

func (g *generation) keptShape(shape digest) (tile digest, rows []int, ok bool) {
	data, ok := g.store.get(shape)
	if !ok {
		return tile, nil, false
	}
	r := spool.Reader{B: data}
	copy(tile[:], r.Take(len(tile)))
	rows = make([]int, r.Count(1))
	for i := range rows {
		rows[i] = int(r.Int())
	}
	return tile, rows, r.Err == nil
}
