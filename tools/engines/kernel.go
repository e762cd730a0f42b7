package engines

import (
	"math"
	"math/rand/v2"

	"github.com/longtake/longtake/stage"
)

// Kernel are the figures of an occlusion by points in the hemisphere above a surface
// (Mittring 2007, Finding Next Gen): a point behind what the picture shows there is hidden.
type Kernel struct {
	Radius  float64 // metres
	Nearer  float64 // view depth below which the radius shrinks in proportion
	Samples int     // a picture
	Least   float64 // of the radius, of the first sample; the others grow with the square
	Bias    float64 // metres that a point must lie behind,
	Slope   float64 // and what they grow by for each metre of depth
}

// StreetsGL are the figures that streets-gl publishes (SSAOPass and ssao.frag, 2024-01).
var StreetsGL = Kernel{Radius: 50, Nearer: 200, Samples: 4, Least: 0.1, Bias: 0.5, Slope: 1.0 / 200}

// Of is the visibility of each pixel, in rows from the top, and the mean of so many
// pictures, as a history over frames would have it.
func (k Kernel) Of(s *stage.Surfaces, pictures int) []float64 {
	ao := make([]float64, len(s.Depth))
	tanY := math.Tan(s.FovY / 2)
	tanX := tanY * float64(s.Width) / float64(s.Height)
	random := rand.New(rand.NewPCG(1, 2))
	for i, depth := range s.Depth {
		z := float64(depth)
		ao[i] = 1
		if math.IsInf(z, 1) {
			continue
		}
		x, y := float64(i%s.Width)+0.5, float64(i/s.Width)+0.5
		p := [3]float64{(2*x/float64(s.Width) - 1) * tanX * z, (1 - 2*y/float64(s.Height)) * tanY * z, -z}
		n := [3]float64{float64(s.Normal[3*i]), float64(s.Normal[3*i+1]), float64(s.Normal[3*i+2])}
		radius := k.Radius * math.Min(z/k.Nearer, 1)
		hidden := 0.0
		for j := range pictures * k.Samples {
			d := within(random, n)
			step := float64(j%k.Samples) / float64(k.Samples)
			length := radius * (k.Least + (1-k.Least)*step*step)
			q := [3]float64{p[0] + d[0]*length, p[1] + d[1]*length, p[2] + d[2]*length}
			if q[2] >= 0 {
				continue
			}
			qx, qy := int((1-q[0]/(q[2]*tanX))/2*float64(s.Width)), int((1+q[1]/(q[2]*tanY))/2*float64(s.Height))
			if qx < 0 || qy < 0 || qx >= s.Width || qy >= s.Height {
				continue
			}
			there := float64(s.Depth[qy*s.Width+qx])
			if there <= -q[2]-k.Bias-k.Slope*z {
				t := math.Min(radius/math.Abs(z-there), 1)
				hidden += t * t * (3 - 2*t)
			}
		}
		ao[i] = 1 - hidden/float64(pictures*k.Samples)
	}
	return ao
}

// within is a direction of the hemisphere about a normal.
func within(random *rand.Rand, n [3]float64) (d [3]float64) {
	z, phi := 2*random.Float64()-1, 2*math.Pi*random.Float64()
	r := math.Sqrt(1 - z*z)
	d = [3]float64{r * math.Cos(phi), r * math.Sin(phi), z}
	dot := 0.0
	for k := range d {
		dot += d[k] * n[k]
	}
	if dot < 0 {
		for k := range d {
			d[k] = -d[k]
		}
	}
	return d
}
