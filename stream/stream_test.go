package stream

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func needFFmpeg(t *testing.T) {
	t.Helper()
	if err := Available(); err != nil {
		t.Skip(err)
	}
}

// ramp is a frame whose luma tells its number.
func ramp(v Video, i int) []byte {
	f := bytes.Repeat([]byte{128}, v.FrameSize())
	for k := range v.Width * v.Height {
		f[k] = byte(16 + (i*7+k/v.Width)%200)
	}
	return f
}

func TestFileHasExactlyTheFramesWritten(t *testing.T) {
	needFFmpeg(t)
	for _, rate := range [][2]int{{24, 1}, {25, 1}, {30, 1}, {60, 1}, {30000, 1001}} {
		v := Video{Width: 64, Height: 36, Num: rate[0], Den: rate[1]}
		path := filepath.Join(t.TempDir(), "a.mp4")
		f, err := CreateFile(t.Context(), path, v, FileOptions{Metadata: map[string]string{"title": "ramp"}})
		if err != nil {
			t.Fatal(err)
		}
		const n = 37
		for i := range n {
			if err := f.Write(ramp(v, i)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := os.Stat(path); err == nil {
			t.Error("the file is there before it is whole")
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames,r_frame_rate,duration_ts,time_base", "-of", "csv=p=0", path).CombinedOutput()
		if err != nil {
			t.Fatal(err, string(out))
		}
		want := fmt.Sprintf("%d/%d,", rate[0], rate[1])
		if got := strings.TrimSpace(string(out)); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, ",37") {
			t.Errorf("rate %v: ffprobe says %s", rate, got)
		}
		left, _ := os.ReadDir(filepath.Dir(path))
		if len(left) != 1 {
			t.Errorf("%d files left", len(left))
		}
	}
}

func TestNothingIsLeftOfAFailedFile(t *testing.T) {
	needFFmpeg(t)
	dir := t.TempDir()
	v := Video{Width: 64, Height: 36, Num: 30, Den: 1}
	f, err := CreateFile(t.Context(), filepath.Join(dir, "a.mp4"), v, FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write(make([]byte, 5)); err == nil {
		t.Error("a short frame is taken")
	}
	f.Abort()
	ctx, cancel := context.WithCancel(t.Context())
	g, err := CreateFile(ctx, filepath.Join(dir, "b.mp4"), v, FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for i := 0; i < 10000 && err == nil; i++ {
		err = g.Write(ramp(v, i))
	}
	if err == nil {
		err = g.Close()
	} else {
		g.Abort()
	}
	if err == nil {
		t.Error("a cancelled file was finished")
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	for name, want := range map[string]string{"x.avi": ".mp4", "none/x.mp4": "no such file"} {
		if _, err := CreateFile(t.Context(), filepath.Join(dir, name), v, FileOptions{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := CreateFile(t.Context(), filepath.Join(dir, "o.mp4"), Video{Width: 63, Height: 36, Num: 1, Den: 1}, FileOptions{}); err == nil {
		t.Error("an odd width is taken")
	}
}

func TestMissingFFmpegNamesThePackage(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := CreateFile(t.Context(), filepath.Join(t.TempDir(), "a.mp4"), Video{64, 36, 30, 1}, FileOptions{})
	if err == nil || !strings.Contains(err.Error(), "install the Debian package ffmpeg") {
		t.Error(err)
	}
}

// TestAccessUnits cuts random NAL units, whatever the size of the reads.
func TestAccessUnits(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var stream []byte
	var want [][][]byte
	for range 60 {
		unit := [][]byte{{nalDelimiter, 0xf0}}
		for range 1 + rnd.IntN(3) {
			n := []byte{byte(1 + rnd.IntN(6))}
			for range rnd.IntN(400) {
				n = append(n, byte(1+rnd.IntN(255)))
			}
			unit = append(unit, n)
		}
		for i, n := range unit {
			if i == 0 || rnd.IntN(2) == 0 {
				stream = append(stream, 0)
			}
			stream = append(append(stream, 0, 0, 1), n...)
		}
		want = append(want, unit)
	}
	for _, r := range []io.Reader{bytes.NewReader(stream), iotest.OneByteReader(bytes.NewReader(stream)), iotest.HalfReader(bytes.NewReader(stream))} {
		var got [][][]byte
		if err := readAccessUnits(r, func(n [][]byte) error { got = append(got, n); return nil }); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%d units, want %d, or they differ", len(got), len(want))
		}
	}
	boom := errors.New("boom")
	if err := readAccessUnits(iotest.ErrReader(boom), nil); !errors.Is(err, boom) {
		t.Error(err)
	}
}

func FuzzAccessUnits(f *testing.F) {
	f.Add([]byte{0, 0, 1, 9, 0xf0, 0, 0, 0, 1, 0x65, 3, 0, 0, 1, 9})
	f.Add([]byte{0, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		total := 0
		err := readAccessUnits(bytes.NewReader(data), func(nals [][]byte) error {
			for _, n := range nals {
				if len(n) == 0 {
					t.Error("an empty NAL unit")
				}
				total += len(n)
			}
			return nil
		})
		if err != nil || total > len(data) {
			t.Errorf("%v, %d bytes out of %d", err, total, len(data))
		}
	})
}

// TestLiveKeepsTheClock runs the pace on a clock of its own: a renderer that offers every
// third frame still gives a frame at every tick.
func TestLiveKeepsTheClock(t *testing.T) {
	needFFmpeg(t)
	v := Video{Width: 64, Height: 36, Num: 30, Den: 1}
	l, err := NewLive(t.Context(), v, LiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	clock := time.Unix(100, 0)
	l.Publish(ramp(v, 0), Record{})
	ticks := 0
	err = l.Run(ctx, func() time.Time { return clock }, func(_ context.Context, d time.Duration) {
		clock = clock.Add(d)
		if ticks++; ticks%3 == 0 {
			l.Publish(ramp(v, ticks), Record{Time: float64(ticks)})
		}
		if ticks == 120 {
			cancel()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if sent, repeated := l.Sent(); sent != 120 || repeated < 75 || repeated > 85 {
		t.Errorf("sent %d, repeated %d", sent, repeated)
	}
	if got := clock.Sub(time.Unix(100, 0)); got < 3900*time.Millisecond || got > 4100*time.Millisecond {
		t.Errorf("120 frames took %v of the clock", got)
	}
}

// TestLateStreamCatchesUp stops the world for ten seconds: the ticks that were missed are
// left out, and the frames after them are at their own times.
func TestLateStreamCatchesUp(t *testing.T) {
	needFFmpeg(t)
	v := Video{Width: 64, Height: 36, Num: 30000, Den: 1001}
	l, err := NewLive(t.Context(), v, LiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	records := make(chan Record, 200)
	l.watchers[records] = struct{}{}
	clock := time.Unix(100, 0)
	l.Publish(ramp(v, 0), Record{})
	ticks := 0
	err = l.Run(ctx, func() time.Time { return clock }, func(_ context.Context, d time.Duration) {
		clock = clock.Add(d)
		l.Publish(ramp(v, ticks), Record{})
		switch ticks++; ticks {
		case 30:
			clock = clock.Add(10 * time.Second)
		case 60:
			cancel()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	close(records)
	last, gaps := int64(-1), 0
	for r := range records {
		if r.Frame != last+1 {
			gaps++
			if d := r.Frame - last; d < 299 || d > 301 {
				t.Errorf("frame %d follows frame %d", r.Frame, last)
			}
		}
		if want := 10 + float64(r.Frame)*1001/30000; math.Abs(r.Media-want) > 1e-6 {
			t.Errorf("frame %d is at %v, want %v", r.Frame, r.Media, want)
		}
		last = r.Frame
	}
	if gaps != 1 {
		t.Errorf("%d gaps", gaps)
	}
}

func TestCountIsExact(t *testing.T) {
	for _, r := range [][2]int{{30, 1}, {30000, 1001}, {1, 1000}, {999999999, 999999937}} {
		l := &Live{video: Video{Num: r[0], Den: r[1]}}
		for _, i := range []int64{0, 1, 2, 29, 1e6, 123456789} {
			want := new(big.Int).Mul(big.NewInt(i), big.NewInt(int64(r[1])*clockRate))
			if got := l.count(i, clockRate); got != want.Quo(want, big.NewInt(int64(r[0]))).Int64() {
				t.Errorf("%v: frame %d is at %d, want %d", r, i, got, want)
			}
		}
	}
}

// TestHLSPlays serves a short stream and has ffprobe read it back.
func TestHLSPlays(t *testing.T) {
	needFFmpeg(t)
	v := Video{Width: 64, Height: 36, Num: 30, Den: 1}
	l, err := NewLive(t.Context(), v, LiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(l.Handler())
	defer srv.Close()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	start := time.Unix(0, 0)
	now, n := start, 0
	go func() { // eight seconds of stream as fast as the encoder takes them, then it stands
		done <- l.Run(ctx, func() time.Time { return now }, func(c context.Context, d time.Duration) {
			if n++; n > 240 {
				<-c.Done()
				return
			}
			now = now.Add(d)
			l.Publish(ramp(v, n), Record{})
		})
	}()
	l.Publish(ramp(v, 0), Record{})
	<-l.ready
	var out []byte
	for range 50 { // until the first segments are whole
		out, err = exec.Command("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=codec_name,width,height,r_frame_rate", "-of", "csv=p=0", srv.URL+"/index.m3u8").CombinedOutput()
		if err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if got := strings.TrimSpace(string(out)); !strings.HasPrefix(got, "h264,64,36,30/1") {
		t.Errorf("ffprobe says %q (%v)", got, err)
	}
	page := httptest.NewRecorder()
	l.Handler().ServeHTTP(page, httptest.NewRequest("GET", "/", nil))
	if !strings.Contains(page.Body.String(), "MediaSource") {
		t.Error("the page does not play")
	}
	for _, path := range []string{"/nothing", "/../secret"} {
		w := httptest.NewRecorder()
		l.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code == 200 {
			t.Errorf("%s is served", path)
		}
	}
}
