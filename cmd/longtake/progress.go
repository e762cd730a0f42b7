package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/longtake/longtake/stage"
)

const (
	patience = time.Second     // work that is done by then shows nothing
	interval = 3 * time.Second // between plain lines
)

// progress shows how far a long task is: a bar with rate and time left on a terminal,
// elsewhere a plain line every few seconds. It is safe for concurrent use.
type progress struct {
	w        io.Writer
	terminal bool
	now      func() time.Time

	mu    sync.Mutex
	begun time.Time // first report of all
	task  string
	since time.Time // first report of the task
	said  time.Time // last line
	share float64   // of the whole run that was done when it was told first
	first time.Time
	bar   *progressbar.ProgressBar
	total int
}

// reporter is what packages report to; nil where nobody wants to see it.
func (a *app) reporter() stage.Reporter {
	if a.quiet {
		return nil
	}
	return a.progress.report
}

func (p *progress) report(r stage.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if p.begun.IsZero() {
		p.begun, p.said = now, now
	}
	if r.Task != p.task {
		p.clear()
		p.task, p.since, p.total = r.Task, now, r.Total
	}
	if r.Share > 0 && p.first.IsZero() {
		p.first, p.share = now, r.Share
	}
	if now.Sub(p.begun) < patience {
		return
	}
	if p.terminal {
		p.draw(r)
	} else if now.Sub(p.said) >= interval {
		p.said = now
		fmt.Fprintln(p.w, line(r, now.Sub(p.since))+p.whole(r, now))
	}
}

// whole tells how far the whole run is, of which a task is a part.
func (p *progress) whole(r stage.Progress, now time.Time) string {
	if r.Share <= 0 || r.Share <= p.share {
		return ""
	}
	left := now.Sub(p.first).Seconds() * (1 - r.Share) / (r.Share - p.share)
	return fmt.Sprintf("; %.0f %% of all, about %v left", 100*r.Share, time.Duration(left*float64(time.Second)).Round(time.Second))
}

// draw moves the bar of the task, which it makes at first.
func (p *progress) draw(r stage.Progress) {
	if p.bar != nil && r.Share > 0 {
		p.bar.Describe(p.task + p.whole(r, p.now()))
	}
	if p.bar == nil || r.Total != p.total {
		p.clear()
		p.total = r.Total
		most := r.Total
		if most == 0 {
			most = -1
		}
		p.bar = progressbar.NewOptions(most,
			progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(p.task),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetWidth(24), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetSpinnerChangeInterval(0)) // no goroutine of its own
	}
	_ = p.bar.Set(r.Done) // a count beyond the total is not worth a word
}

func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
}

// stop takes the bar off the screen.
func (p *progress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	p.task = ""
}

// line is a report in words, elapsed after its task began.
func line(r stage.Progress, elapsed time.Duration) string {
	if r.Done == 0 {
		return r.Task + " …"
	}
	rate := float64(r.Done) / elapsed.Seconds()
	known := elapsed >= patience // before, a rate would be chance
	switch {
	case r.Total == 0 && !known:
		return fmt.Sprintf("%s: %d", r.Task, r.Done)
	case r.Total == 0:
		return fmt.Sprintf("%s: %d, %.1f/s", r.Task, r.Done, rate)
	case !known:
		return fmt.Sprintf("%s: %d of %d (%d %%)", r.Task, r.Done, r.Total, 100*r.Done/r.Total)
	}
	left := time.Duration(float64(r.Total-r.Done) / rate * float64(time.Second)).Round(time.Second)
	return fmt.Sprintf("%s: %d of %d (%d %%), %.1f/s, %v left", r.Task, r.Done, r.Total, 100*r.Done/r.Total, rate, left)
}
