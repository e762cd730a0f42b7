package labels

import (
	"fmt"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

// Lettering is embedded by types of text: what is written of each row, and how.
type Lettering struct {
	Text      string         `json:"text" doc:"field that is written"`
	Size      scale.NumberBy `json:"size" theme:"textSize" doc:"em in pixels of a 1080-line picture"`
	Color     scale.ColorBy  `json:"color" theme:"ink" doc:"colour"`
	Halo      scene.Color    `json:"halo" theme:"halo" doc:"colour round the letters"`
	HaloWidth float64        `json:"haloWidth" min:"0" max:"5" unit:"px" doc:"width of the halo; texts on plates have none"`
	Bold      bool           `json:"bold" doc:"bold letters"`
	Height    scale.NumberBy `json:"height" doc:"metres above where it stands or its line lies"`
	Format    string         `json:"format" example:",.1f" doc:"how a field of numbers is written: a specifier of d3-format; without it as it is"`
	Unit      string         `json:"unit" doc:"written behind it"`
	Behind    float64        `json:"behind" min:"0" max:"1" doc:"opacity where something of the scene, a building say, stands more than 12 m before its place: 0 hides it, 1 shows it as ever; not without depthTest. It keeps its room in the picture all the same, so labels that rank lower are not written there"`
	Priority  string         `json:"priority" doc:"field: where texts collide the one with the greater number stays; without it the larger one, and of those along lines that of the longer line"`
}

// lettered are the defaults, of a size.
func lettered(size float64) Lettering {
	return Lettering{Text: "name", Size: scale.NumberBy{Constant: size}, Color: scale.ColorBy{Constant: scene.Color{255, 255, 255, 255}}, Halo: scene.Color{0, 0, 0, 180}, HaloWidth: 2, Behind: 1}
}

// lettering is that of every row.
type lettering struct {
	texts                      []string
	colors                     []scene.Color
	sizes, heights, priorities []float64
}

// letters reads the rows' lettering, and makes what sets it.
func (l *Lettering) letters(c *layer.Context) (r lettering, setter *text.Typesetter, err error) {
	t := c.Table
	if r.texts, err = written(c, l.Text, l.Format, l.Unit); err != nil {
		return r, nil, fmt.Errorf("text: %w", err)
	}
	if r.colors, err = l.Color.Colors(t); err != nil {
		return r, nil, err
	}
	if r.sizes, err = l.Size.Numbers(t); err != nil {
		return r, nil, err
	}
	if r.heights, err = l.Height.Numbers(t); err != nil {
		return r, nil, err
	}
	r.priorities = r.sizes
	if l.Priority != "" {
		if r.priorities, err = t.Numbers(l.Priority); err != nil {
			return r, nil, fmt.Errorf("priority: %w", err)
		}
	}
	setter, err = text.NewTypesetter(text.Options{Bold: l.Bold, System: c.SystemFonts})
	return r, setter, err
}

// written is a field as it is shown: missing values are not.
func written(c *layer.Context, field, format, unit string) ([]string, error) {
	out, err := c.Table.Strings(field)
	if err != nil || format == "" && unit == "" {
		return out, err
	}
	shown := out
	if format != "" {
		if shown, _, err = panels.Texts(c.Table, field, format); err != nil {
			return nil, err
		}
	}
	for i, s := range out {
		if s != "" {
			if out[i] = shown[i]; unit != "" {
				out[i] += " " + unit
			}
		}
	}
	return out, nil
}
