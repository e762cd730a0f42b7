package stage

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/longtake/longtake/scene"
)

// drilling is how far somebody has gone down into features by hand: over what the story does.
type drilling struct {
	path    []scene.Drilled
	back    []ascent         // by level
	now     []scene.Drilled  // levels of the frame: the path, or the story's
	targets map[string]bool  // layers that are shown below others alone
	boxes   map[string]boxed // of features
}

// ascent is where the camera goes when a level is left.
type ascent struct {
	camera scene.Camera
	led    bool // it was led by hand; else it is the story's again where no level is left
}

func newDrilling(d *scene.Document) drilling {
	out := drilling{targets: map[string]bool{}, boxes: map[string]boxed{}}
	for i := range d.Layers {
		if k := drillOf(&d.Layers[i]); k != nil && !d.Layers[i].Template {
			out.targets[k.Show] = true
		}
	}
	return out
}

func drillOf(l *scene.Layer) *scene.Drill {
	if l == nil || l.Events == nil {
		return nil
	}
	return l.Events.Click.Drill
}

// levels are those of a moment.
func (p *Player) levels(m scene.Moment) []scene.Drilled {
	if len(p.drilled.path) > 0 {
		return p.drilled.path
	}
	return m.Drilled
}

// drillShows hides what lies below and was not gone down to, and what gave way to it.
func (p *Player) drillShows(pl *playedLayer, levels []scene.Drilled) {
	if len(p.drilled.targets) == 0 || !pl.now.Visible {
		return
	}
	visible := !p.drilled.targets[pl.id]
	for _, it := range levels {
		k := drillOf(p.Doc.Layer(it.Layer))
		switch {
		case k == nil:
		case k.Show == pl.id:
			visible = true
		case it.Layer == pl.id:
			visible = visible && k.Stays
		}
	}
	if !visible {
		l := *pl.now
		l.Visible = false
		pl.now = &l
	}
}

// drillFilter is what levels filter the layers below by.
func (p *Player) drillFilter(levels []scene.Drilled) (out scene.Selection) {
	for _, it := range levels {
		if k := drillOf(p.Doc.Layer(it.Layer)); k != nil {
			out = joined(out, scene.Selection{Filter: map[string]any{k.Name(): it.Of}})
		}
	}
	return out
}

// filterOf is what a selection filters a layer by. One that stays in the picture when one goes down
// from it is not filtered by its own level: its other features are there to go down into.
func (p *Player) filterOf(l *scene.Layer, s scene.Selection) map[string]any {
	out := filterOf(l, s)
	k := drillOf(l)
	if k == nil || !k.Stays {
		return out
	}
	for i, it := range p.drilled.now {
		if it.Layer != l.ID || !reflect.DeepEqual(out[k.Name()], it.Of) {
			continue
		}
		out = maps.Clone(out)
		delete(out, k.Name())
		if v, ok := p.drillFilter(p.drilled.now[:i]).Filter[k.Name()]; ok {
			out[k.Name()] = v
		}
	}
	return out
}

// storyCamera is the story's camera at a moment, with its flights down into features and up again.
func (p *Player) storyCamera(m *scene.Moment, t scene.Time, aspect float64) {
	if !m.HasCamera {
		m.Camera = p.frameAll(aspect)
	}
	if len(m.Drilled)+len(m.DrilledFrom) == 0 {
		return
	}
	of := func(levels []scene.Drilled) scene.Camera {
		if len(levels) > 0 {
			if c, ok := p.fitOf(levels[len(levels)-1], aspect, m.Camera.FOV); ok {
				return c
			}
		}
		return m.Camera
	}
	deepest := m.Drilled
	if len(m.DrilledFrom) > len(deepest) {
		deepest = m.DrilledFrom
	}
	share := 1.0
	if k := drillOf(p.Doc.Layer(deepest[len(deepest)-1].Layer)); k != nil && k.Lasts != (scene.Time{}) {
		share = t.Sub(m.DrilledSince).Seconds() / k.Lasts.Seconds()
	}
	if share >= 1 {
		m.Camera = of(m.Drilled)
	} else {
		m.Camera = scene.Fly(of(m.DrilledFrom), of(m.Drilled), share)
	}
	m.HasCamera = true
}

// descend goes down into a feature, from the level that shows its layer: levels below that are left,
// such as that of another feature of a layer that stays. It is false where its layer leads nowhere,
// or it has no value.
func (p *Player) descend(f *feature, from ascent) (*scene.Drill, bool) {
	k := drillOf(p.Doc.Layer(f.layer))
	if k == nil {
		return nil, false
	}
	v, ok := p.valueOf(f, k.Field)
	if _, several := v.([]any); several || !ok { // part of a panel that stands for several rows
		return nil, false
	}
	n := len(p.drilled.path)
	for n > 0 && drillOf(p.Doc.Layer(p.drilled.path[n-1].Layer)).Show != f.layer {
		n--
	}
	if n < len(p.drilled.path) {
		from = p.drilled.back[n]
	}
	p.drilled.path = append(slices.Clip(p.drilled.path[:n]), scene.Drilled{Layer: f.layer, Of: v})
	p.drilled.back = append(p.drilled.back[:n], from)
	return k, true
}

// ascend goes up by a level.
func (p *Player) ascend() (to ascent, k *scene.Drill, ok bool) {
	n := len(p.drilled.path) - 1
	if n < 0 {
		return to, nil, false
	}
	to, k = p.drilled.back[n], drillOf(p.Doc.Layer(p.drilled.path[n].Layer))
	p.drilled.path, p.drilled.back = p.drilled.path[:n], p.drilled.back[:n]
	return to, k, true
}

// passage is a camera on its way in a kiosk, by its wall clock; where it has come it stays.
type passage struct {
	from, to scene.Camera
	home     bool // to the story's camera, which it becomes
	began    time.Time
	lasts    float64 // seconds
}

// at is the camera at a time, where the story's is another; done tells whether it has come.
func (f *passage) at(now time.Time, story scene.Camera) (c scene.Camera, done bool) {
	to, share := f.to, 1.0
	if f.home {
		to = story
	}
	if f.lasts > 0 {
		share = now.Sub(f.began).Seconds() / f.lasts
	}
	return scene.Fly(f.from, to, share), share >= 1
}
