package stage

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/pipeline/window"
)

// The host is handed what the document says: once when a layer is there, and with the feature's
// row when it is pointed at and clicked; a pointer that stays over it tells nothing again.
func TestHostIsHandedData(t *testing.T) {
	text := strings.Replace(dotScene, "type: point,", "type: point, events: { loaded: { page: dots }, hover: { data: 1 }, click: { data: [open, 2] } },", 1)
	if text == dotScene {
		t.Fatal("no point in the scene")
	}
	p := openPlayer(t, text, map[string]string{"dots.csv": fmt.Sprintf("lng,lat,load\n%v,%v,12\n", dot.Lng, dot.Lat)})
	var got []string
	runScriptOf(t, p, func(k *kiosk, w *script, frame int) []window.Event {
		x, y := k.control.pixel(dot.ECEF())
		switch frame {
		case 0:
			k.live.pointing.tells = func(h Happening) {
				line, err := json.Marshal(h)
				if err != nil {
					t.Error(err)
				}
				got = append(got, string(line))
			}
		case 2, 6:
			return []window.Event{mouse(window.MouseMove, 0, x, y)}
		case 10:
			return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
		case 14:
			return []window.Event{escape, escape}
		}
		return nil
	})
	want := []string{
		`{"event":"loaded","layer":"dots","data":{"page":"dots"}}`,
		`{"event":"hover","layer":"dots","id":"line 2","values":{"load":12},"data":1}`,
		`{"event":"click","layer":"dots","id":"line 2","values":{"load":12},"data":["open",2]}`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("handed\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
