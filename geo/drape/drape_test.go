package drape_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/drape"
	"github.com/longtake/longtake/geo/earth"
)

var plan = earth.FrameAt(earth.Place{Lng: 1.5, Lat: 42.5})

func hill(x, y float64) float64 {
	return 900 + 60*math.Sin(x/170) + 45*math.Cos(y/130+x/400) + 3*math.Sin(x/17)*math.Sin(y/23)
}

// tileAt is a square of terrain with n×n cells whose triangles alternate direction.
func tileAt(x0, y0, size float64, n int) drape.Tile {
	lng, lat := plan.Unplan(x0+size/2, y0+size/2)
	t := drape.Tile{Plan: plan, Frame: earth.FrameAt(earth.Place{Lng: lng, Lat: lat, Height: 900}),
		Square: orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x0 + size, y0 + size}}}
	for j := 0; j <= n; j++ {
		for i := 0; i <= n; i++ {
			x, y := x0+size*float64(i)/float64(n), y0+size*float64(j)/float64(n)
			t.XY = append(t.XY, [2]float64{x, y})
			t.H = append(t.H, hill(x, y))
		}
	}
	w := uint32(n + 1)
	for j := uint32(0); j < uint32(n); j++ {
		for i := uint32(0); i < uint32(n); i++ {
			a, b, c, d := j*w+i, j*w+i+1, (j+1)*w+i+1, (j+1)*w+i
			if (i+j)%2 == 0 {
				t.Tris = append(t.Tris, a, b, c, a, c, d)
			} else {
				t.Tris = append(t.Tris, a, b, d, b, c, d)
			}
		}
	}
	return t
}

// randomPatches are triangles, fans and ribbons of every size.
func randomPatches(rng *rand.Rand, n int, extent float64) []cover.Patch {
	var out []cover.Patch
	for i := range n {
		p := cover.Patch{Layer: "a", Material: geo.Green, Color: [4]uint8{uint8(i), 2, 3, 255}, Bias: 1 + i%3, Feature: i, Width: 10}
		cx, cy, r := rng.Float64()*extent, rng.Float64()*extent, math.Exp(rng.Float64()*6)
		const k = 9
		p.Points = append(p.Points, [2]float64{cx, cy})
		for s := range k {
			a := 2 * math.Pi * float64(s) / k
			d := r * (0.3 + rng.Float64())
			p.Points = append(p.Points, [2]float64{cx + d*math.Cos(a), cy + d*math.Sin(a)})
			p.Indices = append(p.Indices, 0, uint32(1+s), uint32(1+(s+1)%k))
		}
		for _, q := range p.Points {
			p.UV = append(p.UV, [2]float32{float32(q[0]), float32(q[1])})
		}
		out = append(out, p)
	}
	return out
}

// planOf takes a vertex of a tile's mesh back to plan.
func planOf(t drape.Tile, p [3]float32) (x, y, h float64) {
	pl := t.Frame.Place(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])})
	x, y = plan.Plan(pl.Lng, pl.Lat)
	return x, y, pl.Height
}

// TestAreaIsKept: over all tiles, what is draped of a patch has the patch's area.
func TestAreaIsKept(t *testing.T) {
	patches := randomPatches(rand.New(rand.NewPCG(1, 2)), 120, 2000)
	ix := drape.NewIndex(patches)
	got := make([]float64, len(patches))
	// UVs are plan positions, so that areas are measured without the lift.
	for ty := -2; ty < 4; ty++ {
		for tx := -2; tx < 4; tx++ {
			tile := tileAt(float64(tx)*1000, float64(ty)*1000, 1000, 8+3*((tx+ty)&1))
			for _, m := range ix.Onto(tile, func(p *cover.Patch) uint32 { return uint32(p.Feature) }) {
				for i := 0; i < len(m.Indices); i += 3 {
					a, b, c := m.UVs[m.Indices[i]], m.UVs[m.Indices[i+1]], m.UVs[m.Indices[i+2]]
					s := (float64(b[0])-float64(a[0]))*(float64(c[1])-float64(a[1])) - (float64(b[1])-float64(a[1]))*(float64(c[0])-float64(a[0]))
					got[m.Features[m.Indices[i]]] += s / 2
				}
			}
		}
	}
	for i := range patches {
		want := patches[i].Area()
		// float32 UVs of 2000 m are good to 6e-5 m along an outline of about 6 r.
		if tol := 1e-6*want + 6e-5*math.Sqrt(want)*2; math.Abs(got[i]-want) > tol {
			t.Errorf("patch %d: area %.6f, want %.6f (off by %.2g)", i, got[i], want, got[i]-want)
		}
	}
}

// TestOnTheGround: every draped vertex is within a millimetre of a terrain triangle's
// plane below it, inside the square, and faces up.
func TestOnTheGround(t *testing.T) {
	ix := drape.NewIndex(randomPatches(rand.New(rand.NewPCG(3, 4)), 60, 1000))
	tile := tileAt(0, 0, 1000, 10)
	meshes := ix.Onto(tile, nil)
	lifted := make([]mgl64.Vec3, len(tile.XY))
	for i, p := range tile.XY {
		lng, lat := plan.Unplan(p[0], p[1])
		lifted[i] = tile.Frame.Local(earth.Place{Lng: lng, Lat: lat, Height: tile.H[i]})
	}
	n := 0
	for _, m := range meshes {
		for i, p := range m.Positions {
			x, y, _ := planOf(tile, p)
			if x < -0.01 || y < -0.01 || x > 1000.01 || y > 1000.01 {
				t.Fatalf("vertex at %.3f, %.3f outside the square", x, y)
			}
			v := mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}
			best := math.Inf(1)
			for k := 0; k < len(tile.Tris); k += 3 {
				a, b, c := tile.Tris[k], tile.Tris[k+1], tile.Tris[k+2]
				if !near(tile.XY[a], tile.XY[b], tile.XY[c], x, y) {
					continue
				}
				normal := lifted[b].Sub(lifted[a]).Cross(lifted[c].Sub(lifted[a])).Normalize()
				best = math.Min(best, math.Abs(normal.Dot(v.Sub(lifted[a]))))
			}
			if best > 1e-3 {
				t.Fatalf("vertex %.3f, %.3f is %.4f m off the ground", x, y, best)
			}
			if m.Normals[i][2] < 0.3 {
				t.Fatalf("normal %v", m.Normals[i])
			}
			n++
		}
		for i := 0; i < len(m.Indices); i += 3 {
			a, b, c := m.Positions[m.Indices[i]], m.Positions[m.Indices[i+1]], m.Positions[m.Indices[i+2]]
			if s := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0]); s < -1e-2 {
				t.Fatalf("triangle faces down: %g", s)
			}
		}
	}
	if n < 1000 {
		t.Fatalf("only %d vertices", n)
	}
}

// near tells whether a position is in a triangle grown by a centimetre.
func near(a, b, c [2]float64, x, y float64) bool {
	for _, e := range [3][2][2]float64{{a, b}, {b, c}, {c, a}} {
		dx, dy := e[1][0]-e[0][0], e[1][1]-e[0][1]
		if (dx*(y-e[0][1])-dy*(x-e[0][0]))/math.Hypot(dx, dy) < -0.01 {
			return false
		}
	}
	return true
}

// TestNoGapAtBorders: along the border of two tiles of one level, both hold the same
// vertices.
func TestNoGapAtBorders(t *testing.T) {
	ix := drape.NewIndex(randomPatches(rand.New(rand.NewPCG(5, 6)), 500, 2000))
	on := func(tile drape.Tile) map[[2]int64]bool {
		out := map[[2]int64]bool{}
		for _, m := range ix.Onto(tile, nil) {
			for _, uv := range m.UVs { // plan positions
				if math.Abs(float64(uv[0])-1000) < 1e-4 && uv[1] > 1 && uv[1] < 999 {
					out[[2]int64{1000, int64(math.Round(float64(uv[1]) * 500))}] = true
				}
			}
		}
		return out
	}
	left, right := on(tileAt(0, 0, 1000, 8)), on(tileAt(1000, 0, 1000, 8))
	if len(left) < 20 {
		t.Fatalf("only %d vertices on the border", len(left))
	}
	has := func(m map[[2]int64]bool, k [2]int64) bool {
		return m[k] || m[[2]int64{k[0], k[1] - 1}] || m[[2]int64{k[0], k[1] + 1}]
	}
	for k := range left {
		if !has(right, k) {
			t.Errorf("y=%g only on the left", float64(k[1])/500)
		}
	}
	for k := range right {
		if !has(left, k) {
			t.Errorf("y=%g only on the right", float64(k[1])/500)
		}
	}
}

// TestFlatWater: it keeps its level to a centimetre across the tile's curvature, is cut
// to the square, and its normals point up.
func TestFlatWater(t *testing.T) {
	level := 812.5
	p := cover.Patch{Layer: "water", Material: geo.Water, Bias: 7, Feature: -1, Width: 1e4, Level: &level,
		Points: [][2]float64{{-9000, -9000}, {9000, -9000}, {9000, 9000}, {-9000, 9000}}, Indices: []uint32{0, 1, 2, 0, 2, 3}}
	tile := tileAt(2000, -1000, 2000, 4)
	meshes := drape.NewIndex([]cover.Patch{p}).Onto(tile, nil)
	if len(meshes) != 1 {
		t.Fatalf("%d meshes", len(meshes))
	}
	m := meshes[0]
	var area float64
	for i := 0; i < len(m.Indices); i += 3 {
		var q [3][2]float64
		var mid mgl64.Vec3
		for k := range 3 {
			v := m.Positions[m.Indices[i+k]]
			x, y, h := planOf(tile, v)
			if math.Abs(h-level) > 2e-3 {
				t.Fatalf("height %g", h)
			}
			q[k] = [2]float64{x, y}
			mid = mid.Add(mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])}.Mul(1. / 3))
		}
		if h := tile.Frame.Place(mid).Height; math.Abs(h-level) > 1e-2 {
			t.Fatalf("a triangle's middle is at %g", h)
		}
		area += ((q[1][0]-q[0][0])*(q[2][1]-q[0][1]) - (q[1][1]-q[0][1])*(q[2][0]-q[0][0])) / 2
	}
	if math.Abs(area-4e6) > 5 {
		t.Errorf("area %g", area)
	}
	if m.Normals[0][2] < 0.999 {
		t.Errorf("normal %v", m.Normals[0])
	}
}

// TestEdgeCases: nothing to drape, bad indices, narrow patches, the same bytes twice.
func TestEdgeCases(t *testing.T) {
	tile := tileAt(0, 0, 1000, 4)
	if got := drape.NewIndex(nil).Onto(tile, nil); len(got) != 0 {
		t.Error("meshes of nothing")
	}
	bad := cover.Patch{Points: [][2]float64{{1, 1}, {math.NaN(), 2}, {3, 3}}, Indices: []uint32{0, 1, 2, 0, 2, 99}}
	if got := drape.NewIndex([]cover.Patch{bad}).Onto(tile, nil); len(got) != 0 {
		t.Error("meshes of nonsense")
	}
	patches := randomPatches(rand.New(rand.NewPCG(7, 8)), 30, 1000)
	ix := drape.NewIndex(patches)
	if !reflect.DeepEqual(ix.Onto(tile, nil), drape.NewIndex(patches).Onto(tile, nil)) {
		t.Error("two runs differ")
	}
	tile.MinWidth = 11
	if got := ix.Onto(tile, nil); len(got) != 0 {
		t.Error("narrow patches kept")
	}
	empty := drape.Tile{Plan: plan, Frame: plan, Square: tile.Square}
	if got := ix.Onto(empty, nil); len(got) != 0 {
		t.Error("draped without terrain")
	}
}

// TestLift: a deck's vertices come out at their heights.
func TestLift(t *testing.T) {
	tile := tileAt(3000, 0, 1000, 2)
	s := cover.Solid{Material: geo.Concrete, Positions: [][3]float64{{3500, 500, 950}}, Normals: [][3]float32{{0, 0, 1}}, Colors: [][4]uint8{{1, 2, 3, 255}}, UV: [][2]float32{{0, 0}}}
	m := drape.Lift(&s, plan, tile.Frame, 7)
	x, y, h := planOf(tile, m.Positions[0])
	if math.Abs(x-3500) > 0.1 || math.Abs(y-500) > 0.01 || math.Abs(h-950) > 1e-3 || m.Features[0] != 7 {
		t.Errorf("at %g, %g, %g", x, y, h)
	}
}

func BenchmarkOnto(b *testing.B) {
	ix := drape.NewIndex(randomPatches(rand.New(rand.NewPCG(1, 2)), 400, 1000))
	tile := tileAt(0, 0, 1000, 64)
	b.ReportAllocs()
	tris := 0
	for b.Loop() {
		tris = 0
		for _, m := range ix.Onto(tile, nil) {
			tris += len(m.Indices) / 3
		}
	}
	b.ReportMetric(float64(tris)*float64(b.N)/b.Elapsed().Seconds(), "triangles/s")
}

// TestPiecesArePutTogether: how an area's own triangles divide it costs nothing on terrain
// that it covers, and its area stays.
func TestPiecesArePutTogether(t *testing.T) {
	fan := cover.Patch{Layer: "a", Material: geo.Green, Width: 10, Points: [][2]float64{{503, 497}}}
	const k = 40
	for s := range k {
		a := 2 * math.Pi * float64(s) / k
		fan.Points = append(fan.Points, [2]float64{503 + 400*math.Cos(a), 497 + 400*math.Sin(a)})
		fan.Indices = append(fan.Indices, 0, uint32(1+s), uint32(1+(s+1)%k))
	}
	count := func(shift float32) (tris int, area float64) {
		fan.UV = nil
		for i, q := range fan.Points {
			uv := [2]float32{float32(q[0]), float32(q[1])}
			if i == 0 {
				uv[0] += shift // no metres of plan any more
			}
			fan.UV = append(fan.UV, uv)
		}
		tile := tileAt(0, 0, 1000, 32)
		for _, m := range drape.NewIndex([]cover.Patch{fan}).Onto(tile, nil) {
			tris += len(m.Indices) / 3
			for i := 0; i < len(m.Indices); i += 3 {
				var p [3][2]float64
				for j := range p {
					p[j][0], p[j][1], _ = planOf(tile, m.Positions[m.Indices[i+j]])
				}
				area += ((p[1][0]-p[0][0])*(p[2][1]-p[0][1]) - (p[1][1]-p[0][1])*(p[2][0]-p[0][0])) / 2
			}
		}
		return tris, area
	}
	apart, before := count(7)
	together, after := count(0)
	if together > apart*2/3 {
		t.Errorf("%d triangles, %d where each piece stays", together, apart)
	}
	if math.Abs(after-before) > 1e-3*before/1000 {
		t.Errorf("area %.3f, was %.3f", after, before)
	}
}
