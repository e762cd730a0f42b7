package load

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/longtake/longtake/geo"
)

// Decimals of a database are numbers, and what is rounded is told; ids and what is declared text
// keep their digits.
func TestDecimals(t *testing.T) {
	const header = 4
	free, cents, ids := int32(-1), int32(6<<16|2)+header, int32(20<<16)+header
	for _, c := range []struct {
		digits, source string
		modifier       int32
		want           any
		rounded        int
	}{
		{"12.50", "", cents, 12.5, 0},
		{"-0.001", "", free, -0.001, 0},
		{"1.50000000000000000000000", "", free, 1.5, 0},
		{"123456789012345678901234", "", free, 1.2345678901234568e23, 1},
		{"3.14159265358979323846", "", free, 3.141592653589793, 1},
		{"1" + strings.Repeat("0", 400), "", free, nil, 1},
		{"12345678901234567890", "", ids, "12345678901234567890", 0},
		{"12345678901234567890", "kinds: {n: number}", ids, 12345678901234567890.0, 1},
		{"42", "", ids, 42.0, 0},
		{"-12.50", "kinds: {n: text}", cents, "-12.50", 0},
		{"1152921504606846976", "", free, float64(1 << 60), 0}, // exact, though 16 of its digits tell it
		{"1152921504606846977", "", free, float64(1 << 60), 1},
		{"0.00000000023283064365386962890625", "", free, 1.0 / (1 << 32), 0},
		{"0.1", "", free, 0.1, 0},
		{"NaN", "", free, nil, 1},
		{"Infinity", "", free, nil, 1},
		{"-Infinity", "kinds: {n: number}", ids, nil, 1},
		{"-Infinity", "kinds: {n: text}", free, "-Infinity", 0},
		{"NaN", "kinds: {n: text}", free, "NaN", 0},
	} {
		var n pgtype.Numeric
		if err := n.Scan(c.digits); err != nil {
			t.Fatal(err)
		}
		d := decimalsOf(&pgconn.FieldDescription{Name: "n", DataTypeOID: pgtype.NumericOID, TypeModifier: c.modifier}, source(t, "{ database: $X, table: x, "+c.source+" }"))
		if got := d.value(n); got != c.want {
			t.Errorf("%s, %s: %v, want %v", c.digits, c.source, got, c.want)
		}
		r := geo.NewReport()
		d.report(Options{Report: r})
		told := 0
		for _, n := range r.Summary().Notes {
			told += n
		}
		if told != c.rounded {
			t.Errorf("%s, %s: %d told, want %d", c.digits, c.source, told, c.rounded)
		}
	}
	if d := decimalsOf(&pgconn.FieldDescription{DataTypeOID: pgtype.Int8OID}, source(t, "{ database: $X, table: x }")); d != nil {
		t.Error("bigint is a decimal")
	}
}
