package building

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/roof"
	outdoors "github.com/longtake/longtake/geo/near"
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
	// Attributes are the tags that rows keep as their values, see Row.
	Attributes []string
}

// Of returns the buildings that a block owns, in the order of its features; features
// that are no buildings are passed over, buildings that cannot be built are skipped in
// the block's report. survey may be of the whole plan or what Survey.Near has kept of it.
//
// An outline gives way to its building:part areas where these cover nine tenths of it;
// else it is built on the ground that they leave. Footprints given twice are built once.
func Of(b *geo.Block, survey *Survey, opts Options) []Building {
	quiet := geo.NewReport() // of what other blocks own
	found, ways, lines := muster(b, opts)
	cs := make([]candidate, 0, len(found))
	var solids []Building
	seq := make([]entry, 0, len(found))
	var room workroom
	for i := range found {
		f, report := &found[i], b.Report
		if !f.mine {
			report = quiet
		}
		if f.Surfaces != nil {
			if bd, ok := solid(f.Feature, f.class, b.Frame, report); ok {
				bd.keep(opts.Attributes, f.Tags, nil)
				seq = append(seq, entry{true, len(solids)})
				solids = append(solids, bd)
			}
			continue
		}
		if tags, changed := osmTags(f.Feature, opts); changed { // own copy: the caller's features stay as they are
			f.Feature = &geo.Feature{ID: f.ID, Geometry: f.Geometry, Tags: tags}
		}
		if class, ok := outdoors.Works(f.Feature); ok {
			f.Feature = &geo.Feature{ID: f.ID, Geometry: f.Geometry, Tags: asBuilding(f.Tags, class)}
			report.Note("man_made=" + class + " built from its outline")
		}
		for _, p := range areas(f.Feature, report) {
			for _, c := range prepare(f.Feature, p, b.Frame, &room, report) {
				c.mine, c.part, c.class, c.owner = f.mine, f.part, f.class, -1
				seq = append(seq, entry{false, len(cs)})
				cs = append(cs, c)
			}
		}
	}
	dropTwins(cs, b.Report)
	dropBuried(cs, b.Report)
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

// entry keeps the features' order: a solid, or a candidate.
type entry struct {
	solid bool
	at    int
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
		for _, p := range geo.Polygons(c.foreign.Geometry) {
			site = append(site, p...)
		}
		if class == "yes" {
			_, class, _ = kind(outer, Options{All: true})
		}
	}
	b := Building{
		flat: opts.Flat,
		ID:   c.f.ID, Name: first(c.f.Tags, outer, "name"), Class: class, Part: c.part, Plan: polygon(c.plan),
		site: site, lng: c.lng, lat: c.lat, outline: c.outline, area: c.area, fill: c.fill, rule: ruleOf(class, c.lng, c.lat), seed: seedOf(c.f.ID),
	}
	b.roof = spec(c.f.Tags, b.outline, b.rule, b.Part, b.seed, report)
	if b.roof.Lines = roofLines(lines, c); b.roof.Lines != nil && b.roof.Shape == roof.Flat {
		b.roof.Shape = roof.Hipped // where the lines make no roof
	}
	m := measure(c.f.Tags, report)
	tall := 0.0 // height of the building that this is a part of
	if outer != nil {
		o := measure(outer, geo.NewReport()) // its tags were noted, or are none of the part's
		tall = zero(o.height)
		if c.part && !m.tagged() {
			m.height, m.levels = o.height, o.levels
		}
	}
	guess, found := 0.0, false
	made := workOf(b.Class, b.Part, c.f.Tags)
	switch {
	case m.tagged():
	case made != nil:
		guess, found = made.high(b.outline), true
		report.Note(noteDefault)
	default:
		if guess, found = survey.guess(c.f, c.area, b.rule, b.seed); found {
			report.Note(noteNear)
		} else {
			report.Note(noteDefault)
		}
	}
	b.solve(m, guess, found, report)
	if made != nil && !b.flat {
		b.form(made)
	}
	b.keep(opts.Attributes, c.f.Tags, outer)
	if b.flat {
		return b
	}
	b.box = b.outline[0].MinRect()
	b.look = lookOf(c.f.Tags, outer, b.rule.look, math.Max(b.Top, tall), seedOf(lookID(cs, c)), b.lng, b.lat)
	for range unknownColours(c.f.Tags, outer) {
		report.NoteOf(c.f.ID, noteColour)
	}
	b.blind = blind(c.f.Tags) || blind(outer)
	return b
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
