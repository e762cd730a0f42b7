//go:build linux

package surface

import (
	"runtime"
	"strings"
	"testing"
)

func TestOffscreen(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for range 3 {
		s, err := NewOffscreen(Options{Debug: true})
		if err != nil {
			t.Skip("no EGL: ", err)
		}
		i := s.Describe()
		if !strings.HasPrefix(i.Version, "4.5") && !strings.HasPrefix(i.Version, "4.6") {
			t.Errorf("version %q", i.Version)
		}
		if strings.Contains(i.Renderer, "llvmpipe") != i.Software {
			t.Errorf("software is %v for %q", i.Software, i.Renderer)
		}
		if err := s.MakeCurrent(); err != nil {
			t.Error(err)
		}
		s.Release()
		s.Release()
	}
}

func TestBadPlatform(t *testing.T) {
	if _, err := NewOffscreen(Options{Platform: "vulkan"}); err == nil || !strings.Contains(err.Error(), "surfaceless") {
		t.Errorf("got %v", err)
	}
	t.Setenv("LONGTAKE_EGL", "nonsense")
	if _, err := NewOffscreen(Options{}); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("got %v", err)
	}
}
