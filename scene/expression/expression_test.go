package expression

import (
	"strings"
	"testing"
)

// TestTooDeep: what nests without end is refused, whatever its length.
func TestTooDeep(t *testing.T) {
	for _, n := range []int{1000, 16000, 3000000} {
		for _, part := range []string{"(", "-", "a+", "not ", "[", "a?"} {
			if _, err := Parse(strings.Repeat(part, min(n, n/len(part)+1)) + "1"); err == nil {
				t.Errorf("%d characters of %s", n, part)
			}
		}
	}
}
