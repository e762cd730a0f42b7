package stage

import (
	"testing"

	"github.com/longtake/longtake/scene"
)

// What a measurement says must be of the right things; how long they took is not tested.
func TestBenchFrame(t *testing.T) {
	screen(t)
	p := player(t, samplePackage(t))
	ground := p.Ground(-30.5, 36.5)
	for _, o := range []BenchOptions{
		{Frames: 2}, // the story
		{Frames: 1, Orbit: &scene.Orbit{Lng: -30.5, Lat: 36.51, Radius: 500, Height: 220, Turn: 360}, FOV: 51.6},
	} {
		o.Size, o.Quality = scene.Size{Width: 64, Height: 36}, "low"
		b, err := BenchFrame(t.Context(), p, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, pass := range []string{"prepare", "shadow", "gbuffer", "lighting"} {
			if b.Passes[pass] <= 0 {
				t.Errorf("no time of %q among %v", pass, b.Passes)
			}
		}
		if b.MedianMS <= 0 || b.Triangles < 1000 || b.Size != o.Size || b.Quality != "low" || b.Renderer == "" {
			t.Errorf("got %+v", b)
		}
	}
	f, err := newFlight(p, BenchOptions{Frames: 4, Size: scene.Size{Width: 64, Height: 36}, Orbit: &scene.Orbit{Lng: -30.5, Lat: 36.5, Radius: 500, Height: 220, Turn: 360}})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[[2]float64]bool{}
	for i := range 4 {
		for _, later := range []float64{0, step} {
			_, c := f.at(i, 4, later)
			seen[[2]float64{c.Lng, c.Lat}] = true
			if d := c.Height - ground; d < 219.9 || d > 220.1 {
				t.Errorf("place %d is %.1f m above the ground", i, d)
			}
		}
	}
	if len(seen) != 8 {
		t.Errorf("%d different places of 8", len(seen))
	}
}

func TestBenchVideo(t *testing.T) {
	needVideo(t)
	screen(t)
	b, err := BenchVideo(t.Context(), player(t, trivial(t)), BenchOptions{Frames: 5, Size: scene.Size{Width: 64, Height: 36}, Quality: "draft"})
	if err != nil {
		t.Fatal(err)
	}
	if b.Frames != 5 || b.RenderS <= 0 || b.EncodeS <= 0 || b.WallS <= 0 {
		t.Errorf("got %+v", b)
	}
	if _, err := BenchVideo(t.Context(), player(t, trivial(t)), BenchOptions{Frames: 5, Size: scene.Size{Width: 63, Height: 36}, Quality: "draft"}); err == nil {
		t.Error("an odd size was taken")
	}
}

func TestBenchGenerate(t *testing.T) {
	path := writeText(t, t.TempDir(), "city.osm", osmFile([2]string{"name", "a"}, [2]string{"name", "b"}))
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	doc, err := Load(t.Context(), []string{path})
	if err != nil {
		t.Fatal(err)
	}
	b, err := BenchGenerate(t.Context(), doc, GenerateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// A plain box has 10 triangles at least: 8 of walls, 2 of the roof.
	if b.Features != 2 || b.Buildings != 2 || b.BuildingTriangles < 20 || b.Triangles < b.BuildingTriangles+2 ||
		b.BuildingBytes <= 0 || b.Bytes <= b.BuildingBytes || b.FeaturesPerS <= 0 || b.Seconds <= 0 {
		t.Errorf("got %+v", b)
	}
	if b.PeakRSSBytes != nil && *b.PeakRSSBytes < 1<<20 {
		t.Errorf("%d bytes of memory at most", *b.PeakRSSBytes)
	}
	nothingIn(t, tmp)
}

func TestBenchScale(t *testing.T) {
	screen(t)
	b, err := BenchScale(t.Context(), 100_000, BenchOptions{Frames: 1, Size: scene.Size{Width: 64, Height: 36}, Quality: "low"}, GenerateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Cities) != 1 || b.Growth != 1 {
		t.Fatalf("got %+v", b)
	}
	c := b.Cities[0]
	if c.Vertices < 80_000 || c.Vertices > 120_000 {
		t.Errorf("%d vertices of 100,000", c.Vertices)
	}
	if c.FirstFrameS <= 0 || c.MedianMS <= 0 || c.Triangles < 1000 || c.Flight.Frames < 1 || c.ResidentRAM <= 0 || c.ResidentVRAM <= 0 {
		t.Errorf("got %+v", c)
	}
}
