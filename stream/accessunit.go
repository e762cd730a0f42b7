package stream

import (
	"bytes"
	"fmt"
	"io"
)

// maxAccessUnit bounds the memory that a broken stream can take.
const maxAccessUnit = 16 << 20

// H.264 NAL unit types (ITU-T H.264, table 7-1).
const (
	nalSPS       = 7
	nalPPS       = 8
	nalDelimiter = 9
)

// readAccessUnits splits an Annex B byte stream at its access unit delimiters and hands
// each access unit on as NAL units without start codes. It ends at EOF, an error of r or
// of each.
func readAccessUnits(r io.Reader, each func(nals [][]byte) error) error {
	var buf []byte
	chunk := make([]byte, 64<<10)
	flush := func(end int) error {
		nals := splitNALs(buf[:end])
		if len(nals) == 0 {
			return nil
		}
		return each(nals)
	}
	from := 1 // where to look for the next delimiter; the unit's own is at 0
	for {
		n, err := r.Read(chunk)
		buf = append(buf, chunk[:n]...)
		for {
			next := findDelimiter(buf, from)
			if next < 0 {
				from = max(1, len(buf)-5)
				break
			}
			if err := flush(next); err != nil {
				return err
			}
			buf = append([]byte(nil), buf[next:]...) // the NAL units handed on keep the old array
			from = 1
		}
		if len(buf) > maxAccessUnit {
			return fmt.Errorf("h264: no access unit delimiter within %d bytes", maxAccessUnit)
		}
		if err == io.EOF {
			return flush(len(buf))
		}
		if err != nil {
			return err
		}
	}
}

// findDelimiter returns where the start code of the first access unit delimiter at or
// after from begins, or -1.
func findDelimiter(b []byte, from int) int {
	for i := from; ; {
		j := bytes.Index(b[min(i, len(b)):], []byte{0, 0, 1})
		if j < 0 || i+j+3 >= len(b) {
			return -1
		}
		at := i + j
		if b[at+3]&0x1f == nalDelimiter {
			if at > from && b[at-1] == 0 {
				at--
			}
			return at
		}
		i = at + 3
	}
}

// splitNALs cuts Annex B bytes at start codes of three or four bytes.
func splitNALs(b []byte) [][]byte {
	var nals [][]byte
	start := -1
	for i := 0; i+2 < len(b); {
		if b[i] == 0 && b[i+1] == 0 && b[i+2] == 1 {
			if start >= 0 {
				nals = appendNAL(nals, b[start:i])
			}
			i += 3
			start = i
			continue
		}
		i++
	}
	if start >= 0 {
		nals = appendNAL(nals, b[start:])
	}
	return nals
}

// appendNAL drops the zeros that belong to the next start code, and empty units.
func appendNAL(nals [][]byte, n []byte) [][]byte {
	if n = bytes.TrimRight(n, "\x00"); len(n) > 0 {
		nals = append(nals, n)
	}
	return nals
}
