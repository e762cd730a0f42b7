package street_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/street"
)

var home = earth.FrameAt(earth.Place{Lng: 9, Lat: 48})

// line makes a feature of plan metres with tags as key, value pairs.
func line(id string, points [][2]float64, tags ...string) geo.Feature {
	var ls orb.LineString
	for _, p := range points {
		lng, lat := home.Unplan(p[0], p[1])
		ls = append(ls, orb.Point{lng, lat})
	}
	f := geo.Feature{ID: id, Geometry: ls, Tags: map[string]string{}}
	if len(ls) == 1 {
		f.Geometry = ls[0]
	}
	for i := 0; i+1 < len(tags); i += 2 {
		f.Tags[tags[i]] = tags[i+1]
	}
	return f
}

func block(features ...geo.Feature) *geo.Block {
	return &geo.Block{Frame: home, Square: orb.Bound{Min: orb.Point{-1e5, -1e5}, Max: orb.Point{1e5, 1e5}},
		Features: features, Elevation: geo.FlatElevation(100), Report: geo.NewReport()}
}

var layers = street.Options{Roads: "roads", Rails: "rails"}

// star is ways of a class from the origin in directions of degrees.
func star(class string, degrees ...float64) (out []geo.Feature) {
	for i, d := range degrees {
		s, c := math.Sincos(d * math.Pi / 180)
		out = append(out, line(fmt.Sprintf("way/%d", i), [][2]float64{{0, 0}, {150 * c, 150 * s}}, "highway", class))
	}
	return out
}

func circle(r float64, n int) (out [][2]float64) {
	for i := range n + 1 {
		s, c := math.Sincos(2 * math.Pi * float64(i%n) / float64(n))
		out = append(out, [2]float64{r * c, r * s})
	}
	return out
}

var meetings = map[string][]geo.Feature{
	"T":           star("residential", 0, 90, 180),
	"X":           star("secondary", 0, 90, 180, 270),
	"skew X":      star("residential", 10, 75, 190, 255),
	"Y":           star("tertiary", 90, 210, 330),
	"star of six": star("residential", 0, 60, 120, 180, 240, 300),
	"acute":       star("residential", 0, 22, 180),
	"dead end":    star("residential", 0),
	"bend":        star("residential", 0, 130),
	"fan":         star("tertiary", 0, 40, 80),
	"short link": {
		line("way/1", [][2]float64{{-150, 0}, {0, 0}, {150, 0}}, "highway", "residential"),
		line("way/2", [][2]float64{{0, 0}, {0, 8}}, "highway", "residential"),
		line("way/3", [][2]float64{{-150, 8}, {0, 8}, {150, 8}}, "highway", "residential", "sidewalk", "no", "width", "4"),
	},
	"lane change": {
		line("way/1", [][2]float64{{-150, 0}, {0, 0}}, "highway", "primary", "lanes", "2"),
		line("way/2", [][2]float64{{0, 0}, {150, 0}}, "highway", "primary", "lanes", "4"),
	},
	"roundabout": append([]geo.Feature{line("way/9", circle(18, 16), "highway", "tertiary", "junction", "roundabout")},
		line("way/1", [][2]float64{{18, 0}, {150, 0}}, "highway", "tertiary"), line("way/2", [][2]float64{{0, 18}, {0, 150}}, "highway", "tertiary"),
		line("way/3", [][2]float64{{-18, 0}, {-150, 0}}, "highway", "residential")),
	"dual carriageways": {
		line("way/1", [][2]float64{{-150, -8}, {-8, -8}, {8, -8}, {150, -8}}, "highway", "primary", "oneway", "yes", "dual_carriageway", "yes"),
		line("way/2", [][2]float64{{150, 8}, {8, 8}, {-8, 8}, {-150, 8}}, "highway", "primary", "oneway", "yes", "dual_carriageway", "yes"),
		line("way/3", [][2]float64{{8, -150}, {8, -8}, {8, 8}, {8, 150}}, "highway", "secondary", "oneway", "yes", "dual_carriageway", "yes"),
		line("way/4", [][2]float64{{-8, 150}, {-8, 8}, {-8, -8}, {-8, -150}}, "highway", "secondary", "oneway", "yes", "dual_carriageway", "yes"),
	},
}

// carriageways are the patches that vehicles drive on, without paint.
func carriageways(out street.Built) (polys []orb.Polygon, sum float64) {
	for i := range out.Patches {
		p := &out.Patches[i]
		if p.Bias < 14 || p.Bias > 19 {
			continue
		}
		sum += p.Area()
		for t := 0; t < len(p.Indices); t += 3 {
			a, b, c := orb.Point(p.Points[p.Indices[t]]), orb.Point(p.Points[p.Indices[t+1]]), orb.Point(p.Points[p.Indices[t+2]])
			polys = append(polys, orb.Polygon{{a, b, c, a}})
		}
	}
	return polys, sum
}

// TestMeetings: where ways meet, the parts neither overlap nor leave gaps: their areas
// add up to that of their union, which is one piece and covers the node.
func TestMeetings(t *testing.T) {
	for name, features := range meetings {
		b := block(features...)
		out := street.Build(b, nil, layers)
		for i := range out.Patches {
			checkPatch(t, &out.Patches[i])
		}
		polys, sum := carriageways(out)
		union, o := clean.Union(polys, clean.Plan)
		var area float64
		for _, p := range union {
			area += math.Abs(planar.Area(p))
		}
		if o.Reason != "" || math.Abs(sum-area) > 0.002*area {
			t.Errorf("%s: parts of %.2f m², union of %.2f m² %s", name, sum, area, o.Reason)
		}
		if len(union) != 1 {
			t.Errorf("%s: %d pieces", name, len(union))
		}
		for _, p := range union {
			for _, hole := range p[1:] {
				if a := math.Abs(planar.Area(orb.Polygon{hole})); a < 12 {
					t.Errorf("%s: a gap of %.2f m²", name, a)
				}
			}
		}
		if n := b.Report.Summary().Notes["junction filled by its hull"]; n > 0 {
			t.Errorf("%s: %d hulls", name, n)
		}
	}
}

// TestWalksStayOff: sidewalks do not reach into a carriageway of a plain crossing.
func TestWalksStayOff(t *testing.T) {
	for _, name := range []string{"T", "X", "skew X", "Y", "star of six"} {
		out := street.Build(block(meetings[name]...), nil, layers)
		polys, roads := carriageways(out)
		sum := roads
		for i := range out.Patches {
			if p := &out.Patches[i]; p.Bias == 13 {
				sum += p.Area()
				for k := 0; k < len(p.Indices); k += 3 {
					a, b, c := orb.Point(p.Points[p.Indices[k]]), orb.Point(p.Points[p.Indices[k+1]]), orb.Point(p.Points[p.Indices[k+2]])
					polys = append(polys, orb.Polygon{{a, b, c, a}})
				}
			}
		}
		union, _ := clean.Union(polys, clean.Plan)
		var area float64
		for _, p := range union {
			area += math.Abs(planar.Area(p))
		}
		if math.Abs(sum-area) > 0.003*area || len(union) != 1 {
			t.Errorf("%s: parts of %.2f m², union of %.2f m² in %d", name, sum, area, len(union))
		}
	}
}

// TestSections: lanes, sidewalks and parking give a way its width.
func TestSections(t *testing.T) {
	for _, c := range []struct {
		tags []string
		want float64 // between the outer edges
	}{
		{[]string{"highway", "residential"}, 6.5 + 4},
		{[]string{"highway", "residential", "sidewalk", "no"}, 6.5},
		{[]string{"highway", "residential", "sidewalk", "left"}, 6.5 + 2},
		{[]string{"highway", "residential", "sidewalk", "separate", "width", "9,5"}, 9.5},
		{[]string{"highway", "residential", "sidewalk", "no", "width", "1e9"}, 12},
		{[]string{"highway", "primary", "lanes", "4"}, 4*3.3 + 0.8},
		{[]string{"highway", "primary", "lanes", "4", "lanes:forward", "3"}, 4*3.3 + 0.8},
		{[]string{"highway", "primary", "lanes", "2;3", "oneway", "yes"}, 2*3.3 + 0.8},
		{[]string{"highway", "primary", "lanes", "many"}, 2*3.3 + 0.8},
		{[]string{"highway", "residential", "sidewalk", "no", "parking:both", "lane"}, 6.5 + 4.4},
		{[]string{"highway", "tertiary", "cycleway:right", "lane", "sidewalk", "no"}, 2*3.1 + 0.5 + 1.7},
		{[]string{"railway", "rail"}, 4.2},
		{[]string{"highway", "footway"}, 2},
		{[]string{"railway", "subway", "tunnel", "yes"}, 0},
		{[]string{"highway", "primary", "tunnel", "building_passage"}, 2*3.3 + 0.8},
		{[]string{"highway", "proposed"}, 0},
		{[]string{"highway", "pedestrian", "area", "yes"}, 0},
	} {
		out := street.Build(block(line("way/1", [][2]float64{{0, 0}, {400, 0}}, c.tags...)), nil, layers)
		lo, hi := math.Inf(1), math.Inf(-1)
		for i := range out.Patches {
			for _, p := range out.Patches[i].Points {
				lo, hi = math.Min(lo, p[1]), math.Max(hi, p[1])
			}
		}
		if got := math.Max(hi-lo, 0); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%v: %.3f m wide, want %.3f", c.tags, got, c.want)
		}
	}
}

// TestSharpBends: hairpins, spikes back along themselves and closed rings give sound
// triangles that stay near the line.
func TestSharpBends(t *testing.T) {
	for i, pts := range [][][2]float64{
		{{0, 0}, {100, 0}, {0, 1}},
		{{0, 0}, {100, 0}, {0, 0}},
		{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}},
		{{0, 0}, {50, 0}, {50, 50}, {0, 50}, {0, 0}},
		{{0, 0}, {0.5, 0.5}, {0, 1}, {0.5, 1.5}, {0, 200}},
		{{0, 0}, {0, 0}, {10, 0}},
		{{0, 0}, {60, 0}, {66, 5}, {66, 9}, {60, 14}, {0, 14}},
	} {
		out := street.Build(block(line("way/1", pts, "highway", "residential")), nil, layers)
		if len(out.Patches) == 0 {
			t.Errorf("line %d: nothing built", i)
		}
		for k := range out.Patches {
			checkPatch(t, &out.Patches[k])
			for _, p := range out.Patches[k].Points {
				best := math.Inf(1)
				for j := 1; j < len(pts); j++ {
					best = math.Min(best, toSegment(pts[j-1], pts[j], p))
				}
				if best > 5.25*1.5 {
					t.Errorf("line %d: %v is %.2f m from the line", i, p, best)
				}
			}
		}
	}
}

func toSegment(a, b, p [2]float64) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	l := dx*dx + dy*dy
	t := 0.0
	if l > 0 {
		t = math.Max(0, math.Min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/l))
	}
	return math.Hypot(p[0]-a[0]-t*dx, p[1]-a[1]-t*dy)
}

// town is a bent grid of streets with alleys, short links and crossings.
func town() (out []geo.Feature) {
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 10
	var at [n][n][2]float64
	for i := range n {
		for j := range n {
			at[i][j] = [2]float64{float64(i)*90 - 400 + rng.Float64()*40, float64(j)*80 - 350 + rng.Float64()*40}
		}
	}
	classes := []string{"residential", "residential", "tertiary", "secondary", "service", "footway"}
	for i := range n {
		var a, b [][2]float64
		for j := range n {
			a, b = append(a, at[i][j]), append(b, at[j][i])
		}
		out = append(out, line(fmt.Sprintf("way/%d", 2*i), a, "highway", classes[i%len(classes)]), line(fmt.Sprintf("way/%d", 2*i+1), b, "highway", classes[(i+2)%len(classes)]))
		p := at[i][5]
		out = append(out, line(fmt.Sprintf("way/%d", 100+i), [][2]float64{p, {p[0] + 9, p[1] + 9}, {p[0] + 60, p[1] + 20}}, "highway", "residential"),
			line(fmt.Sprintf("way/%d", 200+i), [][2]float64{{p[0] + 9, p[1] + 9}, {p[0] - 20, p[1] + 50}}, "highway", "residential"),
			line(fmt.Sprintf("node/%d", i), [][2]float64{at[i][3]}, "highway", "traffic_signals"))
	}
	return out
}

// TestBlocks: the same comes out whether the town is one block or nine that each hold
// what comes within Reach of their square and of what they own.
func TestBlocks(t *testing.T) {
	features := town()
	name := func(features []geo.Feature, built street.Built) (out []cover.Patch, ids []string) {
		for _, p := range built.Patches {
			ids = append(ids, features[p.Feature].ID)
			p.Feature = 0
			out = append(out, p)
		}
		return out, ids
	}
	whole := block(features...)
	want, ids := name(features, street.Build(whole, nil, layers))
	var got []cover.Patch
	var gotIDs []string
	for i := range 3 {
		for j := range 3 {
			sq := orb.Bound{Min: orb.Point{float64(i)*400 - 700, float64(j)*400 - 650}, Max: orb.Point{float64(i)*400 - 300, float64(j)*400 - 250}}
			b := &geo.Block{Frame: home, Square: sq, Elevation: whole.Elevation, Report: geo.NewReport()}
			box := func(f *geo.Feature) orb.Bound {
				var out orb.Bound
				for k, p := range points(f) {
					x, y := home.Plan(p[0], p[1])
					if k == 0 {
						out = orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x, y}}
					}
					out = out.Extend(orb.Point{x, y})
				}
				return out
			}
			for k := range features {
				near := box(&features[k]).Intersects(sq.Pad(street.Reach))
				for m := range features {
					near = near || b.OwnsFeature(&features[m]) && box(&features[k]).Intersects(box(&features[m]).Pad(street.Reach))
				}
				if near {
					b.Features = append(b.Features, features[k])
				}
			}
			p, id := name(b.Features, street.Build(b, nil, layers))
			got, gotIDs = append(got, p...), append(gotIDs, id...)
		}
	}
	sorted := func(p []cover.Patch, ids []string) []string {
		var out []string
		for i := range p {
			out = append(out, fmt.Sprint(ids[i], p[i]))
		}
		slices.SortFunc(out, cmp.Compare)
		return out
	}
	if a, b := sorted(want, ids), sorted(got, gotIDs); !reflect.DeepEqual(a, b) {
		t.Errorf("%d patches in one block, %d in nine, or not the same", len(a), len(b))
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Fatalf("first:\n%s\n%s", a[i], b[i])
			}
		}
	}
}

func points(f *geo.Feature) []orb.Point {
	if p, ok := f.Geometry.(orb.Point); ok {
		return []orb.Point{p}
	}
	return f.Geometry.(orb.LineString)
}
