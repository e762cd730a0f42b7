package stage

import (
	"context"
	"fmt"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/stage/footage"
)

// films are the videos that a player shows: what is known of each file, and an ffmpeg for each
// that was seen lately.
type films struct {
	clips map[string]*footage.Clip
	reels map[*drawable.Video]*reel
	frame int
}

// reel is a video that is running.
type reel struct {
	reader *footage.Reader
	image  *drawable.Image // that it shows; nil = none yet
	broken int             // frame from which on it cannot be read; 0 = it can
	used   int
}

// keptReels is for how many frames a video that is not seen goes on.
const keptReels = 30

// begin starts a frame: what was not seen for long ends.
func (s *films) begin() {
	s.frame++
	for v, r := range s.reels {
		if r.used < s.frame-keptReels {
			r.reader.Close()
			delete(s.reels, v)
		}
	}
}

// clip opens a file once.
func (s *films) clip(ctx context.Context, path string) (*footage.Clip, error) {
	if c := s.clips[path]; c != nil {
		return c, nil
	}
	c, err := footage.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	if s.clips == nil {
		s.clips, s.reels = map[string]*footage.Clip{}, map[*drawable.Video]*reel{}
	}
	s.clips[path] = c
	return c, nil
}

// picture is what a video shows at a time of its draw: the same image as before where that is
// the same frame. Where a frame cannot be read it is the one before, and an error once.
func (s *films) picture(ctx context.Context, v *drawable.Video, path string, seconds float64) (*drawable.Image, error) {
	c, err := s.clip(ctx, path)
	if err != nil {
		return nil, err
	}
	r := s.reels[v]
	if r == nil {
		r = &reel{reader: footage.NewReader(c)}
		s.reels[v] = r
	}
	r.used = s.frame
	n := c.Frame(v.At(seconds))
	if r.broken > 0 && n >= r.broken {
		return r.image, nil
	}
	rgba, changed, err := r.reader.Frame(ctx, n)
	if err != nil {
		if ctx.Err() == nil {
			r.broken = max(n, 1)
		}
		return r.image, err
	}
	if changed || r.image == nil {
		r.image = &drawable.Image{Name: fmt.Sprintf("%s frame %d", v.Path, n), Width: c.Width, Height: c.Height, Channels: 4, SRGB: true, Brief: true, Pixels: rgba}
	}
	return r.image, nil
}

// close ends all of them.
func (s *films) close() {
	for _, r := range s.reels {
		r.reader.Close()
	}
	clear(s.reels)
}

// footage is what layers may know of a video.
func (p *Player) footage(path string) (drawable.Footage, error) {
	c, err := p.films.clip(context.Background(), p.Doc.Resolve(path))
	if err != nil {
		return drawable.Footage{}, err
	}
	return drawable.Footage{Width: c.Width, Height: c.Height, Seconds: c.Seconds}, nil
}

// film is what a video is drawn as; nil where there is nothing of it. In files a frame that
// cannot be read is an error; a wall that runs goes on with the one before.
func (p *Player) film(ctx context.Context, v *drawable.Video, seconds float64) (drawable.Drawable, error) {
	img, err := p.films.picture(ctx, v, p.Doc.Resolve(v.Path), seconds)
	if err != nil {
		if p.loader == nil || ctx.Err() != nil {
			return nil, badContent(err)
		}
		p.skipped[err.Error()] = 1
	}
	if img == nil {
		return nil, nil
	}
	return v.With(img), nil
}

// filmed gives panels the frames of their videos at a time.
func (p *Player) filmed(ctx context.Context, seconds float64) func(*drawable.Video) *drawable.Image {
	return func(v *drawable.Video) *drawable.Image {
		img, err := p.films.picture(ctx, v, p.Doc.Resolve(v.Path), seconds)
		if err != nil {
			p.skipped[err.Error()] = 1
		}
		return img
	}
}
