package tiles

import (
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo/earth"
)

func city(t testing.TB) (*Tileset, Grid) {
	dir := t.TempDir()
	g := gridAt(earth.Place{Lng: 7, Lat: 50}, 8000, 4)
	write(t, dir, g, 100)
	set, err := Open(filepath.Join(dir, "tileset.json"))
	if err != nil {
		t.Fatal(err)
	}
	return set, g
}

// look stands above a plan position and looks along a heading and pitch (radians).
func look(g Grid, x, y, height, heading, pitch float64) View {
	f := g.Frame
	sh, ch := math.Sincos(heading)
	sp, cp := math.Sincos(pitch)
	forward := mgl64.Vec3{sh * cp, ch * cp, sp}
	right := mgl64.Vec3{ch, -sh, 0}
	return View{Eye: f.FromLocal(mgl64.Vec3{x, y, height}), Right: f.DirFromLocal(right),
		Up: f.DirFromLocal(right.Cross(forward)), Forward: f.DirFromLocal(forward), FovY: 0.8, Width: 1280, Height: 720}
}

// Whatever the view: the selection covers every visible leaf exactly once, and no tile
// whose error is too large is taken while it has children.
func TestSelectCovers(t *testing.T) {
	set, g := city(t)
	parent := map[*Tile]*Tile{}
	var leaves []*Tile
	if err := set.Walk(func(x *Tile) error {
		for _, c := range x.Children {
			parent[c] = x
		}
		if len(x.Children) == 0 {
			leaves = append(leaves, x)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, v := range []View{look(g, 0, 0, 300, 0, -0.3), look(g, -3000, 2000, 150, 2, -0.1), look(g, 100, 50, 101, 4, 0),
		look(g, 0, 0, 9000, 0, -1.5), look(g, 0, -20000, 5000, 0, -0.2), look(g, 0, 0, 2e7, 0, -1.57)} {
		for _, limit := range []float64{1, 16, 300} {
			got := set.Select(v, limit, SelectOptions{})
			if !slices.Equal(got, set.Select(v, limit, SelectOptions{})) {
				t.Fatal("two selections differ")
			}
			taken := map[*Tile]bool{}
			for i, x := range got {
				taken[x] = true
				if len(x.Children) > 0 && v.ScreenError(x.GeometricError, x.Volume) > limit {
					t.Errorf("%v is too coarse", x.Address)
				}
				if i > 0 && got[i-1].Volume.Distance(v.Eye) > x.Volume.Distance(v.Eye) {
					t.Error("not from near to far")
				}
			}
			for _, l := range leaves {
				n := 0
				for x := l; x != nil; x = parent[x] {
					if taken[x] {
						n++
					}
				}
				if seen := inside(v, l.Volume.Center); n > 1 || (seen && n == 0) {
					t.Errorf("leaf %v is drawn %d times, visible: %v", l.Address, n, seen)
				}
			}
		}
	}
	if n := len(set.Select(look(g, 0, 0, 150, 0, 1.5), 16, SelectOptions{})); n != 0 {
		t.Errorf("looking up selects %d tiles", n)
	}
	up := look(g, 0, 0, 150, 0, 1.5)
	if n := len(set.Select(up, 16, SelectOptions{Everywhere: true})); n == 0 {
		t.Error("everywhere selects nothing")
	}
	if n := len(set.Select(up, 16, SelectOptions{Margin: 200})); n == 0 {
		t.Error("the margin keeps nothing")
	}
}

// inside tells whether a point projects into the picture.
func inside(v View, p mgl64.Vec3) bool {
	d := p.Sub(v.Eye)
	z := d.Dot(v.Forward)
	ty := math.Tan(v.FovY / 2)
	return z > 0 && math.Abs(d.Dot(v.Up)) < z*ty && math.Abs(d.Dot(v.Right)) < z*ty*float64(v.Width)/float64(v.Height)
}

func TestSelectReady(t *testing.T) {
	set, g := city(t)
	v := look(g, 0, 0, 300, 0, -0.3)
	all := set.Select(v, 4, SelectOptions{})
	missing := all[len(all)/2]
	got := set.Select(v, 4, SelectOptions{Ready: func(x *Tile) bool { return x != missing }})
	if slices.Contains(got, missing) {
		t.Error("a tile that is not ready is drawn")
	}
	if len(got) == 0 || len(got) >= len(all) {
		t.Errorf("%d tiles of %d", len(got), len(all))
	}
	got = set.Select(v, 4, SelectOptions{Ready: func(x *Tile) bool { return x == set.Root }})
	if len(got) != 1 || got[0] != set.Root {
		t.Errorf("%d tiles where only the root is ready", len(got))
	}
}

func TestVolumes(t *testing.T) {
	// A region's box holds the region, also at the poles and over the antimeridian.
	for _, r := range [][]float64{{0.1, 0.7, 0.11, 0.71, -30, 500}, {3.1, -0.3, -3.1, -0.2, 0, 10}, {-3.1415, 1.4, 3.1415, 1.5707, 0, 0}, {0, -1.57, 1.5, -1, -10, 4000}, {-0.7, -0.7, 0.7, 0.7, 0, 9000}} {
		v, err := (&volumeJSON{Region: r}).volume(mgl64.Translate3D(1, 2, 3)) // the transform does not touch regions
		if err != nil {
			t.Fatal(err)
		}
		east := r[2]
		if east < r[0] {
			east += 2 * math.Pi
		}
		for i := 0; i <= 37; i++ {
			for k := 0; k <= 37; k++ {
				p := earth.Place{Lng: earth.Degrees(r[0] + (east-r[0])*float64(i)/37), Lat: earth.Degrees(r[1] + (r[3]-r[1])*float64(k)/37), Height: r[4+i%2]}
				if d := v.Distance(p.ECEF()); d > 1e-6 {
					t.Fatalf("%v: %v is %v m outside", r, p, d)
				}
			}
		}
	}
	b, err := (&volumeJSON{Box: []float64{1, 2, 3, 10, 0, 0, 0, 0, 5, 0, -2, 0}}).volume(mgl64.Ident4())
	if err != nil || math.Abs(b.Radius-math.Sqrt(129)) > 1e-12 {
		t.Errorf("%+v %v", b, err)
	}
	if d := b.Distance(mgl64.Vec3{14, 2, 12}); math.Abs(d-5) > 1e-12 {
		t.Errorf("distance %v, want 5", d)
	}
	if d := b.Distance(mgl64.Vec3{5, 3, 1}); d != 0 {
		t.Errorf("inside: %v", d)
	}
	s, err := (&volumeJSON{Sphere: []float64{1, 0, 0, 2}}).volume(mgl64.Scale3D(3, 1, 1))
	if err != nil || s.Center != (mgl64.Vec3{3, 0, 0}) || s.Radius != 6 {
		t.Errorf("%+v %v", s, err)
	}
	for _, bad := range []*volumeJSON{nil, {}, {Box: []float64{1}}, {Sphere: []float64{0, 0, 0, -1}}, {Region: []float64{0, 1, 0, 0, 0, 0}}} {
		if _, err := bad.volume(mgl64.Ident4()); err == nil {
			t.Errorf("%+v is accepted", bad)
		}
	}
}

func TestScreenError(t *testing.T) {
	v := View{FovY: math.Pi / 2, Height: 1000, Width: 1000}
	if e := v.ScreenError(3, Volume{Center: mgl64.Vec3{110, 0, 0}, Radius: 10}); math.Abs(e-15) > 1e-9 {
		t.Errorf("%v pixels, want 15", e)
	}
	if e := v.ScreenError(1, Volume{Radius: 10}); e != 500 {
		t.Errorf("inside: %v", e)
	}
	if e := v.ScreenError(0, Volume{Radius: 10}); e != 0 {
		t.Errorf("no error: %v", e)
	}
}
