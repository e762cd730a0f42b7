package read

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"

	"github.com/longtake/longtake/geo"
)

// readTiles reads the finest zoom of an archive of vector tiles. What lies in one tile
// is passed on as it comes; what tiles cut is joined and follows at the end. Attributes
// are translated to OSM's tags (tagrules), and each feature has its layer as
// "mvt:layer".
func readTiles(ctx context.Context, name string, a tileArchive, c *checker) error {
	entries, err := finest(a, c.o.BBox)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	r := &tileReader{c: c, seams: newSeams()}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := a.read(e)
		if err == nil {
			data, err = unpackTile(data)
		}
		if p := pictureOf(data); err == nil && p != "" {
			return fmt.Errorf("%s: its tiles are %s pictures, not vectors", name, p)
		}
		if err != nil {
			return fmt.Errorf("%s: tile %d/%d/%d: %w", name, e.z, e.x, e.y, err)
		}
		if err := r.tile(e.tileID, data); err != nil {
			return err
		}
	}
	return r.seams.join(r.pass)
}

type tileReader struct {
	c      *checker
	seams  *seams
	schema *schema
	looked bool
}

// gridSide is the side of a tile in the units of joining; extents are powers of two and
// divide it or are divided by it.
const gridSide = 4096

func (r *tileReader) tile(t tileID, data []byte) error {
	layers, bad, err := decodeMVT(data)
	place := fmt.Sprintf("tile %d/%d/%d", t.z, t.x, t.y)
	if err != nil {
		r.c.o.Report.Skip(place, errTile.Error())
		return nil
	}
	for range bad {
		r.c.o.Report.Skip(place, reasonGeometry)
	}
	if !r.looked && len(layers) > 0 {
		var names []string
		for _, l := range layers {
			names = append(names, l.name)
		}
		r.schema, r.looked = tileSchema(names), true
	}
	for i := range layers {
		l := &layers[i]
		if len(r.c.o.Layers) > 0 && !slices.Contains(r.c.o.Layers, l.name) {
			continue
		}
		for k := range l.features {
			f := &l.features[k]
			p := piece{tile: t, layer: l.name, id: f.id, tags: l.tags(f)}
			p.geometry = placeInGrid(f.geometry, t, gridSide/l.extent)
			if p.geometry = clipToTile(p.geometry, t); p.geometry == nil {
				continue // lies in the neighbour, which has it too
			}
			p.name = place + "/" + l.name + "#" + strconv.Itoa(k)
			if r.seams.hold(&p) {
				continue
			}
			if err := r.pass(&p); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *mvtLayer) tags(f *mvtFeature) map[string]string {
	tags := make(map[string]string, len(f.tags)/2+4)
	for i := 0; i < len(f.tags); i += 2 {
		if v := l.values[f.tags[i+1]]; v != "" {
			tags[l.keys[f.tags[i]]] = v
		}
	}
	return tags
}

// pass makes a feature of a whole piece.
func (r *tileReader) pass(p *piece) error {
	f := geo.Feature{ID: p.name, Tags: p.tags, Geometry: p.degrees()}
	if p.id != 0 {
		f.ID = p.layer + "/" + strconv.FormatUint(p.id, 10)
	}
	r.schema.translate(p.layer, f.Tags)
	f.Tags["mvt:layer"] = p.layer
	return r.c.check(f)
}

// placeInGrid brings a geometry of a tile into the grid of its zoom.
func placeInGrid(g orb.Geometry, t tileID, scale float64) orb.Geometry {
	x0, y0 := float64(t.x)*gridSide, float64(t.y)*gridSide
	return mapPoints(g, func(p orb.Point) orb.Point { return orb.Point{x0 + p[0]*scale, y0 + p[1]*scale} })
}

func (p *piece) degrees() orb.Geometry {
	whole := tileID{}
	side := gridSide * float64(uint64(1)<<p.tile.z)
	return mapPoints(p.geometry, func(q orb.Point) orb.Point {
		lng, lat := whole.degrees(q[0]/side, q[1]/side)
		return orb.Point{lng, lat}
	})
}

// mapPoints changes the points of a geometry in place.
func mapPoints(g orb.Geometry, f func(orb.Point) orb.Point) orb.Geometry {
	line := func(l []orb.Point) {
		for i := range l {
			l[i] = f(l[i])
		}
	}
	switch g := g.(type) {
	case orb.Point:
		return f(g)
	case orb.MultiPoint:
		line(g)
	case orb.LineString:
		line(g)
	case orb.MultiLineString:
		for _, l := range g {
			line(l)
		}
	case orb.Polygon:
		for _, r := range g {
			line(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			for _, r := range p {
				line(r)
			}
		}
	}
	return g
}

// clipToTile cuts off what reaches over the tile's edges, as writers let it; nil where
// nothing of it lies inside.
func clipToTile(g orb.Geometry, t tileID) orb.Geometry {
	b := t.square()
	box := g.Bound()
	if p, ok := g.(orb.Point); ok {
		if p[0] >= b.Min[0] && p[0] < b.Max[0] && p[1] >= b.Min[1] && p[1] < b.Max[1] {
			return p
		}
		return nil
	}
	if b.Contains(box.Min) && b.Contains(box.Max) {
		return g
	}
	if !b.Intersects(box) {
		return nil
	}
	switch g := g.(type) {
	case orb.Polygon:
		if p := clip.Polygon(b, g); len(p) > 0 {
			return p
		}
		return nil
	case orb.MultiPolygon:
		if p := clip.MultiPolygon(b, g); len(p) > 0 {
			return p
		}
		return nil
	}
	if out := clip.Geometry(b, g); out != nil {
		return out
	}
	return nil
}

func (t tileID) square() orb.Bound {
	x, y := float64(t.x)*gridSide, float64(t.y)*gridSide
	return orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + gridSide, y + gridSide}}
}

// key is what pieces of one thing have in common.
func (p *piece) key() string {
	var b strings.Builder
	b.WriteString(p.layer)
	b.WriteByte(0)
	b.WriteString(strconv.FormatUint(p.id, 36))
	for _, k := range slices.Sorted(maps.Keys(p.tags)) {
		b.WriteByte(0)
		b.WriteString(k)
		b.WriteByte('=')
		b.WriteString(p.tags[k])
	}
	return b.String()
}
