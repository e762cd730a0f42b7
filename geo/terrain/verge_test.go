package terrain

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// streetOf is a level one along x at a y, 6 m wide, with a verge of 5 m.
func streetOf(y, height float64) Corridor {
	return Corridor{Line: orb.LineString{{-100, y}, {100, y}}, Heights: []float64{height, height}, Half: 3, Bank: Bank{Verge: 5}}
}

func across(s Shapes, natural float32) func(y float64) float64 {
	l := &lattice{min: [2]float64{0, -50}, step: 1, w: 2, h: 101}
	heights := make([]float32, l.w*l.h)
	for i := range heights {
		heights[i] = natural
	}
	flatten(s, l, 0, heights, func(int) bool { return false })
	return func(y float64) float64 { return float64(heights[int(y+50)*l.w]) }
}

func TestVergeIsLevel(t *testing.T) {
	at := across(Shapes{Corridors: []Corridor{streetOf(0, 0)}}, 10)
	for y := -8.; y <= 8; y++ {
		if h := at(y); math.Abs(h) > 0.3 {
			t.Errorf("%.0f m from the middle of a street the ground is %.2f m above it", y, h)
		}
	}
	if h := at(40); h != 10 {
		t.Errorf("far from a street the ground is at %.2f m, not 10", h)
	}
}

// A house on its own pad, 2 m above the street, does not lift the street or its verge.
func TestPadsYieldToStreets(t *testing.T) {
	house := Pad{Outline: orb.Polygon{{{-20, 7}, {20, 7}, {20, 17}, {-20, 17}, {-20, 7}}}, Height: 2, Bank: Bank{Slope: 1, Reach: 6, Verge: 3}}
	at := across(Shapes{Pads: []Pad{house}, Corridors: []Corridor{streetOf(0, 0)}}, 1)
	for y := -8.; y <= 8; y++ {
		if h := at(y); math.Abs(h) > 0.3 {
			t.Errorf("%.0f m from the middle of a street beside a house the ground is %.2f m above it", y, h)
		}
	}
	if h := at(14); math.Abs(h-2) > 0.01 {
		t.Errorf("far enough from the street the house stands at %.2f m, not 2", h)
	}
}

// Between two streets the ground follows the nearer one.
func TestNearStreetCountsMore(t *testing.T) {
	at := across(Shapes{Corridors: []Corridor{streetOf(-12, 0), streetOf(12, 8)}}, 4)
	if low, high := at(-6), at(6); low > 1 || high < 7 {
		t.Errorf("beside streets at 0 m and 8 m the ground is at %.2f m and %.2f m", low, high)
	}
	if mid := at(0); math.Abs(mid-4) > 0.5 {
		t.Errorf("between streets at 0 m and 8 m the ground is at %.2f m", mid)
	}
}
