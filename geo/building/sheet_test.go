package building

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/roof"
	"github.com/longtake/longtake/geo/earth"
)

// TestSheet writes a field of houses with every roof over every plan as OSM XML, to look
// at (longtake render), and checks that all of it is read and built:
//
//	SHEET=/tmp/roofs.osm go test ./geo/building -run Sheet
func TestSheet(t *testing.T) {
	path := os.Getenv("SHEET")
	if path == "" {
		path = filepath.Join(t.TempDir(), "roofs.osm")
	}
	type tag struct {
		K string `xml:"k,attr"`
		V string `xml:"v,attr"`
	}
	type node struct {
		ID  int     `xml:"id,attr"`
		Lat float64 `xml:"lat,attr"`
		Lon float64 `xml:"lon,attr"`
	}
	type way struct {
		ID   int `xml:"id,attr"`
		Refs []struct {
			Ref int `xml:"ref,attr"`
		} `xml:"nd"`
		Tags []tag `xml:"tag"`
	}
	var doc struct {
		XMLName xml.Name `xml:"osm"`
		Version string   `xml:"version,attr"`
		Nodes   []node   `xml:"node"`
		Ways    []way    `xml:"way"`
	}
	doc.Version = "0.6"
	all := plans()
	columns := []string{"square", "rect", "trapezoid", "L", "T", "U", "H", "round", "oriel"}
	f := earth.FrameAt(here)
	for i, shape := range roof.Shapes {
		for k, name := range columns {
			r := all[name][0]
			lo, _ := bounds(r)
			w := way{ID: len(doc.Ways) + 1, Tags: []tag{{"building", "house"}, {"roof:shape", string(shape)}, {"height", "11"}, {"roof:height", "5"},
				{"roof:colour", "#a5745d"}, {"building:colour", "#e2dbcf"}, {"name", fmt.Sprint(shape, " over ", name)}}}
			if shape == roof.Flat {
				w.Tags = slices.Delete(w.Tags, 3, 4)
			}
			first := len(doc.Nodes) + 1
			for _, p := range r {
				lng, lat := f.Unplan(p[0]-lo[0]+float64(k)*36, p[1]-lo[1]-float64(i)*36)
				doc.Nodes = append(doc.Nodes, node{len(doc.Nodes) + 1, lat, lng})
				w.Refs = append(w.Refs, struct {
					Ref int `xml:"ref,attr"`
				}{len(doc.Nodes)})
			}
			w.Refs = append(w.Refs, struct {
				Ref int `xml:"ref,attr"`
			}{first})
			doc.Ways = append(doc.Ways, w)
		}
	}
	data, err := xml.MarshalIndent(doc, "", " ")
	if err == nil {
		err = os.WriteFile(path, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	report := geo.NewReport()
	bs := assemble(load(t, report, path), f, Options{}, report)
	if len(bs) != len(roof.Shapes)*len(columns) || report.SkippedCount() != 0 {
		t.Errorf("%d buildings of %d: %+v", len(bs), len(roof.Shapes)*len(columns), report.Summary())
	}
}
