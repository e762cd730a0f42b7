package stage

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stream"
)

// A package has the same bytes on every run, however many cores it is made on, and so
// have the pictures of it.
func TestSameSceneSameBytes(t *testing.T) {
	first, second := samplePackage(t), filepath.Join(t.TempDir(), "again")
	before := runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1) // another order of the work
	err := generateFrom(second, sampleScene(t))
	runtime.GOMAXPROCS(before)
	if err != nil {
		t.Fatal(err)
	}
	sameFolders(t, first, second)

	screen(t)
	at := scene.Seconds(12)
	var pictures []string
	for i, dir := range []string{first, second} {
		out := filepath.Join(t.TempDir(), fmt.Sprint(i, ".png"))
		renderTo(t, player(t, dir), RenderOptions{Output: out, Size: scene.Size{Width: 160, Height: 90}, Quality: "low", At: &at})
		pictures = append(pictures, out)
	}
	if d := golden.Compare(readPNG(t, pictures[0]), readPNG(t, pictures[1])); d.Size != "" || d.Different > 0 {
		t.Errorf("the pictures of the two packages: %v", d)
	}
}

// sameFolders compares names and bytes of all files.
func sameFolders(t *testing.T, a, b string) {
	t.Helper()
	names := func(dir string) (out []string) {
		err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				p, err = filepath.Rel(dir, p)
				out = append(out, p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	inA, inB := names(a), names(b)
	if len(inA) < 10 || strings.Join(inA, "\n") != strings.Join(inB, "\n") {
		t.Fatalf("%d files and %d files, or other names", len(inA), len(inB))
	}
	for _, name := range inA {
		x, err := os.ReadFile(filepath.Join(a, name))
		if err != nil {
			t.Fatal(err)
		}
		y, err := os.ReadFile(filepath.Join(b, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(x, y) {
			t.Errorf("%s differs (%d and %d bytes)", name, len(x), len(y))
		}
	}
}

// A frame of a file is a function of its time: rendered alone it is what it is after
// others, as numbered frames and as the player that jumps back.
func TestSeeking(t *testing.T) {
	screen(t)
	p := player(t, samplePackage(t))
	dir := t.TempDir()
	size := scene.Size{Width: 160, Height: 90}
	from, to := scene.Fraction(23, 2), scene.Seconds(12)
	all := renderTo(t, p, RenderOptions{Output: filepath.Join(dir, "%03d.png"), Size: size, Quality: "low",
		Rate: scene.Rate{Num: 10, Den: 1}, From: &from, To: &to})
	if all.Frames != 5 || len(all.Files) != 5 {
		t.Fatalf("got %+v", all)
	}
	for _, i := range []int{4, 0, 2} {
		at := from.Add(scene.Fraction(int64(i), 10))
		alone := filepath.Join(dir, "alone.png")
		who := p // the player that went on
		if i == 2 {
			who = player(t, samplePackage(t)) // one that starts here
		}
		renderTo(t, who, RenderOptions{Output: alone, Size: size, Quality: "low", At: &at})
		if d := golden.Compare(readPNG(t, all.Files[i]), readPNG(t, alone)); d.Size != "" || d.Different > 0 {
			t.Errorf("frame %d after others and alone: %v", i, d)
		}
	}
	if d := golden.Compare(readPNG(t, all.Files[0]), readPNG(t, all.Files[4])); d.Different == 0 {
		t.Error("nothing moves: the comparison proves nothing")
	}
}

// trivial is a package of one line on the globe under a camera at rest, so that a frame
// costs little.
func trivial(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeText(t, dir, "line.geojson", `{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}`)
	writeText(t, dir, "scene.yaml", `longtake: 1
name: a line
sources: { line: { type: vector, path: line.geojson } }
layers: [{ id: line, type: line, source: line }]
story:
  duration: 10s
  keyframes:
    - { at: 0s, camera: { lng: 0, lat: 0, height: 300000, heading: 0, pitch: -90 } }
`)
	out := filepath.Join(dir, "package")
	if err := generateFrom(out, filepath.Join(dir, "scene.yaml")); err != nil {
		t.Fatal(err)
	}
	return out
}

func writeText(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// needVideo skips where ffmpeg is not installed.
func needVideo(t *testing.T) {
	t.Helper()
	if err := stream.Available(); err != nil {
		t.Skip(err)
	}
}

// The range 0 s to 10 s has all frames i with i/rate < 10 s, counted by decoding them.
func TestFrameCounts(t *testing.T) {
	needVideo(t)
	screen(t)
	dir := trivial(t)
	from, to := scene.Time{}, scene.Seconds(10)
	for _, c := range []struct {
		rate scene.Rate
		want int
	}{
		{scene.Rate{Num: 24, Den: 1}, 240}, {scene.Rate{Num: 25, Den: 1}, 250}, {scene.Rate{Num: 30, Den: 1}, 300},
		{scene.Rate{Num: 60, Den: 1}, 600}, {scene.Rate{Num: 30000, Den: 1001}, 300},
	} {
		out := filepath.Join(t.TempDir(), "a.mp4")
		r := renderTo(t, player(t, dir), RenderOptions{Output: out, Size: scene.Size{Width: 32, Height: 18}, Quality: "draft", Rate: c.rate, From: &from, To: &to})
		if r.Frames != c.want {
			t.Errorf("%v: rendered %d frames, want %d", c.rate, r.Frames, c.want)
		}
		got := probe(t, out, "-count_frames", "-show_entries", "stream=nb_read_frames,r_frame_rate")
		if want := fmt.Sprintf("%d/%d,%d", c.rate.Num, c.rate.Den, c.want); got != want {
			t.Errorf("%v: the file holds %s, want %s", c.rate, got, want)
		}
	}
}

// Two runs give the same decoded frames, and they are not all one frame.
func TestSameVideo(t *testing.T) {
	needVideo(t)
	screen(t)
	from, to := scene.Seconds(11), scene.Seconds(12)
	var sums []string
	for range 2 {
		out := filepath.Join(t.TempDir(), "a.mp4")
		renderTo(t, player(t, samplePackage(t)), RenderOptions{Output: out, Size: scene.Size{Width: 160, Height: 90}, Quality: "draft", Rate: scene.Rate{Num: 12, Den: 1}, From: &from, To: &to})
		sum, err := exec.Command("ffmpeg", "-v", "error", "-i", out, "-f", "framemd5", "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		sums = append(sums, string(sum))
	}
	if sums[0] != sums[1] {
		t.Errorf("decoded frames of two runs differ:\n%s\n%s", sums[0], sums[1])
	}
	different := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(sums[0]), "\n") {
		if fields := strings.Split(line, ","); !strings.HasPrefix(line, "#") && len(fields) == 6 {
			different[fields[5]] = true
		}
	}
	if len(different) != 12 {
		t.Errorf("%d different frames of 12:\n%s", len(different), sums[0])
	}
}

func probe(t testing.TB, path string, args ...string) string {
	t.Helper()
	out, err := exec.Command("ffprobe", append(append([]string{"-v", "error"}, args...), "-of", "csv=p=0", path)...).CombinedOutput()
	if err != nil {
		t.Fatalf("ffprobe: %v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}
