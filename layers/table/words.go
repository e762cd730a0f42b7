package table

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Declared is what a document says about a column. The zero value says nothing but that
// it holds numbers.
type Declared struct {
	Kind    Kind
	Missing []string // words that mean no value, in place of the usual ones; "" always does
	Comma   bool     // a comma stands before decimals
	// Zone is that of times which name none; nil is UTC. Tick is the length of a unit of
	// times that are numbers, in seconds; 0 refuses them. Layout is one of package time
	// for times that are not ISO 8601.
	Zone   *time.Location
	Tick   float64
	Layout string
}

// Words makes a column from the words of a file, one a row. The kind follows from them:
// numbers where all are, then true and false, date with time of day (ISO 8601), lists of
// numbers (a JSON array), else text. Whole numbers that a float64 does not hold are text,
// for they are ids: see Rounds. The kind can be declared instead; then a word that is none
// of it is missing, and counted by Add.
type Words struct {
	c        Column
	like     Declared
	declared bool // the kind
	known    bool // the kind, from a first word
	mixed    bool
	rounds   bool // mixed for the sake of whole numbers
	distinct map[string]string
	zoneless int
}

// NewWords begins a column. like may be nil; its Kind counts only where it is given.
func NewWords(name string, like *Declared) *Words {
	w := &Words{c: Column{Name: name}, distinct: map[string]string{}}
	if like != nil {
		w.like, w.declared, w.known = *like, true, true
		w.c.Kind = like.Kind
	}
	return w
}

// Guess takes all of like but its kind, which follows from the words.
func Guess(name string, like Declared) *Words {
	w := NewWords(name, &like)
	w.declared, w.known, w.c.Kind = false, false, Number
	return w
}

// maxDistinct is how many distinct texts of a column are kept once.
const maxDistinct = 1 << 16

// Add adds a row's word. It tells false where the kind is declared and the word is none
// of it. row names it where that is told.
func (w *Words) Add(word, row string) bool {
	if w.missing(word) {
		w.c.grow()
		return true
	}
	if !w.known {
		w.guess(word)
	}
	switch w.c.Kind {
	case Text:
		w.c.Texts = append(w.c.Texts, w.once(word))
		return true
	case List:
		if l, ok := parseList(word); ok {
			w.c.Lists = append(w.c.Lists, l)
			return true
		}
	default:
		v, ok := w.number(word)
		if ok && w.c.Kind == Number && !w.declared && Rounds(word) {
			ok, w.rounds = false, w.rounds || !w.mixed
		}
		if ok {
			w.c.Numbers = append(w.c.Numbers, v)
			return true
		}
	}
	w.c.grow()
	if w.declared {
		return false
	}
	if !w.mixed {
		w.mixed, w.c.Odd = true, row+": "+clipped(word)
		if w.rounds {
			w.c.Odd = OddWhole(w.c.Name, row, word)
		}
	}
	return true
}

// Pass adds n rows without a value.
func (w *Words) Pass(n int) {
	for range n {
		w.c.grow()
	}
}

// Len is the number of rows so far.
func (w *Words) Len() int { return len(w.c.Numbers) + len(w.c.Texts) + len(w.c.Lists) }

// Kind is what the column holds.
func (w *Words) Kind() Kind { return w.c.Kind }

// Mixed tells that words did not agree on a kind other than text: add them again to a
// column that is declared to hold text.
func (w *Words) Mixed() bool { return w.mixed }

// Rounds tells that what did not agree was a whole number that a float64 would round.
func (w *Words) Rounds() bool { return w.rounds }

// Odd is the first word that did not agree.
func (w *Words) Odd() string { return w.c.Odd }

// Zoneless is the number of times that named no zone and for which none is declared.
func (w *Words) Zoneless() int { return w.zoneless }

// Column ends the column.
func (w *Words) Column() Column { return w.c }

// guess takes the kind from the first word; the rows before had none.
func (w *Words) guess(word string) {
	w.known = true
	defer func(n int) { w.zoneless = n }(w.zoneless) // the word is read again
	for _, k := range [...]Kind{Number, Bool, Time} {
		w.c.Kind = k
		if _, ok := w.number(word); ok {
			w.fill()
			return
		}
	}
	w.c.Kind = Text
	if _, ok := parseList(word); ok {
		w.c.Kind = List
	}
	w.fill()
}

// fill moves the rows that had no value over to the kind.
func (w *Words) fill() {
	n := len(w.c.Numbers)
	if w.c.Kind.numeric() {
		return
	}
	w.c.Numbers = nil
	for range n {
		w.c.grow()
	}
}

// number reads a word of one of the kinds that are kept as numbers.
func (w *Words) number(word string) (float64, bool) {
	word = strings.TrimSpace(word)
	switch w.c.Kind {
	case Bool:
		return parseBool(word)
	case Time:
		if w.like.Tick > 0 {
			if v, ok := parseNumber(word); ok {
				return v * w.like.Tick, true
			}
		}
		v, zoned, ok := parseTime(word, w.like.Layout, w.like.Zone, w.declared)
		if ok && !zoned && w.like.Zone == nil {
			w.zoneless++
		}
		return v, ok
	}
	if w.like.Comma {
		word = strings.Replace(strings.ReplaceAll(word, ".", ""), ",", ".", 1)
	}
	return parseNumber(word)
}

func (w *Words) missing(word string) bool {
	if w.like.Missing == nil {
		return missing(word)
	}
	return word == "" || slices.Contains(w.like.Missing, word)
}

// once gives equal texts the same memory, and lets go of the line that they are cut from.
func (w *Words) once(s string) string {
	if old, ok := w.distinct[s]; ok {
		return old
	}
	s = strings.ToValidUTF8(strings.Clone(s), "\uFFFD")
	if len(w.distinct) < maxDistinct {
		w.distinct[s] = s
	}
	return s
}

// missing tells the usual spellings of no value.
func missing(v string) bool {
	if len(v) > 8 {
		return false
	}
	switch strings.TrimSpace(v) {
	case "", "NA", "N/A", "NaN", "nan", "null", "NULL", `\N`:
		return true
	}
	return false
}

func parseNumber(v string) (float64, bool) {
	v = strings.TrimSpace(v)
	if v == "" || v[0] > '9' { // a word; strconv would tell it slowly
		return 0, false
	}
	n, err := strconv.ParseFloat(v, 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

// Rounds tells whether a word is a whole number, written in digits alone, that comes back as
// another one from a float64: beyond 2^53 most do.
func Rounds(word string) bool {
	if len(word) < 16 {
		return false
	}
	digits := strings.TrimSpace(word)
	if len(digits) < 16 || strings.Trim(strings.TrimPrefix(digits, "-"), "0123456789") != "" {
		return false
	}
	v, err := strconv.ParseFloat(digits, 64)
	return err != nil || FormatNumber(v) != digits
}

// OddWhole is Column.Odd of a field that is text for the sake of a word that Rounds.
func OddWhole(field, row, word string) string {
	return row + ": " + clipped(word) + ", which a number would round; kinds: { " + field + ": number } allows it"
}

func parseBool(v string) (float64, bool) {
	switch v {
	case "true", "True", "TRUE":
		return 1, true
	case "false", "False", "FALSE":
		return 0, true
	}
	return 0, false
}

// parseList reads a JSON array of numbers; null is NaN.
func parseList(v string) ([]float64, bool) {
	v = strings.TrimSpace(v)
	if len(v) < 2 || v[0] != '[' || v[len(v)-1] != ']' {
		return nil, false
	}
	l := []float64{}
	if v = strings.TrimSpace(v[1 : len(v)-1]); v == "" {
		return l, true
	}
	for more := true; more; {
		var word string
		if word, v, more = strings.Cut(v, ","); strings.TrimSpace(word) == "null" {
			l = append(l, math.NaN())
			continue
		}
		n, ok := parseNumber(word)
		if !ok {
			return nil, false
		}
		l = append(l, n)
	}
	return l, true
}

// clipped is a word short enough for a sentence.
func clipped(s string) string {
	if r := []rune(s); len(r) > 30 {
		s = string(r[:29]) + "…"
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
