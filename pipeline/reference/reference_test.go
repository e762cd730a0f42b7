package reference

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/sky"
)

// place is where the tests' scenes stand.
var place = earth.FrameAt(earth.Place{Lng: 7, Lat: 43, Height: 50})

// mesh is triangles in the frame of place, three points each.
func mesh(m *drawable.Material, points ...[3]float32) *drawable.Mesh {
	out := &drawable.Mesh{Frame: place.Matrix(), Material: m}
	for i := 0; i+2 < len(points); i += 3 {
		a, b, c := vec3(points[i]), vec3(points[i+1]), vec3(points[i+2])
		n := b.Sub(a).Cross(c.Sub(a)).Normalize()
		normal := drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
		for _, p := range points[i : i+3] {
			out.Indices = append(out.Indices, uint32(len(out.Vertices)))
			out.Vertices = append(out.Vertices, drawable.Vertex{Position: p, Normal: normal, Color: [4]uint8{255, 255, 255, 255}})
		}
	}
	return out.Bound()
}

// quad is a rectangle, counter-clockwise from its front.
func quad(m *drawable.Material, a, b, c, d [3]float32) *drawable.Mesh {
	return mesh(m, a, b, c, a, c, d)
}

func floor(m *drawable.Material, s float32) *drawable.Mesh {
	return quad(m, [3]float32{-s, -s, 0}, [3]float32{s, -s, 0}, [3]float32{s, s, 0}, [3]float32{-s, s, 0})
}

// wall faces south from y metres north of the middle.
func wall(y, s float32) *drawable.Mesh {
	return quad(nil, [3]float32{-s, y, 0}, [3]float32{s, y, 0}, [3]float32{s, y, s}, [3]float32{-s, y, s})
}

// look traces the first layer from a point of place towards another.
func look(t *testing.T, from, to vec, w, h int, meshes ...drawable.Drawable) *Layer {
	t.Helper()
	var draws []drawable.Draw
	for _, m := range meshes {
		draws = append(draws, drawable.Draw{What: m})
	}
	s := NewScene(draws, place.FromLocal(from), 0)
	forward := to.Sub(from).Normalize()
	across := vec{0, 0, 1}
	if math.Abs(forward[2]) > 0.99 {
		across = vec{0, 1, 0}
	}
	right := forward.Cross(across).Normalize()
	c := s.Camera(place.DirFromLocal(right), place.DirFromLocal(right.Cross(forward)), place.DirFromLocal(forward), 0.9, w, h)
	l, err := s.Layer(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func constant(x float64) func(float64) float64 { return func(float64) float64 { return x } }

func TestNearestIsThatOfAllTriangles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	at := func(s float64) [3]float32 {
		return [3]float32{float32(random.NormFloat64() * s), float32(random.NormFloat64() * s), float32(random.NormFloat64() * s)}
	}
	var points [][3]float32
	for range 3000 {
		p := at(40)
		for range 3 {
			q := at(2)
			points = append(points, [3]float32{p[0] + q[0], p[1] + q[1], p[2] + q[2]})
		}
	}
	m := mesh(&drawable.Material{DoubleSided: true}, points...)
	s := NewScene([]drawable.Draw{{What: m}}, place.Center, 0)
	hits := 0
	for range 2000 {
		r := ray{from: vec3(at(60)), along: vec3(at(1)), far: math.Inf(1)}
		if random.IntN(4) == 0 {
			r.along[random.IntN(3)] = 0
		}
		own := s.objects[0].local(&r)
		want := math.Inf(1)
		for k := range len(m.Indices) / 3 {
			if d, _, _, _, ok := own.triangle(corners(m, uint32(k))); ok {
				want = min(want, d)
			}
		}
		h, ok := s.nearest(r, occluding)
		if ok != !math.IsInf(want, 1) || ok && h.Distance != want {
			t.Fatalf("%v: %v at %v, want %v", r, ok, h.Distance, want)
		}
		if s.blocked(r, occluding) != ok {
			t.Fatalf("%v: blocked differs from nearest", r)
		}
		if ok {
			hits++
		}
	}
	if hits < 200 {
		t.Fatalf("%d hits only", hits)
	}
}

func TestLayer(t *testing.T) {
	high := floor(nil, 50)
	high.Bias = 3
	copies := (&drawable.Instances{Mesh: wall(0, 1), Frame: place.Matrix(), Items: []drawable.Instance{
		{Position: [3]float32{4, 10, 0}, Yaw: math.Pi / 2, Scale: [2]float32{2, 3}, Color: [4]uint8{255, 0, 0, 255}, Feature: 7},
	}}).Bound()
	l := look(t, vec{0, 0, 20}, vec{0, 0, 0}, 41, 31, floor(nil, 1000), high, copies)
	h, ok := l.At(15*41 + 20)
	if !ok || math.Abs(h.Distance-20) > 1e-5 || h.object.mesh != high {
		t.Errorf("straight down: %v, %v m away; the one with the bias lies on top", ok, h.Distance)
	}
	// From the west the turned wall shows its back, from the east its front: two by three metres.
	l = look(t, vec{-20, 10, 1}, vec{0, 10, 1}, 41, 31, copies)
	if _, ok := l.At(15*41 + 20); ok {
		t.Error("the back of a one-sided wall is seen")
	}
	l = look(t, vec{20, 10, 1}, vec{0, 10, 1}, 201, 151, copies)
	h, ok = l.At(75*201 + 100)
	if !ok || math.Abs(h.Distance-16) > 1e-5 || h.Feature != 7 || h.Color != (vec{1, 0, 0}) {
		t.Errorf("the wall's front: %v, %+v", ok, h)
	}
	seen := 0
	for i := range 201 * 151 {
		if _, ok := l.At(i); ok {
			seen++
		}
	}
	foot := l.Footprint(16)
	if want := 4 * 3 / (foot * foot); math.Abs(float64(seen)-want) > 0.04*want {
		t.Errorf("%d pixels of the wall, want about %.0f", seen, want)
	}
}

func TestOcclusion(t *testing.T) {
	ctx := context.Background()
	open := look(t, vec{0, 0, 30}, vec{0, 5, 0}, 16, 12, floor(nil, 1e4))
	o, err := open.Occlusion(ctx, Ambient{Reach: constant(5), Falloff: 0.6, Samples: 64})
	if err != nil {
		t.Fatal(err)
	}
	for i := range o.Full {
		if o.Full[i] != 1 || o.First[i] != 1 {
			t.Fatalf("an empty floor is open %v, %v", o.Full[i], o.First[i])
		}
	}
	// Half of the cosine-weighted hemisphere of a floor lies below the top of an endless
	// wall, however far away; the view shows that wall, so that both truths agree.
	corner := look(t, vec{0, -4, 3}, vec{0, 2, 0}, 24, 16, floor(nil, 3e4), wall(3, 3e4))
	o, err = corner.Occlusion(ctx, Ambient{Reach: constant(1e7), Falloff: 1e-6, Samples: 900})
	if err != nil {
		t.Fatal(err)
	}
	h, _ := corner.At(8*24 + 12)
	if h.Geometric[2] < 0.9 {
		t.Fatal("the middle is not floor")
	}
	if x := o.Full[8*24+12]; math.Abs(x-0.5) > 0.02 {
		t.Errorf("before an endless wall a floor is open %v", x)
	}
	// A wall behind the eye is not in the picture: only the full truth knows it.
	back := quad(nil, [3]float32{1e3, -5, 0}, [3]float32{-1e3, -5, 0}, [3]float32{-1e3, -5, 1e3}, [3]float32{1e3, -5, 1e3})
	hidden := look(t, vec{0, -4, 3}, vec{0, 2, 0}, 24, 16, floor(nil, 3e4), back)
	o, err = hidden.Occlusion(ctx, Ambient{Reach: constant(1e5), Falloff: 1e-6, Samples: 400})
	if err != nil {
		t.Fatal(err)
	}
	if full, first := o.Full[8*24+12], o.First[8*24+12]; math.Abs(full-0.5) > 0.03 || first != 1 {
		t.Errorf("a wall behind the eye: open %v in full, %v by the first layer", full, first)
	}
}

func TestMirror(t *testing.T) {
	l := look(t, vec{0, -20, 4}, vec{0, 0, 2}, 64, 48, floor(nil, 100), wall(10, 20))
	up := place.DirFromLocal(vec{0, 0, 1})
	up = l.scene.Frame.DirToLocal(up)
	m, err := l.Mirror(context.Background(), func(i int) ([3]float64, bool) {
		h, _ := l.At(i)
		return up, h.Geometric.Dot(up) > 0.9
	})
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for i := range m {
		h, ok := l.At(i)
		if !ok || h.Geometric.Dot(up) < 0.9 {
			continue
		}
		if !m[i].Hit {
			continue
		}
		// The wall stands upright: what the ray meets is the point's own image in the floor.
		q := l.scene.Frame.FromLocal(h.Position)
		p, eye := place.ToLocal(q), vec{0, -20, 4}
		k := (10 - p[1]) / (p[1] - eye[1])
		want := vec{p[0] + (p[0]-eye[0])*k, 10, eye[2] * k}
		x, y, _, inside := l.Project(l.scene.Frame.ToLocal(place.FromLocal(want)))
		if math.Min(math.Abs(x), math.Abs(x-64)) < 0.1 || math.Min(math.Abs(y), math.Abs(y-48)) < 0.1 {
			continue // on the picture's edge
		}
		if inside != m[i].Inside || math.Hypot(x-m[i].X, y-m[i].Y) > 0.05 || inside != m[i].Near {
			t.Fatalf("pixel %d: %+v, want %v, %v, %v", i, m[i], x, y, inside)
		}
		// The foot of the wall may lie in a pixel that shows the floor.
		at := int(m[i].Y)*64 + int(m[i].X)
		if h, _ := l.At(at); m[i].Shown != (inside && h.Geometric.Dot(up) < 0.1 && math.Hypot(x-float64(i%64)-0.5, y-float64(i/64)-0.5) >= 1) {
			t.Fatalf("pixel %d: %+v", i, m[i])
		}
		checked++
	}
	if checked < 100 {
		t.Fatalf("%d pixels checked only", checked)
	}
	// A board seen from above is met from below: the picture shows its other side.
	board := quad(&drawable.Material{DoubleSided: true}, [3]float32{-20, 0, 1}, [3]float32{20, 0, 1}, [3]float32{20, 40, 1}, [3]float32{-20, 40, 1})
	l = look(t, vec{0, -20, 4}, vec{0, 0, 2}, 64, 48, floor(nil, 100), board)
	m, err = l.Mirror(context.Background(), func(i int) ([3]float64, bool) {
		h, _ := l.At(i)
		return up, h.Geometric.Dot(up) > 0.9
	})
	if err != nil {
		t.Fatal(err)
	}
	hits := 0
	for i := range m {
		if m[i].Near || m[i].Shown {
			t.Fatalf("pixel %d: the underside of a board is shown: %+v", i, m[i])
		}
		if m[i].Hit {
			hits++
		}
	}
	if hits < 50 {
		t.Errorf("%d rays meet the board", hits)
	}
}

func TestSunlit(t *testing.T) {
	// The shadow of a wall of 10 m, the sun 45° high in the south, is 10 m long to its north.
	l := look(t, vec{0, 5, 40}, vec{0, 5, 0}, 31, 81, floor(nil, 100), quad(&drawable.Material{DoubleSided: true},
		[3]float32{-50, 0, 0}, [3]float32{50, 0, 0}, [3]float32{50, 0, 10}, [3]float32{-50, 0, 10}))
	sun := l.scene.Frame.DirToLocal(place.DirFromLocal(vec{0, -1, 1}.Normalize()))
	s, err := l.Sunlit(context.Background(), sun, func(int) float64 { return 0.3 })
	if err != nil {
		t.Fatal(err)
	}
	for i := range s {
		h, _ := l.At(i)
		y := place.ToLocal(l.scene.Frame.FromLocal(h.Position))[1]
		if math.Abs(h.Normal.Dot(sun)-math.Sqrt2/2) > 1e-3 { // the wall's top edge
			continue
		}
		if want := y < 0 || y > 10; s[i].Lit != want && math.Abs(y-10) > 1e-3 && math.Abs(y) > 1e-2 {
			t.Errorf("%.2f m north: lit %v", y, s[i].Lit)
		}
		// 0.3 m across light that falls at 45° is 0.42 m on the ground.
		if edge := math.Abs(y-10) < 0.38; edge && (s[i].All || !s[i].Any) {
			t.Errorf("%.2f m north is no edge: %+v", y, s[i])
		} else if math.Abs(y-10) > 0.45 && math.Abs(y) > 0.45 && s[i].All != s[i].Any {
			t.Errorf("%.2f m north is an edge: %+v", y, s[i])
		}
	}
}

// A lobe throws back what its samples say, and never more than it gets.
func TestLobeSamplesWhatItEvaluates(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, s := range []Surface{
		{Base: vec{1, 1, 1}, Roughness: 1, Reflectance: 0.5}, {Base: vec{1, 1, 1}, Roughness: 0.5, Metallic: 1},
		{Base: vec{0.2, 0.5, 0.8}, Roughness: 0.3, Reflectance: 0.5},
	} {
		for _, cos := range []float64{0.2, 0.6, 1} {
			s.Normal = vec{0, 0, 1}
			b := s.lobe(vec{math.Sqrt(1 - cos*cos), 0, cos})
			sampled, even := 0.0, 0.0
			const n = 200000
			for range n {
				d := b.sample(random)
				if f, p := b.eval(d, 0); p > 0 {
					sampled += f[1] / p / n
				}
				d = cosine(b.n, random.Float64(), random.Float64())
				f, _ := b.eval(d, 0)
				even += f[1] / (d[2] / math.Pi) / n
			}
			if math.Abs(sampled-even) > 0.02 || sampled > 1.01 {
				t.Errorf("roughness %v at %v: %.3f by samples, %.3f in truth", s.Roughness, cos, sampled, even)
			}
		}
	}
}

// An open floor gets the sun and the whole sky, and a picture is the same on any number
// of cores.
func TestRadiance(t *testing.T) {
	grey := &drawable.Material{Roughness: 1, Color: [4]float32{0.5, 0.5, 0.5, 1}}
	l := look(t, vec{0, 0, 6}, vec{0, 4, 0}, 12, 8, floor(grey, 5e3))
	sun := vec{0.3, -0.5, 0.7}.Normalize()
	light := NewLight(sky.NewAir(1), sky.NewGlobe(l.scene.Frame.Center, 0), sun, vec{3, 3, 3})
	var heaven vec
	random := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		heaven = heaven.Add(light.Far(cosine(vec{0, 0, 1}, random.Float64(), random.Float64())).Mul(math.Pi / 20000))
	}
	want := light.Direct().Mul(sun[2]).Add(heaven).Mul(0.5 / math.Pi)
	trace := func() []mgl64.Vec3 {
		p, err := l.Radiance(context.Background(), Tracer{Light: light, Bounces: 2, Samples: 256, Seed: 9})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	got := trace()
	for k := range 3 {
		sum := 0.0
		for i := range got {
			sum += got[i][k] / float64(len(got))
		}
		if math.Abs(sum-want[k]) > 0.02*want[k] {
			t.Errorf("channel %d: %v, want %v", k, sum, want[k])
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for i, p := range trace() {
		if p != got[i] {
			t.Fatalf("pixel %d: %v on one core, %v on all", i, p, got[i])
		}
	}
}
