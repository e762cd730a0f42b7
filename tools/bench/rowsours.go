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
	q, ok := pipeline.Tier(tier)
	if !ok {
		return nil, fmt.Errorf("no tier %s", tier)
	}
	r, err := pipeline.New(s, pipeline.Options{Width: rowsWidth, Height: rowsHeight, Quality: q, Live: true})
	if err != nil {
		return nil, err
	}
	defer r.Release()
	seed := uint32(0)
	draw := func(p *stage.Player, bearing float64) (prepared cost, err error) {
		began, worked := time.Now(), processor()
		view := rowsView
		view.Bearing = bearing
		c := view.Camera(rowsHeight, 0)
		seed++
		f, err := p.Frame(context.Background(), scene.Seconds(60), stage.Shot{Width: rowsWidth, Height: rowsHeight, Quality: q, Camera: &c, Live: true, Seed: seed})
		prepared = cost{ms(time.Since(began)), 1000 * (processor() - worked)}
		if err != nil {
			return prepared, err
		}
		if err := r.Draw(f); err != nil {
			return prepared, err
		}
		r.Finish()
		return prepared, nil
	}
	warm, err := stage.Open(small, stage.PlayOptions{NoCredits: true})
	if err != nil {
		return nil, err
	}
	defer warm.Close()
	out = &rowsTimes{}
	var p *stage.Player
	start := time.Now()
	for n := range builds {
		if n > 0 && time.Since(start) > limit/2 {
			break
		}
		for range 2 {
			if _, err := draw(warm, 0); err != nil {
				return nil, err
			}
		}
		if p != nil {
			p.Close()
		}
		if p, err = stage.Open(large, stage.PlayOptions{NoCredits: true}); err != nil {
			return nil, err
		}
		runtime.GC()
		var first, drawn [2]cost
		before := r.Stats().Bytes
		for k := range drawn {
			began, worked := time.Now(), processor()
			if first[k], err = draw(p, 0); err != nil {
				return nil, err
			}
			drawn[k] = cost{ms(time.Since(began)) - first[k].wall, 1000*(processor()-worked) - first[k].cpu}
			if k == 0 {
				out.bytes = r.Stats().Bytes - before
			}
		}
		out.build.Add(first[0].wall, drawn[0].wall, drawn[1].wall)
		out.buildCPU.Add(first[0].cpu, drawn[0].cpu, drawn[1].cpu)
	}
	defer p.Close()
	for i := range frames {
		if i > 0 && time.Since(start) > limit {
			break
		}
		at := 360 * float64(i) / float64(frames)
		worked := processor()
		if _, err := draw(p, at); err != nil {
			return nil, err
		}
		began := time.Now()
		if _, err := draw(p, at+1); err != nil {
			return nil, err
		}
		out.frame, out.frameCPU = append(out.frame, ms(time.Since(began))), append(out.frameCPU, 500*(processor()-worked))
	}
	return out, nil
}

// cost is milliseconds by the clock and of processors.
type cost struct{ wall, cpu float64 }

func ms(d time.Duration) float64 { return float64(d) / 1e6 }
