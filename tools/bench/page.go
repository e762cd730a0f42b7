package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// section is a chapter of the page: what measures it gives its text.
type section struct {
	title   string
	measure func() (string, error)
}

func (b *bench) sections() []section {
	return []section{
		{"Generating", b.generating},
		{"Generating at scale", b.scale},
		{"Memory below a limit", b.memory},
		{"Building only what changed", b.incremental},
		{"Terrain beside Martini", b.terrain},
		{"Parts of generating", b.parts},
		{"Reading", b.reading},
		{"Meshopt beside meshoptimizer", b.meshopt},
		{"Frames of live mode, 1280x720", b.frames},
		{"Cities of growing size", b.growth},
		{"Frames beside three.js", b.peers},
		{"Layers beside deck.gl", b.layers},
		{"Video, 1280x720", b.video},
	}
}

// page measures everything and writes it down. A section that fails says so, and the
// others are measured nevertheless.
func (b *bench) page(only string) (page string, failed error) {
	var p strings.Builder
	fmt.Fprintf(&p, `# Benchmarks
`+"`make bench`"+` measures these and writes this page, one after another on one machine;
nothing else should run on it meanwhile. Each section names the load average before it:
where it is well above what the section before has caused, its wall times are those of a
busy machine, and only processor times (CPU s: all cores, itself and in the kernel) hold.

Machine: %s, %d cores, %s of memory; %s; %s.
`, cpu(), runtime.NumCPU(), memory(), mesa(), runtime.Version())
	for _, s := range b.sections() {
		if !wanted(s.title, only) {
			continue
		}
		fmt.Fprintln(os.Stderr, "#", s.title)
		before := load()
		text, err := s.measure()
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", s.title, err))
			text += fmt.Sprintf("\nNot measured: %v.\n", err)
		}
		fmt.Fprintf(&p, "\n## %s\nLoad average before: %s.\n\n%s", s.title, before, strings.TrimLeft(text, "\n"))
	}
	return p.String(), failed
}

func wanted(title, only string) bool {
	for name := range strings.SplitSeq(only, ",") {
		if strings.HasPrefix(strings.ToLower(title), strings.ToLower(strings.TrimSpace(name))) {
			return true
		}
	}
	return false
}
