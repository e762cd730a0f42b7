package stage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/longtake/longtake/pipeline/surface"
)

const (
	resetWait  = 250 * time.Millisecond // between attempts: the driver may not be ready yet
	resetTries = 40
	resetsMost = 5 // in a minute: more are not the world's fault
)

var errResets = errors.New("the graphics driver resets the GPU again and again: a lower --quality or a smaller --size may spare it")

// renew goes on after the driver has reset the GPU: another surface, and a renderer that gets from
// the player what the lost one held. The next frame is that of the wall's time as ever, without
// history.
func (l *live) renew(ctx context.Context, w wall, open func() (surface.Surface, error)) error {
	now := w.now()
	l.resets = append(l.resets, now)
	for len(l.resets) > 0 && now.Sub(l.resets[0]) > time.Minute {
		l.resets = l.resets[1:]
	}
	if len(l.resets) > resetsMost {
		return errResets
	}
	l.renderer.Release()
	l.renderer = nil
	l.surface.Release()
	var err error
	for range resetTries {
		var s surface.Surface
		if s, err = open(); err == nil {
			l.surface = s
			if err = l.render(); err == nil {
				break
			}
			s.Release()
		}
		if w.sleep(ctx, resetWait); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if err != nil {
		return fmt.Errorf("the graphics driver has reset the GPU, and does not come back: %w", err)
	}
	l.previous = nil
	if p := l.pointing; p != nil {
		p.renderer, p.under = l.renderer, false
	}
	return nil
}
