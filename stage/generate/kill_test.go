package generate

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// childScene names the scene that this binary generates when it is run as a child that is
// to be killed; childOut and childParts say where to.
const (
	childScene = "LONGTAKE_TEST_CHILD_SCENE"
	childOut   = "LONGTAKE_TEST_CHILD_OUT"
	childParts = "LONGTAKE_TEST_CHILD_PARTS"
	// childMemory is its limit in MiB.
	childMemory = "LONGTAKE_TEST_CHILD_MEMORY"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childScene); path != "" {
		doc, err := scene.Load(path, layers.Types())
		if err == nil {
			mib, _ := strconv.ParseInt(os.Getenv(childMemory), 10, 64) // none: the usual limit
			say, end := watch()
			if _, err = Run(context.Background(), doc, os.Getenv(childOut), Options{Parts: os.Getenv(childParts), MaxMemory: mib << 20, Say: say}); err == nil {
				err = end()
			}
		}
		if err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// Killed at random moments, three of them or as many as $LONGTAKE_KILLS says, a rerun
// completes with the bytes of an undisturbed run without a cache, and nothing is left
// lying about.
func TestKilled(t *testing.T) {
	kills := 3
	if n, err := strconv.Atoi(os.Getenv("LONGTAKE_KILLS")); err == nil {
		kills = n
	}
	dir, _ := sampleCity(t)
	want, whole := plainCity(t)

	out, parts := filepath.Join(t.TempDir(), "package"), t.TempDir()
	child := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childScene+"="+filepath.Join(dir, "scene.yaml"), childOut+"="+out, childParts+"="+parts)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	random := rand.New(rand.NewPCG(3, 1))
	killed := 0
	for killed < kills {
		cmd := child()
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		select {
		case <-time.After(time.Duration(random.Float64() * 0.8 * float64(whole))):
			_ = cmd.Process.Kill()
			<-done
			killed++
		case err := <-done: // it had little left to do: no kill
			if err != nil {
				t.Fatal(err)
			}
			if err := os.RemoveAll(out); err != nil {
				t.Fatal(err)
			}
			if err := clear(parts, random); err != nil {
				t.Fatal(err)
			}
		}
		if IsPackage(out) {
			t.Log("killed after its package was in place")
			if err := os.RemoveAll(out); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child().Wait(); err != nil {
		t.Fatal("the rerun: ", err)
	}
	if d := differ(want, contents(t, out)); len(d) > 0 {
		t.Errorf("after %d kills %d files have other bytes: %v", killed, len(d), d[:min(len(d), 5)])
	}
	for _, d := range []string{filepath.Dir(out), parts} {
		entries, err := os.ReadDir(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") {
				t.Errorf("%s is left in %s", e.Name(), d)
			}
		}
	}
	t.Logf("killed %d times", killed)
}

// clear forgets a random half of what was kept, so that there is something to do again.
func clear(parts string, random *rand.Rand) error {
	entries, err := os.ReadDir(parts)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if random.IntN(2) == 0 {
			if err := os.RemoveAll(filepath.Join(parts, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
