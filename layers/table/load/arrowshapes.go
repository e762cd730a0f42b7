package load

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/read"
)

var errShape = errors.New("not one of GeoArrow's shapes: point, linestring, polygon, their multiples, wkb and wkt are read")

// shapes reads the column of geometries (https://geoarrow.org/format.html): coordinates in
// nested lists, WKB or WKT. The first such column is the rows' geometry.
func (a *arrowRows) shapes(shape string, f arrow.Field, chunks []arrow.Array) error {
	if a.geometry != nil {
		return nil
	}
	if err := arrowCRS(f); err != nil {
		return err
	}
	a.geometry = make([]orb.Geometry, 0, a.rows)
	for _, chunk := range chunks {
		of, err := shapesOf(shape, chunk, a.room)
		if err != nil {
			return err
		}
		for i := range chunk.Len() {
			var g orb.Geometry
			if chunk.IsValid(i) {
				if g = of(i); g == nil {
					a.lost++
				}
			}
			a.geometry = append(a.geometry, g)
		}
	}
	return nil
}

// arrowCRS refuses coordinates that are no longitudes and latitudes.
func arrowCRS(f arrow.Field) error {
	text, _ := f.Metadata.GetValue("ARROW:extension:metadata")
	var meta struct {
		CRS json.RawMessage `json:"crs"`
	}
	if text == "" || json.Unmarshal([]byte(text), &meta) != nil {
		return nil
	}
	var name string
	if json.Unmarshal(meta.CRS, &name) != nil {
		return longitudes(meta.CRS)
	}
	if authority, code, ok := strings.Cut(name, ":"); ok {
		id, _ := json.Marshal(map[string]any{"id": map[string]string{"authority": authority, "code": code}})
		return longitudes(id)
	}
	return nil
}

// shapesOf is how an array gives geometries, which take of the room; nil stands for what is none.
func shapesOf(shape string, all arrow.Array, room *bounded) (func(i int) orb.Geometry, error) {
	taken := func(g orb.Geometry) orb.Geometry { room.take(sizeOfShape(g), 1); return g }
	switch v := all.(type) {
	case *array.Binary:
		return func(i int) orb.Geometry { g, _ := read.WKB(v.Value(i)); return taken(g) }, nil
	case *array.LargeBinary:
		return func(i int) orb.Geometry { g, _ := read.WKB(v.Value(i)); return taken(g) }, nil
	case array.StringLike:
		return func(i int) orb.Geometry { return taken(read.TextGeometry(v.Value(i))) }, nil
	}
	depth, ok := map[string]int{"point": 0, "linestring": 1, "multipoint": 1, "polygon": 2, "multilinestring": 2, "multipolygon": 3}[shape]
	if !ok {
		return nil, errShape
	}
	lists := make([]array.ListLike, depth)
	inner := all
	for k := range lists {
		l, ok := inner.(array.ListLike)
		if !ok {
			return nil, errShape
		}
		lists[k], inner = l, l.ListValues()
	}
	at, ok := coordinates(inner)
	if !ok {
		return nil, errShape
	}
	holes := false // a list or a coordinate within is missing, which the format rules out
	parts := func(level, i int) (from, to int64) {
		if lists[level].IsNull(i) {
			holes = true
			return 0, 0
		}
		from, to = lists[level].ValueOffsets(i)
		if level == depth-1 {
			room.take(max(0, to-from), 16) // points
		} else {
			room.take(max(0, to-from), 24) // lists of them
		}
		return from, to
	}
	line := func(level, i int) (out []orb.Point) {
		from, to := parts(level, i)
		out = slices.Grow(out, int(max(0, to-from)))
		for k := from; k < to; k++ {
			p, ok := at(int(k))
			holes = holes || !ok
			out = append(out, p)
		}
		return out
	}
	polygon := func(level, i int) (out orb.Polygon) {
		from, to := parts(level, i)
		for k := from; k < to; k++ {
			out = append(out, line(level+1, int(k)))
		}
		return out
	}
	whole := func(i int) orb.Geometry {
		switch shape {
		case "point":
			p, ok := at(i)
			holes = !ok
			return p
		case "linestring":
			return orb.LineString(line(0, i))
		case "multipoint":
			return orb.MultiPoint(line(0, i))
		case "polygon":
			return polygon(0, i)
		case "multilinestring":
			var out orb.MultiLineString
			for _, r := range polygon(0, i) {
				out = append(out, orb.LineString(r))
			}
			return out
		}
		var out orb.MultiPolygon
		from, to := parts(0, i)
		for k := from; k < to; k++ {
			out = append(out, polygon(1, int(k)))
		}
		return out
	}
	return func(i int) orb.Geometry {
		holes = false
		if g := whole(i); !holes {
			return g
		}
		return nil
	}, nil
}

// coordinates are pairs of numbers, false where one is missing: interleaved, or each in an
// array of its own; heights are left out.
func coordinates(all arrow.Array) (at func(i int) (orb.Point, bool), ok bool) {
	switch v := all.(type) {
	case *array.FixedSizeList:
		n := int(v.DataType().(*arrow.FixedSizeListType).Len())
		of, ok := v.ListValues().(*array.Float64)
		if !ok || n < 2 {
			return nil, false
		}
		return func(i int) (orb.Point, bool) {
			start, _ := v.ValueOffsets(i)
			k := int(start)
			return orb.Point{of.Value(k), of.Value(k + 1)}, v.IsValid(i) && of.IsValid(k) && of.IsValid(k+1)
		}, true
	case *array.Struct:
		if v.NumField() < 2 {
			return nil, false
		}
		x, ok := v.Field(0).(*array.Float64)
		y, ok2 := v.Field(1).(*array.Float64)
		return func(i int) (orb.Point, bool) {
			return orb.Point{x.Value(i), y.Value(i)}, v.IsValid(i) && x.IsValid(i) && y.IsValid(i)
		}, ok && ok2
	}
	return nil, false
}
