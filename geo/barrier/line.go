package barrier

import (
	"math"

	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/geo/near"
)

// support is a pylon or pole.
type support struct {
	place  earth.Place
	model  string
	height float64
	yaw    float64 // the line runs along it
	row    int
}

// hung is what hangs on a rope.
type hung = support

// carrier is a kind of line between supports.
type carrier struct {
	model  string  // of its supports
	height float64 // metres
	sag    float64 // share of the span
	far    float64 // longer spans get supports between, metres; 0: none
	hangs  string  // model on its ropes
	every  float64 // metres between them
	wire   [3]uint8
}

// Sags of lines at rest: 3 % of the span for conductors (usual stringing tables give 2 to
// 4 %), less for tight ropes of lifts.
const (
	conductorSag = 0.03
	ropeSag      = 0.015
)

// pylons are heights by voltage from kV on: usual towers of European grids.
var pylons = [][2]float64{{300, 52}, {200, 42}, {100, 31}, {50, 25}}

var (
	cableGrey = [3]uint8{92, 96, 98}
	ropeBlack = [3]uint8{58, 60, 62}
)

// carrierOf reads the tags of a line; ok is false for what hangs on nothing.
func carrierOf(tags map[string]string) (c carrier, ok bool) {
	if tags["tunnel"] == "yes" || tags["location"] == "underground" || tags["location"] == "underwater" || tags["disused"] == "yes" {
		return c, false
	}
	switch tags["power"] {
	case "line":
		c = carrier{"pylon", 31, conductorSag, 0, "", 0, cableGrey}
		if v, ok := clean.Number(tags["voltage"]); ok {
			c.model, c.height = "pole", 11
			for _, p := range pylons {
				if v >= p[0]*1000 {
					c.model, c.height = "pylon", p[1]
					break
				}
			}
		}
		return c, true
	case "minor_line":
		return carrier{"pole", 9.2, conductorSag, 90, "", 0, cableGrey}, true
	}
	if tags["communication"] == "line" || tags["telecom"] == "line" {
		return carrier{"pole-wire", 7.5, conductorSag, 60, "", 0, ropeBlack}, true
	}
	switch tags["aerialway"] {
	case "gondola", "cable_car", "mixed_lift":
		return carrier{"lift", 14, ropeSag, 140, "cabin", 55, ropeBlack}, true
	case "chair_lift":
		return carrier{"lift", 11, ropeSag, 110, "chair", 24, ropeBlack}, true
	case "drag_lift", "t-bar", "j-bar", "platter", "rope_tow":
		return carrier{"lift", 7, ropeSag, 70, "", 0, ropeBlack}, true
	case "goods":
		return carrier{"lift", 9, ropeSag, 120, "", 0, ropeBlack}, true
	}
	return c, false
}

// stand is a support in the making: where lines pass, and their directions there.
type stand struct {
	at      near.Point
	line    int // feature
	carrier carrier
	axis    [2]float64 // sum of unit directions with their angles doubled
}

// lines builds supports and spans of all lines that pass near.
func (s *setter) lines() {
	stands := map[[2]int64]*stand{}
	var order []*stand
	type run struct {
		feature int
		carrier carrier
		points  []near.Point
	}
	var runs []run
	for i := range s.Features {
		f := &s.Features[i]
		if f.Geometry == nil || f.Geometry.Dimensions() != 1 {
			continue
		}
		c, ok := carrierOf(f.Tags)
		if !ok {
			continue
		}
		for _, line := range near.Lines(s.Frame, f.Geometry) {
			points := line
			if c.far > 0 {
				points = between(line, c.far)
			}
			if len(points) > mostPanels {
				s.Report.Skip(f.ID, "line longer than can be built")
				continue
			}
			runs = append(runs, run{i, c, points})
			for k, p := range points {
				t := stands[key(p)]
				if t == nil {
					t = &stand{at: p, line: i, carrier: c}
					stands[key(p)] = t
					order = append(order, t)
				} else if c.height > t.carrier.height {
					t.carrier, t.line = c, i
				}
				for _, n := range [2]int{k - 1, k + 1} {
					if n >= 0 && n < len(points) {
						a := 2 * math.Atan2(points[n][1]-p[1], points[n][0]-p[0])
						t.axis[0] += math.Cos(a)
						t.axis[1] += math.Sin(a)
					}
				}
			}
		}
	}
	for _, t := range order {
		if s.Owns(t.at[0], t.at[1]) {
			if v, ok := s.support(t); ok {
				s.made.supports = append(s.made.supports, v)
			}
		}
	}
	s.alone(stands)
	if !s.o.Wires {
		return
	}
	for _, r := range runs {
		for k := 1; k < len(r.points); k++ {
			a, b := r.points[k-1], r.points[k]
			if m := (near.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}); s.Owns(m[0], m[1]) {
				s.span(r.feature, r.carrier, stands[key(a)], stands[key(b)])
			}
		}
	}
}

// between adds supports to sides that are longer than a span.
func between(line []near.Point, far float64) []near.Point {
	out := []near.Point{line[0]}
	for k := 1; k < len(line); k++ {
		a, b := line[k-1], line[k]
		n := int(math.Min(math.Ceil(near.Distance(a, b)/(1.4*far)), mostPanels))
		if len(out)+n > 2*mostPanels {
			return make([]near.Point, mostPanels+1)
		}
		for i := 1; i <= n; i++ {
			t := float64(i) / float64(n)
			out = append(out, near.Point{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t})
		}
	}
	return out
}

// support is what stands at a place: the line's kind, or what a node there says.
func (s *setter) support(t *stand) (support, bool) {
	row, name, height := t.line, t.carrier.model, t.carrier.height
	if n, ok := s.nodes[key(t.at)]; ok {
		tags := s.Features[n].Tags
		row = n
		switch {
		case tags["power"] == "pole" && name == "pylon":
			name, height = "pole", 12
		case tags["power"] == "tower" && name == "pole":
			name, height = "pylon", 25
		case tags["aerialway"] == "station":
			height = math.Min(height, 6)
		}
		if h, ok := clean.Length(tags["height"]); ok && h >= 3 && h <= 250 {
			height = h
		}
	}
	p, ok := s.place(t.at)
	if !ok {
		return support{}, false
	}
	yaw := math.Atan2(t.axis[1], t.axis[0]) / 2
	return support{place: p, model: name, height: height, yaw: yaw, row: s.row(row, classOf(s.Features[row].Tags))}, true
}

func classOf(tags map[string]string) string {
	for _, k := range [...]string{"power", "aerialway", "communication", "telecom", "man_made"} {
		if v := tags[k]; v != "" {
			return k + "=" + v
		}
	}
	return ""
}

// alone stands mapped towers and poles that no line passes.
func (s *setter) alone(stands map[[2]int64]*stand) {
	for i := range s.Features {
		f := &s.Features[i]
		if f.Geometry == nil || f.Geometry.Dimensions() != 0 {
			continue
		}
		var c carrier
		switch {
		case f.Tags["power"] == "tower":
			c = carrier{model: "pylon", height: 31}
		case f.Tags["power"] == "pole":
			c = carrier{model: "pole", height: 9.2}
		case f.Tags["man_made"] == "utility_pole":
			c = carrier{model: "pole-wire", height: 7.5}
		case f.Tags["aerialway"] == "pylon":
			c = carrier{model: "lift", height: 11}
		default:
			continue
		}
		for _, q := range near.Points(s.Frame, f.Geometry) {
			if stands[key(q)] != nil || !s.Owns(q[0], q[1]) {
				continue
			}
			a := 2 * math.Pi * near.Share(near.Seed(f.ID))
			if v, ok := s.support(&stand{at: q, line: i, carrier: c, axis: [2]float64{math.Cos(a), math.Sin(a)}}); ok {
				s.made.supports = append(s.made.supports, v)
			}
		}
	}
}

// arms are where wires hang on a support, for a line that leaves it in a direction.
func arms(v support, toX, toY float64) [][3]float64 {
	yaw := v.yaw
	if math.Cos(yaw)*toX+math.Sin(yaw)*toY < 0 {
		yaw += math.Pi
	}
	scale := v.height / model.Height(v.model)
	var out [][3]float64
	for _, a := range model.PylonArms[v.model] {
		out = append(out, [3]float64{-math.Sin(yaw) * a[0] * scale, math.Cos(yaw) * a[0] * scale, a[1] * scale})
	}
	return out
}
