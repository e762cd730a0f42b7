package touch

import (
	"errors"
	"io"
	"syscall"
	"testing"
	"time"
)

// A device that is unplugged lifts all fingers, is told once, and read again when it is back;
// whatever state it is in, it can be closed.
func TestDeviceComesBack(t *testing.T) {
	type wire struct {
		r *io.PipeReader
		w *io.PipeWriter
	}
	wires := make(chan wire, 1)
	plug := func() (io.ReadCloser, *Decoder, error) {
		select {
		case w := <-wires:
			return w.r, &Decoder{X: Range{0, 4000}, Y: Range{0, 1000}}, nil
		default:
			return nil, nil, errors.New("not there")
		}
	}
	if _, err := open(plug, time.Millisecond); err == nil {
		t.Fatal("opened without a device")
	}
	plugged := func() wire {
		r, w := io.Pipe()
		return wire{r, w}
	}
	first := plugged()
	wires <- first
	d, err := open(plug, time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	touch := func(w wire) (out []Frame) {
		_, _ = w.w.Write(pinch[:6*eventSize])
		for len(out) == 0 {
			out = d.Poll()
		}
		return out
	}
	if got := touch(first); len(got) != 1 || len(got[0].Fingers) != 1 || d.Gone() {
		t.Errorf("%v", got)
	}
	_ = first.w.CloseWithError(syscall.ENODEV)
	for !d.Gone() {
		time.Sleep(time.Millisecond)
	}
	if got := d.Poll(); len(got) != 1 || len(got[0].Fingers) != 0 || d.Gone() {
		t.Errorf("unplugged: %v", got)
	}
	second := plugged()
	wires <- second
	if got := touch(second); len(got) != 1 || len(got[0].Fingers) != 1 {
		t.Errorf("back: %v", got)
	}
	_ = second.w.CloseWithError(syscall.ENODEV)
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}
