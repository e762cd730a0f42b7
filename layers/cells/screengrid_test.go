package cells

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/table"
)

// above looks straight down at a place, north up, from where a pixel is about 10 m.
func above(lng, lat float64) drawable.Screen {
	f := earth.FrameAt(earth.Place{Lng: lng, Lat: lat, Height: 5000})
	m := f.Matrix()
	return drawable.Screen{
		Eye: m.Col(3).Vec3(), Right: m.Col(0).Vec3(), Up: m.Col(1).Vec3(), Forward: m.Col(2).Vec3().Mul(-1),
		FovY: 2 * math.Atan(1), Width: 1600, Height: 1000,
	}
}

// inked are the pixels of each colour.
func inked(s *drawable.Sheet) map[[4]byte]int {
	out := map[[4]byte]int{}
	for i := 0; i < len(s.Image.Pixels); i += 4 {
		if p := [4]byte(s.Image.Pixels[i:]); p[3] > 0 {
			out[p]++
		}
	}
	return out
}

// TestScreenGrid: squares are of the picture, whatever the view, and what is behind the Earth
// is in none.
func TestScreenGrid(t *testing.T) {
	rows := &table.Table{IDs: []string{"a", "b", "c", "far"},
		Geometry: []orb.Geometry{orb.Point{7.4, 43.7001}, orb.Point{7.40002, 43.7001}, orb.Point{7.43, 43.7101}, orb.Point{-172.6, -43.7}}}
	draws, skipped, err := draw(t, `type: screen-grid, size: 54, coverage: 1, alpha: 1, color: {field: count, scale: threshold, domain: [2], range: ["#ff0000", "#00ff00"]}`, rows)
	if err != nil || len(draws) != 1 || len(skipped) > 0 {
		t.Fatalf("%d draws, %v, %v", len(draws), skipped, err)
	}
	moving := draws[0].What.(*drawable.Moving)
	at := func(s drawable.Screen) []drawable.Drawable { return moving.At(drawable.Instant{Screen: s}).Draws }
	sheet := at(above(7.4, 43.7))[0].(*drawable.Sheet)
	got := inked(sheet)
	red, green := got[[4]byte{255, 0, 0, 255}], got[[4]byte{0, 255, 0, 255}]
	if len(got) != 2 || red != 50*50 || green != 50*50 {
		t.Errorf("a square of one row and one of two: %v", got)
	}
	if p := sheet.Image.Pixels[4*(490*1600+800):]; p[1] != 255 {
		t.Errorf("just above the middle is %v", p[:4])
	}
	if again := at(above(7.4, 43.7)); again[0] != drawable.Drawable(sheet) {
		t.Error("a view that stands still is painted anew")
	}
	far := above(7.4, 43.7)
	far.Eye = far.Eye.Mul(4)
	if got := inked(at(far)[0].(*drawable.Sheet)); len(got) != 1 || got[[4]byte{0, 255, 0, 255}] != 50*50 {
		t.Errorf("from afar all three are in one square, and what is behind the Earth in none: %v", got)
	}
	if d := at(above(100, 0)); len(d) != 0 {
		t.Error("an empty view has squares")
	}
	if _, _, err := draw(t, "type: screen-grid, color: {field: mean(spede)}", points(9)); err == nil || !strings.Contains(err.Error(), "speed") {
		t.Errorf("a wrong field: %v", err)
	}
}
