package stage

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/longtake/longtake/layers/drawable"
)

// pages draws pages of the web for panels. Files wait for each; where a player is watched live
// they are drawn aside, some at a time, and a panel shows the last picture of its page until the
// next is there. A page that fails or takes too long is left alone for a while, longer each time,
// and then loaded anew where it has to be. The zero value is ready.
type pages struct {
	browser browser

	mu      sync.Mutex
	asked   map[pageKey]*askedPage
	turn    int
	drawing int             // pages that are being drawn aside
	ctx     context.Context // nil = nobody draws aside
	cancel  context.CancelFunc
	done    sync.WaitGroup
}

// pagesAside is how many pages are drawn at a time: one that never ends does not hold the others.
const pagesAside = 3

// leastRest and mostRest bound for how long a page that fails or takes too long is left alone.
const (
	leastRest = time.Second
	mostRest  = 10 * time.Minute
)

// pageShot is what a picture of a page depends on.
type pageShot struct{ width, height, scale, seconds float64 }

// pageKey is what a page is known by: layers make pages anew whenever their rows change.
type pageKey struct{ of, url, html string }

func keyOf(p *drawable.Page) pageKey { return pageKey{p.Of, p.URL, p.HTML} }

// askedPage is a page that is drawn aside.
type askedPage struct {
	page    *drawable.Page // with the data that it is to show
	want    pageShot
	turn    int // of the oldest wish that is not met; 0 = none
	busy    bool
	rest    time.Duration // of the last time that it failed or took too long
	until   time.Time     // left alone
	wake    *time.Timer   // ends that
	image   *drawable.Image
	err     error
	version int // pictures so far
}

// now draws a page and waits for it.
func (p *pages) now(page *drawable.Page, s pageShot) (*drawable.Image, error) {
	return p.browser.draw(page, s.width, s.height, s.scale, s.seconds)
}

// later has a page drawn aside and returns what there is of it so far: nil without an error is
// nothing yet.
func (p *pages) later(page *drawable.Page, s pageShot) (*drawable.Image, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ctx == nil {
		p.ctx, p.cancel = context.WithCancel(context.Background())
		p.asked, p.browser.base, p.browser.again = map[pageKey]*askedPage{}, p.ctx, true
	}
	a := p.asked[keyOf(page)]
	if a == nil {
		a = &askedPage{}
		p.asked[keyOf(page)] = a
	}
	if a.want != s || a.page != page {
		if a.want, a.page = s, page; a.turn == 0 {
			p.turn++
			a.turn = p.turn
		}
		p.serve()
	}
	return a.image, a.err
}

// last is the last picture of a page that was drawn aside, and why there is no newer one.
func (p *pages) last(page *drawable.Page) (*drawable.Image, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.asked[keyOf(page)]; a != nil {
		return a.image, a.err
	}
	return nil, nil
}

// version counts the pictures of a page that is drawn aside.
func (p *pages) version(page *drawable.Page) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.asked[keyOf(page)]; a != nil {
		return a.version
	}
	return 0
}

// forget drops the pictures of a page that no panel shows any more.
func (p *pages) forget(page *drawable.Page) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.asked, keyOf(page))
}

// serve has the pages that wait drawn, those first that have waited the longest, as many at a
// time as may be. The caller holds the lock.
func (p *pages) serve() {
	for p.ctx != nil && p.ctx.Err() == nil && p.drawing < pagesAside {
		var of *askedPage
		for _, a := range p.asked {
			if a.turn > 0 && !a.busy && !time.Now().Before(a.until) && (of == nil || a.turn < of.turn) {
				of = a
			}
		}
		if of == nil {
			return
		}
		of.turn, of.busy = 0, true
		p.drawing++
		p.done.Add(1)
		go p.drawAside(of.page, of, of.want)
	}
}

func (p *pages) drawAside(page *drawable.Page, of *askedPage, s pageShot) {
	defer p.done.Done()
	image, err := p.browser.draw(page, s.width, s.height, s.scale, s.seconds)

	p.mu.Lock()
	defer p.mu.Unlock()
	switch of.err = err; {
	case err == nil:
		of.image, of.rest = image, 0
	default:
		least := leastRest
		if errors.Is(err, errLate) {
			least = p.browser.pageLimit()
		}
		of.rest = min(max(2*of.rest, least), mostRest)
		of.until = time.Now().Add(of.rest)
		of.wake = time.AfterFunc(of.rest, func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.serve()
		})
	}
	of.version++
	of.busy = false
	p.drawing--
	p.serve()
}

// close ends the browser and what draws aside, whatever it waits for.
func (p *pages) close() {
	p.mu.Lock()
	cancel := p.cancel
	for _, a := range p.asked {
		if a.wake != nil {
			a.wake.Stop()
		}
	}
	p.asked, p.ctx, p.cancel = nil, nil, nil
	p.mu.Unlock()
	if cancel != nil {
		cancel()
		p.done.Wait()
	}
	p.browser.close()
	p.browser.base, p.browser.again = nil, false
}
