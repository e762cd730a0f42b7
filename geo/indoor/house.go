package indoor

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
)

// storeyHeight is the height of a storey in metres where tags say nothing: public
// buildings, which is what is mapped inside, have higher ones than dwellings.
const storeyHeight = 3.8

// parapet is how far in metres a flat roof may lie below the height of its walls: that of
// geo/building.
const parapet = 0.6

// house is a building with what is mapped in it, in the metres of a frame at its ground.
type house struct {
	id      string
	frame   earth.Frame
	base    float64 // of the ground above the ellipsoid
	outline []polygon
	storey  float64
	storeys []*storey // by level
	doors   []door    // whose level is not said: on every storey that has a wall there
}

type (
	vec     = mgl64.Vec2
	ring    []vec // open
	polygon []ring
)

// storey is one level of a house.
type storey struct {
	level float64
	rooms []room
	walls [][2]vec // lines tagged as walls
	doors []door
	steps []flight
}

// room is an area of a storey.
type room struct {
	id, name string
	kind     string // room=*, or the value of indoor=*
	area     polygon
	walled   bool
}

// door is an opening in a wall.
type door struct {
	at    vec
	width float64
	leaf  bool
}

// flight is a stair from its storey up to another, by an area or along a line.
type flight struct {
	id   string
	rise float64 // metres to the storey that it leads to
	area polygon
	line ring
}

// isIndoor tells whether a feature is part of a building's inside.
func isIndoor(tags map[string]string) bool {
	switch tags["indoor"] {
	case "", "no":
	default:
		return true
	}
	if isDoor(tags) {
		return true
	}
	_, level := tags["level"]
	return level && (tags["room"] != "" || tags["stairs"] == "yes" || tags["highway"] == "steps" || tags["highway"] == "elevator")
}

func isDoor(tags map[string]string) bool {
	return tags["door"] != "" && tags["door"] != "no" || tags["entrance"] != "" && tags["entrance"] != "no" || tags["indoor"] == "door"
}

// houses collects the buildings that the block owns and that have something mapped inside.
func houses(b *geo.Block, height float64) []*house {
	var all []*house
	var inside []*geo.Feature
	for i := range b.Features {
		if f := &b.Features[i]; isIndoor(f.Tags) && f.Geometry != nil {
			inside = append(inside, f)
		}
	}
	if len(inside) == 0 {
		return nil
	}
	for i := range b.Features {
		f := &b.Features[i]
		if f.Tags["building"] == "" || f.Tags["building"] == "no" || !b.OwnsFeature(f) {
			continue
		}
		if h := newHouse(f, b.Elevation, height); h != nil {
			for _, in := range inside {
				h.take(in, b)
			}
			if len(h.storeys) > 0 {
				slices.SortFunc(h.storeys, func(a, b *storey) int { return cmp.Compare(a.level, b.level) })
				all = append(all, h)
			}
		}
	}
	return all
}

// doorstep is how far floors lie above the ground in metres: more than a kerb, as pavements
// may reach into an outline.
const doorstep = 0.15

// newHouse stands a building's rooms a doorstep above the highest ground of its outline, so
// that no ground comes up through a floor; on a slope, at most half a storey above the
// lowest, where its shell stands.
func newHouse(f *geo.Feature, ground geo.Elevation, height float64) *house {
	foot, ok := f.Foot()
	if !ok {
		return nil
	}
	h := &house{id: f.ID, storey: height, base: math.Inf(1)}
	high := math.Inf(-1)
	polys := geo.Polygons(f.Geometry)
	for _, p := range polys {
		for _, r := range p {
			for _, q := range r {
				if z, ok := ground.HeightAt(q[0], q[1]); ok {
					h.base, high = math.Min(h.base, z), math.Max(high, z)
				}
			}
		}
	}
	if math.IsInf(h.base, 1) {
		h.base, high = 0, 0
	}
	raised := math.Min(high-h.base+doorstep, storeyHeight/2)
	h.base += raised
	h.frame = earth.FrameAt(earth.Place{Lng: foot[0], Lat: foot[1], Height: h.base})
	for _, p := range polys {
		if q := h.polygon(p); len(q) > 0 {
			h.outline = append(h.outline, q)
		}
	}
	if len(h.outline) == 0 {
		return nil
	}
	if h.storey == 0 {
		h.storey = storeyHeight
		levels, ok := clean.Number(f.Tags["building:levels"])
		total, tall := clean.Length(f.Tags["height"])
		if rise, ok := clean.Length(f.Tags["roof:height"]); ok {
			total -= rise
		} else {
			total -= parapet
		}
		if ok && tall && levels >= 1 && total/levels >= 2.4 && total/levels <= 8 {
			h.storey = (total - raised) / levels // the top stays under the shell's roof
		}
	}
	return h
}

// local is a position in the house's metres.
func (h *house) local(p orb.Point) vec {
	x, y := h.frame.Plan(p[0], p[1])
	return vec{x, y}
}

func (h *house) line(r []orb.Point) ring {
	var out ring
	for _, p := range r {
		q := h.local(p)
		if n := len(out); n == 0 || out[n-1].Sub(q).Len() > 1e-3 {
			out = append(out, q)
		}
	}
	return out
}

func (h *house) polygon(p orb.Polygon) (out polygon) {
	for i, r := range p {
		q := h.line(r)
		if n := len(q); n > 1 && q[0].Sub(q[n-1]).Len() <= 1e-3 {
			q = q[:n-1]
		}
		if len(q) < 3 || math.Abs(area(q)) < 0.05 {
			if i == 0 {
				return nil
			}
			continue
		}
		if (area(q) < 0) == (i == 0) { // outer counter-clockwise, holes clockwise
			slices.Reverse(q)
		}
		out = append(out, q)
	}
	return out
}

func area(r ring) float64 {
	var sum float64
	for i, q := range r {
		p := r[(i+len(r)-1)%len(r)]
		sum += p[0]*q[1] - p[1]*q[0]
	}
	return sum / 2
}

// at returns the storey of a level, making it where it is new.
func (h *house) at(level float64) *storey {
	for _, s := range h.storeys {
		if s.level == level {
			return s
		}
	}
	h.storeys = append(h.storeys, &storey{level: level})
	return h.storeys[len(h.storeys)-1]
}

// take adds a feature to the storeys that it is on, if it lies in the house.
func (h *house) take(f *geo.Feature, b *geo.Block) {
	foot, ok := f.Foot()
	if !ok || !h.holds(h.local(foot)) && !h.onOutline(h.local(foot)) {
		return
	}
	levels := levelsOf(f.Tags)
	if p, ok := f.Geometry.(orb.Point); ok {
		if isDoor(f.Tags) {
			h.door(f, h.local(p), levels)
		}
		return
	}
	if len(levels) == 0 {
		b.Report.Skip(f.ID, "indoor feature without a level")
		return
	}
	kind := f.Tags["indoor"]
	if f.Tags["room"] != "" {
		kind = f.Tags["room"]
	}
	stairs := f.Tags["stairs"] == "yes" || kind == "stairs" || f.Tags["highway"] == "steps"
	switch g := f.Geometry.(type) {
	case orb.LineString:
		line := h.line(g)
		if len(line) < 2 {
			return
		}
		if stairs {
			h.climb(flight{id: f.ID, line: line}, levels)
			return
		}
		if kind == "wall" {
			for _, l := range levels {
				s := h.at(l)
				for i := 1; i < len(line); i++ {
					s.walls = append(s.walls, [2]vec{line[i-1], line[i]})
				}
			}
		}
	case orb.Polygon, orb.MultiPolygon:
		for _, p := range geo.Polygons(g) {
			h.area(f, h.polygon(p), kind, levels, stairs)
		}
	}
}

// door adds an opening to its storeys.
func (h *house) door(f *geo.Feature, at vec, levels []float64) {
	d := door{at: at, width: 1, leaf: f.Tags["door"] == "hinged" || f.Tags["door"] == "yes"}
	if w, ok := clean.Length(f.Tags["width"]); ok && w >= 0.5 && w <= 8 {
		d.width = w
	}
	if len(levels) == 0 {
		h.doors = append(h.doors, d)
		return
	}
	for _, l := range levels {
		s := h.at(l)
		s.doors = append(s.doors, d)
	}
}

func (h *house) area(f *geo.Feature, p polygon, kind string, levels []float64, stairs bool) {
	if len(p) == 0 {
		return
	}
	r := room{id: f.ID, name: f.Tags["name"], kind: kind, area: p}
	r.walled = f.Tags["indoor"] == "room" || f.Tags["indoor"] == "wall" || f.Tags["indoor"] == "" && f.Tags["room"] != ""
	if kind == "elevator" || f.Tags["highway"] == "elevator" {
		r.kind, r.walled = "elevator", true
	}
	for _, l := range levels {
		s := h.at(l)
		s.rooms = append(s.rooms, r)
	}
	if stairs {
		h.climb(flight{id: f.ID, area: p}, levels)
	}
}

// climb adds a flight between each two levels that follow each other.
func (h *house) climb(f flight, levels []float64) {
	for i := 1; i < len(levels); i++ {
		f.rise = (levels[i] - levels[i-1]) * h.storey
		s := h.at(levels[i-1])
		s.steps = append(s.steps, f)
	}
}

// holds tells whether a position lies in the house's outline.
func (h *house) holds(p vec) bool {
	for _, poly := range h.outline {
		if inside(poly, p) {
			return true
		}
	}
	return false
}

// onOutline tells whether a position lies on the house's outline, as entrances do.
func (h *house) onOutline(p vec) bool {
	_, outer := h.edges(&storey{})
	_, ok := nearest(outer, p)
	return ok
}

// inside is the even-odd rule.
func inside(poly polygon, p vec) bool {
	in := false
	for _, r := range poly {
		for i, q := range r {
			o := r[(i+len(r)-1)%len(r)]
			if (o[1] > p[1]) != (q[1] > p[1]) && p[0] < (q[0]-o[0])*(p[1]-o[1])/(q[1]-o[1])+o[0] {
				in = !in
			}
		}
	}
	return in
}
