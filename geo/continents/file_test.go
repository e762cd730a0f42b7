package continents

import (
	"os"
	"path/filepath"
	"testing"
)

// What Write writes is read as it was.
func TestMask(t *testing.T) {
	m := &Map{4, 2, []byte{0, 10, 20, 30, 40, 50, 60, 255}}
	name := filepath.Join(t.TempDir(), "land.png")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Write(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := Read(name)
	if err != nil || got.Width != 4 || got.Height != 2 || string(got.Share) != string(m.Share) {
		t.Errorf("%v, %v", got, err)
	}
}
