package street_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/street"
)

// TestKerbs: on both sides of a street stones of 12 cm rise over the ground, all but to
// the ground at a crossing and where a drive comes in, and none is on the carriageway.
func TestKerbs(t *testing.T) {
	road := line("way/1", [][2]float64{{-60, 0}, {-20, 0}, {20, 0}, {60, 0}}, "highway", "residential", "width", "6")
	drive := line("way/2", [][2]float64{{20, 0}, {20, 30}}, "highway", "service")
	cross := line("node/1", [][2]float64{{-20, 0}}, "highway", "crossing", "crossing", "zebra")
	var sides [2]int
	for _, p := range street.Build(block(road, drive, cross), nil, layers).Patches {
		if p.Lift == nil {
			continue
		}
		for i, q := range p.Points {
			h := float64(p.Lift[i])
			if h < 0 || h > 0.1201 {
				t.Fatalf("a kerb %.3f m high", h)
			}
			low := math.Abs(q[0]+20) < 1.7 || math.Abs(q[0]-20) < 1.7
			if low && h > 0.021 {
				t.Errorf("a kerb %.3f m high at %.1f, where it is crossed", h, q[0])
			}
			if math.Abs(q[1]) < 2.99 {
				t.Errorf("a kerb %.2f m from the middle of the street", q[1])
			}
			if math.Abs(h-0.12) < 1e-3 && q[1] > 0 {
				sides[0]++
			} else if math.Abs(h-0.12) < 1e-3 {
				sides[1]++
			}
		}
	}
	if sides[0] < 6 || sides[1] < 6 {
		t.Errorf("%v corners of stones at their full height", sides)
	}
}

// TestRefuge: a crossing with an island has stone before and behind it, clear of the paint.
func TestRefuge(t *testing.T) {
	road := line("way/1", [][2]float64{{-60, 0}, {0, 0}, {60, 0}}, "highway", "tertiary", "sidewalk", "no")
	cross := line("node/1", [][2]float64{{0, 0}}, "highway", "crossing", "crossing", "zebra", "crossing:island", "yes")
	found := 0
	for _, p := range street.Build(block(road, cross), nil, layers).Patches {
		if p.Lift == nil {
			continue
		}
		found++
		for _, q := range p.Points {
			if math.Abs(q[0]) < 1.75 || math.Abs(q[1]) > 0.82 {
				t.Errorf("stone at %.2f, %.2f", q[0], q[1])
			}
		}
	}
	if found != 2 {
		t.Errorf("%d islands, want 2", found)
	}
}
