package generate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
)

// textures gathers the pictures below a file's folder that the file names, each once.
type textures struct {
	folder string
	seen   map[string]bool
	names  []string // as URIs
}

func (t *textures) add(name string) {
	local := filepath.FromSlash(name)
	if t.seen[name] || !filepath.IsLocal(local) {
		return
	}
	if t.seen == nil {
		t.seen = map[string]bool{}
	}
	t.seen[name] = true
	info, err := os.Stat(filepath.Join(t.folder, local))
	if err == nil && info.Mode().IsRegular() || errors.Is(err, fs.ErrNotExist) {
		t.names = append(t.names, (&url.URL{Path: name}).EscapedPath())
	}
}

// texturesGML are those that a CityGML file names.
func texturesGML(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	t := textures{folder: filepath.Dir(path)}
	for r := bufio.NewReaderSize(f, 1<<16); ; {
		text, err := r.ReadSlice('>') // what an element says, and its end
		if at := bytes.LastIndex(text, []byte("</")); at > 0 && bytes.HasSuffix(text, []byte("imageURI>")) {
			t.add(html.UnescapeString(string(bytes.TrimSpace(text[:at]))))
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull), err == nil:
		case errors.Is(err, io.EOF):
			return t.names, nil
		default:
			return t.names, err
		}
	}
}

// imageValue is what follows the name of a member of JSON whose value is a text.
var imageValue = regexp.MustCompile(`^\s*:\s*("(?:[^"\\]|\\.)*")`)

// texturesJSON are those that a CityJSON file names.
func texturesJSON(path string) ([]string, error) {
	const window = 1 << 16
	member := []byte(`"image"`)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	t := textures{folder: filepath.Dir(path)}
	for r := bufio.NewReaderSize(f, window); ; {
		text, err := r.Peek(window)
		if err != nil && !errors.Is(err, io.EOF) {
			return t.names, err
		}
		at := bytes.Index(text, member)
		if at < 0 && err != nil {
			return t.names, nil
		} else if at < 0 {
			_, _ = r.Discard(len(text) - len(member)) // of what was looked at
			continue
		}
		_, _ = r.Discard(at + len(member))
		text, _ = r.Peek(4096)
		var name string
		if m := imageValue.FindSubmatch(text); m != nil && json.Unmarshal(m[1], &name) == nil {
			t.add(name)
		}
	}
}
