package verify_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/longtake/longtake/internal/realdata"
)

// kills generates a quarter of Monaco, killed fifty times at random moments of the whole run.
// A run that ends before its moment does not count; what it had cached is forgotten, and
// half of the time it is forgotten after a kill, too, so that early and late steps are hit
// alike. The rerun must give the bytes of an undisturbed run without a cache.
func kills(t *testing.T, bin, dir string) []string {
	wanted := 50
	if n, err := strconv.Atoi(os.Getenv("LONGTAKE_KILLS")); err == nil { // fewer, to try it
		wanted = n
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	out, cache := filepath.Join(dir, "package"), filepath.Join(dir, "cache")
	command := func(to, cache string) *exec.Cmd {
		return exec.Command(bin, "generate", "--quiet", "-o", to, "--cache", cache, "--bbox", "7.4235,43.7385,7.4265,43.7405",
			realdata.Path(t, "city-monaco", "monaco-planetiler.osm.pbf"), realdata.Path(t, "city-monaco", "N43E007.hgt.zip"))
	}
	run := func(cmd *exec.Cmd) time.Duration {
		began := time.Now()
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		return time.Since(began)
	}
	undisturbed := filepath.Join(dir, "undisturbed")
	whole := run(command(undisturbed, "off"))
	forget := func() {
		for _, d := range []string{out, cache} {
			if err := os.RemoveAll(d); err != nil {
				t.Fatal(err)
			}
		}
	}
	random := rand.New(rand.NewPCG(3, 50))
	killed, ended, cold, latest := 0, 0, 0, time.Duration(0)
	for killed < wanted {
		if ended > 10*wanted {
			t.Fatalf("%d runs ended before they were killed, %d were killed", ended, killed)
		}
		if _, err := os.Stat(cache); err != nil {
			cold++
		}
		moment := time.Duration(random.Float64() * float64(whole))
		cmd := command(out, cache)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			ended++
			forget()
			continue
		case <-time.After(moment):
			_ = cmd.Process.Kill()
		}
		if <-done; !cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled() { // it ended while it was aimed at
			ended++
			forget()
			continue
		}
		killed, latest = killed+1, max(latest, moment)
		if random.IntN(2) == 0 && killed < wanted {
			forget()
		}
	}
	rerun := run(command(out, cache))
	want, got := contents(t, undisturbed), contents(t, out)
	for name, data := range want {
		if got[name] != data {
			t.Errorf("%s: %d bytes, %d without a kill, are not the same", name, len(got[name]), len(data))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, %d without a kill", len(got), len(want))
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s is left behind", e.Name())
		}
	}
	return []string{fmt.Sprintf("a quarter of Monaco, %.1f s undisturbed: killed %d times, up to %.1f s after its start, %d of them from nothing; %d more runs ended first; the rerun (%.1f s) has the bytes of %d files as an undisturbed run with --cache off",
		whole.Seconds(), killed, latest.Seconds(), cold, ended, rerun.Seconds(), len(want))}
}

// contents are a folder's files by their paths in it.
func contents(t *testing.T, dir string) map[string]string {
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
