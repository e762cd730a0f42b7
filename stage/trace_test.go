package stage

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/scene"
)

func TestTraceTellsOfFramesAndPasses(t *testing.T) {
	screen(t)
	var out bytes.Buffer
	p := dotPlayer(t)
	p.options.Trace = NewTrace(&out)
	_, err := Render(t.Context(), p, RenderOptions{Output: filepath.Join(t.TempDir(), "%d.png"), Size: scene.Size{Width: 64, Height: 36}, Rate: scene.Rate{Num: 1, Den: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.options.Trace.Close(); err != nil {
		t.Fatal(err)
	}
	var events []traceEvent
	if err := json.Unmarshal(out.Bytes(), &events); err != nil {
		t.Fatalf("%v in %s", err, out.Bytes())
	}
	count := map[string]int{}
	drawn := map[int]float64{} // µs by track
	for _, e := range events {
		count[e.Name]++
		if e.Phase == "X" && e.Name != "tiles" && e.Name != "prepare" {
			drawn[e.Track] += e.Long
		}
	}
	if count["prepare"] != 5 || count["draw"] != 5 || count["lighting"] != 5 {
		t.Errorf("of five frames: %v", count)
	}
	if passes := drawn[trackPasses]; passes <= 0 || passes > drawn[trackFrame] {
		t.Errorf("passes take %.0f µs of the %.0f in which they were drawn", passes, drawn[trackFrame])
	}
}
