package building

import (
	"fmt"
	"maps"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
	outdoors "github.com/longtake/longtake/geo/near"
)

// work is a row of tables/works.csv: what a tank, a silo, a chimney or a tower looks like.
type work struct {
	form                 string
	slender, least, most float64
	roof                 roof.Shape
	rise                 float64
}

// forms are the sections of works that no walls under a roof make, from the ground up, in
// shares of their widest ring and of their height.
var forms = map[string][]roof.Ring{
	"cooling": hyperboloid(0.58, 0.78, 9, 0.04),
	"stack":   {{R: 1, Z: 0}, {R: 0.88, Z: 0.25}, {R: 0.78, Z: 0.5}, {R: 0.7, Z: 0.75}, {R: 0.66, Z: 0.97}, {R: 0.7, Z: 0.972}, {R: 0.7, Z: 1}, {R: 0.52, Z: 1}, {R: 0.52, Z: 0.96}, {R: 0, Z: 0.96}},
	"stem": {{R: 0.36, Z: 0}, {R: 0.28, Z: 0.08}, {R: 0.26, Z: 0.3}, {R: 0.28, Z: 0.52}, {R: 0.45, Z: 0.6}, {R: 0.8, Z: 0.7}, {R: 0.97, Z: 0.76}, {R: 1, Z: 0.8},
		{R: 1, Z: 0.93}, {R: 0.96, Z: 0.95}, {R: 0.5, Z: 0.985}, {R: 0, Z: 1}},
	"pod": {{R: 0.6, Z: 0}, {R: 0.42, Z: 0.1}, {R: 0.34, Z: 0.3}, {R: 0.3, Z: 0.56}, {R: 0.72, Z: 0.6}, {R: 1, Z: 0.63}, {R: 1, Z: 0.665}, {R: 0.8, Z: 0.672},
		{R: 0.8, Z: 0.7}, {R: 0.3, Z: 0.72}, {R: 0.14, Z: 0.725}, {R: 0.12, Z: 0.85}, {R: 0.05, Z: 0.855}, {R: 0.04, Z: 1}, {R: 0, Z: 1}},
}

// hyperboloid is the section of a cooling tower: as wide as throat at the share at of its
// height, in n rings, with a shell of that thickness and the packing deep inside it.
func hyperboloid(throat, at float64, n int, thick float64) []roof.Ring {
	b := 1/(throat*throat) - 1 // so that the ring on the ground is 1
	r := func(z float64) float64 {
		t := (z - at) / at
		return throat * math.Sqrt(1+b*t*t)
	}
	var out []roof.Ring
	for i := range n + 1 {
		z := float64(i) / float64(n)
		out = append(out, roof.Ring{R: r(z), Z: z})
	}
	for _, z := range [...]float64{1, 0.9, 0.8, 0.6} {
		out = append(out, roof.Ring{R: r(z) - thick, Z: z})
	}
	return append(out, roof.Ring{R: 0, Z: 0.6})
}

// Figures of works.
const leastShell = 25.0 // metres: narrower cooling towers are boxes with fans

// classOfFeature is kind for a feature, which may also be the outline of a work without building=*.
func classOfFeature(f *geo.Feature, opts Options) (part bool, class string, ok bool) {
	if part, class, ok = kind(f.Tags, opts); ok {
		return part, class, ok
	}
	class, ok = outdoors.Works(f)
	return false, class, ok
}

// asBuilding are the tags of a work as those of a building of its kind.
func asBuilding(tags map[string]string, class string) map[string]string {
	out := maps.Clone(tags)
	out["building"] = class
	return out
}

// workOf is the row of a building's class, or of its man_made where the class says nothing;
// nil for what is none, for parts and for what has a roof of its own.
func workOf(class string, part bool, tags map[string]string) *work {
	if part || first(tags, nil, "roof:shape", "building:roof:shape") != "" {
		return nil
	}
	if class == "yes" {
		class = tags["man_made"]
	}
	return assumed.works[class]
}

// width is the diameter in metres of the circle of an area.
func width(area float64) float64 { return 2 * math.Sqrt(area/math.Pi) }

// high is the height of a work without tags.
func (w *work) high(o outline.Outline) float64 {
	d, slender := width(o.Area()), w.slender
	if w.form == "cooling" && !w.shell(o) {
		return math.Max(w.least, math.Min(0.8*d, 20))
	}
	return math.Max(w.least, math.Min(slender*d, w.most))
}

// shell tells whether a cooling tower is a hyperboloid.
func (w *work) shell(o outline.Outline) bool { return roof.Rounded(o) && width(o.Area()) >= leastShell }

// rings are the section of a form over an outline; nil where it is straight.
func (w *work) rings(o outline.Outline) []roof.Ring {
	if !roof.Bulges(o) || w.form == "cooling" && !w.shell(o) {
		return nil
	}
	return forms[w.form]
}

// form gives a building the shape of its work: a roof over its walls, or a section instead of
// both, over the ring at its foot. It is called when the height is known.
func (b *Building) form(w *work) {
	rings := w.rings(b.outline)
	if rings == nil {
		if w.roof != roof.Flat && roof.Rounded(b.outline) {
			b.roof = roof.Spec{Shape: w.roof, Height: math.Min(w.rise*width(b.area), 0.5*(b.Top-b.Bottom))}
		}
		return
	}
	c, ok := b.outline.StarCentre()
	if !ok {
		return
	}
	foot, widest := rings[0].R, 0.0
	section := make([]roof.Ring, len(rings))
	for i, r := range rings {
		section[i] = roof.Ring{R: r.R / foot, Z: r.Z}
		widest = math.Max(widest, section[i].R)
	}
	at := make(outline.Ring, len(b.outline[0]))
	for i, p := range b.outline[0] {
		at[i] = c.Add(p.Sub(c).Mul(foot))
	}
	b.outline, b.area, b.spread = outline.Outline{at}, b.area*foot*foot, widest
	b.roof = roof.Spec{Shape: roof.Turned, Height: b.Top - b.Bottom, Rings: section}
	b.storeys = 1
}

// readWorks reads tables/works.csv.
func readWorks() (map[string]*work, error) {
	out := map[string]*work{}
	var bad error
	err := readTable("works.csv", func(r row) {
		w := &work{form: r.cells["form"], slender: r.number("slender", 0.1, 20), least: r.number("least", 1, 100), most: r.number("most", 1, 300), rise: r.number("rise", 0, 1)}
		shape, exact, ok := roof.Parse(r.cells["roof"])
		if _, known := forms[w.form]; !exact || !ok || !known && w.form != "straight" {
			bad = fmt.Errorf("works.csv: form %q, roof %q", w.form, r.cells["roof"])
		}
		w.roof = shape
		out[r.cells["value"]] = w
	})
	if err == nil {
		err = bad
	}
	return out, err
}
