package generate

import (
	"context"

	"github.com/longtake/longtake/geo/solid"
)

// modelled is the ground of a city model, beyond it that under its buildings.
type modelled struct {
	relief *solid.Relief
	*bases
}

func (m *modelled) HeightAt(lng, lat float64) (float64, bool) {
	if h, ok := m.relief.HeightAt(lng, lat); ok {
		return h, true
	}
	return m.bases.HeightAt(lng, lat)
}

// modelGround gathers the ground of the city models among the sources, and names it.
func (g *generation) modelGround(ctx context.Context) (*solid.Relief, digest, error) {
	r, name := solid.NewRelief(g.site.frame), newDigest("relief")
	for _, s := range g.order {
		if !g.cityData(s.id) {
			continue
		}
		err := s.each(ctx, func(seq int, h *head) error {
			if h.kind&finished == 0 {
				return nil
			}
			f, err := s.feature(h)
			if err == nil && r.Add(&f) {
				name.digest(h.hash)
			}
			return err
		})
		if err != nil {
			return nil, digest{}, err
		}
	}
	return r, name.sum(), nil
}
