package read

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/longtake/longtake/geo"
)

// wholeLines passes on a sequence of JSON values, one a line or between record separators (RFC 8142),
// and puts spaces in the place of those that are none, so that one broken line costs itself and
// not the file. A value may go over several lines if those after its first do not begin with a brace.
// The last is passed on as it is where it has no end: the file is cut off then.
type wholeLines struct {
	r      *bufio.Reader
	broken func(line int) // told the first line of each, from 1
	record []byte         // the value at hand, whose lines have been checked
	at     int            // in record: what is before has been read
	next   []byte         // the first line of the next
	nest   braces         // of record
	line   int            // of record
	ahead  int            // lines of record
	err    error
}

// maxRecord bounds a value of a sequence.
const maxRecord = 1 << 28

func newWholeLines(r io.Reader, broken func(line int)) *wholeLines {
	return &wholeLines{r: bufio.NewReaderSize(r, 1<<16), broken: broken, line: 1}
}

// ReasonLine is why a line of a sequence is left out.
const ReasonLine = "line is no JSON object"

// lines reads a file; of a sequence the lines that are whole, and tells the report of the others.
func (in *input) lines(r io.Reader, report *geo.Report) io.Reader {
	if !sequence(in.head) {
		return r
	}
	return newWholeLines(r, func(line int) { report.Skip(LineID(in.name, line), ReasonLine) })
}

// LineID names a line of a file, from 1.
func LineID(file string, line int) string {
	return fmt.Sprintf("%s, line %d", filepath.Base(file), line)
}

func (l *wholeLines) Read(p []byte) (int, error) {
	for l.at == len(l.record) {
		if l.err != nil && len(l.next) == 0 {
			return 0, l.err
		}
		l.fill()
	}
	n := copy(p, l.record[l.at:])
	l.at += n
	return n, nil
}

// fill takes the next value.
func (l *wholeLines) fill() {
	l.line, l.ahead, l.at = l.line+l.ahead, 0, 0
	l.record = append(l.record[:0], l.next...)
	l.next = l.next[:0]
	l.nest = braces{}
	if len(l.record) > 0 {
		l.ahead = 1
		l.nest.add(l.record)
	}
	for l.err == nil && len(l.record) < maxRecord {
		from := len(l.record)
		l.record = l.readLine(l.record)
		if from > 0 && len(l.record) > from {
			if begins(l.record[from:]) || l.nest.ends() && objects(l.record[:from]) {
				l.next = append(l.next, l.record[from:]...)
				l.record = l.record[:from]
				break
			}
		}
		if len(l.record) > from {
			l.ahead++
			l.nest.add(l.record[from:])
		}
	}
	if l.err != nil && !errors.Is(l.err, io.EOF) {
		return
	}
	last := l.err != nil && len(l.next) == 0
	if last && !bytes.HasSuffix(l.record, []byte("\n")) && unfinished(l.record) {
		return
	}
	if !objects(l.record) {
		l.broken(l.line)
		for i, b := range l.record {
			if b != '\n' {
				l.record[i] = ' '
			}
		}
	}
}

// braces counts those of a value that stand open: whether a text is objects is worth asking
// where there are none, as it takes as long as the text.
type braces struct {
	quotes
	depth int
	asked bool // since the last brace was closed
}

func (n *braces) add(line []byte) {
	for _, c := range line {
		switch {
		case n.within(c):
		case c == '{':
			n.depth++
		case c == '}':
			n.depth--
			n.asked = false
		}
	}
}

// ends tells, once for each end, whether a value may end here.
func (n *braces) ends() bool {
	if n.depth != 0 || n.open || n.asked {
		return false
	}
	n.asked = true
	return true
}

// readLine appends a line with its end.
func (l *wholeLines) readLine(to []byte) []byte {
	for {
		piece, err := l.r.ReadSlice('\n')
		to = append(to, piece...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			l.err = err
			return to
		}
	}
}

// begins tells whether a value begins with a line.
func begins(line []byte) bool {
	return line[0] == '{' || line[0] == 0x1e
}

// objects tells whether a text is nothing, or one object or more.
func objects(text []byte) bool {
	text = bytes.Trim(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), " \t\r\n\x1e")
	if len(text) == 0 {
		return true
	}
	if text[0] != '{' {
		return false
	}
	if json.Valid(text) {
		return true
	}
	d := json.NewDecoder(newTolerant(bytes.NewReader(text)))
	for {
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			return err == io.EOF
		}
		if v[0] != '{' {
			return false
		}
	}
}

// unfinished tells whether a value stops before its end.
func unfinished(text []byte) bool {
	d := json.NewDecoder(newTolerant(bytes.NewReader(text)))
	for {
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			return errors.Is(err, io.ErrUnexpectedEOF)
		}
	}
}
