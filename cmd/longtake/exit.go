package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/internal/subprocess"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// The exit codes.
const (
	exitFailure     = 1
	exitUsage       = 2
	exitInput       = 3
	exitEnvironment = 4
	exitInterrupted = 130 // 128 + SIGINT, as shells count
)

// kindError is an error whose exit code is known where it happens.
type kindError struct {
	error
	code int
}

func (e *kindError) Unwrap() error { return e.error }

func ofKind(code int, err error) error {
	if err == nil {
		return nil
	}
	return &kindError{err, code}
}

// badInput marks an error of reading what the user named.
func badInput(err error) error { return ofKind(exitInput, err) }

// badUsage is an error of the command line that is found late.
func badUsage(format string, args ...any) error {
	return ofKind(exitUsage, fmt.Errorf(format, args...))
}

// exitCode maps an error to the exit code. What the machine lacks comes first: a
// missing program is no fault of the file that needs it.
func exitCode(err error) int {
	var missing *subprocess.ErrMissing
	var noGDAL *gdal.ErrMissing
	var document scene.Errors
	var kind *kindError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &missing), errors.As(err, &noGDAL):
		return exitEnvironment
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EADDRINUSE):
		return exitEnvironment
	case errors.As(err, &kind):
		return kind.code
	case errors.As(err, &document), errors.Is(err, stage.ErrSkipped), errors.Is(err, stage.ErrContent):
		return exitInput
	}
	return exitFailure
}

// fail says what went wrong and returns the exit code.
func (a *app) fail(ctx context.Context, cmd *cobra.Command, err error) int {
	if err == nil {
		return 0
	}
	if ctx.Err() != nil {
		fmt.Fprintln(a.err, "longtake: interrupted")
		return exitInterrupted
	}
	if !a.started {
		text, _, _ := strings.Cut(err.Error(), "\n")
		fmt.Fprintf(a.err, "longtake: %s (see %s --help)\n", text, cmd.CommandPath())
		return exitUsage
	}
	var document scene.Errors
	if errors.As(err, &document) && len(document) > 0 {
		// Lines that editors and CI understand, then what they are about.
		fmt.Fprintln(a.err, document)
		err = fmt.Errorf("%s: %s", document[0].File, count(len(document), "error"))
		fmt.Fprintf(a.err, "longtake: %v\n", err)
		return exitInput
	}
	fmt.Fprintf(a.err, "longtake: %s\n", sentence(err))
	return exitCode(err)
}

// sentence is an error without the names of packages that it went through: they say
// nothing to who reads it.
func sentence(err error) string {
	text := err.Error()
	// Of what could not be opened, the name says enough.
	var at *fs.PathError
	if errors.As(err, &at) && (at.Op == "open" || at.Op == "stat" || at.Op == "lstat") {
		text = strings.Replace(text, at.Error(), at.Path+": "+at.Err.Error(), 1)
	}
	for _, p := range []string{"generate: ", "tiles: ", "glb: "} {
		text = strings.TrimPrefix(text, p)
		text = strings.ReplaceAll(text, ": "+p, ": ")
	}
	return text
}

// interruptible returns a context that the first SIGINT or SIGTERM ends; the second one
// ends the process.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop) // hands the signals back to the system
	return ctx, stop
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// drawing marks the errors of a machine that cannot draw.
func (a *app) drawing(err error) error {
	if err == nil || exitCode(err) != exitFailure {
		return err
	}
	s, e := surface.NewOffscreen(surface.Options{Platform: a.gpu})
	if e != nil {
		return ofKind(exitEnvironment, err)
	}
	s.Release()
	return err
}
