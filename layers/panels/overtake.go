package panels

import (
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
)

const (
	// overtaking is the story seconds in which a row of a list takes the place of another.
	overtaking = 0.6
	// overtakingSteps is how many moments of them are looked at.
	overtakingSteps = 13
)

// places are where groups stand in their order, from 0. Where values glide it is the mean of
// their places around the moment, so that who overtakes slides past who is overtaken: what is
// seen follows from the time alone.
func places(c *layer.Context, order []Group, groups func(*table.Table) ([]Group, error)) ([]float64, error) {
	out, known := make([]float64, len(order)), map[string]bool{}
	for _, g := range order {
		known[g.Name] = true
	}
	if c.Near == nil {
		for i := range out {
			out[i] = float64(i)
		}
		return out, nil
	}
	for k := range overtakingSteps {
		near, err := groups(c.Near(overtaking * (float64(k)/(overtakingSteps-1) - 0.5)))
		if err != nil {
			return nil, err
		}
		at := map[string]int{}
		for _, g := range Ranked(near, "value", 0) {
			if known[g.Name] { // else it is gone, or filtered out
				at[g.Name] = len(at)
			}
		}
		for i, g := range order {
			place, ok := at[g.Name]
			if !ok { // it comes from below
				place = len(order) - 1
			}
			out[i] += float64(place) / overtakingSteps
		}
	}
	return out, nil
}
