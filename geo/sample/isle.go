package sample

import (
	"encoding/json"
	"fmt"
	"math"
)

// isle is a city model of what is planned in the bay: an island with a pond, groves and a
// ring road, and the arched bridge that leads to it. Positions are metres east and north of
// the bay's centre, heights above the sea.
type isle struct {
	vertices [][3]float64
	objects  map[string]any
}

// isleAt is the island's middle.
var isleAt = at(520, 1.75)

const (
	isleRadius = 120.0
	isleHeight = 3.0
	bridgeRise = 7.0
)

// cityJSON is the model as CityJSON 2.0.
func (c *city) cityJSON() ([]byte, error) {
	m := &isle{objects: map[string]any{}}
	m.ground()
	m.bridge()
	m.plants(c.rnd)
	return json.Marshal(map[string]any{
		"type": "CityJSON", "version": "2.0",
		"metadata": map[string]any{
			"title":           "Ilha Nova",
			"referenceSystem": fmt.Sprintf("+proj=aeqd +lat_0=%g +lon_0=%g +datum=WGS84 +units=m", Center.Lat, Center.Lng),
		},
		"transform":   map[string]any{"scale": [3]float64{1, 1, 1}, "translate": [3]float64{}},
		"CityObjects": m.objects, "vertices": m.vertices,
	})
}

// ring adds a polygon's vertices at a height and returns their numbers.
func (m *isle) ring(ps []point, height float64) []int {
	out := make([]int, len(ps))
	for i, p := range ps {
		out[i] = len(m.vertices)
		m.vertices = append(m.vertices, [3]float64{math.Round(p[0]*100) / 100, math.Round(p[1]*100) / 100, math.Round(height*100) / 100})
	}
	return out
}

// object adds one with its surfaces, each of an outer ring and holes.
func (m *isle) object(id, kind string, surfaces ...[][]int) {
	m.objects[id] = map[string]any{"type": kind, "geometry": []any{map[string]any{"type": "MultiSurface", "lod": "2", "boundaries": surfaces}}}
}

// walls are the sides between two rings, seen from outside where those run against the clock.
func walls(low, high []int) (out [][][]int) {
	for i := range low {
		k := (i + 1) % len(low)
		out = append(out, [][]int{{low[i], low[k], high[k], high[i]}})
	}
	return out
}

func reversed(ring []int) []int {
	out := make([]int, len(ring))
	for i, v := range ring {
		out[len(ring)-1-i] = v
	}
	return out
}

// lobed is the island's outline, drawn in by a share of its radius.
func lobed(share float64) []point {
	out := make([]point, 60)
	for i := range out {
		phi := 2 * math.Pi * float64(i) / float64(len(out))
		sin, cos := math.Sincos(phi)
		r := isleRadius * share * (1 + 0.13*math.Cos(3*phi+0.4))
		out[i] = point{isleAt[0] + float64(r*cos), isleAt[1] + float64(r*sin)}
	}
	return out
}

func (m *isle) ground() {
	foot, quay := m.ring(lobed(1.03), -4), m.ring(lobed(1), isleHeight)
	road, lawn, pond := m.ring(lobed(0.84), isleHeight), m.ring(lobed(0.74), isleHeight), m.ring(lobed(0.36), isleHeight)
	m.object("quay", "OtherConstruction", walls(foot, quay)...)
	m.object("promenade", "TransportSquare", [][]int{quay, reversed(road)})
	m.object("ring", "Road", [][]int{road, reversed(lawn)})
	m.object("lawn", "LandUse", [][]int{lawn, reversed(pond)})
	m.object("pond", "WaterBody", [][]int{pond})
}

// bridge leads from the quay of the bay to the island over five arches.
func (m *isle) bridge() {
	const half, spans, steps, thick = 5.0, 5, 12, 1.3
	r, phi := polar(isleAt[0], isleAt[1])
	from, to := bayRadius+4.0, r+isleRadius*0.86
	place := func(t, side float64) point {
		p := at(from+(to-from)*t, phi)
		return point{p[0] - float64(side*math.Sin(phi)), p[1] + float64(side*math.Cos(phi))}
	}
	deck := func(t float64) float64 { return isleHeight + 0.2 + bridgeRise*math.Sin(math.Pi*t) }
	soffit := func(t float64) float64 {
		u := math.Mod(t*spans, 1)
		return math.Max(-3, deck(t)-thick-(deck(t)-thick+3)*math.Pow(math.Abs(2*u-1), 5))
	}
	var surfaces [][][]int
	quad := func(a, b, c, d int) { surfaces = append(surfaces, [][]int{{a, b, c, d}}) }
	var last [6]int
	for i := range spans*steps + 1 {
		t := float64(i) / (spans * steps)
		l, r := place(t, -half), place(t, half)
		low := soffit(math.Min(t, 1-1e-9))
		ring := [6]int{}
		for k, v := range []struct {
			p point
			z float64
		}{{l, low}, {l, deck(t)}, {l, deck(t) + 1}, {r, deck(t) + 1}, {r, deck(t)}, {r, low}} {
			ring[k] = m.ring([]point{v.p}, v.z)[0]
		}
		if i > 0 {
			quad(last[0], ring[0], ring[1], last[1]) // faces, parapets, deck and soffit
			quad(last[1], ring[1], ring[2], last[2])
			quad(ring[5], last[5], last[4], ring[4])
			quad(ring[4], last[4], last[3], ring[3])
			quad(last[1], ring[1], ring[4], last[4])
			quad(ring[0], last[0], last[5], ring[5])
		}
		last = ring
	}
	m.object("bridge", "Bridge", surfaces...)
}

// plants are hedges as low bodies, and trees as points.
func (m *isle) plants(rnd noise) {
	inner := lobed(0.68)
	for i := 0; i < len(inner); i += 4 {
		a, b := inner[i], inner[(i+2)%len(inner)]
		in := func(p point) point {
			return point{isleAt[0] + (p[0]-isleAt[0])*0.95, isleAt[1] + (p[1]-isleAt[1])*0.95}
		}
		plan := []point{in(a), a, b, in(b)}
		low, high := m.ring(plan, isleHeight), m.ring(plan, isleHeight+1.4)
		m.object(fmt.Sprintf("hedge-%02d", i), "PlantCover", append(walls(low, high), [][]int{high})...)
	}
	for i := range 70 {
		phi := 2 * math.Pi * rnd.unit(i, 71)
		sin, cos := math.Sincos(phi)
		r := isleRadius * rnd.between(0.42, 0.6, i, 72) * (1 + 0.13*math.Cos(3*phi+0.4))
		tree := m.ring([]point{{isleAt[0] + float64(r*cos), isleAt[1] + float64(r*sin)}}, isleHeight)
		m.objects[fmt.Sprintf("tree-%02d", i)] = map[string]any{
			"type":       "SolitaryVegetationObject",
			"attributes": map[string]any{"height": math.Round(rnd.between(60, 130, i, 73)) / 10},
			"geometry":   []any{map[string]any{"type": "MultiPoint", "lod": "1", "boundaries": tree}},
		}
	}
}
