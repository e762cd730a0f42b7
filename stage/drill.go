package stage

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// drilling is how far somebody has gone down into features by hand: over what the story does.
type drilling struct {
	path    []scene.Drilled
	back    []ascent          // by level
	targets map[string]bool   // layers that are shown below others alone
	fits    map[string]fitted // cameras over features
}

// ascent is where the camera goes when a level is left.
type ascent struct {
	camera scene.Camera
	led    bool // it was led by hand; else it is the story's again where no level is left
}

type fitted struct {
	camera scene.Camera
	ok     bool
}

func newDrilling(d *scene.Document) drilling {
	out := drilling{targets: map[string]bool{}, fits: map[string]fitted{}}
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

// fitOf is the camera over the feature of a level; ok is false where it has no place.
func (p *Player) fitOf(it scene.Drilled, aspect, fov float64) (scene.Camera, bool) {
	key := fmt.Sprintf("%s %v %.4f %.3f", it.Layer, it.Of, aspect, fov)
	if f, known := p.drilled.fits[key]; known {
		return f.camera, f.ok
	}
	var f fitted
	k, t := drillOf(p.Doc.Layer(it.Layer)), p.tableOf(it.Layer)
	if k != nil && t != nil {
		var box orb.Bound
		for row, is := range layer.Matching(t, map[string]any{k.Field: it.Of}) {
			if is && t.Geometry[row] != nil {
				if b := mainBox(t.Geometry[row]); !f.ok {
					box, f.ok = b, true
				} else {
					box = box.Union(b)
				}
			}
		}
		if f.ok {
			f.camera = p.over(box, k.Pitch, aspect, fov)
		}
	}
	p.drilled.fits[key] = f
	return f.camera, f.ok
}

// mainBox is the box of an area's largest part with what lies near it: France without Guiana. East
// may exceed 180 where the area goes on beyond the antimeridian, at which it may be cut.
func mainBox(g orb.Geometry) orb.Bound {
	parts, ok := g.(orb.MultiPolygon)
	if !ok || len(parts) == 0 {
		return g.Bound()
	}
	parts = slices.Clone(parts)
	size := make(map[int]float64, len(parts))
	order := make([]int, len(parts))
	for i, q := range parts {
		order[i], size[i] = i, math.Abs(planar.Area(q))
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if size[a] > size[b] {
			return -1
		} else if size[a] < size[b] {
			return 1
		}
		return 0
	})
	box := parts[order[0]].Bound()
	for _, i := range order[1:] {
		b := parts[i].Bound()
		if turn := math.Round((box.Center()[0] - b.Center()[0]) / 360); turn != 0 {
			b.Min[0], b.Max[0] = b.Min[0]+360*turn, b.Max[0]+360*turn
		}
		u := box.Union(b)
		const near = 1.8 // times the box that there is
		if (u.Max[0]-u.Min[0])*(u.Max[1]-u.Min[1]) <= near*(box.Max[0]-box.Min[0])*(box.Max[1]-box.Min[1]) {
			box = u
		}
	}
	return box
}

// over is a camera that looks north at a box and has it within the picture.
func (p *Player) over(b orb.Bound, pitch, aspect, fov float64) scene.Camera {
	if fov <= 0 {
		c := scene.Camera{}
		c.SetDefaults()
		fov = c.FOV
	}
	mid := earth.Place{Lng: earth.WrapLng((b.Min[0] + b.Max[0]) / 2), Lat: (b.Min[1] + b.Max[1]) / 2}
	mid.Height = p.Ground(mid.Lng, mid.Lat)
	frame := earth.FrameAt(mid)
	s, c := math.Sincos(earth.Radians(pitch))
	forward := frame.DirFromLocal(mgl64.Vec3{0, c, s})
	screen := drawable.Screen{Forward: forward, Right: frame.DirFromLocal(mgl64.Vec3{1, 0, 0}), Up: frame.DirFromLocal(mgl64.Vec3{0, -s, c}), FovY: earth.Radians(fov), Width: int(1000 * aspect), Height: 1000}
	fits := func(distance float64) bool {
		const margin = 0.1
		screen.Eye = mid.ECEF().Sub(forward.Mul(distance))
		for j := range 5 {
			for i := range 5 {
				at := earth.Place{Lng: b.Min[0] + float64(i)/4*(b.Max[0]-b.Min[0]), Lat: b.Min[1] + float64(j)/4*(b.Max[1]-b.Min[1]), Height: mid.Height}
				x, y, ok := screen.At(at.ECEF())
				if !ok || x < margin*1000*aspect || y < margin*1000 || x > (1-margin)*1000*aspect || y > (1-margin)*1000 {
					return false
				}
			}
		}
		return true
	}
	low, high := 50.0, 4e7
	for high/low > 1.002 {
		if m := math.Sqrt(low * high); fits(m) {
			high = m
		} else {
			low = m
		}
	}
	eye := earth.FromECEF(mid.ECEF().Sub(forward.Mul(high)))
	out := scene.NewCamera(eye, 0, pitch)
	out.FOV = fov
	out.Target = &scene.Place{Lng: mid.Lng, Lat: mid.Lat, Height: mid.Height}
	return out
}

// descend goes down into a feature; false where its layer leads nowhere, or it has no value.
func (p *Player) descend(f *feature, from ascent) (*scene.Drill, bool) {
	k := drillOf(p.Doc.Layer(f.layer))
	if k == nil {
		return nil, false
	}
	v, ok := p.valueOf(f, k.Field)
	if _, several := v.([]any); several || !ok { // part of a panel that stands for several rows
		return nil, false
	}
	if len(p.drilled.path) == 0 {
		p.drilled.back = p.drilled.back[:0]
	}
	p.drilled.path = append(slices.Clip(p.drilled.path), scene.Drilled{Layer: f.layer, Of: v})
	p.drilled.back = append(p.drilled.back, from)
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
