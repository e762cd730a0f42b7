package gpu_test

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/shaders"
)

// context makes a debug context current for the test; any driver error fails it.
func context(t testing.TB) surface.Surface {
	t.Helper()
	runtime.LockOSThread()
	s, err := surface.NewOffscreen(surface.Options{Debug: true})
	if err != nil {
		runtime.UnlockOSThread()
		t.Skip("no EGL here: ", err)
	}
	gpu.OnDebug(func(m string, isError bool) {
		if isError {
			t.Error("driver: ", m)
		}
	})
	gpu.Reset()
	t.Cleanup(func() {
		s.Release()
		runtime.UnlockOSThread()
	})
	return s
}

func TestEveryShaderPermutationCompiles(t *testing.T) {
	context(t)
	for _, name := range shaders.Names() {
		src, err := shaders.Load(name)
		if err != nil {
			t.Error(err)
			continue
		}
		all := src.Permutations()
		if len(all) > 64 && os.Getenv("LONGTAKE_EVERY_SHADER") == "" {
			all = sparse(src)
		}
		for _, p := range all {
			if _, err := gpu.Compile(gpu.Stage{File: name, Defines: p}); err != nil {
				t.Error(err)
			}
		}
	}
}

// sparse varies one define at a time.
func sparse(src shaders.Source) [][]string {
	out := [][]string{nil}
	for _, key := range src.DefineNames() {
		for _, v := range src.Defines[key][1:] {
			out = append(out, []string{key + " " + v})
		}
	}
	return out
}

func TestCompileErrorNamesFileAndLine(t *testing.T) {
	context(t)
	if _, err := gpu.NewProgram("bad", gpu.Stage{File: "fullscreen.vert", Defines: []string{"NOPE"}}); err == nil || !strings.Contains(err.Error(), "NOPE") {
		t.Errorf("got %v", err)
	}
	if _, err := gpu.NewProgram("bad", gpu.Stage{File: "common.glsl"}); err == nil {
		t.Error("an include compiled as a stage")
	}
}

// A lent buffer is the program's own memory, and lets go of it when it is released.
func TestLent(t *testing.T) {
	context(t)
	if !gpu.HasLent() {
		t.Skip("the driver has no pinned memory")
	}
	data := make([]byte, 1<<16)
	data[7] = 42
	before := gpu.Objects()["buffer"]
	b := gpu.Lent("test", data)
	data[8] = 43 // nothing has been copied
	got := make([]byte, 16)
	b.Read(0, got)
	if b.Size != len(data) || got[7] != 42 || got[8] != 43 {
		t.Errorf("%d bytes: %v", b.Size, got)
	}
	b.Release()
	if n := gpu.Objects()["buffer"]; n != before || b.ID != 0 {
		t.Errorf("%d buffers stay", n)
	}
	if err := gpu.Err(); err != nil {
		t.Error(err)
	}
}
