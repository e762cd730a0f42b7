package basemap

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "video", Group: "basemap", Doc: "a video laid on the ground in its bounds: footage of a drone, a radar loop, a screen in a square",
	New: func() any { return &Video{Covers: Covers{"flat"}, Sheet: Sheet{Alpha: 1}, Play: mark.Plays()} },
	Examples: []scene.Example{
		{Layer: `video: footage.avi, bounds: [-30.54, 36.493, -30.47, 36.525]`},
		{Name: "screen", Doc: "a floor of light by night: a video that shines by itself", Layer: `video: footage.avi, bounds: [-30.54, 36.493, -30.47, 36.525], alpha: 0.2, emission: 0.8`, Time: "2026-06-21T21:50:00Z"},
	},
})

// Video is a video in its region. Which of its frames is seen follows from the story's time, so
// that any picture of a story can be drawn alone; it has no sound.
type Video struct {
	Covers
	Tone
	mark.Play
	Video string `json:"video" required:"true" format:"path" fixed:"true" doc:"a file that ffmpeg reads: MP4, MOV, MKV, WebM, AVI, TS, GIF…"`
	Sheet
}

// Files names the video, for packages.
func (p *Video) Files() []*string { return []*string{&p.Video} }

// Draw makes one drape.
func (p *Video) Draw(c *layer.Context) ([]drawable.Draw, error) {
	d, err := p.lay(&p.Covers, &p.Tone)
	if err != nil {
		return nil, err
	}
	v, _, err := p.Play.Video(c, p.Video, func(frame *drawable.Image) drawable.Drawable {
		return p.with(d, frame)
	})
	if err != nil {
		return nil, err
	}
	return []drawable.Draw{{What: v}}, nil
}
