package scene

import (
	"fmt"
	"reflect"
)

// Story is one timeline.
type Story struct {
	Duration  Time       `json:"duration" min:"0" unit:"s" doc:"length; without it, the last keyframe plus its hold"`
	Keyframes []Keyframe `json:"keyframes" later:"true" doc:"camera poses in order of time"`
	Chapters  []Chapter  `json:"chapters" doc:"stretches of time with captions and changed properties"`
}

// Keyframe is a pose at a time. In documents fields of the camera that are left out come
// from the keyframe before.
type Keyframe struct {
	At     Time   `json:"at" required:"true" min:"0" unit:"s" doc:"story time at which the camera is here"`
	Camera Camera `json:"camera" later:"true" doc:"pose; fields left out come from the keyframe before"`
	Ease   string `json:"ease" enum:"smooth,linear,in,out,zoom,spline,cut" doc:"how the camera comes here from the keyframe before"`
	Hold   Time   `json:"hold" min:"0" unit:"s" doc:"how long it stays"`
}

// SetDefaults fills the defaults.
func (k *Keyframe) SetDefaults() {
	k.Ease = "smooth"
	k.Camera.SetDefaults()
}

// Chapter is a stretch of the story. What it sets stays until another chapter sets it.
type Chapter struct {
	ID         string         `json:"id" required:"true" doc:"name of the chapter"`
	From       Time           `json:"from" min:"0" unit:"s" doc:"story time at which it starts"`
	To         Time           `json:"to" min:"0" unit:"s" doc:"story time at which it ends; 0 is where the next one starts"`
	Caption    string         `json:"caption" doc:"line shown during the chapter"`
	Set        map[string]any `json:"set" doc:"layer properties by layer.property, or a selection, from the chapter's start on"`
	Transition *Time          `json:"transition" min:"0" max:"3600" unit:"s" doc:"how long set changes take; without it, the layer's transition"`
}

// Length is how long the story is: its duration, or the end of its last keyframe with
// its hold, or of its last chapter.
func (s *Story) Length() Time {
	if (s.Duration != Time{}) {
		return s.Duration
	}
	var end Time
	latest := func(t Time) {
		if end.Before(t) {
			end = t
		}
	}
	for _, k := range s.Keyframes {
		latest(k.At.Add(k.Hold))
	}
	for _, c := range s.Chapters {
		latest(c.From)
		latest(c.To)
	}
	return end
}

// keyframes decodes the keyframes, each camera from the one before.
func (d *decoder) keyframes(s *Story, n, story *node) {
	if n == story || n.kind == Null {
		return
	}
	if n.kind != List {
		d.expected(n, "story.keyframes", "a list of keyframes is allowed")
		return
	}
	var before Keyframe
	before.SetDefaults()
	for i, it := range n.items {
		path := fmt.Sprintf("story.keyframes[%d]", i)
		var k Keyframe
		k.SetDefaults()
		k.Camera = *cloned(&before.Camera)
		d.structs(it, path, nil, reflect.ValueOf(&k).Elem())
		c := it.child("camera")
		switch {
		case c != it:
			d.camera(c, path+".camera", &k.Camera)
		case i == 0 && it.kind == Map:
			d.fail(it, path+".camera", "not given; the first keyframe needs a camera")
		}
		if i > 0 {
			d.follows(it, path, before, k)
		}
		s.Keyframes = append(s.Keyframes, k)
		before = k
	}
}

// follows checks a keyframe against the one before it.
func (d *decoder) follows(n *node, path string, before, k Keyframe) {
	free := before.At.Add(before.Hold)
	if !before.At.Before(k.At) || k.At.Before(free) {
		allowed := fmt.Sprintf("a time after the keyframe before (%s)", before.At)
		if (before.Hold != Time{}) {
			allowed += fmt.Sprintf(" and its hold (until %s)", free)
		}
		d.fail(n.child("at"), path+".at", fmt.Sprintf("found %s; %s is allowed", k.At, allowed))
	}
}

// tree is the story as it is written.
func (s Story) tree() []member {
	out := encodeStructs([]reflect.Value{reflect.ValueOf(s)}, []reflect.Value{defaultsOf(reflect.TypeFor[Story]())})
	var frames []any
	var before Keyframe
	before.SetDefaults()
	for i, k := range s.Keyframes {
		m := encodeStructs([]reflect.Value{reflect.ValueOf(k)}, []reflect.Value{defaultsOf(reflect.TypeFor[Keyframe]())})
		if c := cameraTree(k.Camera, before.Camera); len(c) > 0 || i == 0 {
			m = append(m[:1], append([]member{{"camera", c}}, m[1:]...)...)
		}
		frames = append(frames, m)
		before = k
	}
	if frames != nil {
		at := 0
		for at < len(out) && out[at].name == "duration" {
			at++
		}
		out = append(out[:at], append([]member{{"keyframes", frames}}, out[at:]...)...)
	}
	return out
}

// chapters checks the order of chapters and what they set.
func (d *decoder) chapters(doc *Document, n *node) {
	ids := map[string]int{}
	for i, c := range doc.Story.Chapters {
		at, path := n.child("chapters", i), fmt.Sprintf("story.chapters[%d]", i)
		if first, twice := ids[c.ID]; twice {
			d.expected(at.child("id"), path+".id", fmt.Sprintf("chapters[%d] has this id; each is allowed once", first))
		}
		ids[c.ID] = i
		if i > 0 && c.From.Before(doc.Story.Chapters[i-1].From) {
			d.fail(at.child("from"), path+".from", fmt.Sprintf("found %s; a time at or after the chapter before (%s) is allowed", c.From, doc.Story.Chapters[i-1].From))
		}
		if (c.To != Time{}) && !c.From.Before(c.To) {
			d.fail(at.child("to"), path+".to", fmt.Sprintf("found %s; a time after from (%s) is allowed", c.To, c.From))
		}
		for _, name := range sortedKeys(c.Set) {
			d.setting(doc, c.Set, name, at.child("set"), path+".set")
		}
	}
	if end, length := (&Story{Keyframes: doc.Story.Keyframes}).Length(), doc.Story.Duration; (length != Time{}) && length.Before(end) {
		d.fail(n.child("duration"), "story.duration", fmt.Sprintf("found %s; at least the end of the last keyframe with its hold (%s) is allowed", length, end))
	}
}
