package align

import (
	"errors"
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Similarity takes a point p to Scale·Rotation·p + Translation.
type Similarity struct {
	Rotation    mgl64.Mat3 // proper: no reflection
	Scale       float64
	Translation mgl64.Vec3
}

// Apply moves a point.
func (s Similarity) Apply(p mgl64.Vec3) mgl64.Vec3 {
	return s.Rotation.Mul3x1(p).Mul(s.Scale).Add(s.Translation)
}

// Matrix does what Apply does.
func (s Similarity) Matrix() mgl64.Mat4 {
	m := s.Rotation.Mul(s.Scale).Mat4()
	m.SetCol(3, s.Translation.Vec4(1))
	return m
}

// Errors of Fit.
var (
	ErrFew       = errors.New("three control points or more are needed")
	ErrCollinear = errors.New("the control points lie on one line: add one beside it")
	ErrNumber    = errors.New("a control point is not a finite number")
)

// Fit finds the similarity that takes from[i] to to[i] with the least sum of squared
// distances (Umeyama 1991, Least-squares estimation of transformation parameters between
// two point patterns): in closed form, in float64, without ever reflecting. With scaled
// false the scale is 1. rms is the root of the mean squared distance that remains, in
// the unit of to. There must be three points that are not on one line.
func Fit(from, to []mgl64.Vec3, scaled bool) (s Similarity, rms float64, err error) {
	n := len(from)
	if n < 3 || len(to) != n {
		return s, 0, ErrFew
	}
	mf, mt := mean(from), mean(to)
	var cov mgl64.Mat3 // of the two, about their means
	spread := [2]float64{}
	for i := range from {
		a, b := from[i].Sub(mf), to[i].Sub(mt)
		for c := range 3 {
			for r := range 3 {
				cov[3*c+r] += b[r] * a[c]
			}
		}
		spread[0] += a.Dot(a)
		spread[1] += b.Dot(b)
	}
	if v := spread[0] + spread[1]; math.IsNaN(v) || math.IsInf(v, 0) {
		return s, 0, ErrNumber
	}
	if onLine(from, mf, spread[0]) || onLine(to, mt, spread[1]) {
		return s, 0, ErrCollinear
	}
	u, d, v := svd(cov)
	if !(d[1] > 1e-9*d[0]) {
		return s, 0, ErrCollinear
	}
	sign := 1.0
	if u.Det()*v.Det() < 0 {
		sign = -1 // the best orthogonal matrix is a reflection: the best rotation is this
	}
	s.Rotation = u.Mul3(mgl64.Diag3(mgl64.Vec3{1, 1, sign})).Mul3(v.Transpose())
	s.Scale = 1
	if scaled {
		s.Scale = (d[0] + d[1] + sign*d[2]) / spread[0]
		if !(s.Scale > 0) {
			return s, 0, ErrCollinear
		}
	}
	s.Translation = mt.Sub(s.Rotation.Mul3x1(mf).Mul(s.Scale))
	sum := 0.0
	for i := range from {
		e := s.Apply(from[i]).Sub(to[i])
		sum += e.Dot(e)
	}
	return s, math.Sqrt(sum / float64(n)), nil
}

func mean(p []mgl64.Vec3) (m mgl64.Vec3) {
	for _, q := range p {
		m = m.Add(q)
	}
	return m.Mul(1 / float64(len(p)))
}

// onLine tells whether the points lie on a line to within a millionth of their spread.
func onLine(p []mgl64.Vec3, m mgl64.Vec3, spread float64) bool {
	var far mgl64.Vec3
	for _, q := range p {
		if d := q.Sub(m); d.Len() > far.Len() {
			far = d
		}
	}
	if far.Len() == 0 {
		return true
	}
	axis, off := far.Normalize(), 0.0
	for _, q := range p {
		d := q.Sub(m)
		e := d.Sub(axis.Mul(d.Dot(axis)))
		off += e.Dot(e)
	}
	return off <= 1e-12*spread
}

// svd is the singular value decomposition a = u·diag(d)·vᵀ with d falling, by one-sided
// Jacobi rotations (Hestenes 1958). The third column of u completes the first two where
// the third value vanishes.
func svd(a mgl64.Mat3) (u mgl64.Mat3, d mgl64.Vec3, v mgl64.Mat3) {
	u, v = a, mgl64.Ident3()
	for range 60 {
		moved := false
		for _, pair := range [...][2]int{{0, 1}, {0, 2}, {1, 2}} {
			p, q := u.Col(pair[0]), u.Col(pair[1])
			alpha, beta, gamma := p.Dot(p), q.Dot(q), p.Dot(q)
			if math.Abs(gamma) <= 1e-16*math.Sqrt(alpha*beta) {
				continue
			}
			moved = true
			zeta := (beta - alpha) / (2 * gamma)
			t := math.Copysign(1, zeta) / (math.Abs(zeta) + math.Hypot(1, zeta))
			c := 1 / math.Hypot(1, t)
			rotateColumns(&u, pair, c, c*t)
			rotateColumns(&v, pair, c, c*t)
		}
		if !moved {
			break
		}
	}
	order := [3]int{0, 1, 2}
	length := [3]float64{u.Col(0).Len(), u.Col(1).Len(), u.Col(2).Len()}
	for i := range 2 {
		for j := range 2 - i {
			if length[order[j]] < length[order[j+1]] {
				order[j], order[j+1] = order[j+1], order[j]
			}
		}
	}
	var us, vs mgl64.Mat3
	for i, k := range order {
		d[i] = length[k]
		vs.SetCol(i, v.Col(k))
		if d[i] > 0 {
			us.SetCol(i, u.Col(k).Mul(1/d[i]))
		}
	}
	if d[2] <= 1e-12*d[0] {
		us.SetCol(2, us.Col(0).Cross(us.Col(1)))
	}
	return us, d, vs
}

func rotateColumns(m *mgl64.Mat3, pair [2]int, c, s float64) {
	p, q := m.Col(pair[0]), m.Col(pair[1])
	m.SetCol(pair[0], p.Mul(c).Sub(q.Mul(s)))
	m.SetCol(pair[1], p.Mul(s).Add(q.Mul(c)))
}
