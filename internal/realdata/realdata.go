// Package realdata finds the real data sets that tests use where they are present.
package realdata

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Path returns the file or folder below the data folder: $LONGTAKE_DATA, or shared/data
// beside the checkout. The test is skipped, with a line saying why, where it is absent.
func Path(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("LONGTAKE_DATA")
	if root == "" {
		_, self, _, _ := runtime.Caller(0)
		root = filepath.Join(filepath.Dir(self), "..", "..", "..", "shared", "data")
	}
	p := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("real data %s is not here: set LONGTAKE_DATA to the folder that holds it", filepath.Join(elem...))
	}
	return p
}
