package footage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/longtake/longtake/internal/subprocess"
)

// Clip is what a video file holds.
type Clip struct {
	Path          string
	Width, Height int       // pixels as frames are decoded: upright, square
	Times         []float64 // seconds at which each frame begins, from the first one on
	Seconds       float64   // to the end of the last frame
	start         float64   // of the first frame on the file's own axis, which seeks count from
	matrix        string    // of colours, where the file does not say
	whole         bool      // is only read from its begin on
}

// What is read of a file.
const (
	longestSide = 4096    // pixels; larger frames are made smaller
	mostFrames  = 4 << 20 // two hours at 500 a second
)

// Open reads the timestamps of a file's frames. Only its picture is looked at, only files are
// opened, whatever the file says.
func Open(ctx context.Context, path string) (*Clip, error) {
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder, not a video", path)
	}
	c := &Clip{Path: path}
	var head bytes.Buffer
	err := probe(ctx, path, &head, "-of", "json", "-show_entries", "stream=width,height,sample_aspect_ratio,color_space:stream_side_data=rotation:format=start_time,format_name")
	if err == nil {
		err = c.head(head.Bytes())
	}
	if err != nil {
		return nil, notVideo(path, err)
	}
	x := index{last: math.Inf(-1)}
	err = probe(ctx, path, &x, "-of", "csv=p=0", "-show_entries", "packet=pts_time,dts_time,duration_time,flags")
	if len(x.times) > mostFrames { // which ended the program
		err = fmt.Errorf("more than %d frames", mostFrames)
	}
	if err == nil {
		err = c.show(&x)
	}
	if err != nil {
		return nil, notVideo(path, err)
	}
	return c, nil
}

// notVideo tells what ails a file; programs that are missing and runs that were ended say so
// themselves.
func notVideo(path string, err error) error {
	var missing *subprocess.ErrMissing
	if errors.As(err, &missing) || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s is no video that ffmpeg reads: %w", path, err)
}

// input are the arguments that name a file: no other protocol is opened.
func input(path string) []string {
	return []string{"-protocol_whitelist", "file,crypto,data", "-i", "file:" + path}
}

func probe(ctx context.Context, path string, out io.Writer, args ...string) error {
	return subprocess.Run(ctx, subprocess.Command{Program: "ffprobe", Package: "ffmpeg", Stdout: out, Env: environment(),
		Args: slices.Concat([]string{"-v", "error", "-select_streams", "V:0"}, args, input(path))})
}

func environment() []string { return append(os.Environ(), "LC_ALL=C", "TZ=UTC") }

// streams are ffmpeg's names of formats without an index: where a seek in them ends is a guess.
var streams = []string{"mpegts", "mpeg", "mpegvideo", "m4v", "h264", "hevc", "ogg"}

// head reads the size of frames as they are seen.
func (c *Clip) head(data []byte) error {
	var all struct {
		Streams []struct {
			Width, Height int
			Aspect        string                       `json:"sample_aspect_ratio"`
			Space         string                       `json:"color_space"`
			Side          []struct{ Rotation float64 } `json:"side_data_list"`
		}
		Format struct {
			Start string `json:"start_time"`
			Name  string `json:"format_name"`
		}
	}
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	if len(all.Streams) == 0 {
		return errors.New("it has no pictures")
	}
	s := all.Streams[0]
	w, h := float64(s.Width), float64(s.Height)
	if w < 1 || h < 1 {
		return fmt.Errorf("a picture of %v×%v pixels", w, h)
	}
	if a, b, ok := strings.Cut(s.Aspect, ":"); ok {
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		if r := x / y; errX == nil && errY == nil && r > 0.1 && r < 10 {
			w *= r
		}
	}
	for _, d := range s.Side {
		if quarter := math.Abs(math.Remainder(d.Rotation, 180)); quarter > 45 {
			w, h = h, w
		}
	}
	small := math.Min(longestSide/math.Max(w, h), 1)
	c.Width, c.Height = max(int(math.Round(w*small)), 1), max(int(math.Round(h*small)), 1)
	// Players take what does not say for BT.709 where it is of high definition, else BT.601.
	if c.matrix = "auto"; s.Space == "" || s.Space == "unknown" {
		if c.matrix = "bt601"; max(s.Width, s.Height) >= 1280 {
			c.matrix = "bt709"
		}
	}
	c.whole = slices.Contains(streams, all.Format.Name)
	c.start, _ = strconv.ParseFloat(all.Format.Start, 64) // N/A is 0
	return nil
}

// index takes lines of pts, dts, duration and flags as they come: of long files they are many.
type index struct {
	line         []byte // its begin
	times        []float64
	last, length float64 // of the last frame: its time and how long it is
}

// Write fails where there are more frames than may be.
func (x *index) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		part, after, ended := bytes.Cut(rest, []byte("\n"))
		x.line, rest = append(x.line, part...), after
		if !ended {
			break
		}
		x.packet(string(x.line))
		x.line = x.line[:0]
		if len(x.times) > mostFrames {
			return 0, io.ErrShortWrite
		}
	}
	return len(p), nil
}

func (x *index) packet(line string) {
	f := strings.Split(strings.TrimSpace(line), ",")
	if len(f) < 4 || strings.Contains(f[3], "D") { // what is discarded is not shown
		return
	}
	at, err := strconv.ParseFloat(f[0], 64)
	if err != nil {
		at, err = strconv.ParseFloat(f[1], 64)
	}
	if err != nil || math.IsNaN(at) || math.IsInf(at, 0) {
		return
	}
	if x.times = append(x.times, at); at > x.last {
		x.last = at
		x.length, _ = strconv.ParseFloat(f[2], 64)
	}
}

// show makes the frames of an index those of the clip.
func (c *Clip) show(x *index) error {
	x.packet(string(x.line)) // which no line end followed
	length := x.length
	c.Times = x.times
	if len(c.Times) == 0 {
		return errors.New("it has no frames")
	}
	slices.Sort(c.Times)
	first, n := c.Times[0], len(c.Times)
	for i := range c.Times {
		c.Times[i] -= first
	}
	c.start = first - c.start
	if !(length > 0 && length < 3600) {
		if length = 1.0; n > 1 {
			length = c.Times[n-1] / float64(n-1)
		}
	}
	c.Seconds = c.Times[n-1] + length
	return nil
}

// Frame is which frame is seen at some seconds from the first one on: the first one before
// them, and the last one after the end.
func (c *Clip) Frame(seconds float64) int {
	const rounding = 1e-5 // of timestamps in files and of times in stories
	n, exact := slices.BinarySearch(c.Times, seconds+rounding)
	if exact {
		return n
	}
	return max(n-1, 0)
}

// seek is where ffmpeg is to begin so that a frame is the first that it gives: a little before
// it, as timestamps are rounded to what the file counts in.
func (c *Clip) seek(frame int) (seconds float64, from bool) {
	if frame == 0 {
		return 0, false
	}
	return math.Max(c.start+c.Times[frame]-0.3*(c.Times[frame]-c.Times[frame-1]), 0), true
}
