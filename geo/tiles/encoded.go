package tiles

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Encoded is a tile ready to be put into a tileset: its glb, and what the tree of tiles
// must know of it. It does not depend on other tiles, so it can be kept and put into a
// later tileset as it is.
type Encoded struct {
	Address Address
	Error   float64     // geometric error in metres
	Frame   earth.Frame // of the content
	Box     Box         // of the content, in Frame, as a reader decodes it
	GLB     []byte
}

// Empty tells whether the content held nothing: such a tile is not put.
func (e *Encoded) Empty() bool { return !e.Box.Some }

// Encode turns the content of one tile into its glb. It only depends on its arguments and
// the writer's options, and may be called from many goroutines. geometricError is the
// greatest distance in metres between this content and the finest that the data has; 0
// for the finest itself. Content that holds nothing gives an empty tile.
func (w *Writer) Encode(a Address, c geo.Content, geometricError float64) (*Encoded, error) {
	e := &Encoded{Address: a, Error: geometricError, Frame: c.Frame, Box: ContentBox(c, w.o.Models)}
	if err := w.accepts(e); err != nil || e.Empty() {
		return e, err
	}
	top := 0.0
	o := w.options()
	if w.o.Lattice {
		l := w.grid.Lattice(a.Level)
		o.Lattice = &l
		o.Lift = w.grid.Side(a.Level) / liftParts
		for _, m := range c.Meshes {
			top = max(top, float64(m.Bias)*o.Lift)
		}
	}
	if w.o.Implicit { // tiles of a subtree have no transforms of their own
		o.Parent = &w.grid.Frame
	}
	if o.Quantize || o.Compress || w.o.Lattice { // positions move by up to half a step, and a step is below size/32766
		e.Box = e.Box.Grow(e.Box.Max.Sub(e.Box.Min).Len()/32766 + 5e-3)
		e.Box.Max[2] += top
	}
	var out bytes.Buffer
	if err := glb.Write(&out, c, o); err != nil {
		return nil, fmt.Errorf("tiles: tile %v: %w", a, err)
	}
	e.GLB = out.Bytes()
	return e, nil
}

func (w *Writer) options() glb.Options {
	return glb.Options{Models: w.o.Models, Quantize: w.o.Quantize, Compress: w.o.Compress, Generator: w.generator()}
}

// Retable changes an encoded tile, whose glb this writer has made, into what Encode gives of
// the same content with other sources, and other rows of these attributes: change is handed them.
func (w *Writer) Retable(e *Encoded, sources []geo.Source, attributes []geo.Attribute, change func(rows []geo.FeatureRow)) error {
	data, err := glb.Retable(e.GLB, w.options(), sources, attributes, change)
	if err != nil {
		return fmt.Errorf("tiles: tile %v: %w", e.Address, err)
	}
	e.GLB = data
	return nil
}

// liftParts divides a tile's side to the height between surfaces that lie on each other:
// a centimetre in a tile of 200 m. Tiles are drawn at distances like their sides, where
// any depth buffer tells that apart.
const liftParts = 20000

// accepts refuses what cannot be a tile of the writer's grid.
func (w *Writer) accepts(e *Encoded) error {
	if !w.grid.Valid(e.Address) {
		return fmt.Errorf("tiles: tile %v is not in a grid of %d levels", e.Address, w.grid.MaxLevel)
	}
	if !(e.Error >= 0) || math.IsInf(e.Error, 0) {
		return fmt.Errorf("tiles: tile %v: geometric error %v", e.Address, e.Error)
	}
	return nil
}

// encodedFormat is the version of the binary form; older forms are refused.
const encodedFormat = 2

const encodedHead = 8 + 3*8 + 23*8 + 1

// MarshalBinary gives the tile as bytes: a fixed head and the glb, which may be nil where
// it is kept in a file of its own (see PutFile).
func (e *Encoded) MarshalBinary() ([]byte, error) {
	out := make([]byte, 0, encodedHead+len(e.GLB))
	out = append(out, "LTTILE"...)
	out = append(out, encodedFormat, 0)
	for _, v := range []int{e.Address.Level, e.Address.X, e.Address.Y} {
		out = binary.LittleEndian.AppendUint64(out, uint64(v))
	}
	for _, v := range e.numbers() {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(*v))
	}
	some := byte(0)
	if e.Box.Some {
		some = 1
	}
	return append(append(out, some), e.GLB...), nil
}

// UnmarshalBinary reads what MarshalBinary gave; the glb shares memory with data.
func (e *Encoded) UnmarshalBinary(data []byte) error {
	if len(data) < encodedHead || string(data[:6]) != "LTTILE" {
		return errors.New("tiles: this is no encoded tile")
	}
	if data[6] != encodedFormat {
		return fmt.Errorf("tiles: an encoded tile of format %d: %w, %d is", data[6], ErrUnsupported, encodedFormat)
	}
	data = data[8:]
	next := func() uint64 {
		v := binary.LittleEndian.Uint64(data)
		data = data[8:]
		return v
	}
	*e = Encoded{Address: Address{Level: int(next()), X: int(next()), Y: int(next())}}
	for _, v := range e.numbers() {
		*v = math.Float64frombits(next())
		if math.IsNaN(*v) || math.IsInf(*v, 0) {
			return errors.New("tiles: an encoded tile with numbers that are not finite")
		}
	}
	e.Box.Some = data[0] != 0
	e.GLB = data[1:]
	return nil
}

// numbers are the fields of the head in their order.
func (e *Encoded) numbers() []*float64 {
	o := &e.Frame.Origin
	out := []*float64{&e.Error, &o.Lng, &o.Lat, &o.Height, &e.Box.Turn}
	for _, v := range []*mgl64.Vec3{&e.Frame.Center, &e.Frame.East, &e.Frame.North, &e.Frame.Up, &e.Box.Min, &e.Box.Max} {
		out = append(out, &v[0], &v[1], &v[2])
	}
	return out
}
