package engines

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/longtake/longtake/scene"
)

// Rows is a layer of deck.gl over so many invented rows, to be measured.
type Rows struct {
	Kind   string        `json:"kind"` // point, column, arc, trip, label, hexagon
	Form   string        `json:"form"` // of the rows in memory: objects; columns of points; gpu gathers hexagons there
	Count  int           `json:"rows"`
	View   scene.WebMap  `json:"view"` // turned about its centre
	Frames int           `json:"-"`
	Builds int           `json:"-"`
	Limit  time.Duration `json:"-"` // builds end after half of it, frames after all: there is one of each at least
	Width  int           `json:"-"`
	Height int           `json:"-"`
}

// RowsTimes are milliseconds of Rows, wall and, of all processes of the browser, processor.
type RowsTimes struct {
	Build, BuildCPU Builds    // from rows in memory to what is drawn on the GPU
	Frame, FrameCPU []float64 // the camera has moved; CPU is the mean of that frame and the one before it
	Bytes           int       // of buffers on the GPU
	Renderer        string
}

// Builds are what it took to build a layer several times: to what is drawn, and two frames
// after it without the pixels, of which the first has what is left of building.
type Builds struct{ Made, First, Second []float64 }

// Add notes one.
func (b *Builds) Add(made, first, second float64) {
	b.Made, b.First, b.Second = append(b.Made, made), append(b.First, first), append(b.Second, second)
}

// Whole is the time until all is on the GPU: frames are uneven beside an upload, so that the
// medians are told apart, not each pair.
func (b *Builds) Whole() float64 {
	return Median(b.Made) + max(Median(b.First)-Median(b.Second), 0)
}

// Median is the middle of some numbers, 0 of none.
func Median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// HasDeck tells whether deck.gl is there; dir is this folder.
func HasDeck(dir string) error {
	if _, err := browser(); err != nil {
		return fmt.Errorf("chromium: %w (Debian package chromium)", ErrMissing)
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "@deck.gl", "core", "dist.min.js")); err != nil {
		return fmt.Errorf("deck.gl: %w: run npm ci in %s", ErrMissing, dir)
	}
	return nil
}

// MeasureRows draws the rows in deck.gl.
func MeasureRows(ctx context.Context, dir string, r Rows) (*RowsTimes, error) {
	ctx, stop := context.WithTimeout(ctx, 3*r.Limit)
	defer stop()
	tab, end, err := job{page: "deck", task: r, width: r.Width, height: r.Height}.begin(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("engines: %s in deck.gl: %w", r.Kind, err)
	}
	defer end()
	out := &RowsTimes{}
	pid := chromedp.FromContext(tab).Browser.Process().Pid
	// run calls a function of the page, which returns what it took by the clock.
	run := func(call string, into any) (cpu float64, err error) {
		before := worked(pid)
		if err := chromedp.Run(tab, chromedp.Evaluate(call, into)); err != nil {
			return 0, fmt.Errorf("engines: %s in deck.gl: %w", r.Kind, err)
		}
		return worked(pid) - before, nil
	}
	began := time.Now()
	for n := range r.Builds {
		if n > 0 && time.Since(began) > r.Limit/2 {
			break
		}
		var took, cpu [4]float64
		for i, call := range []string{"unload()", "make()", "rest()", "rest()"} {
			if cpu[i], err = run(call, &took[i]); err != nil {
				return nil, err
			}
		}
		if _, err := run("bytes()", &out.Bytes); err != nil {
			return nil, err
		}
		out.Build.Add(took[1], took[2], took[3])
		out.BuildCPU.Add(cpu[1], cpu[2], cpu[3])
	}
	for i := range r.Frames {
		if i > 0 && time.Since(began) > r.Limit {
			break
		}
		var took float64
		cpu, err := run(fmt.Sprintf("frame(%g)", float64(i)/float64(r.Frames)), &took)
		if err != nil {
			return nil, err
		}
		out.Frame, out.FrameCPU = append(out.Frame, took), append(out.FrameCPU, cpu/2)
	}
	var said struct {
		Renderer string   `json:"renderer"`
		Errors   []string `json:"errors"`
	}
	if err := chromedp.Run(tab, chromedp.Evaluate("report", &said)); err != nil {
		return nil, err
	}
	if len(said.Errors) > 0 {
		return nil, fmt.Errorf("engines: %s in deck.gl: %s", r.Kind, strings.Join(said.Errors, "; "))
	}
	out.Renderer = said.Renderer
	return out, nil
}
