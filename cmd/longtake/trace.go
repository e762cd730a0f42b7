package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"

	"github.com/longtake/longtake/stage"
)

// openTrace begins a trace in a file. Call end when no more is drawn.
func (a *app) openTrace(path string) (_ *stage.Trace, end func(), err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, nil, fmt.Errorf("--trace: %w", err)
	}
	w := bufio.NewWriter(f)
	t := stage.NewTrace(w)
	return t, func() {
		if err := errors.Join(t.Close(), w.Flush(), f.Close()); err != nil {
			fmt.Fprintf(a.err, "longtake: --trace %s: %v\n", path, err)
		}
	}, nil
}
