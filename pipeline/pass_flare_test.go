package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/sky"
)

// Ghosts lie across the middle of the picture from the sun and follow it; what stands before the
// sun takes them away, half of it about half, and a lens without flare draws what it did.
func TestFlareFollowsTheSun(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "high")
	q.SubFrames, q.SSRSteps, q.BloomMips = 1, 0, 0
	const w, h = 192, 108
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	f := &Frame{Env: Environment{Sun: sunOver(home, 12, 180), Haze: 0, Exposure: 14, GlobeHeight: -50, Stars: []sky.Star{}}}
	light := func(heading float64, flare float64, draws ...drawable.Draw) []float64 {
		f.View, f.Env.Flare, f.Draws = look(home, 0, 0, 2, heading, 6), flare, draws
		draw(t, r, f)
		px := readFloats(t, r.scene.Tex(r.kept["light"]))
		out := make([]float64, w*h)
		for i := range out {
			out[i] = float64(px[4*i] + px[4*i+1] + px[4*i+2])
		}
		return out
	}
	// What flare adds, to the left and right of the middle, away from the sun's own glow.
	added := func(heading float64, draws ...drawable.Draw) (left, right, all float64) {
		clean, flared := light(heading, 0, draws...), light(heading, 1, draws...)
		for y := range h {
			for x := range w {
				d := flared[y*w+x] - clean[y*w+x]
				if d < -1e-3 {
					t.Fatalf("flare takes light away at %d, %d: %g", x, y, d)
				}
				all += d
				switch {
				case y > h/2 || clean[y*w+x] > 100: // ghosts lie below: the sun is above the middle
				case x < w/2:
					left += d
				default:
					right += d
				}
			}
		}
		return left, right, all
	}
	if sunAt := light(180, 0); maxOf(sunAt) < 100 {
		t.Fatal("there is no sun in the picture")
	}
	// The sun is at 180: turned to 200 it is left of the middle, its ghosts are right of it.
	if left, right, all := added(200); right < 1.5*left || all <= 0 {
		t.Errorf("the sun is left: ghosts give %.2f left and %.2f right", left, right)
	}
	if left, right, _ := added(160); left < 1.5*right {
		t.Errorf("the sun is right: ghosts give %.2f left and %.2f right", left, right)
	}
	_, _, open := added(180)
	if _, _, away := added(0); math.Abs(away) > 0.01 {
		t.Errorf("the sun is behind the eye, and flare adds %.2f", away)
	}
	if _, _, hidden := added(180, before(home, -10, 10)); math.Abs(hidden) > 0.01 {
		t.Errorf("a wall hides the sun, and flare adds %.2f of %.2f", hidden, open)
	}
	if _, _, half := added(180, before(home, 0, 10)); half < 0.25*open || half > 0.75*open {
		t.Errorf("a wall hides half of the sun: flare adds %.2f of %.2f", half, open)
	}
}

// before is a dark wall south of the eye that reaches from one x to another, east of it.
func before(home earth.Place, from, to float32) drawable.Draw {
	wall := &drawable.Mesh{Frame: earth.FrameAt(home).Matrix(), Material: &drawable.Material{Model: drawable.Standard, Color: [4]float32{0.1, 0.1, 0.1, 1}, Roughness: 1, DoubleSided: true}}
	quad(wall, [4][3]float32{{from, -20, -5}, {to, -20, -5}, {to, -20, 15}, {from, -20, 15}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
	return drawable.Draw{What: wall.Bound()}
}

func maxOf(v []float64) float64 {
	out := math.Inf(-1)
	for _, x := range v {
		out = max(out, x)
	}
	return out
}
