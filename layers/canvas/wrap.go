package canvas

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"

	"github.com/longtake/longtake/layers/text"
)

// Wrap breaks text into lines of a width at the most, where its scripts allow it.
func (f *Fonts) Wrap(s string, width float64, style Style) (lines []string) {
	for _, part := range strings.Split(s, "\n") {
		line, first := "", len(lines)
		for _, word := range f.fitting(words(part), width, style) {
			next := line + word
			if strings.TrimSpace(line) != "" && f.Width(strings.TrimSpace(next), style) > width {
				lines = append(lines, strings.TrimSpace(line))
				next = word
			}
			line = next
		}
		lines = append(lines, strings.TrimSpace(line))
		for i := first; i < len(lines); i++ {
			lines[i] = text.Continued(lines[i], part)
		}
	}
	return lines
}

// fitting cuts words of scripts without spaces between words, which only a dictionary could tell
// apart, to pieces where they are too long for a line.
func (f *Fonts) fitting(words []string, width float64, style Style) []string {
	if !slices.ContainsFunc(words, func(w string) bool { return strings.ContainsFunc(w, spaceless) }) {
		return words
	}
	var out []string
	for _, word := range words {
		if !strings.ContainsFunc(word, spaceless) || f.Width(strings.TrimSpace(word), style) <= width {
			out = append(out, word)
			continue
		}
		out = append(out, clusters(word)...)
	}
	return out
}

// spaceless tells Thai, Lao, Khmer and Burmese.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// Where a cluster of these scripts cannot be parted from its neighbour.
const (
	before = "เแโใไເແໂໃໄ"                           // vowels written before their consonant
	stacks = "\u17d2\u1039"                         // put the next consonant below
	closed = "\u0e31\u0e37\u0e47\u0eb1\u0ebb"       // vowels that a consonant has to close
	behind = "ะาำๅๆฯະາຳໆຯៗ"                         // vowels and marks written behind
	killed = "\u0e4c\u0ecc\u103a\u17cb\u17cd\u17d1" // on consonants that end a syllable, or are silent
)

// clusters splits a word with such a script into its grapheme clusters with their vowels: what is
// written before, behind, above or below a consonant stays with it, and so do consonants that are
// marked as ends of syllables. Other scripts and numbers in the word stay whole. Clusters are not
// syllables: which consonants close one is often for the reader to know.
func clusters(word string) (out []string) {
	joins := true
	for i, l := range letters(word) {
		first, _ := utf8.DecodeRuneInString(l)
		parts := !joins && spaceless(first) && unicode.IsLetter(first) && !strings.ContainsRune(behind, first) && !strings.ContainsAny(l, killed)
		if i == 0 || parts {
			out = append(out, l)
		} else {
			out[len(out)-1] += l
		}
		last, _ := utf8.DecodeLastRuneInString(l)
		joins = !spaceless(last) || strings.ContainsRune(before, last) || strings.ContainsRune(stacks, last) || strings.ContainsAny(l, closed)
	}
	return out
}

// words splits where a line may break (UAX #14); each keeps the spaces behind it.
func words(s string) (out []string) {
	var seg segmenter.Segmenter
	seg.Init([]rune(s))
	for it := seg.LineIterator(); it.Next(); {
		out = append(out, string(it.Line().Text))
	}
	return out
}

// letters splits into what readers take for one (UAX #29), however many runes it has.
func letters(s string) (out []string) {
	var seg segmenter.Segmenter
	seg.Init([]rune(s))
	for it := seg.GraphemeIterator(); it.Next(); {
		out = append(out, string(it.Grapheme().Text))
	}
	return out
}
