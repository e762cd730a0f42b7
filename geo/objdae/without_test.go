//go:build !g3n

package objdae

import (
	"errors"
	"strings"
	"testing"
)

func TestWithoutTheTagTheErrorSaysWhatToDo(t *testing.T) {
	for _, data := range []string{"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", "<COLLADA version=\"1.4.1\"></COLLADA>"} {
		_, err := Read("tower.obj", []byte(data), nil)
		if !errors.Is(err, ErrNotBuilt) || !strings.HasPrefix(err.Error(), "tower.obj: ") || !strings.Contains(err.Error(), "-tags g3n") {
			t.Errorf("%.10s: %v", data, err)
		}
	}
}
