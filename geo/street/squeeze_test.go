package street_test

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
)

// terrace is 6 m higher north of y = 0.
type terrace struct{}

func (terrace) HeightAt(lng, lat float64) (float64, bool) {
	if _, y := home.Plan(lng, lat); y > 0 {
		return 106, true
	}
	return 100, true
}

// TestStreetsBesideAWall: two streets on a hillside that are drawn so near each other that
// their sidewalks would overlap both end at the wall between them, and keep their lanes; on
// level ground they are as wide as they say.
func TestStreetsBesideAWall(t *testing.T) {
	features := func() []geo.Feature {
		return []geo.Feature{
			line("way/1", [][2]float64{{-200, -3.6}, {-10, -3.4}, {200, -3.6}}, "highway", "primary", "sidewalk", "both"),
			line("way/2", [][2]float64{{-200, 3.6}, {20, 3.5}, {200, 3.6}}, "highway", "primary", "sidewalk", "both"),
			line("way/3", [][2]float64{{-120, -60}, {-120, -30}}, "highway", "primary", "sidewalk", "both"),
		}
	}
	// What the streets reach to: south and north edge of each.
	reach := func(b *geo.Block) (out [2][2]float64) {
		out = [2][2]float64{{math.Inf(1), math.Inf(-1)}, {math.Inf(1), math.Inf(-1)}}
		made := street.Build(b, nil, layers)
		for i := range made.Patches {
			p := &made.Patches[i]
			if p.Feature > 1 {
				continue
			}
			for _, q := range p.Points {
				if math.Abs(q[0]) < 195 {
					r := &out[p.Feature]
					r[0], r[1] = min(r[0], q[1]), max(r[1], q[1])
				}
			}
		}
		return out
	}
	b := block(features()...)
	wide := reach(b)
	if wide[0][1] < 1 || wide[1][0] > -1 {
		t.Fatalf("on level ground the streets reach to %v: they should overlap", wide)
	}
	b = block(features()...)
	b.Elevation = terrace{}
	got := reach(b)
	if got[0][1] > 0 || got[1][0] < 0 {
		t.Errorf("the lower street reaches to %.2f, the upper one from %.2f: they overlap", got[0][1], got[1][0])
	}
	if got[0][1] < -3.5+2.2 || got[1][0] > 3.6-2.2 {
		t.Errorf("the lower street reaches to %.2f, the upper one from %.2f: no room for a lane", got[0][1], got[1][0])
	}
	if math.Abs(got[0][0]-wide[0][0]) > 0.25 || math.Abs(got[1][1]-wide[1][1]) > 0.25 {
		t.Errorf("away from the wall they reach to %.2f and %.2f, not %.2f and %.2f", got[0][0], got[1][1], wide[0][0], wide[1][1])
	}
}

// incline rises evenly: by metres for each to the east and to the north.
type incline [2]float64

func (s incline) HeightAt(lng, lat float64) (float64, bool) {
	x, y := home.Plan(lng, lat)
	return 400 + s[0]*x + s[1]*y, true
}

// TestSteepStreetsKeepTheirWidth: on an even slope no wall stands beside a street, however it
// is split and bent, so it covers what it covers on level ground.
func TestSteepStreetsKeepTheirWidth(t *testing.T) {
	for _, slope := range []float64{0.08, 0.15, 0.2, 0.3} {
		for _, tags := range [][]string{
			{"highway", "primary", "sidewalk", "both"},
			{"highway", "primary", "lanes", "4", "sidewalk", "both"},
			{"highway", "residential"},
		} {
			for k := range 36 {
				sn, cs := math.Sincos(float64(k) * math.Pi / 18)
				at := func(x, y float64) [2]float64 { return [2]float64{cs*x - sn*y, sn*x + cs*y} }
				bend := [][2]float64{at(300, 0)}
				for j := range 19 { // a quarter of a circle of a radius of 30 m
					s, c := math.Sincos(float64(j) * math.Pi / 36)
					bend = append(bend, at(380+30*s, 30-30*c))
				}
				bend = append(bend, at(410, 110))
				features := func() []geo.Feature {
					return []geo.Feature{
						line("way/1", [][2]float64{at(-100, 0), at(-30, 0)}, tags...),
						line("way/2", [][2]float64{at(-30, 0), at(100, 0)}, tags...),
						line("way/3", bend, tags...),
					}
				}
				level := street.Build(block(features()...), nil, layers)
				b := block(features()...)
				b.Elevation = incline{slope * cs, slope * sn} // straight up the first
				steep := street.Build(b, nil, layers)
				if len(steep.Patches) != len(level.Patches) {
					t.Fatalf("%v at %d°, slope %.2f: %d patches, not %d", tags, 10*k, slope, len(steep.Patches), len(level.Patches))
				}
				for i := range level.Patches {
					if want, got := level.Patches[i].Points, steep.Patches[i].Points; !slices.Equal(got, want) {
						t.Fatalf("%v at %d°, slope %.2f: patch %d of way %d is not what it is on level ground", tags, 10*k, slope, i, level.Patches[i].Feature+1)
					}
				}
			}
		}
	}
}

// TestPaintAndTrafficKeepToTheirTerrace: of two wide streets that are drawn 7 m apart with a
// wall between, each has its lanes, its crossings, arrows and stop lines on its own side.
func TestPaintAndTrafficKeepToTheirTerrace(t *testing.T) {
	at := func(id string, y float64) []geo.Feature {
		return []geo.Feature{
			line("way/"+id, [][2]float64{{-200, y}, {-60, y}, {0, y}, {200, y}}, "highway", "primary", "lanes", "4", "sidewalk", "both",
				"turn:lanes:forward", "left|through", "turn:lanes:backward", "left|through"),
			line("node/1"+id, [][2]float64{{-60, y}}, "highway", "crossing", "crossing", "zebra", "crossing:island", "yes"),
			line("node/2"+id, [][2]float64{{0, y}}, "highway", "traffic_signals"),
			line("way/2"+id, [][2]float64{{0, y}, {0, 20 * y}}, "highway", "residential"),
		}
	}
	b := block(append(at("3", -3.6), at("4", 3.6)...)...)
	b.Elevation = terrace{}
	made := street.Build(b, nil, layers)
	paint := map[int]int{}
	for i := range made.Patches {
		p := &made.Patches[i]
		side := 1.0
		if p.Feature == 0 {
			side = -1
		} else if p.Feature != 4 {
			continue
		}
		paint[p.Feature]++
		for _, q := range p.Points {
			if q[0] > -190 && q[0] < -20 && q[1]*side < 0 { // away from where they meet others
				t.Fatalf("way %d covers %.2f on the other terrace (bias %d)", p.Feature, q, p.Bias)
			}
		}
	}
	if paint[0] < 10 || paint[4] < 10 {
		t.Errorf("%v patches: no paint", paint)
	}
	g := street.Traffic(b, nil)
	lanes := 0
	for i := range g.Lanes {
		l := &g.Lanes[i]
		side, height := 1.0, 106.0
		if l.Feature == 0 {
			side, height = -1, 100
		} else if l.Feature != 4 {
			continue
		}
		lanes++
		for _, q := range l.Line {
			if q[1]*side < 0.5 || q[2] != height {
				t.Errorf("lane %d of way %d is at %.2f", l.Index, l.Feature, q)
				break
			}
		}
	}
	if lanes != 16 {
		t.Errorf("%d lanes", lanes)
	}
}

// TestSqueezeFindsWhatLiesOff: a street that lies off its line, as placement tells, is found
// wherever its line is.
func TestSqueezeFindsWhatLiesOff(t *testing.T) {
	for shift := 0.0; shift < 40; shift += 2 {
		b := block(
			line("way/1", [][2]float64{{-200, shift + 20}, {200, shift + 20}}, "highway", "primary", "oneway", "yes", "lanes", "5", "placement", "left_of:1"),
			line("way/2", [][2]float64{{-200, shift - 1}, {200, shift - 1}}, "highway", "primary", "sidewalk", "both"),
		)
		b.Elevation = northOf(shift + 3)
		top := math.Inf(-1)
		made := street.Build(b, nil, layers)
		for i := range made.Patches {
			if p := &made.Patches[i]; p.Feature == 1 {
				for _, q := range p.Points {
					top = max(top, q[1]-shift)
				}
			}
		}
		if top > 5 {
			t.Errorf("shift %.0f m: the lower street reaches to %.2f m", shift, top)
		}
	}
}

// northOf is 6 m higher from there on.
type northOf float64

func (n northOf) HeightAt(lng, lat float64) (float64, bool) {
	if _, y := home.Plan(lng, lat); y > float64(n) {
		return 106, true
	}
	return 100, true
}

// asked notes where heights are asked for.
type asked struct {
	terrace
	west float64
}

func (a *asked) HeightAt(lng, lat float64) (float64, bool) {
	x, _ := home.Plan(lng, lat)
	a.west = min(a.west, x)
	return a.terrace.HeightAt(lng, lat)
}

// TestSqueezeAsksNearby: streets that the block neither owns nor joins are left to others.
func TestSqueezeAsksNearby(t *testing.T) {
	features := []geo.Feature{
		line("way/1", [][2]float64{{100, -3.6}, {400, -3.6}}, "highway", "primary", "sidewalk", "both"),
		line("way/2", [][2]float64{{100, 3.6}, {400, 3.6}}, "highway", "primary", "sidewalk", "both"),
		line("way/3", [][2]float64{{-400, -3.6}, {-100, -3.6}}, "highway", "primary", "sidewalk", "both"),
		line("way/4", [][2]float64{{-400, 3.6}, {-100, 3.6}}, "highway", "primary", "sidewalk", "both"),
	}
	b := block(features...)
	b.Square = orb.Bound{Min: orb.Point{0, -1000}, Max: orb.Point{1000, 1000}}
	a := &asked{west: math.Inf(1)}
	b.Elevation = a
	street.Build(b, nil, layers)
	street.Traffic(b, nil)
	if a.west < 50 || a.west > 150 {
		t.Errorf("heights are asked for from %.0f m on", a.west)
	}
}
