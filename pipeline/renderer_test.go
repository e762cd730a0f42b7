package pipeline

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

func draw(t testing.TB, r *Renderer, f *Frame) {
	t.Helper()
	if err := r.Draw(f); err != nil {
		t.Fatal(err)
	}
}

func cityFrame(n int) *Frame {
	return &Frame{
		View: look(andorra, -100, -float64(n)*20, 120, 10, -15), Draws: append(boxCity(andorra, n), forwardDraws()...),
		Env: daylight(andorra, 130, 35),
	}
}

func TestFrameBlockMatchesTheShader(t *testing.T) {
	offscreen(t)
	p, err := gpu.NewProgram("lines", gpu.Stage{File: "lines.vert"}, gpu.Stage{File: "lines.frag"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Release()
	if got, want := p.BlockSize("Frame"), int(reflect.TypeFor[frameBlock]().Size()); got != want {
		t.Errorf("the block is %d bytes in GLSL, %d in Go", got, want)
	}
	for f := range reflect.TypeFor[frameBlock]().Fields() {
		name := "Frame." + f.Name
		if f.Name == "cascadeStep" {
			name += "[0]"
		}
		if got := p.BlockField(name); got != int(f.Offset) {
			t.Errorf("%s is at %d in GLSL, %d in Go", name, got, f.Offset)
		}
	}
}

// On a software rasteriser the stages that fill the picture get what they know of the frame as
// flat inputs. The goldens tell that it is the same.
func TestScreenProgramsReadNoBlocks(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "low"), Live: true})
	if !r.clock.software {
		t.Skip("a GPU reads blocks by itself")
	}
	for i := range 2 { // the second has a history
		f := cityFrame(4)
		f.View.Eye[0] += float64(i)
		draw(t, r, f)
	}
	for _, file := range []string{"lighting.frag", "upscale.frag", "ao.frag", "depth_linear.frag", "sky.frag"} {
		found := false
		for key, p := range r.programs {
			if strings.HasPrefix(key, file+"|") && !strings.Contains(key, "CLOUDS 3") { // which reads more than there are inputs
				found = true
				if p.FragmentReads("Frame") || p.FragmentReads("Sky") {
					t.Errorf("%s reads a block", key)
				}
			}
		}
		if !found {
			t.Errorf("no program of %s", file)
		}
	}
}

func TestGoldenBuffers(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 320, Height: 180, Quality: tier(t, "draft"), Keep: []string{"normal", "depth", "id"}})
	f := cityFrame(16)
	draw(t, r, f)
	for _, name := range r.options.Keep {
		p, err := r.Buffer(name)
		if err != nil {
			t.Fatal(err)
		}
		golden.Check(t, "testdata/golden", name, r.surface.Describe().Version, p.Image())
	}
	first := readImage(t, r)
	draw(t, r, f)
	if d := golden.Compare(first, readImage(t, r)); d.Different > 0 {
		t.Errorf("drawn twice: %v", d)
	}
}

// File mode has no history: whatever came before, the same frame is the same picture.
func TestFileModeIsAPureFunction(t *testing.T) {
	q := tier(t, "low")
	q.SubFrames = 3
	r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: q})
	f, other := cityFrame(8), cityFrame(8)
	other.View = look(andorra, 50, -90, 40, 200, -5)
	other.Time, other.Env = 7, daylight(andorra, 250, -4)
	draw(t, r, f)
	want := readImage(t, r)
	for range 3 {
		draw(t, r, other)
	}
	if d := golden.Compare(want, readImage(t, r)); d.Different == 0 {
		t.Fatal("another frame is the same picture")
	}
	draw(t, r, f)
	if d := golden.Compare(want, readImage(t, r)); d.Different > 0 {
		t.Errorf("after other frames: %v", d)
	}
	if err := r.Resize(80, 46); err != nil {
		t.Fatal(err)
	}
	draw(t, r, other)
	if err := r.Resize(160, 90); err != nil {
		t.Fatal(err)
	}
	draw(t, r, f)
	if d := golden.Compare(want, readImage(t, r)); d.Different > 0 {
		t.Errorf("after a change of size: %v", d)
	}
}

// Coplanar surfaces are ordered by their bias, near and far, whichever comes first.
func TestBiasOrdersCoplanarSurfaces(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 128, Height: 128, Quality: tier(t, "draft"), Keep: []string{"id"}})
	frame := earth.FrameAt(andorra).Matrix()
	plane := func(bias int, cut float32, feature uint32) *drawable.Mesh {
		m := &drawable.Mesh{Frame: frame, Material: drawable.DefaultMaterial(), Bias: bias}
		quad(m, [4][3]float32{{-9000, 0, 0}, {9000, 0, 0}, {9000, cut, 0}, {-9000, cut, 0}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, feature)
		if cut < 9000 { // another triangulation of the same plane
			quad(m, [4][3]float32{{-9000, cut, 0}, {9000, cut, 0}, {9000, 9000, 0}, {-9000, 9000, 0}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, feature)
		}
		return m.Bound()
	}
	ground, area, road := plane(0, 9000, 1), plane(2, 3333, 2), plane(10, 777, 3)
	for _, height := range []float64{2, 50, 1500} {
		for _, order := range [][]drawable.Draw{{{What: ground}, {What: area}, {What: road}}, {{What: road}, {What: area}, {What: ground}}} {
			f := &Frame{View: look(andorra, 0, -20, height, 0, -8), Draws: order, Env: daylight(andorra, 180, 40)}
			draw(t, r, f)
			p, err := r.Buffer("id")
			if err != nil {
				t.Fatal(err)
			}
			wrong := 0
			for i := range p.Data {
				if id := math.Float32bits(p.Data[i]); id != 3 && id != 0 {
					wrong++
				}
			}
			if wrong > 0 {
				t.Errorf("from %v m: %d pixels show what lies below", height, wrong)
			}
		}
	}
}

// A camera that drifts 1 mm a step past a wall 1 m away moves the wall's edge by what
// float64 says, everywhere on Earth.
func TestFloatJitter(t *testing.T) {
	const width, height = 64, 64
	q := tier(t, "draft")
	r := newTestRenderer(t, Options{Width: width, Height: height, Quality: q, Keep: []string{"depth"}})
	for _, place := range []earth.Place{{Lng: 0, Lat: 0}, {Lng: 1.5, Lat: 42.5, Height: 1000}, {Lng: 77, Lat: -89, Height: 2800}, {Lng: 180, Lat: 17, Height: 5}, {Lng: -179.99999, Lat: 17, Height: 5}} {
		f := earth.FrameAt(place)
		// The wall lies 3 km off its mesh's origin, turned a little so that its edge
		// crosses pixel columns at a known row for sub-pixel measuring by depth.
		const ox, oy, oz = 3000, -2000, 40
		wall := &drawable.Mesh{Frame: f.Matrix(), Material: drawable.DefaultMaterial()}
		quad(wall, [4][3]float32{{ox - 2, oy, oz - 2}, {ox + 2, oy + 4, oz - 2}, {ox + 2, oy + 4, oz + 2}, {ox - 2, oy, oz + 2}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
		frame := &Frame{Draws: []drawable.Draw{{What: wall.Bound(), NoShadow: true}}, Env: daylight(place, 180, 40)}
		worst := 0.0
		for step := range 12 {
			at := mgl64.Vec3{ox + float64(step)*0.001, oy + 1, oz}
			eye := f.FromLocal(at)
			// Looking along +y of the mesh's frame; the wall is the plane y - oy - 2 = x - ox.
			frame.View = View{Eye: eye, Right: f.East, Up: f.Up, Forward: f.North, FovY: earth.Radians(60)}
			draw(t, r, frame)
			p, err := r.Buffer("depth")
			if err != nil {
				t.Fatal(err)
			}
			tan := math.Tan(earth.Radians(30))
			for _, x := range []int{8, 20, 32, 44} {
				// The ray through the pixel's centre meets the wall at depth d, where
				// at.y + d - oy - 2 = at.x + d·k - ox.
				k := (2*(float64(x)+0.5)/width - 1) * tan
				want := (at[0] - ox - (at[1] - oy) + 2) / (1 - k)
				got := float64(p.Data[(height/2)*width+x])
				// What k would give the depth that was drawn; the difference in pixels.
				seen := 1 - (at[0]-ox-(at[1]-oy)+2)/got
				worst = math.Max(worst, math.Abs(seen-k)/tan*width/2)
				if math.IsInf(got, 0) || math.Abs(got-want) > 0.1 {
					t.Fatalf("%v: depth %v, want %v", place, got, want)
				}
			}
		}
		// The test's own picture has 64 rows; scale to 1080.
		if pixels := worst * 1080 / height; pixels > 0.1 {
			t.Errorf("%v: %.3f pixels of a 1080-line picture", place, pixels)
		}
	}
}

func TestSteadyDrawAllocatesNothing(t *testing.T) {
	for _, c := range []struct {
		tier        string
		live, night bool
		colored     bool // by values, as tiles are, in the rain
	}{{"low", false, false, false}, {"low", true, false, false}, {"low", true, true, false}, {"high", false, true, false}, {"high", true, false, false}, {"low", true, false, true}, {"low", false, true, true}} {
		r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: tier(t, c.tier), Live: c.live})
		f := cityFrame(8)
		if c.night {
			f.Env.Sun = sunOver(andorra, -30, 90)
		}
		if c.colored {
			f.Env.Wetness, f.Env.Clouds = 1, 0.6
			for i := range f.Draws {
				if m, ok := f.Draws[i].What.(*drawable.Mesh); ok {
					f.Draws[i].Colors = &drawable.Colors{Of: make([][4]uint8, 1+256*len(m.Vertices))}
				}
			}
		}
		for range 5 {
			draw(t, r, f)
		}
		if c.live {
			f.Previous = &View{}
			*f.Previous = f.View
		}
		if n := testing.AllocsPerRun(10, func() { draw(t, r, f) }); n > 0 {
			t.Errorf("%+v: %v allocations a frame", c, n)
		}
	}
}

// Nothing of a frame is left in the next: the same frame has the same bytes after another
// with a cliff where it has sky, in which occlusion looks around for planes.
func TestFramesLeaveNothing(t *testing.T) {
	q := tier(t, "high")
	q.SubFrames = 2
	options := Options{Width: 160, Height: 90, Quality: q, Keep: []string{"light"}}
	cliff := &drawable.Mesh{Name: "cliff", Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
	quad(cliff, [4][3]float32{{-300, 60, -300}, {300, 60, -300}, {300, 60, 300}, {-300, 60, 300}}, [4][2]float32{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, [4]uint8{255, 255, 255, 255}, 1)
	city := cityFrame(12)
	read := func(r *Renderer) []float32 { return readFloats(t, r.scene.Tex(r.kept["light"])) }
	fresh := newTestRenderer(t, options)
	draw(t, fresh, city)
	want := read(fresh)
	r := newTestRenderer(t, options)
	draw(t, r, &Frame{View: look(andorra, 0, 0, 5, 0, 0), Draws: []drawable.Draw{{What: cliff.Bound()}}, Env: city.Env})
	draw(t, r, city)
	for i, v := range read(r) {
		if v != want[i] {
			t.Fatalf("value %d is %v, at first %v", i, v, want[i])
		}
	}
}

func TestBadFramesAndOptions(t *testing.T) {
	s := offscreen(t)
	if _, err := New(s, Options{}); err == nil {
		t.Error("a picture of no size")
	}
	if _, err := New(s, Options{Width: 8, Height: 8, Keep: []string{"heat"}}); err == nil || !strings.Contains(err.Error(), "albedo") {
		t.Errorf("an unknown buffer: %v", err)
	}
	r, err := New(s, Options{Width: 64, Height: 36, Quality: tier(t, "draft")})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	if err := r.ReadRGBA(make([]byte, 64*36*4)); err == nil {
		t.Error("read before anything was drawn")
	}
	if err := r.Draw(&Frame{}); err == nil {
		t.Error("a view without an eye")
	}
	f := &Frame{View: look(andorra, 0, 0, 10, 0, 0), Env: daylight(andorra, 100, 40)}
	f.Draws = []drawable.Draw{{What: &drawable.Tileset{}}}
	if err := r.Draw(f); err == nil || !strings.Contains(err.Error(), "tileset") {
		t.Errorf("a tileset: %v", err)
	}
	odd := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Vertices: make([]drawable.Vertex, 3), Indices: []uint32{0, 1, 70000}, Radius: 1e6}
	broken := &drawable.Mesh{Frame: odd.Frame, Vertices: make([]drawable.Vertex, 3), Indices: []uint32{0, 1, 2}, Radius: 1e6,
		Material: &drawable.Material{Texture: &drawable.Image{Name: "short", Width: 9, Height: 9, Channels: 4}}}
	f.Draws = []drawable.Draw{{What: nil}, {What: odd}, {What: &drawable.Mesh{}}, {What: &drawable.Lines{}}, {What: &drawable.Points{}}, {What: &drawable.Glyphs{}}, {What: &drawable.Instances{}}}
	draw(t, r, f)
	f.Draws = []drawable.Draw{{What: broken}}
	if err := r.Draw(f); err == nil || !strings.Contains(err.Error(), "short") {
		t.Errorf("an image without its pixels: %v", err)
	}
}

// A convex body and a plane do not shadow themselves, at any height of the sun and from
// near and far; and a wall's shadow begins at its foot.
func TestNoAcneNoPeterPanning(t *testing.T) {
	frame := earth.FrameAt(andorra).Matrix()
	m := &drawable.Mesh{Frame: frame, Material: drawable.DefaultMaterial()}
	box(m, m, -15, -10, 0, 30, 20, 25, [4]uint8{200, 200, 200, 255}, 5)
	plane := &drawable.Mesh{Frame: frame, Material: drawable.DefaultMaterial()}
	quad(plane, [4][3]float32{{-3000, -3000, 0}, {3000, -3000, 0}, {3000, 3000, 0}, {-3000, 3000, 0}}, [4][2]float32{}, [4]uint8{200, 200, 200, 255}, 6)
	m.Bound()
	plane.Bound()
	for _, name := range []string{"draft", "low", "high"} {
		q := tier(t, name)
		q.AOSlices, q.SSRSteps, q.BloomMips, q.SubFrames = 0, 0, 0, 1
		r := newTestRenderer(t, Options{Width: 240, Height: 136, Quality: q})
		for _, body := range []*drawable.Mesh{m, plane} {
			for _, height := range []float64{4, 12, 35, 75} {
				for _, view := range []View{look(andorra, -60, -80, 30, 35, -15), look(andorra, -300, -700, 400, 25, -28), look(andorra, -20, -14, 1.7, 60, 0)} {
					f := &Frame{View: view, Draws: []drawable.Draw{{What: body}}, Env: daylight(andorra, 215, height)}
					draw(t, r, f)
					with := readImage(t, r)
					f.Draws[0].NoShadow = true
					draw(t, r, f)
					if d := golden.Compare(readImage(t, r), with); d.Beyond > 0 {
						t.Errorf("%s, sun at %v°: a body shadows itself: %v", name, height, d)
					}
				}
			}
		}
		// The sun in the south: the north wall's foot is in shadow.
		f := &Frame{View: look(andorra, 0, 60, 12, 180, -14), Draws: []drawable.Draw{{What: m}, {What: plane}}, Env: daylight(andorra, 180, 40)}
		f.Env.AutoExposure, f.Env.Exposure = false, 14
		draw(t, r, f)
		with := readImage(t, r)
		f.Draws[0].NoShadow = true
		draw(t, r, f)
		without := readImage(t, r)
		c := newCamera(&f.View, f.Env.GroundHeight, 240, 136)
		for _, off := range []float64{1, 2, 8, 15} {
			p := c.frame.ToLocal(earth.FrameAt(andorra).FromLocal(mgl64.Vec3{3, 10 + off, 0}))
			d := p.Dot(c.forward)
			x, y := int((p.Dot(c.right)/d/c.tanX*0.5+0.5)*240), int((0.5-p.Dot(c.up)/d/c.tanY*0.5)*136)
			a, b := with.NRGBAAt(x, y).R, without.NRGBAAt(x, y).R
			if int(a) > int(b)*7/10 {
				t.Errorf("%s: %v m behind the wall the ground is lit: %d, without shadow %d", name, off, a, b)
			}
		}
	}
}
