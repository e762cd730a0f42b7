package building

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/earth"
)

// lineAt is a way in metres at a place.
func lineAt(id string, tags map[string]string, xy ...float64) geo.Feature {
	return geo.Feature{ID: id, Geometry: orb.LineString(place(here, ring(xy...))[0][:len(xy)/2]), Tags: tags}
}

// TestPassages: a way through a building opens its walls, the whole stays one closed
// surface, and a person in the opening has a ceiling above and no wall in the way.
func TestPassages(t *testing.T) {
	house := map[string]string{"building": "apartments", "height": "15", "roof:shape": "flat"}
	street := map[string]string{"highway": "service", "tunnel": "building_passage"}
	for name, c := range map[string]struct {
		rings []outline.Ring
		way   []float64
		cuts  int
		wide  float64
	}{
		"straight through":    {[]outline.Ring{ring(0, 0, 40, 0, 40, 12, 0, 12)}, []float64{15, 0, 15, 12}, 1, 4},
		"from far to far":     {[]outline.Ring{ring(0, 0, 40, 0, 40, 12, 0, 12)}, []float64{10, -30, 14, 40}, 1, 4},
		"with a bend":         {[]outline.Ring{ring(0, 0, 40, 0, 40, 12, 0, 12)}, []float64{15, 0, 17, 6, 16, 12}, 1, 4},
		"into a yard and out": {[]outline.Ring{ring(0, 0, 40, 0, 40, 40, 0, 40), ring(10, 10, 30, 10, 30, 30, 10, 30)}, []float64{20, -5, 20, 45}, 2, 4},
		"near a corner":       {[]outline.Ring{ring(0, 0, 40, 0, 40, 12, 0, 12)}, []float64{1.5, 0, 1.5, 12}, 1, 2.6},
		"through a corner":    {[]outline.Ring{ring(0, 0, 40, 0, 40, 12, 0, 12)}, []float64{-5, 5, 5, -5}, 0, 0},
		"to a door":           {[]outline.Ring{ring(0, 0, 40, 0, 40, 12, 0, 12)}, []float64{15, -5, 15, 6}, 0, 0},
		"beside it":           {[]outline.Ring{ring(0, 0, 40, 0, 40, 12, 0, 12)}, []float64{15, -5, 50, -5}, 0, 0},
	} {
		for _, shape := range []string{"flat", "gabled"} {
			house["roof:shape"] = shape
			report := geo.NewReport()
			fs := []geo.Feature{{ID: "b", Geometry: place(here, c.rings...), Tags: house}, lineAt("w", street, c.way...)}
			bs := assemble(fs, earth.FrameAt(here), Options{}, report)
			if len(bs) != 1 {
				t.Fatalf("%s: %d buildings", name, len(bs))
			}
			s, y, off := bs[0].volume(1200, 0, 0, report)
			if off != 0 || len(y.cuts) != c.cuts {
				t.Errorf("%s: %d cuts, want %d; %v off", name, len(y.cuts), c.cuts, off)
			}
			if msg := judge(&bs[0], s, 15); msg != "" {
				t.Errorf("%s, %s: %s", name, shape, msg)
			}
			for _, b := range y.cuts {
				g := b.gaps[0]
				if d := g.to - g.from; d < c.wide*0.95 || d > c.wide*1.3 || b.high < 2.6 || b.high > 4 {
					t.Errorf("%s: %v m wide, %v m high", name, d, b.high)
				}
			}
			if _, y, off = bs[0].volume(1200, 0, 3, report); len(y.cuts) > 0 || c.cuts > 0 && off < 1 {
				t.Errorf("%s: %d cuts from afar, %v off", name, len(y.cuts), off)
			}
		}
	}
	low := []geo.Feature{{ID: "b", Geometry: place(here, ring(0, 0, 9, 0, 9, 9, 0, 9)), Tags: map[string]string{"building": "garage", "height": "2.2", "roof:shape": "flat"}}, lineAt("w", street, 4, 0, 4, 9)}
	report := geo.NewReport()
	bs := assemble(low, earth.FrameAt(here), Options{}, report)
	if _, y, _ := bs[0].volume(0, 0, 0, report); len(y.cuts) != 0 || report.Summary().Notes["passage through a building too low for one: not cut"] != 1 {
		t.Errorf("a garage was cut: %v", report.Summary().Notes)
	}
}

func TestRoofLines(t *testing.T) {
	fs := []geo.Feature{
		{ID: "b", Geometry: place(here, ring(0, 0, 20, 0, 20, 8, 0, 8)), Tags: map[string]string{"building": "house", "height": "9", "roof:height": "3"}},
		lineAt("r", map[string]string{"roof:ridge": "yes"}, 4, 3, 14, 5),
		lineAt("e", map[string]string{"roof:edge": "yes"}, 4, 3, 0, 0),
		lineAt("elsewhere", map[string]string{"roof:ridge": "yes"}, 40, 3, 54, 5),
	}
	bs := assemble(fs, earth.FrameAt(here), Options{}, geo.NewReport())
	if len(bs) != 1 {
		t.Fatalf("%d buildings", len(bs))
	}
	s, y, _ := bs[0].volume(1200, 0, 0, geo.NewReport())
	if y.roof.Shape != "mapped" || len(bs[0].roof.Lines) != 2 {
		t.Errorf("%s of %d lines", y.roof.Shape, len(bs[0].roof.Lines))
	}
	if msg := judge(&bs[0], s, 9); msg != "" {
		t.Error(msg)
	}
}

func FuzzPassages(f *testing.F) {
	f.Add([]byte{15, 0, 15, 30})
	f.Add([]byte{10, 5, 40, 90, 80, 5})
	f.Fuzz(func(t *testing.T, b []byte) {
		var xy []float64
		for i := 0; i+1 < len(b) && i < 24; i += 2 {
			xy = append(xy, float64(b[i])/3-10, float64(b[i+1])/3-10)
		}
		if len(xy) < 4 {
			return
		}
		fs := []geo.Feature{
			feature(1, map[string]string{"building": "yes", "height": "12", "roof:shape": "gabled"}, ring(0, 0, 40, 0, 40, 40, 20, 40, 20, 15, 0, 15), ring(25, 20, 35, 20, 35, 35, 25, 35)),
			lineAt("w", map[string]string{"tunnel": "building_passage", "highway": "footway"}, xy...),
		}
		bs := all(fs)
		if len(bs) != 1 {
			t.Fatalf("%d buildings", len(bs))
		}
		s, _, _ := bs[0].volume(1200, 0, 0, geo.NewReport())
		if msg := judge(&bs[0], s, 12); msg != "" {
			t.Fatalf("%v: %s", xy, msg)
		}
	})
}
