package stream

import (
	"os"

	"golang.org/x/sys/unix"
)

// widen asks for a 1 MiB pipe, so that a frame takes two writes rather than fifty.
func widen(f *os.File) {
	_, _ = unix.FcntlInt(f.Fd(), unix.F_SETPIPE_SZ, 1<<20) // a refusal only costs speed
	_ = unix.SetNonblock(int(f.Fd()), false)
}
