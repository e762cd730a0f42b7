package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// everyKind is one small drawable of each kind, new ones at each call.
func everyKind(seed int) []drawable.Draw {
	frame := earth.FrameAt(andorra).Matrix()
	draws := forwardDraws()
	box1 := &drawable.Mesh{Frame: frame, Material: drawable.DefaultMaterial()}
	box(box1, box1, float32(seed%7), 20, 0, 4, 4, float32(3+seed%5), [4]uint8{200, 180, 160, 255}, uint32(seed))
	image := &drawable.Image{Name: "grid", Width: 4, Height: 4, Channels: 4, SRGB: true, Pixels: make([]byte, 64)}
	sheet := &drawable.Mesh{Frame: frame, Material: &drawable.Material{Texture: image, Roughness: 0.5, Color: [4]float32{1, 1, 1, 1}}}
	quad(sheet, [4][3]float32{{-5, 30, 0}, {5, 30, 0}, {5, 30, 8}, {-5, 30, 8}}, [4][2]float32{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, [4]uint8{255, 255, 255, 255}, 1)
	image.Brief = seed%2 == 0
	panel := &drawable.Sheet{Image: checked(4+seed%3, 4), X: 1, Y: 1}
	for _, what := range []drawable.Drawable{
		box1.Bound(), sheet.Bound(), panel,
		block([3]float32{float32(seed % 5), 24, 2}, [3]float32{2, 0.1, 2}, 0.3, glassMaterial(1.5, float32(seed%2), 0.3*float32(seed%3))),
		&drawable.Drape{Look: drawable.Picture, Over: drawable.OverGround | drawable.OverSolids, Color: [4]float32{1, 1, 1, 0.5}, Tiles: []drawable.DrapeTile{{
			Region: drawable.Region{West: 1.5, South: 42.5, East: 1.6, North: 42.6, Mercator: true}, Image: checked(8, 4+seed%3), UV: [4]float32{0, 0, 1, 1}, High: 2000,
		}}},
		&drawable.Drape{Look: drawable.Elevation, Over: drawable.OverSolids, Color: [4]float32{1, 1, 1, 0.5}, Emission: 0.1, Palette: checked(4, 1), High: 2000},
		&drawable.Volume{Frame: frame, Min: [3]float64{-10, 30, 0}, Max: [3]float64{10, 50, 20}, Palette: checked(4, 1), Density: 0.01, Emission: 1,
			Grid: &drawable.Voxels{Name: "cloud", Width: 4, Height: 4, Depth: 4, Values: bytes.Repeat([]byte{byte(seed)}, 64)}},
		&drawable.Volume{Frame: frame, Min: [3]float64{-10, -10, 0}, Max: [3]float64{10, 10, 20}, Density: 0.01, Emission: 1, Sector: drawable.Sector{Radius: 10, High: 60, Color: [4]float32{1, 0, 0, 1}}},
	} {
		draws = append(draws, drawable.Draw{What: what})
	}
	return draws
}

// A thousand cycles of sizes, qualities and residents leave nothing behind.
func TestNothingIsLeftOfAThousandCycles(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand frames")
	}
	q := Quality{SubFrames: 1, ShadowCascades: 1, ShadowSize: 64, ShadowTaps: 1, AOSlices: 1, AOSteps: 1, AOHalf: true, BloomMips: 1, LampReach: 100, Moments: true}
	r := newTestRenderer(t, Options{Width: 16, Height: 16, Quality: q, Budget: 1 << 20})
	cycle := func(i int) {
		if err := r.Resize(16+i%2*8, 16); err != nil {
			t.Fatal(err)
		}
		if i%50 == 0 {
			next := q
			next.AOSlices = i / 50 % 2
			if err := r.SetQuality(next); err != nil {
				t.Fatal(err)
			}
		}
		draw(t, r, &Frame{View: look(andorra, 0, -60, 30, 0, -20), Draws: everyKind(i), Env: dark(andorra)})
	}
	// What is resident comes and goes with its budget: the most that there was in one half is
	// held against what there is in the other.
	most := map[string]int{}
	for i := range 500 {
		cycle(i)
		if i%5 == 0 {
			for kind, n := range gpu.Objects() {
				most[kind] = max(most[kind], n)
			}
		}
	}
	gpu.Finish()
	resident := residentBytes(t)
	for i := range 1000 {
		cycle(i)
	}
	gpu.Finish()
	for kind, n := range gpu.Objects() {
		if n > most[kind] {
			t.Errorf("%d objects of kind %s, %d before at the most", n, kind, most[kind])
		}
	}
	if grown := residentBytes(t) - resident; grown > 32<<20 {
		t.Errorf("the process grew by %d MiB", grown>>20)
	}
}

// Every material draws at every tier by day, and in a wet night with lamps, without a word
// from the driver. draft and high differ in numbers only: LONGTAKE_EVERY_SHADER draws them too.
func TestEveryTierDrawsEveryMaterial(t *testing.T) {
	frame := earth.FrameAt(andorra).Matrix()
	var draws []drawable.Draw
	for model := drawable.Standard; model <= drawable.Unlit; model++ {
		for _, blend := range []drawable.Blend{drawable.Opaque, drawable.Alpha, drawable.Additive} {
			m := &drawable.Mesh{Frame: frame, Material: &drawable.Material{Name: fmt.Sprint(model), Model: model, Blend: blend, Roughness: 0.6, Reflectance: 0.5, Color: [4]float32{1, 1, 1, 0.6}, Lit: 0.5}}
			x := float32(model)*6 - 24
			quad(m, [4][3]float32{{x, 40, 0}, {x + 5, 40, 0}, {x + 5, 40, 6}, {x, 40, 6}}, [4][2]float32{{0, 0}, {2, 0}, {2, 2}, {0, 2}}, [4]uint8{200, 190, 180, 255}, uint32(model))
			draws = append(draws, drawable.Draw{What: m.Bound(), Fade: 0.2})
		}
	}
	for i, roughness := range []float32{0, 0.4} {
		for k := range 2 { // thin and solid
			at := [3]float32{float32(6*i+12*k) - 10, 20, 3}
			draws = append(draws, drawable.Draw{What: block(at, [3]float32{2, 0.5, 2}, 0.4, glassMaterial(1.5, float32(k), roughness)), Fade: 0.2})
		}
	}
	night := dark(andorra)
	night.Wetness = 0.7
	for _, tier := range Tiers {
		t.Run(tier.Name, func(t *testing.T) {
			if (tier.Name == "draft" || tier.Name == "high") && os.Getenv("LONGTAKE_EVERY_SHADER") == "" {
				t.Skip("LONGTAKE_EVERY_SHADER is not set")
			}
			q := tier.Quality
			q.SubFrames, q.ShadowSize = 1, 128
			r := newTestRenderer(t, Options{Width: 48, Height: 27, Quality: q, Keep: []string{"light"}})
			for _, env := range []Environment{daylight(andorra, 160, 35), night} {
				draw(t, r, &Frame{View: look(andorra, 0, 0, 4, 0, 0), Draws: append(everyKind(3), draws...), Env: env})
				for _, v := range buffer(t, r, "light").Data {
					if !(v >= 0 && v < 1e6) {
						t.Fatalf("light of %v", v)
					}
				}
			}
		})
	}
}
