package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

type frameBench struct {
	MedianMS  float64            `json:"median_ms"`
	CPUMS     float64            `json:"cpu_ms"`
	Passes    map[string]float64 `json:"passes"`
	Triangles int                `json:"triangles"`
	PeakBytes *int64             `json:"peak_rss_bytes"`
	Renderer  string             `json:"renderer"`
}

func (f *frameBench) peak() string {
	if f.PeakBytes == nil {
		return "not known"
	}
	return whole(float64(*f.PeakBytes) / 1e6)
}

var tiers = []struct{ name, frames string }{{"draft", "24"}, {"low", "24"}, {"high", "12"}, {"ultra", "6"}}

// frame measures frames of a package over a flight.
func (b *bench) frame(dir, tier, frames string, flight ...string) (f frameBench, err error) {
	if b.small {
		frames = "2"
	}
	return f, b.longtake(&f, nil, append([]string{"bench", "frame", dir, "--size", "1280x720", "--quality", tier, "--frames", frames}, flight...)...)
}

// frames measures the city and the boxes at each tier, and what newer layers cost.
func (b *bench) frames() (string, error) {
	city, err := b.pack(b.city)
	if err != nil {
		return "", err
	}
	boxes, err := b.pack(b.boxes)
	if err != nil {
		return "", err
	}
	cityTable, _, err := b.tiersOf(city, "--orbit", b.cityOrbit)
	if err != nil {
		return "", err
	}
	boxTable, low, err := b.tiersOf(boxes, "--orbit", boxesOrbit, "--fov", boxesFOV)
	if err != nil {
		return "", err
	}
	layers, err := b.layersCost()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`One frame at each of several places of the flight: the camera has moved since the frame
before, tiles are chosen, shadows are redrawn, and the frame is finished before the clock
stops. Medians in milliseconds; CPU is the mean of what all cores worked. Passes come from a
run of their own that finishes each pass, so their sum is a little above the frame's time.
Renderer: %s.

### %s, obliquely (`+"`--orbit %s`"+`)
%s
### 20,000 plain buildings from 500 m (`+"`--orbit %s --fov %s`"+`)
%s
The goal for live `+"`low`"+` is 150 ms a frame on two cores: it takes %.0f ms here, %s.

### With furniture, barriers and traffic
%s at tier low, with and without these layers, from above and near the streets.

%s`, low.Renderer, b.cityName, b.cityOrbit, cityTable, boxesOrbit, boxesFOV, boxTable, low.MedianMS, against(low.MedianMS, 150, true), b.cityName, layers), nil
}

// layersCost measures the city with and without what stands and drives on its streets.
func (b *bench) layersCost() (string, error) {
	full, err := b.scene("furnished", cityScene{source: "type: osm, bbox: " + list(b.real.box), file: b.real.osm, relief: true, layers: ground + buildings + trees + furniture + moving})
	if err != nil {
		return "", err
	}
	t := table{head: []string{"flight", "layers", "frame ms", "CPU ms", "of without", "triangles submitted", "peak MB"}}
	place := strings.Join(strings.Split(b.cityOrbit, ",")[:2], ",")
	for _, orbit := range []string{b.cityOrbit, place + ",250,90"} {
		plain := 0.0
		for _, scene := range []string{b.city, full} {
			dir, err := b.pack(scene)
			if err != nil {
				return "", err
			}
			f, err := b.frame(dir, "low", "12", "--orbit", orbit)
			if err != nil {
				return "", err
			}
			name := "with"
			if scene == b.city {
				name, plain = "without", f.MedianMS
			}
			t.row("`--orbit "+orbit+"`", name, fmt.Sprintf("%.1f", f.MedianMS), fmt.Sprintf("%.1f", f.CPUMS), fmt.Sprintf("%.2f", f.MedianMS/plain), fmt.Sprint(f.Triangles), f.peak())
		}
	}
	return t.String(), nil
}

// tiersOf measures frames of a package at each tier; low is what tier low takes.
func (b *bench) tiersOf(dir string, flight ...string) (text string, low frameBench, err error) {
	results := map[string]frameBench{}
	total := map[string]float64{}
	for _, tier := range tiers {
		f, err := b.frame(dir, tier.name, tier.frames, flight...)
		if err != nil {
			return "", low, err
		}
		results[tier.name] = f
		for name, ms := range f.Passes {
			total[name] += ms
		}
	}
	t := table{head: []string{""}}
	row := func(name string, cell func(f frameBench) string) {
		cells := []string{name}
		for _, tier := range tiers {
			cells = append(cells, cell(results[tier.name]))
		}
		t.row(cells...)
	}
	for _, tier := range tiers {
		t.head = append(t.head, tier.name)
	}
	row("**frame**", func(f frameBench) string { return fmt.Sprintf("**%.1f**", f.MedianMS) })
	row("CPU", func(f frameBench) string { return fmt.Sprintf("%.1f", f.CPUMS) })
	names := slices.SortedFunc(maps.Keys(total), func(x, y string) int {
		if total[x] != total[y] {
			return int(1e6 * (total[y] - total[x]))
		}
		return strings.Compare(x, y)
	})
	for _, name := range names {
		if total[name] < float64(len(tiers)) { // below a millisecond on the average
			continue
		}
		row(name, func(f frameBench) string {
			if ms, ok := f.Passes[name]; ok {
				return fmt.Sprintf("%.1f", ms)
			}
			return ""
		})
	}
	row("triangles submitted", func(f frameBench) string { return fmt.Sprint(f.Triangles) })
	row("peak MB", func(f frameBench) string { return f.peak() })
	return t.String(), results["low"], nil
}
