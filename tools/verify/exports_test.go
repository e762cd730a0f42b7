package verify_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/geo/tiles/archive"
	"github.com/longtake/longtake/geo/tiles/check/khronos"
	"github.com/longtake/longtake/internal/realdata"
	"github.com/longtake/longtake/tools/engines"
)

// exports writes Monaco in every form: the archive is what the folder is, to our
// reader and to unzip; the Khronos validator passes the glb; CesiumJS loads the
// quantized-mesh and finds the ground where the package has it.
func exports(t *testing.T, bin, out string) []string {
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(out, "package")
	longtake(t, bin, "generate", "-o", dir, "--quiet", realdata.Path(t, "city-monaco", "monaco-planetiler.osm.pbf"), realdata.Path(t, "city-monaco", "N43E007.hgt.zip"))
	to := func(name string, args ...string) string {
		path := filepath.Join(out, name)
		longtake(t, bin, append([]string{"export", dir, "--quiet", "-o", path}, args...)...)
		return path
	}
	folder := to("tiles")
	files := sameAsFolder(t, to("monaco.3tz"), folder)
	if issues := ourIssues(t, folder); issues > 0 {
		t.Errorf("%d issues", issues)
	}
	single := to("monaco.glb", "--layer", "buildings")
	khronos.Validate(t, single)
	info, err := os.Stat(single)
	if err != nil {
		t.Fatal(err)
	}
	terrain := to("terrain", "--format", "quantized-mesh")
	return []string{fmt.Sprintf(
		"3tz: %d files as in the folder, for our reader and for unzip; glb of the buildings (%.1f MB) passes the Khronos validator; quantized-mesh in CesiumJS: %s",
		files, float64(info.Size())/1e6, inCesium(t, dir, terrain, out))}
}

// sameAsFolder holds an archive against a folder.
func sameAsFolder(t *testing.T, path, folder string) (files int) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := archive.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("unzip", "-tq", path).CombinedOutput(); err != nil {
		t.Errorf("unzip: %v: %s", err, out)
	}
	for _, file := range named(t, folder, func(string) bool { return true }) {
		name, err := filepath.Rel(folder, file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.ReadFile(filepath.ToSlash(name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes in the archive, %d in the folder: %v", name, len(got), len(want), err)
		}
		files++
	}
	return files
}

// groundOf is the small grid of heights that a package keeps.
func groundOf(t *testing.T, dir string) *heights.Grid {
	f, err := os.Open(filepath.Join(dir, "ground.bin"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ground, err := heights.Read(bufio.NewReader(f))
	if err != nil {
		t.Fatal(err)
	}
	return ground
}

// inCesium loads a folder of quantized-mesh and compares heights with those that the
// package keeps, in 400 places.
func inCesium(t *testing.T, dir, terrain, out string) string {
	ground := groundOf(t, dir)
	shot := shotOf(t, dir)
	shot.Package, shot.Only = terrain, nil
	const west, south, width, height = 7.411, 43.726, 0.026, 0.024
	for i := range 400 {
		shot.Points = append(shot.Points, [2]float64{west + width*float64(i%20)/19, south + height*float64(i/20)/19})
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	pictures, report, err := engines.Load(ctx, enginesAt(t), engines.Terrain, shot)
	if err != nil {
		t.Fatal(err)
	}
	savePNG(t, filepath.Join(out, "terrain.png"), pictures[0])
	for _, e := range report.Errors {
		t.Error(e)
	}
	if len(report.Heights) != len(shot.Points) {
		t.Fatalf("%d heights of %d", len(report.Heights), len(shot.Points))
	}
	sum, worst := 0.0, 0.0
	for i, p := range shot.Points {
		h, ok := ground.HeightAt(p[0], p[1])
		if !ok {
			t.Fatalf("the package has no ground at %v", p)
		}
		d := math.Abs(h - report.Heights[i])
		sum, worst = sum+d*d, max(worst, d)
	}
	rms := math.Sqrt(sum / float64(len(shot.Points)))
	if !(rms < 2) { // cliffs and quays differ by more where triangles cross them
		t.Errorf("heights in CesiumJS differ by %.2f m (root mean square), at most %.1f m", rms, worst)
	}
	tiles := len(named(t, terrain, func(name string) bool { return filepath.Ext(name) == ".terrain" }))
	return fmt.Sprintf("%d errors, %d tiles, heights differ by %.2f m (root mean square of %d)", len(report.Errors), tiles, rms, len(shot.Points))
}
