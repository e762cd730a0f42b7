package clean

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// What is noted of polygons whose longitudes jump or exceed ±180.
const (
	NoteCut   = "polygon over the antimeridian cut there"
	NotePole  = "ring around a pole closed along it"
	NoteShort = "side longer than 180° taken the short way round the Earth: add points on the way if the long one is meant"
	NoteLong  = "side longer than 180° kept: a box written counter-clockwise, or with holes on the long way"
	NoteWorld = "box wider than the Earth made as wide"
)

// wholeDegrees is how wide a polygon over the antimeridian may be that stays in one piece,
// with longitudes a little beyond 180: houses, fields and lakes, which are built in plans.
const wholeDegrees = 1.0

// widest is how many degrees of longitude a ring may reach over, as a spiral does or one
// around a pole that goes back and forth, and be from 0. Each turn is a piece to cut out of
// all of its points.
const widest = 720.0

// degreeSlack is what longitudes may be beyond ±180 by rounding.
const degreeSlack = 1e-9

// onMap is polygons each of which lies between -180 and 180, and which of them were cut;
// nil for none. Those that go round the Earth too often are left out, and counted.
func onMap(in []orb.Polygon, report *geo.Report) (out []orb.Polygon, cut []bool, left int) {
	if !slices.ContainsFunc(in, func(p orb.Polygon) bool { return slices.ContainsFunc(p, jumps) }) {
		return in, nil, 0
	}
	for _, p := range in {
		parts, note := globe(p)
		if parts == nil {
			left++
		}
		out = append(out, parts...)
		for range parts {
			cut = append(cut, note == NoteCut || note == NotePole)
		}
		if note != "" && report != nil {
			report.Note(note)
		}
	}
	return out, cut, left
}

// globe returns a polygon in degrees as others that lie between -180 and 180 (RFC 7946,
// section 3.1.9) or are narrow, and a note where they were cut. A side that is longer than 180° of
// longitude goes the short way round, but where it runs along a pole, all around the Earth,
// or round a mask (see mask); rings that truly are wider have points on the way. One that
// thereby goes round the Earth encloses the pole that it is nearer to. Nothing is left of one
// that is wound round it further than widest.
func globe(p orb.Polygon) (out []orb.Polygon, note string) {
	p, note = mask(p)
	if !slices.ContainsFunc(p, jumps) {
		return []orb.Polygon{p}, note
	}
	rings, split := make(orb.Polygon, 0, len(p)), false
	for i, r := range p {
		u, turns, ok := unwind(r)
		switch {
		case !ok:
			return []orb.Polygon{p}, "" // which tells what is wrong with it
		case math.Abs(turns) > 1 || wound(r, u):
			return nil, ""
		case turns != 0:
			u, note = overPole(u, turns), NotePole
		case note == "" && turned(r, u):
			note = NoteShort
		}
		if i > 0 { // a hole within its shell
			shell := rings[0].Bound()
			shift(u, math.Ceil((shell.Min[0]-u.Bound().Min[0]-degreeSlack)/360))
			if over := u.Bound().Max[0] > shell.Max[0]+degreeSlack; over && shell.Max[0]-shell.Min[0] > 360-degreeSlack {
				rest := slices.Clone(u) // of a shell all around, the hole goes on at its other end
				shift(rest, -1)
				rings, split = append(rings, rest), true
				rings[0] = dotted(rings[0])
			}
		}
		rings = append(rings, u)
	}
	box := rings[0].Bound()
	if box.Max[0]-box.Min[0] <= wholeDegrees {
		m := math.Floor((box.Center()[0] + 180) / 360)
		for _, r := range rings {
			shift(r, -m)
		}
		return []orb.Polygon{rings}, note
	}
	first, last := math.Floor((box.Min[0]+180+degreeSlack)/360), math.Ceil((box.Max[0]+180-degreeSlack)/360)-1
	split = split || last > first
	if split && note != NotePole {
		note = NoteCut
	}
	for m := first; m <= max(first, last); m++ {
		var part orb.Polygon
		for i, r := range rings {
			if split {
				r = clipSide(clipSide(r, -180+360*m, 1), 180+360*m, -1)
			}
			if len(r) == 0 && i == 0 {
				break
			}
			if len(r) > 0 {
				shift(r, -m)
				for k := range r {
					r[k][0] = max(-180, min(180, r[k][0]))
				}
				part = append(part, r)
			}
		}
		if part != nil {
			out = append(out, part)
		}
	}
	return out, note
}

// jumps tells whether a ring needs a look: it has a long side, or a longitude beyond ±180.
func jumps(r orb.Ring) bool {
	for i, p := range r {
		q := r[(i+len(r)-1)%len(r)]
		if math.Abs(p[0]) > 180+degreeSlack || math.Abs(p[0]-q[0]) > 180 && !alongPole(p, q) {
			return true
		}
	}
	return false
}

// polar is the latitude from which a side is the line that a pole is on a map: a metre from it.
const polar = 90 - 1e-5

// alongPole tells whether a side is the line that a pole is on a map.
func alongPole(a, b orb.Point) bool { return min(a[1], b[1]) > polar || max(a[1], b[1]) < -polar }

// unwind is a closed ring whose longitudes are continuous, and how many times it goes round
// the Earth to the east. ok is false where it has no points, or some that are no places.
func unwind(r orb.Ring) (u orb.Ring, turns float64, ok bool) {
	if len(r) < 3 {
		return nil, 0, false
	}
	u = slices.Clone(r)
	if u[0] != u[len(u)-1] {
		u = append(u, u[0])
	}
	before, by := u[0], 0.0
	for i, p := range u {
		if math.IsInf(p[0], 0) || math.IsNaN(p[0]) || math.IsNaN(p[1]) {
			return nil, 0, false
		}
		if d := p[0] - before[0]; math.Abs(d) > 180 && !alongPole(p, before) {
			by -= 360 * math.Round(d/360)
		}
		u[i][0], before = p[0]+by, p
	}
	turns = by / 360
	if b := u.Bound(); turns == 0 && b.Max[0]-b.Min[0] < 1e-6 { // a box all around the Earth has nothing left
		return slices.Clone(r), 0, true
	}
	return u, turns, true
}

// wound tells whether a ring is beyond what is widest, as it is written or unwound.
func wound(r, u orb.Ring) bool {
	a, b := r.Bound(), u.Bound()
	return max(a.Max[0], -a.Min[0], b.Max[0]-b.Min[0]) > widest
}

// overPole closes a ring that goes round the Earth: from where it meets the antimeridian
// along that to the nearer pole, and back on its other side.
func overPole(u orb.Ring, turns float64) orb.Ring {
	var lat float64
	for _, p := range u[1:] {
		lat += p[1]
	}
	pole := math.Copysign(90, lat)
	n := len(u) - 1
	for i := range n {
		a, b := u[i], u[i+1]
		seam := 360*math.Floor((max(a[0], b[0])+180)/360) - 180
		if seam < min(a[0], b[0]) || a[0] == b[0] {
			continue
		}
		from := onMeridian(a, b, seam)
		out := orb.Ring{from}
		for k := 1; k <= n; k++ {
			p := u[(i+k)%n]
			if i+k >= n {
				p[0] += 360 * turns
			}
			out = append(out, p)
		}
		to := seam + 360*turns
		return append(out, orb.Point{to, from[1]}, orb.Point{to, pole}, orb.Point{seam, pole}, from)
	}
	return u
}

// seamStep is the degrees of latitude between points along the antimeridian.
const seamStep = 0.25

// seamed adds points to sides along the antimeridian, at the same latitudes on both of its
// sides: so what was cut there meets in any projection.
func seamed(p orb.Polygon) orb.Polygon {
	for i, r := range p {
		if !slices.ContainsFunc(r, func(q orb.Point) bool { return math.Abs(q[0]) == 180 }) {
			continue
		}
		var out orb.Ring
		for k, b := range r {
			if k > 0 && math.Abs(b[0]) == 180 && r[k-1][0] == b[0] {
				a := r[k-1]
				step := math.Copysign(1, b[1]-a[1])
				first := math.Floor(a[1]*step/seamStep) + 1
				for n := first; n*seamStep < b[1]*step; n++ {
					out = append(out, orb.Point{b[0], n * seamStep * step})
				}
			}
			out = append(out, b)
		}
		p[i] = out
	}
	return p
}

// shift moves a ring by so many turns of the Earth.
func shift(r orb.Ring, turns float64) {
	for i := range r {
		r[i][0] += 360 * turns
	}
}

// clipSide keeps what of a closed ring lies on one side of a meridian; sign 1 keeps the
// east (Sutherland & Hodgman 1974). What leaves and enters again runs there and back along
// it, which Polygon takes apart.
func clipSide(r orb.Ring, at, sign float64) (out orb.Ring) {
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		inA, inB := (a[0]-at)*sign >= 0, (b[0]-at)*sign >= 0
		if inA != inB {
			out = append(out, onMeridian(a, b, at))
		}
		if inB {
			out = append(out, b)
		}
	}
	if len(out) < 3 {
		return nil
	}
	if out[0] != out[len(out)-1] {
		out = append(out, out[0])
	}
	return out
}

// onMeridian is where a side meets a meridian, the same from both of its ends.
func onMeridian(a, b orb.Point, at float64) orb.Point {
	if a[0] > b[0] {
		a, b = b, a
	}
	return orb.Point{at, a[1] + float64((at-a[0])/(b[0]-a[0])*(b[1]-a[1]))}
}
