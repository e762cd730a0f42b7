package read

import (
	"bufio"
	"io"
)

// tolerant makes JSON of what programs write for JSON: NaN and infinities, which
// careless writers leave bare, become null, so that one such number costs its feature and not
// the file; record separators (RFC 8142) and a byte order mark become spaces.
type tolerant struct {
	r       *bufio.Reader
	pending string // what was put in place of a word
	started bool
	quotes
}

// quotes follows the texts of JSON through its bytes.
type quotes struct{ open, escaped bool }

// within tells whether a byte, the next, belongs to a text, of which its quotes are parts.
func (q *quotes) within(c byte) bool {
	switch {
	case q.escaped:
		q.escaped = false
	case q.open:
		q.escaped, q.open = c == '\\', c != '"'
	default:
		q.open = c == '"'
		return q.open
	}
	return true
}

func newTolerant(r io.Reader) *tolerant {
	return &tolerant{r: bufio.NewReaderSize(r, 1<<16)}
}

func (t *tolerant) Read(p []byte) (n int, err error) {
	if !t.started {
		t.started = true
		if b, _ := t.r.Peek(3); string(b) == "\xef\xbb\xbf" {
			_, _ = t.r.Discard(3)
		}
	}
	for n < len(p) {
		if t.pending != "" {
			k := copy(p[n:], t.pending)
			t.pending, n = t.pending[k:], n+k
			continue
		}
		if n > 0 && t.r.Buffered() == 0 {
			break // give what there is before waiting for more
		}
		c, err := t.r.ReadByte()
		if err != nil {
			if n > 0 && err == io.EOF {
				err = nil
			}
			return n, err
		}
		switch {
		case t.within(c):
		case c == 0x1e:
			c = ' '
		case c == 'N' || c == 'I' || c == '-':
			if t.word(c) {
				t.pending = "null"
				continue
			}
		}
		p[n] = c
		n++
	}
	return n, nil
}

// word passes over a number that JSON does not know, whose first byte was c.
func (t *tolerant) word(c byte) bool {
	for _, w := range []string{"NaN", "Infinity", "-Infinity", "-NaN"} {
		if w[0] != c {
			continue
		}
		if b, _ := t.r.Peek(len(w) - 1); string(b) == w[1:] {
			_, _ = t.r.Discard(len(w) - 1)
			return true
		}
	}
	return false
}
