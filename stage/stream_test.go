package stage

import (
	"bufio"
	"context"
	"encoding/json"
	"math"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/stream"
)

// startStream streams the test scene until the test ends and returns its address.
func startStream(t *testing.T, open func() (surface.Surface, error)) (url string) {
	t.Helper()
	if err := stream.Available(); err != nil {
		t.Skip(err)
	}
	p := dotPlayer(t)
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- Stream(ctx, p, StreamOptions{HLS: "127.0.0.1:0", open: open, Ready: func(u string) { ready <- u }})
	}()
	select {
	case url = <-ready:
	case err := <-done:
		cancel()
		if s, e := surface.NewOffscreen(surface.Options{}); e != nil {
			t.Skip("no OpenGL 4.5 here: ", err)
		} else {
			s.Release()
		}
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the stream ended with: %v", err)
		}
		if c, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/")); err == nil {
			_ = c.Close()
			t.Error("the server is still there")
		}
	})
	return url
}

// TestStream has ffprobe read the playlist, a client the camera records, and a browser
// play the page.
func TestStream(t *testing.T) {
	url := startStream(t, nil)
	t.Run("camera", func(t *testing.T) { cameras(t, url) })
	t.Run("ffprobe", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		var out []byte
		var err error
		for ctx.Err() == nil { // until the first segments are whole
			out, err = exec.CommandContext(ctx, "ffprobe", "-v", "error", "-select_streams", "v", "-read_intervals", "%+#3", "-show_entries", "packet=pts_time:stream=codec_name,width,height,r_frame_rate,color_space", "-of", "csv", url+"index.m3u8").CombinedOutput()
			if err == nil && strings.Contains(string(out), "packet") {
				break
			}
		}
		if got := string(out); err != nil || !strings.Contains(got, "stream,h264,160,90,bt709,10/1") {
			t.Errorf("ffprobe says %q (%v)", got, err)
		}
		if got := string(out); !strings.Contains(got, "packet,10.000000\n") {
			t.Errorf("the media does not begin at 10 s: %q", got)
		}
	})
	t.Run("browser", func(t *testing.T) { watch(t, url) })
}

// watch opens the page in Chromium and waits until the picture moves on.
func watch(t *testing.T, url string) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is missing here (Debian package chromium)")
	}
	alloc, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("autoplay-policy", "no-user-gesture-required"))...)
	defer stop()
	browser, end := chromedp.NewContext(alloc)
	defer end()
	ctx, cancel := context.WithTimeout(browser, 60*time.Second)
	defer cancel()
	var state string
	var seen struct {
		Width, Height    int
		From, To, Bright float64
	}
	err = chromedp.Run(ctx,
		chromedp.Navigate(url),
		chromedp.Poll(`document.getElementById("video").currentTime > 10 && !document.getElementById("video").paused`, nil, chromedp.WithPollingTimeout(0)),
		chromedp.Evaluate(`window.from = document.getElementById("video").currentTime`, nil),
		chromedp.Poll(`document.getElementById("video").currentTime > window.from + 1`, nil, chromedp.WithPollingTimeout(0)),
		chromedp.Evaluate(`(() => {
			const v = document.getElementById("video"), c = document.createElement("canvas");
			c.width = v.videoWidth; c.height = v.videoHeight;
			const g = c.getContext("2d"); g.drawImage(v, 0, 0);
			let bright = 0;
			const p = g.getImageData(0, 0, c.width, c.height).data;
			for (let i = 0; i < p.length; i += 4) bright = Math.max(bright, p[i]);
			return { Width: v.videoWidth, Height: v.videoHeight, From: window.from, To: v.currentTime, Bright: bright };
		})()`, &seen),
		chromedp.Text("#state", &state),
	)
	if err != nil {
		t.Fatalf("the page does not play: %v", err)
	}
	if seen.Width != 160 || seen.Height != 90 || seen.To < seen.From+1 || seen.Bright < 100 || state != "live" {
		t.Errorf("the page shows %+v, its state is %q", seen, state)
	}
}

func TestStreamSaysWhatIsWrong(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	if err := stream.Available(); err != nil {
		t.Skip(err)
	}
	p := dotPlayer(t)
	for _, c := range []struct {
		o    StreamOptions
		want string
	}{
		{StreamOptions{HLS: taken.Addr().String()}, "cannot serve the stream at " + taken.Addr().String() + ": bind: address already in use"},
		{StreamOptions{HLS: "127.0.0.1:nonsense"}, "nonsense"},
		{StreamOptions{HLS: "127.0.0.1:0", Quality: "best"}, "draft, low, high and ultra"},
	} {
		if err := Stream(t.Context(), p, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.o, err)
		}
	}
}

func TestReachable(t *testing.T) {
	for from, want := range map[string]string{"127.0.0.1:80": "127.0.0.1:80", "0.0.0.0:8080": "localhost:8080", "[::]:9": "localhost:9", "[::1]:9": "[::1]:9"} {
		a, err := net.ResolveTCPAddr("tcp", from)
		if err != nil {
			t.Fatal(err)
		}
		if got := reachable(a); got != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
}

// cameras reads the records of twenty frames.
func cameras(t *testing.T, url string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, "GET", url+"camera", nil)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	last := int64(-1)
	lines := bufio.NewScanner(answer.Body)
	for n := 0; n < 20 && lines.Scan(); {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		n++
		var r stream.Record
		if err := json.Unmarshal([]byte(data), &r); err != nil {
			t.Fatal(err)
		}
		if r.Frame <= last || math.Abs(r.Media-10-float64(r.Frame)/10) > 1e-9 || r.Time < 0 || r.Time >= 5 || math.Hypot(r.Eye[0], r.Eye[1]) < 4e6 {
			t.Errorf("after frame %d: %+v", last, r)
		}
		last = r.Frame
	}
	if last < 19 {
		t.Errorf("frame %d is the last one: %v", last, lines.Err())
	}
}

// lostAt is a surface that the driver resets at a frame of the stream.
type lostAt struct {
	surface.Surface
	frame int
}

func (s *lostAt) Lost() bool { s.frame--; return s.frame == 0 }

// A stream goes on after a reset of the GPU, on another surface.
func TestStreamGoesOnAfterAReset(t *testing.T) {
	var opened atomic.Int32
	url := startStream(t, func() (surface.Surface, error) {
		s, err := surface.NewOffscreen(surface.Options{})
		if err != nil {
			return nil, err
		}
		opened.Add(1)
		return &lostAt{s, 8 + 1000*int(opened.Load()-1)}, nil
	})
	cameras(t, url)
	if opened.Load() < 2 {
		t.Errorf("%d surfaces", opened.Load())
	}
}
