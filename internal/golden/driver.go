package golden

import (
	"bufio"
	"os"
	"runtime"
	"slices"
	"strings"
)

// Driver names what decides a picture's last bits: OpenGL's version and renderer strings,
// of which Mesa's names the width of vectors, and, as a software rasteriser compiles for
// the processor that it runs on, that processor's vector and fused instructions.
func Driver(version, renderer string) string {
	parts := []string{version, renderer, runtime.GOARCH}
	if f, err := os.Open("/proc/cpuinfo"); err == nil {
		defer f.Close()
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<20)
		for s.Scan() {
			key, flags, _ := strings.Cut(s.Text(), ":")
			if key = strings.TrimSpace(key); key == "flags" || key == "Features" {
				parts = append(parts, features(flags)...)
				break
			}
		}
	}
	return strings.Join(parts, ", ")
}

// features picks the instruction sets that LLVM vectorises with.
func features(flags string) []string {
	all := strings.Fields(flags)
	var out []string
	for _, f := range []string{"sse4_1", "avx", "avx2", "f16c", "fma", "avx512f", "asimd", "sve"} {
		if slices.Contains(all, f) {
			out = append(out, f)
		}
	}
	return out
}
