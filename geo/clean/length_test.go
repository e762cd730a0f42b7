package clean

import (
	"math"
	"testing"
)

func TestLength(t *testing.T) {
	for _, c := range []struct {
		in   string
		want float64
		ok   bool
	}{
		{"12", 12, true}, {"12 ft", 3.6576, true}, {"3,5", 3.5, true}, {"55 m", 55, true}, {"55m", 55, true},
		{"1e9", 1e9, true}, {"-5", -5, true}, {"2.5;3", 2.5, true}, {" ; 7 ; 8", 7, true},
		{"5'10\"", 1.778, true}, {"5' 10\"", 1.778, true}, {"5 ft 10 in", 1.778, true}, {"-5'6\"", -1.6764, true}, {"12'", 3.6576, true},
		{"6\"", 0.1524, true}, {"0.5 mi", 804.672, true}, {"1 nmi", 1852, true}, {"1.2km", 1200, true}, {"30 cm", 0.3, true},
		{"10 Metres", 10, true}, {"10 m.", 10, true}, {"~12", 12, true}, {"ca. 12 m", 12, true}, {"1,234.5", 1234.5, true}, {"1.234,5 m", 1234.5, true},
		{"+4", 4, true}, {".5", 0.5, true}, {"4.", 4, true}, {"1e2 ft", 30.48, true},
		{"", 0, false}, {"m", 0, false}, {"tall", 0, false}, {"NaN", 0, false}, {"inf", 0, false}, {"0x10", 0, false}, {"1e999", 0, false},
		{"12 parsec", 0, false}, {"5'10'", 0, false}, {"5 m 10 in", 0, false}, {"1,2,3", 0, false}, {"--5", 0, false}, {"12-15", 0, false}, {"5'-3\"", 0, false},
	} {
		got, ok := Length(c.in)
		if ok != c.ok || ok && math.Abs(got-c.want) > 1e-9*math.Max(1, math.Abs(c.want)) {
			t.Errorf("Length(%q) = %v, %v; want %v, %v", c.in, got, ok, c.want, c.ok)
		}
	}
	for in, want := range map[string]float64{"2.5;3": 2.5, "3,5": 3.5, "-1": -1, "4": 4} {
		if got, ok := Number(in); !ok || got != want {
			t.Errorf("Number(%q) = %v, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "4 m", "four", "nan"} {
		if _, ok := Number(in); ok {
			t.Errorf("Number(%q) is a number", in)
		}
	}
}

func FuzzLength(f *testing.F) {
	for _, s := range []string{"12 ft", "3,5", "5'10\"", "1e9", "-5", "2.5;3", "1.234,5 m", "~7"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, ok := Length(s); ok && (math.IsNaN(v) || math.IsInf(v, 0)) || !ok && v != 0 {
			t.Errorf("Length(%q) = %v, %v", s, v, ok)
		}
	})
}
