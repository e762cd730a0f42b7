package stage

import (
	"context"
	"sync"

	"github.com/longtake/longtake/layers/drawable"
)

// pages draws pages of the web for panels. Files wait for each; where a player is watched live
// they are drawn aside, one at a time, and a panel shows the last picture of its page until the
// next is there. The zero value is ready.
type pages struct {
	drawing sync.Mutex // holds the browser
	browser browser

	mu     sync.Mutex
	asked  map[*drawable.Page]*askedPage
	turn   int
	wake   chan struct{} // nil = nobody draws aside
	cancel context.CancelFunc
	done   chan struct{} // closed when that has ended
}

// pageShot is what a picture of a page depends on.
type pageShot struct{ width, height, scale, seconds float64 }

// askedPage is a page that is drawn aside.
type askedPage struct {
	want    pageShot
	turn    int // of the oldest wish that is not met; 0 = none
	image   *drawable.Image
	err     error
	version int // pictures so far
}

// now draws a page and waits for it.
func (p *pages) now(page *drawable.Page, s pageShot) (*drawable.Image, error) {
	p.drawing.Lock()
	defer p.drawing.Unlock()
	return p.browser.draw(page, s.width, s.height, s.scale, s.seconds)
}

// later has a page drawn aside and returns what there is of it so far: nil without an error is
// nothing yet.
func (p *pages) later(page *drawable.Page, s pageShot) (*drawable.Image, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wake == nil {
		p.begin()
	}
	a := p.asked[page]
	if a == nil {
		a = &askedPage{}
		p.asked[page] = a
	}
	if a.want != s {
		if a.want = s; a.turn == 0 {
			p.turn++
			a.turn = p.turn
		}
		select {
		case p.wake <- struct{}{}:
		default:
		}
	}
	return a.image, a.err
}

// last is the last picture of a page that was drawn aside, and why there is no newer one.
func (p *pages) last(page *drawable.Page) (*drawable.Image, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.asked[page]; a != nil {
		return a.image, a.err
	}
	return nil, nil
}

// version counts the pictures of a page that is drawn aside.
func (p *pages) version(page *drawable.Page) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.asked[page]; a != nil {
		return a.version
	}
	return 0
}

// forget drops the pictures of a page that no panel shows any more.
func (p *pages) forget(page *drawable.Page) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.asked, page)
}

// begin starts what draws aside.
func (p *pages) begin() {
	var ctx context.Context
	ctx, p.cancel = context.WithCancel(context.Background())
	p.asked, p.wake, p.done = map[*drawable.Page]*askedPage{}, make(chan struct{}, 1), make(chan struct{})
	go func(wake, done chan struct{}) {
		defer close(done)
		for {
			select {
			case <-ctx.Done():
				return
			case <-wake:
			}
			for ctx.Err() == nil && p.next(ctx) {
			}
		}
	}(p.wake, p.done)
}

// next draws the page that has waited the longest; false where none waits.
func (p *pages) next(ctx context.Context) bool {
	p.mu.Lock()
	var page *drawable.Page
	var of *askedPage
	for k, a := range p.asked {
		if a.turn > 0 && (of == nil || a.turn < of.turn) {
			page, of = k, a
		}
	}
	if of == nil {
		p.mu.Unlock()
		return false
	}
	s := of.want
	of.turn = 0
	p.mu.Unlock()

	p.drawing.Lock()
	p.browser.base = ctx
	image, err := p.browser.draw(page, s.width, s.height, s.scale, s.seconds)
	p.drawing.Unlock()

	p.mu.Lock()
	defer p.mu.Unlock()
	if of.err = err; err == nil {
		of.image = image
	}
	of.version++
	return true
}

// close ends the browser and what draws aside, whatever it waits for.
func (p *pages) close() {
	p.mu.Lock()
	cancel, done := p.cancel, p.done
	p.asked, p.wake, p.cancel, p.done = nil, nil, nil, nil
	p.mu.Unlock()
	if cancel != nil {
		cancel()
		<-done
	}
	p.drawing.Lock()
	defer p.drawing.Unlock()
	p.browser.close()
	p.browser.base = nil
}
