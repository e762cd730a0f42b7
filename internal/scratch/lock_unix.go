//go:build unix

package scratch

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes an advisory lock that ends with the process; free is false where another
// holds it.
func tryLock(f *os.File) (free bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
