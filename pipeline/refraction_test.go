package pipeline

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/reference/metric"
)

// glassMaterial is clear glass; thickness above 0 makes it a body.
func glassMaterial(index, thickness, roughness float32) *drawable.Material {
	m := drawable.DefaultMaterial()
	m.Roughness = roughness
	m.Glass = drawable.Glass{Transmission: 1, IOR: index, Thickness: thickness}
	return m
}

// ball is a sphere in the frame of andorra.
func ball(center [3]float32, radius float32, m *drawable.Material) *drawable.Mesh {
	const rings, sides = 64, 128
	d := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: m}
	for i := range rings + 1 {
		st, ct := math.Sincos(math.Pi * float64(i) / rings)
		for k := range sides + 1 {
			sf, cf := math.Sincos(2 * math.Pi * float64(k) / sides)
			n := [3]float32{float32(st * cf), float32(st * sf), float32(-ct)}
			v := drawable.Vertex{Normal: drawable.EncodeNormal(n), Color: [4]uint8{255, 255, 255, 255}}
			for a := range 3 {
				v.Position[a] = center[a] + radius*n[a]
			}
			d.Vertices = append(d.Vertices, v)
		}
	}
	for i := range uint32(rings) {
		for k := range uint32(sides) {
			a := i*(sides+1) + k
			b := a + sides + 1
			d.Indices = append(d.Indices, a, a+1, b+1, a, b+1, b)
		}
	}
	return d.Bound()
}

// block is a box about a middle, turned about its upright axis.
func block(middle [3]float32, half [3]float32, turn float64, m *drawable.Material) *drawable.Mesh {
	walls := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: m}
	box(walls, walls, -half[0], -half[1], -half[2], 2*half[0], 2*half[1], 2*half[2], [4]uint8{255, 255, 255, 255}, 1)
	x, y, z, w, d := -half[0], -half[1], -half[2], half[0], half[1]
	quad(walls, [4][3]float32{{x, y, z}, {x, d, z}, {w, d, z}, {w, y, z}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
	for i := range walls.Vertices {
		v := &walls.Vertices[i]
		v.Color = [4]uint8{255, 255, 255, 255}
		v.Position = turnedAbout(v.Position, turn)
		for k := range 3 {
			v.Position[k] += middle[k]
		}
	}
	for i := 0; i < len(walls.Indices); i += 3 { // normals after the turn
		var p [3]mgl64.Vec3
		for k := range 3 {
			q := walls.Vertices[walls.Indices[i+k]].Position
			p[k] = mgl64.Vec3{float64(q[0]), float64(q[1]), float64(q[2])}
		}
		n := p[1].Sub(p[0]).Cross(p[2].Sub(p[0])).Normalize()
		for k := range 3 {
			walls.Vertices[walls.Indices[i+k]].Normal = drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
		}
	}
	return walls.Bound()
}

func turnedAbout(p [3]float32, angle float64) [3]float32 {
	s, c := math.Sincos(angle)
	x, y := float64(p[0]), float64(p[1])
	return [3]float32{float32(c*x - s*y), float32(s*x + c*y), p[2]}
}

const (
	mapAt   = 20.0 // metres north of the eye
	mapHalf = 16.0
	eyeHigh = 4.0
	shine   = 1000 // of what is seen through glass, so that what glass mirrors is dark beside it
)

// mapped is an upright square whose red says where one is across and whose green says where
// one is up, from 0 to 1: a dark wall for the depth, and its colours blended over it, as these
// are finer than those of opaque things.
func mapped() []drawable.Draw {
	frame := earth.FrameAt(andorra).Matrix()
	corners := func(y float32) [4][3]float32 {
		return [4][3]float32{{-mapHalf, y, eyeHigh - mapHalf}, {mapHalf, y, eyeHigh - mapHalf}, {mapHalf, y, eyeHigh + mapHalf}, {-mapHalf, y, eyeHigh + mapHalf}}
	}
	wall := &drawable.Mesh{Frame: frame, Material: &drawable.Material{Model: drawable.Unlit, Color: [4]float32{shine, shine, shine, 1}}}
	quad(wall, corners(mapAt), [4][2]float32{}, [4]uint8{0, 0, 255, 255}, 1)
	colors := &drawable.Mesh{Frame: frame, Material: &drawable.Material{Model: drawable.Unlit, Blend: drawable.Alpha, Color: [4]float32{shine, shine, shine, 1}}}
	quad(colors, corners(mapAt-0.005), [4][2]float32{}, [4]uint8{0, 0, 255, 255}, 1)
	for i := range colors.Vertices {
		p := colors.Vertices[i].Position
		if p[0] > 0 {
			colors.Vertices[i].Color[0] = 255
		}
		if p[2] > eyeHigh {
			colors.Vertices[i].Color[1] = 255
		}
	}
	return []drawable.Draw{{What: wall.Bound()}, {What: colors.Bound()}}
}

// nightly is an environment that lights nothing.
func nightly() Environment {
	return Environment{Sun: sunOver(andorra, -80, 0), Moon: sunOver(andorra, -60, 0), GroundHeight: andorra.Height, GlobeHeight: andorra.Height - 30, AutoExposure: true}
}

// bent is a direction refracted at a surface whose unit normal is against it; ratio is the
// index before over that behind (Snell).
func bent(along, n mgl64.Vec3, ratio float64) (mgl64.Vec3, bool) {
	c := -n.Dot(along)
	k := 1 - ratio*ratio*(1-c*c)
	if k < 0 {
		return along, false
	}
	return along.Mul(ratio).Add(n.Mul(ratio*c - math.Sqrt(k))), true
}

// throughBall is the ray that leaves a ball, by Snell.
func throughBall(from, along, center mgl64.Vec3, radius, index float64) (mgl64.Vec3, mgl64.Vec3, bool) {
	m := from.Sub(center)
	b := m.Dot(along)
	k := b*b - m.LenSqr() + radius*radius
	if k < 0 || -b < 0 {
		return from, along, false
	}
	p := from.Add(along.Mul(-b - math.Sqrt(k)))
	n := p.Sub(center).Mul(1 / radius)
	in, _ := bent(along, n, 1/index)
	p = p.Add(in.Mul(-2 * n.Dot(in) * radius))
	out, ok := bent(in, p.Sub(center).Mul(-1/radius), index)
	return p, out, ok
}

// throughSlab is the ray that leaves a slab between two planes of a unit normal against it.
func throughSlab(from, along, n mgl64.Vec3, near, thick, index float64) (mgl64.Vec3, mgl64.Vec3) {
	p := from.Add(along.Mul((near - n.Dot(from)) / n.Dot(along)))
	in, _ := bent(along, n, 1/index)
	return p.Add(in.Mul(-thick / n.Dot(in))), along
}

// What is seen through a slab and through a ball lies where Snell's law says.
func TestGlassBendsBySnell(t *testing.T) {
	const w, h, index = 320, 180, 1.5
	frame := earth.FrameAt(andorra)
	view := look(andorra, 0, 0, eyeHigh, 0, 0)
	eye, tan := frame.ToLocal(view.Eye), math.Tan(view.FovY/2)
	turn := earth.Radians(35)
	sin, cos := math.Sincos(turn)
	normal := mgl64.Vec3{sin, -cos, 0} // of the slab, to the eye
	middle := mgl64.Vec3{0, 8, eyeHigh}
	center := mgl64.Vec3{0.3, 9, eyeHigh}
	for _, c := range []struct {
		name   string
		mesh   *drawable.Mesh
		within func(from, along mgl64.Vec3) bool
		leaves func(from, along mgl64.Vec3) (mgl64.Vec3, mgl64.Vec3, bool)
		median float64 // pixels
		most   float64 // of nineteen in twenty
		plain  float64 // by how much it is off, at the least, where nothing is bent
	}{
		{"slab", block([3]float32{0, 8, eyeHigh}, [3]float32{5, 0.6, 5}, turn, glassMaterial(index, 1.2, 0)), func(from, along mgl64.Vec3) bool {
			p := from.Add(along.Mul(middle.Sub(from).Dot(normal) / along.Dot(normal))).Sub(middle)
			return math.Abs(p.Dot(mgl64.Vec3{cos, sin, 0})) < 2 && math.Abs(p[2]) < 2.5
		}, func(from, along mgl64.Vec3) (mgl64.Vec3, mgl64.Vec3, bool) {
			p, d := throughSlab(from, along, normal, normal.Dot(middle)+0.6, 1.2, index)
			return p, d, true
		}, 0.15, 0.4, 2},
		{"ball", ball([3]float32{0.3, 9, eyeHigh}, 1.5, glassMaterial(index, 3, 0)), func(from, along mgl64.Vec3) bool {
			return center.Sub(from).Cross(along).Len() < 1.2
		}, func(from, along mgl64.Vec3) (mgl64.Vec3, mgl64.Vec3, bool) {
			return throughBall(from, along, center, 1.5, index)
		}, 1.2, 2.5, 20},
	} {
		q := tier(t, "high")
		q.SubFrames, q.BloomMips = 1, 0
		r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
		draw(t, r, &Frame{View: view, Env: nightly(), Draws: append(mapped(), drawable.Draw{What: c.mesh})})
		light := buffer(t, r, "light").Data
		pixel := mapAt * 2 * tan / h
		var off, plain []float64
		for i := range w * h {
			x, y := (float64(i%w)+0.5)/w*2-1, 1-(float64(i/w)+0.5)/h*2
			along := frame.DirToLocal(view.Forward.Add(view.Right.Mul(x * tan * w / h)).Add(view.Up.Mul(y * tan))).Normalize()
			if !c.within(eye, along) {
				continue
			}
			at, d, ok := c.leaves(eye, along)
			p := at.Add(d.Mul((mapAt - at[1]) / d[1]))
			if !ok || d[1] <= 0 || math.Abs(p[0]) > 0.92*mapAt*tan*w/h || math.Abs(p[2]-eyeHigh) > 0.92*mapAt*tan {
				continue // beyond the picture
			}
			l := light[3*i : 3*i+3]
			got := mgl64.Vec2{float64(l[0]/l[2])*2*mapHalf - mapHalf, float64(l[1]/l[2])*2*mapHalf - mapHalf + eyeHigh}
			straight := eye.Add(along.Mul((mapAt - eye[1]) / along[1]))
			off = append(off, got.Sub(mgl64.Vec2{p[0], p[2]}).Len()/pixel)
			plain = append(plain, mgl64.Vec2{straight[0], straight[2]}.Sub(mgl64.Vec2{p[0], p[2]}).Len()/pixel)
		}
		slices.Sort(off)
		slices.Sort(plain)
		n := len(off)
		if n < 800 {
			t.Fatalf("%s: %d pixels", c.name, n)
		}
		t.Logf("%s: %d pixels off by %.2f in the median, by less than %.2f in 19 of 20; unbent by %.1f", c.name, n, off[n/2], off[n*19/20], plain[n/2])
		if off[n/2] > c.median || off[n*19/20] > c.most {
			t.Errorf("%s: off by %.2f pixels, 19 of 20 by less than %.2f", c.name, off[n/2], off[n*19/20])
		}
		if plain[n/2] < c.plain {
			t.Errorf("%s: bends by %.2f pixels only", c.name, plain[n/2])
		}
	}
}

// A body takes its part of light by Fresnel and by Beer and Lambert, a thin pane by its two
// faces alone, and shifts nothing.
func TestGlassLetsThrough(t *testing.T) {
	const w, h, index = 96, 54, 1.5
	view := look(andorra, 0, 0, eyeHigh, 0, 0)
	q := tier(t, "low")
	q.TAA, q.BloomMips = false, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	f := &Frame{View: view, Env: nightly(), Draws: mapped()}
	draw(t, r, f)
	plain := slices.Clone(buffer(t, r, "light").Data)
	body := glassMaterial(index, 1, 0)
	body.Glass.Left, body.Glass.Distance = [3]float32{0.8, 0.5, 0.25}, 2
	body.Color = [4]float32{0.9, 1, 1, 1}
	thin := glassMaterial(index, 0, 0)
	thin.DoubleSided = true
	once := (index - 1) * (index - 1) / ((index + 1) * (index + 1))
	for _, c := range []struct {
		name string
		mesh *drawable.Mesh
		want [3]float64
	}{
		{"body", block([3]float32{0, 8, eyeHigh}, [3]float32{6, 0.5, 6}, 0, body), [3]float64{0.9 * math.Sqrt(0.8), math.Sqrt(0.5), math.Sqrt(0.25)}},
		{"pane", block([3]float32{0, 8, eyeHigh}, [3]float32{6, 0.01, 6}, 0, glassMaterial(index, 0, 0)), [3]float64{1, 1, 1}},
		{"hull", block([3]float32{0, 8, eyeHigh}, [3]float32{2, 2, 2}, 0, thin), [3]float64{1, 1, 1}}, // a pane on each side
	} {
		f.Draws = append(mapped(), drawable.Draw{What: c.mesh})
		draw(t, r, f)
		got, at := buffer(t, r, "light").Data, 3*(h/2*w+w/2)
		for k := range 3 {
			want := c.want[k] * (1 - once) * (1 - once)
			switch through := 1 - 2*once/(1+once); c.name {
			case "pane":
				want = through
			case "hull":
				want = through * through
			}
			if share := float64(got[at+k] / plain[at+k]); math.Abs(share-want) > 0.015 {
				t.Errorf("%s lets %.3f of colour %d through, want %.3f", c.name, share, k, want)
			}
		}
	}
}

// What stands before frosted glass is not smeared into it; what stands behind is.
func TestFrostedGlassShowsWhatIsBehind(t *testing.T) {
	const w, h = 160, 90
	view := look(andorra, 0, 0, eyeHigh, 0, 0)
	q := tier(t, "low")
	q.TAA, q.BloomMips = false, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	post := func(y float32) drawable.Draw {
		m := block([3]float32{0.5, y, eyeHigh}, [3]float32{0.2, 0.2, 9}, 0, &drawable.Material{Model: drawable.Unlit, Color: [4]float32{9 * shine, 0, 0, 1}})
		return drawable.Draw{What: m}
	}
	red := func(y float32) float32 {
		wall := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: &drawable.Material{Model: drawable.Unlit, Color: [4]float32{0, 0, shine, 1}}}
		quad(wall, [4][3]float32{{-40, 20, -30}, {40, 20, -30}, {40, 20, 40}, {-40, 20, 40}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
		pane := block([3]float32{0, 8, eyeHigh}, [3]float32{6, 0.01, 6}, 0, glassMaterial(1.5, 0, 0.6))
		draw(t, r, &Frame{View: view, Env: nightly(), Draws: []drawable.Draw{{What: wall.Bound()}, {What: pane}, post(y)}})
		p := buffer(t, r, "light").Data
		at := 3 * (h/2*w + w/2) // beside the post
		return p[at] / p[at+2]
	}
	if before := red(6); before > 1e-3 {
		t.Errorf("what stands before the glass leaves %.4f in it", before)
	}
	if behind := red(12); behind < 0.02 {
		t.Errorf("what stands behind the glass leaves %.4f beside it: it does not blur", behind)
	}
}

// Data behind glass is seen through it, data before it over it, and glass behind glass, in any
// order of the draws.
func TestGlassAndDataInAnyOrder(t *testing.T) {
	const w, h = 96, 54
	q := tier(t, "high")
	q.SubFrames, q.BloomMips = 1, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	sheet := func(y, alpha float64, c [3]float64) drawable.Draw {
		p := pane{y: y, half: 30, high: 30, color: [3]float64{c[0] * shine, c[1] * shine, c[2] * shine}, alpha: alpha}
		return p.draw()
	}
	glass := func(y, half float32, c [4]float32) drawable.Draw {
		m := glassMaterial(1.5, 0, 0)
		m.Color = c
		return drawable.Draw{What: block([3]float32{0, y, eyeHigh}, [3]float32{half, 0.01, half}, 0, m)}
	}
	draws := append(mapped()[:1], sheet(16, 0.5, [3]float64{0, 1, 0}), glass(14, 9, [4]float32{0.5, 1, 1, 1}), sheet(12, 0.25, [3]float64{1, 0, 0}),
		glass(10, 9, [4]float32{1, 1, 0.5, 1}), sheet(8, 0.5, [3]float64{0, 0, 1}))
	f := &Frame{View: look(andorra, 0, 0, eyeHigh, 0, 0), Env: nightly(), Draws: draws}
	f.Draws = draws[:1]
	draw(t, r, f)
	unit := float64(buffer(t, r, "light").Data[3*(h/2*w+w/2)+2]) // white
	f.Draws = draws
	draw(t, r, f)
	first := slices.Clone(buffer(t, r, "light").Data)
	want := [3]float64{0, 0, 1} // the wall is blue
	over := func(alpha float64, c [3]float64) {
		for k := range want {
			want[k] = want[k]*(1-alpha) + c[k]*alpha
		}
	}
	through := func(c [3]float64) {
		for k := range want {
			want[k] *= c[k] * (1 - 2*0.04/1.04)
		}
	}
	over(0.5, [3]float64{0, 1, 0})
	through([3]float64{0.5, 1, 1})
	over(0.25, [3]float64{1, 0, 0})
	through([3]float64{1, 1, 0.5})
	over(0.5, [3]float64{0, 0, 1})
	for k, v := range want {
		if got := float64(first[3*(h/2*w+w/2)+k]) / unit; math.Abs(got-v) > 0.02 {
			t.Errorf("colour %d is %.3f, want %.3f", k, got, v)
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 4 {
		f.Draws = slices.Clone(draws)
		random.Shuffle(len(draws), func(i, j int) { f.Draws[i], f.Draws[j] = f.Draws[j], f.Draws[i] })
		draw(t, r, f)
		for i, v := range buffer(t, r, "light").Data {
			if math.Abs(float64(v-first[i])) > 0.004*(unit+math.Abs(float64(v))) {
				t.Fatalf("number %d is %v in one order and %v in another", i, first[i], v)
			}
		}
	}
}

// A ball within a shell is seen through it, also where a tier tells two layers apart.
func TestGlassWithinAShell(t *testing.T) {
	const w, h = 96, 54
	q := tier(t, "low")
	q.TAA, q.BloomMips = false, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	shell := glassMaterial(1.5, 0, 0)
	shell.DoubleSided = true
	draws := append(mapped(), drawable.Draw{What: ball([3]float32{0, 9, eyeHigh}, 1.5, glassMaterial(1.5, 3, 0))})
	across := func(draws []drawable.Draw) float32 {
		draw(t, r, &Frame{View: look(andorra, 0, 0, eyeHigh, 0, 0), Env: nightly(), Draws: draws})
		p := buffer(t, r, "light").Data[3*(h/2*w+w/2+5):] // right of the middle: the ball shows what is left of it
		return p[0] / p[2]
	}
	bare := across(draws)
	within := across(append(draws, drawable.Draw{What: ball([3]float32{0, 9, eyeHigh}, 6, shell)}))
	if bare > 0.45 || math.Abs(float64(within-bare)) > 0.01 {
		t.Errorf("a ball shows the map at %.3f, within a shell at %.3f", bare, within)
	}
}

// glassCity is a town with balls, a frosted one, panes one behind the other, a dome and data.
func glassCity(place earth.Place) []drawable.Draw {
	tinted := glassMaterial(1.5, 2, 0.02)
	tinted.Glass.Left, tinted.Glass.Distance = [3]float32{0.35, 0.8, 0.65}, 4
	draws := append(boxCity(place, 8), drawable.Draw{What: ball([3]float32{-12, -140, 6}, 6, glassMaterial(1.5, 4, 0))},
		drawable.Draw{What: ball([3]float32{4, -150, 3}, 3, glassMaterial(1.5, 4, 0.45))},
		drawable.Draw{What: block([3]float32{22, -138, 5}, [3]float32{4, 4, 5}, 0.5, tinted)})
	for i := range 4 {
		m := glassMaterial(1.5, 0, 0)
		m.DoubleSided, m.Color = true, [4]float32{1 - 0.12*float32(i%2), 0.95, 0.88 + 0.1*float32(i%2), 1}
		d := &drawable.Mesh{Frame: earth.FrameAt(place).Matrix(), Material: m}
		y := -150 + 5*float32(i)
		quad(d, [4][3]float32{{9, y, 0}, {15, y + 1, 0}, {15, y + 1, 9}, {9, y, 9}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
		draws = append(draws, drawable.Draw{What: d.Bound()})
	}
	data := pane{x: -12, y: -128, turn: 0.3, half: 9, high: 12, color: [3]float64{0.9, 0.15, 0.1}, alpha: 0.5}
	return append(draws, data.draw())
}

func TestGoldenGlass(t *testing.T) {
	q := tier(t, "high")
	r := newTestRenderer(t, Options{Width: 320, Height: 180, Quality: q})
	f := &Frame{View: look(andorra, 0, -176, 7, 0, 0), Env: daylight(andorra, 130, 35), Draws: glassCity(andorra)}
	draw(t, r, f)
	golden.Check(t, "testdata/golden", "glass", r.surface.Describe().Version, readImage(t, r))
}

// Frames without glass make no targets for it; with it a steady frame allocates nothing.
func TestGlassCostsNothingWhereThereIsNone(t *testing.T) {
	q := tier(t, "low")
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: q, Live: true})
	f := &Frame{View: look(andorra, 0, -176, 7, 180, 0), Env: daylight(andorra, 130, 35), Draws: glassCity(andorra)}
	draw(t, r, f)
	if r.glass != nil {
		t.Error("targets for glass that is behind the eye")
	}
	f.View = look(andorra, 0, -176, 7, 0, 0)
	f.Previous = &f.View
	for range 4 {
		draw(t, r, f)
	}
	if r.glass == nil {
		t.Error("glass in the view is not drawn")
	}
	if n := testing.AllocsPerRun(20, func() { draw(t, r, f) }); n > 0 {
		t.Errorf("%v allocations a frame", n)
	}
}

// A camera that goes past glass leaves no trace in it: the live picture stays close to what
// many sub-frames of the same instant average to.
func TestGlassLeavesNoTrace(t *testing.T) {
	const w, h = 256, 144
	env, draws := daylight(andorra, 130, 35), glassCity(andorra)
	at := func(i int) *Frame {
		return &Frame{View: look(andorra, -6+0.25*float64(i), -176+0.2*float64(i), 7, 0, 0), Draws: draws, Env: env}
	}
	for _, name := range []string{"low", "high"} {
		q := tier(t, name)
		r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Live: true})
		f := at(0)
		draw(t, r, f)
		for i := 1; i <= 20; i++ {
			next := at(i)
			next.Previous = &f.View
			draw(t, r, next)
			f = next
		}
		_, moving := linearPicture(t, r)
		q.SubFrames = 16
		still := newTestRendererOn(t, r, Options{Width: w, Height: h, Quality: q})
		f.Previous = nil
		draw(t, still, f)
		_, truth := linearPicture(t, still)
		_, flip := metric.FLIP(truth, moving, w, h, 67)
		t.Logf("%s: FLIP %.4f against 16 sub-frames", name, flip)
		if flip > 0.08 {
			t.Errorf("%s: FLIP %.4f in motion", name, flip)
		}
	}
}
