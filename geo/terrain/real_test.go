package terrain

import (
	"context"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/internal/realdata"
)

type site struct {
	name  string
	place earth.Place
	size  float64
	cells int
	files [][]string
	o     raster.Options
	flat  []Flat
	steep float64 // the steepest slope between two nodes that the place may have
	known float64
}

func (s site) build(t testing.TB) *Terrain {
	t.Helper()
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
	var grids []*raster.Grid
	for _, f := range s.files {
		g, err := raster.Open(context.Background(), realdata.Path(t, f...), s.o)
		if err != nil {
			t.Fatal(err)
		}
		grids = append(grids, g)
	}
	tr, err := New(raster.Mosaic(grids...), Options{Frame: earth.FrameAt(s.place), Min: [2]float64{-s.size / 2, -s.size / 2},
		Size: s.size, Cells: s.cells, Flat: s.flat, SeaLevel: 49})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

var sites = []site{
	{name: "andorra", place: earth.Place{Lng: 1.5, Lat: 42.2}, size: 60000, cells: 512,
		files: [][]string{{"city-andorra", "N42E001.hgt.zip"}, {"city-andorra", "N41E001.hgt.zip"}}, steep: 4, known: 1},
	{name: "monaco", place: earth.Place{Lng: 7.42, Lat: 43.74}, size: 24000, cells: 512,
		files: [][]string{{"city-monaco", "N43E007.hgt.zip"}}, steep: 4, known: 1},
	{name: "sanfrancisco", place: earth.Place{Lng: -122.44, Lat: 37.745}, size: 13000, cells: 512,
		files: [][]string{{"city-sanfrancisco", "sf-heightmap-8bit.png"}},
		o:     raster.Options{Scale: 1.21, Bounds: &geo.Bound{West: -122.5233, South: 37.6493, East: -122.3566, North: 37.8159}},
		steep: 4, known: 0.99},
	{name: "bigtujunga", place: earth.Place{Lng: -118.15, Lat: 34.3}, size: 40000, cells: 512,
		files: [][]string{{"dem", "bigtujunga_utm11.tif"}}, steep: 4, known: 0.2},
	{name: "fuji", place: earth.Place{Lng: 138.73, Lat: 35.36}, size: 40000, cells: 512,
		files: [][]string{{"dem", "mt_fuji_90m.tif"}}, steep: 4, known: 1},
}

// TestRealGround builds real places: no void, no spike, no cliff at a data's edge, the
// bound kept. With LONGTAKE_PICTURES it writes hillshades of the drawn surface there.
func TestRealGround(t *testing.T) {
	for _, s := range sites {
		t.Run(s.name, func(t *testing.T) {
			if s.name == "monaco" { // a rectangle of open sea south-east of the harbour
				s.flat = []Flat{{Polygon: orb.Polygon{{{2000, -12000}, {12000, -12000}, {12000, -3000}, {2000, -3000}, {2000, -12000}}}, Height: 49, Depth: 3}}
			}
			tr := s.build(t)
			if tr.Known() < s.known {
				t.Errorf("only %v is known", tr.Known())
			}
			for j := 1; j < tr.n; j++ {
				for i := 1; i < tr.n; i++ {
					h := float64(tr.nodes.height(i, j))
					d := max(math.Abs(h-float64(tr.nodes.height(i-1, j))), math.Abs(h-float64(tr.nodes.height(i, j-1))))
					if !(h > -100 && h < 4500) || !(d < s.steep*tr.cell+3) {
						t.Fatalf("height %v, step %v m at %v", h, d, tr.planOf(i, j))
					}
				}
			}
			tris := 0
			for _, l := range tr.Levels()[1:] {
				p, err := tr.Tile(l.Depth, l.Tiles/2, l.Tiles/2, l.Error)
				if err != nil {
					t.Fatal(err)
				}
				worst, _ := deviationOf(tr, p)
				if worst > p.Error+1e-3 {
					t.Errorf("level %d: %v m off, stated %v", l.Depth, worst, p.Error)
				}
				tris = len(p.Tris) / 3
			}
			t.Logf("known %.3f, %d triangles in the middle tile of the finest level", tr.Known(), tris)
			if dir := os.Getenv("LONGTAKE_PICTURES"); dir != "" {
				picture(t, tr, filepath.Join(dir, s.name+".png"))
			}
		})
	}
}

// picture shades the finest and the third level's meshes side by side.
func picture(t *testing.T, tr *Terrain, path string) {
	const w = 900
	img := image.NewNRGBA(image.Rect(0, 0, 2*w, w))
	levels := tr.Levels()
	for k, l := range []Level{levels[len(levels)-1], levels[min(1, len(levels)-1)]} {
		for iy := range l.Tiles {
			for ix := range l.Tiles {
				p, err := tr.Tile(l.Depth, ix, iy, l.Error)
				if err != nil {
					t.Fatal(err)
				}
				shadePatch(img, tr, p, k*w, w)
			}
		}
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func shadePatch(img *image.NRGBA, tr *Terrain, p *Patch, x0, w int) {
	for k := 0; k < len(p.Tris); k += 3 {
		var v [3][2]float64
		for i := range 3 {
			q := p.XY[p.Tris[k+i]]
			v[i] = [2]float64{(q[0] - tr.o.Min[0]) / tr.o.Size * float64(w), float64(w) - (q[1]-tr.o.Min[1])/tr.o.Size*float64(w)}
		}
		area := (v[1][0]-v[0][0])*(v[2][1]-v[0][1]) - (v[1][1]-v[0][1])*(v[2][0]-v[0][0])
		for y := int(min(v[0][1], v[1][1], v[2][1])); y <= int(max(v[0][1], v[1][1], v[2][1])); y++ {
			for x := int(min(v[0][0], v[1][0], v[2][0])); x <= int(max(v[0][0], v[1][0], v[2][0])); x++ {
				var n, c [3]float64
				inside := true
				for i := range 3 {
					a, b := v[(i+1)%3], v[(i+2)%3]
					f := ((b[0]-a[0])*(float64(y)+0.5-a[1]) - (b[1]-a[1])*(float64(x)+0.5-a[0])) / area
					inside = inside && f >= -1e-9
					for d := range 3 {
						n[d] += f * float64(p.Normals[p.Tris[k+i]][d])
						c[d] += f * float64(p.Colors[p.Tris[k+i]][d])
					}
				}
				if !inside || x >= w || y >= w {
					continue
				}
				light := 0.25 + 0.95*max(0, -0.5*n[0]+0.5*n[1]+0.7*n[2])
				px := [3]uint8{}
				for d := range 3 {
					px[d] = uint8(min(c[d]*light, 255))
				}
				img.SetNRGBA(x0+x, y, color.NRGBA{px[0], px[1], px[2], 255})
			}
		}
	}
}
