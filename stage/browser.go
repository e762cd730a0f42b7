package stage

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/longtake/longtake/layers/drawable"
)

// browser draws pages of the web in headless Chromium, which starts with the first page and
// ends by close. The zero value is ready.
type browser struct {
	base  context.Context // what ends it; nil = close alone
	limit time.Duration   // how long a page may take to load or to draw; 0 = pageTime
	again bool            // a page that could not be loaded is loaded again when it is wished for; else with other data alone

	mu    sync.Mutex      // of what follows: pages are drawn beside each other
	root  context.Context // of the process; nil = not started
	end   func()          // kills what is left of it, and waits for that
	err   error           // why it did not start
	tabs  map[pageKey]*tab
	drawn int // pages so far
}

// tab is an open page.
type tab struct {
	ctx   context.Context
	close func()
	drawn int // the browser's count when it was last drawn
	limit time.Duration

	mu            sync.Mutex // of what follows: one draws at a time
	loaded        bool
	data          []byte                // that it has
	script        page.ScriptIdentifier // which gives them to it when it is loaded
	width, height float64
	scale         float64
	err           error  // why it has not been loaded, or not taken its data or size
	tried         []byte // data that it was last to have
}

// pageTime is how long a page may take to load or to draw.
const pageTime = 30 * time.Second

// mostTabs bounds the pages that are open: panels that a story sets anew have other pages. The
// one that was drawn the longest ago goes first.
const mostTabs = 64

// Chromium is the path of the browser that draws pages of the web. The error says how to get
// one.
func Chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium on the PATH, which draws panels of type web: install the package chromium")
}

// start starts Chromium once.
func (b *browser) start() error {
	if b.root != nil || b.err != nil {
		return b.err
	}
	path, err := Chromium()
	if err != nil {
		b.err = err
		return err
	}
	// It draws what authors of scenes ask for and nothing of its own; as root, as in
	// containers, Chromium refuses to start with its sandbox.
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WSURLReadTimeout(time.Minute),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("allow-file-access-from-files", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	base := b.base
	if base == nil {
		base = context.Background()
	}
	alloc, end := chromedp.NewExecAllocator(base, options...)
	b.root, _ = chromedp.NewContext(alloc)
	b.end = end
	b.tabs = map[pageKey]*tab{}
	if err := chromedp.Run(b.root); err != nil {
		b.end()
		b.root, b.err = nil, fmt.Errorf("start Chromium (%s): %w", path, err)
	}
	return b.err
}

// draw is a page at a size in pixels of a 1080-line picture, rasterised at a scale, as it is at
// some seconds of the story.
func (b *browser) draw(p *drawable.Page, width, height, scale, seconds float64) (*drawable.Image, error) {
	t, err := b.tab(p)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err != nil && (b.again || !bytes.Equal(t.tried, p.Data)) {
		if err := b.reopen(t, p); err != nil {
			return nil, fmt.Errorf("page %s: %w", p.Name(), err)
		}
	}
	t.tried = p.Data
	if !t.loaded {
		t.loaded = true
		t.err = t.run(t.load(p, width, height, scale, seconds))
	} else if t.err == nil && !bytes.Equal(t.data, p.Data) {
		t.err = t.run(t.update(p, width, height, scale, seconds))
	} else if t.err == nil && (t.width != width || t.height != height || t.scale != scale) {
		t.err = t.run(t.size(width, height, scale))
	}
	if t.err != nil {
		return nil, fmt.Errorf("page %s: %w", p.Name(), t.err)
	}
	var shot []byte
	seek := fmt.Sprintf("Promise.resolve(window.longtake && longtake.seek ? longtake.seek(%s) : 0).then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0)))))", strconv.FormatFloat(seconds, 'g', -1, 64))
	err = t.run(chromedp.Tasks{
		chromedp.Evaluate(seek, nil, awaited),
		chromedp.ActionFunc(func(ctx context.Context) (err error) {
			shot, err = page.CaptureScreenshot().WithFormat(page.CaptureScreenshotFormatPng).WithFromSurface(true).Do(ctx)
			return err
		}),
	})
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", p.Name(), err)
	}
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", p.Name(), err)
	}
	out := image.NewRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return &drawable.Image{Name: "page", Width: out.Rect.Dx(), Height: out.Rect.Dy(), Channels: 4, Pixels: out.Pix}, nil
}

// tab is that of a page, which may not be loaded yet.
func (b *browser) tab(p *drawable.Page) (*tab, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.start(); err != nil {
		return nil, err
	}
	t := b.tabs[keyOf(p)]
	if t == nil {
		b.makeRoom()
		t = &tab{}
		b.tabs[keyOf(p)] = t
		t.ctx, t.close = chromedp.NewContext(b.root)
	}
	t.limit = b.pageLimit()
	b.drawn++
	t.drawn = b.drawn
	return t, nil
}

// reopen puts an empty tab in place of one that may hang.
func (b *browser) reopen(t *tab, p *drawable.Page) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.root == nil || b.tabs[keyOf(p)] != t {
		return errors.New("closed")
	}
	t.close()
	t.ctx, t.close = chromedp.NewContext(b.root)
	t.loaded, t.err, t.script, t.data = false, nil, "", nil
	return nil
}

func (b *browser) pageLimit() time.Duration {
	if b.limit > 0 {
		return b.limit
	}
	return pageTime
}

// errLate is of a page that takes too long.
var errLate = errors.New("not ready")

func (t *tab) run(what chromedp.Tasks) error {
	ctx, cancel := context.WithTimeout(t.ctx, t.limit)
	defer cancel()
	err := chromedp.Run(ctx, what)
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w after %v", errLate, t.limit)
	}
	return err
}

// size sets the page's size and scale.
func (t *tab) size(width, height, scale float64) chromedp.Tasks {
	t.width, t.height, t.scale = width, height, scale
	return chromedp.Tasks{
		emulation.SetDeviceMetricsOverride(int64(math.Round(width)), int64(math.Round(height)), scale, false),
		emulation.SetDefaultBackgroundColorOverride().WithColor(&cdp.RGBA{}),
	}
}

// load opens the page; {t} in its address is the story's seconds at which it is first drawn.
func (t *tab) load(p *drawable.Page, width, height, scale, seconds float64) chromedp.Tasks {
	address := strings.ReplaceAll(p.URL, "{t}", strconv.FormatFloat(seconds, 'g', -1, 64))
	if p.HTML != "" {
		address = "data:text/html;charset=utf-8;base64," + base64.StdEncoding.EncodeToString([]byte(p.HTML))
	}
	// The first run opens the tab; a context with a time limit may not.
	if err := chromedp.Run(t.ctx); err != nil {
		return chromedp.Tasks{chromedp.ActionFunc(func(context.Context) error { return err })}
	}
	return append(t.size(width, height, scale),
		chromedp.ActionFunc(func(ctx context.Context) (err error) {
			if t.script != "" { // of the data that it had
				if err := page.RemoveScriptToEvaluateOnNewDocument(t.script).Do(ctx); err != nil {
					return err
				}
			}
			t.data = p.Data
			t.script, err = page.AddScriptToEvaluateOnNewDocument("window.longtake = {data: " + jsonOf(p) + "}").Do(ctx)
			return err
		}),
		chromedp.Navigate(address),
		chromedp.Evaluate("document.fonts ? document.fonts.ready.then(() => 0) : 0", nil, awaited),
	)
}

// update hands other data to the page: those that do not take them are loaded again.
func (t *tab) update(p *drawable.Page, width, height, scale, seconds float64) chromedp.Tasks {
	var taken bool
	hand := "(async data => { if (!window.longtake || !longtake.update) return false; longtake.data = data; await longtake.update(data); return true })(" + jsonOf(p) + ")"
	return append(t.size(width, height, scale), chromedp.Evaluate(hand, &taken, awaited), chromedp.ActionFunc(func(ctx context.Context) error {
		if !taken {
			return t.load(p, width, height, scale, seconds).Do(ctx)
		}
		t.data = p.Data
		return nil
	}))
}

func jsonOf(p *drawable.Page) string {
	if p.Data == nil {
		return "null"
	}
	return string(p.Data)
}

// awaited waits for the promise that a script answers.
func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// makeRoom closes a tab where there are too many.
func (b *browser) makeRoom() {
	if len(b.tabs) < mostTabs {
		return
	}
	var oldest pageKey
	first := true
	for k, t := range b.tabs {
		if first || t.drawn < b.tabs[oldest].drawn {
			oldest, first = k, false
		}
	}
	b.tabs[oldest].close()
	delete(b.tabs, oldest)
}

// close ends Chromium and waits until it is gone with its folder. A page that is asked for
// later starts it again.
func (b *browser) close() {
	if b.root == nil {
		return
	}
	ctx, cancel := context.WithTimeout(b.root, 5*time.Second)
	defer cancel()
	_ = chromedp.Cancel(ctx)
	b.end()
	b.root, b.tabs = nil, nil
}
