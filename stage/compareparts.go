package stage

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
)

// aspect is what a pixel shows, of those that errors are told apart by.
type aspect uint8

const (
	solid aspect = iota
	leaf         // foliage
	fine         // anything else narrower than two pixels, or cut by an edge on every side
	kinds
)

// Parts are a figure by what pixels show. A ray of a reflection counts where what it leaves
// or ends on is the most doubtful: foliage, then what is fine.
type Parts[T any] struct {
	Solid T `json:"solid"`
	Leaf  T `json:"foliage"`
	Fine  T `json:"fine"`
}

func partsOf[T any](of func(k aspect) T) *Parts[T] {
	return &Parts[T]{of(solid), of(leaf), of(fine)}
}

// AOPart are errors of ambient occlusion on some of the pixels.
type AOPart struct {
	Share float64 `json:"share"` // of the pixels that are judged
	Error float64 `json:"error"` // of the sum of squared errors
	RMSE  float64 `json:"rmse"`
}

// SSRPart are hits of some of the rays.
type SSRPart struct {
	Found     int     `json:"found"`
	Precision float64 `json:"precision"`
	Shown     int     `json:"shown"` // of the hits within the picture
	Recall    float64 `json:"recall"`
}

// sort tells for every pixel what it shows. A solid one is a quarter of a block of four
// whose middles all lie in its plane.
func (t *truth) sort() {
	t.shows = make([]aspect, len(t.same))
	w, h := t.Size.Width, t.Size.Height
	for i := range t.shows {
		a, ok := t.layer.At(i)
		if !ok {
			continue
		}
		if a.Material.Model == drawable.Foliage {
			t.shows[i] = leaf
			continue
		}
		slack := 0.25*t.layer.Footprint(a.Distance) + 0.01
		in := func(x, y int) bool {
			if x < 0 || y < 0 || x >= w || y >= h {
				return false
			}
			b, ok := t.layer.At(y*w + x)
			return ok && math.Abs(b.Position.Sub(a.Position).Dot(a.Geometric)) <= slack
		}
		x, y := i%w, i/w
		t.shows[i] = fine
		for _, d := range [4][2]int{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}} {
			if in(x+d[0], y) && in(x, y+d[1]) && in(x+d[0], y+d[1]) {
				t.shows[i] = solid
				break
			}
		}
	}
}

// at is what a place of the picture shows, in pixels; fine beside it.
func (t *truth) at(x, y float64) aspect {
	if x < 0 || y < 0 || x >= float64(t.Size.Width) || y >= float64(t.Size.Height) {
		return fine
	}
	return t.shows[int(y)*t.Size.Width+int(x)]
}

// doubtful is the most doubtful of two.
func doubtful(a, b aspect) aspect {
	if a == leaf || b == leaf {
		return leaf
	}
	return max(a, b)
}

// ambientParts tells the errors of occlusion apart.
func (t *truth) ambientParts(ao, first []float64) *Parts[AOPart] {
	var n, squares [kinds]float64
	all, sum := 0.0, 0.0
	for i, a := range ao {
		if t.judged(i) {
			e := (a - first[i]) * (a - first[i])
			n[t.shows[i]]++
			squares[t.shows[i]] += e
			all, sum = all+1, sum+e
		}
	}
	return partsOf(func(k aspect) AOPart {
		return AOPart{n[k] / math.Max(all, 1), squares[k] / math.Max(sum, 1e-12), math.Sqrt(squares[k] / math.Max(n[k], 1))}
	})
}

// tally counts hits of rays.
type tally struct{ found, right, shown, caught int }

func (c *tally) part() SSRPart {
	return SSRPart{c.found, float64(c.right) / float64(max(c.found, 1)), c.shown, float64(c.caught) / float64(max(c.shown, 1))}
}
