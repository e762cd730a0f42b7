package draco

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever the bytes, decoding ends with an error or with sound data within the limits.
func FuzzDecode(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*.drc"))
	if err != nil || len(paths) == 0 {
		f.Fatal(len(paths), err)
	}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	limits := Limits{Points: 1 << 14, Faces: 1 << 14, Bytes: 1 << 22}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Decode(data, limits)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "draco: ") {
				t.Fatal(err)
			}
			return
		}
		if m.Points > limits.Points || len(m.Indices) > 3*limits.Faces {
			t.Fatalf("%d points, %d corners", m.Points, len(m.Indices))
		}
		for _, v := range m.Indices {
			if int(v) >= m.Points {
				t.Fatalf("point %d of %d", v, m.Points)
			}
		}
		for _, a := range m.Attributes {
			if len(a.Data) != m.Points*a.Components*a.Type.Size() {
				t.Fatalf("attribute %d has %d bytes for %d points", a.ID, len(a.Data), m.Points)
			}
		}
	})
}
