package stage

import (
	"slices"
	"time"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/scene"
)

// keyHelp is a pane over the picture that lists the keys, or names the control that was chosen.
type keyHelp struct {
	open  bool
	told  handling  // named in the pane, until
	until time.Time // then
	way   handling  // that the painted pane is of
	scale float64
	full  bool
	sheet drawable.Sheet
}

// noticeFor is how long a control that was chosen is named.
const noticeFor = 2500 * time.Millisecond

// helpLines are keys and what they do, by control.
var helpLines = map[handling][][2]string{
	orbiting: {{"drag", "circle the point under the pointer"}, {"right drag", "pull the ground along"}, {"W A S D, arrows", "move over the ground"}, {"Q E", "lower, higher"}, {"+ -, wheel", "nearer, farther"}, {"Shift and arrows", "turn, tilt"}},
	rolling:  {{"drag", "pull the ground along, north stays"}, {"right drag", "circle the point under the pointer"}, {"W A S D, arrows", "move over the ground"}, {"Q E", "lower, higher"}, {"+ -, wheel", "nearer, farther"}, {"Shift and arrows", "turn, tilt"}},
	flying:   {{"drag, arrows", "look round"}, {"W S A D", "fly on, back, aside"}, {"Q E", "sink, rise"}, {"+ -, wheel", "faster, slower"}, {"Shift", "hurry"}},
}

// Those of every control, and of those that lead the camera.
var (
	helpTime = [][2]string{{"click", "select what is there, or go down into it"}, {"Backspace", "up again"}, {"Space", "stop time, go on"}, {", .", "a second back, on"}, {"[ ]", "chapter before, next"}}
	helpLed  = [][2]string{{"C", "next control: orbit, globe, fly"}, {"R, Home", "give the camera back"}}
	helpEnd  = [][2]string{{"F1, ?", "this list"}, {"Esc", "deselect, end"}}
)

// helpOf lists the keys of a control.
func helpOf(way handling) [][2]string {
	if way == unled {
		return slices.Concat(helpTime, helpEnd)
	}
	return slices.Concat(helpLines[way], helpTime, helpLed, helpEnd)
}

func (h *keyHelp) toggle() { h.open = !h.open }

func (h *keyHelp) notice(way handling, now time.Time) { h.told, h.until = way, now.Add(noticeFor) }

// draws is the pane, where there is one to be seen.
func (h *keyHelp) draws(fonts *canvas.Fonts, way handling, now time.Time, shot Shot) []drawable.Draw {
	full := h.open
	if !full && !now.Before(h.until) {
		return nil
	}
	scale := float64(shot.Height) / 1080
	if h.sheet.Image == nil || h.way != way || h.scale != scale || h.full != full {
		h.way, h.scale, h.full = way, scale, full
		h.sheet.Image = helpPane(fonts, way, full, scale)
	}
	i := h.sheet.Image
	h.sheet.X, h.sheet.Y = (shot.Width-i.Width)/2, (shot.Height-i.Height)/2
	if !full {
		h.sheet.Y = shot.Height - i.Height - int(90*scale)
	}
	return []drawable.Draw{{What: &h.sheet}}
}

// helpPane paints the list, or only the control's name.
func helpPane(fonts *canvas.Fonts, way handling, full bool, scale float64) *drawable.Image {
	title := canvas.Style{Size: 26, Ink: canvas.Plain{255, 255, 255, 250}}
	key := canvas.Style{Size: 20, Ink: canvas.Plain{84, 190, 255, 255}}
	body := canvas.Style{Size: 20, Ink: canvas.Plain{255, 255, 255, 235}}
	const row, edge = 34.0, 28.0
	head := "Camera: " + string(way)
	var lines [][2]string
	keys, wide := 0.0, fonts.Width(head, title)
	if full {
		lines = helpOf(way)
		for _, l := range lines {
			keys = max(keys, fonts.Width(l[0], key))
		}
		for _, l := range lines {
			wide = max(wide, keys+28+fonts.Width(l[1], body))
		}
	}
	box := canvas.Box{W: wide + 2*edge, H: 2*edge + 22 + row*float64(len(lines))}
	c := canvas.New(box.W, box.H, scale, fonts)
	panels.Glass(c, box, scene.Color{8, 12, 18, 232})
	c.Write(head, edge, edge+11, title)
	for i, l := range lines {
		y := edge + 22 + row*(float64(i)+0.7)
		c.Write(l[0], edge, y, key)
		c.Write(l[1], edge+keys+28, y, body)
	}
	return c.Picture("keys")
}
