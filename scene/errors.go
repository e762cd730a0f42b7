package scene

import (
	"fmt"
	"sort"
	"strings"
)

// Error is one thing that is wrong in a document.
type Error struct {
	File         string
	Line, Column int    // from 1; 0 where the document has no such place
	Path         string // e.g. layers[2].windows.lit
	Message      string // what was found; what is allowed
}

// Error returns "file:line:col: path: message"; parts that are unknown are left out.
func (e Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	if e.Path != "" {
		b.WriteString(": " + e.Path)
	}
	b.WriteString(": " + e.Message)
	return b.String()
}

// Errors is everything that is wrong in a document, in the order of the file.
type Errors []Error

// Error returns one line an error.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, x := range e {
		lines[i] = x.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find a single Error.
func (e Errors) Unwrap() []error {
	out := make([]error, len(e))
	for i, x := range e {
		out[i] = x
	}
	return out
}

// result sorts the errors by place and returns nil where there is none.
func (e Errors) result() error {
	if len(e) == 0 {
		return nil
	}
	sort.SliceStable(e, func(i, j int) bool {
		if e[i].Line != e[j].Line {
			return e[i].Line < e[j].Line
		}
		return e[i].Column < e[j].Column
	})
	return e
}
