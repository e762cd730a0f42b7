package read

import (
	"testing"

	"github.com/longtake/longtake/internal/realdata"
)

// Archives say who is to be named; whoever wrote them wrote it as markup.
func TestAttribution(t *testing.T) {
	for path, want := range map[string]string{
		"tiles/firenze.pmtiles":                "Protomaps © OpenStreetMap",
		"tiles/bluemarble-merc.pmtiles":        "",
		"city-honolulu/honolulu.mbtiles":       "",
		"city-boston/boston-buildings.mbtiles": "© OpenMapTiles © OpenStreetMap contributors",
		"README.md":                            "",
	} {
		if got := Attribution(realdata.Path(t, path)); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if got := Attribution(t.TempDir()); got != "" {
		t.Errorf("a folder names %q", got)
	}
}
