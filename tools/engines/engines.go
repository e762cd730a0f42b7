package engines

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Names are the engines, which are pages of this folder.
var Names = []string{"cesium", "three"}

// Terrain is the page that loads a folder of quantized-mesh into CesiumJS.
const Terrain = "terrain"

// Shot is one view of a package: its tilesets and a camera in ECEF metres.
type Shot struct {
	Package  string       `json:"-"`        // folder
	Tilesets []string     `json:"tilesets"` // paths of tileset.json in it
	Only     []string     `json:"only"`     // those of them that a second picture shows; none: there is one picture
	MaxError float64      `json:"maxError"` // pixels
	Points   [][2]float64 `json:"points"`   // longitudes and latitudes where Terrain measures
	Eye      [3]float64   `json:"eye"`
	Forward  [3]float64   `json:"forward"`
	Up       [3]float64   `json:"up"`
	FovY     float64      `json:"fovY"` // radians
	Width    int          `json:"-"`
	Height   int          `json:"-"`
}

// Report is what an engine said while it loaded.
type Report struct {
	Done     bool      `json:"done"`
	Tiles    int       `json:"tiles"`   // contents loaded
	Heights  []float64 `json:"heights"` // above the ellipsoid, in metres, at Shot.Points
	Errors   []string  `json:"errors"`
	Warnings []string  `json:"warnings"`
}

// ErrMissing is what Available wraps where a program is missing.
var ErrMissing = errors.New("not installed")

// Available tells whether Chromium and the engines are there.
func Available(dir string) error {
	if _, err := browser(); err != nil {
		return fmt.Errorf("chromium: %w (Debian package chromium)", ErrMissing)
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "cesium")); err != nil {
		return fmt.Errorf("engines: %w: run npm ci in %s", ErrMissing, dir)
	}
	return nil
}

func browser() (string, error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		path, err = exec.LookPath("google-chrome")
	}
	return path, err
}

// Load opens a shot in an engine, waits until it has loaded all that it wants, and returns
// its pictures, with all tilesets and with Shot.Only alone, and what it said. dir is this
// folder. Each load has a Chromium of its own: what one engine has left in memory slows
// the next more than a start costs.
func Load(ctx context.Context, dir, engine string, s Shot) ([]image.Image, *Report, error) {
	server := httptest.NewServer(handler(dir, s))
	defer server.Close()
	tab, end, err := open(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer end()
	var report Report
	var shots [][]byte
	picture := chromedp.Tasks{
		loaded(&report),
		chromedp.ActionFunc(func(ctx context.Context) error {
			var shot []byte
			err := chromedp.CaptureScreenshot(&shot).Do(ctx)
			shots = append(shots, shot)
			return err
		}),
	}
	tasks := append(chromedp.Tasks{
		emulation.SetDeviceMetricsOverride(int64(s.Width), int64(s.Height), 1, false),
		chromedp.Navigate(server.URL + "/" + engine + ".html"),
	}, picture...)
	if len(s.Only) > 0 {
		tasks = append(append(tasks, chromedp.Evaluate("report.done = false, showOnly(), null", nil)), picture...)
	}
	if err := chromedp.Run(tab, tasks); err != nil {
		return nil, nil, fmt.Errorf("engines: %s: %w", engine, err)
	}
	var pictures []image.Image
	for _, shot := range shots {
		img, err := png.Decode(bytes.NewReader(shot))
		if err != nil {
			return nil, nil, fmt.Errorf("engines: %s: %w", engine, err)
		}
		pictures = append(pictures, img)
	}
	return pictures, &report, nil
}

// open starts a Chromium with one tab; end stops it.
func open(ctx context.Context) (tab context.Context, end func(), err error) {
	path, err := browser()
	if err != nil {
		return nil, nil, err
	}
	alloc, stop := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WSURLReadTimeout(time.Minute),
		chromedp.Flag("js-flags", "--max-old-space-size=4096 --expose-gc"), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("use-angle", "gl-egl"), chromedp.Flag("ignore-gpu-blocklist", true), chromedp.Flag("enable-unsafe-swiftshader", true))...)
	tab, closed := chromedp.NewContext(alloc)
	return tab, func() { closed(); stop() }, nil
}

// loaded waits for a page and reads its report.
func loaded(r *Report) chromedp.Tasks {
	return chromedp.Tasks{
		chromedp.Poll("report.done || report.errors.length > 0", nil, chromedp.WithPollingTimeout(0), chromedp.WithPollingInterval(250*time.Millisecond)),
		chromedp.Evaluate("report", r),
	}
}

// handler serves the pages, the npm packages, the shot and the package.
func handler(dir string, s Shot) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(dir)))
	mux.Handle("/npm/", http.StripPrefix("/npm/", http.FileServer(http.Dir(filepath.Join(dir, "node_modules")))))
	mux.Handle("/package/", http.StripPrefix("/package/", http.FileServer(http.Dir(s.Package))))
	mux.HandleFunc("/shot.json", func(w http.ResponseWriter, _ *http.Request) {
		s := s
		s.Tilesets, s.Only = urls(s.Tilesets), urls(s.Only)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(s)
	})
	return mux
}

// urls are the addresses of files of the package.
func urls(files []string) []string {
	list := make([]string, len(files))
	for i, f := range files {
		list[i] = "/package/" + f
	}
	return list
}
