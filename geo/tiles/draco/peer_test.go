package draco

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/internal/realdata"
)

//go:embed testdata/peer.cjs
var peerScript string

// limits of the tests.
var wide = Limits{Points: 1 << 22, Faces: 1 << 22, Bytes: 1 << 28}

type peerAttribute struct {
	Kind       int       `json:"kind"`
	Components int       `json:"components"`
	Type       string    `json:"type"`
	Values     []float64 `json:"values"`
}

type peerCase struct {
	name       string
	File       []byte          `json:"file,omitempty"`
	Attributes []peerAttribute `json:"attributes,omitempty"`
	Faces      []uint32        `json:"faces,omitempty"`
	Method     int             `json:"method"`
	Speed      int             `json:"speed"`
	Bits       int             `json:"bits"`
	Metadata   bool            `json:"metadata"`
}

type peerResult struct {
	File       []byte
	Points     int
	Faces      []byte
	Error      string
	Attributes []struct {
		ID                     uint32
		Kind, Type, Components int
		Data                   []byte
	}
}

// peer runs Google's own encoder and decoder.
func peer(t *testing.T, cases []peerCase) []peerResult {
	t.Helper()
	root, _ := filepath.Abs(filepath.Join("..", "..", "..", "tools", "engines", "node_modules"))
	if _, err := os.Stat(filepath.Join(root, "draco3d")); err != nil {
		t.Skipf("draco3d is not here: run npm ci in tools/engines: %v", err)
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip(err)
	}
	input, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "--eval", peerScript, root)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(input), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var results []peerResult
	if err := json.Unmarshal(out, &results); err != nil || len(results) != len(cases) {
		t.Fatal(len(results), err)
	}
	return results
}

// differs says how a decoded file differs from what the peer made of it, "" where it does
// not. Normals may differ in the last bits of a float, nothing else in any.
func differs(m *Mesh, want peerResult) string {
	if m.Points != want.Points || 12*len(m.Indices)/3 != len(want.Faces) || len(m.Attributes) != len(want.Attributes) {
		return fmt.Sprintf("%d points, %d corners, %d attributes; want %d, %d, %d", m.Points, len(m.Indices), len(m.Attributes), want.Points, len(want.Faces)/4, len(want.Attributes))
	}
	for i, v := range m.Indices {
		if w := binary.LittleEndian.Uint32(want.Faces[4*i:]); v != w {
			return fmt.Sprintf("corner %d is point %d, want %d", i, v, w)
		}
	}
	for i, a := range m.Attributes {
		w := want.Attributes[i]
		if a.ID != w.ID || int(a.Kind) != w.Kind || int(a.Type) != w.Type || a.Components != w.Components || len(a.Data) != len(w.Data) {
			return fmt.Sprintf("attribute %d is %+v, want %+v", i, a, w)
		}
		for k := 0; k < len(a.Data); k += a.Type.Size() {
			if bytes.Equal(a.Data[k:k+a.Type.Size()], w.Data[k:k+a.Type.Size()]) {
				continue
			}
			if a.Type == Float32 {
				x, y := float(a.Data[k:]), float(w.Data[k:])
				if math.Abs(x-y) <= 3e-7*math.Max(1, math.Abs(x)) {
					continue
				}
				return fmt.Sprintf("attribute %d (kind %d), value %d: %v, want %v", i, a.Kind, k/4, x, y)
			}
			return fmt.Sprintf("attribute %d (kind %d), byte %d: %v, want %v", i, a.Kind, k, a.Data[k], w.Data[k])
		}
	}
	return ""
}

func float(b []byte) float64 {
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
}

// What Google's encoder makes of meshes and clouds of many kinds decodes to the same
// points, in the same order, as in Google's decoder.
func TestPeer(t *testing.T) {
	cases := peerCases()
	results := peer(t, cases)
	for i, want := range results {
		got, err := Decode(want.File, wide)
		switch {
		case want.Error != "":
			t.Errorf("%s: the peer says %s", cases[i].name, want.Error)
		case err != nil:
			t.Errorf("%s: %v", cases[i].name, err)
		default:
			if d := differs(got, want); d != "" {
				t.Errorf("%s: %s", cases[i].name, d)
			}
		}
	}
	t.Logf("%d files", len(cases))
}

// All Draco files of the real data.
func TestPeerOnRealData(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(realdata.Path(t, "3dtiles", "delaware", "content"), "*"))
	if err != nil || len(paths) == 0 {
		t.Fatal(len(paths), err)
	}
	var cases []peerCase
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, b := range streams(data) {
			cases = append(cases, peerCase{name: fmt.Sprint(filepath.Base(path), " ", i), File: b})
		}
	}
	if len(cases) < len(paths) {
		t.Fatalf("%d streams in %d files", len(cases), len(paths))
	}
	points, faces := 0, 0
	for i, want := range peer(t, cases) {
		got, err := Decode(cases[i].File, wide)
		if err != nil || want.Error != "" {
			t.Errorf("%s: %v, the peer %s", cases[i].name, err, want.Error)
			continue
		}
		if d := differs(got, want); d != "" {
			t.Errorf("%s: %s", cases[i].name, d)
		}
		points, faces = points+got.Points, faces+len(got.Indices)/3
	}
	t.Logf("%d streams, %d points, %d faces", len(cases), points, faces)
}

// streams cuts out what begins like Draco, up to the next beginning.
func streams(data []byte) (out [][]byte) {
	for at := bytes.Index(data, []byte("DRACO\x02")); at >= 0; {
		end := len(data)
		n := bytes.Index(data[at+5:], []byte("DRACO\x02"))
		if n >= 0 {
			end = at + 5 + n
		}
		out = append(out, data[at:end])
		if n < 0 {
			return out
		}
		at = end
	}
	return out
}

func peerCases() (out []peerCase) {
	r := rand.New(rand.NewPCG(1, 2))
	add := func(name string, c peerCase) {
		for _, method := range []int{0, 1} {
			for _, speed := range []int{0, 3, 5, 7, 10} {
				for _, bits := range []int{0, 9, 14} {
					if c.Faces == nil && method == 1 && bits == 0 {
						continue // trees hold whole numbers only
					}
					c.Method, c.Speed, c.Bits, c.Metadata = method, speed, bits, speed == 5
					c.name = fmt.Sprintf("%s, method %d, speed %d, %d bits", name, method, speed, bits)
					out = append(out, c)
				}
			}
		}
	}
	for _, s := range shapes(r) {
		add(s.name, s)
		bare := s
		bare.Attributes = s.Attributes[:1]
		add(s.name+" bare", bare)
	}
	cloud := peerCase{}
	var at, colors, ids, near []float64
	for range 700 {
		at = append(at, r.NormFloat64(), r.NormFloat64()*3, r.Float64())
		colors = append(colors, float64(r.IntN(256)), float64(r.IntN(40)), 7)
		ids = append(ids, float64(r.IntN(1<<20)))
		near = append(near, float64(r.IntN(400)-300))
	}
	cloud.Attributes = []peerAttribute{{0, 3, "float", at}, {2, 3, "u8", colors}, {4, 1, "u32", ids}, {4, 1, "i16", near}}
	add("cloud", cloud)
	cloud.Attributes = cloud.Attributes[:1]
	add("cloud bare", cloud)
	return out
}

// shapes are meshes with handles, holes, seams and faults.
func shapes(r *rand.Rand) (out []peerCase) {
	sheet := func(name string, nu, nv int, at func(u, v float64) [3]float64, closeU, closeV bool, keep func(i, j int) bool) {
		c := peerCase{name: name}
		var p, n, uv, color, id []float64
		index := func(i, j int) uint32 { return uint32(i*(nv+1) + j) }
		for i := range nu + 1 {
			for j := range nv + 1 {
				u, v := float64(i)/float64(nu), float64(j)/float64(nv)
				if closeU && i == nu {
					u = 0
				}
				if closeV && j == nv {
					v = 0
				}
				q := at(u, v)
				p = append(p, q[0], q[1], q[2])
				l := math.Max(1e-9, math.Sqrt(q[0]*q[0]+q[1]*q[1]+q[2]*q[2]))
				n = append(n, q[0]/l, q[1]/l, q[2]/l)
				uv = append(uv, float64(i)/float64(nu), float64(j)/float64(nv)*3)
				color = append(color, float64(i%7*30), float64(j*9%256), float64(r.IntN(3)), 255)
				id = append(id, float64((i/4)*100+j/5))
			}
		}
		for i := range nu {
			for j := range nv {
				if keep != nil && !keep(i, j) {
					continue
				}
				c.Faces = append(c.Faces, index(i, j), index(i+1, j), index(i+1, j+1), index(i, j), index(i+1, j+1), index(i, j+1))
			}
		}
		c.Attributes = []peerAttribute{{0, 3, "float", p}, {1, 3, "float", n}, {3, 2, "float", uv}, {2, 4, "u8", color}, {4, 1, "u32", id}}
		out = append(out, c)
	}
	sheet("sphere", 24, 12, func(u, v float64) [3]float64 {
		a, b := 2*math.Pi*u, math.Pi*(v-0.5)
		return [3]float64{math.Cos(a) * math.Cos(b), math.Sin(a) * math.Cos(b), math.Sin(b)}
	}, true, false, nil)
	sheet("torus", 20, 16, func(u, v float64) [3]float64 {
		a, b := 2*math.Pi*u, 2*math.Pi*v
		return [3]float64{math.Cos(a) * (3 + math.Cos(b)), math.Sin(a) * (3 + math.Cos(b)), math.Sin(b)}
	}, true, true, nil)
	hills := func(u, v float64) [3]float64 {
		return [3]float64{100 * u, 100 * v, 9*math.Sin(9*u)*math.Cos(7*v) + r.Float64()}
	}
	sheet("hills", 30, 30, hills, false, false, nil)
	sheet("sieve", 30, 30, hills, false, false, func(i, j int) bool { return i%5 != 2 || j%7 != 3 })
	sheet("islands", 30, 30, hills, false, false, func(i, j int) bool { return r.IntN(3) > 0 })
	sheet("one face", 1, 1, hills, false, false, nil)
	soup := peerCase{name: "soup"}
	var p, n, uv []float64
	for range 60 {
		p = append(p, r.NormFloat64(), r.NormFloat64(), r.NormFloat64())
		n = append(n, 0, 0, 1)
		uv = append(uv, r.Float64(), r.Float64())
	}
	for range 200 {
		soup.Faces = append(soup.Faces, uint32(r.IntN(60)), uint32(r.IntN(60)), uint32(r.IntN(60)))
	}
	soup.Attributes = []peerAttribute{{0, 3, "float", p}, {1, 3, "float", n}, {3, 2, "float", uv}}
	return append(out, soup)
}
