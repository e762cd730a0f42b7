package barrier

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/near"
)

// span is the wires between two supports.
type span struct {
	wires [][2]earth.Place // their ends
	sag   float64          // metres at the middle
	high  float64          // metres of the taller support: what is lost without the wires
	color [3]uint8
	row   int
}

// span hangs a line's wires between two supports, and on ropes what they carry.
func (s *setter) span(i int, c carrier, from, to *stand) {
	a, okA := s.support(from)
	b, okB := s.support(to)
	if !okA || !okB {
		return
	}
	dx, dy := to.at[0]-from.at[0], to.at[1]-from.at[1]
	long := math.Hypot(dx, dy)
	left, right := arms(a, dx, dy), arms(b, dx, dy)
	n := min(len(left), len(right))
	if n == 0 || long < 0.5 || long > 5000 {
		return
	}
	v := span{sag: c.sag * long, high: math.Max(a.height, b.height), color: c.wire, row: s.row(i, classOf(s.Features[i].Tags))}
	// The wires keep clear of the ground at the middle.
	least := math.Min(left[0][2], right[0][2])
	v.sag = math.Min(v.sag, 0.6*least)
	for k := range n {
		v.wires = append(v.wires, [2]earth.Place{s.raised(from.at, a.place.Height, left[k]), s.raised(to.at, b.place.Height, right[k])})
	}
	s.made.spans = append(s.made.spans, v)
	if c.hangs == "" {
		return
	}
	// Cabins go up on one rope and down on the other, at even distances.
	const below = 4.0
	count := math.Round(long / c.every)
	for k, w := range v.wires[:min(2, len(v.wires))] {
		for j := 0.0; j < count; j++ {
			t := (j + 0.25 + 0.5*float64(k)) / count
			h := Hang(w[0].Height, w[1].Height, v.sag, t) - below
			yaw := math.Atan2(dy, dx)
			if k == 1 {
				yaw += math.Pi
			}
			s.made.hung = append(s.made.hung, hung{
				place: earth.Place{Lng: w[0].Lng + (w[1].Lng-w[0].Lng)*t, Lat: w[0].Lat + (w[1].Lat-w[0].Lat)*t, Height: h},
				model: c.hangs, height: below, yaw: yaw, row: v.row,
			})
		}
	}
}

// raised is a place beside and above a support's foot.
func (s *setter) raised(at near.Point, ground float64, arm [3]float64) earth.Place {
	lng, lat := s.Frame.Unplan(at[0]+arm[0], at[1]+arm[1])
	return earth.Place{Lng: lng, Lat: lat, Height: ground + arm[2]}
}

// Hang is the height of a wire t of the way between ends at two heights: a parabola of
// the given sag below the chord's middle, which a catenary of sag 3 % of its span differs
// from by less than 1 % of the sag.
func Hang(from, to, sag, t float64) float64 {
	return from + (to-from)*t - 4*sag*t*(1-t)
}

// Wires are drawn with this radius in metres, more where detail is coarse, so that they
// do not fall apart into dots.
const wireRadius = 0.05

// pieces is how many chords draw a sag to within an error: a parabola of sag f in n
// pieces is missed by f/n².
func pieces(sag, err float64) int {
	return int(math.Max(1, math.Min(24, math.Ceil(math.Sqrt(sag/math.Max(err, 0.04))))))
}

// span draws wires as three-sided tubes, and returns the error of their chords.
func (w *writer) span(t *span, detail float64) float64 {
	n := pieces(t.sag, detail)
	b := w.brush("metal", t.row, t.color)
	r := math.Max(wireRadius, math.Min(0.25, 0.05*detail))
	for _, ends := range t.wires {
		p, q := w.Frame.Local(ends[0]), w.Frame.Local(ends[1])
		d := q.Sub(p)
		side := vec{-d[1], d[0], 0}
		if side.Len() < 1e-6 {
			continue
		}
		side = side.Normalize()
		round := [3]vec{{0, 0, r}, side.Mul(0.87 * r).Add(vec{0, 0, -0.5 * r}), side.Mul(-0.87 * r).Add(vec{0, 0, -0.5 * r})}
		var last [3]uint32
		for k := range n + 1 {
			at := float64(k) / float64(n)
			m := p.Add(d.Mul(at))
			m[2] = Hang(p[2], q[2], t.sag, at)
			var ring [3]uint32
			for e := range 3 {
				ring[e] = b.vertex(m.Add(round[e]), round[e], 1)
			}
			if k > 0 {
				for e := range 3 {
					f := (e + 1) % 3
					b.Indices = append(b.Indices, last[e], ring[e], ring[f], last[e], ring[f], last[f])
				}
			}
			last = ring
		}
	}
	if n == 1 && t.sag <= detail {
		return t.sag
	}
	return t.sag / float64(n*n)
}
