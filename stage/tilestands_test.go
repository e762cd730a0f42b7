package stage

import (
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Other makers number features of which no table tells: those are nobody's, and stand on the
// lowest point of what has none.
func TestFeaturesWithoutATable(t *testing.T) {
	mesh := geo.Mesh{Positions: [][3]float32{{0, 0, 5}, {1, 0, 5}, {0, 1, 9}}, Indices: []uint32{0, 1, 2}, Features: []uint32{70, 70, 1<<32 - 1}}
	known := mesh
	known.Features = []uint32{0, 0, 0}
	c := (&library{named: true}).prepare([]geo.Content{
		{Frame: earth.FrameAt(earth.Place{}), Meshes: []geo.Mesh{known}, Features: []geo.FeatureRow{{ID: "a"}}},
		{Frame: earth.FrameAt(earth.Place{}), Meshes: []geo.Mesh{mesh}},
	}, "tile")
	for i, v := range c.parts[1].mesh.Vertices {
		if v.Feature != 2 || c.rows[v.Feature].ID != "" {
			t.Errorf("vertex %d is of feature %d of %d", i, v.Feature, c.ids)
		}
	}
	if s := c.standing().Of; len(s) != 3 || s[0] != [2]float32{5, 9} || s[2] != [2]float32{5, 9} {
		t.Errorf("they stand on %v", s)
	}
}
