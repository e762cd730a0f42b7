package load

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// lasHead is what the header of a point cloud says (LAS specification 1.4 of the ASPRS, revision
// 15).
type lasHead struct {
	format       int // of point records
	packed       bool
	length       int // bytes of a record
	count        uint64
	points       int64 // where they begin
	scale, shift [3]float64
	crs          string // of its own; "" where it says none
	zip          []byte // how points are packed
}

// lasShape is where fields lie in a record of a format; 0 where it has none of them.
type lasShape struct{ least, time, color int }

var lasShapes = [11]lasShape{{20, 0, 0}, {28, 20, 0}, {26, 0, 20}, {34, 20, 28}, {57, 20, 0}, {63, 20, 28}, {30, 22, 0}, {36, 22, 30}, {38, 22, 30}, {59, 22, 0}, {67, 22, 30}}

// Bounds of what is read of a file that may be broken.
const (
	lasMost      = 200_000_000 // points
	lasMostRoom  = 1 << 26     // bytes of what stands before the points
	lasBlock     = 1 << 15     // points that are placed at a time
	lasWithheld  = "point withheld by who made the file"
	lasProjected = "LASF_Projection"
)

// readLAS reads a point cloud: a row a point, with its height above the ellipsoid in metres,
// intensity, class and what else its format has.
func readLAS(ctx context.Context, c *read.Content, src *scene.Source, o Options) (*table.Table, error) {
	in, err := c.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	r := bufio.NewReaderSize(in, 1<<18)
	h, err := readLASHead(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	if h.crs == "" {
		h.crs = src.CRS
	}
	b := lasBuilder{head: h, shape: lasShapes[h.format], o: o, datum: src.Datum, name: c.Name()}
	next, err := h.records(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	n := h.count
	if o.Most > 0 {
		n = min(n, uint64(o.Most))
	}
	for i := range n {
		record, err := next()
		if err != nil {
			return nil, fmt.Errorf("%s: point %d of %d: %w", c.Name(), i+1, h.count, cutOff(err))
		}
		b.add(int(i), record)
		if len(b.block) == lasBlock || i+1 == n {
			if err := b.place(ctx); err != nil {
				return nil, err
			}
		}
	}
	return b.table(), nil
}

func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file is cut off")
	}
	return err
}

// readLASHead reads a header with its records and leaves the reader where points begin.
func readLASHead(r io.Reader) (h lasHead, err error) {
	head := make([]byte, 227)
	if _, err := io.ReadFull(r, head); err != nil {
		return h, cutOff(err)
	}
	le := binary.LittleEndian
	size, points, records := int(le.Uint16(head[94:])), int64(le.Uint32(head[96:])), int(le.Uint32(head[100:]))
	h.format, h.packed = int(head[104]&0x3f), head[104]&0xc0 != 0
	h.length, h.count, h.points = int(le.Uint16(head[105:])), uint64(le.Uint32(head[107:])), points
	for k := range 3 {
		h.scale[k] = math.Float64frombits(le.Uint64(head[131+8*k:]))
		h.shift[k] = math.Float64frombits(le.Uint64(head[155+8*k:]))
	}
	if size < 227 || points < int64(size) || points > lasMostRoom {
		return h, fmt.Errorf("its header says that points begin at byte %d after a header of %d", points, size)
	}
	rest := make([]byte, points-227)
	if _, err := io.ReadFull(r, rest); err != nil {
		return h, cutOff(err)
	}
	if head[24] == 1 && head[25] >= 4 && size >= 375 {
		h.count = max(h.count, le.Uint64(rest[247-227:]))
	}
	switch {
	case h.format >= len(lasShapes):
		return h, fmt.Errorf("points of format %d are not known: 0 to %d are", h.format, len(lasShapes)-1)
	case h.length < lasShapes[h.format].least:
		return h, fmt.Errorf("a point of format %d has %d bytes, and %d here", h.format, lasShapes[h.format].least, h.length)
	case h.count > lasMost:
		return h, fmt.Errorf("%d points are more than %d: cut it into tiles or thin it, for example with pdal", h.count, lasMost)
	}
	for _, s := range h.scale {
		if !(s > 0) || math.IsInf(s, 0) {
			return h, fmt.Errorf("its scale %v is none", h.scale)
		}
	}
	h.variable(rest[size-227:], records)
	return h, nil
}

// variable reads the records of variable length before the points.
func (h *lasHead) variable(b []byte, n int) {
	le := binary.LittleEndian
	for range n {
		if len(b) < 54 {
			return
		}
		user, id, size := strings.TrimRight(string(b[2:18]), "\x00"), le.Uint16(b[18:]), int(le.Uint16(b[20:]))
		b = b[54:]
		if len(b) < size {
			return
		}
		body := b[:size]
		b = b[size:]
		switch {
		case user == lasProjected && id == 2112:
			h.crs = strings.TrimRight(string(body), "\x00 ")
		case user == lasProjected && id == 34735 && h.crs == "":
			h.crs = geoKeys(body)
		case user == "laszip encoded" && id == 22204:
			h.zip = body
		}
	}
}

// geoKeys is the reference system of a GeoTIFF key directory; "" where it names none by number.
func geoKeys(b []byte) string {
	le := binary.LittleEndian
	keys := map[uint16]uint16{}
	for k := 8; k+8 <= len(b); k += 8 {
		if le.Uint16(b[k+2:]) == 0 { // the value itself
			keys[le.Uint16(b[k:])] = le.Uint16(b[k+6:])
		}
	}
	const geographic, projected, vertical, userDefined = 2048, 3072, 4096, 32767
	code := keys[projected]
	if code == 0 || code == userDefined {
		code = keys[geographic]
	}
	if code == 0 || code == userDefined {
		return ""
	}
	out := "EPSG:" + strconv.Itoa(int(code))
	if v := keys[vertical]; v > 0 && v != userDefined {
		out += "+" + strconv.Itoa(int(v))
	}
	return out
}

// records reads one point after the other; each is good until the next.
func (h *lasHead) records(r io.Reader) (next func() ([]byte, error), err error) {
	if h.packed {
		return h.unpacked(r)
	}
	record := make([]byte, h.length)
	return func() ([]byte, error) {
		_, err := io.ReadFull(r, record)
		return record, err
	}, nil
}

// lasBuilder collects points.
type lasBuilder struct {
	head    lasHead
	shape   lasShape
	o       Options
	datum   string
	name    string
	ids     []int
	block   [][3]float64 // in the file's system
	at      []orb.Geometry
	heights []float64
	numbers map[string][]float64
	classes []string
	colors  [][3]uint16
	deep    bool // colours have 16 bits
	assumed bool
}

// lasClasses are the names of the standard's classes (table 17).
var lasClasses = [...]string{"never classified", "unclassified", "ground", "low vegetation", "medium vegetation", "high vegetation", "building", "noise", "key point", "water",
	"rail", "road surface", "overlap", "wire guard", "wire conductor", "tower", "wire connector", "bridge deck", "high noise", "overhead structure", "ignored ground", "snow", "temporal exclusion"}

func (b *lasBuilder) add(i int, p []byte) {
	le := binary.LittleEndian
	class, withheld := int(p[15]&0x1f), p[15]&0x80 != 0
	nth, of, angle := float64(p[14]&7), float64(p[14]>>3&7), float64(int8(p[16]))
	source := le.Uint16(p[18:])
	if b.head.format >= 6 {
		class, withheld = int(p[16]), p[15]&4 != 0
		nth, of, angle = float64(p[14]&15), float64(p[14]>>4), 0.006*float64(int16(le.Uint16(p[18:])))
		source = le.Uint16(p[20:])
	}
	if withheld {
		b.o.Report.Skip(strconv.Itoa(i+1), lasWithheld)
		return
	}
	var at [3]float64
	for k := range at {
		at[k] = float64(float64(int32(le.Uint32(p[4*k:])))*b.head.scale[k]) + b.head.shift[k]
	}
	b.ids, b.block = append(b.ids, i+1), append(b.block, at)
	if class < len(lasClasses) {
		b.classes = append(b.classes, lasClasses[class])
	} else {
		b.classes = append(b.classes, strconv.Itoa(class))
	}
	if b.numbers == nil {
		b.numbers = map[string][]float64{}
	}
	put := func(name string, v float64) { b.numbers[name] = append(b.numbers[name], v) }
	put("intensity", float64(le.Uint16(p[12:])))
	put("code", float64(class))
	put("return", nth)
	put("returns", of)
	put("angle", angle)
	put("source", float64(source))
	if b.shape.time > 0 {
		put("gpstime", math.Float64frombits(le.Uint64(p[b.shape.time:])))
	}
	if k := b.shape.color; k > 0 {
		c := [3]uint16{le.Uint16(p[k:]), le.Uint16(p[k+2:]), le.Uint16(p[k+4:])}
		b.deep = b.deep || max(c[0], c[1], c[2]) > 255
		b.colors = append(b.colors, c)
	}
}

// place brings a block to longitude, latitude and heights above the ellipsoid.
func (b *lasBuilder) place(ctx context.Context) error {
	switch {
	case b.head.crs != "":
		assumed, err := gdal.Place(ctx, b.head.crs, b.datum, b.block)
		if err != nil {
			return fmt.Errorf("%s: %w", b.name, err)
		}
		b.assumed = b.assumed || assumed
	case !b.degrees():
		return fmt.Errorf("%s: it names no reference system, and its coordinates are no degrees (%.0f, %.0f): give the source a crs, such as EPSG:28992", b.name, b.block[0][0], b.block[0][1])
	}
	for _, p := range b.block {
		b.at, b.heights = append(b.at, orb.Point{p[0], p[1]}), append(b.heights, p[2])
	}
	b.block = b.block[:0]
	return nil
}

func (b *lasBuilder) degrees() bool {
	for _, p := range b.block {
		if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
			return false
		}
	}
	return true
}

// table is what was collected, of what lies in the box.
func (b *lasBuilder) table() *table.Table {
	if b.assumed {
		b.o.Report.Merge(geo.Summary{Notes: map[string]int{"heights of points are taken to be above EGM96": 1}})
	}
	out := &table.Table{Geometry: b.at, Columns: []table.Column{{Name: "class", Kind: table.Text, Texts: b.classes}, {Name: "height", Numbers: b.heights}}}
	for name, values := range b.numbers {
		out.Columns = append(out.Columns, table.Column{Name: name, Numbers: values})
	}
	if b.colors != nil {
		c := table.Column{Name: "color", Kind: table.Text, Texts: make([]string, len(b.colors))}
		for i, v := range b.colors {
			if b.deep {
				v = [3]uint16{v[0] >> 8, v[1] >> 8, v[2] >> 8}
			}
			c.Texts[i] = fmt.Sprintf("#%02x%02x%02x", v[0], v[1], v[2])
		}
		out.Columns = append(out.Columns, c)
	}
	out.IDs = make([]string, len(b.ids))
	keep := make([]int, 0, len(b.ids))
	for i, n := range b.ids {
		out.IDs[i] = strconv.Itoa(n)
		if nowhere(b.at[i]) {
			b.o.Report.Skip(out.IDs[i], reasonNumber)
			continue
		}
		reason, in := placed(b.at[i], b.o.BBox)
		if reason != "" {
			b.o.Report.Skip(out.IDs[i], reason)
		}
		if in {
			keep = append(keep, i)
		}
	}
	out.Sort()
	if len(keep) == len(b.ids) {
		return out
	}
	return out.Pick(keep)
}
