package stage

import (
	"math"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

func mouse(kind window.Kind, button int, x, y float64) window.Event {
	return window.Event{Kind: kind, Button: button, X: x, Y: y}
}

// TestPointerNamesABuilding: over the lighthouse of the sample city its name is told and it
// is outlined; elsewhere nothing is; a click keeps it until Escape.
func TestPointerNamesABuilding(t *testing.T) {
	p := player(t, samplePackage(t))
	const lng, lat = -30.5112667, 36.4942321 // its middle, as its nodes are mapped
	var x, y float64
	var picks []bool
	told := func(k *kiosk) string {
		if k.live.pointing.over == nil {
			return ""
		}
		f := k.live.pointing.over.feature
		for _, r := range p.named {
			if r.layer == f.layer && r.tile != nil {
				for i := range r.tile.rows {
					if r.tile.rows[i].ID == f.id {
						return tellFeature(f.layer, &r.tile.rows[i])
					}
				}
			}
		}
		return "?"
	}
	runScriptOf(t, p, func(k *kiosk, w *script, frame int) []window.Event {
		at := k.live.pointing
		picks = append(picks, at.under)
		switch frame {
		case 0:
			k.led = true
			k.control.take(scene.NewCamera(earth.Place{Lng: lng, Lat: lat - 0.0025, Height: p.Ground(lng, lat) + 60}, 0, -12).Pose(p.Ground))
		case 20: // its tiles are there
			x, y = k.control.pixel(earth.Place{Lng: lng, Lat: lat, Height: p.Ground(lng, lat) + 20}.ECEF())
			return []window.Event{mouse(window.MouseMove, 0, x, y)}
		case 24:
			if got := told(k); !strings.HasPrefix(got, "Farol de Porto Largo · lighthouse · ") || !strings.HasSuffix(got, " m · buildings") {
				t.Errorf("over the lighthouse: %q", got)
			}
			if len(at.outlines) != 1 || len(at.outlines[0].IDs) == 0 {
				t.Errorf("outlined %v", at.outlines)
			}
			for f := 22; f <= 24; f++ {
				if picks[f] {
					t.Errorf("the pointer rests and frame %d picks", f)
				}
			}
			return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseMove, 0, x+2, y), mouse(window.MouseUp, 0, x+2, y)}
		case 28:
			if k.control.motion != resting || at.selected == nil || at.selected != at.over {
				t.Fatalf("a click selected %v, over %v", at.selected, at.over)
			}
			return []window.Event{mouse(window.MouseMove, 0, 3, 3)} // the sky
		case 32:
			if at.over != nil || at.selected == nil || len(at.outlines) != 1 || at.outlines[0].Color != selectedColor {
				t.Errorf("away from it: over %v, selected %v, %v", at.over, at.selected, at.outlines)
			}
			return []window.Event{escape}
		case 34:
			if at.selected != nil || len(at.outlines) != 0 {
				t.Error("Escape left the selection")
			}
			return []window.Event{mouse(window.MouseMove, 0, x, y)}
		case 38:
			if at.over == nil {
				t.Error("nothing under the pointer")
			}
		case 38 + 61: // it has rested for three seconds
			if at.over != nil {
				t.Error("a pointer that rests is taken for gone")
			}
			return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
		case 104:
			if at.selected == nil {
				t.Error("nothing selected")
			}
			return []window.Event{mouse(window.MouseDown, 0, 3, 3), mouse(window.MouseUp, 0, 3, 3)}
		case 108:
			if at.selected != nil {
				t.Error("a click elsewhere left the selection")
			}
			return []window.Event{escape}
		}
		return nil
	})
}

// The rows of data layers are told by their columns.
func TestPointerTellsRows(t *testing.T) {
	p := dotPlayer(t)
	var got string
	runScriptOf(t, p, func(k *kiosk, w *script, frame int) []window.Event {
		switch frame {
		case 2:
			x, y := k.control.pixel(dot.ECEF())
			return []window.Event{mouse(window.MouseMove, 0, x, y)}
		case 6:
			over := k.live.pointing.over
			if over == nil || over.feature.row != 0 || over.feature.id != "" {
				t.Fatalf("over %v", over)
			}
			got = over.feature.layer
			return []window.Event{escape}
		}
		return nil
	})
	if got == "" {
		t.Error("no layer")
	}
	rows := &table.Table{IDs: []string{"7"}, Columns: []table.Column{
		{Name: "kind", Kind: table.Text, Texts: []string{"tram"}}, {Name: "load", Numbers: []float64{12.345}},
		{Name: "name", Kind: table.Text, Texts: []string{"Central"}}, {Name: "none", Numbers: []float64{math.NaN()}},
	}}
	if got := tellRow("stops", rows, 0); got != "Central · kind tram · load 12.3 · stops" {
		t.Errorf("told %q", got)
	}
}

// beside keeps a callout in the picture wherever the pointer is.
func TestCalloutsStayInThePicture(t *testing.T) {
	p := &pointing{}
	shot := Shot{Width: 1920, Height: 1080}
	for _, at := range [][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}, {0.5, 0.5}} {
		p.at = at
		a := p.beside(&pointed{wide: 400}, shot)
		if right := float64(a.x) + 400.0/1920; a.x < 0 || right > 1 || a.y < 0 || a.y > 1-0.02 {
			t.Errorf("at %v: %v", at, a)
		}
		if d := (mgl64.Vec2{float64(a.x) - at[0], float64(1-a.y) - at[1]}); at[0] == 0.5 && d.Len() > 0.05 {
			t.Errorf("%v away from the pointer", d)
		}
	}
}
