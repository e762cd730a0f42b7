package sky

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/internal/realdata"
)

// bsc is a line of the catalogue: Sirius.
func bsc() string {
	line := []byte(strings.Repeat(" ", 197))
	put := func(column int, s string) { copy(line[column-1:], s) }
	put(1, "2491")
	put(5, "9Alp CMa")
	put(76, "064508.9")
	put(84, "-164258")
	put(103, "-1.46")
	put(110, " 0.00")
	return string(line)
}

func near(t *testing.T, stars []Star, ra, dec, mag float64) {
	t.Helper()
	want := equatorial(ra*math.Pi/180, dec*math.Pi/180)
	for _, s := range stars {
		if s.Dir.Sub(want).Len() < 0.0015 && math.Abs(s.Magnitude-mag) < 0.1 {
			return
		}
	}
	t.Errorf("no star of magnitude %v at %v° %v° among %d", mag, ra, dec, len(stars))
}

func TestReadStars(t *testing.T) {
	for name, text := range map[string]string{
		"columns": bsc() + "\n" + strings.Repeat(" ", 150) + "\nshort\n",
		"geojson": `{"type":"FeatureCollection","features":[{"properties":{"mag":-1.44,"bv":"0.009"},"geometry":{"type":"Point","coordinates":[101.2872,-16.7161]}},{"properties":{"mag":null},"geometry":{"coordinates":[1,2]}}]}`,
		"parsecs": `[{"x":-0.7584977185360743,"y":-2.476774158897385,"z":-0.4943309217106066,"p":2.637061258933045,"N":21.133902540966783,"K":{"r":0.349,"g":0.493,"b":1}},{"x":null}]`,
	} {
		stars, skipped, err := ReadStars([]byte(text))
		if err != nil || len(stars) != 1 || skipped != 1 {
			t.Errorf("%s: %d stars, %d left out, %v", name, len(stars), skipped, err)
			continue
		}
		near(t, stars, 101.287, -16.716, -1.46)
		if c := stars[0].Color(); c[2] < c[0] {
			t.Errorf("%s: Sirius is %v, not blue", name, c)
		}
	}
	for _, bad := range []string{"", "{}", "[", "hello", `[{"x":1}]`} {
		if _, _, err := ReadStars([]byte(bad)); err == nil {
			t.Errorf("%q is taken for stars", bad)
		}
	}
}

func TestRealStars(t *testing.T) {
	for _, c := range []struct {
		file string
		n    int
	}{{"stars/bsc5p_3d_min.json", 9096}, {"stars/d3-celestial/stars.6.json", 5044}} {
		data, err := os.ReadFile(realdata.Path(t, c.file))
		if err != nil {
			t.Fatal(err)
		}
		stars, _, err := ReadStars(data)
		if err != nil || len(stars) != c.n {
			t.Errorf("%s: %d stars of %d, %v", c.file, len(stars), c.n, err)
		}
		near(t, stars, 279.2347, 38.7837, 0.03) // Vega
		near(t, stars, 213.9153, 19.1824, -0.05)
		near(t, stars, 37.9546, 89.2641, 2.0) // Polaris
	}
}

// The pole of 2026 is where the Astronomical Almanac has it, the galactic pole too.
func TestCelestialFrames(t *testing.T) {
	polaris := Precession(26.5).Mul3x1(equatorial(37.9546*math.Pi/180, 89.2641*math.Pi/180))
	if off := math.Acos(polaris[2]) * 180 / math.Pi; math.Abs(off-0.617) > 0.01 {
		t.Errorf("in mid 2026 Polaris is %.3f° from the pole, want 0.617°", off)
	}
	pole := Galactic.Mul3x1(equatorial(192.85948*math.Pi/180, 27.12825*math.Pi/180))
	centre := Galactic.Mul3x1(equatorial(266.40500*math.Pi/180, -28.93617*math.Pi/180))
	if pole.Sub(mgl64.Vec3{0, 0, 1}).Len() > 1e-5 || centre.Sub(mgl64.Vec3{1, 0, 0}).Len() > 1e-4 {
		t.Errorf("the Galaxy's pole is at %v, its centre at %v", pole, centre)
	}
}

func TestSeededStars(t *testing.T) {
	a := SeededStars()
	bright, low := 0, 0
	for _, s := range a {
		if s.Magnitude < 2 {
			bright++
		}
		if math.Abs(Galactic.Mul3x1(s.Dir)[2]) < 0.5 {
			low++
		}
	}
	if bright < 30 || bright > 90 || low*10 < len(a)*6 {
		t.Errorf("%d stars above magnitude 2 (the sky has about 50), %d of %d within 30° of the Galaxy's plane", bright, low, len(a))
	}
	if fmt.Sprint(a[:20]) != fmt.Sprint(SeededStars()[:20]) {
		t.Error("the seeded sky is not always the same")
	}
}

func FuzzReadStars(f *testing.F) {
	f.Add([]byte(bsc()))
	f.Add([]byte(`{"features":[{"properties":{"mag":1,"bv":"x"},"geometry":{"coordinates":[1,2,3]}}]}`))
	f.Add([]byte(`[{"x":1,"y":2,"z":3,"p":4,"N":5,"K":{"r":1}}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		stars, _, err := ReadStars(data)
		if err != nil {
			return
		}
		for _, s := range stars {
			c := s.Color()
			if math.Abs(s.Dir.Len()-1) > 1e-6 || !(c[0] > 0 && c[1] > 0 && c[2] > 0) || !(s.Magnitude <= faintest) {
				t.Fatalf("%+v has colour %v", s, c)
			}
		}
	})
}
