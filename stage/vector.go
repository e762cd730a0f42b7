package stage

import (
	"context"
	"errors"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// content counts what the first features of a file are.
type content struct {
	solids, footprints, areas, lines, timed, points int
	number                                          string // a number field, for colours and columns
}

// look reads up to 2000 features.
func look(path string) (content, error) {
	var c content
	enough := errors.New("enough")
	n := 0
	numbers := map[string]int{}
	err := read.Features(context.Background(), path, read.Options{}, func(f geo.Feature) error {
		switch f.Geometry.(type) {
		case orb.Point, orb.MultiPoint:
			c.points++
		case orb.LineString, orb.MultiLineString:
			c.lines++
			if f.Tags["timestamps"] != "" {
				c.timed++
			}
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
		l.Props.(*layers.Buildings).All = c.solids == 0
	case c.areas > 0:
		p := layer(source+"-areas", "choropleth", source).Props.(*layers.Choropleth)
		if c.number != "" {
			p.Color.By = &layers.ColorScale{Field: c.number}
			p.Color.By.SetDefaults()
		}
	}
	if c.timed > 0 {
		layer(source+"-trips", "trip", source)
	} else if c.lines > 0 {
		layer(source+"-lines", "line", source)
	}
	if c.points > 0 && c.footprints == 0 {
		layer(source+"-points", "point", source)
	}
	return nil
}
