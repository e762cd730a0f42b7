package sample

import "math"

// outskirts are the railway on the plain west of the city and the farm beside it: a file of
// its own, so that the city's own views are free of it.
func (c *city) outskirts() []byte {
	out := &osm{city: c, at: map[[2]int64]int64{}}
	out.railway()
	out.farm()
	return out.xml()
}

// beside is a place on the plain: metres north along the railway and to its right.
func beside(north, right float64) point {
	const swing, turn = 130.0, 420.0
	x, slope := swing*math.Sin(north/turn), swing/turn*math.Cos(north/turn)
	long := math.Hypot(1, slope)
	return point{-3770 + x + right/long, 2400 + north - float64(right*slope)/long}
}

// along is a line at a distance from the railway; aside says how far to the right.
func along(from, to float64, aside func(north float64) float64) []point {
	n := int(math.Ceil((to - from) / 15))
	out := make([]point, n+1)
	for i := range out {
		north := from + (to-from)*float64(i)/float64(n)
		out[i] = beside(north, aside(north))
	}
	return out
}

func level(right float64) func(float64) float64 { return func(float64) float64 { return right } }

// railway is a double track that opens where trains wait, with a siding.
func (o *osm) railway() {
	const from, to, gap = -820.0, 820.0, 2.2
	open := func(north float64) float64 {
		return gap + 3.2*smoothstep(-190, -90, north) - 3.2*smoothstep(90, 190, north)
	}
	o.line(along(from, to, open), "railway", "rail", "electrified", "no", "name", "Linha do Oeste")
	o.line(along(from, to, func(n float64) float64 { return -open(n) }), "railway", "rail", "name", "Linha do Oeste")
	o.line(along(-190, 150, func(n float64) float64 { return open(n) + 5.4*smoothstep(-190, -120, n) }), "railway", "rail", "service", "siding")
	for _, side := range [2]float64{-1, 1} {
		o.line(along(from, to, level(17*side)), "barrier", "fence", "fence_type", "wire")
	}
}

// farm is fields within hedges and walls, a paddock, and a power line across them.
func (o *osm) farm() {
	for i := range 4 {
		south, north := -330+165*float64(i), -330+165*float64(i+1)
		west := -150.0
		if i == 1 {
			west = -95
		}
		field := []point{beside(south+4, -24), beside(north-4, -24), beside(north-4, west), beside(south+4, west)}
		o.area(field, [][]string{
			{"barrier", "hedge", "height", "2.2"}, {"barrier", "wall", "wall", "dry_stone", "height", "1.4"},
			{"barrier", "fence", "fence_type", "wood"}, {"barrier", "hedge"},
		}[i]...)
	}
	o.area([]point{beside(-155, -102), beside(-10, -102), beside(-10, -150), beside(-155, -150)}, "barrier", "fence", "fence_type", "railing")
	var power []point
	for i := range 6 {
		p := point{-4080 + 165*float64(i), 2180 + 55*float64(i)}
		o.poi(p, "power", "tower")
		power = append(power, p)
	}
	o.line(power, "power", "line", "cables", "6", "voltage", "60000")
}
