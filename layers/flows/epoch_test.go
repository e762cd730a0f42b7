package flows

import (
	"fmt"
	"math"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
)

// Times in seconds since 1970 keep their tenths: those of trips, and the cycles of walls, which
// are lit where the layer's clock is, whatever its start and its speed.
func TestTimesSince1970(t *testing.T) {
	const start = 1.7e9 + 0.25
	draw := func(typ, more string) (any, float64) {
		c, _ := layertest.Context(t, fmt.Sprintf(`longtake: 1
sources: { s: { type: table, path: x.geojson } }
layers: [{ id: a, type: %s, source: s, start: %.2f, speed: 30%s }]`, typ, start, more))
		for i := range c.Table.Columns {
			if l := c.Table.Columns[i].Lists; c.Table.Columns[i].Name == "timestamps" {
				for row := range l {
					if len(l[row]) == 3 {
						l[row] = []float64{start, start + 4, start + 9}
					}
				}
			}
		}
		draws, err := layer.Draw(c)
		if err != nil || len(draws) != 1 {
			t.Fatal(len(draws), err)
		}
		return draws[0].What, layer.Clock(c.Layer, 0.1) // 3 s after the start
	}

	what, now := draw("trip", "")
	l := what.(*drawable.Lines)
	for _, k := range []int{0, len(l.Vertices) - 1} {
		want := start + 9*math.Min(float64(k), 1)
		if got := l.Flow.Since + float64(l.Vertices[k].Time); math.Abs(got-want) > 0.01 {
			t.Errorf("vertex %d of a trip at %.3f, want %.3f", k, got, want)
		}
	}
	if math.Abs(now-start-3) > 1e-6 {
		t.Errorf("the clock says %.3f", now)
	}

	what, now = draw("wall-trip", ", loop: 60")
	m := what.(*drawable.Mesh)
	period := float64(m.Material.Effect.Period)
	for i, want := range map[int]float64{0: -3, len(m.Vertices) - 1: 6} {
		ahead := float64(m.Vertices[i].UV[0]) - math.Mod(now/period, 1)
		if got := period * (ahead - math.Round(ahead)); math.Abs(got-want) > 0.05 {
			t.Errorf("vertex %d of a wall is lit %.3f s from now, want %.3f", i, got, want)
		}
	}
}
