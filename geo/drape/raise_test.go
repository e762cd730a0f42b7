package drape_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/drape"
	"github.com/longtake/longtake/geo/earth"
)

// On a lattice that is coarse, as that of a wide tile is, no triangle of a raised patch
// dips below the ground that was brought to the lattice too; without Raise some do.
func TestRaise(t *testing.T) {
	const step = 1.0 / 128
	tile := tileAt(0, 0, 4000, 8)
	for i := range tile.H {
		tile.H[i] = 900
	}
	tile.Snap = func(v mgl64.Vec3) mgl64.Vec3 {
		for k := range v {
			v[k] = math.Round(v[k]/step) * step
		}
		return v
	}
	ground := make([]mgl64.Vec3, len(tile.XY))
	for i, p := range tile.XY {
		ground[i] = tile.Snap(lifted(&tile, p, tile.H[i]))
	}
	patches := randomPatches(rand.New(rand.NewPCG(1, 2)), 40, 4000)
	lowest := func() (low float64) {
		low = math.Inf(1)
		for _, m := range drape.NewIndex(patches).Onto(tile, nil) {
			for _, p := range m.Positions {
				low = math.Min(low, above(&tile, ground, mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}))
			}
		}
		return low
	}
	if low := lowest(); low > -step/8 {
		t.Errorf("without Raise the lowest corner lies %g m above the ground: the test asks nothing", low)
	}
	tile.Raise = 2 * step
	if low := lowest(); low < step/2 {
		t.Errorf("the lowest corner lies %g m above the ground", low)
	}
}

// What stands over the ground goes up as far as what lies on it does.
func TestRaiseLifted(t *testing.T) {
	tile := tileAt(0, 0, 4000, 8)
	positions := func(lift float32) [][3]float32 {
		p := randomPatches(rand.New(rand.NewPCG(1, 2)), 1, 4000)[0]
		p.Bias, p.Lift = 3, make([]float32, len(p.Points))
		for i := range p.Lift {
			p.Lift[i] = lift
		}
		var out [][3]float32
		for _, m := range drape.NewIndex([]cover.Patch{p}).Onto(tile, nil) {
			out = append(out, m.Positions...)
		}
		return out
	}
	low := positions(0.15)
	tile.Raise = 0.25
	high := positions(0.15)
	if len(low) == 0 || len(low) != len(high) {
		t.Fatalf("%d corners, %d raised", len(low), len(high))
	}
	for i, p := range low {
		q := high[i]
		if up := math.Hypot(math.Hypot(float64(q[0]-p[0]), float64(q[1]-p[1])), float64(q[2]-p[2])); math.Abs(up-0.75) > 1e-3 {
			t.Fatalf("a corner goes up by %g m, not by 0.75", up)
		}
	}
}

func lifted(t *drape.Tile, p [2]float64, h float64) mgl64.Vec3 {
	lng, lat := t.Plan.Unplan(p[0], p[1])
	return t.Frame.Local(earth.Place{Lng: lng, Lat: lat, Height: h})
}

// above is how far a position lies above the triangle below it, straight up in the tile's
// frame.
func above(t *drape.Tile, ground []mgl64.Vec3, p mgl64.Vec3) float64 {
	best := math.Inf(1)
	for i := 0; i < len(t.Tris); i += 3 {
		a, b, c := ground[t.Tris[i]], ground[t.Tris[i+1]], ground[t.Tris[i+2]]
		d := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
		u := ((p[0]-a[0])*(c[1]-a[1]) - (p[1]-a[1])*(c[0]-a[0])) / d
		v := ((b[0]-a[0])*(p[1]-a[1]) - (b[1]-a[1])*(p[0]-a[0])) / d
		const rim = 1e-5
		if u < -rim || v < -rim || u+v > 1+rim {
			continue
		}
		if h := p[2] - (a[2] + u*(b[2]-a[2]) + v*(c[2]-a[2])); math.Abs(h) < math.Abs(best) {
			best = h
		}
	}
	return best
}
