package lines

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// Many curves are cut into batches of neighbours of about one length; each row is there once, those
// without ends are not, and a batch of short ones is small, also over the antimeridian.
func TestNeighbours(t *testing.T) {
	const n = 20000
	for _, west := range []float64{-74, 179.5} {
		rng := rand.New(rand.NewPCG(1, 2))
		from, to := make([]orb.Point, n), make([]orb.Point, n)
		for i := range from {
			from[i] = orb.Point{west + rng.Float64(), 40 + rng.Float64()}
			to[i] = orb.Point{from[i][0] + 0.01*rng.Float64(), from[i][1] + 0.01*rng.Float64()}
			if i%50 == 0 {
				to[i] = orb.Point{from[i][0] + 60, from[i][1] - 30}
			}
			if to[i][0] > 180 {
				to[i][0] -= 360
			}
		}
		from[7][0] = math.NaN()
		ends := func(i int) (float64, float64, float64, float64, bool) {
			return from[i][0], from[i][1], to[i][0], to[i][1], i%10 != 3
		}
		places, batches := Neighbours(n, false, ends)
		l := &drawable.Lines{Curves: make([]drawable.Curve, n/10*9-1), Batches: batches}
		f := earth.FrameAt(earth.Place{Lng: west + 0.5, Lat: 40.5})
		l.Frame = f.Matrix()
		local := func(p orb.Point) (out [3]float32) {
			for k, x := range f.Local(earth.Place{Lng: p[0], Lat: p[1]}) {
				out[k] = float32(x)
			}
			return out
		}
		for i, at := range places {
			if absent := i%10 == 3 || i == 7; absent != (at == Absent) {
				t.Fatalf("row %d is at %d", i, at)
			} else if !absent {
				l.Curves[at] = drawable.Curve{From: local(from[i]), To: local(to[i]), Feature: uint32(i) + 1}
			}
		}
		l.Looks = make([]drawable.CurveLook, 1)
		if slices.ContainsFunc(l.Curves, func(c drawable.Curve) bool { return c.Feature == 0 }) {
			t.Error("two rows have one place")
		}
		next, wide := 0, 0
		for _, batch := range l.Bound().Batches {
			if batch.First != next || batch.Count < 1 || batch.Count > leastBatch {
				t.Fatalf("a batch of %d from %d, expected from %d", batch.Count, batch.First, next)
			}
			next += batch.Count
			if batch.Radius > 35e3 {
				wide++
			}
		}
		if next != len(l.Curves) || wide > 12 || len(l.Batches) < 20 {
			t.Errorf("%d batches of %d rows, %d of them wide", len(l.Batches), next, wide)
		}
		// In order they are as they came; few are one.
		ordered, _ := Neighbours(n, true, ends)
		again, _ := Neighbours(n, false, ends)
		ordered = slices.DeleteFunc(ordered, func(at uint32) bool { return at == Absent })
		_, few := Neighbours(100, false, ends)
		if !slices.Equal(places, again) || !slices.IsSorted(ordered) || len(few) != 1 {
			t.Error("batches are not the same again, not in order, or few rows are not one")
		}
	}
}
