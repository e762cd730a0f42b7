package generate

import (
	"bufio"
	"io"

	"github.com/longtake/longtake/internal/whole"
)

// CreateFile makes a file that is there whole or not at all.
func CreateFile(path string, write func(io.Writer) error) error {
	return whole.File(path, func(w *bufio.Writer) error { return write(w) })
}

func writeJSON(path string, v any) error { return whole.JSON(path, v) }
