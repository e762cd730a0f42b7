package continents

import (
	"os"
	"path/filepath"
	"testing"
)

// Rings that jump over the antimeridian are what they mean, not a band around the globe.
func TestReadOverAntimeridian(t *testing.T) {
	name := filepath.Join(t.TempDir(), "land.geojson")
	if err := os.WriteFile(name, []byte(`{"type":"Polygon","coordinates":[[[170,0],[-170,0],[-170,20],[170,20],[170,0]]]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := Read(name)
	if err != nil {
		t.Fatal(err)
	}
	at := func(lng, lat float64) byte {
		return m.Share[int((lat+90)/180*float64(m.Height))*m.Width+int((lng+180)/360*float64(m.Width))]
	}
	if at(175, 10) != 255 || at(-175, 10) != 255 || at(0, 10) != 0 || at(160, 10) != 0 {
		t.Errorf("it is %d and %d, elsewhere %d and %d", at(175, 10), at(-175, 10), at(0, 10), at(160, 10))
	}
}

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
