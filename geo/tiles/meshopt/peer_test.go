package meshopt

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

//go:embed testdata/peer.mjs
var peerScript string

type peerCase struct {
	Mode   string `json:"mode"`
	Filter string `json:"filter"`
	Stride int    `json:"stride"`
	Count  int    `json:"count"`
	Raw    []byte `json:"raw"`    // what the peer encodes
	Packed []byte `json:"packed"` // what it decodes
	want   []byte
}

// meshoptimizer reads what is written here, and the other way.
func TestPeer(t *testing.T) {
	root, _ := filepath.Abs(filepath.Join("..", "..", ".."))
	if _, err := os.Stat(filepath.Join(root, "node_modules", "meshoptimizer")); err != nil {
		if os.Getenv("LONGTAKE_REQUIRE_VALIDATOR") == "1" {
			t.Fatalf("meshoptimizer is not here: run npm ci: %v", err)
		}
		t.Skipf("meshoptimizer is not here: run npm ci: %v", err)
	}
	cases := peerCases(t)
	input, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "--input-type=module", "--eval", peerScript)
	cmd.Dir, cmd.Stdin, cmd.Stderr = root, bytes.NewReader(input), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var results []struct{ Decoded, Encoded []byte }
	if err := json.Unmarshal(out, &results); err != nil || len(results) != len(cases) {
		t.Fatal(len(results), err)
	}
	ours, theirs := 0, 0
	for i, c := range cases {
		if !peerEqual(c, results[i].Decoded) {
			t.Errorf("case %d (%s %s, %d × %d): meshoptimizer decodes something else", i, c.Mode, c.Filter, c.Count, c.Stride)
		}
		got := make([]byte, c.Count*c.Stride)
		if err := Decode(got, results[i].Encoded, c.Mode, "NONE", c.Stride); err != nil || !peerEqual(peerCase{Mode: c.Mode, Stride: c.Stride, want: c.Raw}, got) {
			t.Errorf("case %d (%s, %d × %d): what meshoptimizer encodes is not decoded: %v", i, c.Mode, c.Count, c.Stride, err)
		}
		if c.Filter == "NONE" {
			ours += len(c.Packed)
			theirs += len(results[i].Encoded)
		}
	}
	t.Logf("%d cases: %d bytes here, %d bytes of meshoptimizer", len(cases), ours, theirs)
}

func peerEqual(c peerCase, got []byte) bool {
	switch {
	case c.Mode == "TRIANGLES":
		return sameTriangles(unpack(c.want, c.Stride), unpack(got, c.Stride))
	case c.Filter == "OCTAHEDRAL" || c.Filter == "QUATERNION": // exact to one unit in the last place
		for i := 0; i < len(got); i += c.Stride / 4 {
			a, b := int(int8(got[i])), int(int8(c.want[i]))
			if c.Stride == 8 {
				a, b = int(short(got[i:])), int(short(c.want[i:]))
			}
			if a-b > 1 || b-a > 1 {
				return false
			}
		}
		return true
	}
	return bytes.Equal(got, c.want)
}

func peerCases(t *testing.T) (out []peerCase) {
	add := func(c peerCase, err error) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	for _, stride := range []int{4, 8, 12, 64} {
		for _, d := range samples(stride) {
			p, err := AppendAttributes(nil, d, stride)
			add(peerCase{"ATTRIBUTES", "NONE", stride, len(d) / stride, d, p, d}, err)
		}
	}
	for i, m := range meshes() {
		if len(m) == 0 {
			continue
		}
		p, err := AppendTriangles(nil, m)
		raw := packIndices(m)
		add(peerCase{"TRIANGLES", "NONE", 4, len(m), raw, p, raw}, err)
		if i < 3 {
			p, err = AppendIndices(nil, m)
			add(peerCase{"INDICES", "NONE", 4, len(m), raw, p, raw}, err)
		}
	}
	r := rand.New(rand.NewPCG(8, 1))
	var vectors [][3]float32
	var quats, numbers []byte
	for range 100 {
		x, y, z := r.NormFloat64(), r.NormFloat64(), r.NormFloat64()
		l := math.Sqrt(x*x + y*y + z*z)
		v := [3]float32{float32(x / l), float32(y / l), float32(z / l)}
		vectors = append(vectors, v)
		quats = Quaternion(quats, [4]float32{v[0] * 0.6, v[1] * 0.6, v[2] * 0.6, 0.8}, 12)
		numbers = Exponential(numbers, int32(r.IntN(1<<20))-1<<19, -r.IntN(20))
	}
	for _, c := range []struct {
		filter string
		stride int
		data   []byte
	}{
		{"OCTAHEDRAL", 4, Octahedral(nil, vectors, false, 8)}, {"OCTAHEDRAL", 8, Octahedral(nil, vectors, true, 12)},
		{"QUATERNION", 8, quats}, {"EXPONENTIAL", 4, numbers}, {"EXPONENTIAL", 8, numbers},
	} {
		p, err := AppendAttributes(nil, c.data, c.stride)
		want := make([]byte, len(c.data))
		if err == nil {
			err = Decode(want, p, "ATTRIBUTES", c.filter, c.stride)
		}
		add(peerCase{"ATTRIBUTES", c.filter, c.stride, len(c.data) / c.stride, c.data, p, want}, err)
	}
	return out
}

func packIndices(m []uint32) (out []byte) {
	for _, v := range m {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

func unpack(data []byte, stride int) (out []uint32) {
	for i := 0; i+stride <= len(data); i += stride {
		if stride == 2 {
			out = append(out, uint32(binary.LittleEndian.Uint16(data[i:])))
		} else {
			out = append(out, binary.LittleEndian.Uint32(data[i:]))
		}
	}
	return out
}
