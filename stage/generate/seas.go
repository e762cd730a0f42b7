package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/terrain"
)

// towns lays the ground between buildings: of sources with areas below these, else as a
// part of the ground.
func (g *generation) towns(ctx context.Context) error {
	done := map[string]bool{}
	add := func(source, layer string) error {
		s := g.sources[source]
		if s == nil || done[source] {
			return nil
		}
		done[source] = true
		t := cover.NewTown(g.site.frame, g.site.square())
		if err := g.fill(ctx, s, append(g.housing(s), townSurvey(t))...); err != nil {
			return err
		}
		patches, err := g.townPatches(t, layer)
		g.laid.spread(patches)
		return err
	}
	for _, l := range g.builtLayers("areas") {
		if err := add(l.Source, l.ID); err != nil {
			return err
		}
	}
	for _, l := range g.builtLayers("buildings") {
		if err := add(l.Source, g.laid.id); err != nil {
			return err
		}
	}
	return nil
}

// housing makes the builders of the layers of buildings over a source, and returns their
// surveys: they are filled along with the town's, so that a city of buildings is read once for
// both. What else is known of a layer by now tells its builder all that it asks.
func (g *generation) housing(s *source) (surveys []*Survey) {
	for _, l := range g.builtLayers("buildings") {
		if g.sources[l.Source] != s {
			continue
		}
		b := buildings(g.told(l))
		if g.housed == nil {
			g.housed = map[string]Builder{}
		}
		g.housed[l.ID] = b
		surveys = append(surveys, b.Survey)
	}
	return surveys
}

// townPatches are the patches of a town, or what was kept of a run with the same buildings.
func (g *generation) townPatches(t *cover.Town, layer string) ([]cover.Patch, error) {
	if g.Parts == "" {
		return t.Patches(layer), nil
	}
	key := g.key("town")
	key.text(layer)
	key.bytes(t.Append(nil))
	name := key.sum()
	if data, ok := g.store.get(name); ok {
		r := spool.Reader{B: data}
		patches := make([]cover.Patch, r.Count(1))
		for i := range patches {
			p, err := readPiece(r.Bytes())
			if err != nil || p.patch == nil {
				return nil, damaged(g.store.path(name), errSum)
			}
			patches[i] = *p.patch
		}
		return patches, nil
	}
	patches := t.Patches(layer)
	w := spool.Writer{}
	w.Uint(uint64(len(patches)))
	for i := range patches {
		var one spool.Writer
		appendPiece(&one, &piece{patch: &patches[i]})
		w.Bytes(one.B)
	}
	return patches, g.store.put(name, w.B)
}

// seas closes the sea of every layer of water from the coastlines of its source.
func (g *generation) seas(ctx context.Context) error {
	var all orb.MultiPolygon
	for _, l := range g.builtLayers("water") {
		s := g.sources[l.Source]
		if s == nil {
			continue
		}
		var coasts []geo.Feature
		key := g.key("sea")
		key.digest(g.bare.name)
		core := g.site.core
		key.floats(core.Min[0], core.Min[1], core.Max[0], core.Max[1])
		err := s.each(ctx, func(_ int, h *head) error {
			if h.kind&coast == 0 {
				return nil
			}
			f, err := s.feature(h)
			see(&f, h.kind, unnamed)
			coasts = append(coasts, f)
			key.digest(h.seen(unnamed))
			g.budget.hold(int64(h.size) * 8)
			return err
		})
		if err != nil {
			return err
		}
		sea, err := g.closed(key.sum(), coasts)
		if err != nil {
			return err
		}
		all = append(all, sea...)
		g.laid.spread(cover.SeaPatches(sea, l.ID, g.sea, g.report))
		_, _, bed := g.bathymetry()
		beaches, mouths, err := g.shores(ctx, s, sea)
		if err != nil {
			return err
		}
		for _, poly := range sea {
			g.laid.flats = append(g.laid.flats, terrain.Flat{Polygon: g.site.overflow(poly), Height: g.sea, Depth: g.depthOfSea(), Bathymetry: bed,
				Freeboard: seaFreeboard, Beaches: beaches, Mouths: mouthsOf(poly, mouths)})
			g.wet += planar.Area(poly)
		}
	}
	g.horizon(all)
	return nil
}

// mouthReach is how near in metres waters come to the polygon of a sea that they may meet: they are
// sought within two cells of its shore.
const mouthReach = 3 * shoreCell

// mouthsOf are those that may meet one polygon of a sea, of those of all.
func mouthsOf(poly orb.Polygon, all []terrain.Mouth) (own []terrain.Mouth) {
	box := poly.Bound().Pad(mouthReach)
	for _, m := range all {
		if m.Area.Bound().Intersects(box) {
			own = append(own, m)
		}
	}
	return own
}

// seaFreeboard is how far quays and banks stand above the sea at least, metres: over its
// mean they are built above the tide.
const seaFreeboard = 0.9

// shores are the beaches of a source that slope into a sea, and the waters that may meet it,
// in plan: sand and lakes elsewhere are of no shore, and would be looked at and hashed with each.
func (g *generation) shores(ctx context.Context, s *source, sea orb.MultiPolygon) (beaches []orb.Polygon, mouths []terrain.Mouth, err error) {
	if len(sea) == 0 {
		return nil, nil, nil
	}
	shore := newShoreCells(sea)
	err = s.each(ctx, func(_ int, h *head) error {
		if h.kind&(strand|fresh) == 0 || !shore.near(g.planBox(h)) {
			return nil
		}
		f, err := s.feature(h)
		g.budget.hold(int64(h.size) * 8)
		if h.kind&fresh != 0 {
			mouths = append(mouths, cover.Mouths(g.site.frame, &f)...)
			return err
		}
		for _, p := range geo.Polygons(f.Geometry) {
			p = p.Clone()
			for _, r := range p {
				for i, q := range r {
					r[i][0], r[i][1] = g.site.frame.Plan(q[0], q[1])
				}
			}
			beaches = append(beaches, p)
		}
		return err
	})
	return beaches, mouths, err
}

// closed is the sea that some coastlines enclose, or what was kept of it.
func (g *generation) closed(name digest, coasts []geo.Feature) (orb.MultiPolygon, error) {
	var kept struct {
		Sea    orb.MultiPolygon
		Report geo.Summary
	}
	data, ok := g.store.get(name)
	if !ok || json.Unmarshal(data, &kept) != nil {
		report := geo.NewReport()
		var err error
		if kept.Sea, err = g.close(coasts, report); err != nil {
			return nil, err
		}
		kept.Report = report.Summary()
		if data, err = json.Marshal(kept); err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
		if err := g.store.put(name, data); err != nil {
			return nil, err
		}
	}
	g.report.Merge(kept.Report)
	return kept.Sea, nil
}

func (g *generation) close(coasts []geo.Feature, report *geo.Report) (orb.MultiPolygon, error) {
	s := g.site
	if g.bare.Resolution == 0 { // the shore goes on as what is known of it asks for
		return cover.SeaAround(coasts, s.frame, s.core, s.square(), nil, g.sea, report), nil
	}
	known, err := g.bare.ground()
	if err != nil {
		return nil, err
	}
	// What is carried on from a hill says nothing of the bay beside it.
	sea := cover.SeaAround(coasts, s.frame, s.core, s.square(), measured(known), g.sea, report)
	if sea == nil && !slices.ContainsFunc(coasts, func(f geo.Feature) bool { return f.Tags["natural"] == "coastline" }) {
		sea = cover.SeaFromElevation(s.frame, s.square(), known, g.sea, minSea)
	}
	return sea, nil
}
