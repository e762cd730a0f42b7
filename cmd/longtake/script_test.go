package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/stream"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"longtake": main})
}

// TestScripts runs longtake as users do. A line that starts with [gl], [ffmpeg] or
// [gdal] is skipped where that is missing.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, ".cache"))
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("LONGTAKE_EGL", "surfaceless")
			return nil
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "gl":
				s, err := surface.NewOffscreen(surface.Options{Platform: "surfaceless"})
				if err == nil {
					s.Release()
				}
				return err == nil, nil
			case "ffmpeg":
				return stream.Available() == nil, nil
			case "gdal":
				return gdal.Available() == nil, nil
			case "root":
				return os.Geteuid() == 0, nil
			}
			return false, errors.New("unknown condition " + name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": exitsWith, "appears": appears, "whole": isWhole,
		},
	})
}

// exitsWith is "code N program arguments…".
func exitsWith(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program arguments…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// appears is "appears FILE": it waits for a file.
func appears(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: appears FILE")
	}
	for range 600 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s did not appear", args[0])
}

// isWhole is "whole DIR": nothing half written is in it.
func isWhole(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: whole DIR")
	}
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, _ os.DirEntry, err error) error {
		if err == nil && aside.MatchString(filepath.Base(path)) {
			err = errors.New(path + " was left behind")
		}
		return err
	}))
}

// aside are the names of files on their way.
var aside = regexp.MustCompile(`\.part[0-9]*$`)
