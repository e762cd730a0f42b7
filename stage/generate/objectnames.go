package generate

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
)

// namesOf are the labels of some of a block's features by their numbers there, one after
// another: names, with the values of columns. That of a negative number is empty.
func (g *generation) namesOf(src *source, in *list, numbers []int, c *columns) ([]byte, error) {
	var w spool.Writer
	for _, n := range numbers {
		name := ""
		if n >= 0 {
			var err error
			if name, err = g.nameOf(src, in, n, c); err != nil {
				return nil, err
			}
		}
		w.String(name)
	}
	return w.B, nil
}

func (g *generation) nameOf(src *source, in *list, number int, c *columns) (string, error) {
	if number >= in.count {
		return "", src.damaged(spool.ErrDamaged)
	}
	at, err := g.blocks.index.Slice(4*int64(in.from+number), 4)
	if err != nil {
		return "", src.damaged(err)
	}
	var h head
	if err := src.head(int(binary.BigEndian.Uint32(at)&numberOf), &h); err != nil {
		return "", err
	}
	return src.label(&h, c)
}

// unname takes the tokens out of rows, and returns the numbers of the features that they
// stand for; nil where there is no token.
func unname(rows []geo.FeatureRow) (numbers []int) {
	for i := range rows {
		n := tokenOf(rows[i].Name)
		if n < 0 {
			continue
		}
		rows[i].Name = ""
		if numbers == nil {
			numbers = make([]int, len(rows))
			for k := range numbers {
				numbers[k] = -1
			}
		}
		numbers[i] = n
	}
	return numbers
}

// enname gives rows the names and values of their features.
func (c *columns) enname(rows []geo.FeatureRow, numbers []int, names []byte) {
	r := spool.Reader{B: names}
	for i := range numbers {
		if name := r.String(); numbers[i] >= 0 && i < len(rows) {
			c.put(&rows[i], name)
		}
	}
}

// rename names the rows of what is built: it tells whether the names are others than those
// that were kept with it.
func (k *built) rename(g *generation, b *block, o *objectLayer) (changed bool, err error) {
	in := &b.lists[o.source.number]
	if len(k.Rows) == 0 || k.Named == in.digest {
		return false, nil
	}
	before := k.Names
	k.Named = in.digest
	k.Names, err = g.namesOf(o.source, in, k.Rows, o.columns)
	return !bytes.Equal(before, k.Names), err
}

// tile is the name of what is built with its names.
func (k *built) tile() digest {
	if len(k.Rows) == 0 {
		return k.name
	}
	d := newDigest("named objects")
	d.digest(k.name)
	d.bytes(k.Names)
	return d.sum()
}

// version is that of the source in the tile: a digest of what of it is seen.
func (k *built) version(seen digest) digest {
	if len(k.Rows) == 0 {
		return seen
	}
	d := newDigest("named")
	d.digest(seen)
	d.bytes(k.Names)
	return d.sum()
}

// keptObjects is the kept tile of what is built: that of another run, or that of one with
// other names, whose table is written anew.
func (g *generation) keptObjects(k *built, b *block, o *objectLayer) (*tiles.Encoded, bool, error) {
	changed, err := k.rename(g, b, o)
	if err != nil {
		return nil, false, err
	}
	name := k.tile()
	e, ok := g.keptTile(name, b.address)
	if !ok && len(k.Rows) > 0 && k.Tile != name {
		if e, ok = g.keptTile(k.Tile, b.address); ok && !e.Empty() {
			if e.GLB, err = os.ReadFile(g.store.path(g.packed(k.Tile)) + ".glb"); err != nil {
				return nil, false, fmt.Errorf("generate: %w", err)
			}
			sources := o.source.sources(k.version(b.lists[o.source.number].seen[o.sight]))
			err = o.writer.Retable(e, sources, o.columns.own(), func(rows []geo.FeatureRow) { o.columns.enname(rows, k.Rows, k.Names) })
			if err == nil {
				err = g.keepTile(name, e)
			}
			if err != nil {
				return nil, false, err
			}
			changed = true
		}
	}
	if ok && changed {
		k.Tile = name
		err = g.keepHead(k)
	}
	return e, ok, err
}
