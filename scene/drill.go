package scene

import (
	"fmt"
	"reflect"
	"slices"
)

// Drill goes down from a feature into what it holds: from a country into its provinces. What
// is shown is the layer of the level, filtered by the features that were gone down from; the
// camera flies to the feature's box.
type Drill struct {
	Field string  `json:"field" required:"true" doc:"field of this layer's source whose value tells the feature"`
	As    string  `json:"as" doc:"what the field is called in the sources of the layers below; without it the same"`
	Show  string  `json:"show" required:"true" format:"layer" doc:"layer that is shown then, only its rows with the value; it is not shown else"`
	Stays bool    `json:"stays" doc:"this layer stays in the picture; else it gives way to the other"`
	Pitch float64 `json:"pitch" min:"-90" max:"-10" unit:"°" doc:"how the camera looks at the feature: -90 straight down; from the south"`
	Lasts Time    `json:"lasts" min:"0" max:"60" unit:"s" doc:"how long the camera takes, down and up again"`
}

// SetDefaults fills the defaults.
func (d *Drill) SetDefaults() { d.Pitch, d.Lasts = -65, Fraction(9, 5) }

// Name is what the sources below call the field.
func (d *Drill) Name() string {
	if d.As != "" {
		return d.As
	}
	return d.Field
}

// Drilled is a level of a story that has gone down: a layer with drill, and the value of the
// feature.
type Drilled struct {
	Layer string `json:"layer" required:"true" doc:"layer whose click drills"`
	Of    any    `json:"of" required:"true" doc:"value of its field: the feature that is gone down from"`
}

// CheckScene refuses what no pointer can rest on.
func (e *Events) CheckScene(fail func(field, found, allowed string)) {
	if e.Hover.Drill != nil {
		fail("hover.drill", "a drill of the pointer", "drill belongs to click")
	}
}

// drills checks that levels lead down: none to a layer that is above it.
func (d *decoder) drills(doc *Document, i int, n *node, path string) {
	l := &doc.Layers[i]
	seen := []string{l.ID}
	for at := l; at != nil && at.drill() != nil; at = doc.Layer(at.drill().Show) {
		to := at.drill().Show
		if slices.Contains(seen, to) {
			d.fail(n.child("events", "click", "drill", "show"), path+".events.click.drill.show", fmt.Sprintf("found %q, from which one comes here; a layer further down is allowed", shorten(to)))
			return
		}
		seen = append(seen, to)
	}
}

// drill is where a click on a layer goes; nil where that is nowhere.
func (l *Layer) drill() *Drill {
	if l.Events == nil {
		return nil
	}
	return l.Events.Click.Drill
}

// levels checks the levels of a story's selection: each is of a layer that drills, and below the one
// before it.
func (d *decoder) levels(doc *Document, levels []Drilled, n *node, path string) {
	show := ""
	for i, it := range levels {
		at, p := n.child("drill", i, "layer"), fmt.Sprintf("%s.drill[%d].layer", path, i)
		l := doc.Layer(it.Layer)
		switch {
		case l == nil || l.drill() == nil:
			d.fail(at, p, fmt.Sprintf("found %q; a layer with events: { click: { drill } } is allowed", shorten(it.Layer)))
			return
		case show != "" && it.Layer != show:
			d.fail(at, p, fmt.Sprintf("found %q; %q is allowed, which the level above shows", shorten(it.Layer), show))
			return
		}
		show = l.drill().Show
	}
}

// drilled is where a story has gone down to at a time, where it was before that, and since when.
func (s *Story) drilled(t Time) (now, before []Drilled, since Time) {
	for _, c := range s.Chapters {
		if t.Before(c.From) {
			break
		}
		v, ok := c.Set[selectionName]
		if !ok {
			continue
		}
		var sel Selection
		(&decoder{}).structs(nodeOf(v), selectionName, nil, reflect.ValueOf(&sel).Elem())
		if !reflect.DeepEqual(now, sel.Drill) && len(now)+len(sel.Drill) > 0 {
			now, before, since = sel.Drill, now, c.From
		}
	}
	return now, before, since
}

// Fly is the camera a share of the way of a flight from one to another, as between keyframes with
// ease: zoom.
func Fly(from, to Camera, share float64) Camera {
	switch {
	case share <= 0:
		return *cloned(&from)
	case share >= 1:
		return *cloned(&to)
	}
	return newZoom(from, to).at(smooth2(share))
}
