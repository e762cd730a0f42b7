package stage

import (
	"fmt"
	"slices"
	"time"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/pipeline"
)

// overlay is what a live picture tells about itself: frames a second, sizes, passes. It
// is renewed twice a second, to be read.
type overlay struct {
	font   *text.Typesetter
	atlas  *drawable.Image
	spread float32
	lines  []*drawable.Glyphs
	spans  []time.Duration // since it was renewed
	slept  time.Duration   // all of them
}

const (
	overlayEvery  = 500 * time.Millisecond
	overlaySize   = 19 // pixels of a picture of 1080 lines
	overlayPasses = 8  // the most expensive ones are told
)

func newOverlay() (*overlay, error) {
	t, err := text.NewTypesetter(text.Options{})
	if err != nil {
		return nil, err
	}
	o := &overlay{font: t}
	var all []rune
	for r := ' '; r <= '~'; r++ {
		all = append(all, r)
	}
	t.Layout(string(all)+"·×", overlaySize) // so that the atlas stays as it is
	o.atlas, o.spread = t.Atlas()
	return o, nil
}

// took notes a frame and renews the lines where it is time.
func (o *overlay) took(span time.Duration, s pipeline.Stats, tiles int, shot Shot) {
	o.spans = append(o.spans, span)
	if o.slept += span; o.slept < overlayEvery && o.lines != nil {
		return
	}
	o.lines = o.lines[:0]
	for _, line := range overlayText(o.spans, s, tiles, shot) {
		o.lines = append(o.lines, textLine(o.font, line, overlaySize, [4]uint8{255, 255, 255, 235}, 0))
		last := o.lines[len(o.lines)-1]
		last.Atlas, last.Spread = o.atlas, o.spread
	}
	o.spans, o.slept = o.spans[:0], 0
}

// overlayText tells of some frames.
func overlayText(spans []time.Duration, s pipeline.Stats, tiles int, shot Shot) []string {
	sorted := slices.Sorted(slices.Values(spans))
	ms := func(d time.Duration) float64 { return float64(d) / 1e6 }
	middle := sorted[len(sorted)/2]
	lines := []string{
		fmt.Sprintf("%.1f ms (worst %.1f) · %.0f frames/s · %d×%d", ms(middle), ms(sorted[len(sorted)-1]), 1000/max(ms(middle), 0.01), shot.Width, shot.Height),
		fmt.Sprintf("%.2f M triangles · %d draws · GPU %d MB · tiles %d MB", float64(s.Triangles)/1e6, s.Draws, s.Bytes/1e6, tiles/1e6),
	}
	passes := slices.Clone(s.Passes)
	slices.SortStableFunc(passes, func(a, b pipeline.PassTime) int {
		switch {
		case a.Milliseconds > b.Milliseconds:
			return -1
		case a.Milliseconds < b.Milliseconds:
			return 1
		}
		return 0
	})
	for _, p := range passes[:min(overlayPasses, len(passes))] {
		lines = append(lines, fmt.Sprintf("%8.2f ms  %s", p.Milliseconds, p.Name))
	}
	return lines
}

// draws are the lines in the upper left corner.
func (o *overlay) draws(v pipeline.View, shot Shot) (out []drawable.Draw) {
	for i, g := range o.lines {
		const margin, leading = 1.2, 1.35 // em
		em := float32(overlaySize) / 1080 // of the picture's height
		at := anchor{x: margin * em * float32(shot.Height) / float32(shot.Width), y: 1 - em*(margin+leading*float32(i))}
		out = append(out, placed(g, at, v, shot))
	}
	return out
}
