package scene

import (
	"math/big"
	"strings"
	"time"
)

// Moment is a story at a time.
type Moment struct {
	Camera    Camera
	HasCamera bool      // false where the document has neither keyframes nor a camera
	SceneTime time.Time // the date that the sky shows
	Chapter   string    // id of the chapter, or ""
	Caption   string
	// Set holds what chapters have set up to now, by layer id and property path, as
	// Layer.With takes it. Properties that no chapter has set are not in it.
	Set map[string]map[string]any
	// Selection is what the story has selected.
	Selection Selection
	// Drilled is where the story has gone down to, DrilledFrom where it was until DrilledSince.
	Drilled, DrilledFrom []Drilled
	DrilledSince         Time
}

// At returns the story at a time. It is a pure function: the same document and time give
// the same moment, whatever was asked before. Times before 0 are 0; after the last
// keyframe the camera stays.
func (d *Document) At(t Time) Moment {
	if t.Before(Time{}) {
		t = Time{}
	}
	m := Moment{SceneTime: d.sceneTime(t), Set: d.settings(t), Selection: d.Story.selected(t)}
	m.Drilled, m.DrilledFrom, m.DrilledSince = d.Story.drilled(t)
	for i, c := range d.Story.Chapters {
		end := c.To
		if (end == Time{}) && i+1 < len(d.Story.Chapters) {
			end = d.Story.Chapters[i+1].From
		}
		if !t.Before(c.From) && (end == Time{} || t.Before(end)) {
			m.Chapter, m.Caption = c.ID, c.Caption
		}
	}
	switch {
	case len(d.Story.Keyframes) > 0:
		m.Camera, m.HasCamera = d.Story.camera(t), true
	case d.Camera != nil:
		m.Camera, m.HasCamera = *cloned(d.Camera), true
	}
	return m
}

// sceneTime is start + speed·t, to the nanosecond, within the years that dates can say.
func (d *Document) sceneTime(t Time) time.Time {
	start := d.StartTime()
	speed := new(big.Rat).SetFloat64(d.Environment.Speed)
	if speed == nil || speed.Sign() == 0 {
		return start
	}
	ns := speed.Mul(speed, t.Rat())
	ns.Mul(ns, big.NewRat(1e9, 1))
	whole := new(big.Int).Div(ns.Num(), ns.Denom())
	const most = int64(1<<63 - 1)
	if !whole.IsInt64() {
		whole.SetInt64(most * int64(whole.Sign()))
	}
	return start.Add(time.Duration(whole.Int64()))
}

// settings folds the chapters up to t. A change that is cut short by the next one goes
// on from where it was.
func (d *Document) settings(t Time) map[string]map[string]any {
	type change struct {
		from, to any
		at, took Time
	}
	value := func(c change, t Time) any {
		share := 1.0
		if (c.took != Time{}) {
			share = smooth(t.Sub(c.at).over(c.took))
		}
		return mix(c.from, c.to, share)
	}
	changes := map[string]change{}
	for _, c := range d.Story.Chapters {
		if t.Before(c.From) {
			break
		}
		for _, name := range sortedKeys(c.Set) {
			id, prop, _ := strings.Cut(name, ".")
			l := d.Layer(id)
			if l == nil || name == selectionName {
				continue
			}
			next := change{to: c.Set[name], at: c.From, took: l.Transition}
			if c.Transition != nil {
				next.took = *c.Transition
			}
			if old, ok := changes[name]; ok {
				next.from = value(old, c.From)
			} else {
				next.from = current(l, prop)
			}
			changes[name] = next
		}
	}
	out := map[string]map[string]any{}
	for name, c := range changes {
		id, prop, _ := strings.Cut(name, ".")
		if out[id] == nil {
			out[id] = map[string]any{}
		}
		out[id][prop] = roundWhole(d.Layer(id), prop, value(c, t))
	}
	return out
}

// camera is the pose at a time.
func (s *Story) camera(t Time) Camera {
	k := s.Keyframes
	last := 0
	for last+1 < len(k) && !t.Before(k[last+1].At) {
		last++
	}
	a := k[last]
	leave := a.At.Add(a.Hold)
	if last+1 == len(k) || !leave.Before(t) || k[last+1].Ease == "cut" {
		return *cloned(&a.Camera)
	}
	b := k[last+1]
	share := t.Sub(leave).over(b.At.Sub(leave))
	switch b.Ease {
	case "zoom":
		return newZoom(a.Camera, b.Camera).at(smooth2(share))
	case "spline":
		return s.spline(last, share)
	}
	return between(a.Camera, b.Camera, ease(b.Ease, share))
}
