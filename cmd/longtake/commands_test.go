package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/internal/subprocess"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// TestEveryCommandIsDocumented holds help to a form: what, how and, for commands that do
// something, examples whose flags exist.
func TestEveryCommandIsDocumented(t *testing.T) {
	root := (&app{}).root()
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		if c.Short == "" || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: short help %q", c.CommandPath(), c.Short)
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s --%s has no help", c.CommandPath(), f.Name)
			}
		})
		for _, sub := range c.Commands() {
			visit(sub)
		}
		for _, example := range strings.Split(c.Example, "\n") {
			example, _, _ = strings.Cut(example, "&&")
			args := strings.Fields(example)
			if len(args) == 0 || args[0] != "longtake" {
				continue
			}
			target, rest, err := root.Find(args[1:])
			if err != nil {
				t.Errorf("%s: example %q: %v", c.CommandPath(), example, err)
				continue
			}
			for _, a := range rest {
				name, isFlag := strings.CutPrefix(a, "--")
				if isFlag && target.Flags().Lookup(name) == nil && target.InheritedFlags().Lookup(name) == nil {
					t.Errorf("%s: example %q: %s has no --%s", c.CommandPath(), example, target.CommandPath(), name)
				}
			}
		}
	}
	visit(root)
	for _, c := range root.Commands() {
		if c.Name() == "version" || c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		if c.Long == "" || c.Example == "" {
			t.Errorf("%s lacks a long help or examples", c.Name())
		}
	}
}

func TestEveryLayerExampleIsAValidScene(t *testing.T) {
	for name, typ := range layers.Types() {
		doc, err := scene.Parse("example.yaml", []byte(exampleScene(typ)), layers.Types())
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, exampleScene(typ))
			continue
		}
		if doc.Layers[0].Type != name {
			t.Errorf("%s: the example has a %s", name, doc.Layers[0].Type)
		}
		data, err := exampleJSON(typ)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scene.Parse("example.json", data, layers.Types()); err != nil {
			t.Errorf("%s: %v\n%s", name, err, data)
		}
	}
}

func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("x"), 1},
		{badUsage("x"), 2},
		{badInput(errors.New("x")), 3},
		{badInput(fs.ErrNotExist), 3},
		{scene.Errors{{Message: "x"}}, 3},
		{fmt.Errorf("a: %w", stage.ErrSkipped), 3},
		{badInput(&subprocess.ErrMissing{Program: "ffmpeg", Package: "ffmpeg"}), 4},
		{badInput(fmt.Errorf("a: %w", &gdal.ErrMissing{Program: "gdalwarp"})), 4},
		{&fs.PathError{Op: "open", Path: "a", Err: syscall.EACCES}, 4},
		{&fs.PathError{Op: "write", Path: "a", Err: syscall.ENOSPC}, 4},
		{&fs.PathError{Op: "write", Path: "a", Err: syscall.EROFS}, 4},
		{ofKind(exitEnvironment, errors.New("x")), 4},
	} {
		if got := exitCode(c.err); got != c.want {
			t.Errorf("%v: %d, want %d", c.err, got, c.want)
		}
	}
}

func TestParseBound(t *testing.T) {
	good := map[string]geo.Bound{
		"7.4,43.7,7.5,43.8":  {West: 7.4, South: 43.7, East: 7.5, North: 43.8},
		"179, -18, -179,-17": {West: 179, South: -18, East: -179, North: -17},
	}
	for text, want := range good {
		if got, err := parseBound(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1,2,3", "1,2,3,4,5", "1,4,3,2", "1,2,1,4", "1,-91,2,3", "1,2,NaN,4", "a,2,3,4", "1,2,300,4"} {
		if got, err := parseBound(text); err == nil {
			t.Errorf("%q became %v", text, got)
		}
	}
}

func TestExtentAcrossTheAntimeridian(t *testing.T) {
	var e extent
	e.add(179, -18)
	e.add(-179, -17)
	if got := *e.corners(); got != [4]float64{179, -18, -179, -17} {
		t.Errorf("got %v", got)
	}
	var w extent
	w.add(-1, 0)
	w.add(1, 1)
	if got := *w.corners(); got != [4]float64{-1, 0, 1, 1} {
		t.Errorf("got %v", got)
	}
	var world extent // no vertex lies between Greenwich and 0.3
	for lng := -180.0; lng <= 180; lng += 0.3 {
		world.add(lng+0.15, 0)
	}
	if got := *world.corners(); got[2]-got[0] < 359 {
		t.Errorf("got %v", got)
	}
}

func TestBytesText(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1 kB", 1_234_567: "1.23 MB", 5_000_000_000: "5 GB"} {
		if got := bytesText(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// TestQuietDoesNotHideErrors runs the program in-process.
func TestQuietDoesNotHideErrors(t *testing.T) {
	var errs bytes.Buffer
	if code := run([]string{"render", "-q", "no-such-file.yaml", "-o", "a.png"}, io.Discard, &errs); code != exitInput {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(errs.String(), "no-such-file.yaml") {
		t.Errorf("said %q", errs.String())
	}
}
