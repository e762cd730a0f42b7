package barrier_test

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/barrier"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/model"
)

var frame = earth.FrameAt(earth.Place{Lng: 1.5, Lat: 42.5})

func at(x, y float64) orb.Point {
	lng, lat := frame.Unplan(x, y)
	return orb.Point{lng, lat}
}

func way(id string, ps []orb.Point, kv ...string) geo.Feature {
	f := geo.Feature{ID: id, Geometry: orb.LineString(ps), Tags: map[string]string{}}
	for i := 0; i+1 < len(kv); i += 2 {
		f.Tags[kv[i]] = kv[i+1]
	}
	return f
}

func build(fs []geo.Feature, x0, y0, x1, y1, detail float64) (geo.Content, float64) {
	b := &geo.Block{Frame: frame, Square: orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}}, Features: fs, Elevation: geo.FlatElevation(0), Report: geo.NewReport()}
	c := geo.Content{Frame: frame}
	err := barrier.New(b, "barriers", barrier.Options{Wires: true}).Make(detail, &c)
	return c, err
}

func hamlet() []geo.Feature {
	return []geo.Feature{
		way("way/1", []orb.Point{at(-250, -250), at(150, -240), at(160, 130), at(-250, -250)}, "barrier", "hedge"),
		way("way/2", []orb.Point{at(-100, 40), at(33, 47), at(120, 44)}, "barrier", "wall"),
		way("way/3", []orb.Point{at(-50, 200), at(200, 210)}, "barrier", "fence"),
		way("way/4", []orb.Point{at(-50, 220), at(200, 230)}, "barrier", "fence", "fence_type", "chain_link"),
		way("way/5", []orb.Point{at(-280, 0), at(-20, 90), at(190, 120), at(290, 290)}, "power", "line", "voltage", "225000"),
		way("way/6", []orb.Point{at(0, -300), at(10, 300)}, "highway", "track"),
		way("way/7", []orb.Point{at(-200, -100), at(200, -160)}, "aerialway", "gondola"),
	}
}

// What blocks hold together is the same however the hamlet is cut.
func TestCuts(t *testing.T) {
	list := func(side, detail float64) (out []string) {
		for y := -300.0; y < 300; y += side {
			for x := -300.0; x < 300; x += side {
				c, _ := build(hamlet(), x, y, x+side, y+side, detail)
				for _, m := range c.Instances {
					for _, i := range m.Items {
						out = append(out, fmt.Sprint(m.Model, i.Position, i.Yaw, i.Scale))
					}
				}
				for _, m := range c.Meshes {
					for k := 0; k+2 < len(m.Indices); k += 3 {
						out = append(out, fmt.Sprint(m.Material, m.Positions[m.Indices[k]], m.Positions[m.Indices[k+1]], m.Positions[m.Indices[k+2]]))
					}
				}
			}
		}
		sort.Strings(out)
		return out
	}
	for _, detail := range []float64{0, 0.6, 3} {
		whole := list(600, detail)
		for _, side := range []float64{200, 75} {
			if got := list(side, detail); !slices.Equal(got, whole) {
				t.Errorf("detail %g: %d pieces in blocks of %g m, %d in one", detail, len(got), side, len(whole))
			}
		}
		if len(whole) < 50 {
			t.Errorf("detail %g: %d pieces", detail, len(whole))
		}
	}
}

// Meshes are whole: unit normals on the side that faces see, no empty triangles, one
// feature a vertex; the error keeps to the detail.
func TestMeshes(t *testing.T) {
	for _, detail := range []float64{0, 0.3, 1, 5, 60} {
		c, err := build(hamlet(), -300, -300, 300, 300, detail)
		if err > detail {
			t.Errorf("detail %g: error %g", detail, err)
		}
		for _, m := range c.Meshes {
			if n := len(m.Positions); len(m.Normals) != n || len(m.Colors) != n || len(m.UVs) != n || len(m.Features) != n {
				t.Fatalf("%s: ragged", m.Material)
			}
			for k := 0; k < len(m.Indices); k += 3 {
				var p, n [3]mgl64.Vec3
				for e := range 3 {
					v := m.Indices[k+e]
					p[e] = mgl64.Vec3{float64(m.Positions[v][0]), float64(m.Positions[v][1]), float64(m.Positions[v][2])}
					n[e] = mgl64.Vec3{float64(m.Normals[v][0]), float64(m.Normals[v][1]), float64(m.Normals[v][2])}
					if math.Abs(n[e].Len()-1) > 1e-4 {
						t.Fatalf("normal of length %g", n[e].Len())
					}
				}
				face := p[1].Sub(p[0]).Cross(p[2].Sub(p[0]))
				if face.Len() < 1e-9 {
					t.Fatalf("%s: an empty triangle", m.Material)
				}
				if face.Dot(n[0].Add(n[1]).Add(n[2])) < -1e-6*face.Len() {
					t.Fatalf("detail %g, %s: a face against its normals at %v", detail, m.Material, p[0])
				}
			}
		}
	}
}

// A straight wall looks outwards on both sides and at its ends.
func TestOutwards(t *testing.T) {
	c, _ := build([]geo.Feature{way("way/1", []orb.Point{at(0, 0), at(8, 0)}, "barrier", "wall", "wall", "brick", "height", "2")}, -50, -50, 50, 50, 0)
	if len(c.Meshes) != 1 {
		t.Fatalf("%d meshes", len(c.Meshes))
	}
	m := c.Meshes[0]
	for k, p := range m.Positions {
		from := mgl64.Vec3{float64(p[0]) - 4, float64(p[1]) * 20, float64(p[2]) - 1}
		n := mgl64.Vec3{float64(m.Normals[k][0]), float64(m.Normals[k][1]), float64(m.Normals[k][2])}
		if n.Dot(from) <= 0 {
			t.Fatalf("at %v it looks to %v", p, n)
		}
	}
}

// A hedge is open where the track crosses.
func TestGap(t *testing.T) {
	c, _ := build(hamlet()[:6], -300, -300, 300, 300, 0)
	for _, m := range c.Meshes {
		if m.Material != geo.Foliage {
			continue
		}
		for _, p := range m.Positions {
			x, y := float64(p[0]), float64(p[1])
			if math.Abs(x-(5+y/60)) < 1 {
				t.Fatalf("hedge on the track at %v", p)
			}
		}
	}
}

// The wire hangs by its sag below the chord's middle and ends where it should.
func TestHang(t *testing.T) {
	for _, c := range [][3]float64{{10, 10, 3}, {30, 60, 9}} {
		if barrier.Hang(c[0], c[1], c[2], 0) != c[0] || math.Abs(barrier.Hang(c[0], c[1], c[2], 1)-c[1]) > 1e-12 {
			t.Error("ends")
		}
		if mid := barrier.Hang(c[0], c[1], c[2], 0.5); math.Abs((c[0]+c[1])/2-mid-c[2]) > 1e-12 {
			t.Errorf("sag %g, want %g", (c[0]+c[1])/2-mid, c[2])
		}
	}
	// Against the catenary itself: a·cosh(x/a) with the same ends and sag 3 % of the span.
	const span, sag = 300.0, 9.0
	a := span * span / 8 / sag
	for range 50 { // a(cosh(span/2a) - 1) = sag
		a *= a * (math.Cosh(span/2/a) - 1) / sag
	}
	worst := 0.0
	for t := 0.0; t <= 1; t += 0.01 {
		y := a*math.Cosh((t-0.5)*span/a) - a*math.Cosh(span/2/a)
		worst = math.Max(worst, math.Abs(y-barrier.Hang(0, 0, sag, t)))
	}
	if worst > 0.01*sag {
		t.Errorf("the parabola is %.3f m from the catenary", worst)
	}
}

// Pylons stand across their line, at the angle's bisector where it turns, scaled by
// voltage; the lowest wire sags 3 % of the span and stays above the ground.
func TestPowerLine(t *testing.T) {
	fs := []geo.Feature{way("way/1", []orb.Point{at(-300, 0), at(0, 0), at(0, 300)}, "power", "line", "voltage", "400000")}
	c, _ := build(fs, -400, -400, 400, 400, 0)
	if len(c.Instances) != 1 || c.Instances[0].Model != "pylon" || len(c.Instances[0].Items) != 3 {
		t.Fatalf("instances %v", c.Instances)
	}
	want := map[[2]int]float64{{-300, 0}: 0, {0, 0}: math.Pi / 4, {0, 300}: math.Pi / 2}
	for _, i := range c.Instances[0].Items {
		yaw := want[[2]int{int(math.Round(float64(i.Position[0]))), int(math.Round(float64(i.Position[1])))}]
		if d := math.Abs(math.Sin(float64(i.Yaw) - yaw)); d > 1e-3 || i.Scale != 52 {
			t.Errorf("pylon at %v: yaw %.3f, %g m", i.Position, i.Yaw, i.Scale)
		}
	}
	low := math.Inf(1)
	for _, p := range c.Meshes[0].Positions {
		low = math.Min(low, float64(p[2]))
	}
	hook := model.PylonArms["pylon"][0][1] * 52 / model.Height("pylon")
	if math.Abs(low-(hook-9)) > 0.3 {
		t.Errorf("the lowest wire is at %.2f m, %.2f wanted", low, hook-9)
	}
}

// FuzzBarrier: no tags and no line make it panic or write what is not a number.
func FuzzBarrier(f *testing.F) {
	f.Add("barrier", "hedge", "height", "1e9", 10.0, 20.0)
	f.Add("power", "line", "voltage", "x;400000", 0.0, 0.0)
	f.Add("aerialway", "chair_lift", "height", "3", 4e6, -9.0)
	f.Add("barrier", "fence", "fence_type", "wood", math.NaN(), 1.0)
	f.Fuzz(func(t *testing.T, k1, v1, k2, v2 string, x, y float64) {
		p := orb.Point{1.5 + x*1e-5, 42.5 + y*1e-5}
		fs := []geo.Feature{
			way("way/1", []orb.Point{at(0, 0), p, at(30, 5), at(30, 5), at(0, 0)}, k1, v1, k2, v2),
			{ID: "node/1", Geometry: at(30, 5), Tags: map[string]string{k1: v1, k2: v2}}, {ID: "node/2", Geometry: p, Tags: map[string]string{"power": "tower", k2: v2}},
		}
		c, _ := build(fs, 0, 0, 50, 50, 0)
		for _, m := range c.Meshes {
			for _, q := range m.Positions {
				if math.IsNaN(float64(q[0]+q[1]+q[2])) || math.IsInf(float64(q[0]+q[1]+q[2]), 0) {
					t.Fatal("not a number")
				}
			}
		}
	})
}
