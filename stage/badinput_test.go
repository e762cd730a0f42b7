package stage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/longtake/longtake/internal/realdata"
	"github.com/longtake/longtake/internal/subprocess"
	"github.com/longtake/longtake/scene"
)

// osmFile is OSM XML of square buildings, 20 m apart, with a tag each.
func osmFile(tags ...[2]string) string {
	var b strings.Builder
	b.WriteString("<?xml version='1.0'?>\n<osm version='0.6'>\n")
	for i := range tags {
		for k, d := range [][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
			fmt.Fprintf(&b, "<node id='%d' lat='%.6f' lon='%.6f' version='1'/>\n", 10*i+k+1, 42.5+1e-4*d[1], 1.5+3e-4*float64(i)+1e-4*d[0])
		}
	}
	for i, t := range tags {
		fmt.Fprintf(&b, "<way id='%d' version='1'><nd ref='%d'/><nd ref='%d'/><nd ref='%d'/><nd ref='%d'/><nd ref='%d'/><tag k='building' v='yes'/><tag k='%s' v='%s'/></way>\n",
			1000+i, 10*i+1, 10*i+2, 10*i+3, 10*i+4, 10*i+1, t[0], t[1])
	}
	return b.String() + "</osm>\n"
}

// footprint is a GeoJSON building of some rings in metres around 42.5°N 1.5°E.
func footprint(rings ...[][2]float64) string {
	var all []string
	for _, r := range rings {
		var points []string
		for _, p := range r {
			points = append(points, fmt.Sprintf("[%.7f,%.7f]", 1.5+p[0]*1.2e-5, 42.5+p[1]*9e-6))
		}
		all = append(all, "["+strings.Join(points, ",")+"]")
	}
	return `{"type":"Feature","id":"odd","properties":{"building":"yes","height":9},"geometry":{"type":"Polygon","coordinates":[` + strings.Join(all, ",") + `]}}`
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

func square(x, y, side float64) [][2]float64 {
	return [][2]float64{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}
}

// hgt is an SRTM tile of 1201² of one height.
func hgt(height int16) string {
	var cell [2]byte
	binary.BigEndian.PutUint16(cell[:], uint16(height))
	return string(bytes.Repeat(cell[:], 1201*1201))
}

func grayPNG() string {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 16)))
	return b.String()
}

// cityOnGround is a scene over city.osm and one elevation raster.
const cityOnGround = `longtake: 1
sources:
  osm: { type: osm, path: city.osm }
  dem: { type: raster, path: %s }
layers:
  - { id: ground, type: terrain, source: dem }
  - { id: buildings, type: buildings, source: osm }
`

// Bad input is normal: one clear message, or an object that is counted; no panic, and
// nothing stays behind.
func TestBadInput(t *testing.T) {
	plainOSM := osmFile([2]string{"name", "a"}, [2]string{"name", "b"})
	good := footprint(square(100, 0, 20))
	for _, c := range []struct {
		name  string
		files [][2]string // name and content; the first ones are the input, or the scene alone
		input int         // how many of them; 0 = 1
		says  []string    // all parts of the error
		skips string      // a reason or an id among what a package that is made leaves out
		notes string      // a note of one
		made  int         // buildings of one
	}{
		{name: "XML that stops", files: [][2]string{{"city.osm", plainOSM[:len(plainOSM)/2]}}, says: []string{"city.osm"}},
		{name: "XML that stops between objects", files: [][2]string{{"city.osm", strings.TrimSuffix(plainOSM, "</osm>\n")}}, says: []string{"city.osm"}},
		{name: "empty file", files: [][2]string{{"city.osm.pbf", ""}}, says: []string{"city.osm.pbf", "empty"}},
		{name: "empty JSON", files: [][2]string{{"city.geojson", ""}}, says: []string{"city.geojson", "empty"}},
		{name: "no format", files: [][2]string{{"city.osm", "Dear Sir or Madam,\n"}}, says: []string{"city.osm"}},
		{name: "wrong extension, known content", files: [][2]string{{"city.pbf", plainOSM}}, made: 2},
		{name: "GeoJSON by another name", files: [][2]string{{"city.osm", collection(good)}}, made: 1},
		{name: "neither data nor scene", files: [][2]string{{"readme", "x"}}, says: []string{"readme"}},
		{name: "GeoJSON with NaN", files: [][2]string{{"a.geojson", strings.Replace(collection(good), "42.5000000", "NaN", 1)}}, says: []string{"a.geojson"}},
		{name: "GeoJSON with one NaN", files: [][2]string{{"a.geojson", strings.Replace(collection(footprint(square(0, 0, 20)), good), "42.5000000", "NaN", 1)}}, skips: "odd", made: 1},
		{name: "missing nodes", files: [][2]string{{"city.osm", strings.Replace(plainOSM, "<node id='12'", "<node id='99'", 1)}}, skips: "missing nodes", made: 1},
		{name: "all nodes missing", files: [][2]string{{"city.osm", "<osm version='0.6'><way id='1'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='1'/><tag k='building' v='yes'/></way></osm>"}}, says: []string{"city.osm", "way/1", "missing nodes"}},
		{name: "unclosed ring", files: [][2]string{{"a.geojson", collection(good, footprint(square(0, 0, 20)[:4]))}}, made: 2},
		{name: "self-crossing ring", files: [][2]string{{"a.geojson", collection(good, footprint([][2]float64{{0, 0}, {20, 20}, {20, 0}, {0, 20}, {0, 0}}))}}, notes: "self-crossing ring repaired", made: 3},
		{name: "hole outside its shell", files: [][2]string{{"a.geojson", collection(good, footprint(square(0, 0, 20), square(40, 0, 5)))}}, made: 2},
		{name: "ring of two points", files: [][2]string{{"a.geojson", collection(good, footprint([][2]float64{{0, 0}, {9, 9}, {0, 0}}))}}, skips: "odd", made: 1},
		{name: "heights", files: [][2]string{{"city.osm", osmFile([2]string{"height", "12 ft"}, [2]string{"height", "3,5"}, [2]string{"height", "-5"}, [2]string{"height", "1e9"}, [2]string{"building:levels", "2.5;3"}, [2]string{"height", "tall"})}}, notes: "height or levels out of range or not a number: ignored", made: 6},
		{name: "elevation of nothing", files: [][2]string{{"city.osm", plainOSM}, {"N42E001.hgt", hgt(math.MinInt16)}}, input: 2, says: []string{"N42E001.hgt", "void"}},
		{name: "truncated elevation", files: [][2]string{{"city.osm", plainOSM}, {"N42E001.hgt", hgt(5)[:70001]}}, input: 2, says: []string{"N42E001.hgt"}},
		{name: "elevation without a place", files: [][2]string{{"city.osm", plainOSM}, {"heights.png", grayPNG()}}, input: 2, says: []string{"heights.png"}},
		{name: "elevation elsewhere", files: [][2]string{{"city.osm", plainOSM}, {"N10E010.hgt", hgt(5)}}, input: 2, skips: "elevation raster does not cover the data", made: 2},
		{name: "missing data file", files: [][2]string{{"scene.yaml", fmt.Sprintf(cityOnGround, "dem.tif")}, {"city.osm", plainOSM}}, says: []string{"dem.tif"}},
		{name: "unknown key", files: [][2]string{{"scene.yaml", fmt.Sprintf(cityOnGround, "dem.tif") + "enviroment: {}\n"}}, says: []string{"scene.yaml:8:1", "enviroment", "environment"}},
		{name: "a cycle of extends", files: [][2]string{{"scene.yaml", "longtake: 1\nlayers:\n  - { id: a, extends: b }\n  - { id: b, extends: a }\n"}}, says: []string{"scene.yaml:", "extends", "a", "b"}},
		{name: "broken YAML", files: [][2]string{{"scene.yaml", "longtake: 1\nlayers: [\n"}}, says: []string{"scene.yaml:"}},
		{name: "unknown version", files: [][2]string{{"scene.yaml", "longtake: 99\n"}}, says: []string{"scene.yaml:1", "99"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			var paths []string
			for i, f := range c.files {
				if p := writeText(t, dir, f[0], f[1]); i < max(c.input, 1) {
					paths = append(paths, p)
				}
			}
			s, err := tryGenerate(t, paths...)
			if len(c.says) > 0 {
				clearly(t, err, c.says...)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if s.Made["building"] != c.made {
				t.Errorf("%d buildings, want %d: %+v", s.Made["building"], c.made, s)
			}
			if c.skips != "" && !strings.Contains(fmt.Sprintf("%+v", s.Skipped), c.skips) {
				t.Errorf("%q is not among what was skipped: %+v", c.skips, s.Skipped)
			}
			if c.notes != "" && s.Notes[c.notes] == 0 {
				t.Errorf("%q is not among what was noted: %+v", c.notes, s.Notes)
			}
		})
	}
}

// tryGenerate loads and generates into a fresh folder; where that fails, nothing may be
// left in it.
func tryGenerate(t *testing.T, paths ...string) (*Summary, error) {
	t.Helper()
	parent := t.TempDir()
	doc, err := Load(t.Context(), paths)
	if err != nil {
		return nil, err
	}
	s, err := Generate(t.Context(), doc, filepath.Join(parent, "package"), GenerateOptions{})
	left, _ := filepath.Glob(filepath.Join(parent, "*"))
	hidden, _ := filepath.Glob(filepath.Join(parent, ".*"))
	if left = append(left, hidden...); err != nil && len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err == nil && len(left) != 1 {
		t.Errorf("made %v", left)
	}
	return s, err
}

// clearly tells whether an error is one message for a person.
func clearly(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	text := err.Error()
	t.Log(text)
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q does not say %q", text, p)
		}
	}
	for _, bad := range []string{"goroutine", "runtime error", "%!", "<nil>", "\n\n"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q is not for a person", text)
		}
	}
	var many scene.Errors
	if strings.Contains(text, "\n") && !errors.As(err, &many) {
		t.Errorf("%q is more than a line", text)
	}
}

// Files that were cut off by a full disk or a broken line.
func TestTruncatedPBF(t *testing.T) {
	whole, err := os.ReadFile(realdata.Path(t, "city-monaco", "monaco-planetiler.osm.pbf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, share := range []float64{0.0001, 0.3, 0.9} {
		t.Run(fmt.Sprint(share), func(t *testing.T) {
			_, err := tryGenerate(t, writeText(t, t.TempDir(), "cut.osm.pbf", string(whole[:int(float64(len(whole))*share)])))
			clearly(t, err, "cut.osm.pbf")
		})
	}
}

func TestNoEncoder(t *testing.T) {
	p := player(t, trivial(t))
	t.Setenv("PATH", t.TempDir())
	out := filepath.Join(t.TempDir(), "a.mp4")
	_, err := Render(t.Context(), p, RenderOptions{Output: out})
	var missing *subprocess.ErrMissing
	if !errors.As(err, &missing) || missing.Package != "ffmpeg" {
		t.Errorf("got %v", err)
	}
	clearly(t, err, "ffmpeg", "install")
	nothingIn(t, filepath.Dir(out))
}

func nothingIn(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) > 0 {
		t.Errorf("left behind: %v", entries)
	}
}

// Folders that cannot be written: a path below a file, and one that the system refuses.
func TestUnwritableOutput(t *testing.T) {
	dir := t.TempDir()
	input := writeText(t, dir, "city.osm", osmFile([2]string{"name", "a"}))
	file := writeText(t, dir, "file", "")
	closed := filepath.Join(dir, "closed")
	if err := os.Mkdir(closed, 0o555); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		closed = "/proc" // refuses root as well
	}
	doc, err := Load(t.Context(), []string{input})
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{filepath.Join(file, "package"), filepath.Join(closed, "package")} {
		_, err := Generate(t.Context(), doc, out, GenerateOptions{})
		clearly(t, err, out[:len(out)-len("/package")])
	}
	if err := os.Mkdir(filepath.Join(dir, "other"), 0o777); err != nil {
		t.Fatal(err)
	}
	full := writeText(t, dir, "other/notes.txt", "")
	if _, err = Generate(t.Context(), doc, filepath.Dir(full), GenerateOptions{}); err == nil {
		t.Error("a folder of other files was replaced")
	}
	clearly(t, err, filepath.Dir(full), "choose another")
	if _, err := os.Stat(full); err != nil {
		t.Error(err)
	}
	screen(t)
	p := player(t, trivial(t))
	for _, name := range []string{"a.png", "%03d.png", "a.mp4"} {
		if strings.HasSuffix(name, "mp4") {
			needVideo(t)
		}
		to := scene.Seconds(0.1)
		_, err = Render(t.Context(), p, RenderOptions{Output: filepath.Join(closed, name), Size: scene.Size{Width: 32, Height: 18}, Quality: "draft", To: &to})
		clearly(t, err, closed)
	}
}

// A disk that is full in the middle of a file: the kernel refuses writes beyond a size.
// The limit is the process's, so it is set in a child.
func TestFullDisk(t *testing.T) {
	if os.Getenv("LONGTAKE_FULL_DISK") == "" {
		child := exec.Command(os.Args[0], "-test.run=^TestFullDisk$", "-test.v")
		child.Env = append(os.Environ(), "LONGTAKE_FULL_DISK=1")
		out, err := child.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "PASS") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	input := writeText(t, t.TempDir(), "city.osm", osmFile([2]string{"name", "a"}, [2]string{"name", "b"}))
	screen(t)
	p := player(t, trivial(t))
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	small := old
	small.Cur = 1000
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		t.Skip("no limit on the size of files here: ", err)
	}
	dir := t.TempDir()
	_, err := tryGenerate(t, input)
	_, still := Render(t.Context(), p, RenderOptions{Output: filepath.Join(dir, "a.png"), Size: scene.Size{Width: 64, Height: 36}, Quality: "draft"})
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{err, still} {
		if !errors.Is(err, syscall.EFBIG) {
			t.Errorf("got %v", err)
		}
	}
	nothingIn(t, dir)
}

// Without a driver the error says so and what to install. The loader of EGL looks for
// drivers once a process, hence the child.
func TestNoGL(t *testing.T) {
	const child = "LONGTAKE_TEST_NO_GL"
	if dir := os.Getenv(child); dir != "" {
		runtime.LockOSThread()
		_, err := Render(t.Context(), player(t, dir), RenderOptions{Output: filepath.Join(dir, "a.png"), Size: scene.Size{Width: 32, Height: 18}, Quality: "draft"})
		fmt.Printf("error: %v\n", err)
		return
	}
	screen(t) // else there is nothing to take away
	dir := trivial(t)
	cmd := exec.Command(os.Args[0], "-test.run=^TestNoGL$", "-test.v")
	cmd.Env = append(os.Environ(), child+"="+dir, "__EGL_VENDOR_LIBRARY_DIRS="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	_, text, ok := strings.Cut(string(out), "error: ")
	text, _, _ = strings.Cut(text, "\n")
	if !ok || text == "<nil>" {
		t.Skip("EGL found a driver elsewhere: ", text)
	}
	clearly(t, errors.New(text), "libgl1-mesa-dri")
	if _, err := os.Stat(filepath.Join(dir, "a.png")); err == nil {
		t.Error("a picture was left")
	}
}
