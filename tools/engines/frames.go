package engines

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
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
	Done         bool      `json:"done"`
	Errors       []string  `json:"errors"`
}

// Measure draws the boxes in three.js.
func Measure(ctx context.Context, dir string, b Boxes) (*BoxFrames, error) {
	b.File = filepath.Base(b.Rows)
	if b.Effects == nil {
		b.Effects = []string{}
	}
	mux := http.NewServeMux()
	mux.Handle("/", handler(dir, Shot{Package: filepath.Dir(b.Rows)}))
	mux.HandleFunc("/job.json", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(b) })
	server := httptest.NewServer(mux)
	defer server.Close()
	tab, end, err := open(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var f BoxFrames
	err = chromedp.Run(tab,
		emulation.SetDeviceMetricsOverride(int64(b.Width), int64(b.Picture), 1, false),
		chromedp.Navigate(server.URL+"/boxes.html"),
		chromedp.Poll("report.done || report.errors.length > 0", nil, chromedp.WithPollingTimeout(0), chromedp.WithPollingInterval(250*time.Millisecond)),
		chromedp.Evaluate("report", &f),
	)
	if err == nil && !f.Done {
		err = errors.New(strings.Join(f.Errors, "; "))
	}
	if err != nil {
		return nil, fmt.Errorf("engines: boxes in three.js: %w", err)
	}
	return &f, nil
}
