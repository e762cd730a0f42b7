//go:build linux

package touch

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"unsafe"
)

// plug opens a device such as /dev/input/event5, and tells how it writes.
func plug(path string) (io.ReadCloser, *Decoder, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, nil, fmt.Errorf("touch screen %s: may not be read: add the user to the group that it belongs to, most often input (usermod -aG input USER)", path)
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, fmt.Errorf("touch screen %s: there is no such device: libinput list-devices, or /proc/bus/input/devices, names them", path)
	case err != nil:
		return nil, nil, fmt.Errorf("touch screen: %w", err)
	}
	decoder, err := describe(f)
	if err != nil {
		_ = f.Close()
		return nil, nil, fmt.Errorf("touch screen %s: %w", path, err)
	}
	return f, decoder, nil
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
