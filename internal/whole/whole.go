// Package whole writes files that are there whole or not at all: beside their place, then
// renamed.
package whole

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
)

// File makes a file, and the folders that it lies in, of what write writes. Where that
// fails, what was at the path before stays, and nothing else is left.
func File(path string, write func(w *bufio.Writer) error) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".part*")
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<16)
	if err = write(b); err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the error that counts is the first
	}
	return err
}

// Bytes makes a file of bytes.
func Bytes(path string, data []byte) error {
	return File(path, func(w *bufio.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// JSON makes a file of a value as indented JSON.
func JSON(path string, v any) error {
	return File(path, func(w *bufio.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(v)
	})
}
