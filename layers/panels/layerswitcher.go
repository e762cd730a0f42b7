package panels

import (
	"reflect"

	"github.com/invopop/jsonschema"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "layer-switcher", Group: "panels", Doc: "list of layers, each with its colours and a switch; in the kiosk a click on one hides it or shows it again",
	New: func() any { return &LayerSwitcher{Panel: New("top-left")} },
	Examples: []scene.Example{
		{Layer: `layers: [ { label: Districts, colors: ["#31688e"] }, { label: Rent, colors: ["#440154", "#21918c", "#fde725"] }, { label: Flows, colors: ["#ffcf6b"], off: true } ], heading: Layers, anchor: center, zoom: 2.4`},
	},
})

// LayerSwitcher lists layers.
type LayerSwitcher struct {
	Panel
	Layers  []Switch `json:"layers" required:"true" doc:"what can be switched, in order: ids of layers, or {label, layers, colors}"`
	entries []entry
}

// Switch is an entry: a layer, or several that go together.
type Switch struct {
	Label  string        `json:"label" doc:"what is written; without it the first layer's id"`
	Layers []string      `json:"layers" format:"layer" doc:"layers that go together"`
	Colors []scene.Color `json:"colors" doc:"colours of the sign before the label; without them those of the first layer"`
	Off    bool          `json:"off" doc:"without layers: it is shown as switched off"`
}

type switchFields Switch

// UnmarshalScene reads an id or a mapping.
func (s *Switch) UnmarshalScene(v *scene.Value) {
	switch v.Kind() {
	case scene.Text:
		*s = Switch{Layers: []string{v.Text()}}
	case scene.Map:
		var f switchFields
		if v.Decode(&f) {
			*s = Switch(f)
		}
	default:
		v.Reject("the id of a layer or {label, layers} is allowed")
	}
}

// MarshalScene writes the mapping.
func (s Switch) MarshalScene() any { return switchFields(s) }

// SceneSchema describes both shapes.
func (Switch) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string"}, scene.StructSchema(switchFields{})}}
}

// name is what is written of it.
func (s *Switch) name() string {
	if s.Label == "" && len(s.Layers) > 0 {
		return s.Layers[0]
	}
	return s.Label
}

// entry is a Switch with its colours.
type entry struct {
	Switch
	colors []scene.Color
}

// CheckScene refuses entries without a name.
func (s *LayerSwitcher) CheckScene(fail func(field, found, allowed string)) {
	s.Panel.CheckScene(fail)
	for i := range s.Layers {
		if s.Layers[i].name() == "" {
			fail("layers", "an entry without label and layers", "entries with a label, layers, or both are allowed")
		}
	}
}

// Alone is true: it stays where the layers that it lists are not shown.
func (s *LayerSwitcher) Alone() bool { return true }

// Draw makes one panel.
func (s *LayerSwitcher) Draw(c *layer.Context) ([]drawable.Draw, error) {
	shown := *s
	shown.entries = nil
	for _, one := range s.Layers {
		e := entry{one, one.Colors}
		if len(e.colors) == 0 && len(one.Layers) > 0 && c.Peer != nil {
			if peer, rows := c.Peer(one.Layers[0]); peer != nil {
				e.colors = colorsOf(peer.Props, rows)
			}
		}
		shown.entries = append(shown.entries, e)
	}
	return s.Panel.Draw(c, &shown)
}

// colorsOf are the colours that a layer shows: those of its first scale, or its first constant.
func colorsOf(props any, rows *table.Table) []scene.Color {
	if rows == nil {
		rows = &table.Table{}
	}
	scaled, _ := scalesOf(props)
	for _, b := range scaled {
		m, err := b.Resolve(rows)
		if err != nil {
			continue // its own drawing tells
		}
		l := m.Legend()
		var out []scene.Color
		for _, class := range l.Classes {
			out = append(out, class.Color)
		}
		if out = append(out, l.Colors...); len(out) > 0 {
			return out
		}
	}
	v := reflect.Indirect(reflect.ValueOf(props))
	if v.Kind() != reflect.Struct {
		return nil
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		switch c := v.Field(i).Interface().(type) {
		case scale.ColorBy:
			if c.By == nil && c.Constant[3] > 0 {
				return []scene.Color{c.Constant}
			}
		case scene.Color:
			if c[3] > 0 && f.Name == "Color" {
				return []scene.Color{c}
			}
		}
		if f.Anonymous {
			if out := colorsOf(v.Field(i).Interface(), nil); out != nil {
				return out
			}
		}
	}
	return nil
}

const (
	switchRow  = 34.0
	switchSign = 22.0
	switchPill = 34.0
)

// Measure is a line an entry.
func (s *LayerSwitcher) Measure(f *canvas.Fonts, width float64) (w, h float64) {
	for _, e := range s.entries {
		w = max(w, switchSign+12+f.Width(e.name(), s.Theme().Body())+22+switchPill)
	}
	return max(w, width), max(switchRow*float64(len(s.entries))-8, 1)
}

// on tells whether an entry's layers are shown: all of them.
func (e *entry) on(v *drawable.PanelView) bool {
	if len(e.Layers) == 0 || v.Shown == nil {
		return !e.Off
	}
	for _, id := range e.Layers {
		if !v.Shown(id) {
			return false
		}
	}
	return true
}

// State is which are on.
func (s *LayerSwitcher) State(v *drawable.PanelView) any {
	out := make([]byte, len(s.entries))
	for i := range s.entries {
		if s.entries[i].on(v) {
			out[i] = 1
		}
	}
	return string(out)
}

// Paint draws the entries.
func (s *LayerSwitcher) Paint(p *Painter) {
	for i := range s.entries {
		e := &s.entries[i]
		b := canvas.Box{X: p.Box.X, Y: p.Box.Y + switchRow*float64(i), W: p.Box.W, H: switchRow - 8}
		on, share := e.on(p.View), 1.0
		if !on {
			share = 0.4
		}
		sign := canvas.Box{X: b.X, Y: b.Y + b.H/2 - 8, W: switchSign, H: 16}
		switch {
		case len(e.colors) == 1:
			p.Fill(canvas.Round(sign, 4), canvas.Color(Alpha(e.colors[0], share)))
		case len(e.colors) > 1:
			faded := make([]scene.Color, len(e.colors))
			for k, c := range e.colors {
				faded[k] = Alpha(c, share)
			}
			p.Fill(canvas.Round(sign, 4), canvas.Along(sign, faded))
		default:
			p.Stroke(canvas.Round(sign.Inset(1), 4), 1.4, p.Faint(0.6*share))
		}
		style := p.Body()
		style.Ink = p.Faint(0.94 * share)
		p.Write(p.Fonts.Fit(e.name(), b.W-switchSign-12-switchPill-8, style), b.X+switchSign+12, b.Y+b.H/2, style)
		pill := canvas.Box{X: b.X + b.W - switchPill, Y: b.Y + b.H/2 - 9, W: switchPill, H: 18}
		if on {
			p.Fill(canvas.Round(pill, 9), canvas.Color(p.Accent))
			p.Fill(canvas.Circle(pill.X+pill.W-9, pill.Y+9, 6.5), p.Faint(1))
		} else {
			p.Fill(canvas.Round(pill, 9), p.Faint(0.18))
			p.Fill(canvas.Circle(pill.X+9, pill.Y+9, 6.5), p.Faint(0.6))
		}
		if len(e.Layers) == 0 {
			continue
		}
		layers := e.Layers
		p.Handle(canvas.Round(canvas.Box{X: b.X - 6, Y: b.Y - 4, W: b.W + 12, H: switchRow}, 4), func(_, _ [2]float64) drawable.Act {
			return drawable.Act{Kind: drawable.Show, Layers: layers, Visible: !on}
		})
	}
}
