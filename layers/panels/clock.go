package panels

import (
	"fmt"
	"math"
	"time"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "clock", Group: "panels", Doc: "the scene's date and time, or the story's",
	New: func() any {
		return &Clock{Panel: New("top-right"), Show: "scene", Hours: "%H:%M", Date: "%A, %e %B %Y", Zone: "UTC"}
	},
	Examples: []scene.Example{
		{Layer: `zone: Atlantic/Azores, anchor: center, zoom: 2.4`},
		{Name: "story", Doc: "seconds since the story began", Layer: `show: story, date: "", heading: Story, anchor: center, zoom: 2.4`},
	},
})

// Clock writes a time.
type Clock struct {
	Panel
	Show  string `json:"show" enum:"scene,story,data" doc:"scene: the date that the sky shows; story: how long the story has run; data: the date that the time of a layer's data has reached"`
	For   string `json:"for" format:"layer" doc:"data: layer whose time is shown"`
	Hours string `json:"hours" doc:"large line, by strftime's conversions"`
	Date  string `json:"date" doc:"small line, by strftime's conversions"`
	Zone  string `json:"zone" example:"Europe/Vienna|UTC|+02:00" doc:"time zone: a name of the IANA database, or an offset"`
	zone  *time.Location
	data  func(story float64) float64 // seconds since 1970 at a story time
}

// CheckScene refuses formats and zones that are none.
func (k *Clock) CheckScene(fail func(field, found, allowed string)) {
	k.Panel.CheckScene(fail)
	for _, f := range [][2]string{{"hours", k.Hours}, {"date", k.Date}} {
		if err := format.CheckDate(f[1]); err != nil {
			fail(f[0], f[1], err.Error())
		}
	}
	if (k.Show == "data") != (k.For != "") {
		fail("for", fmt.Sprintf("%q with show: %s", k.For, k.Show), "show: data with the layer whose time is shown is allowed")
	}
	if _, err := Zone(k.Zone); err != nil {
		fail("zone", k.Zone, "a name such as Europe/Vienna or an offset such as +02:00 is allowed")
	}
}

// Zone is a time zone by its name or offset.
func Zone(name string) (*time.Location, error) {
	if t, err := time.Parse("-07:00", name); err == nil {
		_, offset := t.Zone()
		return time.FixedZone("", offset), nil
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("zone %q: %w", name, err)
	}
	return z, nil
}

// Draw makes one panel.
func (k *Clock) Draw(c *layer.Context) ([]drawable.Draw, error) {
	z, err := Zone(k.Zone)
	if err != nil {
		return nil, err
	}
	shown := *k
	shown.zone = z
	if k.Show == "data" {
		if shown.data, err = k.dataTime(c); err != nil {
			return nil, err
		}
	}
	return k.Panel.Draw(c, &shown)
}

// dataTime is the time of a layer's data by the story's.
func (k *Clock) dataTime(c *layer.Context) (func(story float64) float64, error) {
	if c.Peer == nil {
		return nil, fmt.Errorf("for: layer %q is not at hand", k.For)
	}
	peer, rows := c.Peer(k.For)
	switch {
	case peer == nil:
		return nil, fmt.Errorf("for: no layer %q", k.For)
	case peer.Time == nil || peer.Time.Field == "" || rows == nil:
		if _, own := peer.Props.(interface{ Clock(float64) float64 }); !own && peer.Time == nil {
			return nil, fmt.Errorf("for: layer %s has no time", k.For)
		}
		return func(story float64) float64 { return layer.Clock(peer, story) }, nil
	}
	timed, err := layer.NewTimed(peer.Time, rows)
	if err != nil {
		return nil, fmt.Errorf("for: layer %s: %w", k.For, err)
	}
	return func(story float64) float64 { return peer.Time.At(story, timed.First) }, nil
}

const clockSize = 44.0

func (k *Clock) style() canvas.Style {
	return canvas.Style{Size: clockSize, Weight: text.Medium, Ink: k.Theme().Faint(1)}
}

// lines are what is written at a view.
func (k *Clock) lines(v *drawable.PanelView) [2]string {
	if k.Show == "story" {
		return [2]string{format.Span(v.Time), format.Date(v.Clock.In(k.zone), k.Date)}
	}
	t := v.Clock.In(k.zone)
	if k.data != nil {
		seconds, part := math.Modf(min(max(k.data(v.Time), -6e10), 2.5e11)) // the years that dates can say
		t = time.Unix(int64(seconds), int64(part*1e9)).In(k.zone)
	}
	return [2]string{format.Date(t, k.Hours), format.Date(t, k.Date)}
}

// Measure takes the widest date.
func (k *Clock) Measure(f *canvas.Fonts, width float64) (w, h float64) {
	v := &drawable.PanelView{Clock: time.Date(2028, 9, 27, 20, 58, 58, 0, time.UTC), Time: 35999}
	l := k.lines(v)
	w, h = max(width, f.Width(l[0], k.style())), clockSize*0.8
	if k.Date != "" {
		w, h = max(w, f.Width(l[1], k.Theme().Small())), h+12+Small
	}
	return w, h
}

// State is the text.
func (k *Clock) State(v *drawable.PanelView) any { return k.lines(v) }

// Paint writes the lines.
func (k *Clock) Paint(p *Painter) {
	l := k.lines(p.View)
	p.Text(l[0], p.Box.X-2, p.Box.Y+canvas.CapHeight*clockSize, k.style())
	if l[1] != "" {
		p.Text(l[1], p.Box.X, p.Box.Y+clockSize*0.8+12+CapLine*Small-3, p.Small())
	}
}
