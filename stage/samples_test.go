package stage

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// raceScene has three towns whose numbers grow, one of which overtakes the others.
const raceScene = `longtake: 1
sources:
  towns: {path: towns.csv, kinds: {year: number}}
layers:
  - {id: columns, type: column, source: towns, radius: 30, height: {field: v, domain: [0, 100], range: [0, 500]}, color: {field: v, palette: viridis}, time: &t {field: year, by: name, fade: 0.2s}}
  - {id: list, type: ranking, source: towns, name: name, field: v, format: ".0f", limit: 2, zoom: 2.6, anchor: top-right, time: *t}
output: {size: 320x180}
camera: {lng: 7.42, lat: 43.712, height: 1500, heading: 0, pitch: -38}
environment: {time: 2026-06-21T10:00:00Z, globe: {sea: true}}
`

const towns = `name,lng,lat,year,v
Alba,7.41,43.73,2000,80
Alba,7.41,43.73,2010,60
Borgo,7.42,43.73,2000,20
Borgo,7.42,43.73,2004,30
Borgo,7.42,43.73,2010,100
Cala,7.43,43.73,2000,50
Cala,7.43,43.73,2010,50
`

func TestSamplesKeepTheirScale(t *testing.T) {
	p := openPlayer(t, raceScene, map[string]string{"towns.csv": towns})
	heights := func(at float64) (out []float32) {
		f, err := p.Frame(t.Context(), scene.Seconds(at), Shot{Width: 320, Height: 180})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Draws {
			if in, ok := d.What.(*drawable.Instances); ok {
				for _, item := range in.Items {
					out = append(out, item.Scale[1])
				}
			}
		}
		return out
	}
	// Between 2004 and 2010 Borgo goes from 30 to 100: 65 of 100 is 325 m of 500.
	if got := heights(7); len(got) != 3 || got[0] != 330 || got[1] != 325 || got[2] != 250 {
		t.Errorf("at 7 s %v", got)
	}
	if got := heights(2); got[0] != 380 || got[1] != 125 {
		t.Errorf("back at 2 s %v", got)
	}
	// What is pointed at is the thing as it is at the moment.
	p.library.named = true
	heights(7)
	if _, told, ok := p.named.at(p.named[0].base + 1); !ok || !strings.Contains(told, "Borgo") || !strings.Contains(told, "v 65") {
		t.Errorf("told: %s", told)
	}
}

// A moment of samples costs what is there then, however many samples there are.
func TestManySamplesCostNoMore(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("name,lng,lat,year,v\n")
	for i := range 100_000 {
		fmt.Fprintf(&csv, "T%d,7.4%d,43.73,%d,%d\n", i%8, i%8, 2000+i/8, i%997)
	}
	doc := strings.Replace(raceScene, "palette: viridis", "palette: viridis, scale: quantile", 1)
	p := openPlayer(t, doc, map[string]string{"towns.csv": csv.String()})
	moment := func(at float64) {
		if _, err := p.Frame(t.Context(), scene.Seconds(at), Shot{Width: 320, Height: 180}); err != nil {
			t.Fatal(err)
		}
	}
	moment(1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const frames = 20
	for i := range frames {
		moment(1.5 + float64(i)/10)
	}
	runtime.ReadMemStats(&after)
	if each := (after.TotalAlloc - before.TotalAlloc) / frames; each > 400_000 { // the samples are 8 MB
		t.Errorf("a frame takes %d bytes", each)
	}
}

// Pictures and models are read once, however often what bears them is drawn anew.
func TestFilesOfSamplesAreReadOnce(t *testing.T) {
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewNRGBA(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	model, err := os.ReadFile(filepath.Join(filepath.Dir(sampleScene(t)), "pyramid.glb"))
	if err != nil {
		t.Fatal(err)
	}
	for props, made := range map[string]func(d any) any{
		"type: icon, image: dot.png":  func(d any) any { return d.(*drawable.Points).Sprites.Image },
		"type: board, image: dot.png": func(d any) any { return d.(*drawable.Instances).Mesh.Material.Texture },
		"type: model, model: m.glb":   func(d any) any { return d.(*drawable.Instances).Mesh },
	} {
		doc := regexp.MustCompile(`id: columns, type: .* time: &t`).ReplaceAllString(raceScene, "id: columns, source: towns, "+props+", time: &t")
		p := openPlayer(t, doc, map[string]string{"towns.csv": towns, "dot.png": dot.String(), "m.glb": string(model)})
		frame := func(at float64) map[any]bool {
			if _, err := p.Frame(t.Context(), scene.Seconds(at), Shot{Width: 320, Height: 180}); err != nil {
				t.Fatal(props, err)
			}
			out := map[any]bool{}
			for _, d := range p.layers[0].sampled.draws {
				out[made(d.What)] = true
			}
			return out
		}
		before, after := frame(1.5), frame(2.5)
		if len(before) == 0 || !maps.Equal(before, after) {
			t.Errorf("%s: %v, then %v", props, before, after)
		}
	}
}

func TestGoldenSamples(t *testing.T) {
	info := screen(t)
	p := openPlayer(t, raceScene, map[string]string{"towns.csv": towns})
	all := newPainter(t, p.Doc.Output.Size, "low")
	for name, at := range map[string]float64{"before": 6, "overtaking": 7.25} {
		golden.Check(t, "testdata/golden", "samples-"+name, golden.Driver(info.Version, info.Renderer), all.picture(t, p, scene.Seconds(at), p.Doc.Camera))
	}
}
