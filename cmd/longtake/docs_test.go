package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

var update = flag.Bool("update", false, "write docs/layers.md anew")

// TestLayersPage holds docs/layers.md to what longtake layers says of every type.
func TestLayersPage(t *testing.T) {
	var page bytes.Buffer
	page.WriteString("# Layer types\n\nWhat `longtake layers NAME` says of every type, written by " +
		"`go test ./cmd/longtake -run LayersPage -update`. " +
		"`longtake layers --gallery DIR` makes a site of them with pictures. Examples read the files that `longtake sample` makes.\n")
	for _, name := range layers.Types().Names() {
		typ := layers.Types()[name]
		fmt.Fprintf(&page, "\n## %s\n%s%s.", name, strings.ToUpper(typ.Doc[:1]), typ.Doc[1:])
		if len(typ.Sources) > 0 {
			fmt.Fprintf(&page, " Sources: %s.", strings.Join(typ.Sources, ", "))
		}
		page.WriteString("\n")
		markdown(&page, typ.Properties(), typ)
		for _, e := range typ.Examples {
			doc := "As it is"
			if e.Name != "" {
				doc = "**" + layers.ExampleID(typ, e) + "**: " + e.Doc
			}
			list := layers.ExampleLayers(typ, e)
			fmt.Fprintf(&page, "\n%s:\n```yaml\n- %s\n```\n", doc, list[len(list)-1])
		}
	}
	page.WriteString("\n## Properties of all layers\n")
	common := scene.Type{New: func() any { l := &scene.Layer{}; l.SetDefaults(); return l }}
	markdown(&page, scene.CommonProperties(), common)
	const path = "../../docs/layers.md"
	if *update {
		if err := os.WriteFile(path, page.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, page.Bytes()) {
		t.Errorf("docs/layers.md is not what the types say (%v): run go test ./cmd/longtake -run LayersPage -update", err)
	}
}

// markdown writes a table of properties.
func markdown(w *bytes.Buffer, list []scene.PropertyDoc, t scene.Type) {
	if len(list) == 0 {
		return
	}
	schema := propertySchema(t)
	w.WriteString("\n| property | kind | default | in a story | |\n| --- | --- | --- | --- | --- |\n")
	for _, p := range list {
		cells := propertyCells(p, schema)
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "|", "\\|")
		}
		fmt.Fprintf(w, "| `%s` | %s | `%s` | %s | %s |\n", cells[0], cells[1], cells[2], cells[3], cells[4])
	}
}

func TestExamplesAreValid(t *testing.T) {
	scenes, err := filepath.Glob("../../examples/*/scene.yaml")
	if err != nil || len(scenes) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	listed, err := os.ReadFile("../../examples/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range scenes {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = os.Stat("../../../shared/data"); err != nil && strings.Contains(string(text), "shared/data") {
			_, err = scene.Parse(f, text, layers.Types()) // its data is not here
		} else {
			_, err = scene.Load(f, layers.Types())
		}
		if err != nil {
			t.Error(err)
		}
		if name := filepath.Base(filepath.Dir(f)); !strings.Contains(string(listed), "("+name+"/scene.yaml)") {
			t.Errorf("examples/README.md does not list %s", name)
		}
	}
	b, err := stage.ReadBatch(context.Background(), "../../examples/provinces/batch.yaml")
	if err != nil || len(b.Jobs) != 3 || b.Jobs[0].Name != "PL-A" {
		t.Errorf("the batch of the examples: %+v, %v", b, err)
	}
}

// TestDocumentedScenesAreValid parses every scene of the docs.
func TestDocumentedScenesAreValid(t *testing.T) {
	for _, name := range []string{"scene.md", "formats.md", "mapping.md", "data.md"} {
		page, err := os.ReadFile("../../docs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(page, -1)
		if len(blocks) == 0 {
			t.Errorf("%s has no scene", name)
		}
		for i, block := range blocks {
			text := completed(string(block[1]))
			if _, err := scene.Parse(fmt.Sprintf("%s block %d", name, i+1), []byte(text), layers.Types()); err != nil {
				t.Errorf("%v\n%s", err, text)
			}
		}
	}
}

// completed makes a whole scene of one section of one: a list of layers needs its key and
// sources that the page names elsewhere.
func completed(text string) string {
	if strings.HasPrefix(text, "- ") {
		text = "layers:\n" + text
		for _, name := range regexp.MustCompile(`(?:source|relief): (\w+)`).FindAllStringSubmatch(text, -1) {
			if source := "sources:"; !strings.Contains(text, source) {
				text = source + "\n" + text
			}
			if line := "  " + name[1] + ": { path: x }\n"; !strings.Contains(text, line) {
				text = strings.Replace(text, "sources:\n", "sources:\n"+line, 1)
			}
		}
	}
	if !strings.Contains(text, "longtake: 1") {
		text = "longtake: 1\n" + text
	}
	return text
}
