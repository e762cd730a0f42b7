package subprocess

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestTailKeepsTheEnd(t *testing.T) {
	s := &tail{}
	for range 1000 {
		if n, err := s.Write(bytes.Repeat([]byte("x"), 100)); n != 100 || err != nil {
			t.Fatal(n, err)
		}
	}
	_, _ = s.Write([]byte("\nthe reason\nthe reason\n"))
	if len(s.text) > tailSize || !strings.HasSuffix(s.String(), "; the reason") {
		t.Errorf("%d bytes: %.40q", len(s.text), s.String())
	}
}

func TestRun(t *testing.T) {
	var out bytes.Buffer
	err := Run(t.Context(), Command{Program: "sh", Args: []string{"-c", "tr a-z A-Z"}, Stdin: strings.NewReader("abc"), Stdout: &out})
	if err != nil || out.String() != "ABC" {
		t.Errorf("%q, %v", out.String(), err)
	}
	err = Run(t.Context(), Command{Program: "sh", Args: []string{"-c", "echo no such thing >&2; exit 3"}})
	if err == nil || !strings.Contains(err.Error(), "no such thing") {
		t.Error(err)
	}
	err = Run(t.Context(), Command{Program: "sh", Args: []string{"-c", "echo 'out.mp4: No space left on device' >&2; exit 1"}})
	if !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	var missing *ErrMissing
	if err := Run(t.Context(), Command{Program: "no-such-program", Package: "nothing"}); !errors.As(err, &missing) || !strings.Contains(err.Error(), "nothing") {
		t.Error(err)
	}
}

// TestCancelEndsTheWholeGroup: neither a grandchild nor a reader that never ends holds a
// cancelled run.
func TestCancelEndsTheWholeGroup(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	never, _ := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, Command{Program: "sh", Args: []string{"-c", "sleep 60 & wait"}, Stdin: never})
	}()
	time.AfterFunc(100*time.Millisecond, cancel)
	select {
	case err := <-done:
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the child outlived its context")
	}
}
