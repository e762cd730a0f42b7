package geographic

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
)

// rough is ground with something to see at every level.
type rough struct{}

func (rough) HeightAt(lng, lat float64) (float64, bool) {
	p := earth.Place{Lng: lng, Lat: lat}.Up()
	h := 0.0
	for k := range 7 {
		f := 5 * math.Pow(3, float64(k))
		h += 2500 / f * 5 * math.Sin(f*p[0]+float64(k)) * math.Cos(f*p[1]-f*p[2])
	}
	return h, true
}

// TestSides: neighbours have the same vertices, heights and normals on the side between
// them, over the antimeridian too; a pole has one height.
func TestSides(t *testing.T) {
	g := &Ground{Elevation: rough{}, Samples: 32, Sharpness: 6}
	const level = 3
	columns, rows := 2<<level, 1<<level
	for y := range rows {
		for x := range columns {
			a := g.Tile(level, x, y)
			b := g.Tile(level, (x+1)%columns, y)
			same(t, a, b, 1, 3)
			if y+1 < rows {
				same(t, a, g.Tile(level, x, y+1), 2, 0)
				continue
			}
			for _, v := range a.Sides()[2] {
				if want, _ := (rough{}).HeightAt(0, 90); a.Heights[v] != want {
					t.Fatalf("the pole is at %v and %v", a.Heights[v], want)
				}
			}
		}
	}
}

func same(t *testing.T, a, b *Tile, sa, sb int) {
	t.Helper()
	p, q := a.Sides()[sa], b.Sides()[sb]
	if len(p) != len(q) || len(p) < 2 {
		t.Fatalf("%d and %d vertices on a side", len(p), len(q))
	}
	for i := range p {
		v, w := p[i], q[len(q)-1-i]
		if a.Heights[v] != b.Heights[w] || a.Normals[v].Sub(b.Normals[w]).Len() > 1e-12 {
			t.Fatalf("vertex %d: %v and %v", i, a.Heights[v], b.Heights[w])
		}
	}
}

// TestError: no sample lies further from the mesh, in space, than the level allows.
func TestError(t *testing.T) {
	g := &Ground{Elevation: rough{}, Samples: 48, Sharpness: 4}
	for _, at := range [][3]int{{2, 3, 1}, {4, 20, 11}, {7, 130, 90}} {
		m := g.Tile(at[0], at[1], at[2])
		bound := g.Error(at[0])
		worst := 0.0
		for k := 0; k < len(m.Tris); k += 3 {
			var x, y [3]float64
			var p [3]earth.Place
			for i, v := range m.Tris[k : k+3] {
				x[i], y[i] = float64(m.X[v]), float64(m.Y[v])
				p[i] = m.Place(x[i], y[i], m.Heights[v])
			}
			d := (x[1]-x[0])*(y[2]-y[0]) - (y[1]-y[0])*(x[2]-x[0])
			if d <= 0 {
				t.Fatal("a triangle is clockwise")
			}
			for j := min(y[0], y[1], y[2]); j <= max(y[0], y[1], y[2]); j++ {
				for i := min(x[0], x[1], x[2]); i <= max(x[0], x[1], x[2]); i++ {
					b := ((i-x[0])*(y[2]-y[0]) - (j-y[0])*(x[2]-x[0])) / d
					c := ((x[1]-x[0])*(j-y[0]) - (y[1]-y[0])*(i-x[0])) / d
					if b < 0 || c < 0 || b+c > 1 {
						continue
					}
					drawn := p[0].ECEF().Mul(1 - b - c).Add(p[1].ECEF().Mul(b)).Add(p[2].ECEF().Mul(c))
					want := g.height(at[0], at[1]*g.Samples+int(i), at[2]*g.Samples+int(j))
					worst = max(worst, math.Abs(earth.FromECEF(drawn).Height-want))
				}
			}
		}
		allowed := 1.05
		if at[0] < 3 { // see Error
			allowed = 1.5
		}
		if worst > allowed*bound || worst < bound/20 || m.Error > bound {
			t.Errorf("level %d: %.1f m off, %.1f stated of %.1f with %d triangles", at[0], worst, m.Error, bound, len(m.Tris)/3)
		}
	}
}
