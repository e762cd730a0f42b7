package flows

import (
	"fmt"
	"math"
	"sort"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
)

// Timed is rows that are ways with a time at each vertex.
type Timed struct {
	Timestamps string  `json:"timestamps" doc:"field with a list of seconds, one for each vertex"`
	Heights    string  `json:"heights" doc:"field with a list of metres above the ground or the ellipsoid, one for each vertex; empty is 0"`
	Start      float64 `json:"start" unit:"s" doc:"data time at story time 0"`
	Speed      float64 `json:"speed" min:"-1e9" max:"1e9" doc:"data seconds for a story second"`
	Loop       float64 `json:"loop" max:"1e9" min:"0" unit:"s" doc:"data seconds after which all begins again; 0 plays once"`
}

// Clock turns story time into the data's time.
func (p *Timed) Clock(story float64) float64 {
	at := story * p.Speed
	if p.Loop > 0 {
		at -= p.Loop * math.Floor(at/p.Loop)
	}
	return p.Start + at
}

// track is the way of a row: ECEF positions at rising times.
type track struct {
	row    int
	at     []mgl64.Vec3
	times  []float64
	vertex []int // of the row, at or before each position
}

// tracks reads the ways of all rows. Between vertices they follow the ground, or the curve of
// the Earth, at an even speed.
func (p *Timed) tracks(c *layer.Context) ([]track, error) {
	t := c.Table
	stamps, err := t.Lists(p.Timestamps)
	if err != nil {
		return nil, fmt.Errorf("timestamps: %w", err)
	}
	var heights [][]float64
	if p.Heights != "" {
		if heights, err = t.Lists(p.Heights); err != nil {
			return nil, fmt.Errorf("heights: %w", err)
		}
	}
	type part struct {
		tracks  []track
		skipped []int // rows
		reasons []string
	}
	parts := layer.PlacesInParts(c, t.Rows(), func(from, to int) (out part) {
		for i := from; i < to; i++ {
			var lifts []float64
			if heights != nil { // a row without any is not one at height 0
				lifts = append([]float64{}, heights[i]...)
			}
			w, reason := trackOf(c, i, layer.Polylines(t.Geometry[i]), stamps[i], lifts)
			if reason != "" {
				out.skipped, out.reasons = append(out.skipped, i), append(out.reasons, reason)
				continue
			}
			out.tracks = append(out.tracks, w)
		}
		return out
	})
	var out []track
	for _, p := range parts {
		for k, row := range p.skipped {
			c.Skip(t.IDs[row], p.reasons[k])
		}
		out = append(out, p.tracks...)
	}
	return out, nil
}

// trackOf is the way of a row, or why it has none. Where nothing has heights they are nil.
func trackOf(c *layer.Context, row int, parts [][]orb.Point, stamps, heights []float64) (w track, reason string) {
	switch {
	case len(parts) != 1 || len(parts[0]) < 2 || len(stamps) != len(parts[0]):
		return w, "times and vertices differ in number"
	case heights != nil && len(heights) != len(parts[0]):
		return w, "heights and vertices differ in number"
	}
	n := len(parts[0])
	w = track{row: row, at: make([]mgl64.Vec3, 0, n), times: make([]float64, 0, n), vertex: make([]int, 0, n)}
	for k, v := range parts[0] {
		h := 0.0
		if heights != nil {
			h = heights[k]
		}
		if n := len(w.times); !math.IsNaN(stamps[k]) && !math.IsNaN(h) && (n == 0 || stamps[k] >= w.times[n-1]) {
			w.add(c, parts[0], k, v, h, stamps[k])
		}
	}
	if len(w.at) < 2 {
		return w, "fewer than two times in rising order"
	}
	return w, ""
}

// add goes on to vertex k.
func (w *track) add(c *layer.Context, line []orb.Point, k int, v orb.Point, height, time float64) {
	here := c.Place(v, height).ECEF()
	if n := len(w.at); n > 0 {
		was, then := line[w.vertex[n-1]], w.times[n-1]
		between := c.Between(was, v)
		rise := 0.0
		if len(between) > 0 {
			rise = w.at[n-1].Len() - c.Place(was, 0).ECEF().Len()
		}
		for i, q := range between {
			s := float64(i+1) / float64(len(between)+1)
			if lift := rise + (height-rise)*s; lift != 0 {
				q = q.Add(q.Normalize().Mul(lift))
			}
			w.at, w.times, w.vertex = append(w.at, q), append(w.times, then+s*(time-then)), append(w.vertex, w.vertex[n-1])
		}
	}
	w.at, w.times, w.vertex = append(w.at, here), append(w.times, time), append(w.vertex, k)
}

// since is about when the first of some tracks begins.
func since(tracks []track) float64 {
	first := math.Inf(1)
	for i := range tracks {
		first = math.Min(first, tracks[i].times[0])
	}
	return epoch(first)
}

// epoch is what times from a first one on count from: whole steps, so that times around 0 stay as
// they are.
func epoch(first float64) float64 {
	const step = 1 << 16
	if math.IsInf(first, 0) {
		return 0
	}
	return step * math.Round(first/step)
}

// on is where the track is at a time, and the way that it goes: along the chord around it.
// ok is false before it begins and after it ends.
func (w *track) on(time float64) (at, dir mgl64.Vec3, ok bool) {
	n := len(w.times)
	if time < w.times[0] || time > w.times[n-1] {
		return at, dir, false
	}
	i := min(max(sort.SearchFloat64s(w.times, time), 1), n-1)
	share := 0.0
	if d := w.times[i] - w.times[i-1]; d > 0 {
		share = (time - w.times[i-1]) / d
	}
	at = w.at[i-1].Add(w.at[i].Sub(w.at[i-1]).Mul(share))
	// The direction turns from the middle of one segment to the middle of the next.
	near := w.way(i - 1)
	if share < 0.5 {
		dir = w.way(i - 2).Mul(0.5 - share).Add(near.Mul(0.5 + share))
	} else {
		dir = near.Mul(1.5 - share).Add(w.way(i).Mul(share - 0.5))
	}
	if dir.Len() < 1e-9 {
		dir = near
	}
	return at, dir.Normalize(), true
}

// way is the direction of a segment; beyond the ends, of the first and the last, and of one
// without length of the next that has some.
func (w *track) way(i int) mgl64.Vec3 {
	i = min(max(i, 0), len(w.at)-2)
	for k := i; k < len(w.at)-1; k++ {
		if d := w.at[k+1].Sub(w.at[k]); d.Len() > 1e-3 {
			return d.Normalize()
		}
	}
	for k := i - 1; k >= 0; k-- {
		if d := w.at[k+1].Sub(w.at[k]); d.Len() > 1e-3 {
			return d.Normalize()
		}
	}
	return mgl64.Vec3{0, 0, 1}
}
