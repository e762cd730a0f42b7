package glb

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

func encode(t testing.TB, c geo.Content, o Options) []byte {
	t.Helper()
	o.Models = tree
	var b bytes.Buffer
	if err := Write(&b, c, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRoundTrip(t *testing.T) {
	for seed := range uint64(120) {
		c := randomContent(seed)
		data := encode(t, c, Options{})
		if len(data)%8 != 0 || int(le32(data[8:])) != len(data) {
			t.Fatalf("seed %d: %d bytes, header %d", seed, len(data), le32(data[8:]))
		}
		if again := encode(t, c, Options{}); !bytes.Equal(data, again) {
			t.Fatalf("seed %d: two runs differ", seed)
		}
		got, err := Read(data, ReadOptions{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for i := range got.Instances {
			for k := range got.Instances[i].Items {
				a, b := &got.Instances[i].Items[k], c.Instances[i].Items[k]
				if d := math.Abs(float64(a.Yaw - b.Yaw)); d > 1e-6 {
					t.Fatalf("seed %d: yaw %v, wrote %v", seed, a.Yaw, b.Yaw)
				}
				a.Yaw = b.Yaw
			}
		}
		if !reflect.DeepEqual(got, c) {
			t.Fatalf("seed %d: what was read is not what was written\ngot  %.600v\nwant %.600v", seed, got, c)
		}
	}
}

func TestWideIndices(t *testing.T) {
	for _, n := range []int{65535, 65536} {
		m := geo.Mesh{Material: geo.Ground, Positions: make([][3]float32, n), Normals: make([][3]float32, n), Colors: make([][4]uint8, n)}
		for i := range m.Positions {
			m.Positions[i] = [3]float32{float32(i), float32(i % 7), 0}
			m.Normals[i] = [3]float32{0, 0, 1}
			m.Colors[i] = [4]uint8{1, 2, 3, 255}
		}
		m.Indices = []uint32{0, 1, uint32(n - 1)}
		c := geo.Content{Meshes: []geo.Mesh{m}}
		data := encode(t, c, Options{})
		if wide := bytes.Contains(data, []byte(`"componentType":5125`)); wide != (n > 65535) {
			t.Errorf("%d vertices: 32-bit indices: %v", n, wide)
		}
		got, err := Read(data, ReadOptions{})
		if err != nil || !reflect.DeepEqual(got, c) {
			t.Errorf("%d vertices do not come back: %v", n, err)
		}
	}
}

func TestEmpty(t *testing.T) {
	c := geo.Content{Meshes: []geo.Mesh{{Layer: "x"}}, Instances: []geo.Instances{{Model: "tree"}}}
	got, err := Read(encode(t, c, Options{}), ReadOptions{})
	if err != nil || len(got.Meshes)+len(got.Instances)+len(got.Features) != 0 {
		t.Errorf("%+v %v", got, err)
	}
}

func TestColorsSurvive(t *testing.T) {
	for i := range 256 {
		c := [4]uint8{uint8(i), uint8(255 - i), 128, uint8(i)}
		var f [4]float32
		for k, v := range encodeColor(c) {
			f[k] = float32(v) / 65535
		}
		if got := decodeColor(f); got != c {
			t.Errorf("%v → %v", c, got)
		}
	}
	if got := linear16[188]; math.Abs(float64(got)/65535-0.5029) > 1e-3 {
		t.Errorf("sRGB 188 is %v linear", got)
	}
}

func TestUnsoundContent(t *testing.T) {
	good := func() geo.Content {
		return geo.Content{Features: make([]geo.FeatureRow, 2), Meshes: []geo.Mesh{{Material: geo.Roof,
			Positions: make([][3]float32, 3), Normals: make([][3]float32, 3), Colors: make([][4]uint8, 3),
			Features: make([]uint32, 3), Indices: []uint32{0, 1, 2}}}}
	}
	for want, spoil := range map[string]func(*geo.Content){
		"index":         func(c *geo.Content) { c.Meshes[0].Indices[1] = 3 },
		"not triangles": func(c *geo.Content) { c.Meshes[0].Indices = c.Meshes[0].Indices[:2] },
		"feature 2 of":  func(c *geo.Content) { c.Meshes[0].Features[2] = 2 },
		"not finite":    func(c *geo.Content) { c.Meshes[0].Positions[0][1] = float32(math.NaN()) },
		"must be equal": func(c *geo.Content) { c.Meshes[0].Normals = nil },
		"no model":      func(c *geo.Content) { c.Instances = []geo.Instances{{Model: "x", Items: make([]geo.Instance, 1)}} },
	} {
		c := good()
		spoil(&c)
		err := Write(new(bytes.Buffer), c, Options{Models: tree})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	// Zero normals and coordinates of no number are mended, not refused.
	for _, o := range []Options{{}, {Compress: true}} {
		c := good()
		nan := float32(math.NaN())
		c.Meshes[0].UVs = [][2]float32{{nan, 1}, {2, float32(math.Inf(1))}, {0, 0}}
		c.Meshes[0].Positions[1][0], c.Meshes[0].Positions[2][1] = 9, 9
		got, err := Read(encode(t, c, o), ReadOptions{})
		if err != nil || got.Meshes[0].Normals[0] != [3]float32{0, 0, 1} || got.Meshes[0].UVs[0] != [2]float32{0, 1} || got.Meshes[0].UVs[1] != [2]float32{2, 0} {
			t.Errorf("%v %v", got.Meshes, err)
		}
	}
}

// A tile's frame survives a read with its transform; foreign transforms get a tangent
// frame at the content.
func TestFrames(t *testing.T) {
	c := geo.Content{Meshes: []geo.Mesh{{Material: geo.Roof, Positions: [][3]float32{{0, 0, 0}, {100, 0, 0}, {0, 100, -32}},
		Normals: [][3]float32{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}}, Colors: make([][4]uint8, 3), Indices: []uint32{0, 1, 2}}}}
	for _, p := range []earth.Place{{}, {Lng: 1.5, Lat: 42.5, Height: 1000}, {Lng: 180, Lat: -17, Height: -32}, {Lng: 77, Lat: -90, Height: 2800}, {Lng: 3, Lat: 90}} {
		f := earth.FrameAt(p)
		data := encode(t, c, Options{})
		got, err := Read(data, ReadOptions{ToECEF: f.Matrix()})
		if err != nil {
			t.Fatal(err)
		}
		if got.Frame.Center != f.Center || got.Meshes[0].Positions[2] != c.Meshes[0].Positions[2] {
			t.Errorf("%v: the frame moved", p)
		}
		// The same through a translation only, as tilesets of other makers have it, the
		// turn being in a node.
		n := zUp.Inv().Mul4(f.Matrix()).Mul4(zUp)
		shift := n.Col(3).Vec3()
		n.SetCol(3, mgl64.Vec4{0, 0, 0, 1})
		turned := withNodeMatrix(t, data, n)
		ecef := zUp.Mul4x1(shift.Vec4(1)).Vec3()
		got, err = Read(turned, ReadOptions{ToECEF: mgl64.Translate3D(ecef[0], ecef[1], ecef[2])})
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range got.Meshes[0].Positions {
			w := c.Meshes[0].Positions[i]
			a, b := got.Frame.FromLocal(vec3(v[:])), f.FromLocal(vec3(w[:]))
			if d := a.Sub(b).Len(); d > 1e-4 {
				t.Errorf("%v: vertex %d moved by %v m", p, i, d)
			}
		}
		if up := got.Frame.Up.Dot(got.Frame.Origin.Up()); up < 1-1e-9 {
			t.Errorf("%v: up is off: %v", p, up)
		}
	}
}

// Instances of other makers, which name no model of ours, become meshes where they stand.
func TestForeignInstances(t *testing.T) {
	c := geo.Content{Features: []geo.FeatureRow{{ID: "a"}, {ID: "b"}}, Instances: []geo.Instances{{Layer: "trees", Model: "tree", Items: []geo.Instance{
		{Position: [3]float32{10, 20, 30}, Scale: 2, Yaw: math.Pi / 2, Color: [4]uint8{255, 0, 255, 255}, Feature: 1}, {Scale: 1, Color: [4]uint8{255, 255, 255, 255}}}}}}
	data := bytes.Replace(encode(t, c, Options{}), []byte(`"model":`), []byte(`"moxel":`), 1)
	got, err := Read(data, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	model := tree("tree")
	if len(got.Instances) != 0 || len(got.Meshes) != 2*len(model) {
		t.Fatalf("%d instances, %d meshes", len(got.Instances), len(got.Meshes))
	}
	for i, m := range model {
		first := got.Meshes[i]
		for k, p := range m.Positions {
			want := mgl64.Vec3{10 - 2*float64(p[1]), 20 + 2*float64(p[0]), 30 + 2*float64(p[2])} // a quarter turn to the left
			if d := vec3(first.Positions[k][:]).Sub(want).Len(); d > 1e-5 {
				t.Errorf("mesh %d, vertex %d is %v m off", i, k, d)
			}
			if first.Colors[k] != [4]uint8{m.Colors[k][0], 0, m.Colors[k][2], 255} || first.Features[k] != 1 {
				t.Errorf("mesh %d, vertex %d: colour %v, feature %d", i, k, first.Colors[k], first.Features[k])
			}
		}
	}
}

// withNodeMatrix rewrites the JSON of a glb whose first node has no transform.
func withNodeMatrix(t *testing.T, data []byte, m mgl64.Mat4) []byte {
	t.Helper()
	text, bin, err := splitGLB(data)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(m[:])
	s := strings.Replace(string(text), `"nodes":[{`, `"nodes":[{"matrix":`+string(raw)+`,`, 1)
	for len(s)%4 != 0 {
		s += " "
	}
	return joinGLB([]byte(s), bin)
}

func joinGLB(text, bin []byte) []byte {
	out := []byte("glTF")
	for _, v := range []uint32{2, uint32(12 + 8 + len(text) + 8 + len(bin)), uint32(len(text)), chunkJSON} {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	out = append(out, text...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(bin)))
	out = binary.LittleEndian.AppendUint32(out, chunkBIN)
	return append(out, bin...)
}
