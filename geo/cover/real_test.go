package cover_test

import (
	"archive/zip"
	"context"
	"encoding/binary"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/internal/realdata"
)

// city is a real extract with the box that is looked at and points whose side of the
// coast is known.
type city struct {
	name      string
	path      []string
	box       geo.Bound
	elev      func(t testing.TB) geo.Elevation
	seaLevel  float64
	sea, land [][2]float64 // lng, lat
}

var cities = []city{
	{name: "monaco-osrm", path: []string{"city-monaco", "monaco-osrm.osm.pbf"}, box: geo.Bound{West: 7.395, South: 43.718, East: 7.455, North: 43.757}, elev: monacoElevation,
		sea: [][2]float64{{7.435, 43.725}, {7.445, 43.735}, {7.427, 43.7335}}, land: [][2]float64{{7.4246, 43.7314}, {7.41, 43.735}, {7.43, 43.75}}},
	{name: "monaco-planetiler", path: []string{"city-monaco", "monaco-planetiler.osm.pbf"}, box: geo.Bound{West: 7.405, South: 43.718, East: 7.445, North: 43.753}, elev: monacoElevation,
		sea: [][2]float64{{7.435, 43.725}, {7.44, 43.735}}, land: [][2]float64{{7.4246, 43.7314}, {7.415, 43.735}, {7.425, 43.745}}},
	{name: "san-francisco", path: []string{"city-sanfrancisco", "sf-downtown.osm.pbf"}, box: geo.Bound{West: -122.43, South: 37.765, East: -122.385, North: 37.81}, elev: sanFranciscoElevation,
		sea: [][2]float64{{-122.388, 37.797}, {-122.39, 37.805}}, land: [][2]float64{{-122.41, 37.79}, {-122.42, 37.775}, {-122.40, 37.78}}},
	{name: "andorra", path: []string{"city-andorra", "andorra.osm.pbf"}, box: geo.Bound{West: 1.42, South: 42.43, East: 1.79, North: 42.66}, land: [][2]float64{{1.52, 42.5}}},
	{name: "berlin", path: []string{"city-berlin", "siegessaeule.osm.gz"}, box: geo.Bound{West: 13.335, South: 52.507, East: 13.365, North: 52.521}, land: [][2]float64{{13.35, 52.514}}},
	{name: "taipei", path: []string{"city-taipei", "taipei.osm"}, box: geo.Bound{West: 121.518, South: 25.048, East: 121.532, North: 25.058}, land: [][2]float64{{121.525, 25.05}}},
	{name: "porto-alegre", path: []string{"city-portoalegre", "poa.osm.pbf"}, box: geo.Bound{West: -51.26, South: -30.11, East: -51.14, North: -29.99}, land: [][2]float64{{-51.2, -30.05}}},
}

// TestCities builds the cover of real extracts, checks the triangles and the sea, and
// paints a plan where $LONGTAKE_PICTURES names a folder.
func TestCities(t *testing.T) {
	for _, c := range cities {
		t.Run(c.name, func(t *testing.T) {
			features := readOSM(t, realdata.Path(t, c.path...))
			frame := earth.FrameAt(earth.Place{Lng: (c.box.West + c.box.East) / 2, Lat: (c.box.South + c.box.North) / 2})
			in := cover.Input{Features: features, Frame: frame, Report: geo.NewReport()}
			if c.elev != nil {
				in.Elevation = c.elev(t)
			}
			lo := [2]float64{}
			lo[0], lo[1] = frame.Plan(c.box.West, c.box.South)
			x, y := frame.Plan(c.box.East, c.box.North)
			rect := orb.Bound{Min: lo, Max: orb.Point{x, y}}
			sea := cover.Sea(features, frame, rect, in.Elevation, c.seaLevel, in.Report)
			patches := cover.SeaPatches(sea, "water", c.seaLevel, in.Report)
			patches = append(patches, cover.Areas(in, "areas")...)
			patches = append(patches, cover.Water(in, "water")...)
			ground := in.Elevation
			if ground == nil {
				ground = geo.FlatElevation(0)
			}
			trees := geo.Content{Frame: frame}
			cover.NewPlanting(&geo.Block{Frame: frame, Square: rect, Features: features, Elevation: ground, Report: in.Report}, "trees", cover.PlantOptions{}).Make(0, &trees)
			s := in.Report.Summary()
			t.Logf("%d features; made %v; notes %v", len(features), s.Made, s.Notes)
			for _, k := range s.Skipped {
				t.Logf("skipped %d: %s %v", k.Count, k.Reason, k.IDs[:min(4, len(k.IDs))])
			}
			if n := in.Report.SkippedCount(); n*100 > len(features) {
				t.Errorf("%d skipped", n)
			}
			for i := range patches {
				checkPatch(t, &patches[i])
			}
			seaAndLand(t, frame, sea, c.sea, c.land)

			if dir := os.Getenv("LONGTAKE_PICTURES"); dir != "" {
				paint(t, filepath.Join(dir, c.name+".png"), rect, patches, trees, buildings(features), frame)
			}
		})
	}
}

func checkPatch(t *testing.T, p *cover.Patch) {
	t.Helper()
	if len(p.UV) != len(p.Points) || p.Bias < 1 || p.Bias > 20 || p.Width <= 0 || p.Color[3] != 255 || p.Class == "" {
		t.Fatalf("bad patch %s of feature %d: bias %d, width %g", p.Class, p.Feature, p.Bias, p.Width)
	}
	for i := 0; i < len(p.Indices); i += 3 {
		a, b, c := p.Points[p.Indices[i]], p.Points[p.Indices[i+1]], p.Points[p.Indices[i+2]]
		if s := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0]); !(s > 0) {
			t.Fatalf("%s of feature %d: triangle of area %g", p.Class, p.Feature, s/2)
		}
	}
}

func buildings(features []geo.Feature) (out []geo.Feature) {
	for _, f := range features {
		if f.Tags["building"] != "" {
			out = append(out, f)
		}
	}
	return out
}

// readOSM reads an extract.
func readOSM(t testing.TB, path string) (out []geo.Feature) {
	t.Helper()
	err := read.Features(context.Background(), path, read.Options{Report: geo.NewReport()}, func(f geo.Feature) error {
		out = append(out, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// raster is heights on a regular grid of degrees, rows from the north.
type raster struct {
	box  geo.Bound
	w, h int
	at   []float64
}

// HeightAt is bilinear; cells without data are not known.
func (r raster) HeightAt(lng, lat float64) (float64, bool) {
	if !r.box.Contains(lng, lat) {
		return 0, false
	}
	x, y := (lng-r.box.West)/(r.box.East-r.box.West)*float64(r.w-1), (r.box.North-lat)/(r.box.North-r.box.South)*float64(r.h-1)
	i, j := min(int(x), r.w-2), min(int(y), r.h-2)
	u, v := x-float64(i), y-float64(j)
	h := (r.at[j*r.w+i]*(1-u)+r.at[j*r.w+i+1]*u)*(1-v) + (r.at[(j+1)*r.w+i]*(1-u)+r.at[(j+1)*r.w+i+1]*u)*v
	return h, !math.IsNaN(h)
}

func monacoElevation(t testing.TB) geo.Elevation {
	z, err := zip.OpenReader(realdata.Path(t, "city-monaco", "N43E007.hgt.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	r := raster{geo.Bound{West: 7, South: 43, East: 8, North: 44}, 1201, 1201, make([]float64, 1201*1201)}
	for i := range r.at {
		v := int16(binary.BigEndian.Uint16(b[2*i:]))
		r.at[i] = float64(v)
		if v == -32768 {
			r.at[i] = math.NaN()
		}
	}
	return r
}

func sanFranciscoElevation(t testing.TB) geo.Elevation {
	f, err := os.Open(realdata.Path(t, "city-sanfrancisco", "sf-heightmap-8bit.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	b := img.Bounds()
	r := raster{geo.Bound{West: -122.5233, South: 37.6493, East: -122.3566, North: 37.8159}, b.Dx(), b.Dy(), make([]float64, b.Dx()*b.Dy())}
	for i := range r.at {
		g, _, _, _ := img.At(b.Min.X+i%r.w, b.Min.Y+i/r.w).RGBA()
		r.at[i] = float64(g>>8) * 1.21
	}
	return r
}

// seaAndLand checks on which side of the coast places lie.
func seaAndLand(t *testing.T, frame earth.Frame, sea orb.MultiPolygon, wet, dry [][2]float64) {
	t.Helper()
	for _, p := range wet {
		if x, y := frame.Plan(p[0], p[1]); !inSea(sea, x, y) {
			t.Errorf("%v should be sea", p)
		}
	}
	for _, p := range dry {
		if x, y := frame.Plan(p[0], p[1]); inSea(sea, x, y) {
			t.Errorf("%v should be land", p)
		}
	}
}
