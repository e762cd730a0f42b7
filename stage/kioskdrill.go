package stage

import (
	"time"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/scene"
)

// drill takes a click: into the feature that was hit, or up again where nothing was. It tells
// whether that was what the click was for.
func (k *kiosk) drill(f *feature) bool {
	if f == nil {
		k.ascend()
		return false
	}
	p, size := k.live.player, k.live.size
	from := ascent{scene.FromPose(k.control.pose), k.led}
	if way := k.flight; way != nil && !way.home { // back to where it goes, not to where it is
		from = ascent{way.to, true}
	}
	down, ok := p.descend(f, from)
	if !ok {
		return false
	}
	at := p.drilled.path[len(p.drilled.path)-1]
	if c, ok := p.fitOf(at, float64(size.Width)/float64(max(size.Height, 1)), earth.Degrees(k.control.pose.FovY)); ok {
		k.fly(c, false, down.Lasts)
	}
	return true
}

// ascend goes up by a level, and back to where the camera was.
func (k *kiosk) ascend() bool {
	to, down, ok := k.live.player.ascend()
	if ok {
		k.fly(to.camera, !to.led && len(k.live.player.drilled.path) == 0, down.Lasts)
	}
	return ok
}

// fly lets the camera leave for another, or for the story's.
func (k *kiosk) fly(to scene.Camera, home bool, lasts scene.Time) {
	k.flight = &passage{from: scene.FromPose(k.control.pose), to: to, home: home, began: k.wall.now(), lasts: lasts.Seconds()}
	k.led = false
	k.control.stop()
}

// flown is the camera of a flight at a time; nil where there is none.
func (k *kiosk) flown(now time.Time) *scene.Camera {
	if k.flight == nil {
		return nil
	}
	p, t := k.live.player, k.clock.at(now)
	m := p.Doc.At(t)
	p.storyCamera(&m, t, float64(k.live.size.Width)/float64(max(k.live.size.Height, 1)))
	c, done := k.flight.at(now, m.Camera)
	if done && k.flight.home {
		k.flight = nil
		return nil
	}
	return &c
}
