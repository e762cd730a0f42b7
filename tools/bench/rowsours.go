package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
	"github.com/longtake/longtake/tools/engines"
)

// rowsView is how layers of rows are seen, turned about its centre.
var rowsView = scene.WebMap{Lng: -73.9, Lat: 40.75, Zoom: 9.6, Pitch: 45}

const rowsWidth, rowsHeight = 1280, 720

// rowsTimes are milliseconds of a layer, wall and, of this process, processor.
type rowsTimes struct {
	build, buildCPU engines.Builds // from the table in memory to drawables, and to those on the GPU
	frame, frameCPU []float64
	bytes           int // of drawables on the GPU
}

// rowsScreen draws frames of packages of rows.
type rowsScreen struct {
	quality       pipeline.Quality
	renderer      *pipeline.Renderer
	width, height int
	seed          uint32
}

func newRowsScreen(s surface.Surface, tier string, width, height int) (*rowsScreen, error) {
	q, ok := pipeline.Tier(tier)
	if !ok {
		return nil, fmt.Errorf("no tier %s", tier)
	}
	r, err := pipeline.New(s, pipeline.Options{Width: width, Height: height, Quality: q, Live: true})
	return &rowsScreen{quality: q, renderer: r, width: width, height: height}, err
}

// draw finishes a frame, and tells what it took until its drawables were there, and from then on.
func (v *rowsScreen) draw(p *stage.Player, bearing float64) (prepared, drawn cost, err error) {
	return v.frame(p, bearing, v.renderer.Draw)
}

// load is draw without the picture.
func (v *rowsScreen) load(p *stage.Player) (prepared, loaded cost, err error) {
	return v.frame(p, 0, v.renderer.Load)
}

func (v *rowsScreen) frame(p *stage.Player, bearing float64, then func(*pipeline.Frame) error) (prepared, done cost, err error) {
	view := rowsView
	view.Bearing = bearing
	c := view.Camera(rowsHeight, 0)
	v.seed++
	clock := newCost()
	f, err := p.Frame(context.Background(), scene.Seconds(60), stage.Shot{Width: v.width, Height: v.height, Quality: v.quality, Camera: &c, Live: true, Seed: v.seed})
	if prepared = clock.lap(); err != nil {
		return prepared, done, err
	}
	if err := then(f); err != nil {
		return prepared, done, err
	}
	v.renderer.Finish()
	return prepared, clock.lap(), nil
}

// drawRows plays the package of a layer, after one of few rows that has the programs built.
// Builds end after half of the limit, frames after all of it; there is one of each at least.
func drawRows(small, large, tier string, builds, frames int, limit time.Duration) (out *rowsTimes, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	s, err := surface.NewOffscreen(surface.Options{})
	if err != nil {
		return nil, err
	}
	defer s.Release()
	warm, err := stage.Open(small, stage.PlayOptions{NoCredits: true})
	if err != nil {
		return nil, err
	}
	defer warm.Close()
	out = &rowsTimes{}
	start := time.Now()
	if err := out.buildRows(s, warm, large, tier, builds, limit/2); err != nil {
		return nil, err
	}
	screen, err := newRowsScreen(s, tier, rowsWidth, rowsHeight)
	if err != nil {
		return nil, err
	}
	defer screen.renderer.Release()
	p, err := stage.Open(large, stage.PlayOptions{NoCredits: true})
	if err != nil {
		return nil, err
	}
	defer p.Close()
	for i := range frames {
		if i > 0 && time.Since(start) > limit {
			break
		}
		at := 360 * float64(i) / float64(frames)
		if _, _, err := screen.draw(p, at); err != nil {
			return nil, err
		}
		clock := newCost()
		if _, _, err := screen.draw(p, at+1); err != nil {
			return nil, err
		}
		took := clock.lap()
		out.frame, out.frameCPU = append(out.frame, took.wall), append(out.frameCPU, took.cpu)
	}
	return out, nil
}

// buildRows builds the layer several times: from its table to drawables, which then go to the
// GPU with all that two frames do but for what they draw.
func (out *rowsTimes) buildRows(s surface.Surface, warm *stage.Player, large, tier string, builds int, limit time.Duration) error {
	screen, err := newRowsScreen(s, tier, rowsWidth, rowsHeight)
	if err != nil {
		return err
	}
	defer screen.renderer.Release()
	start := time.Now()
	for n := range builds {
		if n > 0 && time.Since(start) > limit {
			break
		}
		if _, _, err := screen.draw(warm, 0); err != nil {
			return err
		}
		if err := out.buildOnce(screen, large); err != nil {
			return err
		}
	}
	return nil
}

func (out *rowsTimes) buildOnce(screen *rowsScreen, large string) error {
	p, err := stage.Open(large, stage.PlayOptions{NoCredits: true})
	if err != nil {
		return err
	}
	defer p.Close()
	runtime.GC()
	before := screen.renderer.Stats().Bytes
	made, first, err := screen.load(p)
	if err != nil {
		return err
	}
	out.bytes = screen.renderer.Stats().Bytes - before
	_, second, err := screen.load(p)
	if err != nil {
		return err
	}
	out.build.Add(made.wall, first.wall, second.wall)
	out.buildCPU.Add(made.cpu, first.cpu, second.cpu)
	return nil
}

// cost is milliseconds by the clock and of processors.
type cost struct{ wall, cpu float64 }

// costClock counts them from lap to lap.
type costClock struct {
	began  time.Time
	worked float64
}

func newCost() *costClock { return &costClock{time.Now(), processor()} }

func (c *costClock) lap() cost {
	now, worked := time.Now(), processor()
	out := cost{ms(now.Sub(c.began)), 1000 * (worked - c.worked)}
	c.began, c.worked = now, worked
	return out
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }
