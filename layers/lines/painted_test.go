package lines

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// Widths of a list belong to vertices, in their order through all lines of a row, and what lies
// between two has its share of both; lists of another length are left out.
func TestValuesOfVertices(t *testing.T) {
	c, skipped := layertest.Context(t, `
longtake: 1
sources: {s: {path: x}}
layers: [{id: a, type: line, source: s, width: {field: w, scale: identity}}]
`)
	const far = 0.0018 // degrees: two hundred metres, so that points come between on the ground
	c.Table = table.FromFeatures([]geo.Feature{
		{ID: "two", Geometry: orb.MultiLineString{{{0, 0}, {far, 0}}, {{0, 1}, {far, 1}}}, Tags: map[string]string{"w": "[1,5,10,30]"}},
		{ID: "short", Geometry: orb.LineString{{0, 0}, {far, 0}}, Tags: map[string]string{"w": "[1,2,3]"}},
		{ID: "point", Geometry: orb.Point{0, 0}, Tags: map[string]string{"w": "[1]"}},
	})
	c.Layer.Clamp = "ground"
	draws, err := c.Layer.Props.(*Line).Draw(c)
	if err != nil || len(draws) != 1 {
		t.Fatal(len(draws), err)
	}
	d := draws[0].What.(*drawable.Lines)
	if len(d.Starts) != 2 || skipped["values and vertices differ in number"] != 1 || skipped["no line or area geometry"] != 1 {
		t.Fatalf("%d lines, skipped %v", len(d.Starts), skipped)
	}
	for i, ends := range [][2]float32{{1, 5}, {10, 30}} {
		line := d.Vertices[d.Starts[i]:]
		if i == 0 {
			line = line[:d.Starts[1]]
		}
		n := len(line) - 1
		if n < 3 {
			t.Fatalf("line %d has %d segments: none of its points lies between", i, n)
		}
		for k, v := range line {
			want := ends[0] + (ends[1]-ends[0])*float32(k)/float32(n)
			if math.Abs(float64(v.Width-want)) > 1e-4 {
				t.Errorf("line %d, point %d of %d is %v wide, want %v", i, k, n, v.Width, want)
			}
		}
	}
}

// A tube is closed: each edge meets its opposite once, on open ways by their lids and on rings
// by the way round.
func TestTubesAreClosed(t *testing.T) {
	c, _ := layertest.Context(t, `
longtake: 1
sources: {s: {path: x}}
layers: [{id: a, type: tube, source: s, radius: 3, sides: 7}]
`)
	for name, g := range map[string]orb.Geometry{
		"bent": orb.LineString{{0, 0}, {0.0005, 0}, {0.0005, 0.0004}, {0.0001, 0.0005}},
		"ring": orb.Polygon{{{0, 0}, {0.0005, 0}, {0.0005, 0.0005}, {0, 0.0005}, {0, 0}}},
	} {
		c.Table = table.FromFeatures([]geo.Feature{{ID: "a", Geometry: g}})
		draws, err := c.Layer.Props.(*Tube).Draw(c)
		if err != nil || len(draws) != 1 {
			t.Fatal(name, len(draws), err)
		}
		m := draws[0].What.(*drawable.Mesh)
		type point [3]int32
		at := func(i uint32) point { // in millimetres: lids have corners of their own
			p := m.Vertices[i].Position
			return point{int32(math.Round(float64(p[0]) * 1e3)), int32(math.Round(float64(p[1]) * 1e3)), int32(math.Round(float64(p[2]) * 1e3))}
		}
		edges := map[[2]point]int{}
		for i := 0; i < len(m.Indices); i += 3 {
			for k := range 3 {
				edges[[2]point{at(m.Indices[i+k]), at(m.Indices[i+(k+1)%3])}]++
			}
		}
		for e, n := range edges {
			if n != 1 || edges[[2]point{e[1], e[0]}] != 1 {
				t.Errorf("%s: edge %v is there %d times, its opposite %d", name, e, n, edges[[2]point{e[1], e[0]}])
				break
			}
		}
	}
}
