package generate

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/scene"
)

// TestTiledFramesContent opens a tileset whose root spans the Earth and whose only content
// is a square of 200 m.
func TestTiledFramesContent(t *testing.T) {
	dir := t.TempDir()
	const lng, lat, side = 0.15, 0.75, 100.0 / 6.371e6 // radians
	region := func(w, s, e, n float64) string { return fmt.Sprintf("[%v,%v,%v,%v,0,20]", w, s, e, n) }
	text := fmt.Sprintf(`{"asset":{"version":"1.1"},"geometricError":1e6,"root":{"boundingVolume":{"region":%s},"geometricError":1e5,"refine":"REPLACE",
		"children":[{"boundingVolume":{"region":%s},"geometricError":0,"content":{"uri":"a.glb"}}]}}`,
		region(-math.Pi, -math.Pi/2, math.Pi, math.Pi/2), region(lng-side, lat-side, lng+side, lat+side))
	if err := os.WriteFile(filepath.Join(dir, "tileset.json"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	g := &generation{dir: dir}
	at, radius, ok := g.tiled([]scene.Layer{{Type: "tileset", Tiles: "tileset.json"}})
	if !ok || math.Abs(at.Lng-lng*180/math.Pi) > 1e-4 || math.Abs(at.Lat-lat*180/math.Pi) > 1e-4 || at.Height < 0 || at.Height > 20 {
		t.Errorf("framed at %v, %v", at, ok)
	}
	if radius < 100 || radius > 400 {
		t.Errorf("a square of 200 m is framed by a circle of %.0f m", radius)
	}
	if _, _, ok := g.tiled(nil); ok {
		t.Error("nothing is framed")
	}
}
