package generate

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestBrokenTiles: a tile that is no tile is left out by name; where none is left that is
// an error.
func TestBrokenTiles(t *testing.T) {
	dir := t.TempDir()
	put := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("tileset.json", `{"asset":{"version":"1.1"},"geometricError":9,"root":{"boundingVolume":{"region":[0.1,0.7,0.1001,0.7001,0,50]},"geometricError":9,"refine":"ADD",
"children":[{"boundingVolume":{"region":[0.1,0.7,0.1001,0.7001,0,50]},"geometricError":0,"content":{"uri":"good.gltf"}},
{"boundingVolume":{"region":[0.1,0.7,0.1001,0.7001,0,50]},"geometricError":0,"content":{"uri":"bad.b3dm"}}]}}`)
	put("good.gltf", `{"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[]}]}`)
	put("bad.b3dm", "b3dm\x01\x00\x00\x00half a he")
	text := `{"longtake":1,"sources":{"old":{"type":"tileset","path":"tileset.json"}},"layers":[{"id":"town","type":"tileset","source":"old"}]}`
	doc, err := scene.Parse(filepath.Join(dir, "scene.json"), []byte(text), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	s, err := Run(t.Context(), doc, filepath.Join(t.TempDir(), "package"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Skipped) != 1 || s.Skipped[0].Reason != unreadable || len(s.Skipped[0].IDs) != 1 || s.Skipped[0].IDs[0] != "old: bad.b3dm" {
		t.Errorf("%+v", s.Skipped)
	}
	put("good.gltf", "{")
	if _, err = Run(t.Context(), doc, filepath.Join(t.TempDir(), "package"), Options{}); !errors.Is(err, ErrSkipped) || !strings.Contains(err.Error(), "none of the 2 tiles of source old") {
		t.Error(err)
	}
}
