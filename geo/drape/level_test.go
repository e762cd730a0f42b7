package drape_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/drape"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/street"
	"github.com/longtake/longtake/geo/terrain"
)

// bumpy is a hillside of 35 % with bumps.
type bumpy struct{ frame earth.Frame }

func (b bumpy) HeightAt(lng, lat float64) (float64, bool) {
	x, y := b.frame.Plan(lng, lat)
	return 800 + 0.35*x + 3*math.Sin(x/17)*math.Cos(y/23), true
}

// TestRoadsNeverFloat: a road that is draped over cut and filled ground lies on it
// of every level as it is drawn, and is level across.
func TestRoadsNeverFloat(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 1.5, Lat: 42.5})
	at := func(x, y float64) orb.Point { lng, lat := frame.Unplan(x, y); return orb.Point{lng, lat} }
	road := geo.Feature{ID: "way/1", Geometry: orb.LineString{at(-180, -200), at(30, 0), at(20, 220)}, Tags: map[string]string{"highway": "residential"}}
	b := &geo.Block{Features: []geo.Feature{road}, Frame: frame, Square: orb.Bound{Min: orb.Point{-256, -256}, Max: orb.Point{256, 256}},
		Elevation: bumpy{frame}, Report: geo.NewReport()}
	patches := street.Build(b, nil, street.Options{Roads: "roads"}).Patches
	works := street.Earthworks(b, nil, street.Options{Roads: "roads"})
	tr, err := terrain.New(bumpy{frame}, terrain.Options{Frame: frame, Min: [2]float64{-256, -256}, Size: 512, Cells: 64, TileCells: 16,
		Error: 0.5, Shapes: works.Index(), Detail: 1})
	if err != nil {
		t.Fatal(err)
	}
	index := drape.NewIndex(patches)
	levels := tr.Levels()
	for _, l := range levels {
		vertices := 0
		for iy := range l.Tiles {
			for ix := range l.Tiles {
				p, err := tr.Tile(l.Depth, ix, iy, l.Error)
				if err != nil {
					t.Fatal(err)
				}
				square := orb.Bound{Min: p.Min, Max: p.Max}
				for _, m := range index.Onto(drape.Tile{Plan: frame, Frame: frame, Square: square, XY: p.XY, H: p.H, Tris: p.Tris}, nil) {
					for _, v := range m.Positions {
						vertices++
						place := frame.Place([3]float64{float64(v[0]), float64(v[1]), float64(v[2])})
						x, y := frame.Plan(place.Lng, place.Lat)
						h, ok := onMesh(p, x, y)
						if !ok {
							t.Fatalf("level %d: a road leaves its tile at %.2f, %.2f", l.Depth, x, y)
						}
						above := 0.0
						if m.Bias > 20 { // kerbs rise over the ground
							above = 0.12
						}
						if d := place.Height - h; d < -0.01 || d > above+0.01 {
							t.Fatalf("level %d: a road %.3f m off the ground that is drawn with it", l.Depth, place.Height-h)
						}
					}
				}
			}
		}
		if vertices == 0 {
			t.Errorf("level %d has no road", l.Depth)
		}
	}
	for _, c := range works.Corridors {
		for k := 3; k+4 < len(c.Line); k++ {
			p, q := c.Line[k], c.Line[k+1]
			l := math.Hypot(q[0]-p[0], q[1]-p[1])
			if math.Hypot(p[0]-30, p[1]) < 20 { // the bend
				continue
			}
			nx, ny := -(q[1]-p[1])/l, (q[0]-p[0])/l
			left, _ := tr.HeightAtPlan(p[0]+3*nx, p[1]+3*ny)
			right, _ := tr.HeightAtPlan(p[0]-3*nx, p[1]-3*ny)
			if math.Abs(left-right) > 0.45 { // the hillside falls 2 m there
				t.Errorf("the road leans %.2f m over 6 m at %v", left-right, p)
			}
		}
	}
}

// onMesh is the height of a patch of terrain at a point of the plan.
func onMesh(p *terrain.Patch, x, y float64) (float64, bool) {
	const slack = 1e-5 // float32 positions over 256 m
	for k := 0; k < len(p.Tris); k += 3 {
		i, j, l := p.Tris[k], p.Tris[k+1], p.Tris[k+2]
		a, b, c := p.XY[i], p.XY[j], p.XY[l]
		d := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
		u := ((x-a[0])*(c[1]-a[1]) - (y-a[1])*(c[0]-a[0])) / d
		v := ((b[0]-a[0])*(y-a[1]) - (b[1]-a[1])*(x-a[0])) / d
		if u >= -slack && v >= -slack && u+v <= 1+slack {
			return p.H[i] + u*(p.H[j]-p.H[i]) + v*(p.H[l]-p.H[i]), true
		}
	}
	return 0, false
}
