package points

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/align"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/objdae"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

func TestWrongFieldNamesTheFields(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: column, source: s, height: {field: volume}}]\n")
	if _, err := layer.Draw(c); err == nil || !strings.Contains(err.Error(), "kind, lat2, lng2, name, timestamps, v") {
		t.Error(err)
	}
}

func TestScales(t *testing.T) {
	c, _ := layertest.Context(t, `
longtake: 1
sources: {s: {path: x}}
layers:
  - id: a
    type: point
    source: s
    clamp: ground
    color: {field: v, range: ["#000000", "#ffffff"], domain: [3, 9]}
    size: {field: v, scale: sqrt, range: [2, 10]}
`)
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	p := draws[0].What.(*drawable.Points)
	if p.Vertices[0].Color[0] != 0 || p.Vertices[1].Color[0] != 255 || p.Vertices[0].Size != 2 || p.Vertices[1].Size != 10 {
		t.Errorf("%+v", p.Vertices)
	}
	at := earth.FromECEF(mgl64.TransformCoordinate(mgl64.Vec3{float64(p.Vertices[0].Position[0]), float64(p.Vertices[0].Position[1]), float64(p.Vertices[0].Position[2])}, p.Frame))
	if math.Abs(at.Height-40) > 1 || math.Abs(at.Lng-7.42) > 1e-5 { // the two points are half a world apart
		t.Errorf("the first point is at %v", at)
	}
}

func TestModel(t *testing.T) {
	files, _ := filepath.Glob("../../shared/data/models/gltf-samples/CesiumMilkTruck.glb")
	if len(files) == 0 {
		t.Skip("real data models/gltf-samples is not here")
	}
	d := scene.New()
	l := scene.NewLayer("m", layer.Types()["model"])
	l.Props.(*Model).Model = files[0]
	l.Props.(*Model).At = &scene.Place{Lng: 1, Lat: 2}
	d.Layers = append(d.Layers, l)
	draws, err := layer.Draw(&layer.Context{Layer: &d.Layers[0], Open: os.ReadFile, Skip: func(string, string) {}})
	if err != nil || len(draws) == 0 {
		t.Fatal(len(draws), err)
	}
	if draws[0].What.(*drawable.Instances).Mesh.Radius < 0.1 {
		t.Error("the model has no size")
	}
}

func TestModelFormatGoesByContent(t *testing.T) {
	open := func(string) ([]byte, error) { return []byte("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"), nil }
	l := scene.NewLayer("m", layer.Types()["model"])
	l.Props.(*Model).Model, l.Props.(*Model).At = "tower.glb", &scene.Place{}
	draws, err := layer.Draw(&layer.Context{Layer: &l, Open: open, Skip: func(string, string) {}})
	switch {
	case errors.Is(err, objdae.ErrNotBuilt):
		if !strings.Contains(err.Error(), "tower.glb: built without OBJ and COLLADA") {
			t.Error(err)
		}
	case err != nil || len(draws) != 1: // built with the tag g3n
		t.Error(len(draws), err)
	}
}

// TestModelControl places a model by points: its corners come to their places.
func TestModelControl(t *testing.T) {
	m := modelType.New().(*Model)
	truth := align.At(earth.Place{Lng: 7.4, Lat: 43.7, Height: 12}, 40, 3)
	for _, p := range [][3]float64{{0, 0, 0}, {1, 0, 0}, {0, 2, 0}, {0, 0, 4}} { // y up
		at := truth.Frame.Place(truth.Apply(mgl64.Vec3{p[0], -p[2], p[1]}))
		m.Control = append(m.Control, ControlPoint{Model: p, At: scene.Place{Lng: at.Lng, Lat: at.Lat, Height: at.Height - 5}})
	}
	p, ok, err := m.Placement(func(_, _ float64) float64 { return 5 }, 0)
	if !ok || err != nil || p.RMS > 1e-6 || math.Abs(p.Scale-3) > 1e-6 {
		t.Fatalf("%+v, %v, %v", p, ok, err)
	}
	v := mgl64.Vec3{2, 3, 4}
	if d := p.Frame.FromLocal(p.Apply(v)).Sub(truth.Frame.FromLocal(truth.Apply(v))).Len(); d > 1e-6 {
		t.Errorf("%v m off", d)
	}
	m.At = &scene.Place{}
	found := 0
	m.CheckScene(func(_, _, _ string) { found++ })
	if found != 1 {
		t.Errorf("%d complaints about at beside control", found)
	}
}

func BenchmarkPoints(b *testing.B) {
	var fs []geo.Feature
	for i := range 100000 {
		fs = append(fs, geo.Feature{ID: fmt.Sprint(i), Geometry: orb.Point{float64(i%1000) / 100, float64(i/1000) / 100}, Tags: map[string]string{"v": fmt.Sprint(i % 97)}})
	}
	t := table.FromFeatures(fs)
	l := scene.NewLayer("p", layer.Types()["point"])
	c := &layer.Context{Layer: &l, Table: t, Skip: func(string, string) {}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := layer.Draw(c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(fs))*float64(b.N)/b.Elapsed().Seconds(), "points/s")
}
