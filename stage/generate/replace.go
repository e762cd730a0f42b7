package generate

import (
	"context"
	"fmt"
	"os"
	"path"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/align"
	"github.com/longtake/longtake/layers/points"
)

// noteReplaced counts what a hand-made model stands in for.
const noteReplaced = "building replaced by a model"

// replacements are the footprints of models that take the place of the buildings under
// them, and what they depend on.
type replacements struct {
	footprints []*align.Footprint
	key        digest
}

// models aligns the hand-made models: how well control points fit is told in the report,
// and the ground that they cover is kept from buildings.
func (g *generation) models(context.Context) error {
	key := newDigest("replacements")
	for i := range g.doc.Layers {
		l := &g.doc.Layers[i]
		m, ok := l.Props.(*points.Model)
		if !ok || l.Template || m.Control == nil && !m.Replaces {
			continue
		}
		// The ground is not known yet: heights shift a model, but not its footprint by more
		// than the Earth's curve.
		p, placed, err := m.Placement(nil, l.Altitude)
		if err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
		if len(p.Residuals) > 0 {
			g.report.Note("model " + l.ID + ": " + p.Note())
		}
		if !m.Replaces || !placed {
			continue
		}
		file := g.doc.Resolve(m.Model)
		if err := hashFile(key.h, file); err != nil {
			return err
		}
		key.digest(propsOf(l))
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		model, err := points.ReadModel(m.Model, data, func(uri string) ([]byte, error) {
			return os.ReadFile(g.doc.Resolve(path.Join(path.Dir(m.Model), uri)))
		})
		if err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
		if f := align.FootprintOf(model, p); f != nil {
			g.replaced.footprints = append(g.replaced.footprints, f)
		}
	}
	g.replaced.key = key.sum()
	return nil
}

// covers tells whether a model stands in for a feature.
func (r *replacements) covers(f *geo.Feature) bool {
	for _, p := range r.footprints {
		if p.Replaces(f) {
			return true
		}
	}
	return false
}
