package stage

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

const filmed = `longtake: 1
layers:
  - { id: plane, type: video, video: footage.avi, bounds: [-30.54, 36.493, -30.47, 36.525], start: 1s, skip: 2s }
  - { id: screen, type: board, at: { lng: -30.505, lat: 36.499 }, video: footage.avi, width: 1900 }
  - { id: panel, type: picture, video: footage.avi, repeat: once }
camera: { lng: -30.505, lat: 36.47, height: 3500, pitch: -38 }
`

// filmPlayer plays the document beside the sample's files, or one of the given bytes.
func filmPlayer(t *testing.T, footage []byte) *Player {
	t.Helper()
	dir := t.TempDir()
	if footage == nil {
		var err error
		if footage, err = os.ReadFile(filepath.Join(filepath.Dir(sampleScene(t)), "footage.avi")); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "footage.avi"), footage, 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "package")
	if _, err := Generate(t.Context(), parsed(t, filepath.Join(dir, "scene.yaml"), filmed), out, GenerateOptions{}); err != nil {
		t.Fatal(err)
	}
	return player(t, out)
}

// seen are the frames of the plane, the screen and the panel at a time.
func seen(t *testing.T, p *Player, seconds float64) (out [3][]byte) {
	t.Helper()
	f, err := p.Frame(t.Context(), scene.Seconds(seconds), Shot{Width: 320, Height: 180})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Draws {
		switch w := d.What.(type) {
		case *drawable.Drape:
			out[0] = w.Tiles[0].Image.Pixels
		case *drawable.Instances:
			if w.Mesh.Material.Texture != nil {
				out[1] = w.Mesh.Material.Texture.Pixels
			}
		}
	}
	for key, r := range p.films.reels {
		if strings.HasSuffix(key.video, "once") {
			out[2] = r.image.Pixels
		}
	}
	return out
}

// TestFilms asks for times in several orders: what is seen follows from the time alone, begins
// again or stays by what the layer says, and two layers with the same part show the same.
func TestFilms(t *testing.T) {
	p := filmPlayer(t, nil)
	whole := map[float64][3][]byte{}
	for _, at := range []float64{0, 0.5, 1, 1.5, 3.25, 5.5, 6.5, 30} {
		whole[at] = seen(t, p, at)
		for i, pixels := range whole[at] {
			if len(pixels) != 4*320*180 {
				t.Fatalf("at %v: %d bytes of the film in place %d", at, len(pixels), i)
			}
		}
	}
	for _, at := range []float64{6.5, 0.5, 3.25} {
		for i, pixels := range seen(t, p, at) {
			if !bytes.Equal(pixels, whole[at][i]) {
				t.Errorf("at %v: another picture in place %d than before", at, i)
			}
		}
	}
	same := func(what string, a, b []byte, want bool) {
		t.Helper()
		if bytes.Equal(a, b) != want {
			t.Error(what)
		}
	}
	same("it does not wait for its start", whole[0][0], whole[0.5][0], true)
	same("it stands still", whole[1.5][0], whole[1][0], false)
	same("the part from 2 s on does not begin again after 4 s", whole[1.5][0], whole[5.5][0], true)
	same("the whole does not begin again after 6 s", whole[0.5][1], whole[6.5][1], true)
	same("board and panel differ", whole[3.25][1], whole[3.25][2], true)
	same("once does not end", whole[6.5][2], whole[30][2], true)
	same("once begins again", whole[6.5][2], whole[0.5][2], false)
}

// TestBrokenFilm: a file that is none is told with the layer's name; one that ends early plays
// as far as it goes.
func TestBrokenFilm(t *testing.T) {
	p := filmPlayer(t, []byte("this is no film"))
	_, err := p.Frame(t.Context(), scene.Time{}, Shot{Width: 320, Height: 180})
	if err == nil || !strings.Contains(err.Error(), "layer plane") || !strings.Contains(err.Error(), "no video") {
		t.Error(err)
	}
	data, err := os.ReadFile(filepath.Join(filepath.Dir(sampleScene(t)), "footage.avi"))
	if err != nil {
		t.Fatal(err)
	}
	p = filmPlayer(t, data[:len(data)/2])
	if _, err := p.Frame(t.Context(), scene.Seconds(0.2), Shot{Width: 320, Height: 180}); err != nil {
		t.Error(err)
	}
	// Panels cannot say themselves what they miss: files fail, a wall goes on.
	c := slices.Collect(maps.Values(p.films.clips))[0]
	c.Times = append(c.Times, c.Seconds+1)
	for _, key := range []string{"file", "wall"} {
		if key == "wall" {
			p.loader = &tileLoader{}
		}
		var failed error
		v := &drawable.Video{Path: c.Path, Key: key, At: func(float64) float64 { return c.Seconds + 2 }}
		if img := p.filmed(t.Context(), 0, &failed)(v); img != nil || (failed != nil) != (key == "file") {
			t.Errorf("%s: %v", key, failed)
		}
		p.loader = nil
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Frame(ctx, scene.Seconds(0.9), Shot{Width: 320, Height: 180}); err == nil {
		t.Error("a frame after the end of its context")
	}
}

// TestReels: videos that play the same share what decodes them, also when layers make them
// anew, and no more run than may.
func TestReels(t *testing.T) {
	path := filepath.Join(filepath.Dir(sampleScene(t)), "footage.avi")
	var s films
	defer s.close()
	at := func(seconds float64) float64 { return seconds }
	ask := func(key string, seconds float64) *drawable.Image {
		t.Helper()
		img, err := s.picture(t.Context(), &drawable.Video{Path: "footage.avi", Key: key, At: at}, path, seconds)
		if err != nil || img == nil {
			t.Fatal(img, err)
		}
		return img
	}
	running := func() (n int) {
		for _, r := range s.reels {
			if r.runs {
				n++
			}
		}
		return n
	}
	for frame := range 6 {
		s.begin(t.Context())
		seconds := float64(frame) / 10
		if first := ask("a", seconds); ask("a", seconds) != first {
			t.Error("one frame of it is two pictures")
		}
		ask("a", 2+seconds) // of a layer with another clock
	}
	if len(s.reels) != 2 || running() != 2 {
		t.Errorf("%d reels, %d of them running", len(s.reels), running())
	}
	for range 2 {
		s.begin(t.Context())
		for i := range mostReels + 2 {
			ask(strings.Repeat("b", i+1), 1+float64(s.frame)/10)
		}
		if running() != mostReels {
			t.Errorf("%d run", running())
		}
	}
	// What could not be read leaves the picture before, and says so once; that is found again.
	r := s.reels[reelKey{video: "b"}]
	c := s.clips[path]
	c.Times = append(c.Times, c.Seconds+1)
	s.begin(t.Context())
	before := ask("b", 1)
	for i := range 3 {
		s.begin(t.Context())
		img, err := s.picture(t.Context(), &drawable.Video{Path: "footage.avi", Key: "b", At: at}, path, c.Seconds+2)
		if (err != nil) != (i == 0) || img != before {
			t.Errorf("asked %d times: %v", i, err)
		}
	}
	s.begin(t.Context())
	if got := ask("b", 0.5); got == before || r.shown != c.Frame(0.5) {
		t.Error("an old picture for another number")
	}
}
