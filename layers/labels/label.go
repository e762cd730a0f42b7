package labels

import (
	"fmt"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "label", Group: "labels", Doc: "text at places, shaped for any script, without overlaps",
	New: func() any {
		return &Label{Text: "name", Size: scale.NumberBy{Constant: 22}, Color: scale.ColorBy{Constant: scene.Color{255, 255, 255, 255}}, Halo: scene.Color{0, 0, 0, 180}, HaloWidth: 2}
	},
	Examples: []scene.Example{{Layer: `source: places, text: name, size: 60`}},
})

// Label writes a field of its rows.
type Label struct {
	layer.Rows
	Text      string         `json:"text" doc:"field that is written"`
	Size      scale.NumberBy `json:"size" doc:"em in pixels of a 1080-line picture"`
	Color     scale.ColorBy  `json:"color" doc:"colour"`
	Halo      scene.Color    `json:"halo" doc:"colour round the letters"`
	HaloWidth float64        `json:"haloWidth" min:"0" max:"5" unit:"px" doc:"width of the halo"`
	Bold      bool           `json:"bold" doc:"bold letters"`
	Height    scale.NumberBy `json:"height" doc:"metres above where it stands"`
	Priority  string         `json:"priority" doc:"field: where labels collide the one with the greater number stays"`
}

// Draw shapes every row's text into one set of glyphs.
func (l *Label) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	texts, err := t.Strings(l.Text)
	if err != nil {
		return nil, fmt.Errorf("text: %w", err)
	}
	colors, err := l.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	sizes, err := l.Size.Numbers(t)
	if err != nil {
		return nil, err
	}
	heights, err := l.Height.Numbers(t)
	if err != nil {
		return nil, err
	}
	priorities := sizes
	if l.Priority != "" {
		if priorities, err = t.Numbers(l.Priority); err != nil {
			return nil, fmt.Errorf("priority: %w", err)
		}
	}
	setter, err := text.NewTypesetter(text.Options{Bold: l.Bold, System: c.SystemFonts})
	if err != nil {
		return nil, err
	}
	g := &drawable.Glyphs{}
	var at []mgl64.Vec3
	for i, s := range texts {
		q, ok := layer.Foot(t.Geometry[i])
		if !ok || s == "" || colors[i][3] == 0 || sizes[i] <= 0 {
			continue
		}
		quads, lo, hi := setter.Layout(s, float32(sizes[i]))
		g.Labels = append(g.Labels, drawable.Label{First: len(g.Quads), Count: len(quads), Color: colors[i], Halo: l.Halo, HaloWidth: float32(l.HaloWidth),
			Min: lo, Max: hi, Priority: float32(priorities[i]), Feature: uint32(i)})
		g.Quads = append(g.Quads, quads...)
		at = append(at, c.Place(q, heights[i]).ECEF())
	}
	if m := setter.Missing(); len(m) > 0 {
		c.Skip(string(m[:min(len(m), 20)]), "characters without a font")
	}
	f := layer.Frame(at)
	g.Frame = f.Matrix()
	for i, p := range at {
		g.Labels[i].Anchor = layer.Local(f, p)
	}
	// The important ones first: that is the order in which collisions are decided.
	slices.SortStableFunc(g.Labels, func(a, b drawable.Label) int {
		switch {
		case a.Priority > b.Priority:
			return -1
		case a.Priority < b.Priority:
			return 1
		}
		return 0
	})
	g.Atlas, g.Spread = setter.Atlas()
	return []drawable.Draw{{What: g}}, nil
}
