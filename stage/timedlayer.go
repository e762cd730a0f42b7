package stage

import (
	"slices"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
)

// timedRows are the rows of a layer that come and go by the time of their data.
type timedRows struct {
	rows    *layer.Timed
	context *layer.Context
	shown   layer.Shown // what a selection lets through
	groups  map[int][]drawable.Draw
	held    []int // groups that are held, the one that was seen last at the end
	whole   bool  // its type draws all rows together
	present []int // then: the groups that draws are of
	draws   []drawable.Draw
}

// mostHeld bounds the groups of a layer that are kept for when they are seen again.
const mostHeld = 256

// at lists what is there at a story time, faded by how much of it is there.
func (r *timedRows) at(story float64) ([]drawable.Draw, error) {
	var out []drawable.Draw
	var present []int
	for g := range r.rows.Groups() {
		share := r.rows.Present(g, story)
		if share <= 0 {
			continue
		}
		present = append(present, g)
		if r.whole {
			continue
		}
		draws, err := r.group(g)
		if err != nil {
			return nil, err
		}
		for _, d := range draws {
			d.Fade = 1 - (1-d.Fade)*float32(share)
			out = append(out, d)
		}
	}
	if !r.whole {
		r.release(present)
		return out, nil
	}
	if r.draws == nil || !slices.Equal(present, r.present) {
		draws, err := layer.Draw(r.context.Only(r.rows.Rows(present, r.shown)))
		if err != nil {
			return nil, err
		}
		r.draws, r.present = draws, present
	}
	return r.draws, nil
}

// group is what is drawn of a group's rows, made when it is seen first.
func (r *timedRows) group(g int) ([]drawable.Draw, error) {
	if draws, ok := r.groups[g]; ok {
		return draws, nil
	}
	draws, err := layer.Draw(r.context.Only(r.rows.Rows([]int{g}, r.shown)))
	if err != nil {
		return nil, err
	}
	r.groups[g] = draws
	r.held = append(r.held, g)
	return draws, nil
}

// release lets go of groups that are not seen, the oldest first.
func (r *timedRows) release(present []int) {
	for i := 0; len(r.held) > mostHeld && i < len(r.held); {
		if _, seen := slices.BinarySearch(present, r.held[i]); seen {
			i++
			continue
		}
		delete(r.groups, r.held[i])
		r.held = slices.Delete(r.held, i, i+1)
	}
}
