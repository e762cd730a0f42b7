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
	ctx   context.Context // of the frame that is under way, for layers that ask what a file is
	clips map[string]*footage.Clip
	reels map[reelKey]*reel
	frame int
	asked int // requests, of all frames
}

// reelKey is what users of a video share, as layers make videos anew whenever they are drawn.
// Clocks of layers may differ: then one frame shows several of its pictures, each by a reel.
type reelKey struct {
	video string
	place int
}

// reel is a video that is running.
type reel struct {
	reader *footage.Reader
	image  *drawable.Image // the last that could be read; nil = none yet
	shown  int             // frame of the video that image is; -1 = none
	wanted int             // that was asked for last
	broken int             // from which on it cannot be read; -1 = none
	used   int             // frame of the player
	asked  int             // request
	runs   bool
}

// keptReels is for how many frames a video that is not seen goes on.
const keptReels = 30

// mostReels is how many videos are decoded at a time; the others are begun anew for each frame.
const mostReels = 16

// begin starts a frame: what was not seen for long ends.
func (s *films) begin(ctx context.Context) {
	s.ctx = ctx
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
		s.clips, s.reels = map[string]*footage.Clip{}, map[reelKey]*reel{}
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
	n := c.Frame(v.At(seconds))
	r := s.reel(v.Key, n, c)
	if n == r.shown || r.broken >= 0 && n >= r.broken {
		return r.image, nil
	}
	if !r.runs {
		s.makeRoom()
		r.runs = true
	}
	rgba, _, err := r.reader.Frame(ctx, n)
	if err != nil {
		if ctx.Err() == nil {
			r.broken = n
		}
		return r.image, err
	}
	r.shown = n
	r.image = &drawable.Image{Name: fmt.Sprintf("%s frame %d", v.Path, n), Width: c.Width, Height: c.Height, Channels: 4, SRGB: true, Brief: true, Pixels: rgba}
	return r.image, nil
}

// reel is the one for a frame of a video: that which was asked for it, or for none in this
// frame of the player.
func (s *films) reel(video string, frame int, c *footage.Clip) *reel {
	for key := (reelKey{video: video}); ; key.place++ {
		r := s.reels[key]
		if r == nil {
			r = &reel{reader: footage.NewReader(c), shown: -1, broken: -1}
			s.reels[key] = r
		} else if r.used == s.frame && r.wanted != frame {
			continue
		}
		s.asked++
		r.wanted, r.used, r.asked = frame, s.frame, s.asked
		return r
	}
}

// makeRoom ends the reel that was used longest ago where as many run as may. Where this frame
// has used them all it is the last one: the others go on in the next frame.
func (s *films) makeRoom() {
	var old, last *reel
	n := 0
	for _, r := range s.reels {
		if !r.runs {
			continue
		}
		n++
		if r.used < s.frame && (old == nil || r.asked < old.asked) {
			old = r
		}
		if last == nil || r.asked > last.asked {
			last = r
		}
	}
	if n < mostReels {
		return
	}
	if old == nil {
		old = last
	}
	old.reader.Close()
	old.runs = false
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
	c, err := p.films.clip(p.films.ctx, p.Doc.Resolve(path))
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
		p.out.add("video", err.Error(), "")
	}
	if img == nil {
		return nil, nil
	}
	return v.With(img), nil
}

// filmed gives panels the frames of their videos at a time. As for film, the first that cannot
// be read fails files; panels cannot say so themselves.
func (p *Player) filmed(ctx context.Context, seconds float64, failed *error) func(*drawable.Video) *drawable.Image {
	return func(v *drawable.Video) *drawable.Image {
		img, err := p.films.picture(ctx, v, p.Doc.Resolve(v.Path), seconds)
		if err != nil {
			if *failed == nil && (p.loader == nil || ctx.Err() != nil) {
				*failed = badContent(err)
			}
			p.out.add("video", err.Error(), "")
		}
		return img
	}
}
