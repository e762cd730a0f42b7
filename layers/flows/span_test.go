package flows

import (
	"fmt"
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// course is where an arc is at a share of its way, in float64.
func course(w *way, s *span, t float64) mgl64.Vec3 {
	return along(w.up(t), s.height[0]+(s.height[1]-s.height[0])*t+w.rise*4*t*(1-t))
}

// Curves are the courses of arcs within a 20,000th of their length up to 1000 km, a 1500th up to
// 3000 km and a 1000th halfway round the Earth, however high or bent: of a picture that is 2000
// pixels wide and shows all of one, a tenth, one and a half and two of them.
func TestCurvesFollowCourses(t *testing.T) {
	for _, shape := range []string{"arc, height: 0.3", "arc, height: 2", "arc, height: 0.4, tilt: 60", "route, altitude: 9000", "ground, bend: 0.25", "ground, bend: -1"} {
		for _, degrees := range []float64{1e-4, 0.01, 1, 9, 27, 60, 150, 179.9999} {
			c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: arc, shape: "+shape+"}]\n")
			for bearing := range 5 {
				a, at := c.Layer.Props.(*Arc), orb.Point{-70, 35}
				to := away(at, degrees, float64(bearing)*77)
				c.Table = &table.Table{IDs: []string{"1"}, Geometry: []orb.Geometry{orb.LineString{at, to}}}
				draws, err := layer.Draw(c)
				if err != nil || len(draws) != 1 {
					t.Fatal(err, len(draws))
				}
				l := draws[0].What.(*drawable.Lines)
				s := spansOf(c, []ends{{[2]orb.Point{at, to}, true}}, func(int) bool { return true })[0]
				w := a.way(&s, a.Tilt.Constant)
				frame, worst := earth.FrameFromMatrix(l.Frame), 0.0
				for k := range 201 {
					p := l.Curves[0].At(float32(k) / 200)
					worst = math.Max(worst, frame.FromLocal(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}).Sub(course(&w, &s, float64(k)/200)).Len())
				}
				bound := 1. / 20000
				if degrees > 10 {
					bound = 1. / 1500
				}
				if degrees > 30 {
					bound = 1. / 1000
				}
				if length := earth.Radians(degrees) * earth.A; worst > bound*length {
					t.Errorf("%s over %v°, bearing %d: off by %.3g m, 1/%.0f of its length", shape, degrees, bearing*77, worst, length/worst)
				}
			}
		}
	}
}

// away is a place so many degrees away.
func away(p orb.Point, degrees, bearing float64) orb.Point {
	d, b, lat := earth.Radians(degrees), earth.Radians(bearing), earth.Radians(p[1])
	to := math.Asin(math.Sin(lat)*math.Cos(d) + math.Cos(lat)*math.Sin(d)*math.Cos(b))
	lng := math.Atan2(math.Sin(b)*math.Sin(d)*math.Cos(lat), math.Cos(d)-math.Sin(lat)*math.Sin(to))
	return orb.Point{p[0] + earth.Degrees(lng), earth.Degrees(to)}
}

// A course begins and ends at its places, whatever lies between: also antipodes, and where it
// goes over the antimeridian.
func TestCoursesEndAtTheirPlaces(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: arc}]\n")
	for _, e := range [][2]orb.Point{{{7, 43}, {7.001, 43}}, {{179, 10}, {-179, 12}}, {{0, 90}, {50, -20}}, {{30, 0}, {-150, 0}}, {{30, 40}, {-150, -40}}} {
		s := spansOf(c, []ends{{e, true}}, func(int) bool { return true })[0]
		w := c.Layer.Props.(*Arc).way(&s, 0)
		for k, at := range s.at {
			if off := at.Sub(course(&w, &s, float64(k))).Len(); off > 1e-6 {
				t.Errorf("%v: %v m off at end %d", e, off, k)
			}
		}
		if top := course(&w, &s, 0.5); math.IsNaN(top.Len()) || top.Len() < earth.A*0.99 {
			t.Errorf("%v: its middle is at %v", e, top)
		}
	}
	if none := spansOf(c, []ends{{[2]orb.Point{{1, 2}, {1, 2}}, true}, {}}, func(int) bool { return true }); len(none) != 0 {
		t.Errorf("%d arcs of no length", len(none))
	}
}

// Curves on uneven ground are polylines that lie on it.
func TestGroundCurvesFollowTheGround(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: arc, shape: ground, clamp: ground}]\n")
	c.Ground = func(lng, lat float64) float64 { return 200 + 100*math.Sin(lng*500) }
	c.Table = &table.Table{IDs: []string{"1"}, Geometry: []orb.Geometry{orb.LineString{{7, 43}, {7.05, 43.02}}}}
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	l := draws[0].What.(*drawable.Lines)
	f := earth.FrameFromMatrix(l.Frame)
	for i, v := range l.Vertices {
		p := f.Place(mgl64.Vec3{float64(v.Position[0]), float64(v.Position[1]), float64(v.Position[2])})
		if off := p.Height - c.Ground(p.Lng, p.Lat); math.Abs(off) > 0.1 {
			t.Fatal(fmt.Sprint("vertex ", i, " is ", off, " m above the ground"))
		}
	}
	if len(l.Vertices) != groundSteps+1 || len(l.Curves) != 0 {
		t.Error(len(l.Vertices), len(l.Curves))
	}
}
