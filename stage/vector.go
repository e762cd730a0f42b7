package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/areas"
	"github.com/longtake/longtake/layers/city"
	"github.com/longtake/longtake/layers/flows"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

// content counts what the first features of a file are.
type content struct {
	solids, footprints, areas, lines, timed, points int
	number                                          string  // a number field, for colours and columns
	first, last                                     float64 // seconds of timed lines
}

// times widens the range of seconds by a list of them.
func (c *content) times(list string) {
	var seconds []float64
	if json.Unmarshal([]byte(list), &seconds) != nil || len(seconds) == 0 {
		return
	}
	if c.timed == 0 {
		c.first, c.last = seconds[0], seconds[0]
	}
	c.timed++
	for _, s := range seconds {
		c.first, c.last = min(c.first, s), max(c.last, s)
	}
}

// look reads up to 2000 features; a file all of whose features are left out is an error.
func look(path string) (content, error) {
	var c content
	enough := errors.New("enough")
	n := 0
	numbers := map[string]int{}
	report := geo.NewReport()
	err := read.Features(context.Background(), path, read.Options{Report: report}, func(f geo.Feature) error {
		switch f.Geometry.(type) {
		case orb.Point, orb.MultiPoint:
			c.points++
		case orb.LineString, orb.MultiLineString:
			c.lines++
			c.times(f.Tags["timestamps"])
		default:
			c.areas++
			if f.Surfaces != nil {
				c.solids++
			}
			for _, k := range []string{"height", "building", "building:part", "building:levels", "render_height", "HEIGHT"} {
				if f.Tags[k] != "" {
					c.footprints++
					break
				}
			}
		}
		for k, v := range f.Tags {
			if _, err := strconv.ParseFloat(v, 64); err == nil {
				numbers[k]++
			}
		}
		if n++; n >= 2000 {
			return enough
		}
		return nil
	})
	best := 0
	for k, m := range numbers { // the most common one; ties by name, so that it is always the same
		if m > best || m == best && k < c.number {
			best, c.number = m, k
		}
	}
	if errors.Is(err, enough) {
		err = nil
	}
	if skipped := report.Summary().Skipped; err == nil && n == 0 && len(skipped) > 0 {
		err = badContent(fmt.Errorf("%s: none of its %d features can be used, the first for %q: %s", path, report.SkippedCount(), skipped[0].Reason, skipped[0].IDs[0]))
	}
	if err == nil && n == 0 && report.SkippedCount() == 0 {
		err = badContent(fmt.Errorf("%s: it holds no feature", path))
	}
	return c, err
}

// vectorLayers adds the layers that suit a vector file.
func vectorLayers(path, source string, layer func(id, kind, src string) *scene.Layer) error {
	c, err := look(path)
	if err != nil {
		return err
	}
	switch {
	case c.solids > 0 || c.footprints*2 > c.areas:
		l := layer(source+"-buildings", "buildings", source)
		l.Props.(*city.Buildings).All = c.solids == 0
	case c.areas > 0:
		p := layer(source+"-areas", "choropleth", source).Props.(*areas.Choropleth)
		if c.number != "" {
			p.Color.By = &scale.ColorScale{Mapping: scale.Mapping{Field: c.number}}
			p.Color.By.SetDefaults()
		}
	}
	if c.timed > 0 {
		// All of the data's time in a minute, from where there is something to see.
		l := layer(source+"-trips", "trip", source)
		l.Altitude = 3
		t := l.Props.(*flows.Trip)
		span := max(c.last-c.first, 1)
		t.Start, t.Speed, t.Trail = c.first+span/4, span/60, scene.Seconds(span/12)
	} else if c.lines > 0 {
		layer(source+"-lines", "line", source).Altitude = 3
	}
	if c.points > 0 && c.footprints == 0 {
		layer(source+"-points", "point", source)
	}
	return nil
}
