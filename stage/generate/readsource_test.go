package generate

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/scene"
)

// A run that is interrupted while a source is read part by part ends with that, whatever
// was on its way.
func TestReadingInterrupted(t *testing.T) {
	var text strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&text, `{"type":"Feature","id":%d,"properties":{"highway":"path"},"geometry":{"type":"LineString","coordinates":[[1,%v],[1.001,2]]}}`+"\n", i, float64(i)/1e4)
	}
	path := filepath.Join(t.TempDir(), "lines.geojsonl")
	write(t, path, text.String())
	store, err := openStore(t.TempDir(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer store.close()
	g := &generation{store: store, budget: &budget{spill: 1 << 20, cores: 2}, progress: newMeter(nil), shapes: newShapes(), report: geo.NewReport()}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 100 { // which of what is ready goes on is drawn by lot
		s := &source{id: "lines", name: digest{1}}
		if _, err := g.read(ctx, s, &scene.Source{Type: "vector"}, []string{path}); !errors.Is(err, context.Canceled) {
			t.Fatal("interrupted: ", err)
		}
	}
}
