package footage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/internal/subprocess"
)

const (
	testFrames = 90
	testSide   = 64
)

// film writes a video whose frames say their numbers, in columns that are black or white.
func film(t *testing.T, name string, args ...string) string {
	t.Helper()
	var raw bytes.Buffer
	for i := range testFrames {
		for range testSide {
			for x := range testSide {
				v := byte(16)
				if i>>(x/8)&1 == 1 {
					v = 235
				}
				raw.WriteByte(v)
			}
		}
	}
	path := filepath.Join(t.TempDir(), name)
	err := subprocess.Run(t.Context(), subprocess.Command{Program: "ffmpeg", Package: "ffmpeg", Stdin: &raw,
		Args: append(append([]string{"-v", "error", "-f", "rawvideo", "-pix_fmt", "gray", "-s", fmt.Sprintf("%dx%d", testSide, testSide), "-r", "30", "-i", "pipe:0"}, args...), path)})
	if err != nil {
		t.Skip(err)
	}
	return path
}

// number is what a frame says.
func number(c *Clip, rgba []byte) (n int) {
	for bit := range 7 {
		if rgba[4*(c.Height/2*c.Width+(2*bit+1)*c.Width/16)] > 127 {
			n |= 1 << bit
		}
	}
	return n
}

// TestFrames asks for frames of files of several kinds forwards, backwards and anywhere: each
// is the one that its number says, however it was come by.
func TestFrames(t *testing.T) {
	for name, args := range map[string][]string{
		"b-frames.mp4": {"-c:v", "libx264", "-g", "40", "-bf", "3", "-pix_fmt", "yuv420p"},
		"intra.avi":    {"-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"},
		"late.ts":      {"-c:v", "mpeg2video", "-g", "15", "-bf", "2", "-q:v", "3", "-output_ts_offset", "40"},
		"uneven.mkv":   {"-c:v", "libx264", "-g", "30", "-vf", "setpts=(N+mod(N\\,3)*0.4)/30/TB", "-fps_mode", "passthrough", "-enc_time_base", "1/1000", "-pix_fmt", "yuv420p"},
		"picture.gif":  {},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Open(t.Context(), film(t, name, args...))
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Times) != testFrames || c.Width != testSide || c.Height != testSide || c.Seconds < 2.9 || c.Seconds > 3.1 {
				t.Fatalf("%d frames of %d×%d in %v s", len(c.Times), c.Width, c.Height, c.Seconds)
			}
			r := NewReader(c)
			defer r.Close()
			order := []int{0, 1, 2, 2, 5, 60, 61, 3, 89, 88, 0}
			random := rand.New(rand.NewPCG(1, 2))
			for range 6 {
				order = append(order, random.IntN(testFrames))
			}
			for _, want := range order {
				rgba, _, err := r.Frame(t.Context(), want)
				if err != nil {
					t.Fatal(err)
				}
				if got := number(c, rgba); got != want {
					t.Errorf("frame %d is %d", want, got)
				}
			}
		})
	}
}

func TestFrameOfATime(t *testing.T) {
	c := &Clip{Times: []float64{0, 0.033333, 0.066667, 0.5}}
	for seconds, want := range map[float64]int{-1: 0, 0: 0, 1.0 / 30: 1, 2.0 / 30: 2, 0.0666: 1, 0.49: 2, 0.5: 3, 99: 3} {
		if got := c.Frame(seconds); got != want {
			t.Errorf("%v s: frame %d, want %d", seconds, got, want)
		}
	}
}

// TestBroken: files that are none are one sentence, and what ends early says where.
func TestBroken(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.mp4")
	if err := os.WriteFile(text, []byte("no film"), 0o600); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "list.m3u8") // a file that would have another address opened
	if err := os.WriteFile(list, []byte("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:1/a.ts\n#EXT-X-ENDLIST\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{text, list, dir, filepath.Join(dir, "none.mp4")} {
		if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
	c, err := Open(t.Context(), film(t, "whole.avi", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"))
	if err != nil {
		t.Fatal(err)
	}
	c.Times = append(c.Times, 3.1, 3.2) // as of a file that promises more than it has
	r := NewReader(c)
	if _, _, err := r.Frame(t.Context(), len(c.Times)-1); err == nil || !strings.Contains(err.Error(), "frame ") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, c.Path); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
