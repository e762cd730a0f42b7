package generate

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
)

// filling is what a survey would be filled with.
type filling struct {
	source *source
	name   digest // of the features, as the survey sees them
	filled bool
}

// versions are the digests of features that surveys ask for, by source and kind.
type versions map[string]digest

// toFill names what a survey is to be filled with.
func (g *generation) toFill(ctx context.Context, s *source, survey *Survey) (*filling, error) {
	want := survey.wants()
	id := fmt.Sprint(s.number, want)
	name, ok := g.versions[id]
	if !ok {
		all := g.key("survey")
		site := g.site
		all.floats(site.frame.Origin.Lng, site.frame.Origin.Lat, site.min[0], site.min[1], site.size)
		err := s.each(ctx, func(_ int, h *head) error {
			if h.kind&want == 0 {
				return nil
			}
			if _, ok := g.ownPlace(h); ok {
				all.digest(h.seen(unnamed))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		name = all.sum()
		if g.versions == nil {
			g.versions = versions{}
		}
		g.versions[id] = name
	}
	return &filling{source: s, name: name}, nil
}

// end ends a survey with the ground as it is now, for the layer with these properties.
func (g *generation) end(ctx context.Context, s *Survey, props digest, report *geo.Report) error {
	ground := g.asking()
	if s.filling == nil {
		if err := s.End(ground, report); err != nil {
			return err
		}
		return ground.done()
	}
	key := g.key("surveyed")
	key.digest(s.filling.name)
	key.digest(props)
	key.text(fmt.Sprint(g.terrain != nil)) // of either ground the last is kept
	name := key.sum()
	if g.takeSurveyed(name, s, ground, report) {
		return nil
	}
	if !s.filling.filled {
		if err := g.fill(ctx, s.filling.source, s); err != nil {
			return err
		}
		s.filling.filled = true
	}
	told := geo.NewReport()
	if err := s.End(ground, told); err != nil {
		return err
	}
	report.Merge(told.Summary())
	if err := ground.done(); err != nil {
		return err
	}
	return g.keepSurveyed(name, s, ground, told)
}

// takeSurveyed takes what an earlier run has found at the end of a survey, if the ground is
// the same wherever it was asked.
func (g *generation) takeSurveyed(name digest, s *Survey, ground *asked, report *geo.Report) bool {
	data, ok := g.store.get(name)
	if !ok {
		return false
	}
	r := spool.Reader{B: data}
	cells := make([][2]int, r.Count(2))
	for i := range cells {
		cells[i] = [2]int{int(r.Int()), int(r.Int())}
	}
	sum := r.Take(len(digest{}))
	told, found := r.Bytes(), r.Bytes()
	if r.Err != nil {
		return false
	}
	if now := ground.sum(cells); !bytes.Equal(sum, now[:]) {
		return false
	}
	var summary geo.Summary
	if json.Unmarshal(told, &summary) != nil || s.Take(found) != nil {
		return false
	}
	report.Merge(summary)
	return true
}

// keepSurveyed keeps what the end of a survey has found, unless that is large.
func (g *generation) keepSurveyed(name digest, s *Survey, ground *asked, told *geo.Report) error {
	found, err := s.Keep()
	if err != nil || len(found) > g.budget.spill {
		return err
	}
	summary, err := json.Marshal(told.Summary())
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	cells := slices.SortedFunc(maps.Keys(ground.visited), func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	var w spool.Writer
	w.Uint(uint64(len(cells)))
	for _, c := range cells {
		w.Int(int64(c[0]))
		w.Int(int64(c[1]))
	}
	sum := ground.sum(cells)
	w.B = append(w.B, sum[:]...)
	w.Bytes(summary)
	w.Bytes(found)
	return g.store.put(name, w.B)
}

// sum names the ground in some cells.
func (a *asked) sum(cells [][2]int) digest {
	d := newDigest("ground")
	for _, c := range cells {
		d.digest(a.nameOf(c))
	}
	return d.sum()
}
