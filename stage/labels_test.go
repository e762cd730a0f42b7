package stage

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// lettered is n labels over 4 km, and a view from the south.
func lettered(n int) (*pipeline.Frame, *tiles.View) {
	r := rand.New(rand.NewPCG(1, 2))
	f := earth.FrameAt(earth.Place{Lng: 7.42, Lat: 43.73})
	g := &drawable.Glyphs{Frame: f.Matrix()}
	for i := range n {
		w := float32(20 + r.IntN(60))
		g.Labels = append(g.Labels, drawable.Label{
			Anchor: [3]float32{float32(r.Float64()*4000 - 2000), float32(r.Float64() * 4000), float32(r.Float64() * 30)},
			Min:    [2]float32{-w, -8}, Max: [2]float32{w, 14}, Priority: float32(n - i)})
	}
	s, c := math.Sincos(-0.35)
	v := &tiles.View{Eye: f.FromLocal(mgl64.Vec3{0, -2500, 1200}), Right: f.DirFromLocal(mgl64.Vec3{1, 0, 0}),
		Up: f.DirFromLocal(mgl64.Vec3{0, -s, c}), Forward: f.DirFromLocal(mgl64.Vec3{0, c, s}), FovY: 0.8, Width: 1920, Height: 1080}
	return &pipeline.Frame{Draws: []drawable.Draw{{What: g}}}, v
}

// boxOf is where a label lies on the picture, worked out apart.
func boxOf(g *drawable.Glyphs, l *drawable.Label, v *tiles.View) [4]float64 {
	to := mgl64.TransformCoordinate(mgl64.Vec3{float64(l.Anchor[0]), float64(l.Anchor[1]), float64(l.Anchor[2])}, g.Frame).Sub(v.Eye)
	focal := float64(v.Height) / 2 / math.Tan(v.FovY/2)
	x := float64(v.Width)/2 + focal*to.Dot(v.Right)/to.Dot(v.Forward)
	y := float64(v.Height)/2 + focal*to.Dot(v.Up)/to.Dot(v.Forward)
	k := float64(v.Height) / 1080
	return [4]float64{x + float64(l.Min[0])*k, y + float64(l.Min[1])*k, x + float64(l.Max[0])*k, y + float64(l.Max[1])*k}
}

func flat(_, _ float64) float64 { return 0 }

// The labels that are seen overlap none, and each that is hidden within the picture overlaps
// one before it: what looking at all pairs would do.
func TestLabelsKeepTheirRoom(t *testing.T) {
	f, v := lettered(3000)
	sheet := &drawable.Sheet{Image: &drawable.Image{Width: 500, Height: 400, Channels: 4}, X: 700, Y: 300}
	f.Draws = append(f.Draws, drawable.Draw{What: sheet})
	var s separator
	s.separate(f, v, flat, false)
	g := f.Draws[0].What.(*drawable.Glyphs)
	seen := [][4]float64{{700, 1080 - 700, 1200, 1080 - 300}}
	shown := 0
	for i := range g.Labels {
		b := boxOf(g, &g.Labels[i], v)
		meets := false
		for _, o := range seen {
			meets = meets || b[0] < o[2] && b[2] > o[0] && b[1] < o[3] && b[3] > o[1]
		}
		out := b[2] < 0 || b[3] < 0 || b[0] > 1920 || b[1] > 1080
		if want := meets || out; g.Labels[i].Hidden != want {
			t.Fatalf("label %d: hidden %v, want %v", i, g.Labels[i].Hidden, want)
		}
		if !g.Labels[i].Hidden {
			seen = append(seen, b)
			shown++
		}
	}
	if shown < 50 {
		t.Errorf("%d labels are seen", shown)
	}
	if n := testing.AllocsPerRun(5, func() { s.separate(f, v, flat, false) }); n > 0 {
		t.Errorf("%v allocations a frame", n)
	}
}

// Watched live a label that loses its place fades out before it is gone.
func TestLabelsFadeLive(t *testing.T) {
	f, v := lettered(1)
	g := f.Draws[0].What.(*drawable.Glyphs)
	g.Labels[0].Anchor = [3]float32{0, 1000, 0}
	var s separator
	s.separate(f, v, flat, true)
	if l := g.Labels[0]; l.Hidden || l.Fade != 0 {
		t.Fatalf("%+v", l)
	}
	f.Draws = append(f.Draws, drawable.Draw{What: &drawable.Sheet{Image: &drawable.Image{Width: 1920, Height: 1080, Channels: 4}}})
	last := float32(0)
	for i := range 8 {
		s.separate(f, v, flat, true)
		l := g.Labels[0]
		if l.Fade <= last || l.Hidden != (i == 7) {
			t.Fatalf("frame %d: fade %v after %v, hidden %v", i, l.Fade, last, l.Hidden)
		}
		last = l.Fade
	}
	f.Draws[1].What.(*drawable.Sheet).Under = true // what lies under labels takes no place
	s.separate(f, v, flat, true)
	if l := g.Labels[0]; l.Hidden || l.Fade >= 1 {
		t.Errorf("it does not come back: %+v", l)
	}
	s.separate(f, v, flat, false)
	if g.Labels[0].Fade != 0 {
		t.Error("a file's label fades")
	}
}

func BenchmarkSeparate10k(b *testing.B) {
	f, v := lettered(10000)
	var s separator
	for b.Loop() {
		s.separate(f, v, flat, false)
	}
}
