package sample

import (
	"bytes"
	"os"
	"testing"
)

func TestMetropolisIsTheMiddleOfALargerOne(t *testing.T) {
	lines := func(side int) map[string]bool {
		paths, err := Metropolis(t.TempDir(), 1, side)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(paths[0])
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]bool{}
		for line := range bytes.Lines(data) {
			_, rest, _ := bytes.Cut(line, []byte(`"properties"`)) // the id counts the lines before
			out[string(bytes.TrimSpace(line[:bytes.Index(line, []byte(`,"id"`))]))+string(rest)] = true
		}
		return out
	}
	small, large := lines(4), lines(7)
	if len(small) < 100 {
		t.Fatalf("%d features on 16 blocks", len(small))
	}
	for line := range small {
		if !large[line] {
			t.Fatalf("a smaller metropolis holds what a larger one does not: %s", line)
		}
	}
	if _, err := Metropolis(t.TempDir(), 1, plainSide+1); err == nil {
		t.Error("a metropolis beyond its elevation is accepted")
	}
}
