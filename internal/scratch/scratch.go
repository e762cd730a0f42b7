// Package scratch makes temporary folders of which nothing stays, also where the process
// is killed: the next one sweeps them.
package scratch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// LockName is the file in a folder that its process holds a lock on.
const LockName = ".lock"

// young is the age up to which a folder without a lock may be one that is being made.
const young = time.Hour

// Folder is a folder that is locked as long as the process lives.
type Folder struct {
	Path string
	lock *os.File
}

// New is NewIn below os.TempDir.
func New(prefix string) (*Folder, error) { return NewIn(os.TempDir(), prefix) }

// NewIn makes a folder whose name begins with a prefix. Those of the prefix that no
// process holds any more are removed first.
func NewIn(parent, prefix string) (*Folder, error) {
	sweep(parent, prefix)
	dir, err := os.MkdirTemp(parent, prefix+"*")
	if err != nil {
		return nil, err
	}
	f := &Folder{Path: dir}
	// Whoever sweeps meets the lock held or not at all.
	held := filepath.Join(dir, LockName)
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

// InUse tells whether a process holds a folder with the prefix.
func InUse(parent, prefix string) bool {
	return slices.ContainsFunc(folders(parent, prefix), func(dir string) bool {
		lock, err := open(dir)
		if err != nil {
			return false
		}
		defer func() { _ = lock.Close() }()
		free, err := tryLock(lock)
		return err == nil && !free
	})
}

func sweep(parent, prefix string) {
	for _, dir := range folders(parent, prefix) {
		lock, err := open(dir)
		if err != nil { // made this moment, or without a lock: only an old one is left over
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

// folders are those in parent whose names begin with a prefix.
func folders(parent, prefix string) (out []string) {
	entries, _ := os.ReadDir(parent) // what cannot be listed holds none
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), prefix) {
			out = append(out, filepath.Join(parent, e.Name()))
		}
	}
	return out
}

func open(dir string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir, LockName), os.O_RDWR, 0)
}
