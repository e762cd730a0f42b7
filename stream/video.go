package stream

import (
	"fmt"
	"strconv"
)

// Video is the shape of a stream of frames.
type Video struct {
	Width, Height int // even
	Num, Den      int // Num/Den frames a second
}

// FrameSize is the bytes of one NV12 frame: the luma plane, then interleaved chroma.
func (v Video) FrameSize() int { return v.Width * v.Height * 3 / 2 }

func (v Video) check() error {
	if v.Width < 2 || v.Height < 2 || v.Width%2 != 0 || v.Height%2 != 0 {
		return fmt.Errorf("video size %d×%d: both sides must be even and at least 2", v.Width, v.Height)
	}
	if v.Num <= 0 || v.Den <= 0 {
		return fmt.Errorf("video rate %d/%d: both must be positive", v.Num, v.Den)
	}
	return nil
}

// input is ffmpeg's description of the frames on its standard input.
func (v Video) input() []string {
	return []string{
		"-hide_banner", "-loglevel", "error", "-nostdin",
		"-f", "rawvideo", "-pix_fmt", "nv12",
		"-video_size", strconv.Itoa(v.Width) + "x" + strconv.Itoa(v.Height),
		"-framerate", strconv.Itoa(v.Num) + "/" + strconv.Itoa(v.Den),
		"-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
		"-i", "pipe:0",
	}
}

// colour tags the output, so that players show what was rendered.
var colour = []string{"-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"}

// keyInterval is the distance of key frames: about two seconds.
func (v Video) keyInterval() string { return strconv.Itoa(max(1, (2*v.Num+v.Den/2)/v.Den)) }
