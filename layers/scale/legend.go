package scale

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/scene"
)

// Legend is what somebody needs to read a scale: classes, or a ramp with ticks. One without
// either is of a constant or of the data's own colours, and nothing to show.
type Legend struct {
	Field   string
	Classes []Class       // of classes and categories, in rising order
	Colors  []scene.Color // of a ramp: at even shares from its start to its end
	Ticks   []Tick        // of a ramp, in the order of their places
	Missing *scene.Color  // of rows without a value, where there are any and they are seen
}

// Class is one entry: the values from Low to below High, or one text. Low is -Inf and High
// +Inf where the class has no end; both are NaN of a text.
type Class struct {
	Label     string
	Low, High float64
	Color     scene.Color // of a ColorMap
	Number    float64     // of a NumberMap
}

// Tick is a value on a ramp.
type Tick struct {
	At     float64 // share of the ramp, 0 to 1
	Value  float64
	Label  string
	Number float64 // of a NumberMap: the result there
}

// Empty tells that there is nothing to show.
func (l Legend) Empty() bool { return len(l.Classes) == 0 && len(l.Ticks) == 0 }

const (
	rampColors  = 64
	ticksWanted = 5
)

// Legend explains the colours.
func (m *ColorMap) Legend() Legend {
	s := m.by.By
	if s == nil || s.Scale == "identity" {
		return Legend{}
	}
	l := Legend{Field: s.Field}
	switch {
	case m.ramp != nil:
		l.Colors, l.Ticks = m.ramp.spread(rampColors), m.axis.ticks(ticksWanted)
	case m.axis.classes > 0:
		l.Classes = m.axis.legend()
		for i := range l.Classes {
			l.Classes[i].Color = m.classes[m.axis.turned(i)]
		}
	default:
		l.Classes = named(m.texts)
		for i := range l.Classes {
			l.Classes[i].Color = m.classes[i]
		}
	}
	if m.some && s.Missing[3] > 0 {
		l.Missing = &s.Missing
	}
	return l
}

// Legend explains the numbers.
func (m *NumberMap) Legend() Legend {
	s := m.by.By
	if s == nil {
		return Legend{}
	}
	l := Legend{Field: s.Field}
	switch {
	case s.Scale == "categorical":
		l.Classes = named(m.texts)
		for i := range l.Classes {
			l.Classes[i].Number = m.Named(m.texts[i])
		}
	case m.axis.classes > 0:
		l.Classes = m.axis.legend()
		for i := range l.Classes {
			l.Classes[i].Number = along(s.Range, m.axis.turned(i), m.axis.classes)
		}
	default:
		l.Ticks = m.axis.ticks(ticksWanted)
		for i := range l.Ticks {
			l.Ticks[i].Number = m.Of(l.Ticks[i].Value)
		}
	}
	return l
}

func (a *axis) turned(class int) int {
	if a.reverse {
		return a.classes - 1 - class
	}
	return class
}

// legend lists the classes with their limits.
func (a *axis) legend() []Class {
	out := make([]Class, a.classes)
	step := math.Inf(1)
	for i := 1; i < len(a.limits); i++ {
		if d := a.limits[i] - a.limits[i-1]; d > 0 {
			step = min(step, d)
		}
	}
	for i := range out {
		c := Class{Low: math.Inf(-1), High: math.Inf(1)}
		if i > 0 {
			c.Low = a.limits[i-1]
		}
		if i < len(a.limits) {
			c.High = a.limits[i]
		}
		switch {
		case a.classes == 1:
			c.Label = "all"
		case i == 0:
			c.Label = "< " + label(c.High, step)
		case i == len(a.limits):
			c.Label = "≥ " + label(c.Low, step)
		default:
			c.Label = fmt.Sprintf("%s – %s", label(c.Low, step), label(c.High, step))
		}
		out[i] = c
	}
	return out
}

func named(texts []string) []Class {
	out := make([]Class, len(texts))
	for i, t := range texts {
		out[i] = Class{Label: t, Low: math.NaN(), High: math.NaN()}
	}
	return out
}
