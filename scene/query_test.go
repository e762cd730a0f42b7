package scene

import (
	"strings"
	"testing"
)

func TestQueriedTables(t *testing.T) {
	for sql, want := range map[string]string{
		"select * from a":                        "a",
		"select * from a join b on a.x = b.x, c": "a b c",
		"SELECT count(*) AS b, c FROM a JOIN d ON a.b = d.c GROUP BY b, c":                                                                  "a d",
		"select z.name, (select count(*) from points p where p.zone = z.id) as points_n from zones z, lakes":                                "points zones lakes",
		`select 'from b', "c" from "my a" /* from d */ -- from e`:                                                                           "my a",
		"with recursive n(i) as (select 1 union all select i + 1 from n, a limit 3), m as (select * from n) select * from m natural join b": "a b",
		"select * from (a, b) left outer join [c d] using (x, y) where x in e and y in (select y from f) order by g":                        "a b c d e f",
		"select * from main.a where b is not distinct from c":                                                                               "a",
		"select value from json_each((select list from a)), b":                                                                              "a b",
		"select * from a union select b, c from d order by e, f":                                                                            "a d",
		"values (1, 'a'), (2, 'b')":                                  "",
		"select ''' from b' as x, `from c` from a where x = 'it''s'": "a",
	} {
		if got := strings.Join(queried(sql), " "); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
}

// TestColumnsAreNoSources: statistics of zones call their columns as other sources are called;
// that is no circle. The case of a table's name does not count, as in SQL.
func TestColumnsAreNoSources(t *testing.T) {
	d, err := Parse("a.yaml", []byte(`longtake: 1
sources:
  zones: { type: table, sql: "select name, count(*) as stations, avg(height) as heights from Districts join heights using (name) group by name" }
  stations: { path: s.csv, type: table, transform: [ { join: { with: zones, on: { zone: name } } } ] }
  heights: { from: districts }
  districts: { path: d.csv, type: table }
`), Types{})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(d.Needs("zones"), " "); got != "districts heights" {
		t.Error(got)
	}
}

func FuzzQueried(f *testing.F) {
	f.Add("with a as (select 1) select * from b, [c], 'd''e' -- f")
	f.Add(")) from ( ' \" [")
	f.Fuzz(func(t *testing.T, sql string) {
		for _, name := range queried(sql) {
			if len(name) > len(sql) {
				t.Errorf("%q is not of %q", name, sql)
			}
		}
	})
}
