package generate

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// workFolder makes a folder with a lock that lasts as long as the process.
func workFolder(parent, prefix string) (dir string, lock *os.File, err error) {
	if dir, err = os.MkdirTemp(parent, prefix+"*"); err != nil {
		return "", nil, fmt.Errorf("generate: %w", err)
	}
	// Whoever sweeps meets the lock held or not at all.
	held := filepath.Join(dir, lockName)
	if lock, err = os.Create(held + ".new"); err == nil {
		_, err = tryLock(lock)
	}
	if err == nil {
		err = os.Rename(held+".new", held)
	}
	if err != nil {
		return "", nil, errors.Join(fmt.Errorf("generate: %w", err), os.RemoveAll(dir))
	}
	return dir, lock, nil
}

// lockName is the file of a work folder that its run holds locked.
const lockName = ".lock"

// sweep removes the folders of runs that are no more.
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
		if err != nil { // made this moment, or without a lock: only an old one is left over
			if info, e := os.Stat(dir); e == nil && time.Since(info.ModTime()) > time.Hour {
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

// inUse tells whether a run works in a folder: it holds the lock of its own.
func inUse(parent, prefix string) bool {
	locks, _ := filepath.Glob(filepath.Join(parent, prefix+"*", lockName))
	return slices.ContainsFunc(locks, func(path string) bool {
		lock, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return false
		}
		defer func() { _ = lock.Close() }()
		free, err := tryLock(lock)
		return err == nil && !free
	})
}
