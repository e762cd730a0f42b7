package layers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"testing"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// sources of documents that are only parsed here.
const sources = `longtake: 1
sources:
  places: { type: table, path: x }
  sensors: { type: table, path: x }
  flows: { type: table, path: x }
  trips: { type: vector, path: x }
  zones: { type: vector, path: x }
  dem: { type: raster, path: x }
  city: { type: osm, path: x }
  tiles: { type: tileset, path: x }
`

var exampleName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// TestEveryType holds each type of the catalogue to the contract: it is documented, has an
// example, draws what its defaults say or names the fields that it misses, and every example
// is read, written and read again as the same.
func TestEveryType(t *testing.T) {
	for name, typ := range Types() {
		if typ.Doc == "" || typ.Group == "" {
			t.Errorf("%s has no documentation", name)
		}
		if len(typ.Examples) == 0 || typ.Examples[0].Name != "" {
			t.Errorf("%s: the first example shows the type as it is and has no name", name)
		}
		named := map[string]bool{}
		for i, e := range typ.Examples {
			if i > 0 && (!exampleName.MatchString(e.Name) || e.Doc == "" || named[e.Name]) {
				t.Errorf("%s: example %q needs a name of its own and a sentence", name, e.Name)
			}
			named[e.Name] = true
			roundTrip(t, name, fmt.Sprintf("%slayers: [{id: a, type: %s, %s}]\n", sources, name, e.Layer))
		}
		drawDefault(t, name, typ)
	}
	schema, err := scene.Schema(Types())
	if err != nil || !json.Valid(schema) {
		t.Error(err)
	}
}

func drawDefault(t *testing.T, name string, typ scene.Type) {
	skipped := 0
	l := scene.NewLayer("a", typ)
	c := &layer.Context{
		Layer: &l, Table: layertest.Table(), Tiles: "tiles/x/tileset.json",
		Ground: func(_, _ float64) float64 { return 40 },
		Skip:   func(_, _ string) { skipped++ },
		Open:   func(path string) ([]byte, error) { return nil, fmt.Errorf("no file %q", path) },
	}
	if _, built := l.Props.(layer.Built); built {
		c.Table = table.FromFeatures(nil)
	}
	draws, err := layer.Draw(c)
	if err != nil && !regexp.MustCompile(`the source has|no file|needs`).MatchString(err.Error()) {
		t.Errorf("%s: %v", name, err)
	}
	if err == nil && len(draws) == 0 && skipped == 0 {
		t.Errorf("%s: nothing is drawn, and nothing says why", name)
	}
	for _, d := range draws {
		layertest.Finite(t, name, d.What)
	}
}

func roundTrip(t *testing.T, name, doc string) {
	t.Helper()
	d, err := scene.Parse("test.yaml", []byte(doc), Types())
	if err != nil {
		t.Error(err)
		return
	}
	var a, b bytes.Buffer
	if err := d.Write(&a, scene.YAML); err != nil {
		t.Error(err)
		return
	}
	again, err := scene.Parse("test.yaml", a.Bytes(), Types())
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, a.String())
		return
	}
	if err := again.Write(&b, scene.YAML); err != nil || a.String() != b.String() {
		t.Errorf("%s: %v\n%s\n%s", name, err, a.String(), b.String())
	}
}
