package read

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// Content is a file as readers of whole tables need it: seen through gzip and a zip of one
// file.
type Content struct{ in *input }

// OpenContent opens a file; it must be closed.
func OpenContent(path string) (*Content, error) {
	in, err := open(path)
	if err != nil {
		return nil, err
	}
	return &Content{in}, nil
}

// Close removes what was unpacked.
func (c *Content) Close() { c.in.close() }

// Name is the path, and what lies inside it, for messages.
func (c *Content) Name() string { return c.in.name }

// Format tells what it holds.
func (c *Content) Format(ctx context.Context) (Format, error) { return detect(ctx, c.in) }

// Head is the beginning of the content; whole tells that it is all.
func (c *Content) Head() (head []byte, whole bool) { return c.in.head, c.in.whole }

// Reader reads the content from its beginning.
func (c *Content) Reader() (io.ReadCloser, error) { return c.in.open() }

// Members are the files of a zip that holds several.
func (c *Content) Members() []string { return c.in.members }

// OnDisk is a path at which the content lies plain.
func (c *Content) OnDisk() (string, error) { return c.in.onDisk() }

// File opens the content as it lies plain, and tells its size in bytes.
func (c *Content) File() (file *os.File, size int64, err error) { return c.in.file() }

// Delimiter is the mark that parts the first lines of a text into the same number of
// columns; 0 if none does. whole tells that the last line is complete.
func Delimiter(text []byte, whole bool) rune { return delimiter(text, whole) }

// Positions finds the columns of longitude and latitude by their usual names, and those
// of a second place where both are numbered (lon1, lat1, lon2, lat2); -1 where there are none.
func Positions(names []string) (x, y, x2, y2 int) {
	lower := make([]string, len(names))
	for i, n := range names {
		lower[i] = strings.ToLower(strings.TrimSpace(n))
	}
	find := func(suffix string) (x, y int) {
		for i, name := range lngNames {
			x = slices.Index(lower, name+suffix)
			for _, lat := range []string{latNames[i], "latitude", "lat"} {
				if y = slices.Index(lower, lat+suffix); x >= 0 && y >= 0 {
					return x, y
				}
			}
		}
		return -1, -1
	}
	if x, y = find(""); x >= 0 {
		return x, y, -1, -1
	}
	x, y = find("1")
	x2, y2 = find("2")
	return x, y, x2, y2
}

// Tolerant makes JSON of what careless programs write for JSON: bare NaN and infinities
// become null, byte order marks and record separators spaces.
func Tolerant(r io.Reader) io.Reader { return newTolerant(r) }

// Lines reads the content; of a sequence of JSON objects, one a line, those that are whole, and
// tells the others by their number, from 1.
func (c *Content) Lines(r io.Reader, broken func(line int)) io.Reader {
	if !sequence(c.in.head) {
		return r
	}
	return newWholeLines(r, broken)
}

// RowGeometry finds the coordinates among the members of a row that is not GeoJSON; used
// are the members that made them. nil means that there are none.
func RowGeometry(members map[string]json.RawMessage) (g orb.Geometry, used []string) {
	return rowGeometry(members)
}

// GeoJSON reads a geometry of GeoJSON; nil where it is none.
func GeoJSON(raw json.RawMessage) orb.Geometry {
	g, _, _ := parseGeometry(raw, 0)
	return g
}
