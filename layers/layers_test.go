package layers

import (
	"bytes"
	"encoding/json"
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
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// rows is one feature of every kind that the data layers draw.
func rows() *table.Table {
	return table.FromFeatures([]geo.Feature{
		{ID: "p", Geometry: orb.Point{7.42, 43.73}, Tags: map[string]string{"name": "Porto", "v": "3", "kind": "a", "lng2": "7.5", "lat2": "43.8"}},
		{ID: "q", Geometry: orb.Point{179.99, -17}, Tags: map[string]string{"name": "Fidschi", "v": "9", "kind": "b", "lng2": "-179.9", "lat2": "-17"}},
		{ID: "l", Geometry: orb.LineString{{7.42, 43.73}, {7.43, 43.74}, {7.44, 43.74}}, Tags: map[string]string{"v": "5", "kind": "a", "timestamps": "[0,4,9]"}},
		{ID: "a", Geometry: orb.Polygon{{{7.42, 43.73}, {7.43, 43.73}, {7.43, 43.74}, {7.42, 43.74}, {7.42, 43.73}}, {{7.424, 43.733}, {7.424, 43.736}, {7.427, 43.736}, {7.427, 43.733}, {7.424, 43.733}}}, Tags: map[string]string{"v": "NA"}},
	})
}

func contextOf(t *testing.T, doc string) (*Context, map[string]int) {
	t.Helper()
	d, err := scene.Parse("test.yaml", []byte(doc), Types())
	if err != nil {
		t.Fatal(err)
	}
	skipped := map[string]int{}
	return &Context{
		Layer: &d.Layers[0], Table: rows(), Tiles: "tiles/x/tileset.json",
		Ground: func(lng, lat float64) float64 { return 40 },
		Skip:   func(row, reason string) { skipped[reason]++ },
		Open:   func(p string) ([]byte, error) { return os.ReadFile(p) },
	}, skipped
}

// TestEveryTypeDrawsAndRoundTrips holds each type of the catalogue to the contract: a
// default layer validates, is described, survives writing and reading, and draws.
func TestEveryTypeDrawsAndRoundTrips(t *testing.T) {
	for name, typ := range Types() {
		if typ.Doc == "" || typ.Group == "" {
			t.Errorf("%s has no documentation", name)
		}
		extra := ""
		if name == "model" {
			continue // it needs a file: see TestModel
		}
		doc := fmt.Sprintf("longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: %s, source: s%s}]\n", name, extra)
		if len(typ.Sources) == 1 {
			doc = strings.Replace(doc, "path: x", "type: "+typ.Sources[0]+", path: x", 1)
		}
		c, _ := contextOf(t, doc)
		if name == "traffic" {
			c.Table = road()
		}
		draws, err := Draw(c)
		if err != nil || len(draws) == 0 {
			t.Errorf("%s: %d draws, %v", name, len(draws), err)
		}
		for _, d := range draws {
			checkFinite(t, name, d.What)
		}
		d, err := scene.Parse("test.yaml", []byte(doc), Types())
		if err != nil {
			t.Fatal(err)
		}
		var a, b bytes.Buffer
		if err := d.Write(&a, scene.YAML); err != nil {
			t.Fatal(err)
		}
		again, err := scene.Parse("test.yaml", a.Bytes(), Types())
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, a.String())
		}
		if err := again.Write(&b, scene.YAML); err != nil || a.String() != b.String() {
			t.Errorf("%s: %v\n%s\n%s", name, err, a.String(), b.String())
		}
	}
	schema, err := scene.Schema(Types())
	if err != nil || !json.Valid(schema) {
		t.Error(err)
	}
}

func checkFinite(t *testing.T, name string, d drawable.Drawable) {
	t.Helper()
	ok := func(p [3]float32) {
		for _, v := range p {
			if math.IsNaN(float64(v)) || math.Abs(float64(v)) > 2e7 {
				t.Fatalf("%s: position %v", name, p)
			}
		}
	}
	switch d := d.(type) {
	case *drawable.Mesh:
		for _, v := range d.Vertices {
			ok(v.Position)
		}
		for _, i := range d.Indices {
			if int(i) >= len(d.Vertices) {
				t.Fatalf("%s: index %d of %d", name, i, len(d.Vertices))
			}
		}
	case *drawable.Lines:
		for _, v := range d.Vertices {
			ok(v.Position)
		}
	case *drawable.Points:
		for _, v := range d.Vertices {
			ok(v.Position)
		}
	case *drawable.Instances:
		for _, v := range d.Items {
			ok(v.Position)
		}
	}
}

func TestScales(t *testing.T) {
	c, _ := contextOf(t, `
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
	draws, err := Draw(c)
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
	for scale, want := range map[string][3]float64{"linear": {0, 0.25, 1}, "log": {0, 0.5, 1}, "quantile": {0, 0.33, 0.66}} {
		f := numberScale(scale, nil, []float64{1, 2, 4, 3, 5, math.NaN()}, 3)
		if scale == "log" {
			f = numberScale(scale, nil, []float64{1, 2, 4}, 3)
		}
		x := [3]float64{f(1), f(2), f(4)}
		if scale == "linear" {
			x[2] = f(5)
		}
		for i := range x {
			if scale != "quantile" && math.Abs(x[i]-want[i]) > 1e-9 {
				t.Errorf("%s: %v, want %v", scale, x, want)
			}
		}
	}
}

func TestWrongFieldNamesTheFields(t *testing.T) {
	c, _ := contextOf(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: column, source: s, height: {field: volume}}]\n")
	if _, err := Draw(c); err == nil || !strings.Contains(err.Error(), "kind, lat2, lng2, name, timestamps, v") {
		t.Error(err)
	}
}

// TestRefineKeepsTheArea: subdivision neither loses nor adds ground, and all edges end
// up short.
func TestRefineKeepsTheArea(t *testing.T) {
	xy := []mgl64.Vec2{{0, 0}, {1000, 30}, {900, 700}, {-50, 400}}
	tris := []uint32{0, 1, 2, 0, 2, 3}
	area := func(xy []mgl64.Vec2, tris []uint32) (s float64) {
		for i := 0; i < len(tris); i += 3 {
			a, b, c := xy[tris[i]], xy[tris[i+1]], xy[tris[i+2]]
			d := ((b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])) / 2
			if d <= 0 {
				t.Errorf("triangle %d has area %v", i/3, d)
			}
			s += d
		}
		return s
	}
	before := area(xy, tris)
	xy, tris = refine(xy, tris, 60)
	if after := area(xy, tris); math.Abs(after-before) > 1e-6*before {
		t.Errorf("area %v became %v", before, after)
	}
	for i := 0; i < len(tris); i += 3 {
		for k := range 3 {
			if l := xy[tris[i+k]].Sub(xy[tris[i+(k+1)%3]]).Len(); l > 60 {
				t.Fatalf("an edge of %v m is left", l)
			}
		}
	}
}

func TestModel(t *testing.T) {
	files, _ := filepath.Glob("../../shared/data/models/gltf-samples/CesiumMilkTruck.glb")
	if len(files) == 0 {
		t.Skip("real data models/gltf-samples is not here")
	}
	d := scene.New()
	l := scene.NewLayer("m", Types()["model"])
	l.Props.(*Model).Model = files[0]
	l.Props.(*Model).At = &scene.Place{Lng: 1, Lat: 2}
	d.Layers = append(d.Layers, l)
	draws, err := Draw(&Context{Layer: &d.Layers[0], Open: os.ReadFile, Skip: func(string, string) {}})
	if err != nil || len(draws) == 0 {
		t.Fatal(len(draws), err)
	}
	if draws[0].What.(*drawable.Instances).Mesh.Radius < 0.1 {
		t.Error("the model has no size")
	}
}

func TestModelFormatGoesByContent(t *testing.T) {
	open := func(string) ([]byte, error) { return []byte("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"), nil }
	l := scene.NewLayer("m", Types()["model"])
	l.Props.(*Model).Model, l.Props.(*Model).At = "tower.glb", &scene.Place{}
	draws, err := Draw(&Context{Layer: &l, Open: open, Skip: func(string, string) {}})
	switch {
	case errors.Is(err, objdae.ErrNotBuilt):
		if !strings.Contains(err.Error(), "tower.glb: built without OBJ and COLLADA") {
			t.Error(err)
		}
	case err != nil || len(draws) != 1: // built with the tag g3n
		t.Error(len(draws), err)
	}
}

func BenchmarkPoints(b *testing.B) {
	var fs []geo.Feature
	for i := range 100000 {
		fs = append(fs, geo.Feature{ID: fmt.Sprint(i), Geometry: orb.Point{float64(i%1000) / 100, float64(i/1000) / 100}, Tags: map[string]string{"v": fmt.Sprint(i % 97)}})
	}
	t := table.FromFeatures(fs)
	l := scene.NewLayer("p", Types()["point"])
	c := &Context{Layer: &l, Table: t, Skip: func(string, string) {}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Draw(c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(fs))*float64(b.N)/b.Elapsed().Seconds(), "points/s")
}

// TestWideAreas: an area as wide as continents lies on the Earth all over, and the
// triangles of a layer stay within their budget.
func TestWideAreas(t *testing.T) {
	c, _ := contextOf(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: choropleth, source: s}]\n")
	c.Table = table.FromFeatures([]geo.Feature{{ID: "w", Geometry: orb.Polygon{{{-170, -60}, {170, -60}, {170, 60}, {-170, 60}, {-170, -60}}}}})
	draws, err := Draw(c)
	if err != nil || len(draws) != 1 {
		t.Fatal(len(draws), err)
	}
	m := draws[0].What.(*drawable.Mesh)
	if n := len(m.Indices) / 3; n < 1000 || n > 4*maxCells {
		t.Errorf("%d triangles", n)
	}
	west, east := 180.0, -180.0
	for _, v := range m.Vertices {
		p := mgl64.TransformCoordinate(mgl64.Vec3{float64(v.Position[0]), float64(v.Position[1]), float64(v.Position[2])}, m.Frame)
		at := earth.FromECEF(p)
		if at.Height < -10 || at.Height > 30000 {
			t.Fatalf("a vertex at %v", at)
		}
		west, east = math.Min(west, at.Lng), math.Max(east, at.Lng)
	}
	if west > -169.9 || east < 169.9 {
		t.Errorf("it reaches from %v to %v", west, east)
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
