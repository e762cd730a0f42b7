package traffic

import (
	"math"

	"github.com/longtake/longtake/geo/street"
)

// maxRoute is the length in metres from which a route is cut.
const maxRoute = 4000.0

// route is a chain of lanes.
type route struct {
	line  [][3]float64 // plan x, y, height
	along []float64    // metres at each point
	limit []float64    // speed in m/s from each point on
	halts []halt
	flow  float64 // vehicles an hour at the busiest time: of the busiest lane that is long enough to show
	class string
	bus   bool
}

// halt is a stop line.
type halt struct {
	at    float64    // metres along
	node  [2]float64 // plan
	angle float64    // direction of travel
	kind  street.Halt
}

// routes chains the lanes and calls f with each route: lane leads into lane until nothing
// follows, or the next is part of a route already.
func (n *Network) routes(f func(r *route) error) error {
	entered, err := n.join()
	if err != nil {
		return err
	}
	done := make(bits, len(entered))
	walk := func(first uint32) error {
		r := &route{}
		for l := first; !done.has(l); {
			done.set(l)
			lane, err := n.lane(l)
			if err != nil {
				return err
			}
			r.lane(&lane)
			to, at, err := n.after(l)
			if err != nil {
				return err
			}
			if to == nothing || done.has(to) {
				break
			}
			if r.length() > maxRoute { // the next one begins with the next lane
				if err := f(r); err != nil {
					return err
				}
				r = &route{}
			} else {
				t, err := n.turn(at)
				if err != nil {
					return err
				}
				r.turn(&t)
			}
			l = to
		}
		if len(r.line) > 1 {
			return f(r)
		}
		return nil
	}
	for _, starts := range [2]bool{false, true} { // first the lanes that nothing leads into, then rings
		for l := range uint32(n.count) {
			if entered.has(l) == starts && !done.has(l) {
				if err := walk(l); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *route) length() float64 {
	if len(r.along) == 0 {
		return 0
	}
	return r.along[len(r.along)-1]
}

func (r *route) add(line [][3]float64, speed float64) {
	for _, p := range line {
		if n := len(r.line); n > 0 {
			q := r.line[n-1]
			d := math.Hypot(p[0]-q[0], p[1]-q[1])
			if d < 0.05 {
				r.limit[n-1] = speed
				continue
			}
			r.along = append(r.along, r.along[n-1]+d)
		} else {
			r.along = append(r.along, 0)
		}
		r.line, r.limit = append(r.line, p), append(r.limit, speed)
	}
}

func (r *route) lane(l *lane) {
	from := r.length()
	r.add(l.line, 0.92*math.Max(l.speed, 2))
	if f := flowOf(l.class); f > r.flow && r.length()-from > 60 || r.flow == 0 {
		r.flow, r.class = f, l.class
	}
	r.bus = r.bus || l.kind == street.Bus
	if n := len(l.line); l.halt != street.Free && r.length()-from > 6 {
		a, b := l.line[n-2], l.line[n-1]
		r.halts = append(r.halts, halt{at: r.length() - 2.5, node: l.to, angle: math.Atan2(b[1]-a[1], b[0]-a[0]), kind: l.halt})
	}
}

// turn goes through a junction, slower the more it bends.
func (r *route) turn(t *turn) {
	speed := r.limit[len(r.limit)-1]
	if bend := math.Abs(t.angle); bend > 0.35 {
		speed = math.Min(speed, 9-4*math.Min(bend/1.6, 1))
	}
	r.add(t.line, speed)
}
