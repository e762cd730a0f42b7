package main

import (
	"bufio"
	"bytes"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// figure is a line of a Go benchmark: values by unit.
type figure struct {
	name   string
	values map[string]float64
}

var coresSuffix = regexp.MustCompile(`-\d+$`)

// goBench runs Go benchmarks of a package for so long, or so often, each.
func goBench(pkg, pattern, long string) ([]figure, error) {
	out, err := output(exec.Command("go", "test", pkg, "-run", "^$", "-bench", pattern, "-benchtime", long))
	if err != nil {
		return nil, err
	}
	return parseBench(out), nil
}

// parseBench reads what `go test -bench` prints (golang.org/design/14313-benchmark-format).
func parseBench(out []byte) (all []figure) {
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		fields := strings.Fields(s.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		f := figure{strings.TrimPrefix(coresSuffix.ReplaceAllString(fields[0], ""), "Benchmark"), map[string]float64{}}
		for i := 2; i+1 < len(fields); i += 2 {
			if v, err := strconv.ParseFloat(fields[i], 64); err == nil {
				f.values[fields[i+1]] = v
			}
		}
		all = append(all, f)
	}
	return all
}
