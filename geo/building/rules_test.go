package building

import "testing"

func TestTables(t *testing.T) {
	for class, kind := range assumed.values {
		for _, r := range assumed.regions {
			if r.types[kind] == nil {
				t.Errorf("%s is of type %q, which is none", class, kind)
			}
		}
	}
	if len(assumed.values) < 90 || len(assumed.regions) < 10 {
		t.Errorf("%d values, %d regions", len(assumed.values), len(assumed.regions))
	}
	for _, r := range assumed.regions {
		if r.west >= r.east || r.south >= r.north {
			t.Errorf("region %s is empty", r.name)
		}
	}
	for name, c := range map[string]struct {
		class    string
		lng, lat float64
		levels   float64
		storey   float64
	}{
		"Beijing flats":    {"apartments", 116.3, 39.9, 6, 2.8},
		"Hong Kong flats":  {"apartments", 114.1, 22.3, 25, 2.8},
		"Berlin flats":     {"apartments", 13.4, 52.5, 4, 3},
		"flats at sea":     {"apartments", -30, 0, 5, 3.1},
		"Sydney house":     {"house", 151.2, -33.9, 1, 2.9},
		"over the date":    {"house", 151.2 - 360, -33.9, 1, 2.9},
		"a word of no use": {"zzz", -30, 0, 2, 3.1},
	} {
		if r := ruleOf(c.class, c.lng, c.lat); r.levels != c.levels || r.storey != c.storey {
			t.Errorf("%s: %v storeys of %v m", name, r.levels, r.storey)
		}
	}
}

// TestUntaggedTakeTheirNeighboursDistribution: in a quarter of two kinds of heights,
// untagged houses have both, in about their shares, and none that nobody has.
func TestUntaggedTakeTheirNeighboursDistribution(t *testing.T) {
	fs := village()[:0]
	for i := range 240 {
		tags := map[string]string{"building": "yes"}
		if i%3 == 0 {
			tags["height"] = "12"
			if i%4 == 0 {
				tags["height"] = "30"
			}
		}
		x, y := float64(i%16)*20, float64(i/16)*20
		fs = append(fs, feature(i, tags, ring(x, y, x+12, y, x+12, y+12, x, y+12)))
	}
	low, high := 0, 0
	for _, b := range all(fs) {
		switch {
		case b.Top > 11.5 && b.Top < 12.5:
			low++
		case b.Top > 28.5 && b.Top < 31.5:
			high++
		default:
			t.Errorf("%s is %v m high", b.ID, b.Top)
		}
	}
	// A quarter of the tagged are high.
	if share := float64(high) / float64(low+high); share < 0.18 || share > 0.33 {
		t.Errorf("%d low and %d high", low, high)
	}
}
