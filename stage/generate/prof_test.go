package generate

import (
	"context"
	"os"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

func BenchmarkScene(b *testing.B) {
	path := os.Getenv("LONGTAKE_SCENE")
	if path == "" {
		b.Skip("LONGTAKE_SCENE names no scene")
	}
	for b.Loop() {
		doc, err := scene.Load(path, layers.Types())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Run(context.Background(), doc, b.TempDir()+"/out", Options{Parts: os.Getenv("LONGTAKE_PARTS")}); err != nil {
			b.Fatal(err)
		}
	}
}
