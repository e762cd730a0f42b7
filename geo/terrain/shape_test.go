package terrain

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// tilted is a plane of 30 % to the east.
type tilted struct{ frame earth.Frame }

func (s tilted) HeightAt(lng, lat float64) (float64, bool) {
	x, _ := s.frame.Plan(lng, lat)
	return 500 + 0.3*x, true
}

func (s tilted) plan(x, _ float64) (float64, bool) { return 500 + 0.3*x, true }

// pond lies beside the road, where the slope is at 465 m.
var pond = Flat{Polygon: orb.Polygon{{{-137, -65}, {-101, -67}, {-95, -20}, {-135, -25}, {-137, -65}}}, Height: 466, Depth: 2}

// flattened is the slope with a road across it, another along it, a house and a pond.
func flattened(t *testing.T, detail float64) (*Terrain, Shapes) {
	t.Helper()
	f := earth.FrameAt(andorra)
	ground := tilted{f}.plan
	across, ok := RoadBed(orb.LineString{{-150, -97}, {-20, -90}, {150, 103}}, 4, ground, Bank{})
	along, ok2 := RoadBed(orb.LineString{{41, -200}, {41, 200}}, 3, ground, Bank{})
	pad, relief, ok3 := BuildingPad(orb.Polygon{{{-60, 40}, {-40, 45}, {-45, 70}, {-65, 65}, {-60, 40}}}, ground, Bank{Slope: 1, Reach: 10})
	if !ok || !ok2 || !ok3 || relief < 6 || relief > 8 {
		t.Fatal("the ground is known")
	}
	s := Shapes{Pads: []Pad{pad, {Height: math.NaN(), Outline: pad.Outline}, {}},
		Corridors: []Corridor{across, along, {Line: orb.LineString{{0, 0}, {1, 1}}}, {Line: orb.LineString{{0, 0}, {math.NaN(), 1}}, Heights: []float64{1, 2}}}}
	tr, err := New(tilted{f}, Options{Frame: f, Min: [2]float64{-256, -256}, Size: 512, Cells: 64, TileCells: 8,
		Shapes: s.Index(), Detail: detail, Error: 0.1, Flat: []Flat{pond}})
	if err != nil {
		t.Fatal(err)
	}
	return tr, s
}

// TestLevelAcross: a road that climbs a slope aslant is level across its width, a house
// stands level, and the ground beside them is nowhere steeper than its bank.
func TestLevelAcross(t *testing.T) {
	tr, s := flattened(t, 1)
	height := func(x, y float64) float64 {
		h, ok := tr.HeightAtPlan(x, y)
		if !ok {
			t.Fatal("outside")
		}
		return h
	}
	const bound = 0.1 + 0.35 // the mesh's, and half a cell of a bank
	for _, c := range s.Corridors[:2] {
		for k := 0; k+1 < len(c.Line); k++ {
			p, q := c.Line[k], c.Line[k+1]
			l := math.Hypot(q[0]-p[0], q[1]-p[1])
			nx, ny := -(q[1]-p[1])/l, (q[0]-p[0])/l
			if math.Hypot(p[0]-41, p[1]+20) < 40 || math.Hypot(p[0]+20, p[1]+90) < 12 { // the crossing and the bend
				continue
			}
			for _, off := range []float64{-0.8, 0.8} {
				d := height(p[0]+off*c.Half*nx, p[1]+off*c.Half*ny) - c.Heights[k]
				if math.Abs(d) > bound {
					t.Errorf("the road leans %.2f m at %v", d, p)
				}
			}
		}
	}
	pad := s.Pads[0]
	lo, hi, _ := tr.MinMaxIn(orb.Polygon{{{-58, 45}, {-47, 48}, {-49, 64}, {-61, 62}, {-58, 45}}})
	if lo < pad.Height-0.11 || hi > pad.Height+0.11 {
		t.Errorf("the house stands on %v to %v, its pad is at %v", lo, hi, pad.Height)
	}
	// East of the house the hill is cut, no steeper than 1:1 beyond half the reach.
	steepest := 0.0
	for x := -40.0; x < -33; x += 0.5 {
		steepest = max(steepest, height(x+1, 57)-height(x, 57))
	}
	if steepest < 0.4 || steepest > 1.6 {
		t.Errorf("the cutting rises %.2f m a metre", steepest)
	}
	// Beyond the shapes' reach the ground is what it was.
	for _, p := range [][2]float64{{-200, 100}, {200, -200}, {-100, 200}} {
		if d := height(p[0], p[1]) - 500 - 0.3*p[0]; math.Abs(d) > 0.11 {
			t.Errorf("moved %.2f m at %v", d, p)
		}
	}
}

// TestDetailEdges: tiles with detail and their neighbours without share their edges.
func TestDetailEdges(t *testing.T) {
	tr, _ := flattened(t, 1)
	fine := tr.Levels()[len(tr.Levels())-1]
	detailed := 0
	for iy := range fine.Tiles {
		for ix := range fine.Tiles {
			p, _ := tr.Tile(fine.Depth, ix, iy, fine.Error)
			if w := tr.window(ix, iy, fine.Cells); w.factor > 1 {
				detailed++
				worst, missed := deviationOfWindow(w, p)
				if worst > p.Error+1e-3 || missed > 0 {
					t.Errorf("tile %d/%d: %v m off its detail, %v stated; %d nodes missed", ix, iy, worst, p.Error, missed)
				}
			}
			if ix+1 < fine.Tiles {
				q, _ := tr.Tile(fine.Depth, ix+1, iy, fine.Error)
				sameEdge(t, p, q, 1, 3)
			}
			if iy+1 < fine.Tiles {
				q, _ := tr.Tile(fine.Depth, ix, iy+1, fine.Error)
				sameEdge(t, p, q, 2, 0)
			}
		}
	}
	if detailed < 4 || detailed == fine.Tiles*fine.Tiles {
		t.Errorf("%d of %d tiles have detail", detailed, fine.Tiles*fine.Tiles)
	}
}

// TestPondBesideRoad: detail lays water anew. Its bed ends where the polygon does, to a
// cell of the detail, and no ground within two cells of the grid lies below its surface.
func TestPondBesideRoad(t *testing.T) {
	tr, _ := flattened(t, 1)
	fine := tr.Levels()[len(tr.Levels())-1]
	beds := 0
	for iy := range fine.Tiles {
		for ix := range fine.Tiles {
			w := tr.window(ix, iy, fine.Cells)
			if w.factor == 1 {
				continue
			}
			for j := 1; j < w.cells; j++ {
				for i := 1; i < w.cells; i++ {
					p, at := w.plan(i, j), w.at(i, j)
					in := planar.PolygonContains(pond.Polygon, p)
					if in != (w.kind[at] == bed) && squared(pond.Polygon, p) > 1e-12 {
						t.Fatalf("kind %d at %v", w.kind[at], p)
					}
					if in {
						beds++
					} else if d := squared(pond.Polygon, p); d < 12*12 && w.heights[at] < 466 {
						t.Fatalf("%v m at %v, %v m from the shore", w.heights[at], p, d)
					}
				}
			}
		}
	}
	if beds < 500 {
		t.Errorf("%d nodes of bed", beds)
	}
}

// deviationOfWindow measures a patch at all nodes of a tile's own lattice.
func deviationOfWindow(w *window, p *Patch) (worst float64, missed int) {
	step := w.t.cell / float64(w.factor)
	grid := func(p [2]float64) (x, y float64) {
		o := w.plan(0, 0)
		return math.Round((p[0] - o[0]) / step), math.Round((p[1] - o[1]) / step)
	}
	seen := make([]bool, (w.cells+1)*(w.cells+1))
	for k := 0; k < len(p.Tris); k += 3 {
		var x, y, h [3]float64
		for i := range 3 {
			v := p.Tris[k+i]
			x[i], y[i] = grid(p.XY[v])
			h[i] = p.H[v] + w.t.ellipsoid.over(p.XY[v][0], p.XY[v][1])
		}
		d := (x[1]-x[0])*(y[2]-y[0]) - (y[1]-y[0])*(x[2]-x[0])
		for j := min(y[0], y[1], y[2]); j <= max(y[0], y[1], y[2]); j++ {
			for i := min(x[0], x[1], x[2]); i <= max(x[0], x[1], x[2]); i++ {
				b := ((i-x[0])*(y[2]-y[0]) - (j-y[0])*(x[2]-x[0])) / d
				c := ((x[1]-x[0])*(j-y[0]) - (y[1]-y[0])*(i-x[0])) / d
				if b < -1e-9 || c < -1e-9 || b+c > 1+1e-9 {
					continue
				}
				seen[int(j)*(w.cells+1)+int(i)] = true
				q := w.plan(int(i), int(j))
				z := float64(w.heights[w.at(int(i), int(j))]) + w.t.ellipsoid.over(q[0], q[1])
				worst = max(worst, math.Abs(h[0]+b*(h[1]-h[0])+c*(h[2]-h[0])-z))
			}
		}
	}
	for _, s := range seen {
		if !s {
			missed++
		}
	}
	return worst, missed
}

func TestShapesDeterministic(t *testing.T) {
	a, _ := flattened(t, 2)
	b, _ := flattened(t, 2)
	if !reflect.DeepEqual(heightsOf(a), heightsOf(b)) {
		t.Fatal("two grids differ")
	}
	p, _ := a.Tile(2, 1, 1, 0.1)
	q, _ := b.Tile(2, 1, 1, 0.1)
	if !reflect.DeepEqual(p, q) {
		t.Fatal("two tiles differ")
	}
}

// TestStreamFalls: the bed of a stream never rises along its line, however the ground
// does, and is as near to it as that allows.
func TestStreamFalls(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	rough := func(x, _ float64) (float64, bool) { return 300 - 0.02*x + 4*math.Sin(x/30) + r.Float64(), true }
	c, ok := StreamBed(orb.LineString{{0, 0}, {2000, 0}}, 5, rough, Bank{})
	if !ok || len(c.Heights) != len(c.Line) || len(c.Line) < 200 {
		t.Fatalf("%d heights for %d points", len(c.Heights), len(c.Line))
	}
	sum := 0.0
	for k, h := range c.Heights {
		if k > 0 && h > c.Heights[k-1] {
			t.Fatalf("rises at %d", k)
		}
		g, _ := rough(c.Line[k][0], 0)
		sum += g - h
	}
	if mean := sum / float64(len(c.Heights)); math.Abs(mean) > 0.3 {
		t.Errorf("the bed lies %.2f m off the ground on average", mean)
	}
	if _, ok := StreamBed(orb.LineString{{0, 0}, {10, 0}}, 5, func(x, y float64) (float64, bool) { return 0, false }, Bank{}); ok {
		t.Error("a bed in unknown ground")
	}
}

// bumped is a slope with a hill of 20 m around a place.
type bumped struct {
	tilted
	x, y float64
}

func (b bumped) HeightAt(lng, lat float64) (float64, bool) {
	h, _ := b.tilted.HeightAt(lng, lat)
	x, y := b.frame.Plan(lng, lat)
	return h + max(0, 5-math.Hypot(x-b.x, y-b.y)/4), true
}

// TestDigests: a tile of whatever level whose digests are the same is the same with all
// that is known of it, and what has changed changes few others' digests. With shapes in
// detail and with shapes laid into the grid.
func TestDigests(t *testing.T) {
	for _, detail := range []float64{1, 0} {
		tr, shapes := flattened(t, detail)
		plain := tr.Digests()
		shore := func(o *Options) { // by less than a cell of the grid
			moved := pond
			moved.Polygon = orb.Polygon{{{-137, -65}, {-101, -67}, {-95, -21}, {-135, -25}, {-137, -65}}}
			o.Flat = []Flat{moved}
		}
		house := func(x, y, up float64) func(o *Options) {
			return func(o *Options) {
				s := shapes
				s.Pads = slices.Clone(s.Pads)
				var ring orb.Ring
				for _, p := range s.Pads[0].Outline[0] {
					ring = append(ring, orb.Point{p[0] + x, p[1] + y})
				}
				s.Pads[0].Outline = orb.Polygon{ring}
				s.Pads[0].Height += up
				o.Shapes = s.Index()
			}
		}
		road := func(o *Options) {
			s := shapes
			s.Corridors = s.Corridors[1:]
			o.Shapes = s.Index()
		}
		for name, c := range map[string]struct {
			change func(o *Options)
			elev   geo.Elevation
		}{
			"shore": {shore, tilted{tr.Frame()}}, "higher house": {house(0, 0, 0.5), tilted{tr.Frame()}}, "moved house": {house(3, -2, 0), tilted{tr.Frame()}},
			"far house": {house(150, 80, 0), tilted{tr.Frame()}}, "no road": {road, tilted{tr.Frame()}},
			"hill": {func(*Options) {}, bumped{tilted{tr.Frame()}, 130, -130}}, "hill at a side": {func(*Options) {}, bumped{tilted{tr.Frame()}, 129, -96}},
			"hill beyond a side": {func(*Options) {}, bumped{tilted{tr.Frame()}, -24, -96}}, "hill beyond a road": {func(*Options) {}, bumped{tilted{tr.Frame()}, 41, -152}},
		} {
			if testing.Short() && name != "moved house" && name != "hill at a side" {
				continue
			}
			o := tr.o
			c.change(&o)
			other, err := New(c.elev, o)
			if err != nil {
				t.Fatal(err)
			}
			digests := other.Digests()
			changed, told := 0, 0
			for _, l := range tr.levels {
				for iy := range l.Tiles {
					for ix := range l.Tiles {
						p, _ := tr.Tile(l.Depth, ix, iy, l.Error)
						q, _ := other.Tile(l.Depth, ix, iy, l.Error)
						same := reflect.DeepEqual(p, q)
						if !same {
							changed++
						}
						if !bytes.Equal(plain.Tile(nil, tr, l.Depth, ix, iy), digests.Tile(nil, other, l.Depth, ix, iy)) {
							told++
						} else if !same {
							t.Errorf("detail %g, %s: tile %d/%d/%d changed, its digests did not", detail, name, l.Depth, ix, iy)
						}
					}
				}
			}
			if changed == 0 && (detail > 0 || name != "shore") || told > 2*changed+12 {
				t.Errorf("detail %g, %s: %d tiles changed, %d digests", detail, name, changed, told)
			}
			a, b := tr.Asked(), other.Asked()
			for x := -255.0; x < 256; x += 7.3 {
				for y := -255.0; y < 256; y += 7.3 {
					lng, lat := tr.Frame().Unplan(x, y)
					was, _ := a.HeightAt(lng, lat)
					is, _ := b.HeightAt(lng, lat)
					k := []int{a.Note(lng, lat)}
					if was != is && bytes.Equal(plain.Of(nil, k), digests.Of(nil, k)) {
						t.Errorf("detail %g, %s: the ground at %.1f, %.1f changed, its digest did not", detail, name, x, y)
					}
				}
			}
		}
	}
}

// Tiles are noted where heights are asked, and nowhere else.
func TestAsked(t *testing.T) {
	tr, _ := flattened(t, 1)
	a := tr.Asked()
	for _, p := range [][2]float64{{-255, -255}, {-250, -255}, {-191.9, -255}, {255, 255}, {1e5, 0}} {
		lng, lat := tr.Frame().Unplan(p[0], p[1])
		h, ok := a.HeightAt(lng, lat)
		if want, there := tr.HeightAt(lng, lat); h != want || ok != there {
			t.Errorf("%v at %v, want %v", h, p, want)
		}
	}
	if got := a.Tiles(); !slices.Equal(got, []int{0, 1, 63}) {
		t.Errorf("asked in tiles %v", got)
	}
}
