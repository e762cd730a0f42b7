package load

import (
	"context"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
)

// TestPostgres needs a server: LONGTAKE_POSTGRES is its address.
func TestPostgres(t *testing.T) {
	address := os.Getenv("LONGTAKE_POSTGRES")
	if address == "" {
		t.Skip("LONGTAKE_POSTGRES names no server")
	}
	ctx := context.Background()
	db, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(ctx)
	if _, err := db.Exec(ctx, `DROP TABLE IF EXISTS longtake_ships;
		CREATE TABLE longtake_ships (id int, speed numeric(6,2), seen timestamptz, name text, ok bool, tags int[], place text);
		INSERT INTO longtake_ships VALUES (1, 12.50, '2020-01-01 00:00+01', 'Ä', true, '{1,2,3}', '0101000020E61000000000000000000040000000000000F03F'), (2, null, null, null, null, null, null)`); err != nil {
		t.Fatal(err)
	}
	defer db.Exec(ctx, "DROP TABLE longtake_ships")
	for _, what := range []string{"table: longtake_ships", `sql: "select * from longtake_ships order by id"`} {
		tab, err := Read(ctx, source(t, "{ database: $LONGTAKE_POSTGRES, "+what+", units: { speed: kn to km/h } }"), nil, Options{Report: geo.NewReport()})
		if err != nil {
			t.Fatal(err)
		}
		seen, _ := tab.Column("seen")
		tags, _ := tab.Lists("tags")
		if tab.Rows() != 2 || tab.Geometry[0] != (orb.Point{2, 1}) || tab.Geometry[1] != nil || math.Abs(numbers(t, tab, "speed")[0]-23.15) > 1e-9 ||
			seen.Kind != table.Time || seen.Word(0) != "2019-12-31T23:00:00Z" || seen.Word(1) != "" || len(tags[0]) != 3 || tags[1] != nil {
			t.Errorf("%s: %+v", what, tab)
		}
		if ok, _ := tab.Strings("ok"); ok[0] != "true" || ok[1] != "" {
			t.Error(ok)
		}
	}
	r := geo.NewReport()
	tab, err := Read(ctx, source(t, `{ database: $LONGTAKE_POSTGRES, sql: "select sum(9007199254740993::bigint) as n, 1.5::numeric(30,20) as m, 12345678901234567890::numeric(20,0) as id" }`), nil, Options{Report: r})
	if err != nil {
		t.Fatal(err)
	}
	if ids, _ := tab.Strings("id"); numbers(t, tab, "n")[0] != 9007199254740992 || numbers(t, tab, "m")[0] != 1.5 || ids[0] != "12345678901234567890" ||
		r.Summary().Notes["field n: decimals with more digits than a number holds, rounded"] != 1 {
		t.Errorf("%+v, told %v", tab, r.Summary().Notes)
	}
	if _, err := Read(ctx, source(t, "{ database: $LONGTAKE_POSTGRES, sql: drop table longtake_ships }"), nil, Options{}); err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Error(err)
	}
	if _, err := Read(ctx, source(t, "{ database: $LONGTAKE_NOWHERE, table: x }"), nil, Options{}); err == nil || !strings.Contains(err.Error(), "LONGTAKE_NOWHERE") {
		t.Error(err)
	}
}
