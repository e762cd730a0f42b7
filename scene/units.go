package scene

import (
	"fmt"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"
)

// Unit is that of a column's values, and what they are converted to.
type Unit struct {
	From string
	To   string // "" is the first of its kind
}

// unitFactor is a unit: value in the first unit of its kind = factor × value + offset.
type unitFactor struct {
	name, kind     string
	factor, offset float64
}

// units are those of lengths, speeds, temperatures, angles, times, pressures and areas; the
// first of each kind is what longtake counts in. Factors are exact by definition (NIST
// Special Publication 811, appendix B).
var units = []unitFactor{
	{"m", "length", 1, 0}, {"km", "length", 1000, 0}, {"cm", "length", 0.01, 0}, {"mm", "length", 0.001, 0}, {"ft", "length", 0.3048, 0}, {"in", "length", 0.0254, 0},
	{"yd", "length", 0.9144, 0}, {"mi", "length", 1609.344, 0}, {"nmi", "length", 1852, 0}, {"fathom", "length", 1.8288, 0},
	{"m/s", "speed", 1, 0}, {"km/h", "speed", 1 / 3.6, 0}, {"kn", "speed", 1852.0 / 3600, 0}, {"mph", "speed", 0.44704, 0}, {"ft/s", "speed", 0.3048, 0}, {"ft/min", "speed", 0.3048 / 60, 0},
	{"°C", "temperature", 1, 0}, {"C", "temperature", 1, 0}, {"°F", "temperature", 5.0 / 9, -160.0 / 9}, {"F", "temperature", 5.0 / 9, -160.0 / 9}, {"K", "temperature", 1, -273.15},
	{"deg", "angle", 1, 0}, {"°", "angle", 1, 0}, {"rad", "angle", 57.29577951308232, 0}, {"arcmin", "angle", 1.0 / 60, 0}, {"arcsec", "angle", 1.0 / 3600, 0},
	{"s", "time", 1, 0}, {"ms", "time", 0.001, 0}, {"min", "time", 60, 0}, {"h", "time", 3600, 0}, {"d", "time", 86400, 0},
	{"hPa", "pressure", 1, 0}, {"Pa", "pressure", 0.01, 0}, {"kPa", "pressure", 10, 0}, {"mbar", "pressure", 1, 0}, {"inHg", "pressure", 33.86389, 0},
	{"m2", "area", 1, 0}, {"km2", "area", 1e6, 0}, {"ha", "area", 1e4, 0}, {"acre", "area", 4046.8564224, 0}, {"ft2", "area", 0.09290304, 0}, {"mi2", "area", 2589988.110336, 0},
}

func unitNamed(name string) *unitFactor {
	i := slices.IndexFunc(units, func(u unitFactor) bool { return u.name == name })
	if i < 0 {
		return nil
	}
	return &units[i]
}

// Convert converts a value.
func (u Unit) Convert(v float64) float64 {
	from, to := unitNamed(u.From), unitNamed(u.To)
	if from == nil {
		return v
	}
	v = float64(v*from.factor) + from.offset
	if to != nil {
		v = (v - to.offset) / to.factor
	}
	return v
}

// UnmarshalScene reads "kn" or "kn to km/h".
func (u *Unit) UnmarshalScene(v *Value) {
	from, to, both := strings.Cut(v.Text(), " to ")
	u.From, u.To = strings.TrimSpace(from), strings.TrimSpace(to)
	a, b := unitNamed(u.From), unitNamed(u.To)
	if v.Kind() == Text && a != nil && (!both || b != nil && a.kind == b.kind) {
		return
	}
	names := make([]string, len(units))
	for i, m := range units {
		names[i] = m.name
	}
	v.Reject(fmt.Sprintf("a unit, or two of one kind as kn to km/h, is allowed: %s%s", strings.Join(names, ", "), didYouMean(u.From, names)))
}

// MarshalScene writes it back.
func (u Unit) MarshalScene() any {
	if u.To != "" {
		return u.From + " to " + u.To
	}
	return u.From
}

// SceneSchema describes a unit.
func (Unit) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Examples: []any{"kn", "ft", "kn to km/h"}}
}
