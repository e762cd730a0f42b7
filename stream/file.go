package stream

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// FileOptions is how a video file is encoded. The zero value is H.264 at a quality that
// is hard to tell from the frames.
type FileOptions struct {
	CRF      int               // 0 = 18
	Preset   string            // "" = veryfast
	Metadata map[string]string // title, copyright, comment, …
}

// File writes a video file. Nothing is at its path until Close has succeeded.
type File struct {
	path, part string
	pipe       *pipe
	frames     int
}

// containers are the file endings that CreateFile takes, with their ffmpeg format.
var containers = map[string]string{".mp4": "mp4", ".mov": "mov", ".mkv": "matroska", ".webm": "webm"}

// Containers lists the file endings of video files.
func Containers() []string {
	var out []string
	for k := range containers {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// CreateFile starts a video file. The container follows from the ending of path.
func CreateFile(ctx context.Context, path string, v Video, o FileOptions) (*File, error) {
	format, ok := containers[strings.ToLower(filepath.Ext(path))]
	if !ok {
		return nil, fmt.Errorf("%s: no video container has this ending; use one of %s", path, strings.Join(Containers(), ", "))
	}
	if o.CRF == 0 {
		o.CRF = 18
	}
	if o.Preset == "" {
		o.Preset = "veryfast"
	}
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".part*")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	_ = part.Close()
	args := []string{"-c:v", "libx264", "-preset", o.Preset, "-crf", strconv.Itoa(o.CRF), "-pix_fmt", "yuv420p"}
	if format == "webm" {
		args = []string{"-c:v", "libvpx-vp9", "-crf", strconv.Itoa(o.CRF + 12), "-b:v", "0", "-row-mt", "1", "-cpu-used", "5", "-pix_fmt", "yuv420p"}
	}
	args = append(args, "-g", v.keyInterval(), "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact")
	args = append(args, colour...)
	keys := make([]string, 0, len(o.Metadata))
	for k := range o.Metadata {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		args = append(args, "-metadata", k+"="+o.Metadata[k])
	}
	if format == "mp4" || format == "mov" {
		// A time base in which every frame has an exact tick.
		args = append(args, "-movflags", "+faststart", "-video_track_timescale", strconv.Itoa(timescale(v)))
	}
	p, err := startPipe(ctx, v, append(args, "-f", format, "-y", part.Name()), nil)
	if err != nil {
		_ = os.Remove(part.Name())
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &File{path: path, part: part.Name(), pipe: p}, nil
}

// timescale is a multiple of the frame rate's numerator of at least 10000 a second.
func timescale(v Video) int {
	t := v.Num
	for t < 10000 {
		t *= 10
	}
	return t
}

// Write adds one NV12 frame.
func (f *File) Write(frame []byte) error {
	if err := f.pipe.write(frame); err != nil {
		return fmt.Errorf("%s: frame %d: %w", f.path, f.frames, err)
	}
	f.frames++
	return nil
}

// Close finishes the file and moves it to its path. On an error nothing is left.
func (f *File) Close() error {
	err := f.pipe.close()
	if err == nil {
		err = os.Chmod(f.part, 0o644)
	}
	if err == nil {
		err = os.Rename(f.part, f.path)
	}
	if err != nil {
		_ = os.Remove(f.part)
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return nil
}

// Abort stops the encoder and removes what was written.
func (f *File) Abort() {
	f.pipe.abort()
	_ = os.Remove(f.part)
}
