package pipeline

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

func TestRecordSizes(t *testing.T) {
	for name, got := range map[string][2]uintptr{
		"drawRecord":     {unsafe.Sizeof(drawRecord{}), 96},
		"materialRecord": {unsafe.Sizeof(materialRecord{}), 116},
		"drawCommand":    {unsafe.Sizeof(drawCommand{}), 20},
		"linePoint":      {unsafe.Sizeof(linePoint{}), 32},
		"glyphQuad":      {unsafe.Sizeof(glyphQuad{}), 80},
		"Vertex":         {unsafe.Sizeof(drawable.Vertex{}), 32},
		"Instance":       {unsafe.Sizeof(drawable.Instance{}), 32},
		"PointVertex":    {unsafe.Sizeof(drawable.PointVertex{}), 28},
	} {
		if got[0] != got[1] {
			t.Errorf("%s is %d bytes, the shaders read %d", name, got[0], got[1])
		}
	}
}

func TestSpansNeverOverlap(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	s := newSpans(1000)
	owner := make([]int, 1000)
	var held []span
	for step := 1; step < 5000; step++ {
		if len(held) > 0 && rng.IntN(2) == 0 {
			i := rng.IntN(len(held))
			for k := held[i].first; k < held[i].first+held[i].count; k++ {
				owner[k] = 0
			}
			s.put(held[i])
			held = append(held[:i], held[i+1:]...)
			continue
		}
		if r, ok := s.take(rng.IntN(60)); ok {
			for k := r.first; k < r.first+r.count; k++ {
				if owner[k] != 0 {
					t.Fatalf("step %d: element %d is taken", step, k)
				}
				owner[k] = step
			}
			held = append(held, r)
		}
	}
	for _, r := range held {
		s.put(r)
	}
	if !s.empty() {
		t.Errorf("gaps were not joined: %v", s.free)
	}
}

func TestWeldAndBadIndices(t *testing.T) {
	m := &drawable.Mesh{}
	box(m, m, 0, 0, 0, 3, 4, 5, [4]uint8{}, 0)
	welded := weldPositions(m.Vertices, m.Indices)
	distinct := map[uint32]bool{}
	for i, v := range welded {
		distinct[v] = true
		if m.Vertices[v].Position != m.Vertices[m.Indices[i]].Position {
			t.Fatal("a vertex moved")
		}
	}
	if len(distinct) != 8 {
		t.Errorf("%d corners of a box", len(distinct))
	}
	bad := &drawable.Mesh{Vertices: m.Vertices, Indices: []uint32{0, 1, 2, 0, 1, 999, 3, 4, 5, 7}}
	if got := triangles(bad); len(got) != 6 || got[3] != 3 {
		t.Errorf("got %v", got)
	}
}

func TestProjectionIsReversedAndInfinite(t *testing.T) {
	p := projection(0.8, 0.5, 0.25, 0, 0)
	for _, d := range []float64{0.25, 1, 100, 1e9, 1e21} {
		c := p.Mul4x1(mgl64.Vec4{0.8 * d, -0.5 * d, -d, 1})
		if z := c[2] / c[3]; math.Abs(z-0.25/d) > 1e-12*0.25/d || math.Abs(c[0]/c[3]-1) > 1e-12 || math.Abs(c[1]/c[3]+1) > 1e-12 {
			t.Errorf("at %g: %v", d, c)
		}
	}
	j := projection(0.8, 0.5, 0.25, 0.01, -0.02).Mul4x1(mgl64.Vec4{0, 0, -5, 1})
	if math.Abs(j[0]/j[3]-0.01) > 1e-12 || math.Abs(j[1]/j[3]+0.02) > 1e-12 {
		t.Errorf("jitter %v", j)
	}
}

// The rays that shaders rebuild positions with agree with the projection.
func TestRaysInvertTheProjection(t *testing.T) {
	r := &Renderer{width: 640, height: 360, options: Options{Quality: Quality{SubFrames: 4}}}
	f := &Frame{View: look(andorra, 3, 4, 500, 77, -33), Env: daylight(andorra, 100, 40)}
	r.frame, r.camera = f, newCamera(&f.View, 1000, 640, 360)
	r.fillBlock(4)
	r.jitterBlock(2, 4)
	b := &r.block
	for _, ndc := range [][2]float64{{0, 0}, {-1, 1}, {0.7, -0.3}} {
		var p mgl64.Vec4
		for k := range 3 {
			p[k] = 120 * (float64(b.rayForward[k]) + ndc[0]*float64(b.rayRight[k]) + ndc[1]*float64(b.rayUp[k]))
		}
		p[3] = 1
		var m mgl64.Mat4
		for i, v := range b.viewProj {
			m[i] = float64(v)
		}
		c := m.Mul4x1(p)
		if math.Abs(c[0]/c[3]-ndc[0]) > 1e-5 || math.Abs(c[1]/c[3]-ndc[1]) > 1e-5 || math.Abs(c[3]-120) > 1e-3 {
			t.Errorf("ndc %v came back as %v, depth %v", ndc, []float64{c[0] / c[3], c[1] / c[3]}, c[3])
		}
	}
}

func TestReproject(t *testing.T) {
	before, now := look(andorra, 0, 0, 200, 30, -10), look(andorra, 15, -7, 203, 34, -12)
	c, old := newCamera(&now, 1023, 640, 360), newCamera(&before, 1023, 640, 360)
	point := earth.FrameAt(andorra).FromLocal(mgl64.Vec3{200, 300, 20})
	p := c.frame.ToLocal(point)
	got := c.reproject(&before).Mul4x1(p.Vec4(1))
	q := old.frame.ToLocal(point)
	d := q.Dot(old.forward)
	want := [2]float64{q.Dot(old.right) / d / old.tanX, q.Dot(old.up) / d / old.tanY}
	if math.Abs(got[0]/got[3]-want[0]) > 1e-9 || math.Abs(got[1]/got[3]-want[1]) > 1e-9 {
		t.Errorf("got %v %v want %v", got[0]/got[3], got[1]/got[3], want)
	}
}

func TestFrustumCulling(t *testing.T) {
	v := look(andorra, 0, 0, 100, 0, 0)
	c := newCamera(&v, 1023, 640, 360)
	for _, k := range []struct {
		p      mgl64.Vec3
		r      float64
		inside bool
	}{
		{mgl64.Vec3{0, 100, 0}, 1, true}, {mgl64.Vec3{0, -100, 0}, 1, false}, {mgl64.Vec3{0, -100, 0}, 101, true},
		{mgl64.Vec3{100, 100, 0}, 5, false}, {mgl64.Vec3{100, 100, 0}, 60, true}, {mgl64.Vec3{0, 1e7, 0}, 1, true}, {mgl64.Vec3{0, 100, 90}, 10, false},
	} {
		if got := c.sees(k.p, k.r); got != k.inside {
			t.Errorf("sphere %v radius %v: seen %v", k.p, k.r, got)
		}
	}
}

// What the vertex shader does in float32 keeps a vertex near the eye in place to a
// hundredth of a millimetre, however far off the mesh's origin lies.
func TestEyeRelativePrecision(t *testing.T) {
	for _, p := range []earth.Place{{Lng: 0, Lat: 0}, {Lng: 1.5, Lat: 42.5, Height: 1000}, {Lng: 77, Lat: -89, Height: 2800}, {Lng: 180, Lat: 17}} {
		f := earth.FrameAt(p)
		for i := range 100 {
			local := [3]float32{4000 + float32(i), -3000, 12}
			at := f.FromLocal(mgl64.Vec3{float64(local[0]), float64(local[1]), float64(local[2])})
			v := View{Eye: at.Add(mgl64.Vec3{0.6, 0.5 + float64(i)*0.001, 0.62}), Right: mgl64.Vec3{1, 0, 0}, Up: mgl64.Vec3{0, 1, 0}, Forward: mgl64.Vec3{0, 0, -1}, FovY: 1}
			c := newCamera(&v, p.Height, 1280, 720)
			place, ok := placeDraw(f.Matrix(), &drawable.Draw{}, [3]float32{}, 1, &c)
			if !ok {
				t.Fatal("not placed")
			}
			var q, got mgl64.Vec3
			for k := range 3 {
				q[k] = float64((local[k] - place.record.row[k][3]) - place.record.eyeLow[k])
			}
			for k := range 3 {
				row := place.record.row[k]
				got[k] = float64(row[0])*q[0] + float64(row[1])*q[1] + float64(row[2])*q[2]
			}
			if d := got.Sub(c.frame.ToLocal(at)).Len(); d > 1e-6 {
				t.Fatalf("%v step %d: %g m off", p, i, d)
			}
		}
	}
}

func TestShiftAndBadTransforms(t *testing.T) {
	v := look(andorra, 0, -10, 2, 0, 0)
	c := newCamera(&v, 1023, 640, 360)
	f := earth.FrameAt(andorra).Matrix()
	d := &drawable.Draw{Shift: mgl64.Translate3D(0, 5, 0).Mul4(mgl64.Scale3D(3, 3, 3))}
	p, ok := placeDraw(f, d, [3]float32{1, 0, 0}, 2, &c)
	if !ok || p.center.Sub(mgl64.Vec3{3, 15, -2}).Len() > 1e-4 || math.Abs(p.radius-6) > 1e-9 {
		t.Errorf("got %v radius %v", p.center, p.radius)
	}
	d.Shift = mgl64.Scale3D(1, 0, 1)
	if _, ok := placeDraw(f, d, [3]float32{}, 1, &c); ok {
		t.Error("a flattened model was placed")
	}
}
