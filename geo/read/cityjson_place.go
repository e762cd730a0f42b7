package read

import (
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/gdal"
)

// flush places the waiting features on the globe, gives them footprints and passes them
// on.
func (b *cityBuilder) flush() error {
	if len(b.batch) == 0 {
		return nil
	}
	pts := make([][3]float64, 0, b.n)
	for _, f := range b.batch {
		for _, s := range f.Surfaces {
			for _, r := range s.Rings {
				pts = append(pts, r...)
			}
		}
	}
	assumed, err := gdal.Place(b.ctx, b.crs, b.c.o.Datum, pts)
	if err != nil {
		return fmt.Errorf("%s: %w", b.in.name, err)
	}
	if assumed {
		b.c.o.Report.Note("city model heights taken as above EGM96")
	}
	for _, f := range b.batch {
		for _, s := range f.Surfaces {
			for _, r := range s.Rings {
				pts = pts[copy(r, pts):]
			}
		}
		if r := f.Surfaces[0].Rings[0]; len(r) == 1 {
			f.Geometry, f.Surfaces = orb.Point{r[0][0], r[0][1]}, nil
			f.Tags["citymodel:z"] = strconv.FormatFloat(r[0][2], 'g', -1, 64)
		} else {
			f.Geometry = footprint(f.Surfaces)
		}
		if err := b.c.check(f); err != nil {
			return err
		}
	}
	b.batch, b.n = b.batch[:0], 0
	return nil
}

// footprint is the plan of an object: of its ground surfaces, else of the surfaces that
// face down, else of all that are not upright. It is nil where there is nothing of
// those.
func footprint(surfaces []geo.Surface) orb.Geometry {
	var ground, down, all []orb.Polygon
	for _, s := range surfaces {
		p := make(orb.Polygon, 0, len(s.Rings))
		for _, r := range s.Rings {
			ring := make(orb.Ring, 0, len(r)+1)
			for _, v := range r {
				ring = append(ring, orb.Point{v[0], v[1]})
			}
			p = append(p, append(ring, ring[0]))
		}
		if !inRange(p) {
			return p // for the caller to count
		}
		all = append(all, p)
		if s.Kind == "ground" {
			ground = append(ground, p)
		}
		if math.Abs(planar.Area(p)) > clean.Degrees.MinArea && p[0].Orientation() == orb.CW {
			down = append(down, p)
		}
	}
	for _, polys := range [][]orb.Polygon{ground, down, all} {
		if g := union(polys); g != nil {
			return g
		}
	}
	return nil
}

// unionLimit is the number of surfaces from which they are taken for one that does not
// overlap itself, like a terrain: shared sides then cancel, without looking at each
// surface.
const unionLimit = 500

func union(polys []orb.Polygon) orb.Geometry {
	var found []orb.Polygon
	if len(polys) <= unionLimit {
		found, _ = clean.Union(polys, clean.Degrees)
	} else {
		var sides []orb.LineString
		for _, p := range polys {
			for _, r := range p {
				sides = append(sides, orb.LineString(r))
			}
		}
		found, _ = clean.FromSides(sides, nil, clean.Degrees)
	}
	switch len(found) {
	case 0:
		return nil
	case 1:
		return found[0]
	}
	return orb.MultiPolygon(found)
}
