package building

import (
	"errors"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
)

// candidate is a footprint on its way to a building.
type candidate struct {
	f       *geo.Feature
	mine    bool // built here; else it is only here to be compared with
	part    bool
	class   string
	rings   []orb.Ring // degrees
	lng     float64    // origin of its own frame
	lat     float64
	outline outline.Outline // metres in that frame
	plan    outline.Outline // metres in the plan
	fill    [][3]int        // triangles of outline
	area    float64
	owner   int          // parts: index of the outline that they belong to, or -1
	foreign *geo.Feature // parts: the outline out of sight that their relation names
	dropped bool
	pieces  []candidate // what is built instead: the outline without its parts
	site    []orb.Ring  // pieces: the rings of the whole
}

// areas are the polygons of a feature's geometry. Points carry addresses, not shapes,
// and are passed over; a line is an area that its reader could not close.
func areas(f *geo.Feature, report *geo.Report) []orb.Polygon {
	p := geo.Polygons(f.Geometry)
	if _, line := f.Geometry.(orb.LineString); line && p == nil {
		report.Skip(f.ID, "building is a line, not an area")
	}
	return p
}

// prepare brings a polygon into metres; one that crosses itself is repaired, which may
// give several.
func prepare(f *geo.Feature, p orb.Polygon, plan earth.Frame, room *workroom, report *geo.Report) []candidate {
	lng, lat, ok := middle(p)
	if !ok {
		report.Skip(f.ID, outline.ErrNumber.Error())
		return nil
	}
	c, err := candidateOf(f, p, lng, lat, plan, room)
	if err == nil {
		return []candidate{c}
	}
	if !errors.Is(err, outline.ErrCrossing) {
		report.Skip(f.ID, err.Error())
		return nil
	}
	// What touches itself by less than the repair's tolerance is not split by it, so the
	// tolerance grows to a decimetre.
	reason := err.Error()
	for _, tolerance := range [...]float64{1e-8, 1e-7, 1e-6} {
		sound, outcome := clean.Polygon(p, clean.Options{Tolerance: tolerance, MinArea: clean.Degrees.MinArea})
		var out []candidate
		for _, q := range sound {
			c, err := candidateOf(f, q, lng, lat, plan, room)
			if err != nil {
				if errors.Is(err, outline.ErrCrossing) {
					out = nil
					break
				}
				continue
			}
			out = append(out, c)
		}
		if len(out) > 0 {
			report.Note(clean.NoteCrossing)
			return out
		}
		if outcome.Reason != "" {
			reason = outcome.Reason
		}
	}
	report.Skip(f.ID, reason)
	return nil
}

// maxSize is the greatest extent of a footprint in metres: beyond it lies a mistake.
const maxSize = 5000

func candidateOf(f *geo.Feature, p orb.Polygon, lng, lat float64, plan earth.Frame, work *workroom) (candidate, error) {
	c := candidate{f: f, lng: lng, lat: lat, rings: p}
	frame := earth.FrameAt(earth.Place{Lng: lng, Lat: lat})
	local := work.flatten(p, frame)
	for _, r := range local {
		for _, q := range r {
			if outline.Length(q) > maxSize {
				return c, errTooLarge
			}
		}
	}
	var err error
	if c.outline, err = outline.Prepare(local); err != nil {
		return c, err
	}
	if c.fill, err = c.outline.Triangulate(); err != nil {
		return c, outline.ErrCrossing
	}
	c.area = c.outline.Area()
	c.plan = make(outline.Outline, len(c.outline))
	room := make(outline.Ring, c.outline.Len())
	x, y, o := plan.DirToLocal(frame.East), plan.DirToLocal(frame.North), plan.ToLocal(frame.Center)
	for i, r := range c.outline {
		c.plan[i], room = room[:len(r):len(r)], room[len(r):]
		for j, q := range r {
			c.plan[i][j] = mgl64.Vec2{float64(x[0]*q[0]) + float64(y[0]*q[1]) + o[0], float64(x[1]*q[0]) + float64(y[1]*q[1]) + o[1]}
		}
	}
	return c, nil
}

// flatten takes rings in degrees into the plan of a frame.
func flatten(p orb.Polygon, frame earth.Frame) []outline.Ring { return new(workroom).flatten(p, frame) }

// workroom is memory that footprints use one after the other.
type workroom struct {
	points outline.Ring
	rings  []outline.Ring
}

// flatten is the same into memory that is good until the next call.
func (w *workroom) flatten(p orb.Polygon, frame earth.Frame) []outline.Ring {
	w.points, w.rings = w.points[:0], w.rings[:0]
	n := 0
	for _, r := range p {
		n += len(r)
	}
	w.points = slices.Grow(w.points, n)
	for _, r := range p {
		at := len(w.points)
		for _, q := range r {
			x, y := frame.Plan(q[0], q[1])
			w.points = append(w.points, mgl64.Vec2{x, y})
		}
		w.rings = append(w.rings, w.points[at:len(w.points):len(w.points)])
	}
	return w.rings
}

var errTooLarge = errors.New("footprint larger than 5 km")

// middle is the centre of a polygon's box in degrees; the antimeridian may run through it.
func middle(p orb.Polygon) (lng, lat float64, ok bool) {
	if len(p) == 0 || len(p[0]) == 0 {
		return 0, 0, true // Prepare will say that corners are missing
	}
	ref := p[0][0][0]
	x0, x1, y0, y1 := 0.0, 0.0, p[0][0][1], p[0][0][1]
	for _, r := range p {
		for _, q := range r {
			if math.IsNaN(q[0]+q[1]) || math.IsInf(q[0]+q[1], 0) || math.Abs(q[1]) > 90 {
				return 0, 0, false
			}
			d := earth.WrapLng(q[0] - ref)
			x0, x1, y0, y1 = math.Min(x0, d), math.Max(x1, d), math.Min(y0, q[1]), math.Max(y1, q[1])
		}
	}
	return earth.WrapLng(ref + (x0+x1)/2), (y0 + y1) / 2, true
}

// polygon closes an outline's rings.
func polygon(o outline.Outline) orb.Polygon {
	p := make(orb.Polygon, len(o))
	for i, r := range o {
		p[i] = make(orb.Ring, 0, len(r)+1)
		for _, v := range r {
			p[i] = append(p[i], orb.Point(v))
		}
		p[i] = append(p[i], orb.Point(r[0]))
	}
	return p
}
