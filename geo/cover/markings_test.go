package cover_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// marked are the marking patches of one area.
func marked(f geo.Feature) (out []cover.Patch) {
	in := cover.Input{Features: []geo.Feature{f}, Frame: plantFrame, Report: geo.NewReport()}
	for _, p := range cover.Areas(in, "areas") {
		if p.Class == "marking" {
			out = append(out, p)
		}
	}
	return out
}

// Markings lie within their pitch, face up and are as long as the rules say.
func TestMarkings(t *testing.T) {
	for _, c := range []struct {
		sport  string
		x, y   float64 // of the pitch
		metres float64 // of lines
	}{
		{"soccer", 106, 70, 2*105 + 3*68 + 57.5 + 2*(33+40.32+11+18.32) + 2*16.9},
		{"tennis", 24.6, 11.8, 2*23.77 + 2*10.97 + 2*23.77 + 2*8.23 + 12.8},
		{"basketball", 28.6, 15.6, 2*28 + 3*15 + 11.3 + 2*(11.6+4.9) + 2*18.6},
	} {
		p := marked(plantArea("way/1", 0, 0, c.x, c.y, "leisure", "pitch", "sport", c.sport))
		if len(p) != 1 {
			t.Fatalf("%s: %d patches", c.sport, len(p))
		}
		for _, q := range p[0].Points {
			if q[0] < 0 || q[1] < 0 || q[0] > c.x || q[1] > c.y {
				t.Errorf("%s: a line at %v", c.sport, q)
			}
		}
		if got := p[0].Area() / 0.12; math.Abs(got-c.metres) > 0.15*c.metres {
			t.Errorf("%s: %.0f m of lines, %.0f wanted", c.sport, got, c.metres)
		}
	}
	if p := marked(plantArea("way/1", 0, 0, 30, 3, "leisure", "pitch", "sport", "soccer")); len(p) != 0 {
		t.Error("a football field on a strip")
	}
}

// Bays are lines that lie in the car park whole.
func TestBays(t *testing.T) {
	p := marked(plantArea("way/1", 0, 0, 60, 34, "amenity", "parking"))
	if len(p) != 1 {
		t.Fatalf("%d patches", len(p))
	}
	lines := len(p[0].Indices) / 6
	if lines < 60 || lines > 120 {
		t.Errorf("%d lines", lines)
	}
	if p := marked(plantArea("way/1", 0, 0, 60, 34, "amenity", "parking", "surface", "grass")); len(p) != 0 {
		t.Error("lines on grass")
	}
}
