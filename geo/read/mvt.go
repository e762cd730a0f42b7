package read

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// A tile of the Mapbox Vector Tile specification, versions 1 and 2.1
// (https://github.com/mapbox/vector-tile-spec). It decodes itself, as the PBF reader
// does: every size is bounded by the tile's own and nothing panics.

type mvtLayer struct {
	name     string
	extent   float64
	keys     []string
	values   []string
	features []mvtFeature
}

// mvtFeature has its geometry in tile units, y down: Point, LineString, Polygon or their
// Multi forms.
type mvtFeature struct {
	id       uint64 // 0 where it has none
	geometry orb.Geometry
	tags     []uint64 // key and value in turn
}

// errTile is damage that leaves nothing of a tile to trust.
var errTile = errors.New("damaged vector tile")

// decodeMVT reads a tile. Features that are malformed are counted in bad and left out.
func decodeMVT(data []byte) (layers []mvtLayer, bad int, err error) {
	w := wire{b: data}
	for f, k := w.next(); f != 0; f, k = w.next() {
		if f != 3 || k != 2 {
			w.skip(k)
			continue
		}
		l, n, err := decodeMVTLayer(w.bytes())
		if err != nil {
			return nil, 0, err
		}
		bad += n
		if l.name != "" {
			layers = append(layers, l)
		}
	}
	if w.bad {
		return nil, 0, errTile
	}
	return layers, bad, nil
}

func decodeMVTLayer(data []byte) (l mvtLayer, bad int, err error) {
	l.extent = 4096
	version := uint64(1)
	w := wire{b: data}
	var features [][]byte
	for f, k := w.next(); f != 0; f, k = w.next() {
		switch {
		case f == 15 && k == 0:
			version = w.varint()
		case f == 1 && k == 2:
			l.name = strings.ToValidUTF8(string(w.bytes()), "�")
		case f == 2 && k == 2:
			features = append(features, w.bytes())
		case f == 3 && k == 2:
			l.keys = append(l.keys, strings.ToValidUTF8(string(w.bytes()), "�"))
		case f == 4 && k == 2:
			l.values = append(l.values, mvtValue(w.bytes()))
		case f == 5 && k == 0:
			l.extent = float64(uint32(w.varint()))
		case f == 15 || f >= 1 && f <= 5:
			return l, 0, fmt.Errorf("%w: field %d of a layer has the wrong type", errTile, f)
		default:
			w.skip(k)
		}
	}
	switch {
	case w.bad:
		return l, 0, errTile
	case version != 1 && version != 2:
		return l, 0, fmt.Errorf("%w: layer %q has version %d, 1 and 2 are read", errTile, l.name, version)
	case !(l.extent > 0):
		return l, 0, fmt.Errorf("%w: layer %q has no extent", errTile, l.name)
	}
	for _, b := range features {
		f, ok := decodeMVTFeature(b, &l)
		if !ok {
			bad++
			continue
		}
		l.features = append(l.features, f)
	}
	return l, bad, nil
}

// mvtValue writes a value as a tag does; "" stands for none.
func mvtValue(data []byte) string {
	w := wire{b: data}
	out := ""
	for f, k := w.next(); f != 0; f, k = w.next() {
		switch {
		case f == 1 && k == 2:
			out = strings.ToValidUTF8(string(w.bytes()), "�")
		case f == 2 && k == 5:
			out = strconv.FormatFloat(float64(math.Float32frombits(uint32(w.fixed(4)))), 'g', -1, 32)
		case f == 3 && k == 1:
			out = strconv.FormatFloat(math.Float64frombits(w.fixed(8)), 'g', -1, 64)
		case f == 4 && k == 0:
			out = strconv.FormatInt(int64(w.varint()), 10)
		case f == 5 && k == 0:
			out = strconv.FormatUint(w.varint(), 10)
		case f == 6 && k == 0:
			out = strconv.FormatInt(w.zigzag(), 10)
		case f == 7 && k == 0:
			out = strconv.FormatBool(w.varint() != 0)
		default:
			w.skip(k)
		}
	}
	return out
}

// fixed reads n bytes as a little-endian number.
func (w *wire) fixed(n int) (v uint64) {
	if len(w.b) < n {
		w.bad, w.b = true, nil
		return 0
	}
	for i := n - 1; i >= 0; i-- {
		v = v<<8 | uint64(w.b[i])
	}
	w.b = w.b[n:]
	return v
}

func decodeMVTFeature(data []byte, l *mvtLayer) (f mvtFeature, ok bool) {
	w := wire{b: data}
	kind := uint64(0)
	var commands wire
	for n, k := w.next(); n != 0; n, k = w.next() {
		switch {
		case n == 1 && k == 0:
			f.id = w.varint()
		case n == 2 && k == 2:
			p := w.packed(k)
			for len(p.b) > 0 {
				f.tags = append(f.tags, p.varint())
			}
			w.bad = w.bad || p.bad
		case n == 3 && k == 0:
			kind = w.varint()
		case n == 4 && k == 2:
			commands = w.packed(k)
		default:
			w.skip(k)
		}
	}
	if w.bad || len(f.tags)%2 != 0 {
		return f, false
	}
	for i := 0; i < len(f.tags); i += 2 {
		if f.tags[i] >= uint64(len(l.keys)) || f.tags[i+1] >= uint64(len(l.values)) {
			return f, false
		}
	}
	f.geometry = mvtGeometry(kind, commands)
	return f, f.geometry != nil
}

// mvtGeometry follows the pen; nil where the commands are malformed.
func mvtGeometry(kind uint64, w wire) orb.Geometry {
	var paths []orb.LineString
	var x, y int64
	for len(w.b) > 0 && !w.bad {
		command := w.varint()
		n := command >> 3
		switch command & 7 {
		case 1, 2:
			if n == 0 || n > uint64(len(w.b)) { // two bytes a step at least
				return nil
			}
			for range n {
				x, y = x+int64(int32(w.zigzag())), y+int64(int32(w.zigzag()))
				p := orb.Point{float64(x), float64(y)}
				switch {
				case command&7 == 1:
					paths = append(paths, orb.LineString{p})
				case len(paths) == 0:
					return nil
				default:
					paths[len(paths)-1] = append(paths[len(paths)-1], p)
				}
			}
		case 7:
			if kind != 3 || n != 1 || len(paths) == 0 {
				return nil
			}
			l := &paths[len(paths)-1]
			*l = append(*l, (*l)[0])
		default:
			return nil
		}
	}
	if w.bad || len(paths) == 0 {
		return nil
	}
	switch kind {
	case 1:
		return mvtPoints(paths)
	case 2:
		return mvtLines(paths)
	case 3:
		return mvtPolygons(paths)
	}
	return nil
}

func mvtPoints(paths []orb.LineString) orb.Geometry {
	if len(paths) == 1 && len(paths[0]) == 1 {
		return paths[0][0]
	}
	var out orb.MultiPoint
	for _, p := range paths {
		out = append(out, p...)
	}
	return out
}

func mvtLines(paths []orb.LineString) orb.Geometry {
	var out orb.MultiLineString
	for _, p := range paths {
		if len(p) > 1 {
			out = append(out, p)
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return out
}

// mvtPolygons sorts rings into shells and holes by the sense in which they turn: that of
// the first is a shell's, as version 1 did not say which it is.
func mvtPolygons(paths []orb.LineString) orb.Geometry {
	var out orb.MultiPolygon
	shell := 0.0
	for _, p := range paths {
		r := orb.Ring(p)
		if len(r) < 4 || !r.Closed() {
			continue
		}
		a := area2(r)
		switch {
		case a == 0:
		case len(out) == 0 || a*shell > 0:
			if len(out) == 0 {
				shell = a
			}
			out = append(out, orb.Polygon{r})
		default:
			last := &out[len(out)-1]
			*last = append(*last, r)
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return out
}

// area2 is twice the signed area of a closed ring.
func area2(r orb.Ring) (a float64) {
	for i := 0; i+1 < len(r); i++ {
		a += (r[i][0]-r[0][0])*(r[i+1][1]-r[0][1]) - (r[i+1][0]-r[0][0])*(r[i][1]-r[0][1])
	}
	return a
}
