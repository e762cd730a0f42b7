package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/pipeline/gpu"
)

// What no frame draws any more leaves when the budget is exceeded, what is drawn stays.
func TestEviction(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 32, Height: 18, Quality: tier(t, "draft"), Budget: 1})
	f := &Frame{View: look(andorra, 0, -200, 80, 0, -20), Env: daylight(andorra, 100, 40)}
	for range 30 {
		f.Draws = append(boxCity(andorra, 4), forwardDraws()...)
		draw(t, r, f)
	}
	if n, most := len(r.res.order), (keepFrames+1)*len(f.Draws)*2; n > most || n != len(r.res.entries) {
		t.Errorf("%d entries stay, %d listed", len(r.res.entries), n)
	}
	if len(r.res.materials.records) > 16 {
		t.Errorf("%d material records", len(r.res.materials.records))
	}
	want := readImage(t, r)
	last := r.Stats().Bytes
	for range 20 {
		draw(t, r, f)
	}
	if d := golden.Compare(want, readImage(t, r)); d.Different > 0 {
		t.Errorf("eviction changed the picture: %v", d)
	}
	if n := r.Stats().Bytes; n >= last {
		t.Errorf("%d bytes stay of %d", n, last)
	}
}

func TestCreateAndDestroyDoesNotGrow(t *testing.T) {
	if testing.Short() {
		t.Skip("200 renderers")
	}
	s := offscreen(t)
	q := Quality{SubFrames: 1, ShadowCascades: 1, ShadowSize: 64}
	f := &Frame{View: look(andorra, 0, -60, 30, 0, -20), Draws: boxCity(andorra, 2), Env: daylight(andorra, 100, 40)}
	cycle := func() {
		r, err := New(s, Options{Width: 16, Height: 16, Quality: q})
		if err != nil {
			t.Fatal(err)
		}
		draw(t, r, f)
		r.Release()
	}
	for range 3 {
		cycle()
	}
	gpu.Finish()
	before := residentBytes(t)
	cycles := 20
	if os.Getenv("LONGTAKE_CYCLES") != "" {
		fmt.Sscan(os.Getenv("LONGTAKE_CYCLES"), &cycles)
	}
	for range cycles {
		cycle()
	}
	gpu.Finish()
	if grown := residentBytes(t) - before; grown > 40<<20 {
		t.Errorf("%d cycles grew by %d MiB", cycles, grown>>20)
	}
}

// residentBytes returns the memory of the process.
func residentBytes(t testing.TB) int {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("no /proc here")
	}
	var size, resident int
	if _, err := fmt.Fscan(bytes.NewReader(data), &size, &resident); err != nil {
		t.Fatal(err)
	}
	return resident * os.Getpagesize()
}
