package stage

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

// drillPlayer plays two countries, north and south of each other, of two provinces each, beside
// each other, and a town in each province.
func drillPlayer(t *testing.T, story string) *Player {
	t.Helper()
	dir := t.TempDir()
	square := func(props string, w, s, e, n string) string {
		return `{"type":"Feature","properties":{` + props + `},"geometry":{"type":"Polygon","coordinates":[[[` + w + `,` + s + `],[` + e + `,` + s + `],[` + e + `,` + n + `],[` + w + `,` + n + `],[` + w + `,` + s + `]]]}}`
	}
	file := func(features ...string) (out string) {
		for i, f := range features {
			if i > 0 {
				out += ","
			}
			out += f
		}
		return `{"type":"FeatureCollection","features":[` + out + `]}`
	}
	for name, text := range map[string]string{
		"countries.geojson": file(square(`"iso":"S"`, "0", "0", "4", "2"), square(`"iso":"N"`, "0", "2", "4", "4")),
		"provinces.geojson": file(square(`"country":"S","name":"sw"`, "0", "0", "2", "2"), square(`"country":"S","name":"se"`, "2", "0", "4", "2"), square(`"country":"N","name":"nw"`, "0", "2", "2", "4"), square(`"country":"N","name":"ne"`, "2", "2", "4", "4")),
		"towns.csv":         "lng,lat,country,name,town\n1,1,S,sw,a\n3,1,S,se,b\n1,3,N,nw,c\n3,3,N,ne,d\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := scene.Parse(filepath.Join(dir, "scene.yaml"), []byte(`longtake: 1
sources: { countries: { path: countries.geojson }, provinces: { path: provinces.geojson }, towns: { path: towns.csv } }
layers:
  - { id: countries, type: choropleth, source: countries, color: "#ff0000", events: { click: { drill: { field: iso, as: country, show: provinces, lasts: 0.5s } } } }
  - { id: provinces, type: choropleth, source: provinces, color: "#00ff00", events: { click: { drill: { field: name, show: towns, stays: true, pitch: -80, lasts: 0.5s } } } }
  - { id: towns, type: point, source: towns, size: 9 }
  - { id: all, type: point, source: towns, size: 7 }
camera: { lng: 2, lat: 2, height: 1200000, heading: 0, pitch: -90 }
environment: { time: 2026-06-21T12:00:00Z }
`+story), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	pkg := filepath.Join(t.TempDir(), "package")
	if _, err := Generate(t.Context(), doc, pkg, GenerateOptions{}); err != nil {
		t.Fatal(err)
	}
	return player(t, pkg)
}

// drillSeen are which layers are shown, and the points of the towns' layer and of that of all towns.
func drillSeen(t *testing.T, p *Player, at float64) (shown string, towns, all int) {
	t.Helper()
	n := dots(frameAt(t, p, at))
	return drillShown(p), n[9], n[7]
}

// A story goes down two levels and up again, at any time asked in any order: layers come and give
// way, rows are those of the feature in linked layers too, and the camera has it in the picture.
func TestStoryGoesDown(t *testing.T) {
	p := drillPlayer(t, `story:
  duration: 20s
  chapters:
    - { id: n, from: 2s, set: { selection: { drill: [{ layer: countries, of: N }] } } }
    - { id: ne, from: 4s, set: { selection: { drill: [{ layer: countries, of: N }, { layer: provinces, of: ne }] } } }
    - { id: up, from: 6s, set: { selection: null } }
`)
	for _, at := range []float64{5, 1, 3, 7, 5, 3} {
		shown, towns, all := drillSeen(t, p, at)
		want := map[float64]struct {
			shown       string
			towns, all  int
			lng, lat, h float64
		}{1: {"c", 0, 4, 2, 2, 1.2e6}, 3: {"p", 0, 2, 2, 3, 0}, 5: {"pt", 1, 1, 3, 3, 0}, 7: {"c", 0, 4, 2, 2, 1.2e6}}[at]
		if shown != want.shown || towns != want.towns || all != want.all {
			t.Errorf("at %v s: layers %s, %d towns and %d in the linked layer", at, shown, towns, all)
		}
		c := controlOf(t, p, at)
		mid, ok := c.under(80, 45)
		place := earth.FromECEF(mid)
		if !ok || math.Abs(place.Lng-want.lng) > 0.05 || math.Abs(place.Lat-want.lat) > 0.1 {
			t.Errorf("at %v s the camera looks at %.2f, %.2f", at, place.Lng, place.Lat)
		}
		if want.h > 0 && math.Abs(earth.FromECEF(c.pose.Eye).Height-want.h) > 1 {
			t.Errorf("at %v s the camera is not the story's", at)
		}
	}
	// Half-way it is between.
	from, half, to := controlOf(t, p, 2).pose.Eye, controlOf(t, p, 2.25).pose.Eye, controlOf(t, p, 3).pose.Eye
	if a, b, c := half.Sub(from).Len(), to.Sub(half).Len(), to.Sub(from).Len(); a < 0.1*c || b < 0.1*c {
		t.Errorf("the camera jumps: %.0f m, then %.0f m", a, b)
	}
}

// controlOf is a control with the camera of a story's time.
func controlOf(t *testing.T, p *Player, at float64) *control {
	t.Helper()
	f := frameAt(t, p, at)
	c := &control{ground: p.Ground, width: 160, height: 90}
	c.pose = scene.Pose{Eye: f.View.Eye, Right: f.View.Right, Up: f.View.Up, Forward: f.View.Forward, FovY: f.View.FovY}
	return c
}

// In the kiosk clicks go down, Esc and a click beside everything up again, and the last Esc ends it.
func TestClicksGoDown(t *testing.T) {
	p := drillPlayer(t, "")
	at := func(k *kiosk, lng, lat float64) []window.Event {
		x, y := k.control.pixel(earth.Place{Lng: lng, Lat: lat}.ECEF())
		return []window.Event{mouse(window.MouseMove, 0, x, y), mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
	}
	wants := func(frame, levels int, shown string) {
		t.Helper()
		if is := drillShown(p); len(p.drilled.path) != levels || is != shown {
			t.Errorf("frame %d: %v, layers %s", frame, p.drilled.path, is)
		}
	}
	start := math.NaN()
	runScriptOf(t, p, func(k *kiosk, _ *script, frame int) []window.Event {
		high := earth.FromECEF(k.control.pose.Eye).Height
		switch frame {
		case 2:
			start = high
			wants(frame, 0, "c")
			return at(k, 1.4, 2.7)
		case 80:
			wants(frame, 1, "p")
			if high > 0.8*start {
				t.Errorf("the camera is %.0f m high over the country, and was %.0f", high, start)
			}
			return at(k, 3.4, 2.7)
		case 140:
			wants(frame, 2, "pt")
			return []window.Event{escape}
		case 150:
			wants(frame, 1, "p")
			return []window.Event{mouse(window.MouseMove, 0, 1, 88), mouse(window.MouseDown, 0, 1, 88), mouse(window.MouseUp, 0, 1, 88)}
		case 196:
			wants(frame, 0, "c")
			if math.Abs(high/start-1) > 0.01 {
				t.Errorf("the camera is %.0f m high up again, and was %.0f", high, start)
			}
			return []window.Event{escape}
		}
		return nil
	})
}

// drillShown are the layers of levels that are shown, by their first letters.
func drillShown(p *Player) (shown string) {
	for _, id := range []string{"countries", "provinces", "towns"} {
		if p.showsLayer(id) {
			shown += id[:1]
		}
	}
	return shown
}

// The box of an area is that of its main part with what lies near it, over the antimeridian too.
func TestMainBox(t *testing.T) {
	square := func(w, s, e, n float64) orb.Polygon {
		return orb.Polygon{{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}}
	}
	for name, c := range map[string]struct {
		g    orb.Geometry
		want orb.Bound
	}{
		"one":          {square(1, 2, 3, 4), orb.Bound{Min: orb.Point{1, 2}, Max: orb.Point{3, 4}}},
		"far away":     {orb.MultiPolygon{square(-54, 2, -52, 5), square(-5, 42, 8, 51)}, orb.Bound{Min: orb.Point{-5, 42}, Max: orb.Point{8, 51}}},
		"island":       {orb.MultiPolygon{square(-5, 42, 8, 51), square(8.5, 41.5, 9.5, 43)}, orb.Bound{Min: orb.Point{-5, 41.5}, Max: orb.Point{9.5, 51}}},
		"antimeridian": {orb.MultiPolygon{square(100, 50, 180, 75), square(-180, 62, -170, 70)}, orb.Bound{Min: orb.Point{100, 50}, Max: orb.Point{190, 75}}},
	} {
		if b := mainBox(c.g); b != c.want {
			t.Errorf("%s: %v", name, b)
		}
	}
	p := drillPlayer(t, "")
	b := orb.Bound{Min: orb.Point{170, -20}, Max: orb.Point{190, -10}}
	for _, aspect := range []float64{0.5, 1.8} {
		pose := p.over(b, -65, aspect, 45).Pose(p.Ground)
		s := drawable.Screen{Eye: pose.Eye, Right: pose.Right, Up: pose.Up, Forward: pose.Forward, FovY: pose.FovY, Width: int(1000 * aspect), Height: 1000}
		least := 1.0
		for _, at := range []earth.Place{{Lng: 170, Lat: -20}, {Lng: -170, Lat: -20}, {Lng: 170, Lat: -10}, {Lng: -170, Lat: -10}} {
			x, y, ok := s.At(at.ECEF())
			x, y = x/float64(s.Width), y/1000
			if least = min(least, x, y, 1-x, 1-y); !ok {
				t.Error("a corner is behind the camera")
			}
		}
		if least < 0.09 || least > 0.13 {
			t.Errorf("aspect %g: the corner is %.3f of the picture from its edge", aspect, least)
		}
	}
}
