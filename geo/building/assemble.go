package building

import (
	"errors"
	"math"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
)

// RelationTag is set by readers on the members of a type=building relation, with the
// relation's id as its value: outline and parts of one building share it.
const RelationTag = "longtake:building_relation"

// Options are what the tags cannot say.
type Options struct {
	// All takes every area for a building, whatever its tags: for layers of bare
	// footprints, such as rows of {height, polygon}.
	All bool
	// Flat builds plain prisms in white over the footprints, to their full height: no
	// roofs, windows or ornaments. It is the fast way, for backdrops and white models.
	Flat bool
}

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

// Of returns the buildings that a block owns, in the order of its features; features
// that are no buildings are passed over, buildings that cannot be built are skipped in
// the block's report. survey may be of the whole plan or what Survey.Near has kept of it.
//
// An outline gives way to its building:part areas where these cover nine tenths of it;
// else it is built on the ground that they leave. Footprints given twice are built once.
func Of(b *geo.Block, survey *Survey, opts Options) []Building {
	quiet := geo.NewReport() // of what other blocks own
	var ways, lines []line
	var cs []candidate
	var solids []Building
	var seq []entry
	for i := range b.Features {
		f := &b.Features[i]
		switch {
		case isPassage(f):
			ways = append(ways, line{f, f.Geometry.Bound()})
		case isRoofLine(f):
			lines = append(lines, line{f, f.Geometry.Bound()})
		}
		part, class, ok := kind(f.Tags, opts)
		if !ok {
			if f.Tags["building"]+f.Tags["building:part"] != "" && underground(f.Tags) && b.OwnsFeature(f) {
				b.Report.Note("building underground: left out")
			}
			continue
		}
		_, placed := f.Foot() // one without a place is skipped below, with its reason
		mine, report := b.OwnsFeature(f) || !placed, b.Report
		if !mine {
			report = quiet
		}
		if f.Surfaces != nil {
			if !mine {
				continue
			}
			if bd, ok := solid(f, class, b.Frame, report); ok {
				seq = append(seq, entry{true, len(solids)})
				solids = append(solids, bd)
			}
			continue
		}
		if tags, changed := osmTags(f, opts); changed { // own copy: the caller's features stay as they are
			f = &geo.Feature{ID: f.ID, Geometry: f.Geometry, Tags: tags}
		}
		for _, p := range areas(f, report) {
			for _, c := range prepare(f, p, b.Frame, report) {
				c.mine, c.part, c.class, c.owner = mine, part, class, -1
				seq = append(seq, entry{false, len(cs)})
				cs = append(cs, c)
			}
		}
	}
	dropTwins(cs, b.Report)
	adopt(cs, survey, b.Frame, b.Report)

	out := make([]Building, 0, len(seq))
	for _, e := range seq {
		switch {
		case e.solid:
			out = append(out, solids[e.at])
		case cs[e.at].mine && !cs[e.at].dropped:
			built := cs[e.at].pieces
			if built == nil {
				built = cs[e.at : e.at+1]
			}
			for i := range built {
				bd := settle(cs, &built[i], survey, lines, opts, b.Report)
				if !opts.Flat {
					bd.passages = passages(ways, &built[i])
				}
				out = append(out, bd)
			}
		}
	}
	return out
}

// line is a way that buildings ask for, with its box in degrees.
type line struct {
	f   *geo.Feature
	box orb.Bound
}

// entry keeps the features' order: a solid, or a candidate.
type entry struct {
	solid bool
	at    int
}

// Assemble returns the buildings among all features of a package at once.
func Assemble(features []geo.Feature, plan earth.Frame, opts Options, report *geo.Report) []Building {
	everywhere := orb.Bound{Min: orb.Point{math.Inf(-1), math.Inf(-1)}, Max: orb.Point{math.Inf(1), math.Inf(1)}}
	survey := NewSurvey(plan, opts)
	for i := range features {
		survey.Add(&features[i])
	}
	return Of(&geo.Block{Frame: plan, Square: everywhere, Features: features, Report: report}, survey, opts)
}

// kind tells whether tags make a feature a building or a part of one.
func kind(tags map[string]string, opts Options) (part bool, class string, ok bool) {
	off := func(v string) bool { return v == "" || v == "no" || v == "false" || v == "0" }
	if underground(tags) {
		return false, "", false
	}
	if v := tags["building:part"]; !off(v) {
		return true, v, true
	}
	v := tags["building"]
	switch {
	case !off(v):
		if v == "true" || v == "1" {
			v = "yes"
		}
		return false, v, true
	case v == "" && tags["kind"] == "building_part":
		return true, "yes", true
	case v == "" && (opts.All || tags["kind"] == "building"):
		return false, "yes", true
	}
	return false, "", false
}

// underground tells whether a building lies wholly below the ground: by its location, by
// a layer below zero, or by storeys that are all below it.
func underground(tags map[string]string) bool {
	switch tags["location"] {
	case "underground":
		return true
	case "surface", "overground", "roof":
		return false
	}
	if tags["building"] == "underground" || strings.HasPrefix(tags["layer"], "-") {
		return true
	}
	return tags["building:levels"] == "0" && tags["building:levels:underground"] != "" && tags["building:levels:underground"] != "0" &&
		tags["height"] == "" && tags["roof:levels"] == ""
}

// areas are the polygons of a feature's geometry. Points carry addresses, not shapes,
// and are passed over; a line is an area that its reader could not close.
func areas(f *geo.Feature, report *geo.Report) []orb.Polygon {
	p := polygons(f.Geometry)
	if _, line := f.Geometry.(orb.LineString); line && p == nil {
		report.Skip(f.ID, "building is a line, not an area")
	}
	return p
}

// osmTags are a feature's tags in OSM's keys, and whether they differ from its own.
func osmTags(f *geo.Feature, opts Options) (tags map[string]string, changed bool) {
	if opts.All || f.Tags["building"] == "" && f.Tags["building:part"] == "" {
		return translate(f.Tags), true
	}
	return f.Tags, false
}

// prepare brings a polygon into metres; one that crosses itself is repaired, which may
// give several.
func prepare(f *geo.Feature, p orb.Polygon, plan earth.Frame, report *geo.Report) []candidate {
	lng, lat, ok := middle(p)
	if !ok {
		report.Skip(f.ID, outline.ErrNumber.Error())
		return nil
	}
	c, err := candidateOf(f, p, lng, lat, plan)
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
			c, err := candidateOf(f, q, lng, lat, plan)
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

func candidateOf(f *geo.Feature, p orb.Polygon, lng, lat float64, plan earth.Frame) (candidate, error) {
	c := candidate{f: f, lng: lng, lat: lat, rings: p}
	frame := earth.FrameAt(earth.Place{Lng: lng, Lat: lat})
	local := flatten(p, frame)
	for _, r := range local {
		for _, q := range r {
			if q.Len() > maxSize {
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
	x, y, o := plan.DirToLocal(frame.East), plan.DirToLocal(frame.North), plan.ToLocal(frame.Center)
	for i, r := range c.outline {
		c.plan[i] = make(outline.Ring, len(r))
		for j, q := range r {
			c.plan[i][j] = mgl64.Vec2{float64(x[0]*q[0]) + float64(y[0]*q[1]) + o[0], float64(x[1]*q[0]) + float64(y[1]*q[1]) + o[1]}
		}
	}
	return c, nil
}

// flatten takes rings in degrees into the plan of a frame.
func flatten(p orb.Polygon, frame earth.Frame) []outline.Ring {
	out := make([]outline.Ring, len(p))
	for i, r := range p {
		out[i] = make(outline.Ring, len(r))
		for j, q := range r {
			x, y := frame.Plan(q[0], q[1])
			out[i][j] = mgl64.Vec2{x, y}
		}
	}
	return out
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

// settle makes the building of a candidate.
func settle(cs []candidate, c *candidate, survey *Survey, lines []line, opts Options, report *geo.Report) Building {
	var outer map[string]string
	site := c.rings
	if c.site != nil {
		site = c.site
	}
	class := c.class
	switch {
	case c.owner >= 0:
		o := &cs[c.owner]
		outer, site = o.f.Tags, o.rings
		if class == "yes" {
			class = o.class
		}
	case c.foreign != nil:
		outer, site = c.foreign.Tags, nil
		for _, p := range polygons(c.foreign.Geometry) {
			site = append(site, p...)
		}
		if class == "yes" {
			_, class, _ = kind(outer, Options{All: true})
		}
	}
	b := Building{
		flat: opts.Flat,
		ID:   c.f.ID, Name: first(c.f.Tags, outer, "name"), Class: class, Part: c.part, Plan: polygon(c.plan),
		site: site, lng: c.lng, lat: c.lat, outline: c.outline, fill: c.fill, rule: ruleOf(class, c.lng, c.lat), seed: seedOf(c.f.ID),
	}
	b.roof = spec(c.f.Tags, b.outline, b.rule, b.Part, b.seed, report)
	if b.roof.Lines = roofLines(lines, c); b.roof.Lines != nil && b.roof.Shape == roof.Flat {
		b.roof.Shape = roof.Hipped // where the lines make no roof
	}
	m := measure(c.f.Tags, report)
	quiet := geo.NewReport() // the outline's tags were noted, or are none of the part's
	if c.part && !m.tagged() && outer != nil {
		o := measure(outer, quiet)
		m.height, m.levels = o.height, o.levels
	}
	guess, found := 0.0, false
	if !m.tagged() {
		if guess, found = survey.guess(c.f, c.area, b.rule, b.seed); found {
			report.Note(noteNear)
		} else {
			report.Note(noteDefault)
		}
	}
	b.solve(m, guess, found, report)
	if b.flat {
		return b
	}
	b.look = lookOf(c.f.Tags, outer, b.rule.look, math.Max(b.Top, zero(measure(outer, quiet).height)), seedOf(lookID(cs, c)), b.lng, b.lat)
	b.blind = blind(c.f.Tags) || blind(outer)
	return b
}

// blind tells whether tags describe something without windows: a monument, a mast.
func blind(tags map[string]string) bool {
	switch tags["man_made"] {
	case "", "bridge", "works", "pier", "lighthouse":
	default:
		return true
	}
	switch tags["historic"] {
	case "monument", "memorial", "city_gate", "archaeological_site", "ruins", "aqueduct", "wayside_shrine":
		return true
	}
	return tags["building:part"] == "column" || tags["building:part"] == "pillar" || tags["tourism"] == "artwork"
}

// lookID is the id that a candidate's colours are drawn by: parts look like their building.
func lookID(cs []candidate, c *candidate) string {
	switch {
	case c.owner >= 0:
		return cs[c.owner].f.ID
	case c.foreign != nil:
		return c.foreign.ID
	}
	return c.f.ID
}

// polygon closes an outline's rings.
func polygon(o outline.Outline) orb.Polygon {
	p := make(orb.Polygon, len(o))
	for i, r := range o {
		for _, v := range r {
			p[i] = append(p[i], orb.Point(v))
		}
		p[i] = append(p[i], orb.Point(r[0]))
	}
	return p
}
