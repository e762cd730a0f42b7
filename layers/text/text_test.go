package text

import (
	"bytes"
	"math"
	"slices"
	"testing"
)

func setter(t *testing.T) *Typesetter {
	t.Helper()
	ts, err := NewTypesetter(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func TestLayoutIsCentredAndScales(t *testing.T) {
	ts := setter(t)
	q, lo, hi := ts.Layout("Porto Largo", 24)
	if len(q) != 10 { // the space has no quad
		t.Errorf("%d quads", len(q))
	}
	if math.Abs(float64(lo[0]+hi[0])) > 1e-3 || hi[0] < 50 || hi[0] > 90 {
		t.Errorf("extent %v %v", lo, hi)
	}
	_, _, big := ts.Layout("Porto Largo", 48)
	if math.Abs(float64(big[0]/hi[0]-2)) > 1e-3 {
		t.Errorf("twice the size is %v times as wide", big[0]/hi[0])
	}
	two, _, tall := ts.Layout("Porto\nLargo", 24)
	if len(two) != 10 || tall[1] <= hi[1] {
		t.Errorf("two lines: %d quads, top %v", len(two), tall[1])
	}
	for _, g := range q {
		if g.Min[0] >= g.Max[0] || g.Min[1] >= g.Max[1] || g.UVMin[0] >= g.UVMax[0] || g.UVMin[1] >= g.UVMax[1] {
			t.Errorf("quad %+v", g)
		}
	}
}

// TestFieldMeasuresDistance: across the stem of an l the field rises to its middle and
// falls again, by 127/spread a pixel.
func TestFieldMeasuresDistance(t *testing.T) {
	ts := setter(t)
	q, _, _ := ts.Layout("l", emPixels)
	img, s := ts.Atlas()
	row := int((q[0].UVMin[1]+q[0].UVMax[1])/2) * img.Width
	x0, x1 := int(q[0].UVMin[0]), int(q[0].UVMax[0])
	peak := 0
	for x := x0; x < x1; x++ {
		if img.Pixels[row+x] > img.Pixels[row+peak] {
			peak = x
		}
	}
	if v := img.Pixels[row+peak]; v < 140 {
		t.Errorf("the stem's middle is %d", v)
	}
	step := 127 / s
	for x := x0; x+1 < peak-2; x++ {
		a, b := float64(img.Pixels[row+x]), float64(img.Pixels[row+x+1])
		if a > 0 && math.Abs(b-a-float64(step)) > 1.5 {
			t.Errorf("at %d the field rises by %v, want %v", x, b-a, step)
		}
	}
}

// TestPlainIsShaped: letters that are laid out without shaping stand where shaping has them, in
// each weight.
func TestPlainIsShaped(t *testing.T) {
	for w := range typefaces {
		s, err := NewShaper(Weight(w), false)
		if err != nil {
			t.Fatal(err)
		}
		lines := []string{"Porto Largo 1,234.5 km", "Tor AVATAR ffi fl Te.", "Überlingen Łódź Český", "A\u0301 office", ""}
		for a := rune(' '); a < latinEnd; a++ {
			lines = append(lines, "x"+string(a)+"fA"+string(a))
		}
		plain := 0
		for _, line := range lines {
			width, ok := s.plain(line)
			if !ok {
				continue
			}
			plain++
			got := slices.Clone(s.glyphs)
			want, wide := s.shaped(line)
			if wide != width || !slices.Equal(got, want) {
				t.Errorf("%q: %v of width %v, shaped %v of width %v", line, got, width, want, wide)
			}
		}
		if plain < 250 {
			t.Errorf("%d of %d lines are plain", plain, len(lines))
		}
	}
}

func TestSameTextSameAtlas(t *testing.T) {
	a, b := setter(t), setter(t)
	a.Layout("Überlingen 1234", 20)
	b.Layout("Überlingen 1234", 20)
	x, _ := a.Atlas()
	y, _ := b.Atlas()
	if !bytes.Equal(x.Pixels, y.Pixels) {
		t.Error("two atlases differ")
	}
}

func TestUnknownCharactersAreNamed(t *testing.T) {
	ts := setter(t)
	ts.Layout("a漢b", 20)
	if m := ts.Missing(); len(m) != 1 || m[0] != '漢' {
		t.Errorf("missing %q", m)
	}
	ts.Layout("", 20)
	ts.Layout("\x00\ufffd\n\n", 20)
}

func TestRightToLeft(t *testing.T) {
	if direction([]rune("123 שלום")) == direction([]rune("123 abc")) {
		t.Error("Hebrew runs left to right")
	}
}

func BenchmarkLayout(b *testing.B) {
	ts, err := NewTypesetter(Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		ts.Layout("Porto Largo", 24)
	}
}

// TestTabsAreSpaces: what has no glyph because it is none is no box.
func TestTabsAreSpaces(t *testing.T) {
	s, err := NewShaper(Regular, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"a\tb", "a\u0085b", "a\x00b"} {
		if w, want := s.Width(text), s.Width("a b"); w != want || len(s.Missing()) > 0 {
			t.Errorf("%q is %v wide, not %v; missing %q", text, w, want, s.Missing())
		}
	}
}
