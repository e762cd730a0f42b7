package canvas

import "math"

// contour is a flattened part of a path.
type contour struct {
	points []Point
	closed bool
}

// flatten turns curves into chords that are off by a tolerance at the most; points that
// repeat are left out.
func (p *Path) flatten(tolerance float64) (out []contour) {
	var c contour
	end := func() {
		if len(c.points) > 1 {
			out = append(out, c)
		}
		c = contour{}
	}
	to := func(q Point) {
		if n := len(c.points); n == 0 || c.points[n-1] != q {
			c.points = append(c.points, q)
		}
	}
	points := p.points
	for _, o := range p.ops {
		q := points[:takes[o]]
		points = points[takes[o]:]
		var from Point
		if n := len(c.points); n > 0 {
			from = c.points[n-1]
		}
		switch o {
		case move:
			end()
			to(q[0])
		case line:
			to(q[0])
		case quadratic:
			a := Point{from.X + 2*(q[0].X-from.X)/3, from.Y + 2*(q[0].Y-from.Y)/3}
			b := Point{q[1].X + 2*(q[0].X-q[1].X)/3, q[1].Y + 2*(q[0].Y-q[1].Y)/3}
			bend(from, a, b, q[1], tolerance, to)
		case cubic:
			bend(from, q[0], q[1], q[2], tolerance, to)
		case shut:
			if n := len(c.points); n > 1 && c.points[n-1] == c.points[0] {
				c.points = c.points[:n-1]
			}
			c.closed = true
			end()
		}
	}
	end()
	return out
}

// bend cuts a cubic into as many chords as its second differences ask for.
func bend(a, b, c, d Point, tolerance float64, to func(Point)) {
	dd := max(math.Hypot(a.X-2*b.X+c.X, a.Y-2*b.Y+c.Y), math.Hypot(b.X-2*c.X+d.X, b.Y-2*c.Y+d.Y))
	n := min(max(int(math.Ceil(math.Sqrt(0.75*dd/tolerance))), 1), 200)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		w0, w1, w2, w3 := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		to(Point{float64(w0*a.X) + float64(w1*b.X) + float64(w2*c.X) + float64(w3*d.X), float64(w0*a.Y) + float64(w1*b.Y) + float64(w2*c.Y) + float64(w3*d.Y)})
	}
	to(d)
}

// outline is the area within half a width of a path: a ribbon with round outer joins.
func (p *Path) outline(half, tolerance float64) *Path {
	out := &Path{}
	for _, c := range p.flatten(tolerance) {
		n := len(c.points)
		left, right := side(c, half, tolerance, false), side(c, half, tolerance, true)
		if c.closed && n > 2 {
			out.polygon(left)
			out.polygon(right)
			continue
		}
		out.polygon(append(left, right...))
	}
	return out
}

func (p *Path) polygon(points []Point) {
	for i, q := range points {
		if i == 0 {
			p.Move(q.X, q.Y)
		} else {
			p.Line(q.X, q.Y)
		}
	}
	p.Close()
}

// side walks along a contour, or back along it, half a width to its left.
func side(c contour, half, tolerance float64, back bool) (out []Point) {
	n := len(c.points)
	at := func(i int) Point {
		i = ((i % n) + n) % n
		if back {
			i = n - 1 - i
		}
		return c.points[i]
	}
	normal := func(a, b Point) Point { // to the left on a canvas whose y counts down
		l := math.Hypot(b.X-a.X, b.Y-a.Y)
		return Point{(b.Y - a.Y) / l * half, -(b.X - a.X) / l * half}
	}
	for i := range n {
		b := at(i)
		first, last := i == 0 && !c.closed, i == n-1 && !c.closed
		var in, next Point
		if !first {
			in = normal(at(i-1), b)
		}
		if !last {
			next = normal(b, at(i+1))
		}
		switch {
		case first:
			out = append(out, Point{b.X + next.X, b.Y + next.Y})
		case last:
			out = append(out, Point{b.X + in.X, b.Y + in.Y})
		default:
			out = join(out, at(i-1), b, at(i+1), in, next, half, tolerance)
		}
	}
	return out
}

// join goes round a corner b: mitred where it is blunt or inside, else by an arc.
func join(out []Point, a, b, c, in, next Point, half, tolerance float64) []Point {
	h2 := half * half
	dot, cross := in.X*next.X+in.Y*next.Y, in.X*next.Y-in.Y*next.X
	inside := cross < 0
	if dot > 0.5*h2 || inside && dot > -0.98*h2 { // the mitre's point lies on the sum of the normals
		m := Point{in.X + next.X, in.Y + next.Y}
		k := 2 * h2 / (m.X*m.X + m.Y*m.Y)
		reach := math.Hypot(m.X, m.Y) * k
		short := min(math.Hypot(b.X-a.X, b.Y-a.Y), math.Hypot(c.X-b.X, c.Y-b.Y))
		if !inside || reach*reach < short*short+h2 {
			return append(out, Point{b.X + m.X*k, b.Y + m.Y*k})
		}
	}
	if inside {
		return append(out, Point{b.X + in.X, b.Y + in.Y}, b, Point{b.X + next.X, b.Y + next.Y})
	}
	from, turn := math.Atan2(in.Y, in.X), math.Atan2(cross, dot)
	if turn < 0 {
		turn += 2 * math.Pi
	}
	steps := max(int(math.Ceil(turn/(2*math.Acos(max(1-tolerance/half, 0))))), 1)
	for i := range steps + 1 {
		s, co := math.Sincos(from + turn*float64(i)/float64(steps))
		out = append(out, Point{b.X + half*co, b.Y + half*s})
	}
	return out
}
