package continents

import (
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func TestCover(t *testing.T) {
	// Half a cell, a ring beyond 180° that turns the other way, and one with a hole.
	m := orb.MultiPolygon{
		{{{-180, -90}, {-135, -90}, {-135, 0}, {-180, 0}, {-180, -90}}},
		{{{135, 0}, {135, 90}, {225, 90}, {225, 0}, {135, 0}}},
		{{{0, -90}, {90, -90}, {90, 0}, {0, 0}, {0, -90}}, {{45, -45}, {45, -90}, {90, -90}, {90, -45}, {45, -45}}},
	}
	got := Cover(m, 4, 2)
	for i, want := range []byte{128, 0, 191, 0, 128, 0, 0, 128} {
		if d := int(got[i]) - int(want); d < -2 || d > 2 {
			t.Errorf("cell %d is %d, want %d", i, got[i], want)
		}
	}
}

func TestSketchIsTheEarth(t *testing.T) {
	const w, h = 720, 360
	m := Sketch(w, h)
	at := func(lng, lat float64) byte { return m[int((lat+90)*2)*w+int((lng+180)*2)] }
	for name, p := range map[string][2]float64{"Madrid": {-3.7, 40.4}, "Kansas": {-98, 39}, "Manaus": {-60, -3}, "Beijing": {116.2, 40.2}, "Alice Springs": {133.9, -23.7}, "Chukotka": {-174, 66.5}, "South Pole": {10, -89}} {
		if at(p[0], p[1]) < 250 {
			t.Errorf("%s lies in the sea", name)
		}
	}
	for name, p := range map[string][2]float64{"Atlantic": {-35, 20}, "Pacific": {-140, 0}, "Bay of Biscay": {-5, 45.5}, "Black Sea": {34, 43.2}, "Hudson Bay": {-86, 59}, "Caspian": {51, 40}, "North Pole": {0, 88}} {
		if at(p[0], p[1]) > 5 {
			t.Errorf("%s is dry", name)
		}
	}
	c := Climate(360, 180)
	if i := 3 * ((22+90)*360 + 10 + 180); c[i] < 200 || c[i+1] > 20 {
		t.Errorf("the Sahara is %v", c[i:i+3])
	}
}

func TestParseSays(t *testing.T) {
	for text, want := range map[string]string{"1 2": "land or lake", "land A\n1 b": "line 2", "arid 1 2": "climate", "land A\n1 2, 3 4": "2 points"} {
		if _, err := parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// How much of the Earth is what it is, beside Natural Earth's outlines.
func TestSketchBesideNaturalEarth(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(os.Getenv("LONGTAKE_DATA"), "boundaries/ne_110m_land.json"))
	if err != nil {
		t.Skip("no data: ", err)
	}
	var c struct {
		Features []struct {
			Geometry struct{ Coordinates orb.Polygon }
		}
	}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	var land orb.MultiPolygon
	for _, f := range c.Features {
		land = append(land, f.Geometry.Coordinates)
	}
	const w, h = 1440, 720
	truth, own := Cover(land, w, h), Sketch(w, h)
	both, either := 0.0, 0.0
	for i := range own {
		both += float64(min(own[i], truth[i]))
		either += float64(max(own[i], truth[i]))
	}
	if dir := os.Getenv("LONGTAKE_PICTURES"); dir != "" {
		img := image.NewNRGBA(image.Rect(0, 0, w, h))
		for i := range own {
			p := img.Pix[4*((h-1-i/w)*w+i%w):]
			p[0], p[1], p[2], p[3] = own[i], truth[i], truth[i], 255
		}
		f, err := os.Create(filepath.Join(dir, "continents.png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, img); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	t.Logf("shared by both: %.3f of what either calls land", both/either)
	if both/either < 0.9 {
		t.Errorf("only %.3f shared", both/either)
	}
}
