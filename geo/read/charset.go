package read

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// charset lets XML come in the encodings of one byte a character that German surveys
// write; everything else but UTF-8 is refused.
func charset(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii", "utf8":
		return r, nil
	case "iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252":
		return &latin1{r: bufio.NewReader(r)}, nil
	}
	return nil, fmt.Errorf("text in %s: save it as UTF-8", label)
}

// latin1 reads ISO 8859-1, whose bytes are the first code points.
type latin1 struct {
	r       *bufio.Reader
	pending byte
	waits   bool
}

func (l *latin1) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if l.waits {
			p[n], l.waits = l.pending, false
			n++
			continue
		}
		if n > 0 && l.r.Buffered() == 0 {
			return n, nil
		}
		c, err := l.r.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		if c >= 0x80 {
			l.pending, l.waits = 0x80|c&0x3f, true
			c = 0xc0 | c>>6
		}
		p[n] = c
		n++
	}
	return n, nil
}
