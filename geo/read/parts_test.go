package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/longtake/longtake/geo"
)

// lines are features of all sorts, one a line.
func lines(n int) (out []string) {
	for i := range n {
		switch {
		case i%97 == 5:
			out = append(out, `{"type":"Feature","properties":{"name":"lost"},"geometry":null}`)
		case i%89 == 7:
			out = append(out, `{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[4000,5000]}}`)
		case i%11 == 3:
			out = append(out, fmt.Sprintf(`{"type":"Feature","properties":{"n":%d,"v":NaN},"geometry":{"type":"Point","coordinates":[%g,47]}}`, i, 8+float64(i)*1e-5))
		default:
			out = append(out, fmt.Sprintf(`{"type":"Feature","id":"way/%d","properties":{"building":"yes","name":"[%d] \"a\""},"geometry":{"type":"LineString","coordinates":[[%g,47],[8.5,47.25]]}}`, i, i, 8+float64(i)*1e-5))
		}
	}
	return out
}

func asLines(l []string) []byte { return append(bytes.Join(toBytes(l), []byte("\n")), '\n') }

func asCollection(l []string) []byte {
	head := "{\n\"type\": \"FeatureCollection\",\n\"name\": \"x\",\n\"features\": [\n"
	return append([]byte(head), append(bytes.Join(toBytes(l), []byte(",\n")), "\n]\n}\n"...)...)
}

func toBytes(l []string) (out [][]byte) {
	for _, s := range l {
		out = append(out, []byte(s))
	}
	return out
}

// A file read part by part has the features and the report of the file read at once.
func TestParts(t *testing.T) {
	for name, data := range map[string][]byte{"lines": asLines(lines(3000)), "collection": asCollection(lines(3000)), "one part": asCollection(lines(3)), "no end of line": bytes.TrimSpace(asLines(lines(300)))} {
		path := filepath.Join(t.TempDir(), "x.geojson")
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		var want, got []geo.Feature
		whole, parts := geo.NewReport(), geo.NewReport()
		if err := Features(context.Background(), path, Options{Report: whole}, func(f geo.Feature) error {
			want = append(want, f)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		numbered := false
		ok, err := Parts(context.Background(), path, Options{}, func(p Part) error {
			parsed, err := p.Features(context.Background(), Options{Report: parts}, func(f geo.Feature) error {
				got = append(got, f)
				return nil
			})
			numbered = numbered || parsed.Numbered
			return err
		})
		if !ok || err != nil {
			t.Fatal(name, ok, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: other features, %d of %d", name, len(got), len(want))
		}
		if !reflect.DeepEqual(parts.Summary(), whole.Summary()) {
			t.Errorf("%s: another report: %v, %v", name, parts.Summary(), whole.Summary())
		}
		if numbered != (len(want) > 3) {
			t.Errorf("%s: numbered %v", name, numbered)
		}
	}
}

// A line more changes few parts.
func TestPartsStay(t *testing.T) {
	cut := func(l []string) map[string]bool {
		path := filepath.Join(t.TempDir(), "x.geojsonl")
		if err := os.WriteFile(path, asLines(l), 0o666); err != nil {
			t.Fatal(err)
		}
		out := map[string]bool{}
		if ok, err := Parts(context.Background(), path, Options{}, func(p Part) error {
			out[string(p.Data)] = true
			return nil
		}); !ok || err != nil {
			t.Fatal(ok, err)
		}
		return out
	}
	all := lines(5000)
	before := cut(all)
	after := cut(append(append(append([]string{}, all[:900]...), all[0]), all[900:]...))
	others := 0
	for p := range after {
		if !before[p] {
			others++
		}
	}
	if others == 0 || others > 3 || len(after) < 50 {
		t.Errorf("%d of %d parts are others", others, len(after))
	}
}

// What is not one feature a line is read as a whole.
func TestNoParts(t *testing.T) {
	l := lines(400)
	for name, data := range map[string]string{
		"over lines":        string(asLines(l)) + "{\"type\":\"Feature\",\n\"properties\":{},\"geometry\":null}\n",
		"cut off":           string(asLines(l))[:40000],
		"several a line":    l[0] + l[1] + "\n" + l[2] + "\n",
		"in Dutch metres":   `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:28992"}},"features":[` + "\n" + l[0] + "\n]}\n",
		"member at the end": "{\"features\":[\n" + l[0] + "\n], \"type\":\"FeatureCollection\"}\n",
		"pretty":            "{\"type\":\"FeatureCollection\",\"features\":[\n{\n\"type\":\"Feature\",\"properties\":{},\n\"geometry\":null}\n]}\n",
		"cut collection":    string(asCollection(l))[:30000],
	} {
		path := filepath.Join(t.TempDir(), "x.geojson")
		if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
		ok, err := Parts(context.Background(), path, Options{}, func(p Part) error {
			_, err := p.Features(context.Background(), Options{}, func(geo.Feature) error { return nil })
			return err
		})
		if ok && !errors.Is(err, ErrNoLines) {
			t.Errorf("%s: read in parts, %v", name, err)
		}
	}
}

// Whatever a file holds: what is read in parts is what is read at once.
func FuzzParts(f *testing.F) {
	for _, s := range []string{"\n", "{}\n{}\n", "{\"features\":[\n{},\n{}\n]}", "{\"features\":[\n{},\n]}", "{\"features\":[\n]}\n"} {
		f.Add([]byte(s))
	}
	f.Add(asLines(lines(4)))
	f.Add(asCollection(lines(4)))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x.geojson")
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		var want, got []geo.Feature
		into := func(out *[]geo.Feature) func(geo.Feature) error {
			return func(f geo.Feature) error {
				*out = append(*out, f)
				return nil
			}
		}
		beyond := 0
		ok, err := Parts(context.Background(), path, Options{}, func(p Part) error {
			parsed, err := p.Features(context.Background(), Options{}, into(&got))
			beyond += parsed.Beyond
			return err
		})
		if !ok || err != nil || len(got) == 0 && beyond > 0 {
			return
		}
		if err := Features(context.Background(), path, Options{}, into(&want)); err != nil {
			t.Fatalf("read in parts, but %v", err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%v in parts, %v at once", got, want)
		}
	})
}
