package stage

import (
	"cmp"
	"math"
	"slices"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// foreseenTimes is at how many times of a story, evenly, its weather is looked at.
const foreseenTimes = 256

// foreseen are the views and environments that a story comes to, without what it draws: from
// where it looks then, and from where a frame looks. A story without an end is looked at for a
// day of its dates.
func (p *Player) foreseen(f *pipeline.Frame) []pipeline.Frame {
	var out []pipeline.Frame
	for _, t := range p.foreseenTimes() {
		m := p.Doc.At(t)
		g := pipeline.Frame{View: f.View, Env: p.environment(m, t, f.View.Eye), Opened: f.Opened, Time: t.Seconds()}
		g.Env.Transparent = f.Env.Transparent
		out = append(out, g)
		if m.HasCamera {
			pose := m.Camera.Pose(p.Ground)
			g.View = pipeline.View{Eye: pose.Eye, Right: pose.Right, Up: pose.Up, Forward: pose.Forward, FovY: pose.FovY}
			g.Env = p.environment(m, t, pose.Eye)
			g.Env.Transparent = f.Env.Transparent
			out = append(out, g)
		}
	}
	return out
}

// foreseenTimes are when the weather of a story may be another: evenly, and while chapters
// change it.
func (p *Player) foreseenTimes() []scene.Time {
	length := p.Doc.Story.Length().Seconds()
	if length == 0 && p.Doc.Environment.Speed != 0 {
		length = 86400 / math.Abs(p.Doc.Environment.Speed)
	}
	var out []scene.Time
	for i := range foreseenTimes + 1 {
		if i == 0 || length > 0 {
			out = append(out, scene.Seconds(length*float64(i)/foreseenTimes))
		}
	}
	for _, c := range p.Doc.Story.Chapters {
		took := 1.0
		if c.Transition != nil {
			took = max(c.Transition.Seconds(), took)
		}
		for _, share := range []float64{0, 0.001, 0.1, 0.5, 0.999, 1} {
			out = append(out, c.From.Add(scene.Seconds(share*took)))
		}
	}
	slices.SortFunc(out, func(a, b scene.Time) int { return cmp.Compare(a.Seconds(), b.Seconds()) })
	return out
}
