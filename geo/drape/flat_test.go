package drape_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/drape"
)

// bay is a fan of thin triangles from one far corner to a shore of many points, as ear
// clipping makes them.
func bay(level float64) cover.Patch {
	p := cover.Patch{Layer: "sea", Material: geo.Water, Bias: 7, Width: 1e4, Level: &level}
	p.Points = append(p.Points, [2]float64{5000, -3000})
	rng := rand.New(rand.NewPCG(1, 2))
	const shore = 400
	for i := range shore {
		a := float64(i) / (shore - 1)
		p.Points = append(p.Points, [2]float64{6000 - 9000*a, 900 + 300*math.Sin(a*9) + 20*rng.Float64()})
	}
	for i := 1; i < shore; i++ {
		p.Indices = append(p.Indices, 0, uint32(i), uint32(i+1))
	}
	for _, q := range p.Points {
		p.UV = append(p.UV, [2]float32{float32(q[0] + 8192), float32(q[1] - 4096)})
	}
	return p
}

// Level water is few triangles however thin those of its patch are: it keeps its area
// and its surface coordinates, and has no seam, as every side inside it has two triangles.
func TestFlatWaterIsWhole(t *testing.T) {
	water := bay(3)
	tile := tileAt(0, -2000, 3000, 4)
	meshes := drape.NewIndex([]cover.Patch{water}).Onto(tile, nil)
	if len(meshes) != 1 {
		t.Fatalf("%d meshes", len(meshes))
	}
	m := meshes[0]
	other := water // whose surface coordinates are not metres is cut, not merged
	other.UV = make([][2]float32, len(water.Points))
	for i := range other.UV {
		other.UV[i] = [2]float32{water.UV[i][0] / 2, water.UV[i][1] / 2}
	}
	cut := drape.NewIndex([]cover.Patch{other}).Onto(tile, nil)[0]
	if a, b := len(m.Indices)/3, len(cut.Indices)/3; a*2 > b {
		t.Errorf("%d triangles, merging saves less than half of %d", a, b)
	}
	area := 0.0
	sides := map[[4]int64]int{}
	at := func(i uint32) [2]float64 { // plan, from the surface coordinates
		return [2]float64{float64(m.UVs[i][0]) - 8192, float64(m.UVs[i][1]) + 4096}
	}
	key := func(p [2]float64) [2]int64 {
		return [2]int64{int64(math.Round(p[0] * 64)), int64(math.Round(p[1] * 64))}
	}
	for k := 0; k < len(m.Indices); k += 3 {
		a, b, c := at(m.Indices[k]), at(m.Indices[k+1]), at(m.Indices[k+2])
		area += ((b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])) / 2
		for _, e := range [3][2][2]float64{{a, b}, {b, c}, {c, a}} {
			p, q := key(e[0]), key(e[1])
			sides[[4]int64{p[0], p[1], q[0], q[1]}]++
		}
	}
	want := 0.0
	for y := -2000 + 5.0; y < 1000; y += 10 { // rows of the square that the bay covers
		for x := 5.0; x < 3000; x += 10 {
			if inPatch(&water, x, y) {
				want += 100
			}
		}
	}
	if math.Abs(area-want) > 0.002*want {
		t.Errorf("%g m² of water, the bay has %g in the square", area, want)
	}
	open := 0
	for s, n := range sides {
		if back := sides[[4]int64{s[2], s[3], s[0], s[1]}]; back != n {
			mid := [2]float64{float64(s[0]+s[2]) / 128, float64(s[1]+s[3]) / 128}
			// A side with nothing behind it may only lie on the square's border or the bay's.
			inside := mid[0] > 1 && mid[0] < 2999 && mid[1] > -1999 && mid[1] < 999
			if inside && inPatch(&water, mid[0]-3, mid[1]) && inPatch(&water, mid[0]+3, mid[1]) && inPatch(&water, mid[0], mid[1]-3) && inPatch(&water, mid[0], mid[1]+3) {
				open++
			}
		}
	}
	if open*50 > len(sides) {
		t.Errorf("%d of %d sides are seams", open, len(sides))
	}
}

func inPatch(p *cover.Patch, x, y float64) bool {
	for i := 0; i+2 < len(p.Indices); i += 3 {
		a, b, c := p.Points[p.Indices[i]], p.Points[p.Indices[i+1]], p.Points[p.Indices[i+2]]
		d := func(a, b [2]float64) float64 { return (b[0]-a[0])*(y-a[1]) - (b[1]-a[1])*(x-a[0]) }
		s, u, v := d(a, b), d(b, c), d(c, a)
		if s >= 0 && u >= 0 && v >= 0 || s <= 0 && u <= 0 && v <= 0 {
			return true
		}
	}
	return false
}
