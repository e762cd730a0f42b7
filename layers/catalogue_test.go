package layers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var (
	exampleName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// told are errors that say what a user has to do.
	told = regexp.MustCompile(`the source has|no file|needs|not given`)
)

// TestEveryType holds each type of the catalogue to the contract: it is documented with units
// and limits, has an example with a golden, draws what its defaults say or names the fields
// that it misses, and every example is read, written and read again as the same.
func TestEveryType(t *testing.T) {
	for name, typ := range Types() {
		if typ.Doc == "" || typ.Group == "" {
			t.Errorf("%s has no documentation", name)
		}
		if len(typ.Examples) == 0 || typ.Examples[0].Name != "" {
			t.Errorf("%s: the first example shows the type as it is and has no name", name)
		}
		for _, p := range typ.Properties() {
			if p.Kind == "number" && p.Unit == "" && !p.Limited {
				t.Errorf("%s: property %s is a number without unit and limits", name, p.Name)
			}
		}
		named := map[string]bool{}
		for i, e := range typ.Examples {
			if i > 0 && (!exampleName.MatchString(e.Name) || e.Doc == "" || named[e.Name]) {
				t.Errorf("%s: example %q needs a name of its own and a sentence", name, e.Name)
			}
			named[e.Name] = true
			if doc := roundTrip(t, name, ExampleScene(typ, e)); doc != nil {
				drawExample(t, typ, e, doc)
			}
			if _, err := os.Stat("../stage/testdata/golden/layer-" + ExampleID(typ, e) + ".png"); err != nil && !Built(typ) {
				t.Errorf("example %s has no golden", ExampleID(typ, e))
			}
		}
		l := scene.NewLayer("a", typ)
		drawOn(t, name, &l)
	}
	schema, err := scene.Schema(Types())
	if err != nil || !json.Valid(schema) {
		t.Error(err)
	}
}

// drawExample draws an example on rows that lack its fields: a wrong field's name comes with
// those that there are.
func drawExample(t *testing.T, typ scene.Type, e scene.Example, doc *scene.Document) {
	t.Helper()
	l := &doc.Layers[len(doc.Layers)-1]
	drawOn(t, ExampleID(typ, e), l)
	if l.ID != ExampleID(typ, e) {
		t.Errorf("example %s is called %s", ExampleID(typ, e), l.ID)
	}
}

func drawOn(t *testing.T, name string, l *scene.Layer) {
	t.Helper()
	skipped := 0
	c := drawContext(l)
	c.Skip = func(_, _ string) { skipped++ }
	draws, err := layer.Draw(c)
	if err != nil && !told.MatchString(err.Error()) {
		t.Errorf("%s: %v", name, err)
	}
	_, air := l.Props.(interface {
		Set(e *scene.Environment, eye earth.Place, share float64) // weather is drawn by the frame
	})
	if err == nil && len(draws) == 0 && skipped == 0 && !air {
		t.Errorf("%s: nothing is drawn, and nothing says why", name)
	}
	for _, d := range draws {
		layertest.Finite(t, name, d.What)
	}
}

// drawContext has rows of every kind of geometry, one of them with hardly any values.
func drawContext(l *scene.Layer) *layer.Context {
	c := &layer.Context{
		Layer: l, Table: layertest.Table(), Tiles: "tiles/x/tileset.json", Values: &table.Table{},
		Ground: func(_, _ float64) float64 { return 40 },
		Skip:   func(_, _ string) {},
		Open:   func(path string) ([]byte, error) { return nil, fmt.Errorf("no file %q", path) },
	}
	if _, built := l.Props.(layer.Built); built {
		c.Table = table.FromFeatures(nil)
	}
	return c
}

func roundTrip(t *testing.T, name, doc string) *scene.Document {
	t.Helper()
	d, err := scene.Parse("test.yaml", []byte(doc), Types())
	if err != nil {
		t.Errorf("%v\n%s", err, doc)
		return nil
	}
	var a, b bytes.Buffer
	if err := d.Write(&a, scene.YAML); err != nil {
		t.Error(err)
		return nil
	}
	again, err := scene.Parse("test.yaml", a.Bytes(), Types())
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, a.String())
		return nil
	}
	if err := again.Write(&b, scene.YAML); err != nil || a.String() != b.String() {
		t.Errorf("%s: %v\n%s\n%s", name, err, a.String(), b.String())
	}
	return d
}

// FuzzDocument: no document of any type panics, when it is read, written or drawn.
func FuzzDocument(f *testing.F) {
	types := Types()
	for _, name := range types.Names() {
		for _, e := range types[name].Examples {
			f.Add(ExampleScene(types[name], e))
		}
	}
	f.Add("longtake: 1\nsources: {s: {path: x}}\npalettes: {p: ['#000', '#fff']}\ntheme: {palette: p}\nlayers: [{id: a, type: point, source: s, time: {field: v, window: 3}, events: {click: {filter: kind}}, color: {field: v, scale: quantise, classes: 3}}]\nstory: {chapters: [{id: c, set: {a.color.domain: [1, 2], selection: {filter: {kind: [a]}}}}]}")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := scene.Parse("test.yaml", []byte(text), types)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := doc.Write(&b, scene.JSON); err != nil {
			t.Fatal(err)
		}
		doc.At(scene.Seconds(1))
		for i := range doc.Layers {
			if doc.Layers[i].Props == nil {
				continue
			}
			if draws, err := layer.Draw(drawContext(&doc.Layers[i])); err == nil {
				for _, d := range draws {
					layertest.Finite(t, doc.Layers[i].Type, d.What)
				}
			}
		}
	})
}

// What is built of a source is not read again, and a layer that asks for it is told.
func TestBuiltLayersTakeNoRefresh(t *testing.T) {
	for typ, fails := range map[string]bool{"buildings": true, "terrain": true, "point": false} {
		text := "longtake: 1\nsources: { s: { path: s.geojson } }\nlayers: [ { id: a, type: " + typ + ", source: s, refresh: 5s } ]\n"
		_, err := scene.Parse("s.yaml", []byte(text), Types())
		if told := err != nil && strings.Contains(err.Error(), "layers[0].refresh: found 5s; of a layer of type "+typ+" none is allowed"); told != fails || !fails && err != nil {
			t.Errorf("%s: %v", typ, err)
		}
	}
}
