package tiles

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// What goes through bytes and files is the tileset that Add makes.
func TestEncodedTiles(t *testing.T) {
	g := gridAt(earth.Place{Lng: 7, Lat: 50}, 4000, 2)
	o := WriterOptions{Models: pole, Version: "test", Quantize: true}
	dirs := [3]string{t.TempDir(), t.TempDir(), t.TempDir()}
	var w [3]*Writer
	for i := range w {
		var err error
		if w[i], err = NewWriter(dirs[i], g, o); err != nil {
			t.Fatal(err)
		}
	}
	for i, a := range []Address{{}, {1, 0, 0}, {1, 1, 1}, {2, 3, 3}} {
		c, _ := house(g, a, 100)
		errorOf := 8 / float64(i+1)
		if err := w[0].Add(a, c, errorOf); err != nil {
			t.Fatal(err)
		}
		e, err := w[1].Encode(a, c, errorOf)
		if err != nil {
			t.Fatal(err)
		}
		data, _ := e.MarshalBinary()
		var back Encoded
		if err := back.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(*e, back) {
			t.Fatalf("%v: %+v came back as %+v", a, e, back)
		}
		if err := w[1].Put(&back); err != nil {
			t.Fatal(err)
		}
		blob := filepath.Join(t.TempDir(), "blob")
		if err := os.WriteFile(blob, e.GLB, 0o666); err != nil {
			t.Fatal(err)
		}
		back.GLB = nil
		if err := w[2].PutFile(&back, blob); err != nil {
			t.Fatal(err)
		}
		if w[2].PutFile(&back, blob) == nil {
			t.Error("a tile is put twice")
		}
	}
	names := []string{"0/0/0.glb", "1/0/0.glb", "1/1/1.glb", "2/3/3.glb", "tileset.json"}
	for i := range w {
		if err := w[i].Close(); err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			want, err := os.ReadFile(filepath.Join(dirs[0], name))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(filepath.Join(dirs[i], name)); err != nil || !bytes.Equal(got, want) {
				t.Errorf("writer %d: %s differs: %v", i, name, err)
			}
		}
	}
}

func TestEmptyEncoded(t *testing.T) {
	w, err := NewWriter(t.TempDir(), gridAt(earth.Place{}, 100, 2), WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := w.Encode(Address{}, geo.Content{}, 1)
	if err != nil || !e.Empty() || w.Put(e) != nil || w.Len() != 0 {
		t.Errorf("%+v %v", e, err)
	}
	for _, data := range [][]byte{nil, []byte("LTTILE"), bytes.Repeat([]byte{1}, 400)} {
		if e.UnmarshalBinary(data) == nil {
			t.Errorf("%d bytes are taken for a tile", len(data))
		}
	}
}
