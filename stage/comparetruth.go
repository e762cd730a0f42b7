package stage

import (
	"context"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/reference"
	"github.com/longtake/longtake/pipeline/reference/metric"
)

// truth is a view drawn and traced.
type truth struct {
	*comparing
	frame  *pipeline.Frame
	name   string
	planes map[string]*pipeline.Plane
	layer  *reference.Layer
	scene  *reference.Scene
	same   []bool // pixels where both see the same surface
	shows  []aspect
}

// match finds the pixels where the picture and the ray see the same surface. Biases of
// depth are part of the picture's depth, so that a thousandth is the closest that counts.
func (t *truth) match() {
	depth := t.planes["depth"]
	t.same = make([]bool, len(depth.Data))
	for i, z := range depth.Data {
		h, ok := t.layer.At(i)
		sky := math.IsInf(float64(z), 1)
		t.same[i] = ok && !sky && math.Abs(float64(z)-h.Distance) <= 2e-3*h.Distance+0.02
	}
}

func (t *truth) depth() *DepthScore {
	normal := t.planes["normal"]
	n, same := 0, 0
	var angles []float64
	for i, z := range t.planes["depth"].Data {
		h, ok := t.layer.At(i)
		n++
		if !ok && math.IsInf(float64(z), 1) {
			same++
			continue
		}
		if !t.same[i] {
			continue
		}
		same++
		m := mgl64.Vec3{float64(normal.Data[3*i]), float64(normal.Data[3*i+1]), float64(normal.Data[3*i+2])}
		angles = append(angles, math.Acos(mgl64.Clamp(m.Dot(h.Normal), -1, 1))*180/math.Pi)
	}
	d := &DepthScore{Same: float64(same) / float64(max(n, 1))}
	if len(angles) > 0 {
		d.Normal = median(angles)
	}
	return d
}

// ambient judges occlusion where both see the same surface, and that of peers beside it.
func (t *truth) ambient(ctx context.Context, ao []float64) (*AOScore, []PeerScore, error) {
	o, err := t.openness(ctx)
	if err != nil {
		return nil, nil, err
	}
	score := t.ambientScore(ao, o)
	peers, err := t.peers(ctx, o.First, func(ao []float64) *AOScore { return t.ambientScore(ao, o) })
	if err != nil {
		return nil, nil, err
	}
	if err := t.greys("ao", ao); err != nil {
		return nil, nil, err
	}
	if err := t.greys("ao-truth", o.First); err != nil {
		return nil, nil, err
	}
	return score, peers, t.heat("ao-error", func(i int) float64 {
		if !t.judged(i) {
			return 0
		}
		return ao[i] - o.First[i]
	}, 0.25)
}

func (t *truth) openness(ctx context.Context) (reference.Openness, error) {
	return t.layer.Occlusion(ctx, reference.Ambient{
		Reach: t.renderer.AmbientReach, Falloff: pipeline.AmbientFalloff, Strength: t.renderer.AmbientStrength,
		Samples: t.Samples, Skip: func(i int) bool { return !t.judged(i) },
	})
}

// judged tells whether a pixel's occlusion is traced: all, or a part spread by a hash.
func (t *truth) judged(i int) bool {
	return t.same[i] && (t.Part < 2 || uint32(i*2654435761)>>16%uint32(t.Part) == 0)
}

func (t *truth) ambientScore(ao []float64, o reference.Openness) *AOScore {
	first, full := metric.ErrorsOf(ao, o.First, t.judged), metric.ErrorsOf(ao, o.Full, t.judged)
	return &AOScore{RMSE: first.RMSE, Bias: first.Bias, P95: first.P95, FullRMSE: full.RMSE, FullBias: full.Bias, Parts: t.ambientParts(ao, o.First)}
}
