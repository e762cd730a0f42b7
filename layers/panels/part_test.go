package panels

import (
	"testing"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
)

// What is cut off cannot be pointed at: a line that grows is not there before it is seen.
func TestPartsAreCutOff(t *testing.T) {
	c := canvas.New(100, 50, 1, canvas.NewFonts(false))
	p := &Painter{Canvas: c, parts: &parts{}}
	all := canvas.Round(canvas.Box{X: 10, Y: 10, W: 80, H: 20}, 0)
	p.Within(canvas.Box{X: 0, Y: 0, W: 60, H: 50}, func() {
		p.Within(canvas.Box{X: 30, Y: 0, W: 70, H: 50}, func() { p.Part(all, "cut", []int{1}) })
	})
	p.Part(all, "whole", []int{2})
	var told []drawable.Part
	p.parts.tell(func(part drawable.Part) { told = append(told, part) }, 2)
	for x, want := range map[float64][2]bool{5: {false, false}, 20: {false, true}, 45: {true, true}, 70: {false, true}} {
		if got := [2]bool{told[0].Holds(2*x, 40), told[1].Holds(2*x, 40)}; got != want {
			t.Errorf("at %g %v, want %v", x, got, want)
		}
	}
}
