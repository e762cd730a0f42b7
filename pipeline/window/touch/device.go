package touch

import (
	"io"
	"sync"
	"time"
)

// Device is a touch screen that is read. It is taken from everybody else, so that its fingers do
// not come as a mouse, too. One that is unplugged is read again when it is back.
type Device struct {
	plug  func() (io.ReadCloser, *Decoder, error)
	pause time.Duration // between attempts to plug it in again
	end   chan struct{}
	done  sync.WaitGroup

	mu     sync.Mutex
	source io.ReadCloser // nil = unplugged
	frames []Frame
	gone   bool // since somebody asked
}

// mostFrames are kept at most for who does not poll.
const mostFrames = 4096

// Open begins to read a device such as /dev/input/event5. A path below /dev/input/by-id stays that of
// the device when it is plugged in again.
func Open(path string) (*Device, error) {
	return open(func() (io.ReadCloser, *Decoder, error) { return plug(path) }, 2*time.Second)
}

func open(plug func() (io.ReadCloser, *Decoder, error), pause time.Duration) (*Device, error) {
	source, decoder, err := plug()
	if err != nil {
		return nil, err
	}
	d := &Device{plug: plug, pause: pause, end: make(chan struct{}), source: source}
	d.done.Go(func() { d.run(source, decoder) })
	return d, nil
}

// Poll returns the frames since the last call.
func (d *Device) Poll() []Frame {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := d.frames
	d.frames = nil
	return out
}

// Gone tells whether the device was unplugged since the last call.
func (d *Device) Gone() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := d.gone
	d.gone = false
	return out
}

// Close ends the reading and gives the device back.
func (d *Device) Close() error {
	close(d.end)
	d.mu.Lock()
	source := d.source
	d.source = nil
	d.mu.Unlock()
	var err error
	if source != nil {
		err = source.Close()
	}
	d.done.Wait()
	return err
}

// run reads until the device is closed. Where it is unplugged no finger touches until it is back.
func (d *Device) run(source io.ReadCloser, decoder *Decoder) {
	for {
		d.read(source, decoder)
		if !d.hold(nil) {
			return
		}
		_ = source.Close()
		for {
			select {
			case <-d.end:
				return
			case <-time.After(d.pause):
			}
			var err error
			if source, decoder, err = d.plug(); err == nil {
				break
			}
		}
		if !d.hold(source) {
			_ = source.Close()
			return
		}
	}
}

// hold takes what is read from now on, nil where there is nothing, and tells whether the device
// is still wanted.
func (d *Device) hold(source io.ReadCloser) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case <-d.end:
		return false
	default:
	}
	d.source, d.gone = source, d.gone || source == nil
	return true
}

// read goes on until nothing comes any more.
func (d *Device) read(source io.Reader, decoder *Decoder) {
	buffer := make([]byte, 64*eventSize)
	for {
		n, err := source.Read(buffer)
		d.add(decoder.Feed(buffer[:n]))
		if err != nil {
			d.add([]Frame{{}})
			return
		}
	}
}

func (d *Device) add(frames []Frame) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.frames = append(d.frames, frames...); len(d.frames) > mostFrames {
		d.frames = d.frames[len(d.frames)-mostFrames:]
	}
}
