package stage

import (
	"fmt"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// Areas that come and go by time are one cut, of those that are there; it stays the same as long
// as they do, so that tiles are not cut anew.
func TestClipsByTime(t *testing.T) {
	const scenes = `longtake: 1
sources: { zones: { path: zones.geojson, credit: "Data: zones" } }
layers:
  - { id: cut, type: clip, source: zones, time: { %s, speed: 1, fade: 1s } }
camera: { lng: 10.01, lat: 10, height: 4000, heading: 0, pitch: -90 }
`
	zone := func(lng float64, from, to int, name string) string {
		return fmt.Sprintf(`{"type":"Feature","properties":{"from":%d,"to":%d,"name":%q},"geometry":{"type":"Polygon","coordinates":[[[%[4]g,10],[%[5]g,10],[%[5]g,10.01],[%[4]g,10.01],[%[4]g,10]]]}}`, from, to, name, lng, lng+0.01)
	}
	files := func() map[string]string {
		return map[string]string{"zones.geojson": `{"type":"FeatureCollection","features":[` + zone(10, 0, 20, "a") + "," + zone(10.1, 10, 30, "b") + `]}`}
	}
	for clock, want := range map[string]map[float64]int{
		"field: from, until: to": {5: 1, 15: 2, 15.5: 2, 25: 1},
		"field: from, by: name":  {5: 1, 15: 2, 15.5: 2, 25: 2},
	} {
		p := openPlayer(t, fmt.Sprintf(scenes, clock), files())
		var last *drawable.Clip
		for _, at := range []float64{5, 15, 15.5, 25} {
			if _, err := p.Frame(t.Context(), scene.Seconds(at), Shot{Width: 64, Height: 36}); err != nil {
				t.Fatal(err)
			}
			clips, err := p.clips(scene.Seconds(at), 4000, scene.Selection{})
			if err != nil {
				t.Fatal(err)
			}
			if len(clips) != 1 || len(clips[0].Areas) != want[at] {
				t.Fatalf("%s: at %g s there are %d clips, want one of %d areas", clock, at, len(clips), want[at])
			}
			if at == 15.5 && clips[0] != last {
				t.Errorf("%s: of the same areas another clip", clock)
			}
			last = clips[0]
		}
	}
}

// Ids of features that no table tells of are nobody's: tiles of other makers have such.
func TestFeaturesWithoutTable(t *testing.T) {
	mesh := geo.Mesh{Layer: "town", Material: geo.Wall, Positions: [][3]float32{{0, 0, 0}, {10, 0, 0}, {0, 0, 9}}, Indices: []uint32{0, 1, 2}, Features: []uint32{7, 7, 7}}
	c := newLibrary(1<<20).prepare([]geo.Content{{Meshes: []geo.Mesh{mesh}}, {Meshes: []geo.Mesh{mesh}, Features: make([]geo.FeatureRow, 8)}}, "other")
	if got := [2]uint32{c.parts[0].mesh.Vertices[0].Feature, c.parts[1].mesh.Vertices[0].Feature}; got != [2]uint32{0, 8} {
		t.Errorf("features %v, want nobody's 0 and 1 + 7", got)
	}
	if s := c.standing().Of; len(s) != int(c.ids) || s[8] != [2]float32{0, 9} {
		t.Errorf("they stand at %v", s)
	}
}
