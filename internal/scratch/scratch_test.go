package scratch

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// TestSweep: a folder whose process is gone is removed by the next one, one that is held,
// is of another name, or was made this moment is not.
func TestSweep(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no locks")
	}
	dir := filepath.Join(t.TempDir(), "[a-b]*") // no pattern
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", dir)
	there := func(path string) bool { _, err := os.Stat(path); return err == nil }
	held, err := New("some-")
	if err != nil {
		t.Fatal(err)
	}
	killed, err := New("some-")
	if err != nil {
		t.Fatal(err)
	}
	if err := killed.lock.Close(); err != nil { // as when the process ends
		t.Fatal(err)
	}
	bare, old, other := filepath.Join(dir, "some-1"), filepath.Join(dir, "some-2"), filepath.Join(dir, "other-3")
	for _, p := range []string{bare, old, other} {
		if err := os.Mkdir(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * young)
	if err := os.Chtimes(old, long, long); err != nil {
		t.Fatal(err)
	}
	if !InUse(dir, "some-") || InUse(dir, "other-") {
		t.Error("folders that are held are not in use, or others are")
	}
	next, err := New("some-")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{held.Path: true, killed.Path: false, bare: true, old: false, other: true, next.Path: true} {
		if there(path) != want {
			t.Errorf("%s is there: %v", path, !want)
		}
	}
	held.Remove()
	next.Remove()
	if there(held.Path) || there(next.Path) {
		t.Error("removed folders are there")
	}
	if InUse(dir, "some-") {
		t.Error("removed folders are in use")
	}
}
