package cover_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
)

var home = earth.FrameAt(earth.Place{Lng: 7.4, Lat: 43.7})

// square is 1000 m on a side about the frame's origin.
var square = orb.Bound{Min: orb.Point{-500, -500}, Max: orb.Point{500, 500}}

// coast makes a coastline feature from plan metres.
func coast(points ...[2]float64) geo.Feature {
	var ls orb.LineString
	for _, p := range points {
		lng, lat := home.Unplan(p[0], p[1])
		ls = append(ls, orb.Point{lng, lat})
	}
	return geo.Feature{ID: "way/1", Geometry: ls, Tags: map[string]string{"natural": "coastline"}}
}

func reversed(f geo.Feature) geo.Feature {
	ls := f.Geometry.(orb.LineString)
	out := make(orb.LineString, len(ls))
	for i := range ls {
		out[len(ls)-1-i] = ls[i]
	}
	f.Geometry = out
	return f
}

func inSea(sea orb.MultiPolygon, x, y float64) bool {
	in := false
	for _, p := range sea {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				a, b := r[i-1], r[i]
				if (a[1] > y) != (b[1] > y) && x < (b[0]-a[0])*(y-a[1])/(b[1]-a[1])+a[0] {
					in = !in
				}
			}
		}
	}
	return in
}

func seaArea(sea orb.MultiPolygon) (s float64) {
	for _, p := range sea {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				s += (r[i-1][0]*r[i][1] - r[i][0]*r[i-1][1]) / 2
			}
		}
	}
	return s
}

func ring(cx, cy, r float64, ccw bool) [][2]float64 {
	var out [][2]float64
	for k := 0; k <= 24; k++ {
		a := 2 * math.Pi * float64(k%24) / 24
		if !ccw {
			a = -a
		}
		out = append(out, [2]float64{cx + r*math.Cos(a), cy + r*math.Sin(a)})
	}
	return out
}

// polygon24 is the area of ring.
func polygon24(r float64) float64 { return 12 * r * r * math.Sin(2*math.Pi/24) }

// TestSea: known coasts, each with points in the sea and on land and the sea's area.
func TestSea(t *testing.T) {
	const all = 1e6
	// Land is north (left of a line that runs east).
	straight := coast([2]float64{-600, 0}, [2]float64{600, 0})
	bay := coast([2]float64{-600, 0}, [2]float64{-100, 0}, [2]float64{-100, 200}, [2]float64{100, 200}, [2]float64{100, 0}, [2]float64{600, 0})
	cape := coast([2]float64{-600, 0}, [2]float64{-100, 0}, [2]float64{-100, -200}, [2]float64{100, -200}, [2]float64{100, 0}, [2]float64{600, 0})
	first := coast([2]float64{-700, 0}, [2]float64{-50, 0})
	middle := coast([2]float64{-50, 0}, [2]float64{40, 0})
	last := coast([2]float64{40, 0}, [2]float64{700, 0})
	island := coast(ring(0, -250, 100, true)...)
	for _, c := range []struct {
		name      string
		features  []geo.Feature
		area      float64
		sea, land [][2]float64
	}{
		{"straight", []geo.Feature{straight}, all / 2, [][2]float64{{0, -10}, {499, -499}}, [][2]float64{{0, 10}, {-499, 499}}},
		{"reversed", []geo.Feature{reversed(straight)}, all / 2, [][2]float64{{0, 10}}, [][2]float64{{0, -10}}},
		{"bay", []geo.Feature{bay}, all/2 + 40000, [][2]float64{{0, 190}, {0, -10}}, [][2]float64{{0, 210}, {150, 10}}},
		{"peninsula", []geo.Feature{cape}, all/2 - 40000, [][2]float64{{0, -210}, {150, -10}}, [][2]float64{{0, -190}, {0, 10}}},
		{"fragments in any order", []geo.Feature{last, first, middle}, all / 2, [][2]float64{{0, -10}, {300, -300}}, [][2]float64{{0, 10}}},
		{"the same fragment twice", []geo.Feature{last, first, middle, first}, all / 2, [][2]float64{{0, -10}}, [][2]float64{{0, 10}}},
		{"island before a coast", []geo.Feature{island, straight}, all/2 - polygon24(100), [][2]float64{{0, -100}}, [][2]float64{{0, -250}, {0, 10}}},
		{"island alone", []geo.Feature{island}, all - polygon24(100), [][2]float64{{0, 400}, {-499, -499}}, [][2]float64{{0, -250}}},
		{"inner sea", []geo.Feature{coast(ring(0, 0, 200, false)...)}, polygon24(200), [][2]float64{{0, 0}}, [][2]float64{{0, 250}}},
		{"island in an inner sea", []geo.Feature{coast(ring(0, 0, 200, false)...), coast(ring(0, 0, 50, true)...)}, polygon24(200) - polygon24(50), [][2]float64{{0, 100}}, [][2]float64{{0, 0}, {0, 300}}},
		{"island across the border", []geo.Feature{coast(ring(500, 0, 100, true)...)}, all - polygon24(100)/2, [][2]float64{{300, 0}}, [][2]float64{{450, 0}}},
		{"island over a corner", []geo.Feature{coast(ring(500, 500, 100, true)...)}, all - polygon24(100)/4, [][2]float64{{300, 0}}, [][2]float64{{480, 480}}},
		{"strait", []geo.Feature{coast([2]float64{-600, 100}, [2]float64{600, 100}), coast([2]float64{600, -100}, [2]float64{-600, -100})}, all / 5, [][2]float64{{0, 0}}, [][2]float64{{0, 200}, {0, -200}}},
		{"isthmus", []geo.Feature{coast([2]float64{600, 100}, [2]float64{-600, 100}), coast([2]float64{-600, -100}, [2]float64{600, -100})}, all * 4 / 5, [][2]float64{{0, 200}, {0, -200}}, [][2]float64{{0, 0}}},
		{"touches the border", []geo.Feature{coast([2]float64{-600, 0}, [2]float64{0, 500}, [2]float64{600, 0})}, seaArea(orb.MultiPolygon{{{{-500, -500}, {500, -500}, {500, 500. / 6}, {0, 500}, {-500, 500. / 6}, {-500, -500}}}}), [][2]float64{{0, 400}}, [][2]float64{{300, 450}, {-300, 450}}},
		{"only outside, sea here", []geo.Feature{coast([2]float64{-900, 800}, [2]float64{900, 800})}, all, [][2]float64{{0, 0}}, nil},
		{"only outside, land here", []geo.Feature{coast([2]float64{900, 800}, [2]float64{-900, 800})}, 0, nil, [][2]float64{{0, 0}}},
		{"none", nil, 0, nil, [][2]float64{{0, 0}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := geo.NewReport()
			sea := cover.Sea(c.features, home, square, nil, 0, r)
			if got := seaArea(sea); math.Abs(got-c.area) > 2 {
				t.Errorf("area %.1f, want %.1f", got, c.area)
			}
			for _, p := range c.sea {
				if !inSea(sea, p[0], p[1]) {
					t.Errorf("%v should be sea", p)
				}
			}
			for _, p := range c.land {
				if inSea(sea, p[0], p[1]) {
					t.Errorf("%v should be land", p)
				}
			}
			if s := r.Summary(); len(s.Skipped) > 0 || len(s.Notes) > 0 {
				t.Errorf("unexpected report %+v", s)
			}
			patches := cover.SeaPatches(sea, "water", 0, r)
			var filled float64
			for i := range patches {
				filled += patches[i].Area()
			}
			if math.Abs(filled-c.area) > 2 {
				t.Errorf("filled %.1f, want %.1f", filled, c.area)
			}
		})
	}
}

// slope is ground that falls from north to south through zero at plan y = 0.
type slope struct{}

func (slope) HeightAt(lng, lat float64) (float64, bool) {
	_, y := home.Plan(lng, lat)
	return y / 4, true
}

// TestSeaWithLooseEnds: fragments that stop inside are led to the border so that known
// ground stays dry, and a closing that can't do so is refused.
func TestSeaWithLooseEnds(t *testing.T) {
	r := geo.NewReport()
	loose := coast([2]float64{-300, 0}, [2]float64{0, 10}, [2]float64{250, 0})
	sea := cover.Sea([]geo.Feature{loose}, home, square, slope{}, 0, r)
	for _, p := range [][2]float64{{0, -300}, {450, -100}, {-450, -100}} {
		if !inSea(sea, p[0], p[1]) {
			t.Errorf("%v should be sea", p)
		}
	}
	for _, p := range [][2]float64{{0, 300}, {450, 100}, {-450, 100}} {
		if inSea(sea, p[0], p[1]) {
			t.Errorf("%v should be land", p)
		}
	}
	if len(r.Summary().Notes) == 0 {
		t.Error("not noted")
	}

	r = geo.NewReport()
	if sea := cover.Sea([]geo.Feature{reversed(coast([2]float64{-600, 0}, [2]float64{600, 0}))}, home, square, slope{}, 0, r); sea != nil {
		t.Error("flooded the hill")
	}
	if r.SkippedCount() != 1 {
		t.Error("not reported")
	}

	// A gap between two fragments, no elevation.
	r = geo.NewReport()
	gap := []geo.Feature{coast([2]float64{-600, 0}, [2]float64{-5, 0}), coast([2]float64{5, 0}, [2]float64{600, 0})}
	if got := seaArea(cover.Sea(gap, home, square, nil, 0, r)); math.Abs(got-5e5) > 2 {
		t.Errorf("with a gap: area %.1f", got)
	}
}

// cliff is ground of 60 m down to a plan y, and the sea's level beyond.
type cliff float64

func (c cliff) HeightAt(lng, lat float64) (float64, bool) {
	if _, y := home.Plan(lng, lat); y < float64(c) {
		return 0, true
	}
	return 60, true
}

// offshore is low land, and a hill over a tenth of the sea south of it.
type offshore struct{}

func (offshore) HeightAt(lng, lat float64) (float64, bool) {
	if _, y := home.Plan(lng, lat); y < -250 && y > -300 {
		return 60, true
	}
	return 0.5, true
}

// TestSeaBelowCliffs: elevation that is so coarse that a cliff reaches over the water below it
// does not dry a sea whose coastline is whole; a hill that does is none of a cliff's.
func TestSeaBelowCliffs(t *testing.T) {
	whole := []geo.Feature{coast([2]float64{-600, 0}, [2]float64{600, 0})}
	for over, want := range map[cliff]float64{-20: 5e5, -50: 5e5, -120: 0} {
		if got := seaArea(cover.Sea(whole, home, square, over, 0, geo.NewReport())); math.Abs(got-want) > 2 {
			t.Errorf("with a cliff %v m over the sea: %.1f m² of it, want %v", -over, got, want)
		}
	}
	if sea := cover.Sea(whole, home, square, offshore{}, 0, geo.NewReport()); sea != nil {
		t.Errorf("%.1f m² of sea over a hill that no cliff on land explains", seaArea(sea))
	}
	loose := []geo.Feature{coast([2]float64{-600, 0}, [2]float64{400, 0})}
	if sea := cover.Sea(loose, home, square, cliff(-50), 0, geo.NewReport()); sea != nil {
		t.Error("with a coastline that stops, high ground is flooded")
	}
}

func TestSeaFromElevation(t *testing.T) {
	sea := cover.SeaFromElevation(home, square, slope{}, 0, 1000)
	if got := seaArea(sea); math.Abs(got-5e5) > 2e4 {
		t.Errorf("area %.1f", got)
	}
	if !inSea(sea, 0, -100) || inSea(sea, 0, 100) {
		t.Error("wrong side")
	}
	if cover.SeaFromElevation(home, square, nil, 0, 1000) != nil {
		t.Error("sea without elevation")
	}
}
