package assets

import "testing"

func TestPalettes(t *testing.T) {
	if n := len(Palettes()); n < 50 {
		t.Errorf("%d palettes", n)
	}
	for _, name := range Palettes() {
		p, _ := Palette(name)
		if p.Kind != Sequential && p.Kind != Diverging && p.Kind != Cyclic && p.Kind != Qualitative || len(p.Colors) < 3 {
			t.Errorf("%s is %q with %d colours", name, p.Kind, len(p.Colors))
		}
		if p.Kind == Diverging && len(p.Colors)%2 == 0 {
			t.Errorf("%s has no colour in the middle", name)
		}
	}
}
