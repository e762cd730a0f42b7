package clean

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// mask returns a polygon whose shell is meant to go the long way round the Earth with points
// on that way, and a note of it; others as they are. Those are the masks of maps, of which
// holes lie on the long way, and bounding boxes of what lies on both sides of the
// antimeridian: taller than the short way is wide, and counter-clockwise, as RFC 7946 asks
// of shells. Clockwise, the same four corners are a box over the antimeridian. A box wider
// than the Earth, as masks of maps that repeat have, becomes as wide.
func mask(p orb.Polygon) (out orb.Polygon, note string) {
	if len(p) == 0 || len(p[0]) < 4 {
		return p, ""
	}
	shell := p[0]
	box := shell.Bound()
	switch wide, boxed := box.Max[0]-box.Min[0], onBox(shell, box); {
	case boxed && wide > 360+degreeSlack && !math.IsInf(wide, 0):
		shell, note = slices.Clone(shell), NoteWorld
		for i, q := range shell {
			shell[i][0] = math.Copysign(180, q[0]-box.Center()[0])
		}
	case wide <= 180 || wide >= 360-degreeSlack || box.Min[0] < -180-degreeSlack || box.Max[0] > 180+degreeSlack || !jumps(shell):
		return p, ""
	case boxed && len(shell) == 5 && shell.Orientation() == orb.CCW && box.Max[1]-box.Min[1] > 360-wide, holesFar(p, box):
		shell, note = dotted(shell), NoteLong
	default:
		return p, ""
	}
	out = slices.Clone(p)
	out[0] = shell
	return out, note
}

// onBox tells whether all sides of a ring run along its box.
func onBox(r orb.Ring, box orb.Bound) bool {
	for i, p := range r {
		q := r[(i+1)%len(r)]
		along := p[0] == q[0] && (p[0] == box.Min[0] || p[0] == box.Max[0]) || p[1] == q[1] && (p[1] == box.Min[1] || p[1] == box.Max[1])
		if !along {
			return false
		}
	}
	return true
}

// holesFar tells whether a hole lies inside a shell as it is written on a map, but outside
// of it where its long sides go the short way.
func holesFar(p orb.Polygon, box orb.Bound) bool {
	u, turns, ok := unwind(p[0])
	if !ok || turns != 0 {
		return false
	}
	short := u.Bound()
	return slices.ContainsFunc(p[1:], func(h orb.Ring) bool {
		b := h.Bound()
		if len(h) == 0 || jumps(h) || !box.Contains(b.Min) || !box.Contains(b.Max) || !planar.RingContains(p[0], h[0]) {
			return false
		}
		east := b.Max[0] + 360*math.Ceil((short.Min[0]-b.Min[0]-degreeSlack)/360)
		return east > short.Max[0]+degreeSlack
	})
}

// dotted adds points to sides longer than 180°, so that these go where they are written.
func dotted(r orb.Ring) (out orb.Ring) {
	for i, q := range r {
		if i > 0 {
			p := r[i-1]
			if d := math.Abs(q[0] - p[0]); d > 180 {
				n := math.Ceil(d / 90)
				for k := 1.0; k < n; k++ {
					out = append(out, orb.Point{p[0] + float64(k/n*(q[0]-p[0])), p[1] + float64(k/n*(q[1]-p[1]))})
				}
			}
		}
		out = append(out, q)
	}
	return out
}

// turned tells whether unwinding moved some of a ring.
func turned(r, u orb.Ring) bool {
	for i, p := range r {
		if p[0] != u[i][0] {
			return true
		}
	}
	return false
}
