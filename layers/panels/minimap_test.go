package panels

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// looking is a view over so many metres with a field of 2·atan(0.5) upwards, twice as wide.
func looking(lng, lat, height, heading, pitch float64) *drawable.PanelView {
	v := &drawable.PanelView{Eye: [2]float64{lng, lat}, Height: height, Scale: 1}
	sh, ch := math.Sincos(heading * math.Pi / 180)
	sp, cp := math.Sincos(pitch * math.Pi / 180)
	for k, c := range [4][2]float64{{-1, 0.5}, {1, 0.5}, {1, -0.5}, {-1, -0.5}} {
		v.Corners[k] = [3]float64{sh*cp + c[0]*ch - c[1]*sh*sp, ch*cp - c[0]*sh - c[1]*ch*sp, sp + c[1]*cp}
	}
	return v
}

// away is how many metres east and north of the eye a place is.
func away(v *drawable.PanelView, p [2]float64) (e, n float64) {
	return (p[0] - v.Eye[0]) * metresPerDegree * math.Cos(v.Eye[1]*math.Pi/180), (p[1] - v.Eye[1]) * metresPerDegree
}

// Straight down a picture shows a rectangle of ground, turned with the camera; obliquely the
// ground at the distances of its edges, and the horizon where it looks over that.
func TestFootprint(t *testing.T) {
	for name, c := range map[string]struct {
		view *drawable.PanelView
		want [4][2]float64 // metres of the corners from the eye
	}{
		"down":       {looking(8, 47, 1000, 0, -90), [4][2]float64{{-1000, 500}, {1000, 500}, {1000, -500}, {-1000, -500}}},
		"down, east": {looking(8, 47, 1000, 90, -90), [4][2]float64{{500, 1000}, {500, -1000}, {-500, -1000}, {-500, 1000}}},
		"oblique":    {looking(8, 47, 100, 0, -45), [4][2]float64{{-282.8, 300}, {282.8, 300}, {94.3, 33.3}, {-94.3, 33.3}}},
	} {
		foot := footprint(c.view)
		for k, want := range c.want {
			if e, n := away(c.view, foot[k*sidePoints]); math.Hypot(e-want[0], n-want[1]) > 2 {
				t.Errorf("%s: corner %d at %.1f, %.1f; want %v", name, k, e, n, want)
			}
		}
		if h := heading(c.view); math.Abs(h-math.Round(h/90)*90) > 1e-6 {
			t.Errorf("%s: looks to %v", name, h)
		}
	}
	v := looking(8, 47, 100, 0, 0)
	if e, n := away(v, footprint(v)[sidePoints/2]); math.Abs(e) > 1 || math.Abs(n-35696) > 40 { // √(2·6371009·100)
		t.Errorf("the horizon is at %.0f, %.0f", e, n)
	}
	for _, pitch := range []float64{-90, -60, -20, 0, 20, 60} {
		if h := heading(looking(8, 47, 100, 50, pitch)); math.Abs(h-50) > 1e-6 {
			t.Errorf("pitch %v: looks to %v", pitch, h)
		}
	}
}

func miniMap(t *testing.T, props string) (*drawable.Panel, error) {
	t.Helper()
	c, _ := layertest.Context(t, "longtake: 1\nsources: { s: { type: vector, path: s.geojson } }\nlayers: [{ id: l, type: mini-map, source: s, "+props+" }]")
	draws, err := layer.Draw(c)
	if err != nil {
		return nil, err
	}
	return draws[0].What.(*drawable.Panel), nil
}

// What a map shows depends on the view alone, not on those before, and on all of it.
func TestMiniMapIsOfItsView(t *testing.T) {
	const props = "span: 3000, turn: true, shape: round"
	views := []*drawable.PanelView{looking(7.422, 43.733, 300, 0, -30), looking(7.43, 43.735, 300, 70, -30), looking(7.43, 43.735, 300, 70, -60)}
	one, err := miniMap(t, props)
	if err != nil {
		t.Fatal(err)
	}
	var last []byte
	for i, v := range views {
		alone, err := miniMap(t, props)
		if err != nil {
			t.Fatal(err)
		}
		got := one.Paint(v, one.Size[0], one.Size[1]).Pixels
		if !bytes.Equal(got, alone.Paint(v, one.Size[0], one.Size[1]).Pixels) {
			t.Errorf("view %d depends on those before it", i)
		}
		if bytes.Equal(got, last) || i > 0 && one.State(v) == one.State(views[i-1]) {
			t.Errorf("views %d and %d look alike", i-1, i)
		}
		last = got
	}
}

// The plan is true to scale in its middle and back, and goes over the antimeridian.
func TestMiniMapPlan(t *testing.T) {
	g := plan{lng: 179, lat: 60}
	if x, y := g.at(-179, 60); math.Abs(x-2*metresPerDegree/2) > 1 || y != 0 {
		t.Errorf("2° over the antimeridian are %v, %v", x, y)
	}
	a := aimed{x: 40, y: -70, w: 200, h: 100, scale: 0.1, sin: math.Sin(1), cos: math.Cos(1)}
	for _, p := range [][2]float64{{40, -70}, {500, 200}, {-900, 33}} {
		if x, y := a.from(a.to(p[0], p[1])); math.Hypot(x-p[0], y-p[1]) > 1e-9 {
			t.Errorf("%v comes back as %v, %v", p, x, y)
		}
	}
	north := aimed{w: 200, h: 200, scale: 1, sin: math.Sin(math.Pi / 2), cos: math.Cos(math.Pi / 2)}
	if p := north.to(50, 0); math.Abs(p.X-100) > 1e-9 || math.Abs(p.Y-50) > 1e-9 {
		t.Errorf("looking east, what lies there is at %v", p)
	}
}

func TestMiniMapSaysWhatItNeeds(t *testing.T) {
	for _, props := range []string{"image: map.png", "image: map.png, bounds: [1, 2, 3]", "bounds: [10, 0, 5, 5]", "bounds: [0, -91, 5, 5]"} {
		_, err := scene.Parse("test.yaml", []byte("longtake: 1\nlayers: [{ id: l, type: mini-map, "+props+" }]"), layer.Types())
		if err == nil || !strings.Contains(err.Error(), "bounds") {
			t.Errorf("%s: %v", props, err)
		}
	}
	if _, err := miniMap(t, "fill: { field: nothing }"); err == nil || !strings.Contains(err.Error(), `"nothing"`) {
		t.Errorf("a missing field: %v", err)
	}
	c, _ := layertest.Context(t, "longtake: 1\nlayers: [{ id: l, type: mini-map }]")
	c.Table = nil
	if _, err := layer.Draw(c); err == nil || !strings.Contains(err.Error(), "needs a source") {
		t.Errorf("without a source: %v", err)
	}
	c.Table = layertest.Table()
	c.Table.Geometry = make([]orb.Geometry, len(c.Table.Geometry))
	if _, err := layer.Draw(c); err == nil || !strings.Contains(err.Error(), "geometry") {
		t.Errorf("without a geometry: %v", err)
	}
}

// Rows that come and go by time change one map; they do not make one each.
func TestMiniMapIsOne(t *testing.T) {
	if w, ok := any(&MiniMap{}).(interface{ DrawsWhole() bool }); !ok || !w.DrawsWhole() {
		t.Error("a map for each time")
	}
}

// A selection takes rows off the map and leaves its extent, whatever is left.
func TestMiniMapOfASelection(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: { s: { type: vector, path: s.geojson } }\nlayers: [{ id: l, type: mini-map, source: s }]")
	survey := func(c *layer.Context) (g plan) {
		if err := g.survey(c.Layer.Props.(*MiniMap), c, nil); err != nil {
			t.Fatal(err)
		}
		return g
	}
	all := survey(c)
	for want, shown := range []layer.Shown{{false, false, false, false}, {true, false, false, false}} {
		g := survey(c.Only(shown))
		if len(g.shapes) != want {
			t.Errorf("%v: %d shapes, want %d", shown, len(g.shapes), want)
		}
		if g.w != all.w || g.h != all.h || g.lng != all.lng || g.lat != all.lat {
			t.Errorf("%v: the extent is %v×%v, not %v×%v", shown, g.w, g.h, all.w, all.h)
		}
	}
}

// ground is what a map of 200×200 pixels shows of features and an image, 0 to 255, by places.
func ground(t *testing.T, props string, picture image.Image, features ...geo.Feature) func(lng, lat float64) [4]uint8 {
	t.Helper()
	c, _ := layertest.Context(t, "longtake: 1\nsources: { s: { type: vector, path: s.geojson } }\nlayers: [{ id: l, type: mini-map, source: s, "+props+" }]")
	c.Table = table.FromFeatures(features)
	m := c.Layer.Props.(*MiniMap)
	o := overview{MiniMap: *m}
	if err := o.ground.survey(m, c, picture); err != nil {
		t.Fatal(err)
	}
	b := canvas.Box{W: 200, H: 200}
	a := o.aim(looking(o.ground.lng, o.ground.lat, 1000, 0, -90), b, 1)
	img := o.ground.picture(m, a, b, 1)
	return func(lng, lat float64) [4]uint8 {
		p := a.to(o.ground.at(lng, lat))
		return [4]uint8(img.Pixels[4*(int(p.Y)*img.Width+int(p.X)):])
	}
}

// Rows on both sides of the antimeridian lie beside each other, and lines take the short way.
func TestMiniMapOverTheAntimeridian(t *testing.T) {
	box := func(w, s, e, n float64) orb.Ring { return orb.Ring{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}} }
	at := ground(t, `bounds: [170, -10, 190, 10], fill: "#ff0000", line: "#00ff00", lineWidth: 5`, nil,
		geo.Feature{Geometry: orb.Polygon{box(-177, -8, -173, -4)}},
		geo.Feature{Geometry: orb.Polygon{box(174, 2, 186, 8), {{-178, 4}, {-178, 6}, {-176, 6}, {-176, 4}, {-178, 4}}}}, // the hole written as usual, the area not
		geo.Feature{Geometry: orb.LineString{{178, 0}, {-178, 0}}},
		geo.Feature{Geometry: orb.Point{-172, 0}})
	for _, c := range []struct {
		lng, lat float64
		want     [4]uint8
	}{
		{-175, -6, [4]uint8{255, 0, 0, 255}}, {175, -6, [4]uint8{}},
		{179, 3, [4]uint8{255, 0, 0, 255}}, {-179, 3, [4]uint8{255, 0, 0, 255}}, {-177, 5, [4]uint8{}},
		{179.5, 0, [4]uint8{0, 255, 0, 255}}, {-179.5, 0, [4]uint8{0, 255, 0, 255}}, {172, 0, [4]uint8{}},
		{-172, 0, [4]uint8{0, 255, 0, 255}},
	} {
		if got := at(c.lng, c.lat); got != c.want {
			t.Errorf("%v at %v, %v; want %v", got, c.lng, c.lat, c.want)
		}
	}
	whole := ground(t, `bounds: [-180, -90, 180, 90], fill: "#ff0000"`, nil, geo.Feature{Geometry: orb.Polygon{{{-180, -90}, {180, -90}, {180, -70}, {-180, -70}, {-180, -90}}}})
	if got := whole(10, -80); got != [4]uint8{255, 0, 0, 255} {
		t.Errorf("an area round the globe is %v", got)
	}
}

// A picture of the globe goes on over the antimeridian; one of less ends at its edges.
func TestMiniMapImageGoesRound(t *testing.T) {
	picture := image.NewNRGBA(image.Rect(0, 0, 720, 360)) // red in the western hemisphere, half clear
	for i := range picture.Pix {
		picture.Pix[i] = map[bool][4]uint8{true: {255, 0, 0, 128}, false: {0, 0, 255, 255}}[i/4%720 < 360][i%4]
	}
	red, blue := [4]uint8{128, 0, 0, 128}, [4]uint8{0, 0, 255, 255}
	for width, want := range map[float64][3][4]uint8{360: {red, blue, red}, 300: {red, blue, {}}} {
		c, _ := layertest.Context(t, fmt.Sprintf("longtake: 1\nlayers: [{ id: l, type: mini-map, span: 2000000, image: map.png, bounds: [%v, -90, %v, 90] }]", -width/2, width/2))
		c.Table = nil
		m := c.Layer.Props.(*MiniMap)
		o := overview{MiniMap: *m}
		if err := o.ground.survey(m, c, picture); err != nil {
			t.Fatal(err)
		}
		for k, lng := range []float64{-width/2 + 4, width/2 - 4, width / 2} {
			b := canvas.Box{W: 100, H: 100}
			img := o.ground.picture(m, o.aim(looking(lng, 0, 1000, 0, -90), b, 1), b, 1)
			if got := [4]uint8(img.Pixels[4*(50*100+55):]); got != want[k] { // 1° east of the middle
				t.Errorf("%v° wide: %v at %v°, want %v", width, got, lng, want[k])
			}
		}
	}
}

// Shown small, a picture is its mean, not some of its pixels.
func TestMiniMapImageIsFiltered(t *testing.T) {
	picture := image.NewGray(image.Rect(0, 0, 1001, 1000))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(255 * ((i%1001 + i/1001) % 2))
	}
	g := newAerial(picture, -500, -500, 500, 500, false)
	for scale, slack := range map[float64]int{0.4: 2, 0.1: 2, 0.03: 2} {
		out := &drawable.Image{Width: 20, Height: 20, Channels: 4, Pixels: make([]byte, 1600)}
		g.lay(out, &aimed{w: 20, h: 20, scale: scale, cos: 1}, 1)
		for i, v := range out.Pixels {
			if want := map[bool]int{true: 255, false: 127}[i%4 == 3]; int(v) < want-slack || int(v) > want+slack {
				t.Fatalf("at %v a pixel is %v", scale, v)
			}
		}
	}
}
