package tiles

import (
	"bufio"
	"bytes"
	"encoding/json"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo/earth"
)

// branch is a tile of the tree that is written. What can be had again is not kept.
type branch struct {
	address  Address
	tile     int32     // its number in the writer's list; empty for one without content
	err      float64   // once bound: not less than the children's
	whole    []float64 // box of the tile with the children, in its own frame
	children []*branch
}

const empty = -1

// part is a branch's content and where it lies.
type part struct {
	frame earth.Frame
	box   Box // of the content, in frame; of nothing without content
	err   float64
}

// part is what is known of a branch's own content.
func (w *Writer) part(b *branch) (part, error) {
	if b.tile == empty {
		return part{frame: w.grid.Frame}, nil
	}
	e, err := w.tile(b.tile)
	if err != nil {
		return part{}, err
	}
	if !w.o.Implicit {
		return part{e.Frame, e.Box.rounded(), e.Error}, nil
	}
	corners := e.Box.rounded().Corners()
	for k, p := range corners {
		corners[k] = w.grid.Frame.ToLocal(e.Frame.FromLocal(p))
	}
	return part{w.grid.Frame, FitBox(corners[:]).rounded(), e.Error}, nil
}

// stand is where a reader puts a tile: its frame and the matrix to ECEF.
type stand struct {
	frame  earth.Frame
	matrix mgl64.Mat4
}

// onto gives where a tile stands below another, and the matrix that leads there: from the
// parent as a reader computes it, so that rounding does not add up over levels.
func (s *stand) onto(frame earth.Frame) (below stand, relative mgl64.Mat4) {
	own := frame.Matrix()
	switch {
	case s == nil:
		return stand{frame, own}, own
	case frame == s.frame:
		relative = mgl64.Ident4()
	default:
		up := earth.FrameFromMatrix(s.matrix)
		for c := 0; c < 3; c++ {
			relative.SetCol(c, up.DirToLocal(own.Col(c).Vec3()).Vec4(0))
		}
		relative.SetCol(3, up.ToLocal(frame.Center).Vec4(1))
	}
	return stand{frame, s.matrix.Mul4(relative)}, relative
}

// encode writes tileset.json.
func (w *Writer) encode(out *bufio.Writer) error {
	if w.o.Implicit && len(w.tiles) > 0 {
		j, err := w.implicit()
		if err != nil {
			return err
		}
		return w.document(out, j, implicitSchema(), func() error { return nil })
	}
	root := w.tree()
	if _, err := w.bound(root, nil); err != nil {
		return err
	}
	if root.whole == nil { // nothing at all: the square of the grid
		lo, hi := w.grid.Square(Address{})
		root.whole = Box{Min: mgl64.Vec3{lo[0], lo[1], 0}, Max: mgl64.Vec3{hi[0], hi[1], 0}}.rounded().volume()
	}
	j, _, err := w.json(root, nil)
	if err != nil {
		return err
	}
	return w.document(out, j, tileSchema(), func() error { return w.below(out, root, nil) })
}

// document writes the tileset around its root, whose children below writes.
func (w *Writer) document(out *bufio.Writer, root *tileJSON, schema any, below func() error) error {
	root.Refine = "REPLACE"
	top := math.Max(*root.GeometricError, diagonal(root.BoundingVolume.Box))
	head, err := marshal(tilesetJSON{
		Asset:          assetJSON{Version: "1.1", Extras: map[string]string{"generator": w.generator()}},
		Schema:         schema,
		GeometricError: &top,
		Root:           root,
	})
	if err != nil {
		return err
	}
	// The root is the last of the document, its children are the last of the root.
	_, _ = out.Write(bytes.TrimSuffix(head, []byte("}}")))
	if err := below(); err != nil {
		return err
	}
	_, err = out.WriteString("}}\n")
	return err
}

// below writes the children of a branch as a member of its object, one after another: a
// tree is more than is to be held as text.
func (w *Writer) below(out *bufio.Writer, b *branch, parent *stand) error {
	if len(b.children) == 0 {
		return nil
	}
	own, err := w.part(b)
	if err != nil {
		return err
	}
	here, _ := parent.onto(own.frame)
	_, _ = out.WriteString(`,"children":[`)
	for i, c := range b.children {
		if i > 0 {
			_ = out.WriteByte(',')
		}
		j, _, err := w.json(c, &here)
		if err != nil {
			return err
		}
		text, err := marshal(j)
		if err != nil {
			return err
		}
		_, _ = out.Write(bytes.TrimSuffix(text, []byte("}")))
		if err := w.below(out, c, &here); err != nil {
			return err
		}
		if err := out.WriteByte('}'); err != nil { // it keeps the first that failed
			return err
		}
	}
	return out.WriteByte(']')
}

// marshal is JSON without escapes for HTML.
func marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// tree hangs every tile under its nearest ancestor with content; where there is none,
// empty tiles join it to the root, so that the tree stays a quadtree that culls well.
func (w *Writer) tree() *branch {
	addresses := make([]Address, 0, len(w.tiles))
	for key := range w.tiles {
		addresses = append(addresses, keyed(key))
	}
	slices.SortFunc(addresses, func(a, b Address) int {
		if a.Less(b) {
			return -1
		}
		return 1
	})
	root := &branch{tile: empty}
	if n, ok := w.tiles[Address{}.key()]; ok {
		root.tile = n
	}
	made := map[uint64]*branch{Address{}.key(): root}
	for _, a := range addresses {
		if a.Level > 0 {
			hang(made, &branch{address: a, tile: w.tiles[a.key()]})
		}
	}
	return root
}

func hang(made map[uint64]*branch, b *branch) {
	made[b.address.key()] = b
	for p := b.address.Parent(); ; p = p.Parent() {
		up, ok := made[p.key()]
		if ok && up.tile != empty {
			up.children = append(up.children, b)
			return
		}
		if p.Level == 0 {
			break
		}
	}
	// No content above: an empty tile at each level.
	for p := b.address.Parent(); ; p = p.Parent() {
		up, ok := made[p.key()]
		if !ok {
			up = &branch{address: p, tile: empty}
			made[p.key()] = up
		}
		up.children = append(up.children, b)
		if ok {
			return
		}
		b = up
	}
}

// bound sets the boxes and errors from the leaves up: a box holds those of the children,
// an error is not less than theirs. It gives where the tile stands.
func (w *Writer) bound(b *branch, parent *stand) (stand, error) {
	own, err := w.part(b)
	if err != nil {
		return stand{}, err
	}
	here, _ := parent.onto(own.frame)
	b.err = own.err
	var held []mgl64.Vec3
	frame := earth.FrameFromMatrix(here.matrix)
	for _, c := range b.children {
		there, err := w.bound(c, &here)
		if err != nil {
			return stand{}, err
		}
		v, _ := (&volumeJSON{Box: c.whole}).volume(there.matrix)
		for _, p := range v.Corners() {
			held = append(held, frame.ToLocal(p))
		}
		b.err = math.Max(b.err, c.err)
	}
	switch {
	case b.tile != empty && len(held) == 0:
		b.whole = own.box.volume()
	case b.tile != empty:
		corners := own.box.Corners()
		b.whole = FitBox(append(held, corners[:]...)).rounded().volume()
	case len(held) > 0:
		b.whole = FitBox(held).rounded().volume()
		b.err = math.Max(b.err, diagonal(b.whole)) // what drawing nothing costs: the size of all that is missing
	}
	return here, nil
}

func diagonal(box []float64) float64 {
	d := 2 * math.Sqrt(box[3]*box[3]+box[4]*box[4]+box[6]*box[6]+box[7]*box[7]+box[11]*box[11])
	return math.Ceil(d*1000) / 1000
}

// json is a tile without its children, and where it stands.
func (w *Writer) json(b *branch, parent *stand) (*tileJSON, stand, error) {
	own, err := w.part(b)
	if err != nil {
		return nil, stand{}, err
	}
	here, relative := parent.onto(own.frame)
	out := &tileJSON{BoundingVolume: &volumeJSON{Box: b.whole}, GeometricError: &b.err,
		Metadata: &metadataJSON{Class: "tile", Properties: map[string]any{"address": [3]int{b.address.Level, b.address.X, b.address.Y}}}}
	if relative != mgl64.Ident4() {
		out.Transform = &relative
	}
	if b.tile != empty {
		out.Content = &contentJSON{URI: b.address.String() + ".glb"}
		if box := own.box.volume(); !slices.Equal(box, b.whole) {
			out.Content.BoundingVolume = &volumeJSON{Box: box}
		}
	}
	return out, here, nil
}
