package stage

import (
	"context"
	"math/big"
	"time"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// wall is the time that live playing keeps to; tests put their own in its place.
type wall struct {
	now   func() time.Time
	sleep func(context.Context, time.Duration) // returns early when the context ends
}

func systemWall() wall {
	return wall{now: time.Now, sleep: func(ctx context.Context, d time.Duration) {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
		}
	}}
}

// storyClock turns wall time into story time. Nothing but the wall moves it: a slow frame
// is followed by the frame of its own time, not by the next one.
type storyClock struct {
	length  scene.Time // 0 = the story has no end
	once    bool       // stays at the end rather than beginning again
	started time.Time
	played  time.Duration // before started
	stopped bool
}

func (c *storyClock) start(now time.Time) { c.started = now }

// at is the story time at a wall time.
func (c *storyClock) at(now time.Time) scene.Time {
	return around(scene.Fraction(int64(c.run(now)), int64(time.Second)), c.length, c.once)
}

// run is how long the clock has gone.
func (c *storyClock) run(now time.Time) time.Duration {
	if c.stopped {
		return c.played
	}
	return c.played + max(now.Sub(c.started), 0)
}

// seek goes to a story time, no further than the story's ends.
func (c *storyClock) seek(t scene.Time, now time.Time) {
	if t.Before(scene.Time{}) {
		t = scene.Time{}
	}
	if (c.length != scene.Time{}) && !t.Before(c.length) {
		t = c.length.Sub(scene.Fraction(1, 1000)) // the end itself is the begin of the next round
		if c.once {
			t = c.length
		}
	}
	c.played, c.started = time.Duration(t.Seconds()*float64(time.Second)), now
}

// toggle stops the clock or lets it go on from where it stands.
func (c *storyClock) toggle(now time.Time) {
	c.played = c.run(now)
	c.started, c.stopped = now, !c.stopped
}

// around takes a time that goes on for ever into a story: from its end back to its start,
// or no further than its end. A story of length 0 goes on for ever.
func around(t, length scene.Time, once bool) scene.Time {
	if (length == scene.Time{}) || t.Before(length) {
		return t
	}
	if once {
		return length
	}
	turns := new(big.Rat).Quo(t.Rat(), length.Rat())
	whole := new(big.Int).Quo(turns.Num(), turns.Denom())
	rest := t.Rat()
	rest.Sub(rest, new(big.Rat).Mul(new(big.Rat).SetInt(whole), length.Rat()))
	if !rest.Num().IsInt64() || !rest.Denom().IsInt64() {
		seconds, _ := rest.Float64()
		return scene.Seconds(seconds)
	}
	return scene.Fraction(rest.Num().Int64(), rest.Denom().Int64())
}

// live draws a player's frames one after the other as they are watched: with history,
// and with tiles that come in the background.
type live struct {
	player   *Player
	surface  surface.Surface
	renderer *pipeline.Renderer
	timings  bool
	resets   []time.Time // of the GPU, lately
	quality  pipeline.Quality
	size     scene.Size
	loader   *tileLoader

	number   uint32          // frames drawn
	previous *pipeline.View  // of the last frame; nil before the first one
	at       scene.Time      // of the last frame
	led      bool            // the last frame's camera was not the story's
	foreseen bool            // programs of what the story brings are there
	overlay  *overlay        // nil = none
	pointing *pointing       // nil = nobody points
	above    []drawable.Draw // over the next frame
}

// ahead is how far into the story tiles are loaded before they are seen.
var ahead = scene.Seconds(2)

func newLive(p *Player, s surface.Surface, size scene.Size, q pipeline.Quality, stats bool) (*live, error) {
	l := &live{player: p, surface: s, quality: q, size: size, timings: stats || p.options.Trace != nil}
	if err := l.render(); err != nil {
		return nil, err
	}
	var err error
	if p.feeds, err = newFeeds(p); err != nil {
		l.renderer.Release()
		return nil, err
	}
	if stats {
		if l.overlay, err = newOverlay(); err != nil {
			p.feeds.close()
			p.feeds = nil
			l.renderer.Release()
			return nil, err
		}
	}
	return l, nil
}

// render makes the renderer.
func (l *live) render() (err error) {
	l.foreseen = false
	l.renderer, err = pipeline.New(l.surface, pipeline.Options{Width: l.size.Width, Height: l.size.Height, Quality: l.quality, Live: true, Timings: l.timings})
	return err
}

// took notes how long a frame took, drawn to the end.
func (l *live) took(span time.Duration) {
	if l.overlay != nil {
		l.overlay.took(span, l.renderer.Stats(), l.player.library.used, Shot{Width: l.size.Width, Height: l.size.Height})
	}
}

// close ends the loading and frees the renderer.
func (l *live) close() {
	if l.loader != nil {
		l.loader.close()
		l.player.loader = nil
	}
	l.player.feeds.close()
	l.player.feeds = nil
	if l.renderer != nil { // it does not come back after a reset
		l.renderer.Release()
	}
}

// resize changes the picture's size; the next frame has no history.
func (l *live) resize(s scene.Size) error {
	if s == l.size {
		return nil
	}
	l.size, l.previous = s, nil
	return l.renderer.Resize(s.Width, s.Height)
}

// draw draws the frame at a story time into the renderer's picture, with the story's
// camera or another one. The first frame waits for its tiles; later ones are drawn with
// what is there.
func (l *live) draw(ctx context.Context, t scene.Time, camera *scene.Camera) (*pipeline.Frame, error) {
	shot := Shot{Width: l.size.Width, Height: l.size.Height, Quality: l.quality, Camera: camera, Live: true, Seed: l.number}
	if l.loader != nil {
		l.loader.arrive(l.player.library)
		l.loader.behind = false
	}
	l.player.feeds.turn(l.player)
	f, err := l.player.Frame(ctx, t, shot)
	if err != nil {
		return nil, err
	}
	if l.loader == nil {
		l.loader = newTileLoader(l.player.options.Trace)
		l.player.loader = l.loader
	} else {
		if camera == nil {
			l.player.prefetch(around(t.Add(ahead), l.player.Doc.Story.Length(), false), shot)
		}
		l.loader.ask()
	}
	led := camera != nil
	if led || !l.led && !l.player.cutBetween(l.at, t) { // taken from the story it goes on from there
		f.Previous = l.previous
	}
	if l.overlay != nil {
		f.Draws = append(f.Draws, l.overlay.draws(f.View, shot)...)
	}
	if l.pointing != nil {
		l.pointing.mark(f, shot)
	}
	f.Draws = append(f.Draws, l.above...)
	if !l.foreseen {
		if err := l.renderer.Foresee(f, l.player.foreseen(f)); err != nil {
			return nil, err
		}
		l.foreseen = true
	}
	if err := l.player.options.Trace.draw(l.renderer, f); err != nil {
		return nil, err
	}
	view := f.View
	l.previous, l.at, l.led = &view, t, led
	l.number++
	return f, nil
}

// cutBetween tells whether the story's camera jumps between two frames' times.
func (p *Player) cutBetween(from, to scene.Time) bool {
	if to.Before(from) { // the story has begun again
		return true
	}
	for _, k := range p.Doc.Story.Keyframes {
		if k.Ease == "cut" && from.Before(k.At) && !to.Before(k.At) {
			return true
		}
	}
	return false
}
