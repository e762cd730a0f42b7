package load

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/layers/table"
)

// lasFields are numbers that all points have, and the time that some have.
var lasFields = [...]string{"intensity", "code", "return", "returns", "angle", "source", "gpstime"}

// lasBuilder collects points.
type lasBuilder struct {
	head    lasHead
	shape   lasShape
	system  lasSystem
	o       Options
	name    string
	room    int64        // points that memory is for
	block   [][3]float64 // the last points, in the file's system
	ids     []int
	numbers [len(lasFields)][]float64
	colors  [][3]uint16
	at      []orb.Geometry
	heights []float64
	deep    bool // colours have 16 bits
	assumed bool
}

// lasClasses are the names of the standard's classes (table 17).
var lasClasses = [...]string{"never classified", "unclassified", "ground", "low vegetation", "medium vegetation", "high vegetation", "building", "noise", "key point", "water",
	"rail", "road surface", "overlap", "wire guard", "wire conductor", "tower", "wire connector", "bridge deck", "high noise", "overhead structure", "ignored ground", "snow", "temporal exclusion"}

func lasClass(code int) string {
	if code < len(lasClasses) {
		return lasClasses[code]
	}
	return strconv.Itoa(code)
}

// tooMany says what to do with so many points.
func (b *lasBuilder) tooMany(n uint64) error {
	return fmt.Errorf("%s: %d points are more than memory is for (%d): read fewer by a bbox of the source, thin the file, for example with pdal translate in.laz out.laz -f sample --filters.sample.radius=1, or allow more with --max-memory (%d bytes a point)", b.name, n, b.room, lasEach)
}

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
	for k, v := range [...]float64{float64(le.Uint16(p[12:])), float64(class), nth, of, angle, float64(source)} {
		b.numbers[k] = append(b.numbers[k], v)
	}
	if k := b.shape.time; k > 0 {
		last := len(lasFields) - 1
		b.numbers[last] = append(b.numbers[last], math.Float64frombits(le.Uint64(p[k:])))
	}
	if k := b.shape.color; k > 0 {
		c := [3]uint16{le.Uint16(p[k:]), le.Uint16(p[k+2:]), le.Uint16(p[k+4:])}
		b.deep = b.deep || max(c[0], c[1], c[2]) > 255
		b.colors = append(b.colors, c)
	}
}

// place brings a block to longitude, latitude and heights above the ellipsoid, and keeps what lies
// in the box.
func (b *lasBuilder) place(ctx context.Context) error {
	for i := range b.block {
		b.block[i][2] *= b.system.up
	}
	switch {
	case b.system.crs != "":
		assumed, err := gdal.Place(ctx, b.system.crs, b.system.datum, b.block)
		if err != nil {
			return fmt.Errorf("%s: %w", b.name, err)
		}
		b.assumed = b.assumed || assumed
	case !b.degrees():
		return fmt.Errorf("%s: it names no reference system, and its coordinates are no degrees (%.0f, %.0f): give the source a crs, such as EPSG:28992", b.name, b.block[0][0], b.block[0][1])
	}
	first := len(b.at)
	for k, p := range b.block {
		from, at := first+k, orb.Point{p[0], p[1]}
		reason, in := reasonNumber, false
		if !nowhere(at) {
			reason, in = placed(at, b.o.BBox)
		}
		if reason != "" {
			b.o.Report.Skip(strconv.Itoa(b.ids[from]), reason)
		}
		if !in {
			continue
		}
		to := len(b.at)
		b.at, b.heights, b.ids[to] = append(b.at, at), append(b.heights, p[2]), b.ids[from]
		for _, v := range b.numbers {
			if v != nil {
				v[to] = v[from]
			}
		}
		if b.colors != nil {
			b.colors[to] = b.colors[from]
		}
	}
	n := len(b.at)
	b.block, b.ids = b.block[:0], b.ids[:n]
	for k, v := range b.numbers {
		b.numbers[k] = v[:min(n, len(v))]
	}
	b.colors = b.colors[:min(n, len(b.colors))]
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

// table is what was collected.
func (b *lasBuilder) table() *table.Table {
	if b.assumed {
		b.o.Report.Note("heights of points are taken to be above EGM96")
	}
	n := len(b.ids)
	out := &table.Table{IDs: make([]string, n), Geometry: b.at, Columns: []table.Column{{Name: "height", Numbers: b.heights}}}
	class := table.Column{Name: "class", Kind: table.Text, Texts: make([]string, n)}
	for i, id := range b.ids {
		out.IDs[i], class.Texts[i] = strconv.Itoa(id), lasClass(int(b.numbers[1][i]))
	}
	out.Columns = append(out.Columns, class)
	for k, values := range b.numbers {
		if k < len(lasFields)-1 || b.shape.time > 0 {
			out.Columns = append(out.Columns, table.Column{Name: lasFields[k], Numbers: values})
		}
	}
	if b.shape.color > 0 {
		c := table.Column{Name: "color", Kind: table.Text, Texts: make([]string, n)}
		for i, v := range b.colors {
			if b.deep {
				v = [3]uint16{v[0] >> 8, v[1] >> 8, v[2] >> 8}
			}
			c.Texts[i] = fmt.Sprintf("#%02x%02x%02x", v[0], v[1], v[2])
		}
		out.Columns = append(out.Columns, c)
	}
	out.Sort()
	return out
}
