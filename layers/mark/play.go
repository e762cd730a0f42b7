package mark

import (
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Play is embedded by types that play a video file: which part of it, and when.
type Play struct {
	Start  scene.Time `json:"start" min:"0" unit:"s" doc:"video: story time at which it begins; until then its first picture stands"`
	Skip   scene.Time `json:"skip" min:"0" unit:"s" doc:"video: what is left out at its begin"`
	Speed  float64    `json:"speed" min:"0" max:"100" doc:"video: seconds of it a second of the story; 0 stands still"`
	Repeat string     `json:"repeat" enum:"loop,once" doc:"video: loop begins again at its end; once ends with its last picture"`
}

// Plays are the defaults of Play.
func Plays() Play { return Play{Speed: 1, Repeat: "loop"} }

// Video is a file played by it, on what with makes of a frame, and what is known of the file.
// Where nothing decodes videos, as while scenes are checked, it is of 16 to 9.
func (p Play) Video(c *layer.Context, path string, with func(*drawable.Image) drawable.Drawable) (*drawable.Video, drawable.Footage, error) {
	f := drawable.Footage{Width: 1920, Height: 1080}
	if c.Footage != nil {
		var err error
		if f, err = c.Footage(path); err != nil {
			return nil, f, err
		}
	}
	key := fmt.Sprintf("%q %v %v %v %s", path, p.Start.Seconds(), p.Skip.Seconds(), p.Speed, p.Repeat)
	return &drawable.Video{Path: path, Key: key, With: with, At: func(t float64) float64 { return p.at(t, f.Seconds) }}, f, nil
}

// at is how far into a file of a length a story time is.
func (p Play) at(t, length float64) float64 {
	from := math.Min(p.Skip.Seconds(), length)
	t = math.Max(t-p.Start.Seconds(), 0) * p.Speed
	if part := length - from; p.Repeat == "loop" && part > 0 {
		// The end is the begin, also where rounding says that it is just before.
		const rounding = 1e-9
		t = math.Max(math.Mod(t+rounding, part)-rounding, 0)
	}
	return from + t
}

// OneOf tells what is given of an image and a video of which one is wanted.
func OneOf(image, video string) string {
	if image == "" && video == "" {
		return "neither"
	}
	return "both an image and a video"
}

// Given are the files that are named.
func Given(files ...*string) []*string {
	return slices.DeleteFunc(files, func(f *string) bool { return *f == "" })
}
