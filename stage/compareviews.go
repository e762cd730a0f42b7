package stage

import (
	"fmt"
	"math"
	"strings"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/scene"
)

// namedView is a camera to compare from; nil is the story's.
type namedView struct {
	name   string
	at     scene.Time
	camera *scene.Camera
}

// views are those that the options ask for.
func (c *comparing) views() ([]namedView, error) {
	var at scene.Time
	if c.At != nil {
		at = *c.At
	}
	var out []namedView
	for _, name := range c.Views {
		if name == "auto" {
			out = append(out, c.framed(at)...)
			continue
		}
		camera, ok := c.player.Doc.View(name)
		if !ok {
			return nil, badContent(fmt.Errorf("no view %q: %s", name, c.known()))
		}
		out = append(out, namedView{name, at, &camera})
	}
	if len(c.Views) == 0 {
		out = append(out, namedView{"camera", at, c.Camera})
	}
	for i := range out {
		if cam := out[i].camera; cam != nil && c.FOV > 0 {
			own := *cam
			own.FOV = c.FOV
			out[i].camera = &own
		}
	}
	return out, nil
}

// known names the views that there are.
func (c *comparing) known() string {
	names := []string{"auto"}
	for _, v := range c.player.Doc.Views {
		names = append(names, v.Name)
	}
	for _, ch := range c.player.Doc.Story.Chapters {
		names = append(names, ch.ID)
	}
	return "there are " + strings.Join(names, ", ")
}

// framed are four views of the data: as a whole, obliquely from nearby, low over the
// roofs, and straight down.
func (c *comparing) framed(at scene.Time) []namedView {
	whole := c.player.frameAll(float64(c.Size.Width) / float64(c.Size.Height))
	if whole.Target == nil {
		return []namedView{{"overview", at, &whole}}
	}
	t := *whole.Target
	frame := earth.FrameAt(earth.Place{Lng: t.Lng, Lat: t.Lat, Height: t.Height})
	eye := frame.Local(earth.Place{Lng: whole.Lng, Lat: whole.Lat, Height: whole.Height})
	away := eye.Len()
	from := func(name string, heading, pitch, distance float64) namedView {
		cam := whole
		sinP, cosP := math.Sincos(earth.Radians(pitch))
		sinH, cosH := math.Sincos(earth.Radians(heading))
		d := math.Min(distance, away)
		p := frame.Place([3]float64{-d * cosP * sinH, -d * cosP * cosH, d * sinP})
		p.Height = math.Max(p.Height, c.player.Ground(p.Lng, p.Lat)+4)
		cam.Lng, cam.Lat, cam.Height = p.Lng, p.Lat, p.Height
		return namedView{name, at, &cam}
	}
	down := scene.NewCamera(earth.Place{Lng: t.Lng, Lat: t.Lat, Height: t.Height + math.Min(away*0.7, 1500)}, 0, -90)
	return []namedView{
		{"overview", at, &whole}, from("oblique", 120, 35, 450), from("roofs", 250, 20, 220), {"above", at, &down},
	}
}
