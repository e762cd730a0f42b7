package read

import (
	"encoding/json"
	"errors"
	"html"
	"math"
	"os"
	"regexp"
	"strings"
)

// Attribution is whom an archive of tiles asks to be named, from the metadata of PMTiles or
// MBTiles, as plain text; "" of other files, and where it asks for nobody. What cannot be read
// is left to whoever reads the tiles.
func Attribution(path string) string {
	info, err := os.Stat(path) // before it is opened: a named pipe would wait for its writer
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, 7)
	_, _ = f.ReadAt(head, 0)
	var markup string
	switch string(head) {
	case "PMTiles":
		if a, err := openPMTiles(f, info.Size()); err == nil {
			markup = a.attribution()
		}
	case "SQLite ":
		if db, err := openSQLite(f, info.Size()); err == nil {
			markup = db.attribution()
		}
	}
	return plain(markup)
}

// maxMetadata bounds the metadata that are looked at.
const maxMetadata = 16 << 20

func (a *pmtiles) attribution() string {
	if a.meta[1] > maxMetadata {
		return ""
	}
	data, err := a.bytes(a.meta[0], a.meta[1])
	if err == nil {
		data, err = unpackTile(data)
	}
	var meta struct {
		Attribution string `json:"attribution"`
	}
	if err != nil || json.Unmarshal(data, &meta) != nil {
		return ""
	}
	return meta.Attribution
}

// errFound ends a walk.
var errFound = errors.New("found")

// attribution is that of MBTiles' table metadata, of names and values.
func (f *sqliteFile) attribution() (out string) {
	root := uint32(0)
	_ = f.walk(1, math.MaxInt, func(_ sqliteCell, r sqliteRow) error {
		if len(r.values) >= 5 && r.values[0] == "table" && r.values[1] == "metadata" {
			n, _ := r.values[3].(int64)
			root = uint32(n)
			return errFound
		}
		return nil
	})
	if root == 0 {
		return ""
	}
	_ = f.walk(root, math.MaxInt, func(_ sqliteCell, r sqliteRow) error {
		if len(r.values) >= 2 && r.values[0] == "attribution" {
			out, _ = r.values[1].(string)
			return errFound
		}
		return nil
	})
	return out
}

var markupTag = regexp.MustCompile(`<[^<>]*>`)

// plain is a text without markup.
func plain(markup string) string {
	return strings.Join(strings.Fields(html.UnescapeString(markupTag.ReplaceAllString(markup, " "))), " ")
}
