package load

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
)

// TestQueriesWithoutEnd: what a query answers is bounded by memory, with or without an end; the
// error says how much there is room for and what to do.
func TestQueriesWithoutEnd(t *testing.T) {
	const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, 'word ' || i AS w FROM n"
	path := filepath.Join(t.TempDir(), "a.sqlite")
	writeLite(t, path, "CREATE TABLE a (i INTEGER)")
	ctx, o := context.Background(), Options{Report: geo.NewReport(), Memory: 4_000_000}
	_, file := File(ctx, path, source(t, "{ path: a, type: table, sql: \""+endless+"\" }"), o)
	_, tables := Query(ctx, source(t, "{ sql: \""+endless+"\" }"), nil, nil, o)
	for _, err := range []error{file, tables} {
		if err == nil || !strings.Contains(err.Error(), "the rows hold more than 4 MB") || !strings.Contains(err.Error(), "--max-memory") {
			t.Error(err)
		}
	}
	tab, err := Query(ctx, source(t, "{ sql: \""+endless+" LIMIT 20000\" }"), nil, nil, o)
	if err != nil || tab.Rows() != 20000 {
		t.Error(err)
	}
}
