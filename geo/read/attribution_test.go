package read

import (
	"database/sql"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite" // writes MBTiles

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

// MBTiles keep whom to name in their table of metadata, among other tables and other names.
func TestAttributionOfMBTiles(t *testing.T) {
	for _, c := range []struct{ insert, want string }{
		{`INSERT INTO metadata VALUES ('name', 'a town'), ('attribution', '<a href="https://example.org">&copy; The&nbsp;Mappers</a>'), ('format', 'pbf')`, "© The Mappers"},
		{`INSERT INTO metadata VALUES ('name', 'attribution')`, ""},
		{`DROP TABLE metadata`, ""},
	} {
		path := filepath.Join(t.TempDir(), "town.mbtiles")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{"CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)", "CREATE TABLE metadata (name TEXT, value TEXT)", c.insert} {
			if _, err := db.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if got := Attribution(path); got != c.want {
			t.Errorf("%s: %q, want %q", c.insert, got, c.want)
		}
	}
}

// A named pipe without a writer is no archive, and nobody waits for it.
func TestAttributionOfPipes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	got := make(chan string, 1)
	go func() { got <- Attribution(path) }()
	select {
	case a := <-got:
		if a != "" {
			t.Errorf("a pipe names %q", a)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it waits for a writer")
	}
}
