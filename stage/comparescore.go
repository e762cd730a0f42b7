package stage

import (
	"github.com/longtake/longtake/scene"
)

// Comparison is how far pictures are from what is true. What was not measured is nil.
type Comparison struct {
	Scores
	Views    []ViewScores `json:"views"` // Scores are their means
	Quality  string       `json:"quality"`
	Size     scene.Size   `json:"size"`
	Renderer string       `json:"renderer"`
	Files    []string     `json:"files"` // maps
}

// ViewScores are those of one view.
type ViewScores struct {
	Name string `json:"name"`
	Scores
}

// Scores are errors by effect.
type Scores struct {
	Depth  *DepthScore  `json:"depth"`
	AO     *AOScore     `json:"ao"`
	SSR    *SSRScore    `json:"ssr"`
	Shadow *ShadowScore `json:"shadow"`
	Image  *ImageScore  `json:"image"`

	Peers []PeerScore `json:"peers,omitempty"` // of a single view
}

// DepthScore tells whether both see the same surfaces.
type DepthScore struct {
	Same   float64 `json:"same"`   // share of the pixels whose depths agree to a thousandth
	Normal float64 `json:"normal"` // median angle between the normals there, degrees
}

// AOScore are errors of ambient occlusion, from 0 to 1, against truth limited to the
// surfaces that the picture shows, and against full truth.
type AOScore struct {
	RMSE     float64 `json:"rmse"`
	Bias     float64 `json:"bias"`
	P95      float64 `json:"p95"`
	FullRMSE float64 `json:"full_rmse"`
	FullBias float64 `json:"full_bias"`

	Parts *Parts[AOPart] `json:"parts,omitempty"` // of a single view
}

// SSRScore judges the rays of reflections.
type SSRScore struct {
	Precision float64 `json:"precision"` // of the hits found, those that there are
	Recall    float64 `json:"recall"`    // of the hits within the picture, those found
	MedianPX  float64 `json:"median_px"` // distance of the places, where both hit
	Pixels    int     `json:"pixels"`    // that reflect

	Parts *Parts[SSRPart] `json:"parts,omitempty"` // of a single view
}

// ShadowScore judges the sun's shadow on surfaces that face it.
type ShadowScore struct {
	Wrong  float64 `json:"wrong"`        // share of the pixels that are in the wrong light
	Beyond float64 `json:"beyond_texel"` // share of those that stay so when edges move by a texel of the map
	Texel  float64 `json:"texel_m"`      // median texel, metres
}

// ImageScore judges the whole picture before the glow, both exposed alike.
type ImageScore struct {
	FLIP float64  `json:"flip"` // mean
	PSNR *float64 `json:"psnr"` // dB; nil where the pictures are equal
}

// means are the means over views; an effect that some view lacks counts where it is.
func means(views []ViewScores) (s Scores) {
	s.Depth = meanOf(views, func(v *ViewScores) *DepthScore { return v.Depth }, func(sum, x *DepthScore, w float64) {
		sum.Same += w * x.Same
		sum.Normal += w * x.Normal
	})
	s.AO = meanOf(views, func(v *ViewScores) *AOScore { return v.AO }, func(sum, x *AOScore, w float64) {
		sum.RMSE += w * x.RMSE
		sum.Bias += w * x.Bias
		sum.P95 += w * x.P95
		sum.FullRMSE += w * x.FullRMSE
		sum.FullBias += w * x.FullBias
	})
	s.SSR = meanOf(views, func(v *ViewScores) *SSRScore { return v.SSR }, func(sum, x *SSRScore, w float64) {
		sum.Precision += w * x.Precision
		sum.Recall += w * x.Recall
		sum.MedianPX += w * x.MedianPX
		sum.Pixels += x.Pixels
	})
	s.Shadow = meanOf(views, func(v *ViewScores) *ShadowScore { return v.Shadow }, func(sum, x *ShadowScore, w float64) {
		sum.Wrong += w * x.Wrong
		sum.Beyond += w * x.Beyond
		sum.Texel += w * x.Texel
	})
	s.Image = meanOf(views, func(v *ViewScores) *ImageScore { return v.Image }, func(sum, x *ImageScore, w float64) {
		sum.FLIP += w * x.FLIP
		if x.PSNR != nil {
			if sum.PSNR == nil {
				sum.PSNR = new(float64)
			}
			*sum.PSNR += w * *x.PSNR
		}
	})
	return s
}

func meanOf[T any](views []ViewScores, of func(*ViewScores) *T, add func(sum, x *T, weight float64)) *T {
	n := 0
	for i := range views {
		if of(&views[i]) != nil {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	sum := new(T)
	for i := range views {
		if x := of(&views[i]); x != nil {
			add(sum, x, 1/float64(n))
		}
	}
	return sum
}
