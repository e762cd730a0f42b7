package facade

import (
	"strconv"
	"strings"
)

// Age is the time in which a building was put up.
type Age uint8

// The ages, after the epochs of building typologies (TABULA/EPISCOPE, Loga et al. 2016:
// before 1860, to 1918, to 1948, to 1978, since).
const (
	Old      Age = iota // before 1860
	Founders            // 1860 to 1918
	Interwar            // 1919 to 1948
	Postwar             // 1949 to 1978
	Modern
	ages
)

// ageOf reads the year of start_date and its relatives. Of OSM's ways to write a date
// (wiki: Key:start_date) it knows 1932, 1932-05, ~1932, early 1920s, 1920s, C18 and
// 1914..1918; of a range the later end counts.
func ageOf(get func(string) string) (Age, bool) {
	for _, k := range [...]string{"start_date", "building:start_date", "construction_date", "year_of_construction", "building:age", "year_built"} {
		if y, ok := year(get(k)); ok {
			return ageIn(y), true
		}
	}
	switch strings.ToLower(get("building:architecture") + get("architect:style")) {
	case "":
		return 0, false
	case "modern", "contemporary", "high-tech", "postmodern":
		return Modern, true
	case "brutalist", "international_style", "stalinist", "modernism":
		return Postwar, true
	case "art_deco", "functionalism", "bauhaus", "constructivism":
		return Interwar, true
	case "art_nouveau", "eclectic", "historicism", "neo-gothic", "neo-renaissance", "neo-baroque", "victorian", "haussmann":
		return Founders, true
	case "gothic", "baroque", "renaissance", "romanesque", "neoclassicism", "classicism", "georgian":
		return Old, true
	}
	return 0, false
}

func ageIn(year int) Age {
	for a, end := range [...]int{1860, 1919, 1949, 1979} {
		if year < end {
			return Age(a)
		}
	}
	return Modern
}

// year is the last year that a date names.
func year(s string) (int, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.LastIndex(s, ".."); i >= 0 {
		s = s[i+2:]
	}
	if i := strings.IndexByte(s, 'c'); i >= 0 && i+2 < len(s)+1 { // C18: the 18th century
		if n, err := strconv.Atoi(digits(s[i+1:])); err == nil && n >= 1 && n <= 21 && strings.TrimLeft(s[:i], "~ earlymidt") == "" {
			return 100*n - 1, true
		}
	}
	for i := 0; i+4 <= len(s); i++ {
		d := digits(s[i:])
		if len(d) >= 4 {
			n, err := strconv.Atoi(d[:4])
			return n, err == nil && n > 0 && n < 2200
		}
	}
	return 0, false
}

// digits are those that a text begins with.
func digits(s string) string {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n]
}
