package stream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/longtake/longtake/internal/subprocess"
)

// Available returns nil where ffmpeg can be run.
func Available() error {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		return &subprocess.ErrMissing{Program: "ffmpeg", Package: "ffmpeg"}
	}
	return nil
}

// pipe is a running ffmpeg that is fed frames.
type pipe struct {
	frameSize int
	in        *os.File
	cancel    context.CancelCauseFunc
	done      chan struct{} // closed when ffmpeg has ended; then err is set
	err       error
}

func startPipe(ctx context.Context, v Video, args []string, stdout io.Writer) (*pipe, error) {
	if err := v.check(); err != nil {
		return nil, err
	}
	if err := Available(); err != nil {
		return nil, err
	}
	r, w, err := os.Pipe() // a pipe of our own: exec hands it over without a copying goroutine
	if err != nil {
		return nil, fmt.Errorf("pipe to ffmpeg: %w", err)
	}
	widen(w)
	ctx, cancel := context.WithCancelCause(ctx)
	p := &pipe{frameSize: v.FrameSize(), in: w, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		p.err = subprocess.Run(ctx, subprocess.Command{
			Program: "ffmpeg", Package: "ffmpeg", Stdin: r, Stdout: stdout, Args: append(v.input(), args...),
			Env: append(os.Environ(), "LC_ALL=C", "TZ=UTC"),
		})
		_ = r.Close() // a writer that is still feeding gets EPIPE
	}()
	return p, nil
}

var errStopped = errors.New("stopped")

// write feeds one frame.
func (p *pipe) write(frame []byte) error {
	if len(frame) != p.frameSize {
		return fmt.Errorf("a frame of %d bytes, want %d", len(frame), p.frameSize)
	}
	if _, err := p.in.Write(frame); err != nil {
		p.cancel(errStopped)
		<-p.done
		if p.err != nil && !errors.Is(p.err, errStopped) {
			return p.err
		}
		return fmt.Errorf("feeding ffmpeg: %w", err)
	}
	return nil
}

// close ends the input and waits for ffmpeg to finish.
func (p *pipe) close() error {
	err := p.in.Close()
	<-p.done
	p.cancel(nil)
	if p.err != nil {
		return p.err
	}
	return err
}

// abort kills ffmpeg.
func (p *pipe) abort() {
	p.cancel(errStopped)
	_ = p.in.Close()
	<-p.done
}
