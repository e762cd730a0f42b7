package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/bits"
	"sync"
	"time"

	"github.com/bluenviron/gohlslib/v2"
	"github.com/bluenviron/gohlslib/v2/pkg/codecs"
)

// Record is what is published beside each frame, so that another renderer can align to
// it: the camera state and the matrices that drew it (column-major; the view takes ECEF
// relative to Eye to view space).
type Record struct {
	Frame      int64           `json:"frame"`        // of the stream
	Media      float64         `json:"presentation"` // seconds on the media timeline of the HLS stream
	Time       float64         `json:"time"`         // story seconds
	Camera     json.RawMessage `json:"camera"`
	Eye        [3]float64      `json:"eye"` // ECEF metres
	View       [16]float64     `json:"view"`
	Projection [16]float64     `json:"projection"`
}

// Live encodes frames at the pace of the clock and muxes them to HLS. Frames are offered
// with Publish whenever one is ready: at each tick the newest is sent, so a renderer that
// is slower than real time has its frames repeated and the stream keeps the clock.
type Live struct {
	video Video
	pipe  *pipe
	muxer *gohlslib.Muxer
	track *gohlslib.Track

	mu       sync.Mutex
	newest   []byte
	record   Record
	fresh    bool    // newest has not been sent
	ticks    []int64 // of the frames in the encoder, oldest first
	sent     int64
	repeated int64
	watchers map[chan Record]struct{}
	ready    chan struct{} // closed when the muxer has its parameter sets
	drained  chan struct{} // closed when the encoder's last access unit is muxed
	failed   error
}

const (
	clockRate = 90000
	// mediaStart is where the muxer begins its media timeline, in seconds.
	mediaStart = 10
	// mostLate is how far the encoder may fall behind the clock before frames are left out.
	mostLate = time.Second
)

// LiveOptions is how a live stream is encoded.
type LiveOptions struct {
	Preset  string // "" = veryfast
	Bitrate int    // kbit/s; 0 = by constant quality
}

// NewLive starts the encoder. Run paces it.
func NewLive(ctx context.Context, v Video, o LiveOptions) (*Live, error) {
	if o.Preset == "" {
		o.Preset = "veryfast"
	}
	l := &Live{video: v, watchers: map[chan Record]struct{}{}, ready: make(chan struct{}), drained: make(chan struct{})}
	args := []string{"-c:v", "libx264", "-preset", o.Preset, "-tune", "zerolatency", "-profile:v", "main", "-pix_fmt", "yuv420p",
		"-g", v.keyInterval(), "-bf", "0"}
	if o.Bitrate > 0 {
		rate := fmt.Sprintf("%dk", o.Bitrate)
		args = append(args, "-b:v", rate, "-maxrate", rate, "-bufsize", rate)
	} else {
		args = append(args, "-crf", "20")
	}
	args = append(args, colour...)
	out, in := io.Pipe()
	var err error
	l.pipe, err = startPipe(ctx, v, append(args, "-bsf:v", "h264_metadata=aud=insert", "-f", "h264", "pipe:1"), in)
	if err != nil {
		return nil, fmt.Errorf("live stream: %w", err)
	}
	go func() { <-l.pipe.done; _ = in.Close() }()
	go func() {
		defer close(l.drained)
		err := readAccessUnits(out, l.mux)
		_ = out.CloseWithError(io.ErrClosedPipe)
		l.fail(err)
	}()
	return l, nil
}

// Publish offers a frame with its record; the bytes are copied. Frame and Media of the
// record are set when it is sent.
func (l *Live) Publish(frame []byte, r Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.newest = append(l.newest[:0], frame...)
	l.record, l.fresh = r, true
}

// Run sends a frame at each tick until ctx ends, then ends the stream. Ticks are at exact
// multiples of the frame time from the start of now; a tick that comes late is made up,
// but an encoder that is more than a second behind has ticks left out: their frames last
// longer.
func (l *Live) Run(ctx context.Context, now func() time.Time, sleep func(context.Context, time.Duration)) error {
	start := now()
	var frame []byte
	for i := int64(0); ctx.Err() == nil; {
		gone := now().Sub(start)
		if early := l.tick(i) - gone; early > 0 {
			sleep(ctx, early)
			continue
		}
		if gone-l.tick(i) > mostLate {
			for l.tick(i+1) <= gone {
				i++
			}
		}
		l.mu.Lock()
		if err := l.failed; err != nil {
			l.mu.Unlock()
			l.pipe.abort()
			return err
		}
		if frame == nil && !l.fresh { // nothing rendered yet: the stream begins with the first frame
			l.mu.Unlock()
			sleep(ctx, 5*time.Millisecond)
			start, i = now(), 0
			continue
		}
		if l.fresh {
			frame, l.newest = l.newest, frame
			l.fresh = false
		} else {
			l.repeated++
		}
		l.record.Frame, l.record.Media = i, mediaStart+l.tick(i).Seconds()
		l.sent++
		l.ticks = append(l.ticks, i)
		for w := range l.watchers {
			select {
			case w <- l.record:
			default: // a slow watcher misses records, never holds the stream
			}
		}
		l.mu.Unlock()
		if err := l.pipe.write(frame); err != nil {
			return err
		}
		i++
	}
	err := l.pipe.close()
	<-l.drained
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.muxer != nil {
		l.muxer.Close()
	}
	if context.Cause(ctx) == context.Canceled {
		return nil // asked to end
	}
	return err
}

// tick is when frame i is due after the first one.
func (l *Live) tick(i int64) time.Duration { return time.Duration(l.count(i, int64(time.Second))) }

// count is how many whole units of 1/unit seconds i frames last. The product is of 128
// bits, because both halves of a rate may be long.
func (l *Live) count(i, unit int64) int64 {
	hi, lo := bits.Mul64(uint64(i), uint64(l.video.Den)*uint64(unit))
	q, _ := bits.Div64(hi%uint64(l.video.Num), lo, uint64(l.video.Num))
	return int64(q)
}

// Sent tells how many frames went out and how many of them repeated the one before.
func (l *Live) Sent() (frames, repeated int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sent, l.repeated
}

func (l *Live) fail(err error) {
	l.mu.Lock()
	if l.failed == nil {
		l.failed = err
	}
	l.mu.Unlock()
}

// mux receives the encoder's access units in order; the first one brings the parameter
// sets that the muxer starts with.
func (l *Live) mux(nals [][]byte) error {
	if l.track == nil {
		codec := &codecs.H264{}
		for _, n := range nals {
			switch n[0] & 0x1f {
			case nalSPS:
				codec.SPS = n
			case nalPPS:
				codec.PPS = n
			}
		}
		if codec.SPS == nil || codec.PPS == nil {
			return fmt.Errorf("live stream: the encoder sent no parameter sets")
		}
		track := &gohlslib.Track{Codec: codec, ClockRate: clockRate}
		m := &gohlslib.Muxer{Tracks: []*gohlslib.Track{track}, Variant: gohlslib.MuxerVariantFMP4, SegmentCount: 7, SegmentMinDuration: time.Second,
			OnEncodeError: func(err error) { slog.Debug("live stream", "err", err) }}
		if err := m.Start(); err != nil {
			return fmt.Errorf("live stream: %w", err)
		}
		l.mu.Lock()
		l.muxer, l.track = m, track
		l.mu.Unlock()
		close(l.ready)
	}
	units := nals[:0:0]
	for _, n := range nals {
		if n[0]&0x1f != nalDelimiter {
			units = append(units, n)
		}
	}
	l.mu.Lock()
	if len(l.ticks) == 0 {
		l.mu.Unlock()
		return errors.New("live stream: the encoder sent more frames than it was given")
	}
	i := l.ticks[0]
	l.ticks = l.ticks[1:]
	l.mu.Unlock()
	return l.muxer.WriteH264(l.track, time.Unix(0, 0).Add(l.tick(i)), l.count(i, clockRate), units)
}
