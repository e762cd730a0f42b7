// Package scratch makes temporary folders of which nothing stays, also where the process
// is killed: the next one sweeps them.
package scratch

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// lockName is the file in a folder that its process holds a lock on.
const lockName = ".lock"

// young is the age up to which a folder without a lock may be one that is being made.
const young = time.Hour

// Folder is a folder below os.TempDir that is locked as long as the process lives.
type Folder struct {
	Path string
	lock *os.File
}

// New makes a folder whose name begins with a prefix. Those of the prefix that no process
// holds any more are removed first.
func New(prefix string) (*Folder, error) {
	sweep(os.TempDir(), prefix)
	dir, err := os.MkdirTemp("", prefix)
	if err != nil {
		return nil, err
	}
	f := &Folder{Path: dir}
	// Whoever sweeps meets the lock held or not at all.
	held := filepath.Join(dir, lockName)
	if f.lock, err = os.Create(held + ".new"); err == nil {
		if _, err = tryLock(f.lock); err == nil {
			err = os.Rename(f.lock.Name(), held)
		}
	}
	if err != nil {
		f.Remove()
		return nil, err
	}
	return f, nil
}

// Remove removes the folder with all that is in it. Of nil it does nothing.
func (f *Folder) Remove() {
	if f == nil {
		return
	}
	_ = os.RemoveAll(f.Path)
	if f.lock != nil {
		_ = f.lock.Close()
	}
}

func sweep(parent, prefix string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		dir := filepath.Join(parent, e.Name())
		lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR, 0)
		if err != nil {
			if info, e := os.Stat(dir); e == nil && time.Since(info.ModTime()) > young {
				_ = os.RemoveAll(dir)
			}
			continue
		}
		if free, _ := tryLock(lock); free {
			_ = os.RemoveAll(dir)
		}
		_ = lock.Close()
	}
}
