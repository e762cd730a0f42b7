package stage

import (
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// opened is where the story's camera was when the shutter of the frame at a time opened; nil
// where none is, where the camera rests, and after a cut: the frame begins with it.
func (p *Player) opened(t scene.Time, m scene.Moment, aspect float64) *pipeline.View {
	rate, share := p.Doc.Output.FPS, p.Doc.Environment.Lens.Shutter/360
	if share <= 0 || len(p.Doc.Story.Keyframes) == 0 || rate.Num <= 0 {
		return nil
	}
	start := scene.Seconds(t.Seconds() - share*float64(rate.Den)/float64(rate.Num))
	if start.Before(scene.Time{}) {
		return nil
	}
	for _, k := range p.Doc.Story.Keyframes {
		if k.Ease == "cut" && start.Before(k.At) && !t.Before(k.At) {
			return nil
		}
	}
	before := p.Doc.At(start)
	p.storyCamera(&before, start, aspect)
	pose, now := before.Camera.Pose(p.Ground), m.Camera.Pose(p.Ground)
	if pose == now {
		return nil
	}
	return &pipeline.View{Eye: pose.Eye, Right: pose.Right, Up: pose.Up, Forward: pose.Forward, FovY: pose.FovY}
}
