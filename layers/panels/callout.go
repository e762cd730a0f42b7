package panels

import (
	"fmt"
	"math"
	"sort"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "callout", Group: "labels", Doc: "cards with fields of rows, each on a line above its place, none over another",
	New: func() any {
		k := &Callout{Panel: New("top"), Name: "name", Limit: 60}
		k.Leader = 90
		return k
	},
	Examples: []scene.Example{{Layer: `source: places, name: name, fields: [{field: population, title: People}], priority: population, clamp: ground, zoom: 1.8`}},
})

// Callout stands a card at every row's place; where cards would lie on each other those of
// greater priority are seen.
type Callout struct {
	layer.Rows
	layer.Whole
	Panel
	Name     string   `json:"name" doc:"field of the cards' headings"`
	Fields   []Column `json:"fields" doc:"fields on the cards; without them, all"`
	Priority string   `json:"priority" doc:"field: where cards collide the one with the greater number stays"`
	Limit    int      `json:"limit" min:"1" max:"500" doc:"how many cards, those of the greatest priority"`
}

// Draw makes a card for each row.
func (k *Callout) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Present()
	if err != nil {
		return nil, err
	}
	cards, err := cardsOf(t, k.Name, k.Fields)
	if err != nil {
		return nil, err
	}
	order := make([]int, len(cards))
	for i := range order {
		order[i] = i
	}
	if k.Priority != "" {
		values, err := t.Numbers(k.Priority)
		if err != nil {
			return nil, fmt.Errorf("priority: %w", err)
		}
		sort.SliceStable(order, func(a, b int) bool {
			u, v := values[order[a]], values[order[b]]
			return u > v || math.IsNaN(v) && !math.IsNaN(u)
		})
	}
	var out []drawable.Draw
	for _, i := range order {
		at, ok := layer.Foot(t.Geometry[i])
		if !ok {
			c.Skip(t.IDs[i], "no geometry")
			continue
		}
		if len(out) == k.Limit {
			break // as the document says
		}
		out = append(out, k.Standing(c, &facts{card: cards[i], theme: k.Theme()}, cards[i].name, at, 0))
	}
	return out, nil
}
