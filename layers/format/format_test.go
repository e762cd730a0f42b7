package format

import (
	"math"
	"testing"
	"time"
)

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		spec string
		v    float64
		want string
	}{
		{"", 0, "0"}, {"", 1234567, "1\u2009234\u2009567"}, {"", 3.14159, "3.142"}, {"", 1234, "1234"}, {"", math.NaN(), "–"}, {"", -12.5, "−12.5"},
		{",.1f", 65432.19, "65\u2009432.2"}, {".2f", -0.001, "0.00"}, {"+.1f", 2, "+2.0"}, {",d", 12345.6, "12\u2009346"},
		{".0%", 0.256, "26 %"}, {".1%", 0.256, "25.6 %"}, {".3s", 1234567, "1.23M"}, {".2s", 999999, "1.0M"}, {"s", 42000, "42k"}, {".2s", 0.0042, "4.2m"},
		{"k", 8.1e9, "8.1B"}, {".1~f", 3, "3"}, {".1e", 12345, "1.2e+04"}, {"", math.Inf(-1), "−∞"},
	} {
		n, err := ParseNumber(c.spec)
		if err != nil {
			t.Fatal(err)
		}
		if got := n.Format(c.v); got != c.want {
			t.Errorf("%q of %v is %q, want %q", c.spec, c.v, got, c.want)
		}
	}
	for _, bad := range []string{"%d", "x", ".f", "0.00", ",,d"} {
		if _, err := ParseNumber(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func TestDates(t *testing.T) {
	at := time.Date(2026, 6, 5, 17, 3, 9, 0, time.UTC)
	for spec, want := range map[string]string{
		"%H:%M": "17:03", "%e %B %Y": "5 June 2026", "%F %T": "2026-06-05 17:03:09", "%I:%M %p": "05:03 PM", "100 %%": "100 %", "%a, week %d": "Fri, week 05",
	} {
		if err := CheckDate(spec); err != nil {
			t.Error(err)
		}
		if got := Date(at, spec); got != want {
			t.Errorf("%q is %q, want %q", spec, got, want)
		}
	}
	for _, bad := range []string{"%", "%Q"} {
		if CheckDate(bad) == nil {
			t.Errorf("%q is allowed", bad)
		}
	}
	if Span(4*60+5) != "4:05" || Span(3845) != "1:04:05" || Span(-3) != "0:00" {
		t.Error(Span(245), Span(3845), Span(-3))
	}
}
