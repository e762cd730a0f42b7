package archive

import (
	"archive/zip"
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// files are the contents of the archive of the tests.
func files() map[string][]byte {
	out := map[string][]byte{"tileset.json": []byte(`{"asset":{"version":"1.1"}}`)}
	for i := range 500 {
		out[fmt.Sprintf("%d/%d/%d.glb", i%5, i/5, i)] = bytes.Repeat([]byte{byte(i), byte(i >> 3), 7}, 5+i%50)
	}
	out["noise"] = make([]byte, 5000)
	for i := range out["noise"] {
		h := md5.Sum([]byte{byte(i), byte(i >> 8)})
		out["noise"][i] = h[0]
	}
	return out
}

func pack(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	all := files()
	for _, name := range append([]string{"tileset.json", "noise"}, names(all)...) {
		if err := w.Add(name, all[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func names(all map[string][]byte) (out []string) {
	for i := range 500 {
		out = append(out, fmt.Sprintf("%d/%d/%d.glb", i%5, i/5, i))
	}
	return out
}

func TestArchive(t *testing.T) {
	data := pack(t)
	if !bytes.Equal(data, pack(t)) {
		t.Error("two runs differ")
	}
	r, err := NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || r.index == nil {
		t.Fatal("the index is not found:", err)
	}
	for name, want := range files() {
		got, err := r.ReadFile("/" + name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := r.ReadFile("none.glb"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// The archive is a zip of the profile: the index comes last and is stored, local headers
// say sizes, and the index is sorted and points at them.
func TestProfile(t *testing.T) {
	data := pack(t)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := files()
	last := z.File[len(z.File)-1]
	if last.Name != IndexName || last.Method != zip.Store || last.Comment != "" || len(z.File) != len(all)+1 {
		t.Fatalf("the last of %d is %+v", len(z.File), last.FileHeader)
	}
	offsets := map[uint64]string{}
	stored, deflated := 0, 0
	for _, f := range z.File {
		if f.Flags&8 != 0 {
			t.Errorf("%s says its size after its data", f.Name)
		}
		at, _ := f.DataOffset()
		offsets[uint64(at)-30-uint64(len(f.Name))] = f.Name
		if f.Method == zip.Store {
			stored++
		} else {
			deflated++
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(in)
		if err != nil || f.Name != IndexName && !bytes.Equal(got, all[f.Name]) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	if stored < 2 || deflated < 100 {
		t.Errorf("%d stored, %d deflated", stored, deflated)
	}
	r, _ := NewReader(bytes.NewReader(data), int64(len(data)))
	var before key
	for i := 0; i < len(r.index); i += entrySize {
		k := key{binary.LittleEndian.Uint64(r.index[i:]), binary.LittleEndian.Uint64(r.index[i+8:])}
		if i > 0 && before.compare(k) >= 0 {
			t.Fatal("the index is not sorted")
		}
		before = k
		if name := offsets[binary.LittleEndian.Uint64(r.index[i+16:])]; keyOf(name) != k {
			t.Errorf("entry %d points at %q", i/entrySize, name)
		}
	}
}

// Archives of others: without an index, and with Zstandard.
func TestPlainZip(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zstandard, func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) })
	f, err := z.CreateHeader(&zip.FileHeader{Name: "tileset.json", Method: zstandard})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("{}")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.ReadFile("tileset.json"); err != nil || string(got) != "{}" {
		t.Errorf("%q %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	w := NewWriter(io.Discard)
	if w.Add("a.3tz/b", nil) == nil || w.Add("", nil) == nil || w.Add(IndexName, nil) == nil {
		t.Error("a name that is not allowed is taken")
	}
	if err := w.Add("a", nil); err != nil {
		t.Error(err)
	}
	if w.Add("/a", nil) == nil {
		t.Error("a name is taken twice")
	}
	if w.Close() == nil {
		t.Error("an archive without a tileset")
	}
	if _, err := NewReader(bytes.NewReader([]byte("PK")), 2); err == nil {
		t.Error("two bytes are an archive")
	}
}

func FuzzReader(f *testing.F) {
	var b bytes.Buffer
	w := NewWriter(&b)
	_ = w.Add("tileset.json", []byte("{}"))
	_ = w.Add("b", bytes.Repeat([]byte("b"), 99))
	_ = w.Close()
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		for _, name := range []string{"tileset.json", "b"} {
			if got, err := r.ReadFile(name); err == nil && len(got) > maxFile {
				t.Error("too long")
			}
		}
	})
}
