// Command bench measures longtake on this machine through its bench command, and parts of
// it beside peers, and records the figures in docs/benchmarks.md. make bench runs it.
//
// usage: go run ./tools/bench [flags] LONGTAKE
//
// San Francisco is measured where the real data is present ($LONGTAKE_DATA, or
// ../shared/data), else the sample city stands in for it, and the tables say so. Peers
// are measured where `npm ci` has brought them. -small shrinks everything, to try the
// command out, and prints instead of recording.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const record = "docs/benchmarks.md"

func main() {
	b := &bench{packages: map[string]string{}}
	flag.IntVar(&b.buildings, "buildings", 250000, "least number of buildings of the large inputs")
	flag.IntVar(&b.cityBuildings, "city-buildings", 15000, "least number of buildings of the large city with all else")
	flag.IntVar(&b.limit, "memory", 256, "the limit of the memory section in MB; its input is ten times as large")
	flag.IntVar(&b.repeats, "repeats", 3, "runs of which the median is taken")
	flag.StringVar(&b.engines, "engines", filepath.Join("tools", "engines"), "`folder` of the peers' pages and npm packages")
	flag.StringVar(&b.kinds, "layers", "", "of the layers beside deck.gl only these, with commas")
	only := flag.String("only", "", "sections to measure, by the first words of their titles, with commas; they are printed, not recorded")
	small := flag.Bool("small", false, "small sizes, printed, not recorded")
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if *small {
		b.buildings, b.cityBuildings, b.limit, b.repeats, b.small = 7000, 7000, 160, 1, true
	}
	if err := b.run(flag.Arg(0), *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures in a temporary folder, which is also that of the commands that it runs.
func (b *bench) run(bin, only string) (err error) {
	if b.dir, err = os.MkdirTemp("", "longtake-bench-"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.dir) }()
	if err := os.Setenv("TMPDIR", b.dir); err != nil {
		return err
	}
	if b.bin, err = filepath.Abs(bin); err != nil {
		return err
	}
	if err := b.inputs(); err != nil {
		return err
	}
	page, failed := b.page(only)
	fmt.Print("\n", page)
	if only != "" || b.small {
		return failed
	}
	if err := os.WriteFile(record, []byte(page), 0o644); err != nil {
		return err
	}
	fmt.Printf("\nbench: recorded in %s\n", record)
	return failed
}

// bench runs the binary's measurements in a temporary folder.
type bench struct {
	bin, dir string

	buildings, cityBuildings int
	limit, repeats           int
	small                    bool
	engines, kinds           string

	sample, boxes, city string // inputs
	cityName            string
	cityOrbit           string
	real                realCity
	packages            map[string]string // of scenes, see pack
}

// longtake runs the binary; where into is not nil it reads the JSON that it prints.
func (b *bench) longtake(into any, env []string, args ...string) error {
	fmt.Fprintln(os.Stderr, "longtake", strings.Join(args, " "), strings.Join(env, " "))
	if into != nil {
		args = append(args, "--json")
	}
	cmd := exec.Command(b.bin, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := output(cmd)
	if err != nil || into == nil {
		return err
	}
	if err := json.Unmarshal(out, into); err != nil {
		return fmt.Errorf("longtake %s: %w", strings.Join(args, " "), err)
	}
	return nil
}

// output runs a command; an error ends with what the command said.
func output(cmd *exec.Cmd) ([]byte, error) {
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		said := string(append(out, failed.Stderr...))
		return nil, fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args, " "), err, said[max(0, len(said)-500):])
	}
	return out, err
}

// pack generates the package of a scene, once.
func (b *bench) pack(scene string) (string, error) {
	if dir, ok := b.packages[scene]; ok {
		return dir, nil
	}
	dir := filepath.Join(b.dir, fmt.Sprint("package", len(b.packages)))
	if err := b.longtake(nil, nil, "generate", scene, "-o", dir, "--cache", "off", "--quiet"); err != nil {
		return "", err
	}
	b.packages[scene] = dir
	return dir, nil
}
