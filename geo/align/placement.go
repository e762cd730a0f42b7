package align

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// Control is a point of a model and where it belongs.
type Control struct {
	Model mgl64.Vec3 // in the axes of a glb.Model: x right, y forward, z up
	At    earth.Place
}

// Placement is a model on Earth: its points go through Similarity into metres of Frame.
type Placement struct {
	Frame earth.Frame
	Similarity
	// Residuals are the distances in metres by which the control points are missed, and
	// RMS the root of their mean square; none for a model that was placed without.
	Residuals []float64
	RMS       float64
}

// At places a model's origin: heading in degrees clockwise from north to which its front
// looks, scale in metres a unit.
func At(p earth.Place, heading, scale float64) Placement {
	return Placement{Frame: earth.FrameAt(p), Similarity: Similarity{Rotation: mgl64.Rotate3DZ(-earth.Radians(heading)), Scale: scale}}
}

// ByControl places a model so that its control points come as near as they can to their
// places (Fit); the frame is at their middle.
func ByControl(points []Control, scaled bool) (Placement, error) {
	if len(points) < 3 {
		return Placement{}, fmt.Errorf("%w: there are %d", ErrFew, len(points))
	}
	var middle mgl64.Vec3
	for _, c := range points {
		middle = middle.Add(c.At.ECEF())
	}
	frame := earth.FrameAt(earth.FromECEF(middle.Mul(1 / float64(len(points)))))
	from, to := make([]mgl64.Vec3, len(points)), make([]mgl64.Vec3, len(points))
	for i, c := range points {
		from[i], to[i] = c.Model, frame.Local(c.At)
	}
	s, rms, err := Fit(from, to, scaled)
	if err != nil {
		return Placement{}, err
	}
	p := Placement{Frame: frame, Similarity: s, RMS: rms}
	for i := range points {
		p.Residuals = append(p.Residuals, s.Apply(from[i]).Sub(to[i]).Len())
	}
	return p, nil
}

// Note is a line for a report: how well the control points fit.
func (p Placement) Note() string {
	worst := 0.0
	for _, r := range p.Residuals {
		worst = math.Max(worst, r)
	}
	return fmt.Sprintf("aligned by %d control points at scale %.4g: residual %.2f m, the worst point %.2f m", len(p.Residuals), p.Scale, p.RMS, worst)
}
