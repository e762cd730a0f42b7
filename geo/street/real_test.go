package street_test

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/geo/street"
	"github.com/longtake/longtake/internal/realdata"
)

var cities = []struct {
	name string
	path []string
	box  geo.Bound // of the picture
}{
	{"san-francisco", []string{"city-sanfrancisco", "sf-downtown.osm.pbf"}, geo.Bound{West: -122.4030, South: 37.7830, East: -122.3960, North: 37.7885}},
	{"monaco", []string{"city-monaco", "monaco-osrm.osm.pbf"}, geo.Bound{West: 7.424, South: 43.737, East: 7.430, North: 43.7415}},
	{"berlin", []string{"city-berlin", "siegessaeule.osm.gz"}, geo.Bound{West: 13.347, South: 52.5125, East: 13.3535, North: 52.5165}},
	{"liechtenstein", []string{"city-liechtenstein", "liechtenstein-2013.osm.pbf"}, geo.Bound{West: 9.505, South: 47.163, East: 9.511, North: 47.1675}},
}

// block is one that holds all of the features.
func wholeBlock(features []geo.Feature, elevation geo.Elevation) *geo.Block {
	var b orb.Bound
	for i := range features {
		if p, ok := features[i].Foot(); ok {
			if i == 0 {
				b = orb.Bound{Min: p, Max: p}
			}
			b = b.Extend(p)
		}
	}
	c := b.Center()
	return &geo.Block{Frame: earth.FrameAt(earth.Place{Lng: c[0], Lat: c[1]}), Square: orb.Bound{Min: orb.Point{-1e6, -1e6}, Max: orb.Point{1e6, 1e6}},
		Features: features, Elevation: elevation, Report: geo.NewReport()}
}

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

// TestCities builds the streets of real extracts: every triangle is sound, and where
// $LONGTAKE_PICTURES names a folder a plan is painted.
func TestCities(t *testing.T) {
	for _, c := range cities {
		t.Run(c.name, func(t *testing.T) {
			b := wholeBlock(readOSM(t, realdata.Path(t, c.path...)), geo.FlatElevation(10))
			start := time.Now()
			out := street.Build(b, nil, street.Options{Roads: "roads", Rails: "rails"})
			took := time.Since(start)
			tris := 0
			for i := range out.Patches {
				p := &out.Patches[i]
				tris += len(p.Indices) / 3
				checkPatch(t, p)
			}
			solid := 0
			for i := range out.Solids {
				solid += len(out.Solids[i].Indices) / 3
				checkSolid(t, &out.Solids[i])
			}
			s := b.Report.Summary()
			t.Logf("%d features in %v: %d patches of %d triangles, %d solids of %d; made %v; notes %v", len(b.Features), took.Round(time.Millisecond), len(out.Patches), tris, len(out.Solids), solid, s.Made, s.Notes)
			if dir := os.Getenv("LONGTAKE_PICTURES"); dir != "" {
				paint(t, filepath.Join(dir, c.name+".png"), &b.Frame, c.box, out)
			}
		})
	}
}

func checkPatch(t *testing.T, p *cover.Patch) {
	t.Helper()
	if len(p.UV) != len(p.Points) || p.Bias < 10 || p.Bias > 21 || !(p.Width > 0) || p.Color[3] != 255 || p.Class == "" {
		t.Fatalf("bad patch %s of feature %d: bias %d, width %g", p.Class, p.Feature, p.Bias, p.Width)
	}
	for i := 0; i < len(p.Indices); i += 3 {
		a, b, c := p.Points[p.Indices[i]], p.Points[p.Indices[i+1]], p.Points[p.Indices[i+2]]
		if s := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0]); !(s > 0) {
			t.Fatalf("%s of feature %d: triangle of area %g", p.Class, p.Feature, s/2)
		}
	}
}

func checkSolid(t *testing.T, s *cover.Solid) {
	t.Helper()
	if len(s.Normals) != len(s.Positions) || len(s.UV) != len(s.Positions) || len(s.Colors) != len(s.Positions) {
		t.Fatalf("%s: uneven slices", s.Class)
	}
	for i, p := range s.Positions {
		n := s.Normals[i]
		if v := p[0] + p[1] + p[2]; math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(float64(n[0]*n[0]+n[1]*n[1]+n[2]*n[2])-1) > 1e-3 {
			t.Fatalf("%s: vertex %v, normal %v", s.Class, p, n)
		}
	}
	for _, i := range s.Indices {
		if int(i) >= len(s.Positions) {
			t.Fatalf("%s: index %d of %d", s.Class, i, len(s.Positions))
		}
	}
}

// paint draws the patches from above, each a little darker towards its sides.
func paint(t *testing.T, path string, f *earth.Frame, box geo.Bound, out street.Built) {
	x0, y0 := f.Plan(box.West, box.South)
	x1, y1 := f.Plan(box.East, box.North)
	const wide = 1600
	k := wide / (x1 - x0)
	img := image.NewRGBA(image.Rect(0, 0, wide, int((y1-y0)*k)))
	depth := make([]int, wide*(int((y1-y0)*k)+1))
	count := make([]uint8, len(depth))
	fill := func(p [3][2]float64, bias int, col [4]uint8, shade func(w [3]float64) float64) {
		lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
		for i := range p {
			p[i] = [2]float64{(p[i][0] - x0) * k, (y1 - p[i][1]) * k}
			for c := range 2 {
				lo[c], hi[c] = math.Min(lo[c], p[i][c]), math.Max(hi[c], p[i][c])
			}
		}
		side := func(a, b, q [2]float64) float64 { return (b[0]-a[0])*(q[1]-a[1]) - (b[1]-a[1])*(q[0]-a[0]) }
		all := side(p[0], p[1], p[2])
		for y := max(0, int(lo[1])); y <= min(img.Rect.Dy()-1, int(hi[1])); y++ {
			for x := max(0, int(lo[0])); x <= min(wide-1, int(hi[0])); x++ {
				q := [2]float64{float64(x) + 0.5, float64(y) + 0.5}
				w := [3]float64{side(p[1], p[2], q) / all, side(p[2], p[0], q) / all, side(p[0], p[1], q) / all}
				if w[0] < 0 || w[1] < 0 || w[2] < 0 {
					continue
				}
				i := y*wide + x
				if bias == depth[i] && bias >= 12 && bias < 20 {
					count[i]++
				}
				if bias >= depth[i] {
					if bias > depth[i] {
						count[i] = 1
					}
					depth[i] = bias
					s := shade(w)
					if count[i] > 1 {
						img.SetRGBA(x, y, color.RGBA{230, 60, 60, 255})
					} else {
						img.SetRGBA(x, y, color.RGBA{uint8(float64(col[0]) * s), uint8(float64(col[1]) * s), uint8(float64(col[2]) * s), 255})
					}
				}
			}
		}
	}
	for y := range img.Rect.Dy() {
		for x := range wide {
			img.SetRGBA(x, y, color.RGBA{206, 214, 190, 255})
		}
	}
	for i := range out.Patches {
		p := &out.Patches[i]
		for j := 0; j < len(p.Indices); j += 3 {
			a := p.Indices[j : j+3]
			fill([3][2]float64{p.Points[a[0]], p.Points[a[1]], p.Points[a[2]]}, p.Bias, p.Color, func(w [3]float64) float64 {
				u := w[0]*float64(p.UV[a[0]][0]) + w[1]*float64(p.UV[a[1]][0]) + w[2]*float64(p.UV[a[2]][0])
				u -= 4 * math.Floor(u/4+0.5)
				return 1.15 - 0.3*math.Abs(u)
			})
		}
	}
	for i := range out.Solids {
		s := &out.Solids[i]
		if s.Bias == 0 {
			continue
		}
		for j := 0; j < len(s.Indices); j += 3 {
			at := func(k int) [2]float64 { q := s.Positions[s.Indices[j+k]]; return [2]float64{q[0], q[1]} }
			c := s.Colors[0]
			c[2] = 150
			fill([3][2]float64{at(0), at(1), at(2)}, 30+s.Bias, c, func([3]float64) float64 { return 1 })
		}
	}
	w, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	if err := png.Encode(w, img); err != nil {
		t.Fatal(err)
	}
	_ = fmt.Sprint()
}
