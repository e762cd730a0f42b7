package stage

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
)

// sampledRows are the rows of a layer that are samples of things: what is drawn lies between
// them, and is made anew as the data's time goes on.
type sampledRows struct {
	samples *layer.Samples
	context *layer.Context
	all     *table.Whole   // the samples: scales that follow the data see them all, so that they stay as they are
	filter  map[string]any // what a selection lets through
	whole   bool           // its type draws all rows together

	ready bool
	at    float64      // story time of what follows
	rows  *table.Table // the things that are there
	draws []drawable.Draw
}

// draw lists what is there at a story time.
func (r *sampledRows) draw(story float64) ([]drawable.Draw, error) {
	if r.ready && r.at == story {
		return r.draws, nil
	}
	rows, shares, _ := r.samples.At(story)
	c := *r.context
	c.Near = func(seconds float64) *table.Table {
		near, _, _ := r.samples.At(story + seconds)
		return near
	}
	c.Skip = func(string, string) {} // told when the package was made: of the rows, not of what lies between them
	c.Table = rows.Among(r.all)
	draws, err := drawShares(&c, shares, layer.Matching(rows, r.filter), r.whole)
	if err != nil {
		return nil, err
	}
	r.ready, r.at, r.rows, r.draws = true, story, c.Table, draws
	return draws, nil
}

// shareSteps is how finely rows come and go: those of about the same share are drawn together.
const shareSteps = 16

// drawShares draws the rows of a context's table that a selection lets through, each as much as
// it is there.
func drawShares(c *layer.Context, shares []float32, shown layer.Shown, whole bool) ([]drawable.Draw, error) {
	var out []drawable.Draw
	for step := shareSteps; step > 0; step-- {
		some := false
		only := make(layer.Shown, c.Table.Rows())
		for i, share := range shares {
			is := int(math.Ceil(float64(share) * shareSteps))
			if (shown == nil || shown[i]) && (is == step || whole && is > 0) {
				only[i], some = true, true
			}
		}
		if !some && !whole {
			continue
		}
		draws, err := layer.Draw(c.Only(only))
		if err != nil {
			return nil, err
		}
		for _, d := range draws {
			if d.Passing, d.Changing = true, true; !whole {
				d.Fade = 1 - (1-d.Fade)*float32(step)/shareSteps
			}
			out = append(out, d)
		}
		if whole {
			break
		}
	}
	return out, nil
}
