package pipeline

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// reflected draws things over a mirror in z = 0, from a place above the origin, and tells each
// of its pixels that see the mirror: where, the ray that it throws back, and what hits and ssr hold.
func reflected(t *testing.T, home earth.Place, v View, bias int, things []*drawable.Mesh, each func(at, ray mgl64.Vec3, hit, shown []float32)) *Renderer {
	t.Helper()
	const w, h = 160, 90
	q := tier(t, "high")
	q.SubFrames, q.ShadowCascades, q.AOSlices = 1, 0, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"hits", "ssr", "material"}})
	m := drawable.DefaultMaterial()
	m.Metallic, m.Roughness = 1, 0.02
	mirror := plane(home, 4000, m)
	mirror.Bias = bias
	f := &Frame{View: v, Draws: []drawable.Draw{{What: mirror}}, Env: Environment{Sun: sunOver(home, 40, 90), Exposure: 15, GlobeHeight: -50}}
	for _, d := range things {
		f.Draws = append(f.Draws, drawable.Draw{What: d.Bound()})
	}
	draw(t, r, f)
	hits, err := r.Buffer("hits")
	if err != nil {
		t.Fatal(err)
	}
	shown, err := r.Buffer("ssr")
	if err != nil {
		t.Fatal(err)
	}
	material, err := r.Buffer("material")
	if err != nil {
		t.Fatal(err)
	}
	eye := earth.FrameAt(home).ToLocal(v.Eye)
	for i := range w * h {
		x, y := float64(i%w)+0.5, float64(i/w)+0.5
		d := r.camera.forward.Add(r.camera.right.Mul(r.camera.tanX * (2*x/w - 1))).Add(r.camera.up.Mul(r.camera.tanY * (1 - 2*y/h)))
		if material.Data[4*i] > 0.5 {
			each(eye.Sub(d.Mul(eye[2]/d[2])), mgl64.Vec3{d[0], d[1], -d[2]}, hits.Data[3*i:3*i+3], shown.Data[4*i:4*i+4])
		}
	}
	return r
}

// wallAt returns a wall of y = far between two sides, from z0 up to tops of its own.
func wallAt(home earth.Place, left, right, far, z0, topLeft, topRight float32) *drawable.Mesh {
	m := &drawable.Mesh{Frame: earth.FrameAt(home).Matrix(), Material: drawable.DefaultMaterial()}
	quad(m, [4][3]float32{{left, far, z0}, {right, far, z0}, {right, far, topRight}, {left, far, topLeft}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
	return m
}

// What lies flat is drawn in an order, by depths that are short by as much as some pixels are
// wide: reflections start from where it is, and their material stays known.
func TestMirrorsThatLieFlat(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const eye, far = 200.0, 1003.0
	v := look(home, 0, 0, eye, 0, -11.3)
	v.FovY = earth.Radians(1)
	for _, bias := range []int{0, 13, 21, 27} {
		n, off := 0, 0.0
		var seen []mgl64.Vec3
		var found [][2]float64
		r := reflected(t, home, v, bias, []*drawable.Mesh{wallAt(home, -50, 50, far, 0, 30, 30)}, func(at, ray mgl64.Vec3, hit, _ []float32) {
			if at[1] > far-3 || hit[2] == 0 {
				return
			}
			seen = append(seen, at.Add(ray.Mul((far-at[1])/ray[1])))
			found = append(found, [2]float64{float64(hit[0]), float64(hit[1])})
		})
		for i, p := range seen {
			x, y := placeOf(r, p.Sub(mgl64.Vec3{0, 0, eye}))
			n++
			off += math.Hypot(found[i][0]-x, found[i][1]-y)
		}
		if off /= float64(max(n, 1)); n < 1000 || off > 0.3 {
			t.Errorf("order %d: %d hits, %.2f pixels off", bias, n, off)
		}
	}
}

// A ray that passes close behind something as wide as a house has met it, as far as anybody
// can tell; behind a bar, it goes on to the wall.
func TestMirrorRaysBehindThings(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	wall := wallAt(home, -100, 100, 100, 0, 60, 60)
	v := look(home, 0, 0, 20, 0, -12)
	for _, c := range []struct {
		name     string
		thing    *drawable.Mesh
		from, to float64 // metres away of the places on the mirror
		found    bool
	}{
		{"house", wallAt(home, -10, 10, 50, 5, 15, 15), 40.5, 43, false},
		{"bar", wallAt(home, -100, 100, 30, 8, 8.3, 8.3), 37, 40, true},
	} {
		n, found, told := 0, 0, 0
		reflected(t, home, v, 0, []*drawable.Mesh{wall, c.thing}, func(at, ray mgl64.Vec3, hit, shown []float32) {
			if at[1] < c.from || at[1] > c.to || math.Abs(at[0]) > 5 {
				return
			}
			n++
			if hit[2] > 0 {
				found++
			}
			if shown[3] != 0 && (shown[3] > 0) == (hit[2] > 0) {
				told++
			}
		})
		if told != n { // the picture shows what is doubtful where it knows nothing better
			t.Errorf("behind a %s: the reflection of %d of %d rays is marked", c.name, told, n)
		}
		if n < 40 || c.found && found < n*9/10 || !c.found && found > n/10 {
			t.Errorf("behind a %s: %d of %d rays end", c.name, found, n)
		}
	}
}

// Where an edge lies between two pixels is not known: of rays that pass between panes hardly
// wider than pixels, few are said to end.
func TestMirrorRaysAtEdges(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const far, side, apart = 60.0, 0.7, 1.5 // metres; a pixel is half a metre there
	panes := &drawable.Mesh{Frame: earth.FrameAt(home).Matrix(), Material: drawable.DefaultMaterial()}
	for x := float32(-24); x < 24; x += apart {
		for z := float32(2); z < 14; z += apart {
			quad(panes, [4][3]float32{{x, far, z}, {x + side, far, z}, {x + side, far, z + side}, {x, far, z + side}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
		}
	}
	within := func(v, from float64) bool { return math.Mod(v-from, apart) < side }
	rays, right, wrong := 0, 0, 0
	reflected(t, home, look(home, 0, 0, 20, 0, -12), 0, []*drawable.Mesh{panes}, func(at, ray mgl64.Vec3, hit, _ []float32) {
		p := at.Add(ray.Mul((far - at[1]) / ray[1]))
		if at[1] > far-1 || math.Abs(p[0]) > 20 || p[2] < 3 || p[2] > 13 {
			return
		}
		rays++
		if hit[2] == 0 {
			return
		}
		if within(p[0], -24) && within(p[2], 2) {
			right++
		} else {
			wrong++
		}
	})
	t.Logf("%d rays: %d end on panes, %d between", rays, right, wrong)
	if right < rays/20 || wrong > right*3/10 {
		t.Errorf("of %d rays, %d end on panes and %d between", rays, right, wrong)
	}
}

// A ray that may have met the edge of something hardly wider than a pixel goes on, to a wall
// behind it that is surely there.
func TestMirrorRaysGoOn(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const far, wall, wide, apart = 60.0, 75.0, 0.25, 1.0 // metres; a pixel is half a metre there
	posts := &drawable.Mesh{Frame: earth.FrameAt(home).Matrix(), Material: drawable.DefaultMaterial()}
	for x := float32(-24); x < 24; x += apart {
		quad(posts, [4][3]float32{{x, far, 0}, {x + wide, far, 0}, {x + wide, far, 20}, {x, far, 20}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
	}
	type end struct {
		on mgl64.Vec3
		at [2]float64
	}
	rays, ends := 0, []end{}
	v := look(home, 0, 0, 20, 0, -12)
	r := reflected(t, home, v, 0, []*drawable.Mesh{posts, wallAt(home, -100, 100, wall, 0, 40, 40)}, func(at, ray mgl64.Vec3, hit, _ []float32) {
		p := at.Add(ray.Mul((far - at[1]) / ray[1]))
		if at[1] > far-1 || math.Abs(p[0]) > 20 || p[2] < 3 || p[2] > 13 || math.Mod(p[0]+24, apart) < wide {
			return
		}
		rays++
		if hit[2] > 0 {
			ends = append(ends, end{at.Add(ray.Mul((wall - at[1]) / ray[1])), [2]float64{float64(hit[0]), float64(hit[1])}})
		}
	})
	right := 0
	for _, e := range ends {
		if x, y := placeOf(r, e.on.Sub(mgl64.Vec3{0, 0, 20})); math.Hypot(x-e.at[0], y-e.at[1]) < 1.5 {
			right++
		}
	}
	t.Logf("of %d rays between posts, %d end on the wall, %d elsewhere", rays, right, len(ends)-right)
	if rays < 500 || right < rays*69/100 || len(ends)-right > rays*14/100 {
		t.Errorf("of %d rays between posts, %d end on the wall and %d elsewhere", rays, right, len(ends)-right)
	}
}

// placeOf is where in a picture of reflected a place from the eye is seen.
func placeOf(r *Renderer, d mgl64.Vec3) (x, y float64) {
	c := r.camera
	z := d.Dot(c.forward)
	return 80 * (1 + d.Dot(c.right)/z/c.tanX), 45 * (1 - d.Dot(c.up)/z/c.tanY)
}
