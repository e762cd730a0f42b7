// Command bench measures longtake on this machine through its bench command and records
// the figures in docs/benchmarks.md. make bench runs it.
//
// usage: go run ./tools/bench LONGTAKE
//
// San Francisco is measured where the real data is present ($LONGTAKE_DATA, or
// ../shared/data), else the sample city stands in for it, and the tables say so.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

const record = "docs/benchmarks.md"

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./tools/bench LONGTAKE")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(bin string) error {
	dir, err := os.MkdirTemp("", "longtake-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if bin, err = filepath.Abs(bin); err != nil {
		return err
	}
	b := &bench{bin: bin, dir: dir}
	if err := b.inputs(); err != nil {
		return err
	}
	page, err := b.page()
	if err != nil {
		return err
	}
	fmt.Print("\n", page)
	if err := os.WriteFile(record, []byte(page), 0o644); err != nil {
		return err
	}
	fmt.Printf("\nbench: recorded in %s\n", record)
	return nil
}

// bench runs the binary's measurements in a temporary folder.
type bench struct {
	bin, dir string
	peak     int64 // most resident memory of the last command, bytes

	sample, boxes, city string // inputs
	cityName            string
	cityOrbit           string
}

// longtake runs the binary; where into is not nil it reads the JSON that it prints.
func (b *bench) longtake(into any, env []string, args ...string) error {
	fmt.Fprintln(os.Stderr, "longtake", strings.Join(args, " "), strings.Join(env, " "))
	if into != nil {
		args = append(args, "--json")
	}
	cmd := exec.Command(b.bin, args...)
	cmd.Env = append(os.Environ(), env...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("longtake %s: %w: %s", strings.Join(args, " "), err, tail(said.String()))
	}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		b.peak = u.Maxrss * 1024
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(out, into); err != nil {
		return fmt.Errorf("longtake %s: %w", strings.Join(args, " "), err)
	}
	return nil
}

func tail(s string) string { return s[max(0, len(s)-500):] }
