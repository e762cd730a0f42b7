package tiles

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/internal/whole"
)

// mostSubtreeLevels is how many levels one subtree file covers at most: 1365 tiles in a
// hundred and forty kilobytes.
const mostSubtreeLevels = 6

// subtreeLevels divides a tree's levels evenly among subtrees, so that none begins with the
// last level, where each tile would have a file of its own.
func subtreeLevels(levels int) int {
	files := (levels + mostSubtreeLevels - 1) / mostSubtreeLevels
	return (levels + files - 1) / files
}

// The templates of an implicit tileset's files.
const (
	contentTemplate = "{level}/{x}/{y}.glb"
	subtreeTemplate = "subtrees/{level}/{x}/{y}.subtree"
)

// implicit writes the subtrees and returns the root tile of an implicit tileset: all
// tiles are in the frame of the grid, and each keeps its own box and geometric error as
// metadata (semantics TILE_BOUNDING_BOX and TILE_GEOMETRIC_ERROR), for what stands on an
// ellipsoid and above it does not quite stay in cells of a plan. Readers without these
// semantics find the cell, and an error that is never too small.
func (w *Writer) implicit() (*tileJSON, error) {
	tree := w.fullTree()
	root := tree[Address{}]
	here, err := w.bound(root, nil)
	if err != nil {
		return nil, err
	}
	levels, worst := 1, 0.0
	low, high := math.Inf(1), math.Inf(-1)
	for a, b := range tree {
		levels = max(levels, a.Level+1)
		worst = max(worst, math.Ldexp(b.err, a.Level))
	}
	for _, p := range volumeCorners(root.whole) {
		low, high = min(low, p[2]), max(high, p[2])
	}
	each := subtreeLevels(levels)
	for a := range tree {
		if a.Level%each != 0 {
			continue
		}
		path := filepath.Join(w.dir, "subtrees", filepath.FromSlash(a.String())+".subtree")
		err := whole.File(path, func(out *bufio.Writer) error { return writeSubtree(out, tree, a, each) })
		if err != nil {
			return nil, err
		}
	}
	lo, hi := w.grid.Square(Address{})
	cell := Box{Min: mgl64.Vec3{lo[0], lo[1], low}, Max: mgl64.Vec3{hi[0], hi[1], high}}
	im, err := json.Marshal(map[string]any{
		"subdivisionScheme": "QUADTREE", "subtreeLevels": each, "availableLevels": levels,
		"subtrees": map[string]string{"uri": subtreeTemplate},
	})
	return &tileJSON{Transform: &here.matrix, BoundingVolume: &volumeJSON{Box: cell.rounded().volume()}, GeometricError: &worst,
		Content: &contentJSON{URI: contentTemplate}, Implicit: im}, err
}

// fullTree has a tile at every level from the root to each content, all in the grid's
// frame.
func (w *Writer) fullTree() map[Address]*branch {
	tree := map[Address]*branch{}
	var at func(a Address) *branch
	at = func(a Address) *branch {
		b, ok := tree[a]
		if !ok {
			b = &branch{address: a, tile: empty}
			tree[a] = b
			if a.Level > 0 {
				at(a.Parent())
			}
		}
		return b
	}
	for key, number := range w.tiles {
		at(keyed(key)).tile = number
	}
	for a, b := range tree {
		for _, c := range a.Children() {
			if child, ok := tree[c]; ok {
				b.children = append(b.children, child)
			}
		}
	}
	return tree
}

func volumeCorners(box []float64) [8]mgl64.Vec3 {
	v, _ := (&volumeJSON{Box: box}).volume(mgl64.Ident4())
	return v.Corners()
}

// bitstream collects one bit a place.
type bitstream struct {
	bits  []byte
	count int
}

func newBitstream(places int) *bitstream { return &bitstream{bits: make([]byte, (places+7)/8)} }

func (s *bitstream) set(i uint64) {
	s.bits[i/8] |= 1 << (i % 8)
	s.count++
}

// writeSubtree writes the binary form of one subtree (3D Tiles 1.1, "Subtrees"): which
// tiles, contents and child subtrees there are, in Morton order level by level, and a
// property table with a row for each tile.
func writeSubtree(out *bufio.Writer, tree map[Address]*branch, root Address, levels int) error {
	places, below := (1<<(2*levels)-1)/3, 1<<(2*levels)
	tiles, contents, children := newBitstream(places), newBitstream(places), newBitstream(below)
	var boxes, errs []byte
	for level := range levels + 1 {
		first := uint64(1<<(2*level)-1) / 3
		for m := range uint64(1) << (2 * level) {
			x, y := unmorton(m)
			b, ok := tree[Address{root.Level + level, root.X<<level + x, root.Y<<level + y}]
			switch {
			case !ok:
				continue
			case level == levels:
				children.set(m)
				continue
			}
			tiles.set(first + m)
			if b.tile != empty {
				contents.set(first + m)
			}
			for _, v := range b.whole {
				boxes = binary.LittleEndian.AppendUint64(boxes, math.Float64bits(v))
			}
			errs = binary.LittleEndian.AppendUint64(errs, math.Float64bits(b.err))
		}
	}
	type object = map[string]any
	var bin []byte
	var views []object
	view := func(data []byte) int {
		views = append(views, object{"buffer": 0, "byteOffset": len(bin), "byteLength": len(data)})
		bin = append(bin, data...)
		for len(bin)%8 != 0 {
			bin = append(bin, 0)
		}
		return len(views) - 1
	}
	available := func(s *bitstream, places int) object {
		if s.count == 0 || s.count == places {
			return object{"constant": min(s.count, 1), "availableCount": s.count}
		}
		return object{"bitstream": view(s.bits), "availableCount": s.count}
	}
	doc := object{
		"tileAvailability":         available(tiles, places),
		"contentAvailability":      []object{available(contents, places)},
		"childSubtreeAvailability": available(children, below),
		"tileMetadata":             0,
		"propertyTables": []object{{"class": "tile", "count": tiles.count,
			"properties": object{"box": object{"values": view(boxes)}, "error": object{"values": view(errs)}}}},
	}
	doc["bufferViews"], doc["buffers"] = views, []object{{"byteLength": len(bin)}}
	text, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("subtree: %w", err)
	}
	for len(text)%8 != 0 {
		text = append(text, ' ')
	}
	head := append([]byte("subt"), 1, 0, 0, 0)
	head = binary.LittleEndian.AppendUint64(head, uint64(len(text)))
	head = binary.LittleEndian.AppendUint64(head, uint64(len(bin)))
	for _, part := range [][]byte{head, text, bin} {
		if _, err := out.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// unmorton takes a Morton number of two dimensions apart.
func unmorton(m uint64) (x, y int) {
	for i := 0; m>>(2*i) != 0; i++ {
		x |= int(m>>(2*i)&1) << i
		y |= int(m>>(2*i+1)&1) << i
	}
	return x, y
}

// implicitSchema adds to a tile's metadata what the subtrees say of it.
func implicitSchema() any {
	type object = map[string]any
	return object{"id": "longtake_tiles", "classes": object{"tile": object{
		"name": "Tile",
		"properties": object{
			"box":   object{"type": "SCALAR", "componentType": "FLOAT64", "array": true, "count": 12, "semantic": "TILE_BOUNDING_BOX", "required": true},
			"error": object{"type": "SCALAR", "componentType": "FLOAT64", "semantic": "TILE_GEOMETRIC_ERROR", "required": true},
		},
	}}}
}
