package main

import (
	"strings"
	"testing"
	"time"

	"github.com/longtake/longtake/stage"
)

// clock is a time that tests move.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func TestShortWorkSaysNothing(t *testing.T) {
	var out strings.Builder
	c := &clock{time.Unix(0, 0)}
	p := &progress{w: &out, now: c.now}
	for i := range 10 {
		p.report(stage.Progress{Task: "frames", Done: i, Total: 10})
		c.at = c.at.Add(90 * time.Millisecond)
	}
	p.stop()
	if out.Len() > 0 {
		t.Errorf("said %q", out.String())
	}
}

func TestPlainLinesComeEveryFewSeconds(t *testing.T) {
	var out strings.Builder
	c := &clock{time.Unix(0, 0)}
	p := &progress{w: &out, now: c.now}
	for i := 0; i <= 100; i++ {
		p.report(stage.Progress{Task: "frames", Done: i, Total: 100})
		c.at = c.at.Add(100 * time.Millisecond)
	}
	want := "frames: 30 of 100 (30 %), 10.0/s, 7s left\nframes: 60 of 100 (60 %), 10.0/s, 4s left\nframes: 90 of 100 (90 %), 10.0/s, 1s left\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestBarIsDrawnAndTakenAway(t *testing.T) {
	var out strings.Builder
	c := &clock{time.Unix(0, 0)}
	p := &progress{w: &out, now: c.now, terminal: true}
	p.report(stage.Progress{Task: "ground", Done: 0})
	c.at = c.at.Add(2 * time.Second)
	p.report(stage.Progress{Task: "buildings", Done: 40, Total: 80})
	if s := out.String(); !strings.Contains(s, "buildings") || !strings.Contains(s, "40/80") {
		t.Errorf("bar is %q", s)
	}
	p.stop()
	if s := out.String(); strings.TrimRight(s[strings.LastIndex(strings.TrimRight(s, " \r"), "\r")+1:], " \r") != "" && !strings.HasSuffix(s, "\r") {
		t.Errorf("the bar stays on the screen: %q", s)
	}
}

func TestLine(t *testing.T) {
	for _, c := range []struct {
		p       stage.Progress
		elapsed time.Duration
		want    string
	}{
		{stage.Progress{Task: "ground"}, time.Second, "ground …"},
		{stage.Progress{Task: "read a.osm", Done: 20000}, 2 * time.Second, "read a.osm: 20000, 10000.0/s"},
		{stage.Progress{Task: "read a.osm", Done: 20000}, time.Millisecond, "read a.osm: 20000"},
		{stage.Progress{Task: "tiles", Done: 1, Total: 3}, 0, "tiles: 1 of 3 (33 %)"},
		{stage.Progress{Task: "tiles", Done: 3, Total: 3}, 6 * time.Second, "tiles: 3 of 3 (100 %), 0.5/s, 0s left"},
	} {
		if got := line(c.p, c.elapsed); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
