package terrain

import (
	"math"
)

// Steep is the slope, metres up for each across, from which ground is masonry or bare rock: a
// quay, the face of a cut, a cliff. Nothing grows or is paved there, and no town colours it.
const Steep = 1.5

// Where the ground between two shapes would be steeper than masonry stands, it is a wall.
const (
	wallFrom  = 0.6 // rise over the way between two shapes from which the bank grows steep
	wallFull  = 0.9 // at which it is a wall
	wallLeast = 1.5 // metres that a bank rises: a lower one is a bank however steep
	wallMost  = 2.5 // from which it may be a wall
	facesFrom = 0.4 // cosine of how far two shapes are from lying opposite each other: at corners
	facesFull = 0.8 // of streets that meet there are no walls
)

// torn is a node where banks contradict each other so much that a wall may be near.
type torn struct {
	is           bool
	near         reached // the nearest shape
	above, below reached // the nearest of those that leave no room for its bank and theirs
	behind       float32 // by how much the banks of one behind the nearest are
	low, high    float32 // what all others ask for
}

// reached is a shape as seen from a node: its height, how far it is, less than 0 within
// it, how much its bank may rise or fall on the way, where it is, and how much it faces the
// nearest one, 0 to 1.
type reached struct{ height, distance, may, x, y, faces float32 }

// look is what corridors are asked for, one after the other.
type look uint8

const (
	bounds look = iota
	first       // the nearest shapes of torn nodes
	second      // what contradicts these
)

// within bounds a node that is inside a shape, for walls alone.
func (f *flattening) within(node int, height float64) {
	h := float32(height)
	if h > f.low[node].height {
		f.low[node].height = h
	}
	if h < f.high[node].height {
		f.high[node].height = h
	}
}

// tears finds the torn nodes, and what is to be asked for them.
func (f *flattening) tears() look {
	inf := float32(math.Inf(1))
	far := reached{distance: inf}
	f.part = [4]int{f.w, f.h, 0, 0}
	for i := range f.low {
		if r := f.low[i].height - f.high[i].height; r > wallLeast && !math.IsInf(float64(r), 0) {
			if f.torn == nil {
				f.torn = make([]torn, len(f.low))
			}
			f.torn[i] = torn{is: true, near: far, above: far, below: far, low: -inf, high: inf}
			x, y, p := i%f.w, i/f.w, &f.part
			*p = [4]int{min(p[0], x), min(p[1], y), max(p[2], x+1), max(p[3], y+1)}
		}
	}
	if f.torn == nil {
		return bounds
	}
	return first
}

// between notes a shape of a height at a distance from a torn node, which lies x and y
// from its line.
func (f *flattening) between(node int, height, distance, x, y float64, b Bank) {
	t, s := &f.torn[node], reached{height: float32(height), distance: float32(distance), x: float32(x), y: float32(y)}
	if f.look == first && s.distance >= t.near.distance {
		return
	}
	s.may = float32(b.may(max(distance, 0)))
	n := &t.near
	if f.look == first {
		*n = s
		return
	}
	rise, away := n.rise(s), n.away(s)
	s.faces = max(min((away-facesFrom)/(facesFull-facesFrom), 1), 0)
	switch {
	case rise <= wallLeast:
		t.low, t.high = max(t.low, s.height-s.may), min(t.high, s.height+s.may)
	case n.distance > 0 && away < -0.5:
		t.behind = max(t.behind, rise)
	case s.height > n.height && s.distance < t.above.distance:
		t.above = s
	case s.height < n.height && s.distance < t.below.distance:
		t.below = s
	}
}

// away is the cosine of how far another shape is from lying opposite.
func (r *reached) away(o reached) float32 {
	l := math.Sqrt(float64((float32(r.x*r.x) + float32(r.y*r.y)) * (float32(o.x*o.x) + float32(o.y*o.y))))
	if l == 0 {
		return 1
	}
	return float32(-float64(float32(r.x*o.x)+float32(r.y*o.y)) / l)
}

// rise is how much is left between two shapes over their banks, up or down.
func (r *reached) rise(o reached) float32 {
	return max(r.height-o.height, o.height-r.height) - r.may - o.may
}

// sharp is how much of a wall stands between two shapes, 0 to 1: there is room for a bank
// between them or, where the one lies on the other, for a ramp, or for none.
func (r *reached) sharp(o reached) float32 {
	way, rise := r.distance+o.distance, r.rise(o)
	if math.IsInf(float64(way), 0) {
		return 0
	}
	return o.faces * max(min((rise/max(way, -way, 1e-3)-wallFrom)/(wallFull-wallFrom), (rise-wallLeast)/(wallMost-wallLeast), 1), 0)
}

// wall gives the height of a torn node that was at a natural height, and has one without
// walls: beyond a wall, and behind the nearest shape, nothing counts.
func (f *flattening) wall(node int, natural, v float32) float32 {
	t := &f.torn[node]
	up, down := t.near.sharp(t.above), t.near.sharp(t.below)
	if up > 0 || down > 0 {
		if f.steps == nil {
			f.steps = make([]step, len(f.low))
		}
		s := &f.steps[node]
		if up > 0 {
			s.up = t.above.distance - t.near.distance
		}
		if down > 0 {
			s.down = t.below.distance - t.near.distance
		}
	}
	sharp := max(up, down, min((t.behind-wallLeast)/(wallMost-wallLeast), 1))
	if !(sharp > 0) || f.count[node] > 0 && min(t.above.distance, t.below.distance) > 0 {
		return v
	}
	own := (t.low + t.high) / 2
	if t.near.distance <= 0 {
		own = t.near.height
	} else if t.low <= t.high {
		own = min(max(natural, t.low), t.high)
	}
	if f.lid != nil {
		own = min(own, f.lid[node])
	}
	return v + float32(sharp*(own-v))
}
