package layer_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// samples are rows "thing at value", one second of fade and data time as story time.
func samples(t *testing.T, change func(*scene.Clock), lines ...string) *layer.Samples {
	t.Helper()
	var rows []geo.Feature
	for i, line := range lines {
		f := strings.Fields(line)
		rows = append(rows, geo.Feature{ID: fmt.Sprint(i), Geometry: orb.Point{}, Tags: map[string]string{"thing": f[0], "at": f[1], "v": f[2]}})
	}
	clock := &scene.Clock{Field: "at", By: "thing"}
	clock.SetDefaults()
	clock.Fade = scene.Seconds(1)
	change(clock)
	out, err := layer.NewSamples(clock, table.FromFeatures(rows))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func told(s *layer.Samples, story float64) string {
	rows, shares, _ := s.At(story)
	var out []string
	for i := range rows.Rows() {
		w := rows.Find("thing").Word(i) + rows.Find("v").Word(i)
		if shares[i] < 1 {
			w += fmt.Sprintf("@%.2f", shares[i])
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

func TestSamples(t *testing.T) {
	lines := []string{"a 20 30", "a 0 10", "b 10 5", "a 10 20", "b 30 25", "b 30 45", "c NA 7"}
	plain := func(*scene.Clock) {}
	for _, c := range []struct {
		name   string
		change func(*scene.Clock)
		at     float64
		want   string
	}{
		{"between", plain, 5, "a15"},
		{"comes", plain, 10.5, "a20.5 b5.5@0.50"},
		{"on a sample", plain, 20, "a30 b15"},
		{"two of one time", plain, 30, "a30 b45"},
		{"after the last", plain, 1000, "a30 b45"},
		{"steps", func(c *scene.Clock) { c.Interpolate = "step" }, 19.9, "a20 b5"},
		{"a gap", func(c *scene.Clock) { c.Window = 12 }, 25, "a30"},
		{"goes", func(c *scene.Clock) { c.Window = 12 }, 21.5, "a30 b5@0.50"},
		{"comes again", func(c *scene.Clock) { c.Window = 12 }, 31.5, "a30@0.50 b45"},
		{"gone", func(c *scene.Clock) { c.Window = 12 }, 50, ""},
		{"before the first", func(c *scene.Clock) { start := scene.DataTime(-5); c.Start = &start }, 0, ""},
		{"backwards", func(c *scene.Clock) { start := scene.DataTime(20); c.Start, c.Speed = &start, -1 }, 15, "a15"},
		{"twice as fast", func(c *scene.Clock) { c.Speed = 2 }, 2.5, "a15"},
	} {
		if got := told(samples(t, c.change, lines...), c.at); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestSamplesGlide tells that nothing jumps however finely it is looked at.
func TestSamplesGlide(t *testing.T) {
	s := samples(t, func(*scene.Clock) {}, "a 0 10", "a 7 90", "a 11 -40")
	last := math.NaN()
	for i := 1; i < 1200; i++ {
		rows, _, _ := s.At(float64(i) / 100)
		v := rows.Find("v").Numbers[0]
		if math.Abs(v-last) > 130.0/4/100+1e-9 {
			t.Fatalf("at %g it jumps from %g to %g", float64(i)/100, last, v)
		}
		last = v
	}
}

func TestSamplesNeedTheirFields(t *testing.T) {
	clock := &scene.Clock{Field: "at", By: "nope"}
	rows := table.FromFeatures([]geo.Feature{{ID: "1", Tags: map[string]string{"at": "1", "thing": "a"}}})
	if _, err := layer.NewSamples(clock, rows); err == nil || !strings.Contains(err.Error(), `time: by: no field "nope": the source has at, thing`) {
		t.Error(err)
	}
}
