package stage

import (
	"context"
	"fmt"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
)

// Occlusion is another way to ambient occlusion, which Compare judges beside ours: from the
// same depths and normals to a visibility from 0 to 1 for each pixel.
type Occlusion struct {
	Name string
	Of   func(ctx context.Context, s *Surfaces) ([]float64, error)
}

// Surfaces are the first surfaces of a view, in rows from the top.
type Surfaces struct {
	Width, Height int
	FovY          float64                     // radians
	Depth         []float32                   // metres along the view axis, +Inf in the sky
	Normal        []float32                   // three a pixel: unit, x right, y up, z towards the eye
	Reach         func(depth float64) float64 // metres that what is true looks
}

// PeerScore is how another occlusion does.
type PeerScore struct {
	Name string `json:"name"`
	AOScore
}

// peers judges the occlusion of others; o is the truth, as for ours.
func (t *truth) peers(ctx context.Context, first []float64, score func(ao []float64) *AOScore) (scores []PeerScore, err error) {
	if len(t.Peers) == 0 {
		return nil, nil
	}
	v := t.frame.View
	frame := t.scene.Frame
	axes := [3]mgl64.Vec3{frame.DirToLocal(v.Right), frame.DirToLocal(v.Up), frame.DirToLocal(v.Forward).Mul(-1)}
	s := &Surfaces{Width: t.Size.Width, Height: t.Size.Height, FovY: v.FovY, Depth: slices.Clone(t.planes["depth"].Data), Reach: t.renderer.AmbientReach}
	for i := range first {
		if h, ok := t.layer.At(i); ok && t.same[i] { // without what orders surfaces that lie flat: neither have we
			s.Depth[i] = float32(h.Distance)
		}
		n := t.normal(i)
		for _, a := range axes {
			s.Normal = append(s.Normal, float32(n.Dot(a)))
		}
	}
	for _, p := range t.Peers {
		ao, err := p.Of(ctx, s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
		if len(ao) != len(first) {
			return nil, fmt.Errorf("%s: %d pixels of %d", p.Name, len(ao), len(first))
		}
		scores = append(scores, PeerScore{p.Name, *score(ao)})
	}
	return scores, nil
}
