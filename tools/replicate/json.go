package main

import (
	"encoding/json"
	"io"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"github.com/longtake/longtake/geo"
)

// lines writes GeoJSON, a feature a line: text, and so many times the size of a PBF file
// of the same features.
type lines struct {
	out  *json.Encoder
	next int // number of the next feature
}

func newLines(out io.Writer) *lines { return &lines{out: json.NewEncoder(out)} }

// copy writes the features, shifted by degrees.
func (l *lines) copy(features []geo.Feature, dx, dy float64) error {
	type object = map[string]any
	for i := range features {
		shifted := project.Geometry(orb.Clone(features[i].Geometry), func(p orb.Point) orb.Point {
			return orb.Point{degrees(p[0] + dx), degrees(p[1] + dy)}
		})
		l.next++
		geometry := object{"type": shifted.GeoJSONType(), "coordinates": shifted}
		if err := l.out.Encode(object{"type": "Feature", "id": strconv.Itoa(l.next), "properties": features[i].Tags, "geometry": geometry}); err != nil {
			return err
		}
	}
	return nil
}

func (*lines) close() error { return nil }
