//go:build linux

package touch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"syscall"
	"unsafe"
)

// Device is a touch screen that is read. It is taken from everybody else, so that its fingers do
// not come as a mouse, too.
type Device struct {
	file *os.File
	done sync.WaitGroup

	mu     sync.Mutex
	frames []Frame
}

// mostFrames are kept at most for who does not poll.
const mostFrames = 4096

// Open begins to read a device such as /dev/input/event5.
func Open(path string) (*Device, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("touch screen %s: may not be read: add the user to the group that it belongs to, most often input (usermod -aG input USER)", path)
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("touch screen %s: there is no such device: libinput list-devices, or /proc/bus/input/devices, names them", path)
	case err != nil:
		return nil, fmt.Errorf("touch screen: %w", err)
	}
	decoder, err := describe(f)
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("touch screen %s: %w", path, err)
	}
	d := &Device{file: f}
	d.done.Go(func() { d.read(decoder) })
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

// Close ends the reading and gives the device back.
func (d *Device) Close() error {
	err := d.file.Close()
	d.done.Wait()
	return err
}

// read goes on until the device is closed or unplugged; then no finger touches.
func (d *Device) read(decoder *Decoder) {
	buffer := make([]byte, 64*eventSize)
	for {
		n, err := d.file.Read(buffer)
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

// absInfo is struct input_absinfo of linux/input.h.
type absInfo struct{ Value, Minimum, Maximum, Fuzz, Flat, Resolution int32 }

// describe asks what a device's positions range over, and takes it for this program alone.
func describe(f *os.File) (*Decoder, error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return nil, err
	}
	d := &Decoder{}
	var failed error
	axis := func(fd uintptr, code uintptr) (Range, bool) {
		var info absInfo
		request := uintptr(2)<<30 | unsafe.Sizeof(info)<<16 | 'E'<<8 | (0x40 + code) // EVIOCGABS
		if _, _, e := syscall.Syscall(syscall.SYS_IOCTL, fd, request, uintptr(unsafe.Pointer(&info))); e != 0 {
			failed = e
			return Range{}, false
		}
		return Range{info.Minimum, info.Maximum}, info.Maximum > info.Minimum
	}
	var known bool
	err = conn.Control(func(fd uintptr) {
		for _, codes := range [][2]uintptr{{absMTX, absMTY}, {absX, absY}} {
			x, okX := axis(fd, codes[0])
			y, okY := axis(fd, codes[1])
			if known = okX && okY; known {
				d.X, d.Y, d.Single = x, y, codes[0] == absX
				break
			}
		}
		if !known {
			return
		}
		failed = nil
		if slot, ok := axis(fd, absSlot); !d.Single && (!ok || slot.Max < 1) {
			known, failed = false, errors.New("tells fingers apart by no slots (protocol A), which is not read")
			return
		}
		failed = nil
		const grab = uintptr(1)<<30 | 4<<16 | 'E'<<8 | 0x90 // EVIOCGRAB
		if _, _, e := syscall.Syscall(syscall.SYS_IOCTL, fd, grab, 1); e != 0 {
			known, failed = false, fmt.Errorf("another program has taken it: %w", e)
		}
	})
	switch {
	case err != nil:
		return nil, err
	case known:
		return d, nil
	case errors.Is(failed, syscall.ENOTTY), errors.Is(failed, syscall.EINVAL), failed == nil:
		return nil, errors.New("no touch screen: it has no positions; libinput list-devices, or /proc/bus/input/devices, names those that do")
	}
	return nil, failed
}
