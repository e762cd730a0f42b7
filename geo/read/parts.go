package read

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/longtake/longtake/geo"
)

// Part is some lines of a file that holds one GeoJSON feature a line: one after the other,
// or as a collection, which GDAL writes so. Where parts begin
// depends on the lines around (content-defined chunking, Muthitacharoen et al. 2001), so
// that a line more or less changes one or two of them.
type Part struct {
	Data  []byte
	First int  // features before it
	lines int  // that are not empty
	array bool // with a comma between features
}

// Parsed is what reading a part has told besides the features.
type Parsed struct {
	Numbered bool // a feature has no id and is named by its number in the file
	Beyond   int  // features with coordinates out of range
}

// ErrNoLines is of a file that has to be read as a whole by Features: a value goes over
// several lines, or something is wrong, which that tells better.
var ErrNoLines = errors.New("not one feature a line")

// A part is closed by a line whose check sum ends with partBits zeros, once it has
// partLeast bytes, or at partMost. Parts of files beyond partsOf bytes are larger, so that
// there are thousands of them and not millions.
const (
	partBits  = 2
	partLeast = 1 << 10
	partMost  = 1 << 20
	partsOf   = 32 << 20
	partsUp   = 6 // doublings at most: a part is held whole
)

// Parts cuts a file of lines into parts and passes each; ok is false, and nothing is passed,
// where the file is none of these. The parts' data is theirs to keep.
func Parts(ctx context.Context, path string, o Options, pass func(Part) error) (ok bool, err error) {
	if o.CRS != "" || len(o.Layers) > 0 {
		return false, nil
	}
	in, err := open(path)
	if err != nil {
		return false, err
	}
	defer in.close()
	f, err := detect(ctx, in)
	if err != nil {
		return false, err
	}
	array := f.Name == "geojson"
	head := 0
	if array {
		head = collectionHead(in.head)
	}
	if !array && f.Name != "geojsonseq" || array && head == 0 || bytes.IndexByte(in.head, 0x1e) >= 0 {
		return false, nil
	}
	r, err := in.open()
	if err != nil {
		return false, err
	}
	defer func() { _ = r.Close() }()
	lines := bufio.NewReaderSize(r, 1<<16)
	if _, err := lines.Discard(head); err != nil {
		return false, fmt.Errorf("%s: %w", in.name, err)
	}
	up := 0
	for up < partsUp && in.size>>up > partsOf {
		up++
	}
	p := Part{array: array}
	for {
		from := len(p.Data)
		for err = bufio.ErrBufferFull; errors.Is(err, bufio.ErrBufferFull); { // a long line comes in pieces
			var piece []byte
			piece, err = lines.ReadSlice('\n')
			p.Data = append(p.Data, piece...)
		}
		line := bytes.TrimSpace(p.Data[from:])
		ends := err != nil
		if array && (bytes.Equal(line, []byte("]")) || bytes.Equal(line, []byte("]}"))) {
			p.Data, ends = p.Data[:from], true
			rest, e := io.ReadAll(io.LimitReader(lines, partMost))
			closed := string(line)+string(bytes.TrimSpace(rest)) == "]}"
			if before := bytes.TrimSpace(p.Data); e != nil || !closed || bytes.HasSuffix(before, []byte(",")) || len(before) == 0 && p.First > 0 {
				return true, ErrNoLines
			}
			err = io.EOF
		} else if array && ends {
			return true, ErrNoLines
		} else if len(line) > 0 {
			p.lines++
		}
		full := len(p.Data) >= partMost || len(p.Data) >= partLeast<<up && crc32.ChecksumIEEE(line)&(1<<(partBits+up)-1) == 0
		if array && !bytes.HasSuffix(line, []byte(",")) { // the last feature stays before its bracket
			full = false
		}
		if ends && len(p.Data) > 0 || full {
			if err := pass(p); err != nil {
				return true, err
			}
			p = Part{First: p.First + p.lines, Data: make([]byte, 0, 2*partLeast<<up), array: array}
		}
		switch {
		case errors.Is(err, io.EOF):
			return true, nil
		case err != nil:
			return true, fmt.Errorf("%s: %w", in.name, err)
		}
	}
}

// collectionHead is the size of what stands before the first feature of a collection whose
// features begin on a line of their own; 0 for others, and for one in another system than
// WGS84.
func collectionHead(text []byte) int {
	at := bytes.IndexByte(text, '[')
	if at < 0 {
		return 0
	}
	key := bytes.TrimRight(bytes.TrimSuffix(bytes.TrimRight(text[:at], " \t\r\n"), []byte(":")), " \t\r\n")
	if !bytes.HasSuffix(key, []byte(`"features"`)) {
		return 0
	}
	var members map[string]json.RawMessage
	closed := append(bytes.Clone(bytes.TrimPrefix(text[:at], []byte("\xef\xbb\xbf"))), "[]}"...)
	if json.Unmarshal(closed, &members) != nil || foreign(members["crs"]) {
		return 0
	}
	end := bytes.IndexByte(text[at:], '\n')
	if end < 0 || len(bytes.TrimSpace(text[at+1:at+end])) > 0 {
		return 0
	}
	return at + end + 1
}

// Features reads the features of a part, as Features does those of a file. It may be called
// from many goroutines for different parts.
func (p *Part) Features(ctx context.Context, o Options, yield func(geo.Feature) error) (Parsed, error) {
	if o.Report == nil {
		o.Report = geo.NewReport()
	}
	c := &checker{o: o, yield: yield}
	var err error
	if c.restore, err = displacement(o.Coordinates); err != nil {
		return Parsed{}, err
	}
	data := p.Data
	if p.array {
		data = bytes.TrimRight(data, " \t\r\n")
		data = bytes.Join([][]byte{{'['}, bytes.TrimSuffix(data, []byte(",")), {']'}}, nil)
	}
	j := &jsonReader{ctx: ctx, d: json.NewDecoder(newTolerant(bytes.NewReader(data))), c: c, index: p.First}
	for {
		t, err := j.d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			switch t {
			case json.Delim('{'):
				err = j.object()
			case json.Delim('['):
				err = j.elements()
			default:
				err = ErrNoLines
			}
		}
		var y yieldError
		if errors.As(err, &y) {
			return Parsed{}, y.err
		}
		if err != nil {
			return Parsed{}, ErrNoLines
		}
	}
	if j.index != p.First+p.lines {
		return Parsed{}, ErrNoLines
	}
	return Parsed{Numbered: j.numbered, Beyond: c.outOfRange}, nil
}
