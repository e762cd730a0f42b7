package verify_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// goTest runs a long test of stage/generate and returns what it logs last.
func goTest(run string) func(t *testing.T, bin, dir string) []string {
	return func(t *testing.T, _, _ string) []string {
		cmd := exec.Command("go", "test", "-count=1", "-v", "-timeout", "3h", "-run", run, "./stage/generate")
		cmd.Dir, cmd.Env = filepath.Join("..", ".."), append(os.Environ(), "LONGTAKE_MEMORY=1")
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
