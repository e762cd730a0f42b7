package whole

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a", "b.json")
	if err := JSON(path, []int{1}); err != nil {
		t.Fatal(err)
	}
	bad := errors.New("bad")
	err := File(path, func(w *bufio.Writer) error {
		if _, err := w.WriteString("half"); err != nil {
			return err
		}
		return bad
	})
	if !errors.Is(err, bad) {
		t.Errorf("got %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "[\n  1\n]\n" {
		t.Errorf("%q, %v", data, err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("left %v, %v", left, err)
	}
	if err := Bytes(dir, nil); err == nil {
		t.Error("a folder was replaced")
	}
}
