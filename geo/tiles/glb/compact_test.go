package glb

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles/check/khronos"
)

var home = earth.FrameAt(earth.Place{Lng: 7, Lat: 50})

// compactOptions are the ways to write small files.
var compactOptions = map[string]Options{
	"quantized":          {Quantize: true},
	"compressed":         {Compress: true},
	"lattice":            {Lattice: &Lattice{home, 1.0 / 1024}},
	"lifted":             {Quantize: true, Lift: 0.25},
	"compressed lattice": {Lattice: &Lattice{earth.FrameAt(earth.Place{Lng: 7.3, Lat: 49.8}), 1.0 / 1024}, Compress: true},
}

// corner is what a vertex of a triangle says.
type corner struct {
	position, normal [3]float32
	color            [4]uint8
	uv               [2]float32
	feature          uint32
}

func corners(m geo.Mesh, i int) (out [3]corner) {
	for k := range out {
		v := m.Indices[i+k]
		out[k] = corner{position: m.Positions[v], normal: m.Normals[v], color: m.Colors[v]}
		if m.UVs != nil {
			out[k].uv = m.UVs[v]
		}
		if m.Features != nil {
			out[k].feature = m.Features[v]
		}
	}
	return out
}

func near(a, b []float32, by float64) bool {
	for k := range a {
		if math.Abs(float64(a[k]-b[k])) > by {
			return false
		}
	}
	return true
}

func (a corner) like(b corner, step float64) bool {
	for k := range a.color {
		if d := int(a.color[k]) - int(b.color[k]); d > 1 || d < -1 {
			return false
		}
	}
	return a.feature == b.feature && near(a.position[:], b.position[:], step) && near(a.normal[:], b.normal[:], 0.012) && near(a.uv[:], b.uv[:], 1.0/1024)
}

// Every triangle that has three corners comes back, within half a step.
func TestCompactRoundTrip(t *testing.T) {
	for name, o := range compactOptions {
		for seed := range uint64(30) {
			c := randomContent(seed)
			c.Frame = home
			got, err := Read(encode(t, c, o), ReadOptions{ToECEF: home.Matrix()})
			if err != nil {
				t.Fatal(err)
			}
			lo, hi := reach(c.Meshes)
			step := inShorts(lo, hi).step
			if o.Lattice != nil {
				step = o.Lattice.Step + 3e-4 // float32 rounds a kilometre to 6e-5
			}
			var all, back [][3]corner
			for _, m := range c.Meshes {
				for i := 0; i < len(m.Indices); i += 3 {
					if v := m.Indices[i : i+3]; v[0] != v[1] && v[1] != v[2] && v[2] != v[0] {
						all = append(all, corners(m, i))
					}
				}
			}
			for _, m := range got.Meshes {
				for i := 0; i < len(m.Indices); i += 3 {
					back = append(back, corners(m, i))
				}
			}
			if len(all) != len(back) {
				t.Fatalf("%s, seed %d: %d triangles of %d", name, seed, len(back), len(all))
			}
			for _, a := range all {
				found := false
				for _, b := range back {
					for r := range 3 {
						found = found || a[0].like(b[r], step) && a[1].like(b[(r+1)%3], step) && a[2].like(b[(r+2)%3], step)
					}
				}
				if !found {
					t.Fatalf("%s, seed %d: a triangle is lost: %v", name, seed, a)
				}
			}
			compareInstances(t, got.Instances, c.Instances)
			if len(got.Features) != len(c.Features) || len(c.Features) > 0 && !reflect.DeepEqual(got.Features[0], c.Features[0]) {
				t.Fatalf("%s, seed %d: %d rows", name, seed, len(got.Features))
			}
		}
	}
}

func compareInstances(t *testing.T, got, want []geo.Instances) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d instances, want %d", len(got), len(want))
	}
	for i := range want {
		for k, w := range want[i].Items {
			g := got[i].Items[k]
			turned := math.Abs(math.Remainder(float64(g.Yaw-w.Yaw), 2*math.Pi))
			if !near(g.Position[:], w.Position[:], footStep) || math.Abs(float64(g.Scale-w.Scale)) > sizeStep || turned > 0.005 || g.Feature != w.Feature {
				t.Fatalf("instance %+v, want %+v", g, w)
			}
		}
	}
}

// Two tiles of turned frames that share vertices write them as the same points, to the
// last bit, and the same of what is compressed.
func TestSeams(t *testing.T) {
	l := Lattice{earth.FrameAt(earth.Place{Lng: 7, Lat: 50}), 1.0 / 4096}
	left, right := earth.FrameAt(earth.Place{Lng: 7.21, Lat: 50.1}), earth.FrameAt(earth.Place{Lng: 7.216, Lat: 50.103, Height: 300})
	r := rand.New(rand.NewPCG(1, 2))
	var shared []mgl64.Vec3
	for range 300 {
		p := earth.Place{Lng: 7.213 + r.Float64()*1e-4, Lat: 50.1015 + r.Float64()*2e-3, Height: r.Float64() * 80}
		shared = append(shared, l.Snap(p.ECEF()))
	}
	points := func(f earth.Frame, o Options) map[[3]int64]int {
		m := geo.Mesh{Material: geo.Ground}
		for _, p := range shared {
			v := f.ToLocal(p)
			m.Positions = append(m.Positions, [3]float32{float32(v[0]), float32(v[1]), float32(v[2])})
			m.Normals = append(m.Normals, [3]float32{0, 0, 1})
			m.Colors = append(m.Colors, [4]uint8{90, 120, 60, 255})
		}
		for i := range len(shared) - 2 {
			m.Indices = append(m.Indices, uint32(i), uint32(i+1), uint32(i+2))
		}
		o.Lattice = &l
		d, err := parse(encode(t, geo.Content{Frame: f, Meshes: []geo.Mesh{m}}, o), nil)
		if err != nil {
			t.Fatal(err)
		}
		node := d.Nodes[0]
		world := f.Matrix().Mul4(zUp).Mul4(localMatrix(node))
		raw, err := d.floats(d.Meshes[0].Primitives[0].Attributes["POSITION"], 3)
		if err != nil {
			t.Fatal(err)
		}
		out := map[[3]int64]int{}
		for i := 0; i < len(raw); i += 3 {
			v := l.Frame.ToLocal(world.Mul4x1(vec3(raw[i:]).Vec4(1)).Vec3())
			var n [3]int64
			for k := range n {
				n[k] = int64(math.Round(v[k] / l.Step))
				if off := math.Abs(v[k] - float64(n[k])*l.Step); off > 1e-8 {
					t.Fatalf("a decoded vertex is %g m off the lattice", off)
				}
			}
			out[n]++
		}
		return out
	}
	for _, o := range []Options{{}, {Compress: true}} {
		a, b := points(left, o), points(right, o)
		if len(a) < 290 || len(a) != len(b) {
			t.Fatalf("%d and %d points", len(a), len(b))
		}
		for n := range a {
			if b[n] == 0 {
				t.Errorf("the other tile has no vertex at %v", n)
			}
		}
	}
}

func TestCompressedSize(t *testing.T) {
	c := block()
	plain, quantized, packed := len(encode(t, c, Options{})), len(encode(t, c, Options{Quantize: true})), len(encode(t, c, Options{Compress: true}))
	if quantized*3 > plain*2+plain/10 || packed*3 > quantized*2 {
		t.Errorf("%d bytes, %d quantised, %d compressed", plain, quantized, packed)
	}
	for range 3 {
		if again := encode(t, c, Options{Compress: true}); len(again) != packed || !bytes.Equal(again, encode(t, c, Options{Compress: true})) {
			t.Fatal("two runs differ")
		}
	}
}

// Alpha of facades is a code, no opacity.
func TestCodedAlpha(t *testing.T) {
	c := geo.Content{Meshes: []geo.Mesh{{Material: geo.Facade, Positions: [][3]float32{{0, 0, 0}, {9, 0, 0}, {0, 0, 9}}, Normals: make([][3]float32, 3),
		Colors: [][4]uint8{{200, 180, 160, 3}, {200, 180, 160, 3}, {200, 180, 160, 3}}, Indices: []uint32{0, 1, 2}}}}
	for _, o := range []Options{{}, {Quantize: true}, {Compress: true}} {
		data := encode(t, c, o)
		if bytes.Contains(data, []byte("BLEND")) {
			t.Error("a facade blends")
		}
		got, err := Read(data, ReadOptions{})
		if err != nil || got.Meshes[0].Colors[1][3] != 3 {
			t.Errorf("%v %v", got.Meshes, err)
		}
	}
}

// The uncompressed twin of a file holds the same, and the Khronos validator has nothing
// to say of it.
func TestDecompress(t *testing.T) {
	var paths []string
	for seed := range uint64(12) {
		c := randomContent(seed)
		c.Frame = home
		for name, o := range compactOptions {
			data := encode(t, c, o)
			twin, err := Decompress(data)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(twin, []byte(extMeshopt)) || bytes.Contains(data, []byte(extMeshopt)) != !bytes.Equal(twin, data) {
				t.Fatalf("%s, seed %d: the twin is compressed", name, seed)
			}
			want, err1 := Read(data, ReadOptions{})
			got, err2 := Read(twin, ReadOptions{})
			if err1 != nil || err2 != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s, seed %d: the twin holds something else: %v, %v", name, seed, err1, err2)
			}
			path := filepath.Join(t.TempDir(), "twin.glb")
			if err := os.WriteFile(path, twin, 0o666); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, path)
		}
		o := Options{Nodes: true}
		if got, err := Read(encode(t, c, o), ReadOptions{}); err != nil || len(got.Instances) != 0 || len(got.Meshes) < len(c.Meshes) {
			t.Errorf("nodes, seed %d: %v", seed, err)
		}
	}
	khronos.Validate(t, paths...)
}
