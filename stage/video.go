package stage

import (
	"context"
	"errors"
	"fmt"

	"github.com/longtake/longtake/stream"
)

// queued is how many finished frames wait for the encoder: enough that neither stands
// still when the other is slow for a moment.
const queued = 3

// video renders the story into a file. Rendering, reading back and encoding overlap: the
// GPU draws frame i while frame i-1 comes back and i-2 is encoded.
func (r *render) video(ctx context.Context) error {
	from, count, err := r.span()
	if err != nil {
		return err
	}
	v := stream.Video{Width: r.Size.Width, Height: r.Size.Height, Num: int(r.Rate.Num), Den: int(r.Rate.Den)}
	file, err := stream.CreateFile(ctx, r.Output, v, stream.FileOptions{Metadata: r.metadata()})
	if err != nil {
		return err
	}
	feed := newFeeder(file)
	err = r.feed(ctx, feed, func(i int64) error { return r.draw(ctx, r.Rate.At(from, i)) }, count)
	if e := feed.stop(); err == nil {
		err = e
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		file.Abort()
		return err
	}
	began := r.clock()
	if err := file.Close(); err != nil {
		return err
	}
	r.result.EncodeS += r.clock().Sub(began).Seconds()
	r.result.Files = append(r.result.Files, r.Output)
	return nil
}

func (r *render) feed(ctx context.Context, feed *feeder, draw func(i int64) error, count int64) error {
	flight := 0
	take := func() error {
		frame, err := r.taken()
		if err != nil {
			return err
		}
		flight--
		began := r.clock()
		err = feed.push(frame)
		r.result.EncodeS += r.clock().Sub(began).Seconds()
		r.result.Frames++
		r.Say.Tell("frames", r.result.Frames, int(count))
		return err
	}
	for i := range count {
		if err := ctx.Err(); err != nil {
			return err
		}
		began := r.clock()
		if err := draw(i); err != nil {
			return err
		}
		if err := r.renderer.BeginCapture(); err != nil {
			return err
		}
		r.result.RenderS += r.clock().Sub(began).Seconds()
		if flight++; flight > 1 {
			if err := take(); err != nil {
				return err
			}
		}
	}
	for flight > 0 {
		if err := take(); err != nil {
			return err
		}
	}
	return nil
}

// taken is the next frame, which has been waited for.
func (r *render) taken() ([]byte, error) {
	frame, ok := r.renderer.TakeCapture(true)
	err := r.renderer.Standing()
	if err == nil && !ok {
		err = errors.New("the GPU has not finished it within a minute: a lower --quality or a smaller --size may help")
	}
	if err != nil {
		return nil, fmt.Errorf("frame %d: %w", r.result.Frames, err)
	}
	return frame, nil
}

// feeder writes frames to the encoder on a goroutine of its own, in order.
type feeder struct {
	full, empty chan []byte
	done        chan error
}

func newFeeder(file *stream.File) *feeder {
	f := &feeder{full: make(chan []byte, queued), empty: make(chan []byte, queued), done: make(chan error, 1)}
	for range queued {
		f.empty <- nil
	}
	go func() {
		var err error
		for frame := range f.full {
			if err == nil {
				err = file.Write(frame)
			}
			f.empty <- frame // after an error the frames are only passed back
			if err != nil {
				select {
				case f.done <- err:
				default:
				}
			}
		}
		select {
		case f.done <- err:
		default:
		}
	}()
	return f
}

// push copies a frame into the queue; it waits while the queue is full.
func (f *feeder) push(frame []byte) error {
	buf := <-f.empty
	select {
	case err := <-f.done:
		f.done <- err
		if err != nil {
			return err
		}
	default:
	}
	f.full <- append(buf[:0], frame...)
	return nil
}

// stop ends the queue and returns the encoder's error.
func (f *feeder) stop() error {
	close(f.full)
	return <-f.done
}
