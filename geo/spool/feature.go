package spool

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// The kinds of geometry.
const (
	none = iota
	point
	multiPoint
	lineString
	multiLineString
	ring
	polygon
	multiPolygon
	collection
)

// fixed is the number of steps a degree of OSM coordinates: positions that all are whole
// steps are written as differences of integers.
const fixed = 1e7

// AppendFeature appends a feature. The same feature always gives the same bytes.
func AppendFeature(b []byte, f *geo.Feature) []byte {
	g := geometryWriter{Writer: Writer{appendTexts(b, f)}, whole: true}
	eachPoint(f.Geometry, func(p orb.Point) {
		if g.whole {
			_, x := steps(p[0])
			_, y := steps(p[1])
			g.whole = x && y
		}
	})
	if g.whole {
		g.Byte(1)
	} else {
		g.Byte(0)
	}
	g.geometry(f.Geometry)
	if f.Surfaces == nil {
		g.Uint(0)
		return g.B
	}
	g.Uint(uint64(len(f.Surfaces)) + 1)
	for _, s := range f.Surfaces {
		g.String(s.Kind)
		g.Uint(uint64(binary.LittleEndian.Uint32(s.Color[:])))
		g.Uint(uint64(len(s.Rings)))
		for _, r := range s.Rings {
			g.Uint(uint64(len(r)))
			for _, p := range r {
				g.Float(p[0])
				g.Float(p[1])
				g.Float(p[2])
			}
		}
	}
	return g.B
}

// AppendRetagged is AppendFeature of a feature of which a record was made before its id or
// its tags were changed.
func AppendRetagged(b []byte, f *geo.Feature, record []byte) []byte {
	return append(appendTexts(b, f), record[textsEnd(record):]...)
}

func appendTexts(b []byte, f *geo.Feature) []byte {
	w := Writer{b}
	w.String(f.ID)
	type tag struct{ key, value string }
	var few [16]tag
	tags := few[:0]
	for k, v := range f.Tags {
		i := len(tags)
		tags = append(tags, tag{k, v})
		if len(tags) <= len(few) { // into its place, which is quickest for so few
			for ; i > 0 && k < tags[i-1].key; i-- {
				tags[i] = tags[i-1]
			}
			tags[i] = tag{k, v}
		}
	}
	if len(tags) > len(few) {
		slices.SortFunc(tags, func(a, b tag) int { return strings.Compare(a.key, b.key) })
	}
	w.Uint(uint64(len(tags)))
	for _, t := range tags {
		w.String(t.key)
		w.String(t.value)
	}
	return w.B
}

func steps(v float64) (n int64, whole bool) {
	f := math.Round(v * fixed)
	return int64(f), math.Abs(f) <= 3600000000 && f/fixed == v && !(f == 0 && math.Signbit(v))
}

type geometryWriter struct {
	Writer
	whole bool
	last  [2]int64
}

func (w *geometryWriter) points(ps []orb.Point) {
	w.Uint(uint64(len(ps)))
	for _, p := range ps {
		w.point(p)
	}
}

func (w *geometryWriter) point(p orb.Point) {
	for k, v := range p {
		if !w.whole {
			w.Float(v)
			continue
		}
		n, _ := steps(v)
		w.Int(n - w.last[k])
		w.last[k] = n
	}
}

func (w *geometryWriter) polygon(p orb.Polygon) {
	w.Uint(uint64(len(p)))
	for _, r := range p {
		w.points(r)
	}
}

func (w *geometryWriter) geometry(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		w.Byte(point)
		w.point(g)
	case orb.MultiPoint:
		w.Byte(multiPoint)
		w.points(g)
	case orb.LineString:
		w.Byte(lineString)
		w.points(g)
	case orb.MultiLineString:
		w.Byte(multiLineString)
		w.Uint(uint64(len(g)))
		for _, l := range g {
			w.points(l)
		}
	case orb.Ring:
		w.Byte(ring)
		w.points(g)
	case orb.Polygon:
		w.Byte(polygon)
		w.polygon(g)
	case orb.MultiPolygon:
		w.Byte(multiPolygon)
		w.Uint(uint64(len(g)))
		for _, p := range g {
			w.polygon(p)
		}
	case orb.Collection:
		w.Byte(collection)
		w.Uint(uint64(len(g)))
		for _, c := range g {
			w.geometry(c)
		}
	default:
		w.Byte(none)
	}
}

func eachPoint(g orb.Geometry, fn func(orb.Point)) {
	switch g := g.(type) {
	case orb.Point:
		fn(g)
	case orb.MultiPoint:
		for _, p := range g {
			fn(p)
		}
	case orb.LineString:
		for _, p := range g {
			fn(p)
		}
	case orb.Ring:
		for _, p := range g {
			fn(p)
		}
	case orb.MultiLineString:
		for _, l := range g {
			eachPoint(l, fn)
		}
	case orb.Polygon:
		for _, r := range g {
			eachPoint(r, fn)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			eachPoint(p, fn)
		}
	case orb.Collection:
		for _, c := range g {
			eachPoint(c, fn)
		}
	}
}

// Tag is the value of a tag of a feature that AppendFeature wrote, and "" where it has none:
// the rest of it is not read.
func Tag(b []byte, key string) (string, error) {
	r := Reader{B: b}
	r.Bytes()
	for n := r.Count(2); n > 0 && r.Err == nil; n-- {
		k, v := r.Bytes(), r.Bytes()
		if string(k) == key {
			return string(v), r.Err
		}
	}
	return "", r.Err
}

// ReadTags reads the id and the tags of what AppendFeature wrote, without the geometry.
func ReadTags(b []byte) (geo.Feature, error) {
	r := Reader{B: b}
	f := readTexts(&r)
	return f, r.Err
}

// readTexts reads what appendTexts wrote.
func readTexts(r *Reader) geo.Feature {
	b := r.B
	texts := string(b[:textsEnd(b)]) // one piece of memory for all of them
	text := func() string {
		n := r.Count(1)
		at := len(b) - len(r.B)
		if r.Take(n); r.Err != nil {
			return ""
		}
		return texts[at : at+n]
	}
	f := geo.Feature{ID: text()}
	if n := r.Count(2); n > 0 {
		f.Tags = make(map[string]string, n)
		for range n {
			k := text()
			f.Tags[k] = text()
		}
	}
	return f
}

// ReadFeature reads what AppendFeature wrote.
func ReadFeature(b []byte) (geo.Feature, error) {
	r := geometryReader{Reader: Reader{B: b}}
	f := readTexts(&r.Reader)
	r.whole = r.Byte() == 1
	f.Geometry = r.geometry(0)
	if n := r.Uint(); n > 0 && r.Err == nil {
		if n-1 > uint64(len(r.B)) {
			return geo.Feature{}, ErrDamaged
		}
		f.Surfaces = make([]geo.Surface, n-1)
		for i := range f.Surfaces {
			s := &f.Surfaces[i]
			s.Kind = r.String()
			binary.LittleEndian.PutUint32(s.Color[:], uint32(r.Uint()))
			s.Rings = make([][][3]float64, r.Count(1))
			for k := range s.Rings {
				s.Rings[k] = make([][3]float64, r.Count(24))
				for j := range s.Rings[k] {
					s.Rings[k][j] = [3]float64{r.Float(), r.Float(), r.Float()}
				}
			}
		}
	}
	if r.Err == nil && len(r.B) > 0 {
		r.fail()
	}
	return f, r.Err
}

// textsEnd is where a feature's id and tags end.
func textsEnd(b []byte) int {
	r := Reader{B: b}
	r.Bytes()
	for range 2 * r.Count(2) {
		r.Bytes()
	}
	return len(b) - len(r.B)
}

type geometryReader struct {
	Reader
	whole bool
	last  [2]int64
}

func (r *geometryReader) points() []orb.Point {
	size := 16
	if r.whole {
		size = 2
	}
	out := make([]orb.Point, r.Count(size))
	if !r.whole {
		for i := range out {
			out[i] = r.point()
		}
		return out
	}
	x, y, b := r.last[0], r.last[1], r.B
	for i := range out {
		dx, n := step(b)
		dy, m := step(b[max(n, 0):])
		if n <= 0 || m <= 0 {
			r.fail()
			return out
		}
		x, y, b = x+dx, y+dy, b[n+m:]
		out[i] = orb.Point{float64(x) / fixed, float64(y) / fixed}
	}
	r.last, r.B = [2]int64{x, y}, b
	return out
}

// step is binary.Varint, quicker where two bytes hold the number: 8191 steps are 90 m.
func step(b []byte) (int64, int) {
	if len(b) < 2 || b[0] >= 0x80 && b[1] >= 0x80 {
		return binary.Varint(b)
	}
	u, n := uint64(b[0]), 1
	if u >= 0x80 {
		u, n = u&0x7f|uint64(b[1])<<7, 2
	}
	return int64(u>>1) ^ -int64(u&1), n
}

func (r *geometryReader) point() (p orb.Point) {
	for k := range p {
		if !r.whole {
			p[k] = r.Float()
			continue
		}
		r.last[k] += r.Int()
		p[k] = float64(r.last[k]) / fixed
	}
	return p
}

func (r *geometryReader) polygon() orb.Polygon {
	out := make(orb.Polygon, r.Count(1))
	for i := range out {
		out[i] = r.points()
	}
	return out
}

// maxNesting bounds collections inside collections.
const maxNesting = 16

func (r *geometryReader) geometry(depth int) orb.Geometry {
	switch r.Byte() {
	case point:
		return r.point()
	case multiPoint:
		return orb.MultiPoint(r.points())
	case lineString:
		return orb.LineString(r.points())
	case multiLineString:
		out := make(orb.MultiLineString, r.Count(1))
		for i := range out {
			out[i] = r.points()
		}
		return out
	case ring:
		return orb.Ring(r.points())
	case polygon:
		return r.polygon()
	case multiPolygon:
		out := make(orb.MultiPolygon, r.Count(1))
		for i := range out {
			out[i] = r.polygon()
		}
		return out
	case collection:
		if depth >= maxNesting {
			r.fail()
			return nil
		}
		out := make(orb.Collection, r.Count(1))
		for i := range out {
			out[i] = r.geometry(depth + 1)
		}
		return out
	}
	return nil
}
