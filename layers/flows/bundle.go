package flows

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
)

// Bundling draws together flows that are alike: by their angle, their lengths, how far apart
// they lie and whether one sees the other, after Holten and van Wijk 2009 (Force-directed edge
// bundling for graph visualization, Computer Graphics Forum 28). Instead of following forces by
// small steps, each point goes a share of the way to the mean of its peers, then of the way to
// the middle of its neighbours, which is stable at any scale.
const (
	alike       = 0.6 // compatibility from which two flows attract each other
	peers       = 24  // of a flow at most: the most compatible
	bundleSteps = 16  // for each of the subdivisions
	bundleMost  = 4000
)

// subdivisions are the numbers of segments of a flow, from coarse to fine.
var subdivisions = [...]int{4, 8, 16, 32}

// peer is a flow that attracts another.
type peer struct {
	flow     int
	weight   float64
	reversed bool
}

// bundle returns a curve of 33 points for each flow from a to b. Strength is 0 to 1; volume
// says how strongly each attracts others. Positions may be in any Cartesian frame; on places
// all over the Earth the caller puts the curves back to its surface. Of more than 4000 flows
// the later ones stay straight.
func bundle(a, b []mgl64.Vec3, volume []float64, strength float64) [][]mgl64.Vec3 {
	n := min(len(a), bundleMost)
	near := compatible(a[:n], b[:n], volume)
	curves := make([][]mgl64.Vec3, len(a))
	for i := range curves {
		curves[i] = []mgl64.Vec3{a[i], b[i]}
	}
	for _, segments := range subdivisions {
		for i := range curves {
			curves[i] = resample(curves[i], segments)
		}
		next := make([][]mgl64.Vec3, n)
		for i := range next {
			next[i] = make([]mgl64.Vec3, segments+1)
		}
		for range bundleSteps {
			for i := range n {
				attract(curves, i, near[i], strength, next[i])
			}
			for i := range n {
				curves[i], next[i] = next[i], curves[i]
			}
		}
	}
	return curves
}

// attract moves the inner points of a flow.
func attract(curves [][]mgl64.Vec3, i int, near []peer, strength float64, out []mgl64.Vec3) {
	c := curves[i]
	last := len(c) - 1
	out[0], out[last] = c[0], c[last]
	scale := 0.02 * c[0].Sub(c[last]).Len()
	for k := 1; k < last; k++ {
		p := c[k]
		var sum mgl64.Vec3
		total := 1e-12
		for _, q := range near {
			at := curves[q.flow][k]
			if q.reversed {
				at = curves[q.flow][last-k]
			}
			x, y, z := at[0]-p[0], at[1]-p[1], at[2]-p[2]
			w := q.weight / (math.Sqrt(x*x+y*y+z*z) + scale)
			sum[0] += x * w
			sum[1] += y * w
			sum[2] += z * w
			total += w
		}
		to := p.Add(sum.Mul(0.4 * strength / total))
		middle := c[k-1].Add(c[k+1]).Mul(0.5)
		out[k] = to.Add(middle.Sub(p).Mul(0.5))
	}
}

// compatible lists the peers of each flow.
func compatible(a, b []mgl64.Vec3, volume []float64) [][]peer {
	out := make([][]peer, len(a))
	for i := range a {
		for j := range i {
			c := compatibility(a[i], b[i], a[j], b[j])
			if c < alike {
				continue
			}
			reversed := b[i].Sub(a[i]).Dot(b[j].Sub(a[j])) < 0
			out[i] = append(out[i], peer{j, c * math.Sqrt(math.Max(volume[j], 0)), reversed})
			out[j] = append(out[j], peer{i, c * math.Sqrt(math.Max(volume[i], 0)), reversed})
		}
	}
	for i, p := range out {
		if len(p) > peers {
			slices.SortStableFunc(p, func(x, y peer) int { return cmp.Compare(y.weight, x.weight) })
			out[i] = p[:peers:peers]
		}
	}
	return out
}

// compatibility is the product of the paper's four measures, 0 to 1.
func compatibility(a, b, c, d mgl64.Vec3) float64 {
	p, q := b.Sub(a), d.Sub(c)
	lp, lq := p.Len(), q.Len()
	if lp == 0 || lq == 0 {
		return 0
	}
	angle := math.Abs(p.Dot(q)) / (lp * lq)
	if angle < alike {
		return 0
	}
	mean := (lp + lq) / 2
	size := 2 / (mean/math.Min(lp, lq) + math.Max(lp, lq)/mean)
	mp, mq := a.Add(b).Mul(0.5), c.Add(d).Mul(0.5)
	place := mean / (mean + mp.Sub(mq).Len())
	if angle*size*place < alike {
		return 0
	}
	return angle * size * place * math.Min(sees(a, p, c, d), sees(c, q, a, b))
}

// sees is how much of a flow, from a along p, lies beside the flow from c to d.
func sees(a, p, c, d mgl64.Vec3) float64 {
	foot := func(x mgl64.Vec3) mgl64.Vec3 { return a.Add(p.Mul(x.Sub(a).Dot(p) / p.Dot(p))) }
	i0, i1 := foot(c), foot(d)
	between := i0.Sub(i1).Len()
	if between == 0 {
		return 0
	}
	return math.Max(1-2*a.Add(p.Mul(0.5)).Sub(i0.Add(i1).Mul(0.5)).Len()/between, 0)
}

// resample divides a curve into segments of equal lengths.
func resample(c []mgl64.Vec3, segments int) []mgl64.Vec3 {
	along := make([]float64, len(c))
	for i := 1; i < len(c); i++ {
		along[i] = along[i-1] + c[i].Sub(c[i-1]).Len()
	}
	out := make([]mgl64.Vec3, segments+1)
	k := 1
	for i := range out {
		want := along[len(c)-1] * float64(i) / float64(segments)
		for k < len(c)-1 && along[k] < want {
			k++
		}
		t := 0.0
		if d := along[k] - along[k-1]; d > 0 {
			t = mgl64.Clamp((want-along[k-1])/d, 0, 1)
		}
		out[i] = c[k-1].Add(c[k].Sub(c[k-1]).Mul(t))
	}
	out[segments] = c[len(c)-1]
	return out
}
