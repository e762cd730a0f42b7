package gdal

import (
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func need(t testing.TB) {
	t.Helper()
	if err := Available(); err != nil {
		t.Skip(err)
	}
}

func TestTransformDelft(t *testing.T) {
	need(t)
	pts := [][3]float64{{84500, 447000, 10}, {math.NaN(), 1, 2}, {85000, 447500, -2}}
	if err := Transform(context.Background(), "EPSG:7415", "EPSG:4979", pts); err != nil {
		t.Fatal(err)
	}
	if math.Abs(pts[0][0]-4.3607) > 1e-3 || math.Abs(pts[0][1]-52.0079) > 1e-3 {
		t.Errorf("longitude first: got %v", pts[0])
	}
	if !math.IsNaN(pts[1][0]) {
		t.Errorf("a point that is no number came back as %v", pts[1])
	}
	if pts[2][0] < pts[0][0] || pts[2][1] < pts[0][1] {
		t.Errorf("order lost: %v", pts)
	}
}

// TestPlaceInTheNetherlands compares with the published approximation of RD New by
// Schreutelkamp and Strang van Hees (2001), good to 0.25 m: datum shift included, with a
// vertical datum whose grid Debian does not have.
func TestPlaceInTheNetherlands(t *testing.T) {
	need(t)
	for _, crs := range []string{"EPSG:7415", "EPSG:28992"} {
		pts := [][3]float64{{84500, 447000, 10}}
		assumed, err := Place(context.Background(), crs, "", pts)
		if err != nil {
			t.Fatal(err)
		}
		dx, dy := -0.705, -0.16
		lat := 52.15517440 + (3235.65389*dy-32.58297*dx*dx-0.24750*dy*dy-0.84978*dx*dx*dy-0.06550*dy*dy*dy)/3600
		lng := 5.38720621 + (5260.52916*dx+105.94684*dx*dy+2.45656*dx*dy*dy-0.81885*dx*dx*dx)/3600
		if math.Abs(pts[0][0]-lng) > 1e-5 || math.Abs(pts[0][1]-lat) > 1e-5 {
			t.Errorf("%s: %v, want %v %v", crs, pts[0], lng, lat)
		}
		if assumed && math.Abs(pts[0][2]-53.5) > 1 {
			t.Errorf("%s: height %v above the ellipsoid, want about 53.5", crs, pts[0][2])
		}
	}
	geographic := [][3]float64{{4, 52, 10}}
	if assumed, err := Place(context.Background(), "EPSG:4979", "", geographic); err != nil || assumed || geographic[0] != [3]float64{4, 52, 10} {
		t.Errorf("%v %v %v", geographic, assumed, err)
	}
}

// A datum that is given outranks what a reference system says of heights, but for systems that
// are ellipsoidal throughout.
func TestPlaceByDatum(t *testing.T) {
	need(t)
	for datum, want := range map[string][2]float64{"ellipsoid": {70, 70}, "local": {70, 70}, "egm96": {109, 110.5}, "egm2008": {109, 110.5}, "auto": {109, 110.5}} {
		pts := [][3]float64{{390000, 5820000, 70}} // Berlin
		if _, err := Place(context.Background(), "EPSG:25833", datum, pts); err != nil {
			t.Fatal(err)
		}
		if z := pts[0][2]; z < want[0]-1e-6 || z > want[1]+1e-6 || math.Abs(pts[0][0]-13.38) > 0.02 {
			t.Errorf("%s: %v, want a height in %v", datum, pts[0], want)
		}
	}
	// The two geoids are two metres apart in the Himalaya; without a grid of EGM2008, EGM96 stands in and is told.
	peak := [][3]float64{{86.9, 27.99, 8000}}
	other := slices.Clone(peak)
	if _, err := Place(context.Background(), "EPSG:4326", "egm96", peak); err != nil {
		t.Fatal(err)
	}
	assumed, err := Place(context.Background(), "EPSG:4326", "egm2008", other)
	if d := math.Abs(peak[0][2] - other[0][2]); err != nil || assumed != (d == 0) || d > 8 {
		t.Errorf("EGM96 and EGM2008 are %v m apart, assumed %v (%v)", d, assumed, err)
	}
	pts := [][3]float64{{3783000, 900000, 5038000}}
	same := slices.Clone(pts)
	if _, err := Place(context.Background(), "EPSG:4978", "egm96", pts); err != nil {
		t.Fatal(err)
	}
	if _, err := Place(context.Background(), "EPSG:4978", "", same); err != nil || pts[0] != same[0] {
		t.Errorf("geocentric: %v, not %v (%v)", pts[0], same[0], err)
	}
}

func TestTransformManyKeepsOrder(t *testing.T) {
	need(t)
	pts := make([][3]float64, 30000)
	for i := range pts {
		pts[i] = [3]float64{float64(i%360) - 180, float64(i%170) - 85, float64(i)}
	}
	want := append([][3]float64(nil), pts...)
	if err := Transform(context.Background(), "EPSG:4979", "EPSG:4979", pts); err != nil {
		t.Fatal(err)
	}
	for i := range pts {
		if pts[i] != want[i] {
			t.Fatalf("point %d: %v, want %v", i, pts[i], want[i])
		}
	}
}

func TestTransformPointsWithoutImage(t *testing.T) {
	need(t)
	pts := [][3]float64{{4, 95, 1}, {5, 45, 1}}
	if err := Transform(context.Background(), "EPSG:4326", "EPSG:32631", pts); err != nil {
		t.Fatal(err)
	}
	if !math.IsNaN(pts[0][1]) || math.Abs(pts[1][0]-657630.64) > 0.01 {
		t.Errorf("got %v", pts)
	}
}

func TestErrors(t *testing.T) {
	need(t)
	ctx := context.Background()
	err := Transform(ctx, "EPSG:999999", "EPSG:4979", [][3]float64{{1, 2, 3}})
	if err == nil || !strings.Contains(err.Error(), "EPSG:999999") {
		t.Errorf("unknown CRS: %v", err)
	}
	if err := Run(ctx, "sh", []string{"-c", "true"}, nil, nil); err == nil {
		t.Error("ran a program that is not GDAL's")
	}
	for _, a := range []string{"/vsicurl/http://x/y.tif", "HTTPS://x/y", "/vsizip//vsis3/b/k.zip"} {
		if err := Run(ctx, "gdalinfo", []string{a}, nil, nil); err == nil || !strings.Contains(err.Error(), "network") {
			t.Errorf("%s: %v", a, err)
		}
	}
	broken := filepath.Join(t.TempDir(), "broken.tif")
	if err := os.WriteFile(broken, []byte("II*\x00\xff\xff\xff\x7f"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Run(ctx, "gdalinfo", []string{broken}, nil, io.Discard); err == nil || !strings.Contains(err.Error(), "broken.tif") {
		t.Errorf("a broken file: %v", err)
	}
	if err := Run(ctx, "ogrinfo", []string{broken}, nil, io.Discard); err == nil || strings.Contains(err.Error(), "GDAL_SKIP") {
		t.Errorf("it speaks of drivers that nobody asked for: %v", err)
	}
}

func TestMissingProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var missing *ErrMissing
	if err := Run(context.Background(), "ogr2ogr", nil, nil, nil); !errors.As(err, &missing) || !strings.Contains(err.Error(), "gdal-bin") {
		t.Errorf("got %v", err)
	}
	if err := Available(); !errors.As(err, &missing) {
		t.Errorf("got %v", err)
	}
}

// TestCancel holds the child at an input that never ends.
func TestCancel(t *testing.T) {
	need(t)
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	defer w.Close()
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, "gdaltransform", []string{"-s_srs", "EPSG:4979", "-t_srs", "EPSG:4979"}, r, io.Discard)
	}()
	if _, err := w.Write([]byte("1 2 3\n")); err != nil {
		t.Fatal(err)
	}
	cancel()
	select {
	case err := <-done:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	case <-time.After(8 * time.Second):
		t.Fatal("the child outlived its context")
	}
}

func FuzzTransformAnswers(f *testing.F) {
	f.Add([]byte("1 2 3\ntransformation failed.\n4 5"), 3)
	f.Fuzz(func(t *testing.T, answer []byte, cut int) {
		pts := make([][3]float64, 3)
		o := &points{pts: pts}
		if cut < 0 || cut > len(answer) {
			cut = 0
		}
		o.Write(answer[:cut])
		o.Write(answer[cut:])
		o.flush()
		for _, p := range pts {
			if math.IsInf(p[0], 0) {
				t.Fatal("infinite point")
			}
		}
	})
}

// Feet become metres, and heights still go from the geoid to the ellipsoid, where PROJ lacks the
// grid of a system of feet: they are as those of the same system in metres.
func TestPlaceInFeet(t *testing.T) {
	need(t)
	feet, metre := [][3]float64{{1e6, 2e5, 100}}, [][3]float64{{1e6, 2e5, 100 * 1200. / 3937}}
	if _, err := Place(t.Context(), "EPSG:2263+6360", "auto", feet); err != nil {
		t.Fatal(err)
	}
	if _, err := Place(t.Context(), "EPSG:2263+5703", "auto", metre); err != nil {
		t.Fatal(err)
	}
	if math.Abs(feet[0][2]-metre[0][2]) > 1e-4 || math.Abs(feet[0][0]-metre[0][0]) > 1e-9 || feet[0][2] > 1 {
		t.Errorf("%v in feet, %v in metres", feet[0], metre[0])
	}
}

func TestAxesTellUnits(t *testing.T) {
	need(t)
	for crs, want := range map[string][2]float64{
		"EPSG:4326": {}, "EPSG:4979": {0, 1}, "EPSG:32632": {1, 0}, "EPSG:2263": {1200. / 3937, 0},
		"EPSG:2263+5703": {1200. / 3937, 1}, "EPSG:32632+8228": {1, 0.3048}, "EPSG:4978": {0, 1},
	} {
		a, err := AxesOf(t.Context(), crs)
		if err != nil || math.Abs(a.Plan-want[0]) > 1e-12 || math.Abs(a.Up-want[1]) > 1e-12 {
			t.Errorf("%s: %v %v, %v", crs, a.Plan, a.Up, err)
		}
	}
}
