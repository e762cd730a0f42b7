package cover_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// FuzzCover builds everything from lines of any shape: nothing panics, every triangle
// has area and faces up, and the sea never exceeds its rectangle.
func FuzzCover(f *testing.F) {
	f.Add([]byte{0, 128, 255, 128}, []byte{128, 0, 128, 255})
	f.Add([]byte{100, 100, 150, 100, 150, 150, 100, 150, 100, 100}, []byte{0, 0})
	f.Add([]byte{100, 100, 150, 150, 150, 100, 100, 150, 100, 100}, []byte{128, 128, 128, 128, 130, 128})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		points := func(s []byte) (out [][2]float64) {
			for i := 0; i+1 < len(s) && len(out) < 64; i += 2 {
				out = append(out, [2]float64{5 * (float64(s[i]) - 128), 5 * (float64(s[i+1]) - 128)})
			}
			return out
		}
		var features []geo.Feature
		for _, s := range [][][2]float64{points(a), points(b)} {
			if len(s) == 0 {
				continue
			}
			features = append(features, line("way/1", s, "natural", "coastline"), line("way/2", s, "highway", "primary"),
				line("way/3", s, "highway", "service", "bridge", "yes", "layer", "3"), line("way/4", s, "leisure", "park"),
				line("way/5", s, "natural", "water"), line("way/6", s, "waterway", "river"), line("way/7", s, "natural", "tree_row"))
		}
		in := input(slope{}, features...)
		patches := append(cover.Areas(in, "a"), cover.Water(in, "w")...)
		for i := range patches {
			checkPatch(t, &patches[i])
		}
		for _, elev := range []geo.Elevation{nil, slope{}} {
			for _, p := range cover.Sea(features, home, square, elev, 0, in.Report) {
				for _, r := range p {
					for _, q := range r {
						if !square.Contains(orb.Point(q)) {
							t.Fatalf("sea at %v", q)
						}
					}
				}
			}
		}
	})
}
