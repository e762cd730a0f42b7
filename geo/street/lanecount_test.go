package street

import (
	"fmt"
	"testing"
)

// TestLaneCounts: turn:lanes lists every lane of its direction, so that none is painted as a part of
// one; a width says how many lanes fit where nothing else does.
func TestLaneCounts(t *testing.T) {
	for _, c := range []struct {
		tags              []string
		forward, backward int
	}{
		{[]string{"highway", "secondary"}, 1, 1},
		{[]string{"highway", "secondary", "turn:lanes:forward", "left||right"}, 3, 1},
		{[]string{"highway", "secondary", "lanes", "3", "turn:lanes:backward", "|right"}, 1, 2},
		{[]string{"highway", "secondary", "lanes", "5", "turn:lanes:forward", "left|through|through"}, 3, 2},
		{[]string{"highway", "secondary", "lanes", "3", "turn:lanes:forward", "left|", "turn:lanes:backward", "left|through"}, 2, 2},
		{[]string{"highway", "secondary", "lanes", "4", "turn:lanes:backward", "left;through"}, 2, 2},
		{[]string{"highway", "secondary", "lanes:forward", "2", "lanes", "3"}, 2, 1},
		{[]string{"highway", "secondary", "oneway", "yes", "turn:lanes", "left|through|through|right"}, 4, 0},
		{[]string{"highway", "secondary", "oneway", "-1", "turn:lanes", "left|through"}, 0, 2},
		{[]string{"highway", "secondary", "oneway", "yes", "lanes", "2", "cycleway:right", "lane", "turn:lanes", "|through|right"}, 2, 0},
		{[]string{"highway", "residential", "width", "3.5"}, 1, 0},
		{[]string{"highway", "residential", "width", "6"}, 1, 1},
		{[]string{"highway", "residential", "width", "4.5", "lanes", "2"}, 1, 1},
	} {
		tags := map[string]string{}
		for i := 0; i < len(c.tags); i += 2 {
			tags[c.tags[i]] = c.tags[i+1]
		}
		_, st, _ := classOf(tags)
		s := sectionOf(tags, &st, Region{})
		if s.Forward != c.forward || s.Backward != c.backward {
			t.Errorf("%v: %d and %d lanes, want %d and %d", c.tags, s.Forward, s.Backward, c.forward, c.backward)
		}
		for _, b := range s.Bands {
			if n := b.Left + b.Right; b.Kind == Drive && n > 1 && tags["width"] == "" && b.Width/float64(n) < laneLeast {
				t.Error(fmt.Sprint(c.tags), ": lanes of", b.Width/float64(n), "m")
			}
		}
	}
}
