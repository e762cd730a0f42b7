package read

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// WKB reads a geometry in well-known binary, that of OGC 06-103r4 or of PostGIS, and the number
// of its reference system, 0 where it names none. Heights and measures are left out. It is nil
// where the bytes are none, or nest deeper than those of people do.
func WKB(b []byte) (g orb.Geometry, srid int) {
	w := &wkb{b: b}
	g = w.geometry(0)
	return g, w.srid
}

// nesting is the depth of a collection's members that are read; a polygon of a multipolygon
// counts as one.
const nesting = 4

// wkb reads the bytes that are left; bad ones end it.
type wkb struct {
	b     []byte
	bad   bool
	order binary.ByteOrder
	axes  int // of the points
	srid  int // of the outermost geometry that names one
}

func (w *wkb) number() uint32 {
	if w.bad = w.bad || len(w.b) < 4; w.bad {
		return 0
	}
	v := w.order.Uint32(w.b)
	w.b = w.b[4:]
	return v
}

// count is a number of things that take so many bytes at least, and so cannot be more than the
// rest holds.
func (w *wkb) count(size int) int {
	n := int64(w.number())
	if w.bad = w.bad || n > int64(len(w.b)/size); w.bad {
		return 0
	}
	return int(n)
}

// header reads what a geometry begins with: its type, without those of its axes.
func (w *wkb) header() uint32 {
	if w.bad = w.bad || len(w.b) < 1 || w.b[0] > 1; w.bad {
		return 0
	}
	w.order = binary.ByteOrder(binary.BigEndian)
	if w.b[0] == 1 {
		w.order = binary.LittleEndian
	}
	w.b = w.b[1:]
	t := w.number()
	const z, m, srid = 1 << 31, 1 << 30, 1 << 29 // the flags of PostGIS
	if t&srid != 0 {
		if n := w.number(); w.srid == 0 {
			w.srid = int(n)
		}
	}
	w.axes = 2 + int(t>>31&1) + int(t>>30&1)
	t &^= z | m | srid
	if more := t / 1000; more > 0 && more <= 3 { // Z, M and both by ISO
		w.axes = 3 + int(more/3)
		t %= 1000
	}
	return t
}

func (w *wkb) point() (p orb.Point) {
	if w.bad = w.bad || len(w.b) < 8*w.axes; w.bad {
		return p
	}
	p[0] = math.Float64frombits(w.order.Uint64(w.b))
	p[1] = math.Float64frombits(w.order.Uint64(w.b[8:]))
	w.b = w.b[8*w.axes:]
	return p
}

func (w *wkb) line() []orb.Point {
	l := make([]orb.Point, w.count(8*w.axes))
	for i := range l {
		l[i] = w.point()
	}
	return l
}

func (w *wkb) polygon() orb.Polygon {
	p := make(orb.Polygon, w.count(4))
	for i := range p {
		p[i] = w.line()
	}
	return p
}

func (w *wkb) geometry(depth int) (g orb.Geometry) {
	t := w.header()
	if w.bad || depth > nesting {
		return nil
	}
	switch t {
	case 1:
		g = w.point()
	case 2:
		g = orb.LineString(w.line())
	case 3:
		g = w.polygon()
	case 4:
		g = members[orb.MultiPoint](w, depth)
	case 5:
		g = members[orb.MultiLineString](w, depth)
	case 6:
		g = members[orb.MultiPolygon](w, depth)
	case 7:
		all := orb.Collection{}
		for range w.count(9) {
			switch p := w.geometry(depth + 1).(type) {
			case nil:
				return nil
			case orb.Collection:
				all = append(all, p...)
			default:
				all = append(all, p)
			}
		}
		g = all
	default:
		return nil
	}
	if w.bad {
		return nil
	}
	return g
}

// members reads the geometries of one type that a geometry consists of.
func members[M ~[]T, T orb.Geometry](w *wkb, depth int) M {
	all := make(M, w.count(9))
	for i := range all {
		one, ok := w.geometry(depth + 1).(T)
		if !ok {
			w.bad = true
			return nil
		}
		all[i] = one
	}
	return all
}
