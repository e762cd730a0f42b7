package verify_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// goTest runs a long test of a package, with variables that ask for it, and returns what it
// logs last.
func goTest(folder, run string, env ...string) func(t *testing.T, bin, dir string) []string {
	return func(t *testing.T, _, _ string) []string {
		cmd := exec.Command("go", "test", "-count=1", "-v", "-timeout", "3h", "-run", run, "./"+folder)
		cmd.Dir, cmd.Env = filepath.Join("..", ".."), append(os.Environ(), env...)
		text, err := cmd.CombinedOutput()
		said := logged.FindAllSubmatch(text, -1)
		if err != nil || len(said) == 0 {
			t.Fatalf("%v: %s", err, text)
		}
		return []string{string(said[len(said)-1][1])}
	}
}

// logged is a line that a test logs.
var logged = regexp.MustCompile(`(?m)^\s+\w+_test\.go:\d+: (.*)$`)
