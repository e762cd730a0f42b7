package text

import (
	"slices"
	"testing"
)

// system is a shaper with the system's fonts; a test that needs a character no installed font
// has is skipped.
func system(t *testing.T, sample, pkg string) *Shaper {
	t.Helper()
	s, err := NewShaper(Regular, true)
	if err != nil {
		t.Fatal(err)
	}
	s.line(sample)
	if m := s.Missing(); len(m) > 0 {
		t.Skipf("no font has %q: install %s", m, pkg)
	}
	return s
}

// inOrder fails unless the glyphs follow each other from left to right.
func inOrder(t *testing.T, name string, glyphs []glyph) {
	t.Helper()
	for i := 1; i < len(glyphs); i++ {
		if glyphs[i].x < glyphs[i-1].x-0.3 { // marks stand above what they follow
			t.Errorf("%s: glyph %d stands at %.2f, the one before at %.2f", name, i, glyphs[i].x, glyphs[i-1].x)
		}
	}
}

// TestCJK: ideographs, kana and Hangul are one em wide each.
func TestCJK(t *testing.T) {
	const sample = "北京东京서울ラーメン"
	s := system(t, sample, "fonts-wqy-microhei")
	glyphs, width := s.line(sample)
	if n := len([]rune(sample)); len(glyphs) != n || width < 0.8*float32(n) || width > 1.1*float32(n) {
		t.Errorf("%d glyphs, %.2f em wide", len(glyphs), width)
	}
	inOrder(t, sample, glyphs)
}

// TestArabic: letters are joined, lam and alef are one, and the line runs from right to left
// but for its figures.
func TestArabic(t *testing.T) {
	s := system(t, "سلام لا", "fonts-dejavu-core")
	joined, _ := s.line("سسس")
	alone, _ := s.line("س")
	if len(joined) != 3 || len(alone) != 1 || joined[0].gid == joined[1].gid || joined[1].gid == joined[2].gid || joined[1].gid == alone[0].gid {
		t.Errorf("letters are not joined: %v", joined)
	}
	if ligature, _ := s.line("لا"); len(ligature) != 1 {
		t.Errorf("lam and alef are %d glyphs", len(ligature))
	}
	const year = "عام 2026 جديد"
	glyphs, _ := s.line(year)
	figures, _ := s.line("2026")
	figures = slices.Clone(figures) // the next line is laid out in their place
	var at []float32
	for _, g := range glyphs {
		if g.face == figures[0].face && slices.ContainsFunc(figures, func(f glyph) bool { return f.gid == g.gid }) {
			at = append(at, g.x)
		}
	}
	if len(at) != 4 || !slices.IsSorted(at) {
		t.Errorf("figures stand at %v", at)
	}
	inOrder(t, year, glyphs)
	first, _ := s.line("عام") // the line begins with it: it is at the right end
	if last := glyphs[len(glyphs)-1]; last.gid != first[len(first)-1].gid {
		t.Error("the first word is not at the right")
	}
	inner, _ := s.line("a عام 2026 b") // the number is left of the word that it follows
	if n := len(inner); inner[2].gid != figures[0].gid || inner[n-1].face != figures[0].face {
		t.Error("within a line from left to right the number stands right of its word")
	}
	broken, _ := s.line(Continued("عام b", "a عام b"))
	if last := broken[len(broken)-1]; last.face != figures[0].face {
		t.Error("a line that goes on a paragraph has another direction")
	}
	mixed, _ := s.line("Dubai دبي")
	if mixed[0].x > 0.1 || mixed[0].face == mixed[len(mixed)-1].face {
		t.Error("a line that begins in Latin runs from left to right")
	}
}

// TestDevanagari: conjuncts are formed, and the short i stands before what it follows.
func TestDevanagari(t *testing.T) {
	s := system(t, "क्षिति", "fonts-lohit-deva")
	if conjunct, _ := s.line("क्ष"); len(conjunct) != 1 {
		t.Errorf("ksha is %d glyphs of three characters", len(conjunct))
	}
	ki, _ := s.line("कि")
	ka, _ := s.line("क")
	if len(ki) != 2 || ki[1].gid != ka[0].gid {
		t.Errorf("the short i does not stand in front: %v", ki)
	}
}
