package stage

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/sample"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// Flight is a straight flight watched live: the camera goes by the wall's clock, as on a
// kiosk, and tiles come in the background.
type Flight struct {
	Metres   float64 `json:"metres"`
	Seconds  float64 `json:"seconds"`
	Frames   int     `json:"frames"`
	MedianMS float64 `json:"median_ms"`
	P95MS    float64 `json:"p95_ms"`
	WorstMS  float64 `json:"worst_ms"`
	Coarse   float64 `json:"coarse"` // share of frames with a coarser tile in the place of one under way
}

// How a flight goes: over the towers, so far that it leaves behind all that its start showed.
const (
	flightSpeed  = 150.0 // m/s
	flightLength = 3000.0
	flightHeight = 260.0 // above the ground
	flightPitch  = -14.0
)

// across flies over the middle of the metropolis, no further than its rim.
func (c *CityBench) across(ctx context.Context, p *Player, s surface.Surface, f *flight, wall wall) error {
	l, err := newLive(p, s, f.Size, f.quality, false)
	if err != nil {
		return err
	}
	defer l.close()
	b := p.Doc.Package.Bounds
	frame := earth.FrameAt(sample.Center)
	edge, _ := frame.Plan(b.East, sample.Center.Lat)
	half := math.Min(flightLength/2, 0.9*edge)
	fl := Flight{Metres: round(2 * half), Seconds: round(2 * half / flightSpeed)}
	var began time.Time
	var spans []float64
	coarse := 0
	for x := -half; x < half; {
		if err := ctx.Err(); err != nil {
			return err
		}
		lng, lat := frame.Unplan(x, 0)
		start := wall.now()
		if _, err := l.draw(ctx, scene.Time{}, &scene.Camera{Lng: lng, Lat: lat, Height: p.Ground(lng, lat) + flightHeight, Heading: 90, Pitch: flightPitch, FOV: scene.DefaultFOV}); err != nil {
			return err
		}
		l.renderer.Finish()
		if began.IsZero() { // the first frame waits for its tiles
			began = wall.now()
			continue
		}
		spans = append(spans, float64(wall.now().Sub(start))/1e6)
		if l.loader.behind {
			coarse++
		}
		x = -half + flightSpeed*wall.now().Sub(began).Seconds()
	}
	slices.Sort(spans)
	fl.Frames, fl.MedianMS = len(spans), round(median(spans))
	if n := len(spans); n > 0 {
		fl.P95MS, fl.WorstMS, fl.Coarse = round(spans[n*95/100]), round(spans[n-1]), round(float64(coarse)/float64(n))
	}
	c.Flight, c.ResidentVRAM = fl, l.renderer.Stats().Bytes
	return nil
}

// first draws the flight's first frame as a live one and returns the seconds since a time.
func (f *flight) first(ctx context.Context, s surface.Surface, since time.Time) (float64, error) {
	r, err := pipeline.New(s, pipeline.Options{Width: f.Size.Width, Height: f.Size.Height, Quality: f.quality, Live: true})
	if err != nil {
		return 0, err
	}
	defer r.Release()
	t, c := f.at(0, f.Frames, 0)
	frame, err := f.player.Frame(ctx, t, Shot{Width: f.Size.Width, Height: f.Size.Height, Quality: f.quality, Live: true, Camera: c})
	if err != nil {
		return 0, err
	}
	if err := r.Draw(frame); err != nil {
		return 0, err
	}
	r.Finish()
	return round(time.Since(since).Seconds()), r.Standing()
}
