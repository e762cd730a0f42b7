package stage

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

// linkedPlayer plays two layers of points: two districts, and ten shops of theirs by turns,
// which open one a minute.
func linkedPlayer(t *testing.T, more string) *Player {
	t.Helper()
	dir := t.TempDir()
	var shops strings.Builder
	shops.WriteString("lng,lat,name,opens\n")
	for i := range 10 {
		fmt.Fprintf(&shops, "%v,10.01,%s,%d\n", 10+float64(i)*0.001, string("AB"[i%2]), 60*i)
	}
	for name, text := range map[string]string{"districts.csv": "lng,lat,district\n10,10,A\n10.02,10,B\n", "shops.csv": shops.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	img := image.NewNRGBA(image.Rect(0, 0, 64, 36))
	for k := 0; k < len(img.Pix); k += 4 {
		img.Pix[k], img.Pix[k+3] = 255, 255
	}
	if err := writeImage(filepath.Join(dir, "a.png"), img, nil); err != nil {
		t.Fatal(err)
	}
	doc, err := scene.Parse(filepath.Join(dir, "scene.yaml"), []byte(`longtake: 1
sources: { districts: { type: table, path: districts.csv, credit: "Data: districts" }, shops: { type: table, path: shops.csv, credit: "Data: shops" } }
layers:
  - { id: districts, type: point, source: districts, size: 40, events: { click: { filter: { field: district, as: name } }, hover: { highlight: { field: district, as: name } } } }
  - { id: shops, type: point, source: shops, size: 9 `+more+`
camera: { lng: 10.01, lat: 10, height: 4000, heading: 0, pitch: -90 }
environment: { time: 2026-06-21T12:00:00Z }
`), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	pkg := filepath.Join(t.TempDir(), "package")
	if _, err := Generate(t.Context(), doc, pkg, GenerateOptions{}); err != nil {
		t.Fatal(err)
	}
	return player(t, pkg)
}

// dots counts the vertices of the points of a frame by their size.
func dots(f *pipeline.Frame) map[float32]int {
	out := map[float32]int{}
	for _, d := range f.Draws {
		if p, ok := d.What.(*drawable.Points); ok {
			for _, v := range p.Vertices {
				out[v.Size]++
			}
		}
	}
	return out
}

func frameAt(t *testing.T, p *Player, seconds float64) *pipeline.Frame {
	t.Helper()
	q, _ := pipeline.Tier("draft")
	f, err := p.Frame(t.Context(), scene.Seconds(seconds), Shot{Width: 160, Height: 90, Quality: q})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestStorySelects: a chapter's selection filters the layers that have the field but the one
// that selects, and outlines rows, at any time asked in any order.
func TestStorySelects(t *testing.T) {
	p := linkedPlayer(t, `}
story: { chapters: [{ id: all, from: 0s }, { id: a, from: 1s, set: { selection: { filter: { name: A }, highlight: { name: A } } } }, { id: none, from: 2s, set: { selection: null } }] }`)
	for _, at := range []float64{2.5, 1.5, 0.5, 1.5, 2.5} {
		f := frameAt(t, p, at)
		want, outlined := 10, 0
		if at == 1.5 {
			want, outlined = 5, 2
		}
		if n := dots(f); n[9] != want || n[40] != 2 {
			t.Errorf("at %v s: %d shops and %d districts", at, n[9], n[40])
		}
		if len(f.Outlines) != outlined { // the shops', and the district that they are filtered by
			t.Errorf("at %v s: %d outlines", at, len(f.Outlines))
		}
	}
	if got := strings.Join(p.Doc.Credits, "; "); got != "Data: districts; Data: shops" {
		t.Errorf("credits: %s", got)
	}
}

// TestRowsByTheirTime: rows come one after the other and go again, a pure function of time.
func TestRowsByTheirTime(t *testing.T) {
	p := linkedPlayer(t, `, time: { field: opens, window: 180, step: 60, speed: 60, fade: 0s } }
story: { duration: 20s }`)
	for _, at := range []float64{12.5, 0.5, 5.5, 2.5, 5.5} {
		want := map[float64]int{0.5: 1, 2.5: 3, 5.5: 3, 12.5: 0}[at]
		if n := dots(frameAt(t, p, at)); n[9] != want || n[40] != 2 {
			t.Errorf("at %v s: %d shops of %d", at, n[9], want)
		}
	}
}

// TestClickFilters: in the kiosk a click on a district leaves its shops, a click beside it all;
// the pointer over a district outlines its shops.
func TestClickFilters(t *testing.T) {
	p := linkedPlayer(t, `}`)
	seen := func() map[float32]int { return dots(frameAt(t, p, 0)) }
	var x, y float64
	runScriptOf(t, p, func(k *kiosk, w *script, frame int) []window.Event {
		switch frame {
		case 2:
			x, y = k.control.pixel(earth.Place{Lng: 10, Lat: 10}.ECEF())
			return []window.Event{mouse(window.MouseMove, 0, x, y)}
		case 6:
			if s := p.links.hover; s.Highlight["name"] != "A" {
				t.Errorf("the pointer is over district A, and %v", s)
			}
			return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
		case 10:
			if n := seen(); n[9] != 5 || n[40] != 2 {
				t.Errorf("a click left %d shops and %d districts", n[9], n[40])
			}
			return []window.Event{mouse(window.MouseDown, 0, 3, 3), mouse(window.MouseUp, 0, 3, 3)}
		case 14:
			if n := seen(); n[9] != 10 || len(p.links.hover.Highlight) != 0 {
				t.Errorf("a click elsewhere left %d shops, highlighted %v", n[9], p.links.hover)
			}
			return []window.Event{escape}
		}
		return nil
	})
}
