package footage

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/longtake/longtake/internal/subprocess"
)

// Reader decodes frames of a clip: the next ones quickly, as ffmpeg runs ahead by as many as a
// few pipes hold; any other by a seek. It is used from one goroutine.
type Reader struct {
	clip *Clip
	run  *run
	next int // frame that the run gives next
	held int // frame in pixels; -1 = none
	rgba []byte
}

// NewReader reads a clip.
func NewReader(c *Clip) *Reader { return &Reader{clip: c, held: -1} }

// skipped is how many frames are decoded and let go rather than sought: the seconds between
// the pictures that a file can be entered at are about as many.
const skipped = 64

// Frame is a frame's pixels, straight RGBA, rows from the top; they are the caller's. changed
// is false where it is the frame that was given last.
func (r *Reader) Frame(ctx context.Context, frame int) (rgba []byte, changed bool, err error) {
	if frame < 0 || frame >= len(r.clip.Times) {
		return nil, false, fmt.Errorf("%s has no frame %d", r.clip.Path, frame)
	}
	if frame == r.held {
		return r.rgba, false, nil
	}
	if r.run == nil || frame < r.next || frame > r.next+skipped && !r.clip.whole {
		r.Close()
		if r.next = frame; r.clip.whole {
			r.next = 0
		}
		r.run = start(r.clip, r.next)
	}
	for r.next <= frame {
		select {
		case f, ok := <-r.run.frames:
			if !ok {
				err := r.run.err
				r.Close()
				if err == nil {
					err = io.ErrUnexpectedEOF
				}
				return nil, false, fmt.Errorf("%s: frame %d of %d: %w", r.clip.Path, r.next, len(r.clip.Times), err)
			}
			r.rgba, r.held = f, r.next
			r.next++
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
	}
	return r.rgba, true, nil
}

// Close ends ffmpeg; a later frame starts it again.
func (r *Reader) Close() {
	if r.run != nil {
		r.run.end()
		r.run = nil
	}
}

// run is an ffmpeg that decodes from a frame on.
type run struct {
	frames chan []byte // closed at the end; then err is set
	err    error
	end    func() // kills it and waits for that
}

// ahead is how many frames are decoded before they are asked for.
const ahead = 2

func start(c *Clip, frame int) *run {
	ctx, cancel := context.WithCancel(context.Background())
	out := &run{frames: make(chan []byte, ahead), end: cancel}
	in, to, err := os.Pipe()
	if err != nil {
		out.err = fmt.Errorf("pipe from ffmpeg: %w", err)
		close(out.frames)
		return out
	}
	args := []string{"-nostdin", "-v", "error"}
	if at, from := c.seek(frame); from {
		args = append(args, "-ss", strconv.FormatFloat(at, 'f', 6, 64))
	}
	size := fmt.Sprintf("scale=w=%d:h=%d:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=%s", c.Width, c.Height, c.matrix)
	args = slices.Concat(args, input(c.Path), []string{"-map", "0:V:0", "-an", "-sn", "-dn", "-fps_mode", "passthrough", "-vf", size, "-pix_fmt", "rgba", "-f", "rawvideo", "pipe:1"})
	var failed error
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		failed = subprocess.Run(ctx, subprocess.Command{Program: "ffmpeg", Package: "ffmpeg", Stdout: to, Args: args, Env: environment()})
		_ = to.Close() // whoever reads sees the end
	}()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer close(out.frames)
		for {
			rgba := make([]byte, 4*c.Width*c.Height)
			if _, err := io.ReadFull(in, rgba); err != nil {
				<-gone
				out.err = failed
				return
			}
			select {
			case out.frames <- rgba:
			case <-ctx.Done():
				return
			}
		}
	}()
	out.end = func() {
		cancel()
		_ = in.Close()
		<-done
		<-gone
	}
	return out
}
