package generate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// What is skipped while a map is read is drawn as far as it goes: an outer ring that does not close
// as its ways, an area with a node that is not there as the line of the others. Without a shape to
// draw there is no file.
func TestRejectedShapes(t *testing.T) {
	nodes := `<node id="1" lat="50" lon="7"/><node id="2" lat="50" lon="7.001"/><node id="3" lat="50.001" lon="7.001"/><node id="4" lat="50.001" lon="7"/>`
	house := `<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="building" v="yes"/></way>`
	for _, c := range []struct {
		name, osm string
		wants     []string
	}{
		{"open ring", house + `<way id="1"><nd ref="1"/><nd ref="2"/></way><way id="2"><nd ref="3"/><nd ref="4"/></way>
			<relation id="5"><member type="way" ref="1" role="outer"/><member type="way" ref="2" role="outer"/><tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>`,
			[]string{`"id":"relation/5"`, `"type":"MultiLineString"`, `outer ring not closed`, `[7.001,50.001]`}},
		{"missing node", house + `<way id="3"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="77"/><nd ref="1"/><tag k="building" v="yes"/></way>`,
			[]string{`"id":"way/3"`, `"type":"LineString"`, "missing nodes"}},
		{"no shape", house + `<way id="4"><nd ref="1"/><tag k="highway" v="path"/></way>`, nil},
	} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "m.osm"), `<osm version="0.6">`+nodes+c.osm+`</osm>`)
		doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"o":{"type":"osm","path":"m.osm"}},"layers":[{"id":"b","type":"buildings","source":"o"}]}`), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		parts := t.TempDir()
		for range 2 { // the second from what the first has kept
			out, s := run(t, doc, Options{Parts: parts, Version: c.name})
			if s.SkippedCount() != 1 {
				t.Errorf("%s: left out %v", c.name, s.Skipped)
			}
			data, err := os.ReadFile(filepath.Join(out, rejectedFile))
			if c.wants == nil && err == nil {
				t.Errorf("%s: %s", c.name, data)
			}
			for _, want := range c.wants {
				if !strings.Contains(string(data), want) {
					t.Errorf("%s: %s is not in %s", c.name, want, data)
				}
			}
		}
	}
}
