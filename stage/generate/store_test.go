package generate

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// Runs that begin at once do not sweep each other's work.
func TestWorkIsNotSwept(t *testing.T) {
	dir := t.TempDir()
	var runs sync.WaitGroup
	for range 32 {
		runs.Go(func() {
			for range 20 {
				s, err := openStore(dir, true)
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.put(digest{1}, []byte("x")); err != nil {
					t.Error(err)
				}
				s.close()
			}
		})
	}
	runs.Wait()
}

// Whatever happens to a file of the cache, the next run gives the same package: it makes
// again what is no longer what it wrote.
func TestDamagedCache(t *testing.T) {
	_, load := sampleCity(t)
	want, _ := plainCity(t)
	parts := t.TempDir()
	for _, damage := range []func([]byte) []byte{
		func(b []byte) []byte { return b }, // fills the cache
		func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		func(b []byte) []byte { return b[:len(b)/2] },
	} {
		out, _ := run(t, load(), Options{Parts: parts})
		if d := differ(want, contents(t, out)); len(d) > 0 {
			t.Fatalf("other bytes in %v", d)
		}
		err := filepath.WalkDir(parts, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil || len(data) == 0 {
				return err
			}
			return os.WriteFile(path, damage(data), 0o666)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	out, _ := run(t, load(), Options{Parts: parts})
	if d := differ(want, contents(t, out)); len(d) > 0 {
		t.Fatalf("other bytes in %v", d)
	}
}

// A cache is not cleared while a run relies on it.
func TestClearWaits(t *testing.T) {
	dir := t.TempDir()
	s, err := openStore(filepath.Join(dir, partsFolder), true)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.put(digest{1}, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := CacheClear(dir); err == nil {
		t.Error("cleared under a run")
	}
	if _, ok := s.get(digest{1}); !ok {
		t.Error("what the run has kept is gone")
	}
	s.close()
	if n, err := CacheClear(dir); err != nil || n == 0 {
		t.Errorf("%d bytes freed, %v", n, err)
	}
}

// What may not be replaced is told before anything is read.
func TestNotReplaceable(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	write(t, file, "")
	full := filepath.Join(dir, "full")
	if err := os.Mkdir(full, 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(full, "mine"), "")
	t.Chdir(full)
	for _, p := range []string{file, full, ".", "..", "/"} {
		if replaceable(p) == nil {
			t.Errorf("%s would be replaced", p)
		}
	}
	for _, p := range []string{"new", filepath.Join(dir, "fuller")} {
		if err := replaceable(p); err != nil {
			t.Error(err)
		}
	}
}

// A region without data is an error, not an empty package.
func TestRegionWithoutData(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "house.geojson"), `{"type":"Feature","properties":{"building":"yes"},"geometry":{"type":"Polygon","coordinates":[[[8,47],[8.0002,47],[8.0002,47.0002],[8,47]]]}}`)
	text := "longtake: 1\nsources: { d: { type: vector, path: house.geojson } }\nlayers: [{ id: b, type: buildings, source: d }]\n"
	doc, err := scene.Parse(filepath.Join(dir, "scene.yaml"), []byte(text), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	_, err = Run(context.Background(), doc, filepath.Join(dir, "out"), Options{BBox: &geo.Bound{West: 20, South: 20, East: 21, North: 21}})
	if err == nil || !strings.Contains(err.Error(), "20,20,21,21") {
		t.Errorf("got %v", err)
	}
}

// Nothing is kept once the ground can no longer be relied on.
func TestNothingIsKeptOfFailedGround(t *testing.T) {
	s, err := openStore(t.TempDir(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	gone := errors.New("the disk is gone")
	s.failed = func() error { return gone }
	name := newDigest("result").sum()
	if err := s.put(name, []byte("built")); !errors.Is(err, gone) {
		t.Errorf("kept: %v", err)
	}
	s.failed = func() error { return nil }
	if _, ok := s.get(name); ok {
		t.Error("it is there")
	}
	if err := s.put(name, []byte("built")); err != nil {
		t.Error(err)
	}
}
