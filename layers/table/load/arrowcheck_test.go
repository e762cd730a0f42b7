package load

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
)

// counted counts the bytes that are read.
type counted struct {
	io.ReaderAt
	bytes int
}

func (c *counted) ReadAt(b []byte, at int64) (int, error) {
	c.bytes += len(b)
	return c.ReaderAt.ReadAt(b, at)
}

// Whether the rows are there is told without reading them; metadata beyond the memory is not read.
func TestCheckReadsNoRows(t *testing.T) {
	fields := []arrow.Field{{Name: "s", Type: arrow.BinaryTypes.String}}
	var word strings.Builder // does not compress
	for i, x := 0, uint32(1); i < 1<<18; i++ {
		x = x*1664525 + 1013904223
		word.WriteByte('A' + byte(x>>24)%26)
	}
	row := `{"s": "` + word.String() + `"}`
	for _, stream := range []bool{false, true} {
		text := arrowFile(t, stream, fields, row, row)
		r := &counted{ReaderAt: strings.NewReader(text)}
		if err := checkArrow(r, int64(len(text)), 1<<20, stream); err != nil || len(text) < 1<<18 || r.bytes > 1<<13 {
			t.Errorf("%d of %d bytes are read (%v)", r.bytes, len(text), err)
		}
		if err := checkArrow(r, int64(len(text)), 64, stream); !errors.Is(err, errRoom) {
			t.Error(err)
		}
		if err := checkArrow(r, int64(len(text)/2), 1<<20, true); err == nil {
			t.Error("cut off, and not told")
		}
	}
}

// A footer whose blocks lie over one another, or end beyond the file, is refused.
func TestBlocksApart(t *testing.T) {
	text := arrowFile(t, false, []arrow.Field{{Name: "v", Type: arrow.PrimitiveTypes.Float64}}, `{"v": 1}`, `{"v": 2}`)
	n := int(binary.LittleEndian.Uint32([]byte(text[len(text)-10:])))
	at := len(text) - 10 - n
	first, blocks, ok := rootOf([]byte(text[at:at+n])).vector(10, 24)
	if !ok || blocks != 2 {
		t.Fatal("two batches are expected")
	}
	at += int(first)
	for name, change := range map[string]func(b []byte){
		"twice the same":     func(b []byte) { copy(b[24:], b[:24]) },
		"one in another":     func(b []byte) { b[8] += 8 },
		"beyond the file":    func(b []byte) { binary.LittleEndian.PutUint64(b[24:], 1<<62) },
		"metadata below 8":   func(b []byte) { binary.LittleEndian.PutUint32(b[8:], 0) },
		"body below 0":       func(b []byte) { binary.LittleEndian.PutUint64(b[16:], 1<<63) },
		"metadata too short": func(b []byte) { b[8] -= 8 },
	} {
		bad := []byte(text)
		change(bad[at : at+48])
		if err := checkArrow(strings.NewReader(string(bad)), int64(len(bad)), 1<<20, false); !errors.Is(err, errLengths) {
			t.Errorf("%s: %v", name, err)
		}
		if _, _, err := reading(t, "a.arrow", string(bad), `{ path: a, type: table }`); err == nil || !strings.Contains(err.Error(), "damaged Arrow") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
