package tiles

import (
	"bufio"
	"encoding/json"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo/earth"
)

// branch is a tile of the tree that is written.
type branch struct {
	entry
	matrix   mgl64.Mat4 // to ECEF, as a reader computes it
	relative mgl64.Mat4 // to the parent
	whole    []float64  // box of the tile
	children []*branch
}

// encode writes tileset.json.
func (w *Writer) encode(out *bufio.Writer) error {
	if w.o.Implicit && len(w.tiles) > 0 {
		j, err := w.implicit()
		if err != nil {
			return err
		}
		return w.document(out, j, implicitSchema())
	}
	root := w.tree()
	root.place(nil)
	root.bound()
	if root.whole == nil { // nothing at all: the square of the grid
		lo, hi := w.grid.Square(Address{})
		root.whole = Box{Min: mgl64.Vec3{lo[0], lo[1], 0}, Max: mgl64.Vec3{hi[0], hi[1], 0}}.rounded().volume()
	}
	return w.document(out, root.json(), tileSchema())
}

// document writes the tileset around its root.
func (w *Writer) document(out *bufio.Writer, root *tileJSON, schema any) error {
	root.Refine = "REPLACE"
	top := math.Max(*root.GeometricError, diagonal(root.BoundingVolume.Box))
	doc := tilesetJSON{
		Asset:          assetJSON{Version: "1.1", Extras: map[string]string{"generator": w.generator()}},
		Schema:         schema,
		GeometricError: &top,
		Root:           root,
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e.Encode(doc)
}

// tree hangs every tile under its nearest ancestor with content; where there is none,
// empty tiles join it to the root, so that the tree stays a quadtree that culls well.
func (w *Writer) tree() *branch {
	addresses := make([]Address, 0, len(w.tiles))
	for a := range w.tiles {
		addresses = append(addresses, a)
	}
	slices.SortFunc(addresses, func(a, b Address) int {
		if a.Less(b) {
			return -1
		}
		return 1
	})
	made := map[Address]*branch{}
	root := &branch{entry: entry{frame: w.grid.Frame}}
	if e, ok := w.tiles[Address{}]; ok {
		root.entry = *e
	}
	made[Address{}] = root
	for _, a := range addresses {
		if a.Level > 0 {
			w.hang(made, &branch{entry: *w.tiles[a]})
		}
	}
	return root
}

func (w *Writer) hang(made map[Address]*branch, b *branch) {
	made[b.address] = b
	for p := b.address.Parent(); ; p = p.Parent() {
		up, ok := made[p]
		if ok && up.content {
			up.children = append(up.children, b)
			return
		}
		if p.Level == 0 {
			break
		}
	}
	// No content above: an empty tile at each level.
	for p := b.address.Parent(); ; p = p.Parent() {
		up, ok := made[p]
		if !ok {
			up = &branch{entry: entry{address: p, frame: w.grid.Frame}}
			made[p] = up
		}
		up.children = append(up.children, b)
		if ok {
			return
		}
		b = up
	}
}

// place sets the matrices from the root down. The relative transform leads from the
// parent as a reader will compute it, so that rounding does not add up over levels.
func (b *branch) place(parent *branch) {
	own := b.frame.Matrix()
	if parent == nil {
		b.matrix, b.relative = own, own
	} else {
		up := earth.FrameFromMatrix(parent.matrix)
		for c := 0; c < 3; c++ {
			b.relative.SetCol(c, up.DirToLocal(own.Col(c).Vec3()).Vec4(0))
		}
		b.relative.SetCol(3, up.ToLocal(b.frame.Center).Vec4(1))
		if b.frame == parent.frame {
			b.relative = mgl64.Ident4()
		}
		b.matrix = parent.matrix.Mul4(b.relative)
	}
	for _, c := range b.children {
		c.place(b)
	}
}

// bound sets the boxes and errors from the leaves up: a box holds those of the children,
// an error is not less than theirs.
func (b *branch) bound() {
	var held []mgl64.Vec3
	own := earth.FrameFromMatrix(b.matrix)
	for _, c := range b.children {
		c.bound()
		v, _ := (&volumeJSON{Box: c.whole}).volume(c.matrix)
		for _, p := range v.Corners() {
			held = append(held, own.ToLocal(p))
		}
		b.err = math.Max(b.err, c.err)
	}
	switch box := b.box.rounded(); {
	case b.content && len(held) == 0:
		b.whole = box.volume()
	case b.content:
		corners := box.Corners()
		b.whole = FitBox(append(held, corners[:]...)).rounded().volume()
	case len(held) > 0:
		b.whole = FitBox(held).rounded().volume()
		b.err = math.Max(b.err, diagonal(b.whole)) // what drawing nothing costs: the size of all that is missing
	}
}

func diagonal(box []float64) float64 {
	d := 2 * math.Sqrt(box[3]*box[3]+box[4]*box[4]+box[6]*box[6]+box[7]*box[7]+box[11]*box[11])
	return math.Ceil(d*1000) / 1000
}

func (b *branch) json() *tileJSON {
	out := &tileJSON{BoundingVolume: &volumeJSON{Box: b.whole}, GeometricError: &b.err,
		Metadata: &metadataJSON{Class: "tile", Properties: map[string]any{"address": [3]int{b.address.Level, b.address.X, b.address.Y}}}}
	if b.relative != mgl64.Ident4() {
		out.Transform = &b.relative
	}
	if b.content {
		out.Content = &contentJSON{URI: b.address.String() + ".glb"}
		if own := b.box.rounded().volume(); !slices.Equal(own, b.whole) {
			out.Content.BoundingVolume = &volumeJSON{Box: own}
		}
	}
	for _, c := range b.children {
		out.Children = append(out.Children, c.json())
	}
	return out
}
