package stage

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

// Where a layer stays, a second click on it goes into the other feature in place of the first: the
// layer shows all of its features of the level above, and the levels do not pile up.
func TestAnotherFeatureOfALayerThatStays(t *testing.T) {
	p := drillPlayer(t, "")
	click := func(layer, field, value string) {
		t.Helper()
		frameAt(t, p, 0)
		texts, err := p.tableOf(layer).Strings(field)
		if err != nil {
			t.Fatal(err)
		}
		for row, v := range texts {
			if v != value {
				continue
			}
			if _, ok := p.descend(&feature{layer: layer, row: row}, ascent{camera: scene.Camera{Height: float64(len(p.drilled.path))}}); !ok {
				t.Fatalf("%s leads nowhere", value)
			}
		}
	}
	wants := func(path string, filter string) {
		t.Helper()
		_, towns, _ := drillSeen(t, p, 0)
		if is := fmt.Sprint(p.drilled.path); is != path || len(p.drilled.back) != len(p.drilled.path) || towns != min(len(p.drilled.path)-1, 1) {
			t.Errorf("levels %s with %d ways back and %d towns; %s is wanted", is, len(p.drilled.back), towns, path)
		}
		if is := fmt.Sprint(p.played("provinces").filter); is != filter {
			t.Errorf("the provinces are filtered by %s; %s is wanted", is, filter)
		}
		for i, a := range p.drilled.back {
			if a.camera.Height != float64(i) {
				t.Errorf("level %d leads back to the camera of level %g", i, a.camera.Height)
			}
		}
	}
	click("countries", "iso", "N")
	wants("[{countries N}]", "map[country:N]")
	for range 2 {
		click("provinces", "name", "ne")
		wants("[{countries N} {provinces ne}]", "map[country:N]")
		click("provinces", "name", "nw")
		wants("[{countries N} {provinces nw}]", "map[country:N]")
	}
	click("countries", "iso", "S")
	wants("[{countries S}]", "map[country:S]")
	// What something else chooses of the layer that stays is left alone.
	click("provinces", "name", "se")
	frameAt(t, p, 0)
	if f := p.filterOf(p.Doc.Layer("provinces"), scene.Selection{Filter: map[string]any{"name": "sw"}}); f["name"] != "sw" {
		t.Errorf("the provinces are filtered by %v", f)
	}
}

// Who goes down again during a flight comes back to where that flight went.
func TestDownDuringAFlight(t *testing.T) {
	p := drillPlayer(t, "")
	at := func(k *kiosk, lng, lat float64) []window.Event {
		x, y := k.control.pixel(earth.Place{Lng: lng, Lat: lat}.ECEF())
		return []window.Event{mouse(window.MouseMove, 0, x, y), mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
	}
	runScriptOf(t, p, func(k *kiosk, _ *script, frame int) []window.Event {
		switch frame {
		case 2:
			return at(k, 1.4, 2.7)
		case 8:
			k.drill(&feature{layer: "provinces", row: 3})
		case 80:
			if len(p.drilled.path) != 2 {
				t.Errorf("levels %v", p.drilled.path)
			}
			return []window.Event{escape}
		case 150:
			goal, ok := p.fitOf(scene.Drilled{Layer: "countries", Of: "N"}, 160.0/90, earth.Degrees(k.control.pose.FovY))
			if high := earth.FromECEF(k.control.pose.Eye).Height; !ok || math.Abs(high/goal.Height-1) > 0.02 {
				t.Errorf("the camera is %.0f m high; over the country it is %.0f", high, goal.Height)
			}
			return []window.Event{escape}
		case 196:
			return []window.Event{escape}
		}
		return nil
	})
}

// Boxes are those of the rows that there are now, over the antimeridian too, and what no row has is told.
func TestBoxesOfLevels(t *testing.T) {
	square := func(w, e float64) orb.Polygon {
		return orb.Polygon{{{w, 0}, {e, 0}, {e, 5}, {w, 5}, {w, 0}}}
	}
	rows := &table.Table{IDs: []string{"a", "b"}, Geometry: []orb.Geometry{square(170, 180), square(-180, -175)}, Columns: []table.Column{{Name: "iso", Kind: table.Text, Texts: []string{"F", "F"}}}}
	if b := featureBox(rows, map[string]any{"iso": "F"}); !b.ok || b.box.Min[0] != 170 || b.box.Max[0] != 185 {
		t.Errorf("%v", b)
	}
	p := drillPlayer(t, "")
	frameAt(t, p, 0)
	it := scene.Drilled{Layer: "countries", Of: "F"}
	for range 2 {
		if _, ok := p.fitOf(it, 1, 45); ok {
			t.Error("there is a camera over nothing")
		}
	}
	if told := fmt.Sprint(p.LeftOut()); told == "[]" {
		t.Error("nothing tells that no row has the value")
	}
	p.played("countries").table = rows
	if c, ok := p.fitOf(it, 1, 45); !ok || math.Abs(c.Target.Lng-177.5) > 1e-9 {
		t.Errorf("after new rows: %v %v", c.Target, ok)
	}
}

// Buildings drill by a field that only the drill names, and those below keep to the feature by one
// that only their attributes do.
func TestDrillIntoBuildings(t *testing.T) {
	p := openPlayer(t, `longtake: 1
sources: { h: { path: h.geojson }, s: { path: s.geojson } }
layers:
  - { id: houses, type: buildings, source: h, color: { field: height, range: ["#000000", "#0000ff"] }, events: { click: { drill: { field: district, as: quarter, show: shops } } } }
  - { id: shops, type: buildings, source: s, color: { field: height, range: ["#000000", "#0000ff"] }, attributes: [quarter] }
camera: { lng: 0.0025, lat: -0.004, height: 300, heading: 0, pitch: -35 }
`, map[string]string{
		"h.geojson": `{"type":"FeatureCollection","features":[` + house("1", `"district":"A","height":9`) + "," + house("2", `"district":"B","height":9`) + `]}`,
		"s.geojson": `{"type":"FeatureCollection","features":[` + house("3", `"quarter":"A","height":9`) + "," + house("4", `"quarter":"B","height":9`) + `]}`,
	})
	if rows := drawnRows(p, frameAt(t, p, 0)); !rows["1"] || !rows["2"] || rows["3"] || rows["4"] {
		t.Errorf("%v are drawn", rows)
	}
	if _, ok := p.descend(&feature{layer: "houses", id: "2"}, ascent{}); !ok {
		t.Fatal("a house leads nowhere")
	}
	if rows := drawnRows(p, frameAt(t, p, 0)); rows["1"] || rows["2"] || rows["3"] || !rows["4"] {
		t.Errorf("%v are drawn below", rows)
	}
}
