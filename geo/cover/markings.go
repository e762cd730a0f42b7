package cover

import (
	"math"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/near"
)

// Lines painted on the ground, in metres. Fields and courts have the sizes of their
// rules: FIFA Laws of the Game (law 1), ITF Rules of Tennis (appendix), FIBA Official
// Basketball Rules (article 2), FIVB (rule 1), IHF (rule 1); parking bays those of EAR 05.
const (
	lineWide  = 0.12
	mostLines = 1500 // of one area
)

var lineWhite = rgb(214, 214, 208)

// pen draws lines in the metres of a field: x along, y across, from its middle.
type pen struct {
	points  [][2]float64
	indices []uint32
	middle  near.Point
	axis    near.Point
	scale   float64
	lines   int
}

func (p *pen) at(x, y float64) [2]float64 {
	q := near.Unturn(x*p.scale, y*p.scale, p.axis)
	return [2]float64{p.middle[0] + q[0], p.middle[1] + q[1]}
}

func (p *pen) line(x0, y0, x1, y1 float64) {
	a, b := p.at(x0, y0), p.at(x1, y1)
	l := dist(a, b)
	if l < 0.2 || p.lines >= mostLines {
		return
	}
	p.lines++
	n := [2]float64{-(b[1] - a[1]) / l * lineWide / 2, (b[0] - a[0]) / l * lineWide / 2}
	i := uint32(len(p.points))
	p.points = append(p.points, [2]float64{a[0] - n[0], a[1] - n[1]}, [2]float64{b[0] - n[0], b[1] - n[1]}, [2]float64{b[0] + n[0], b[1] + n[1]}, [2]float64{a[0] + n[0], a[1] + n[1]})
	p.indices = append(p.indices, i, i+1, i+2, i, i+2, i+3)
}

func (p *pen) box(x, y float64) { p.rect(-x, -y, x, y) }

func (p *pen) rect(x0, y0, x1, y1 float64) {
	p.line(x0, y0, x1, y0)
	p.line(x1, y0, x1, y1)
	p.line(x1, y1, x0, y1)
	p.line(x0, y1, x0, y0)
}

// arc goes round a middle from one angle to another.
func (p *pen) arc(x, y, r, from, to float64) {
	n := math.Ceil(math.Abs(to-from) / 0.35)
	for k := 0.0; k < n; k++ {
		a, b := from+(to-from)*k/n, from+(to-from)*(k+1)/n
		p.line(x+r*math.Cos(a), y+r*math.Sin(a), x+r*math.Cos(b), y+r*math.Sin(b))
	}
}

// markings are the lines of a pitch or a car park.
func (in *Input) markings(i int, layer string) []Patch {
	f := &in.Features[i]
	pitch, parking := f.Tags["leisure"] == "pitch", f.Tags["amenity"] == "parking"
	if !pitch && !parking || underground(f.Tags) {
		return nil
	}
	var out []Patch
	for _, poly := range geo.Polygons(f.Geometry) {
		rings, ok := in.planRings(poly)
		if !ok {
			continue
		}
		p := &pen{axis: near.Axis(rings[0]), scale: 1}
		var long, wide float64
		p.middle, long, wide = near.Box(rings[0], p.axis)
		if parking {
			p.bays(f.Tags, rings, long, wide)
		} else {
			if wide > long {
				p.axis, long, wide = near.Point{-p.axis[1], p.axis[0]}, wide, long
			}
			sport, _, _ := strings.Cut(f.Tags["sport"], ";")
			p.field(strings.TrimSpace(sport), long, wide)
		}
		if len(p.indices) > 0 {
			out = append(out, Patch{Layer: layer, Material: geo.Paved, Color: lineWhite, Bias: overWater, Feature: i, Class: "marking",
				Points: p.points, UV: metresUV(p.points), Indices: p.indices, Width: lineWide})
		}
	}
	return out
}

// field draws a sport's lines into a box of half lengths.
func (p *pen) field(sport string, long, wide float64) {
	// fit makes the field as large as the rules say, or as there is room for.
	fit := func(x, y, margin float64) bool {
		p.scale = math.Min(1, math.Min((long-margin)/x, (wide-margin)/y))
		return p.scale > 0.35 && long/x < 2.2 && wide/y < 3
	}
	switch sport {
	case "soccer", "football":
		if long > 80 || !fit(52.5, 34, 0.6) {
			return
		}
		if p.scale == 1 { // fields are as long as the place allows
			p.scale = math.Min(1.12, math.Min((long-1)/52.5, (wide-1)/34))
		}
		p.box(52.5, 34)
		p.line(0, -34, 0, 34)
		p.arc(0, 0, 9.15, 0, 2*math.Pi)
		for _, s := range [2]float64{-1, 1} {
			for _, b := range [2][2]float64{{16.5, 20.16}, {5.5, 9.16}} {
				p.line(s*52.5, -b[1], s*(52.5-b[0]), -b[1])
				p.line(s*(52.5-b[0]), -b[1], s*(52.5-b[0]), b[1])
				p.line(s*(52.5-b[0]), b[1], s*52.5, b[1])
			}
			p.arc(s*41.5, 0, 9.15, math.Pi*(1-s)/2+math.Pi-0.925, math.Pi*(1-s)/2+math.Pi+0.925)
		}
	case "tennis":
		if !fit(11.885, 5.485, 0.4) {
			return
		}
		p.box(11.885, 5.485)
		for _, s := range [2]float64{-1, 1} {
			p.line(-11.885, s*4.115, 11.885, s*4.115)
			p.line(s*6.4, -4.115, s*6.4, 4.115)
		}
		p.line(-6.4, 0, 6.4, 0)
	case "basketball", "streetball":
		if !fit(14, 7.5, 0.2) {
			return
		}
		p.box(14, 7.5)
		p.line(0, -7.5, 0, 7.5)
		p.arc(0, 0, 1.8, 0, 2*math.Pi)
		for _, s := range [2]float64{-1, 1} {
			p.line(s*14, -2.45, s*8.2, -2.45)
			p.line(s*8.2, -2.45, s*8.2, 2.45)
			p.line(s*8.2, 2.45, s*14, 2.45)
			p.arc(s*12.425, 0, 6.75, math.Pi*(1-s)/2+math.Pi-1.38, math.Pi*(1-s)/2+math.Pi+1.38)
		}
	case "volleyball", "beachvolleyball":
		if fit(9, 4.5, 0.2) {
			p.box(9, 4.5)
			p.line(0, -4.5, 0, 4.5)
		}
	case "handball", "futsal", "multi", "hockey", "field_hockey":
		if !fit(20, 10, 0.2) {
			return
		}
		p.box(20, 10)
		p.line(0, -10, 0, 10)
		for _, s := range [2]float64{-1, 1} {
			p.arc(s*20, 0, 6, math.Pi*(1-s)/2+math.Pi-math.Pi/2, math.Pi*(1-s)/2+math.Pi+math.Pi/2)
		}
	}
}

// bays draws rows of bays 2.5 m wide and 5 m deep with aisles of 6 m along the longest
// side; only lines that lie in the area whole.
func (p *pen) bays(tags map[string]string, rings [][][2]float64, long, wide float64) {
	switch tags["parking"] {
	case "", "surface":
	default:
		return
	}
	switch tags["surface"] {
	case "", "asphalt", "concrete", "paved", "paving_stones":
	default:
		return
	}
	const bay, deep, period = 2.5, 5.0, 16.0
	if wide < 4 || long > 400 {
		return
	}
	edges := newRows(rings)
	whole := func(x, y0, y1 float64) bool {
		for k := range 4 {
			if !edges.contains(p.at(x, y0+(y1-y0)*float64(k)/3)) {
				return false
			}
		}
		return true
	}
	for y := -wide + 0.5; y < wide; y += period {
		rows := [2][2]float64{{y, y + deep}, {y + deep + 6, y + 2*deep + 6}}
		if 2*wide-1 < 2*deep+6 { // a single row
			rows[1] = rows[0]
		}
		for k, r := range rows {
			if k == 1 && r == rows[0] {
				break
			}
			for x := -math.Floor(long/bay) * bay; x <= long; x += bay {
				if whole(x, r[0]+0.1, r[1]-0.1) {
					p.line(x, r[0], x, r[1])
				}
			}
		}
	}
}
