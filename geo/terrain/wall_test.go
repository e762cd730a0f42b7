package terrain

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// terraces are two streets side by side, aslant to the lattice, one so many metres above
// the other and 3 m of ground between them.
func terraces(t *testing.T, up float64) (tr *Terrain, off func(p [2]float64) float64) {
	t.Helper()
	const along, way, middle = 0.37, 9.0, 2.3 // radians from east; metres between their middles, and of the line between them from the origin
	sin, cos := math.Sincos(along)
	street := func(side, h float64) Corridor {
		c := Corridor{Half: 3, Bank: Bank{Verge: 5}}
		for x := -200.; x <= 200; x += 8 {
			c.Line = append(c.Line, orb.Point{x*cos - side*sin, x*sin + side*cos})
			c.Heights = append(c.Heights, h+0.08*x)
		}
		return c
	}
	f := earth.FrameAt(andorra)
	s := Shapes{Corridors: []Corridor{street(middle-way/2, 500), street(middle+way/2, 500+up)}}
	tr, err := New(level{500}, Options{Frame: f, Min: [2]float64{-256, -256}, Size: 512, Cells: 64, TileCells: 16, Shapes: s.Index(), Detail: 1, Error: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	return tr, func(p [2]float64) float64 { return p[1]*cos - p[0]*sin - middle }
}

type level struct{ h float64 }

func (l level) HeightAt(float64, float64) (float64, bool) { return l.h, true }

// TestWallIsAStrip: between two streets there is one straight wall, whatever the lattice:
// all that is steep lies within a hand of the line between them, and beside it the ground
// is as level as a verge.
func TestWallIsAStrip(t *testing.T) {
	tr, off := terraces(t, 5)
	fine := tr.Levels()[len(tr.Levels())-1]
	steep, wide, long := 0, 0, 0.0
	for iy := range fine.Tiles {
		for ix := range fine.Tiles {
			p, err := tr.Tile(fine.Depth, ix, iy, fine.Error)
			if err != nil {
				t.Fatal(err)
			}
			area := 0.0
			for k := 0; k < len(p.Tris); k += 3 {
				a, b, c := p.XY[p.Tris[k]], p.XY[p.Tris[k+1]], p.XY[p.Tris[k+2]]
				d := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
				if d <= 0 {
					t.Fatalf("tile %d/%d: a triangle is clockwise or flat", ix, iy)
				}
				area += d / 2
				if math.Hypot(a[0], a[1]) > 120 { // where the streets end
					continue
				}
				u, v := p.H[p.Tris[k+1]]-p.H[p.Tris[k]], p.H[p.Tris[k+2]]-p.H[p.Tris[k]]
				gx := (u*(c[1]-a[1]) - v*(b[1]-a[1])) / d
				gy := (v*(b[0]-a[0]) - u*(c[0]-a[0])) / d
				slope := math.Hypot(gx, gy)
				far := max(math.Abs(off(a)), math.Abs(off(b)), math.Abs(off(c)))
				if slope > 1.5 && far < 8 { // further off are the banks of what is filled
					steep++
					long = max(long, math.Hypot(a[0], a[1]))
					if far > 0.4 {
						wide++
					}
				}
			}
			if want := (p.Max[0] - p.Min[0]) * (p.Max[1] - p.Min[1]); math.Abs(area-want) > 1e-6*want {
				t.Errorf("tile %d/%d: the triangles cover %.3f m² of %.3f", ix, iy, area, want)
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
	if wide*20 > steep { // at sides of tiles, where nodes keep to their line
		t.Errorf("%d of %d steep triangles reach beyond the wall", wide, steep)
	}
	if steep < 50 || long < 110 {
		t.Errorf("%d steep triangles up to %.0f m from the middle: where is the wall?", steep, long)
	}
	sin, cos := math.Sincos(0.37)
	for x := -100.; x <= 100; x += 3 {
		for side, want := range map[float64]float64{-0.5: 500, 0.5: 505, -1.2: 500, 1.2: 505} {
			y := 2.3 + side
			h, _ := tr.HeightAtPlan(x*cos-y*sin, x*sin+y*cos)
			px, py := x*cos-y*sin, x*sin+y*cos
			if math.Abs(math.Remainder(px, 128)) < 3 || math.Abs(math.Remainder(py, 128)) < 3 {
				continue // at sides of tiles nodes keep to their line
			}
			if d := h - want - 0.08*x; math.Abs(d) > 0.7 {
				t.Errorf("%.1f m beside the wall at %.0f m the ground is %.2f m off its street", side, x, d)
			}
		}
	}
}

// TestLowBankIsNoWall: streets one of which is little higher have a bank between them.
func TestLowBankIsNoWall(t *testing.T) {
	tr, _ := terraces(t, 0.6)
	fine := tr.Levels()[len(tr.Levels())-1]
	for iy := range fine.Tiles {
		for ix := range fine.Tiles {
			if w := tr.window(ix, iy, fine.Cells); len(w.moved) > 0 {
				t.Fatalf("tile %d/%d has a wall", ix, iy)
			}
		}
	}
}
