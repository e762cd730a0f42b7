// Package subprocess runs other programs (ffmpeg, GDAL's) so that they can't take us
// down: in their own process group, ended with us, with a bounded memory of what they
// said on stderr.
package subprocess

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// ErrMissing says that a program is not installed and which Debian package brings it.
type ErrMissing struct{ Program, Package string }

// Error names the program and how to get it.
func (e *ErrMissing) Error() string {
	return fmt.Sprintf("%s is not on PATH: install the Debian package %s", e.Program, e.Package)
}

// Command is a program to run. Nil readers and writers are empty.
type Command struct {
	Program string // found on PATH
	Package string // the Debian package that brings it
	Args    []string
	Env     []string // the whole environment; nil inherits ours
	Stdin   io.Reader
	Stdout  io.Writer
	Idle    string // lines of stderr that hold this say nothing worth telling; "" drops none
}

// Run runs the program and waits for its end. The error is an *ErrMissing where the
// program is not installed, the context's where that ended the run, else it carries the
// end of what the program wrote to stderr.
func Run(ctx context.Context, c Command) error {
	path, err := exec.LookPath(c.Program)
	if err != nil {
		return &ErrMissing{c.Program, c.Package}
	}
	cmd := exec.CommandContext(ctx, path, c.Args...)
	said := &tail{idle: c.Idle}
	cmd.Env, cmd.Stdout, cmd.Stderr = c.Env, c.Stdout, said
	cmd.WaitDelay = 2 * time.Second // a grandchild that kept a pipe open must not hold us
	supervise(cmd)
	switch in := c.Stdin.(type) {
	case nil:
	case *os.File:
		cmd.Stdin = in // handed over as it is
	default:
		// exec would wait for a reader that never ends; this copy is left behind instead.
		pipe, err := cmd.StdinPipe()
		if err != nil {
			return fmt.Errorf("%s: %w", c.Program, err)
		}
		go func() {
			_, _ = io.Copy(pipe, in) // a child that stops reading says why itself
			_ = pipe.Close()
		}()
	}
	// The parent-death signal is tied to the thread that forks.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err = cmd.Run()
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", c.Program, context.Cause(ctx))
	}
	var exit *exec.ExitError
	if text := said.String(); err != nil && text != "" && errors.As(err, &exit) {
		if strings.Contains(strings.ToLower(text), syscall.ENOSPC.Error()) {
			err = syscall.ENOSPC // what the exit status does not tell
		}
		return fmt.Errorf("%s: %s (%w)", c.Program, text, err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.Program, err)
	}
	return nil
}

// tail keeps the end of what is written to it.
type tail struct {
	text []byte
	idle string
}

const tailSize = 2048

// Write never fails; it forgets all but the last tailSize bytes.
func (t *tail) Write(p []byte) (int, error) {
	n := len(p)
	if len(p) > tailSize {
		p = p[len(p)-tailSize:]
	}
	t.text = append(t.text, p...)
	if over := len(t.text) - tailSize; over > 0 {
		t.text = slices.Delete(t.text, 0, over)
	}
	return n, nil
}

// String is the last five distinct lines on one line.
func (t *tail) String() string {
	var lines []string
	for _, l := range strings.Split(string(t.text), "\n") {
		l = strings.TrimSpace(l)
		if l != "" && !slices.Contains(lines, l) && (t.idle == "" || !strings.Contains(l, t.idle)) {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines[max(0, len(lines)-5):], "; ")
}
