package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// A picture of four quarters lies where its region is, on the globe seen from straight
// above, at every size: the colours of places next to its middle are those of their quarters.
func TestDrapeLiesInItsRegion(t *testing.T) {
	quarters := &drawable.Image{Name: "quarters", Width: 64, Height: 64, Channels: 4}
	for i := range 64 * 64 {
		c := [...][]byte{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}[i%64/32+i/2048*2]
		quarters.Pixels = append(quarters.Pixels, c...)
	}
	r := newTestRenderer(t, Options{Width: 64, Height: 64, Quality: tier(t, "draft"), Keep: []string{"albedo"}})
	for _, at := range []earth.Place{{Lng: 11, Lat: 47}, {Lng: 179.99, Lat: -60}, {Lng: -100, Lat: 5}} {
		for _, size := range []float64{0.001, 0.1, 5} {
			for _, mercator := range []bool{false, true} {
				region := drawable.Region{West: at.Lng - size, East: at.Lng + size, South: at.Lat - size, North: at.Lat + size, Mercator: mercator}
				d := &drawable.Drape{Over: drawable.OverGround, Color: [4]float32{1, 1, 1, 1}, Tiles: []drawable.DrapeTile{{Region: region, Image: quarters, UV: [4]float32{0, 0, 1, 1}, Low: -100, High: 100}}}
				f := earth.FrameAt(at)
				height := size * 111e3 * 3
				eye := f.Center.Add(f.Up.Mul(height))
				err := r.Draw(&Frame{View: View{Eye: eye, Right: f.East, Up: f.North, Forward: f.Up.Mul(-1), FovY: math.Pi / 3}, Draws: []drawable.Draw{{What: d}}, Env: Environment{Sun: f.Up, Exposure: 14}})
				if err != nil {
					t.Fatal(err)
				}
				p, err := r.Buffer("albedo")
				if err != nil {
					t.Fatal(err)
				}
				for i, want := range [][3]float32{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}} {
					x, y := 28+8*(i%2), 26+12*(i/2)
					got := p.Data[(y*64+x)*3 : (y*64+x)*3+3]
					for k := range 3 {
						if math.Abs(float64(got[k]-want[k])) > 0.05 {
							t.Errorf("%v, %g°, Mercator %v: quarter %d is %v", at, size, mercator, i, got)
							break
						}
					}
				}
				if out := p.Data[(2*64+2)*3]; out != 0 {
					t.Errorf("%v: coloured outside of the region", at)
				}
			}
		}
	}
}

// Beyond its region a drape that goes on is its rim, whatever lies within: seen so flat that
// its coarsest levels are asked for, no hole of it is drawn out to the horizon.
func TestDrapeBeyondItsRegion(t *testing.T) {
	const side = 64
	hole := &drawable.Image{Name: "hole", Width: side, Height: side, Channels: 4}
	for i := range side * side {
		a := byte(255)
		if x, y := i%side, i/side; x > 1 && x < side-2 && y > 1 && y < side-2 {
			a = 0
		}
		hole.Pixels = append(hole.Pixels, 255, 255, 255, a)
	}
	r := newTestRenderer(t, Options{Width: 64, Height: 64, Quality: tier(t, "draft"), Keep: []string{"albedo"}})
	at := earth.Place{Lng: 11, Lat: 47}
	d := &drawable.Drape{Over: drawable.OverGround, Color: [4]float32{1, 1, 1, 1}, Tiles: []drawable.DrapeTile{{
		Region: drawable.Region{West: 10.98, East: 11.02, South: 46.98, North: 47.02}, Image: hole, UV: [4]float32{0, 0, 1, 1}, Low: -100, High: 100, Beyond: drawable.BeyondAll}}}
	f := &Frame{View: look(at, 0, -30e3, 2500, 0, -12), Draws: []drawable.Draw{{What: d}}, Env: Environment{Sun: sunOver(at, 50, 90), Exposure: 14}}
	draw(t, r, f)
	p, err := r.Buffer("albedo")
	if err != nil {
		t.Fatal(err)
	}
	horizon, covered := -1, 0
	for y := range 64 {
		for x := range 64 {
			if c := p.Data[(y*64+x)*3]; c > 0.97 {
				covered++
			} else if c > 0 && (horizon < 0 || y < horizon) {
				horizon = y // the first row that is not wholly covered, from the top
			}
		}
	}
	f.View = look(at, 0, -30e3, 2500, 0, -12)
	middle := (earth.FrameAt(at).Center).Sub(f.View.Eye)
	up := middle.Normalize().Dot(f.View.Up) / middle.Normalize().Dot(f.View.Forward)
	row := int(32 - up/math.Tan(f.View.FovY/2)*32)
	if covered < 800 {
		t.Fatalf("%d pixels are covered", covered)
	}
	if horizon >= 0 && horizon < row-4 {
		t.Errorf("the hole is smeared to row %d; it lies about row %d", horizon, row)
	}
}
