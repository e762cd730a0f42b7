package lines

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// Many curves are cut into batches of neighbours of about one length; each row is there once,
// and a far batch of short ones is small.
func TestNeighbours(t *testing.T) {
	const n = 20000
	rng := rand.New(rand.NewPCG(1, 2))
	from, to := make([]mgl64.Vec3, n), make([]mgl64.Vec3, n)
	for i := range from {
		p := earth.Place{Lng: -74 + rng.Float64(), Lat: 40 + rng.Float64()}
		q := earth.Place{Lng: p.Lng + 0.01*rng.Float64(), Lat: p.Lat + 0.01*rng.Float64()}
		if i%50 == 0 {
			q = earth.Place{Lng: p.Lng + 60, Lat: p.Lat - 30}
		}
		from[i], to[i] = p.ECEF(), q.ECEF()
	}
	b := NewBuilder(&drawable.Lines{}, append(slices.Clone(from), to...))
	ends := func(i int) (mgl64.Vec3, mgl64.Vec3) { return from[i], to[i] }
	b.Curves(n, false, ends, func(i int, v *drawable.Curve) (at [7]mgl64.Vec3) {
		v.Feature = uint32(i)
		for k, s := range drawable.CurveNodes {
			at[k] = from[i].Add(to[i].Sub(from[i]).Mul(s))
		}
		return at
	})
	l := b.Lines.Bound()
	seen := make([]bool, n)
	for i := range l.Curves {
		seen[l.Curves[i].Feature] = true
	}
	if slices.Contains(seen, false) {
		t.Error("a row is missing")
	}
	next, wide := 0, 0
	for _, batch := range l.Batches {
		if batch.First != next || batch.Count < 1 || batch.Count > leastBatch {
			t.Fatalf("a batch of %d from %d, expected from %d", batch.Count, batch.First, next)
		}
		next += batch.Count
		if batch.Radius > 35e3 {
			wide++
		}
		for i := batch.First; i < next; i++ {
			for _, s := range []float32{0, 0.3, 1} {
				p := l.Curves[i].At(s)
				if d := math.Hypot(math.Hypot(float64(p[0]-batch.Center[0]), float64(p[1]-batch.Center[1])), float64(p[2]-batch.Center[2])); d > float64(batch.Radius)*1.001+1 {
					t.Fatalf("a curve is %.0f m from the middle of its batch of %.0f", d, batch.Radius)
				}
			}
		}
	}
	if next != n || wide > 12 || len(l.Batches) < 20 {
		t.Errorf("%d batches of %d rows, %d of them wide", len(l.Batches), next, wide)
	}
	// The same rows in the same order give the same batches; few are one.
	order, _ := b.neighbours(n, false, ends)
	again, _ := b.neighbours(n, false, ends)
	few, sizes := b.neighbours(100, false, ends)
	if !slices.Equal(order, again) || few != nil || !slices.Equal(sizes, []int{100}) {
		t.Error("batches are not the same again, or few rows are not one")
	}
}
