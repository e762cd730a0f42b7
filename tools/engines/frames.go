package engines

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// Boxes is a city of plain buildings on an orbit that three.js draws, to be measured.
type Boxes struct {
	Rows    string   `json:"-"` // file of {height, polygon}
	File    string   `json:"file"`
	Lng     float64  `json:"lng"`
	Lat     float64  `json:"lat"`
	Radius  float64  `json:"radius"` // metres
	Height  float64  `json:"height"` // metres
	FovY    float64  `json:"fovY"`   // degrees
	Frames  int      `json:"frames"`
	Effects []string `json:"effects"` // of gtao, ssr; shadows are always drawn
	Width   int      `json:"-"`
	Picture int      `json:"-"` // height of the picture
}

// BoxFrames are frames of Boxes, each finished before the next began.
type BoxFrames struct {
	Milliseconds []float64 `json:"milliseconds"`
	Renderer     string    `json:"renderer"`
}

// Measure draws the boxes in three.js.
func Measure(ctx context.Context, dir string, b Boxes) (*BoxFrames, error) {
	b.File = filepath.Base(b.Rows)
	if b.Effects == nil {
		b.Effects = []string{}
	}
	tab, end, err := job{page: "boxes", files: filepath.Dir(b.Rows), task: b, width: b.Width, height: b.Picture}.begin(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("engines: boxes in three.js: %w", err)
	}
	defer end()
	var f BoxFrames
	if err := chromedp.Run(tab, chromedp.Evaluate("report", &f)); err != nil {
		return nil, fmt.Errorf("engines: boxes in three.js: %w", err)
	}
	return &f, nil
}
