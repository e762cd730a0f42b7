package stage

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

var (
	small = scene.Size{Width: 1280, Height: 720}
	// Views of the sample city: its middle, the same from further, a street.
	sampleViews = []scene.Camera{
		{Lng: -30.5, Lat: 36.495, Height: 700, Heading: 10, Pitch: -25, FOV: 45},
		{Lng: -30.5, Lat: 36.47, Height: 2500, Heading: 0, Pitch: -25, FOV: 45},
		{Lng: -30.503, Lat: 36.5085, Height: 80, Heading: 70, Pitch: -5, FOV: 60},
	}
)

// shownTiles draws a view and names the tiles that it is made of.
func shownTiles(t *testing.T, p *Player, c scene.Camera) string {
	t.Helper()
	q, _ := pipeline.Tier("low")
	f, err := p.Frame(t.Context(), scene.Time{}, Shot{Width: small.Width, Height: small.Height, Quality: q, Camera: &c})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d draws, %d tiles, %x", len(f.Draws), len(heldNow(p)), sha256.Sum256(fmt.Append(nil, heldNow(p))))
}

// heldNow are the tiles of the last frame.
func heldNow(p *Player) map[tileKey]bool {
	out := map[tileKey]bool{}
	for k, c := range p.library.held {
		if c.last == p.library.clock {
			out[k] = true
		}
	}
	return out
}

func TestTilesStayWithinTheirBudget(t *testing.T) {
	dir := samplePackage(t)
	open := func(memory int) *Player {
		p, err := Open(dir, PlayOptions{Memory: memory})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	free := open(0)
	full := shownTiles(t, free, sampleViews[0])
	need := free.library.used
	for _, share := range []int{2, 3} {
		budget := need / share
		p := open(budget)
		for _, c := range append(sampleViews, sampleViews[0]) {
			seen := shownTiles(t, p, c)
			if seen == full {
				t.Errorf("with 1/%d of what a view takes all of it is drawn", share)
			}
			if p.library.used > budget { // the coarsest tiles alone take 6 MB
				t.Errorf("tiles of %d bytes are held, %d allowed", p.library.used, budget)
			}
			if fresh := shownTiles(t, open(budget), c); fresh != seen {
				t.Errorf("what is drawn depends on what was drawn before: %s, at first %s", seen, fresh)
			}
		}
	}
}

func TestLiveTilesSettleWithinTheirBudget(t *testing.T) {
	dir := samplePackage(t)
	p, err := Open(dir, PlayOptions{Memory: 12 << 20})
	if err != nil {
		t.Fatal(err)
	}
	l := openLive(t, p, "low")
	for _, c := range sampleViews {
		settled := 0
		for frame := 0; settled < 4; frame++ {
			if frame == 200 {
				t.Fatal("tiles come and go for ever")
			}
			before := fmt.Sprint(heldNow(p))
			if _, err := l.draw(t.Context(), scene.Time{}, &c); err != nil {
				t.Fatal(err)
			}
			if l.loader.behind || fmt.Sprint(heldNow(p)) != before {
				settled = 0
			} else {
				settled++
			}
			if p.library.used > p.library.budget {
				t.Fatalf("tiles of %d bytes are held, %d allowed", p.library.used, p.library.budget)
			}
			time.Sleep(5 * time.Millisecond) // for the readers
		}
	}
}

// What a reader leaves out of a tile is told once, however many tiles it is left out of.
func TestWhatTilesLackIsTold(t *testing.T) {
	l := newLibrary(1 << 20)
	set := &tiles.Tileset{Path: "far/tileset.json"}
	for i := range 2 {
		l.put(want{set, &tiles.Tile{Index: i}}, []geo.Content{{Notes: []string{"no glass"}}})
	}
	if got := l.out.of("far/tileset.json: no glass"); len(l.out.reasons) != 1 || got.Count != 1 {
		t.Errorf("told %v", got)
	}
}
