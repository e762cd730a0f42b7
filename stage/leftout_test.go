package stage

import (
	"errors"
	"reflect"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/scene"
)

// What frames lack is counted once, however many frames lack it and however often its layer is
// drawn anew, told once, and a failure where nothing may be left out.
func TestLeftOutIsTold(t *testing.T) {
	p := linkedPlayer(t, ` }
  - { id: low, type: title, text: Low, layout: tile, grid: [1, 1] }
  - { id: more, type: title, text: More, layout: tile, grid: [1, 1] }
  - { id: pies, type: pie, source: shops, fields: [opens], radius: 10 }`)
	var told []geo.Skipped
	p.options.LeftOut = func(k geo.Skipped) { told = append(told, k) }
	for i := range 3 {
		p.layers[4].ready = false
		frameAt(t, p, float64(i))
	}
	want := []geo.Skipped{
		{Reason: "layer more: no room for its panel in the picture", Count: 1},
		{Reason: "layer pies: nothing above zero to divide a pie by", Count: 1, IDs: []string{"line 2"}},
	}
	if got := p.LeftOut(); !reflect.DeepEqual(got, want) {
		t.Errorf("left out %+v, want %+v", got, want)
	}
	if len(told) != len(want) {
		t.Errorf("told %+v", told)
	}
	p = linkedPlayer(t, ` }
  - { id: low, type: title, text: Low, layout: tile, grid: [1, 1] }
  - { id: more, type: title, text: More, layout: tile, grid: [1, 1] }`)
	p.options.Strict = true
	if _, err := p.Frame(t.Context(), scene.Time{}, Shot{Width: 160, Height: 90}); !errors.Is(err, ErrSkipped) {
		t.Error(err)
	}
}
