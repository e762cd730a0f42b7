package read

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/longtake/longtake/geo"
)

const (
	pointA = `{"type":"Feature","id":"a","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}`
	pointB = `{"type":"Feature","id":"b","properties":{"x":NaN},"geometry":{"type":"Point","coordinates":[3,4]}}`
	pointC = "{\"type\":\"Feature\",\"id\":\"c\",\n  \"properties\":{},\n  \"geometry\":{\"type\":\"Point\",\n\"coordinates\":[3,4]}\n}"
)

// A broken line of a sequence costs itself, and is told by its number; what goes over several
// lines is one value; a file without a whole line, or one that is cut off, is an error.
func TestBrokenLines(t *testing.T) {
	header := `{"type":"CityJSON","version":"2.0","metadata":{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/4979"},"transform":{"scale":[1e-6,1e-6,0.01],"translate":[0,0,0]},"CityObjects":{},"vertices":[]}`
	house := func(id string) string {
		return `{"type":"CityJSONFeature","id":"` + id + `","CityObjects":{"` + id + `":{"type":"Building","geometry":[{"type":"MultiSurface","lod":"1","boundaries":[[[0,1,2]]]}]}},"vertices":[[1,1,1],[20,1,1],[1,20,1]]}`
	}
	for _, c := range []struct {
		name  string
		lines []string
		ids   []string
		left  []string // lines
		fails string
	}{
		{"middle", []string{pointA, `{broken`, pointB}, []string{"a", "b"}, []string{"2"}, ""},
		{"first", []string{`{"type":"Feature","id":"a`, pointA, pointB}, []string{"a", "b"}, []string{"1"}, ""},
		{"last", []string{pointA, pointB, `{"a":1 2}`, ""}, []string{"a", "b"}, []string{"3"}, ""},
		{"words", []string{pointA, `hello`, "", pointB, `[1]`, ""}, []string{"a", "b"}, []string{"2", "5"}, ""},
		{"over lines", []string{pointA, pointC, pointB, "{\"type\":\n\"a\n", pointA, ""}, []string{"a", "c", "b", "a"}, []string{"8"}, ""},
		{"separators", []string{"\x1e" + pointA, "\x1e{broken", "\x1e" + pointC, ""}, []string{"a", "c"}, []string{"2"}, ""},
		{"cut off", []string{pointA, pointB, pointA[:40]}, nil, nil, "stops in the middle"},
		{"wholly", []string{"{broken", "{broken", "{}}", ""}, nil, nil, "damaged JSON"},
		{"city", []string{header, house("p"), "{broken", house("q"), `{"type":"CityJSONFeature","CityObjects":{},"vertices":7}`, house("r"), ""}, []string{"p", "q", "r"}, []string{"3"}, ""},
	} {
		path := filepath.Join(t.TempDir(), "lines.jsonl")
		if err := os.WriteFile(path, []byte(strings.Join(c.lines, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		report := geo.NewReport()
		var ids []string
		err := Features(context.Background(), path, Options{Report: report}, func(f geo.Feature) error {
			ids = append(ids, f.ID)
			return nil
		})
		if c.fails != "" {
			if err == nil || !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		var left []string
		for _, s := range report.Summary().Skipped {
			for _, id := range s.IDs {
				if line, ok := strings.CutPrefix(id, "lines.jsonl, line "); ok {
					left = append(left, line)
				}
			}
		}
		if err != nil || !slices.Equal(ids, c.ids) || !slices.Equal(left, c.left) {
			t.Errorf("%s: %v, left out %v, %v", c.name, ids, left, err)
		}
	}
}

// A value over many lines is read in the time that it takes to read it once.
func TestLongValueOverLines(t *testing.T) {
	var b strings.Builder
	b.WriteString("\x1e{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[\n[0,0]")
	const n = 60000
	for i := range n {
		fmt.Fprintf(&b, ",\n[%g,\n1]", 1+float64(i)/n)
	}
	b.WriteString("\n]\n}\n}\n\n\x1e" + pointA + "\n")
	l := newWholeLines(strings.NewReader(b.String()), func(line int) { t.Errorf("line %d is broken", line) })
	began := time.Now()
	got, err := io.ReadAll(l)
	if err != nil || string(got) != b.String() {
		t.Errorf("%d bytes of %d, %v", len(got), b.Len(), err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("%d lines take %v", 2*n, took)
	}
}

// A damaged archive stays an error, wherever in its lines it ends.
func TestBrokenLinesOfArchive(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for range 4000 {
		_, _ = z.Write([]byte(pointA + "\n" + pointB + "\n"))
	}
	_ = z.Close()
	path := filepath.Join(t.TempDir(), "lines.jsonl.gz")
	if err := os.WriteFile(path, packed.Bytes()[:packed.Len()-20], 0o666); err != nil {
		t.Fatal(err)
	}
	if err := Features(context.Background(), path, Options{}, func(geo.Feature) error { return nil }); err == nil {
		t.Error("an archive that is cut off is read")
	}
}
