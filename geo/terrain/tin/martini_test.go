package tin_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/geo/terrain/tin"
)

// ground is a square of real heights: 1025² nodes of the Pyrenees at three arc seconds
// (SRTM, voids filled), or nil where the data is not there.
func ground(tb testing.TB, side int) []float32 {
	tb.Helper()
	dir := os.Getenv("LONGTAKE_DATA")
	if dir == "" {
		dir = "../../../../shared/data"
	}
	g, err := raster.Open(context.Background(), filepath.Join(dir, "city-andorra", "N42E001.hgt.zip"), raster.Options{Datum: raster.Ellipsoid})
	if err != nil {
		tb.Skip("no SRTM tile of Andorra: ", err)
	}
	e := raster.Mosaic(g)
	z := make([]float32, side*side)
	for y := range side {
		for x := range side {
			h, _ := e.HeightAt(g.West+float64(x+80)*g.DLng, g.North-float64(y+80)*g.DLat)
			z[y*side+x] = float32(h)
		}
	}
	return z
}

type figure struct {
	Error     float64 `json:"error"`
	Triangles int     `json:"triangles"`
	Pyramid   float64 `json:"pyramid_ms"`
	Mesh      float64 `json:"mesh_ms"`
	true_     float64
}

// martini runs Mapbox's Martini on the grid.
func martini(tb testing.TB, z []float32, side, repeats int, errs ...float64) []figure {
	tb.Helper()
	dir := tb.TempDir()
	path := filepath.Join(dir, "grid.f32")
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, z)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		tb.Fatal(err)
	}
	args := []string{"../../../tools/bench/martini.mjs", path, strconv.Itoa(side), strconv.Itoa(repeats)}
	for _, e := range errs {
		args = append(args, fmt.Sprint(e))
	}
	out, err := exec.Command("node", args...).Output()
	if err != nil {
		tb.Skip("Martini does not run (npm install brings it): ", err)
	}
	var f []figure
	if err := json.Unmarshal(out, &f); err != nil {
		tb.Fatal(err)
	}
	for i := range f {
		raw, err := os.ReadFile(fmt.Sprintf("%s.%v.mesh", path, f[i].Error))
		if err != nil {
			tb.Fatal(err)
		}
		nv, nt := binary.LittleEndian.Uint32(raw), binary.LittleEndian.Uint32(raw[4:])
		m := tin.Mesh{Tris: make([]uint32, 3*nt)}
		for v := range nv {
			m.X = append(m.X, int32(binary.LittleEndian.Uint16(raw[8+4*v:])))
			m.Y = append(m.Y, int32(binary.LittleEndian.Uint16(raw[10+4*v:])))
		}
		for t := range m.Tris {
			m.Tris[t] = binary.LittleEndian.Uint32(raw[8+4*int(nv)+4*t:])
		}
		f[i].true_, _ = deviation(z, side, m)
	}
	return f
}

// deviation measures a mesh at all nodes of its grid, triangle by triangle, with nothing
// of the mesher's own; missed are nodes that no triangle covers.
func deviation(z []float32, side int, m tin.Mesh) (worst float64, missed int) {
	seen := make([]bool, len(z))
	for t := 0; t < len(m.Tris); t += 3 {
		var x, y, h [3]float64
		for k := range 3 {
			v := m.Tris[t+k]
			x[k], y[k] = float64(m.X[v]), float64(m.Y[v])
			h[k] = float64(z[int(m.Y[v])*side+int(m.X[v])])
		}
		d := (x[1]-x[0])*(y[2]-y[0]) - (y[1]-y[0])*(x[2]-x[0])
		for j := min(y[0], y[1], y[2]); j <= max(y[0], y[1], y[2]); j++ {
			for i := min(x[0], x[1], x[2]); i <= max(x[0], x[1], x[2]); i++ {
				b := ((i-x[0])*(y[2]-y[0]) - (j-y[0])*(x[2]-x[0])) / d
				c := ((x[1]-x[0])*(j-y[0]) - (y[1]-y[0])*(i-x[0])) / d
				if b >= -1e-9 && c >= -1e-9 && b+c <= 1+1e-9 {
					at := int(j)*side + int(i)
					seen[at] = true
					worst = max(worst, math.Abs(float64(z[at])-(h[0]+b*(h[1]-h[0])+c*(h[2]-h[0]))))
				}
			}
		}
	}
	for _, s := range seen {
		if !s {
			missed++
		}
	}
	return worst, missed
}

// TestAgainstMartini holds the mesh to at most 0.6 of Martini's triangles at the error
// that Martini's mesh really has, where the ground is not so rough that nearly every node
// is needed.
func TestAgainstMartini(t *testing.T) {
	const side = 513
	z := ground(t, side)
	var s tin.Mesher
	for _, f := range martini(t, z, side, 1, 2, 10, 20, 50) {
		m := s.Mesh(tin.Grid{W: side, H: side, Z: z}, f.true_, nil)
		worst, missed := deviation(z, side, m)
		n := len(m.Tris) / 3
		t.Logf("martini %g m, truly %.2f m: %d triangles; %d here, truly %.2f m of %.2f", f.Error, f.true_, f.Triangles, n, worst, m.Error)
		if missed > 0 || worst > f.true_*(1+1e-6)+1e-3 || m.Error < worst-1e-3 {
			t.Errorf("deviation %g exceeds the bound %g or the stated %g, or %d nodes are not covered", worst, f.true_, m.Error, missed)
		}
		if share := float64(n) / float64(f.Triangles); share > 0.6 && f.Error >= 10 || share > 1 {
			t.Errorf("%d triangles, Martini has %d", n, f.Triangles)
		}
	}
}
