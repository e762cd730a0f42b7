package pipeline

import (
	"image"
	"math"
	"runtime"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/surface"
)

// offscreen makes a debug context current; any driver error fails the test.
func offscreen(t testing.TB) surface.Surface {
	t.Helper()
	runtime.LockOSThread()
	s, err := surface.NewOffscreen(surface.Options{Debug: true})
	if err != nil {
		runtime.UnlockOSThread()
		t.Skip("no EGL here: ", err)
	}
	gpu.OnDebug(func(m string, isError bool) {
		if isError {
			t.Error("driver: ", m)
		}
	})
	t.Cleanup(func() {
		if err := gpu.Err(); err != nil {
			t.Error(err)
		}
		s.Release()
		runtime.UnlockOSThread()
	})
	return s
}

func newTestRenderer(t testing.TB, o Options) *Renderer {
	t.Helper()
	r, err := New(offscreen(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Release)
	return r
}

func tier(t testing.TB, name string) Quality {
	t.Helper()
	q, ok := Tier(name)
	if !ok {
		t.Fatalf("no tier %s", name)
	}
	return q
}

// quad appends two triangles a b c d, counter-clockwise.
func quad(m *drawable.Mesh, p [4][3]float32, uv [4][2]float32, color [4]uint8, feature uint32) {
	a, b := mgl64.Vec3{}, mgl64.Vec3{}
	for k := range 3 {
		a[k], b[k] = float64(p[1][k]-p[0][k]), float64(p[3][k]-p[0][k])
	}
	n := a.Cross(b).Normalize()
	normal := drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
	base := uint32(len(m.Vertices))
	for i := range p {
		m.Vertices = append(m.Vertices, drawable.Vertex{Position: p[i], Normal: normal, Color: color, UV: uv[i], Feature: feature})
	}
	m.Indices = append(m.Indices, base, base+1, base+2, base, base+2, base+3)
}

// box appends walls (UV: bays and storeys) to walls and a flat roof to roofs.
func box(walls, roofs *drawable.Mesh, x, y, z, w, d, h float32, color [4]uint8, feature uint32) {
	c := [4][2]float32{{x, y}, {x + w, y}, {x + w, y + d}, {x, y + d}}
	storeys := float32(math.Round(float64(h / 3.2)))
	for i := range 4 {
		a, b := c[i], c[(i+1)%4]
		bays := float32(math.Round(math.Hypot(float64(b[0]-a[0]), float64(b[1]-a[1])) / 3))
		quad(walls, [4][3]float32{{a[0], a[1], z}, {b[0], b[1], z}, {b[0], b[1], z + h}, {a[0], a[1], z + h}},
			[4][2]float32{{0, 0}, {bays, 0}, {bays, storeys}, {0, storeys}}, color, feature)
	}
	quad(roofs, [4][3]float32{{c[0][0], c[0][1], z + h}, {c[1][0], c[1][1], z + h}, {c[2][0], c[2][1], z + h}, {c[3][0], c[3][1], z + h}},
		[4][2]float32{{0, 0}, {w, 0}, {w, d}, {0, d}}, [4]uint8{150, 145, 140, 255}, feature)
}

// boxCity is n×n boxes on a plane, in tiles, with a road and water.
func boxCity(place earth.Place, n int) []drawable.Draw {
	frame := earth.FrameAt(place).Matrix()
	wall := &drawable.Material{Name: "wall", Model: drawable.Facade, Roughness: 0.7, Reflectance: 0.5, Color: [4]float32{1, 1, 1, 1}, Lit: 0.5}
	roof := &drawable.Material{Name: "roof", Model: drawable.Roof, Roughness: 0.9, Reflectance: 0.4, Color: [4]float32{1, 1, 1, 1}}
	ground := &drawable.Material{Name: "ground", Model: drawable.Ground, Roughness: 0.95, Reflectance: 0.4, Color: [4]float32{1, 1, 1, 1}}
	road := &drawable.Material{Name: "road", Model: drawable.Road, Roughness: 0.8, Reflectance: 0.5, Color: [4]float32{1, 1, 1, 1}}
	water := &drawable.Material{Name: "water", Model: drawable.Water, Roughness: 0.06, Reflectance: 0.5, Color: [4]float32{1, 1, 1, 1}}
	const pitch = 30
	half := float32(n) * pitch / 2
	var draws []drawable.Draw
	add := func(m *drawable.Mesh) {
		if len(m.Indices) > 0 {
			draws = append(draws, drawable.Draw{What: m.Bound(), IDBase: 1})
		}
	}
	seed := uint32(1)
	random := func() float32 {
		seed = seed*747796405 + 2891336453
		return float32(seed>>8) / (1 << 24)
	}
	const tile = 16
	for ty := 0; ty < n; ty += tile {
		for tx := 0; tx < n; tx += tile {
			walls := &drawable.Mesh{Name: "walls", Frame: frame, Material: wall}
			roofs := &drawable.Mesh{Name: "roofs", Frame: frame, Material: roof}
			for y := ty; y < min(ty+tile, n); y++ {
				for x := tx; x < min(tx+tile, n); x++ {
					h := 6 + 40*random()*random()*random()*random()*3
					g := uint8(150 + 90*random())
					box(walls, roofs, float32(x)*pitch-half+5, float32(y)*pitch-half+5, 0, 12+8*random(), 12+8*random(), h,
						[4]uint8{g, uint8(float32(g) * 0.93), uint8(float32(g) * 0.85), 255}, uint32(y*n+x))
				}
			}
			add(walls)
			add(roofs)
		}
	}
	plane := func(m *drawable.Material, x0, y0, x1, y1 float32, color [4]uint8, bias int) {
		p := &drawable.Mesh{Name: m.Name, Frame: frame, Material: m, Bias: bias}
		quad(p, [4][3]float32{{x0, y0, 0}, {x1, y0, 0}, {x1, y1, 0}, {x0, y1, 0}}, [4][2]float32{{0, 0}, {1, 0}, {1, (y1 - y0) / 8}, {0, (y1 - y0) / 8}}, color, 1<<20)
		add(p)
	}
	plane(ground, -half*1.5, -half*1.5, half*1.5, half*1.5, [4]uint8{120, 130, 90, 255}, 0)
	plane(road, -4, -half, 4, half, [4]uint8{90, 90, 92, 255}, 10)
	plane(water, -half*1.5, half, half*1.5, half*1.5, [4]uint8{40, 70, 80, 255}, 2)
	return draws
}

// look returns a view from metres east, north and up of a place, by heading and pitch.
func look(place earth.Place, east, north, up, heading, pitch float64) View {
	f := earth.FrameAt(place)
	eye := f.FromLocal(mgl64.Vec3{east, north, up})
	e := earth.FrameAt(earth.FromECEF(eye))
	h, p := earth.Radians(heading), earth.Radians(pitch)
	forward := mgl64.Vec3{math.Sin(h) * math.Cos(p), math.Cos(h) * math.Cos(p), math.Sin(p)}
	right := mgl64.Vec3{math.Cos(h), -math.Sin(h), 0}
	return View{Eye: eye, Right: e.DirFromLocal(right), Up: e.DirFromLocal(right.Cross(forward)), Forward: e.DirFromLocal(forward), FovY: earth.Radians(45)}
}

// daylight is an environment with the sun at an azimuth and height over a place.
func daylight(place earth.Place, azimuth, height float64) Environment {
	f := earth.FrameAt(place)
	a, h := earth.Radians(azimuth), earth.Radians(height)
	return Environment{
		Sun:  f.DirFromLocal(mgl64.Vec3{math.Sin(a) * math.Cos(h), math.Cos(a) * math.Cos(h), math.Sin(h)}),
		Moon: f.DirFromLocal(mgl64.Vec3{0, 0, -1}), GroundHeight: place.Height, GlobeHeight: place.Height - 30,
		Haze: 1, AutoExposure: true,
	}
}

func readImage(t testing.TB, r *Renderer) *image.NRGBA {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, r.options.Width, r.options.Height))
	if err := r.ReadRGBA(img.Pix); err != nil {
		t.Fatal(err)
	}
	return img
}

var andorra = earth.Place{Lng: 1.5245, Lat: 42.5078, Height: 1023}

// forwardDraws is one of each kind of drawable that is not opaque, and instances.
func forwardDraws() []drawable.Draw {
	frame := earth.FrameAt(andorra).Matrix()
	lines := &drawable.Lines{Frame: frame, Blend: drawable.Alpha, Emission: 1}
	for k := range 3 {
		lines.Starts = append(lines.Starts, uint32(len(lines.Vertices)))
		for i := range 33 {
			a := float64(i) / 32
			lines.Vertices = append(lines.Vertices, drawable.LineVertex{Position: [3]float32{float32(-300 + 600*a), float32(-100 + 150*k), float32(200 * math.Sin(math.Pi*a))}, Width: 8, Color: [4]uint8{255, uint8(80 * k), 40, 160}, Time: float32(i), Feature: uint32(100 + k)})
		}
	}
	trail := &drawable.Lines{Frame: frame, Metres: true, Blend: drawable.Additive, Emission: 4, Flow: drawable.Comet{Trail: 20}, Starts: []uint32{0}}
	for i := range 33 {
		trail.Vertices = append(trail.Vertices, drawable.LineVertex{Position: [3]float32{0, float32(-400 + 25*i), float32(120)}, Width: 6, Color: [4]uint8{60, 200, 255, 255}, Time: float32(i)})
	}
	pts := &drawable.Points{Frame: frame, Blend: drawable.Alpha, Emission: 1}
	ring := &drawable.Points{Frame: frame, Blend: drawable.Alpha, Emission: 1, Stroke: 0.3}
	for i := range 20 {
		p := drawable.PointVertex{Position: [3]float32{float32(-200 + 20*i), -200, 60}, Size: float32(4 + 2*i), Color: [4]uint8{250, 220, 30, 200}, Feature: uint32(500 + i)}
		pts.Vertices = append(pts.Vertices, p)
		p.Position[2] = 100
		ring.Vertices = append(ring.Vertices, p)
	}
	glass := &drawable.Mesh{Frame: frame, Material: &drawable.Material{Model: drawable.Standard, Blend: drawable.Alpha, Roughness: 0.1, Reflectance: 0.5, Color: [4]float32{0.2, 0.6, 1, 0.4}, DoubleSided: true}}
	quad(glass, [4][3]float32{{60, -250, 0}, {200, -250, 0}, {200, -250, 120}, {60, -250, 120}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 7)
	tree := &drawable.Mesh{Frame: frame, Material: &drawable.Material{Model: drawable.Foliage, Roughness: 0.9, Reflectance: 0.4, Color: [4]float32{1, 1, 1, 1}}}
	box(tree, tree, -2, -2, 2, 4, 4, 5, [4]uint8{60, 110, 40, 255}, 0)
	tree.Bound()
	wood := &drawable.Instances{Mesh: tree, Frame: frame}
	for i := range 200 {
		wood.Items = append(wood.Items, drawable.Instance{Position: [3]float32{float32(i%20)*12 - 260, float32(i/20)*12 - 480, 0}, Yaw: float32(i), Scale: [2]float32{1, 0.6 + float32(i%7)/8}, Color: [4]uint8{255, 255, 255, 255}, Feature: uint32(1000 + i)})
	}
	atlas := &drawable.Image{Name: "disc", Width: 64, Height: 64, Channels: 1, Pixels: make([]byte, 64*64)}
	for i := range atlas.Pixels {
		d := 20 - math.Hypot(float64(i%64)-31.5, float64(i/64)-31.5)
		if i/64 < 20 && i%64 > 28 && i%64 < 36 {
			d = math.Max(d, 4)
		}
		atlas.Pixels[i] = uint8(math.Min(math.Max(128+d*16, 0), 255))
	}
	text := &drawable.Glyphs{Frame: frame, Atlas: atlas, Spread: 8}
	for i := range 5 {
		text.Labels = append(text.Labels, drawable.Label{Anchor: [3]float32{float32(-200 + 100*i), 0, 150}, First: i, Count: 1, Color: [4]uint8{255, 255, 255, 255}, Halo: [4]uint8{20, 20, 60, 255}, HaloWidth: 3})
		text.Quads = append(text.Quads, drawable.GlyphQuad{Min: [2]float32{-16, -16}, Max: [2]float32{16, 16}, UVMax: [2]float32{64, 64}})
	}
	over := &drawable.Mesh{Frame: frame, Material: &drawable.Material{Model: drawable.Unlit, Color: [4]float32{1, 0, 0, 1}, DoubleSided: true}}
	quad(over, [4][3]float32{{-10, 300, 0}, {10, 300, 0}, {10, 300, 40}, {-10, 300, 40}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 9)
	return []drawable.Draw{{What: lines.Bound(), IDBase: 1}, {What: trail.Bound(), Time: 24}, {What: pts.Bound()}, {What: ring.Bound()}, {What: glass.Bound(), IDBase: 1}, {What: wood.Bound()}, {What: text}, {What: over.Bound(), Overlay: true}, {What: lampField(60, 200)}}
}
