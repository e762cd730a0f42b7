package load

import (
	"maps"
	"math"
	"slices"
	"sort"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/table"
)

// shape is the way of trips, with the metres to its vertices.
type shape struct {
	line  orb.LineString
	along []float64
}

// shapes reads the ways by id.
func (f *feed) shapes() (map[string]*shape, error) {
	t, err := f.raw("shapes", false)
	if err != nil || t.Rows() == 0 {
		return nil, err
	}
	ids, order := t.text("shape_id"), t.numbers("shape_pt_sequence")
	lng, lat := t.numbers("shape_pt_lon"), t.numbers("shape_pt_lat")
	by := map[string][]int{}
	for r, id := range ids {
		if id != "" && math.Abs(lat[r]) <= 90 && math.Abs(lng[r]) <= 180 {
			by[id] = append(by[id], r)
		}
	}
	out := map[string]*shape{}
	for id, rows := range by {
		sort.SliceStable(rows, func(a, b int) bool { return order[rows[a]] < order[rows[b]] })
		s := &shape{}
		for _, r := range rows {
			p := orb.Point{lng[r], lat[r]}
			if n := len(s.line); n > 0 && s.line[n-1] == p {
				continue
			}
			s.line = append(s.line, p)
		}
		if len(s.line) >= 2 {
			s.measure()
			out[id] = s
		}
	}
	return out, nil
}

func (s *shape) measure() {
	s.along = make([]float64, len(s.line))
	for i := 1; i < len(s.line); i++ {
		s.along[i] = s.along[i-1] + apart(s.line[i-1], s.line[i])
	}
}

// apart is the distance of near places in metres.
func apart(a, b orb.Point) float64 {
	cos := math.Cos((a[1] + b[1]) / 2 * math.Pi / 180)
	return 111195 * math.Hypot((b[0]-a[0])*cos, b[1]-a[1])
}

func (f *feed) shapeLines() (*table.Table, error) {
	shapes, err := f.shapes()
	if err != nil {
		return nil, err
	}
	t := &table.Table{Columns: []table.Column{{Name: "shape_id", Kind: table.Text}}}
	for _, id := range slices.Sorted(maps.Keys(shapes)) {
		if _, in := placed(shapes[id].line, f.o.BBox); !in {
			continue
		}
		t.IDs, t.Geometry = append(t.IDs, id), append(t.Geometry, shapes[id].line)
		t.Columns[0].Texts = append(t.Columns[0].Texts, id)
	}
	return t, nil
}

// maxStations bounds the vertices of a way times its stops, all of which are compared.
const maxStations = 1 << 24

// stations places the stops along the way: each at its nearest place that is not before
// the stop before it, and leaves the nearest of all to those that follow.
func (s *shape) stations(calls []call) []float64 {
	type place struct{ along, off float64 }
	// The best sum of distances over all ways to put the stops in order on the segments
	// (dynamic programming, segment by segment).
	segments := len(s.line) - 1
	cost := make([]float64, segments)
	from := make([][]int32, len(calls))
	places := make([][]place, len(calls))
	for k, c := range calls {
		places[k], from[k] = make([]place, segments), make([]int32, segments)
		best, bestAt := math.Inf(1), int32(0)
		next := make([]float64, segments)
		for i := range segments {
			a, b := s.line[i], s.line[i+1]
			share := nearestShare(c.at, a, b)
			p := orb.Point{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}
			places[k][i] = place{s.along[i] + share*(s.along[i+1]-s.along[i]), apart(c.at, p)}
			if k > 0 && cost[i] < best {
				best, bestAt = cost[i], int32(i)
			}
			off := places[k][i].off
			next[i] = off * off
			if k > 0 {
				next[i] += best
				from[k][i] = bestAt
			}
		}
		cost = next
	}
	end := 0
	for i := range cost {
		if cost[i] < cost[end] {
			end = i
		}
	}
	out := make([]float64, len(calls))
	for k := len(calls) - 1; k >= 0; k-- {
		out[k] = places[k][end].along
		end = int(from[k][end])
	}
	for k := 1; k < len(out); k++ { // two stops on one segment
		out[k] = math.Max(out[k], out[k-1])
	}
	return out
}

func nearestShare(p, a, b orb.Point) float64 {
	cos := math.Cos(a[1] * math.Pi / 180)
	dx, dy := (b[0]-a[0])*cos, b[1]-a[1]
	l := dx*dx + dy*dy
	if l == 0 {
		return 0
	}
	return math.Max(0, math.Min(1, ((p[0]-a[0])*cos*dx+(p[1]-a[1])*dy)/l))
}

// pass adds the vertices strictly between two places of the way.
func (s *shape) pass(from, to, start, end float64, line *orb.LineString, times *[]float64) {
	i := sort.SearchFloat64s(s.along, from)
	for ; i < len(s.along) && s.along[i] < to; i++ {
		if s.along[i] > from {
			*line = append(*line, s.line[i])
			*times = append(*times, start+(end-start)*(s.along[i]-from)/(to-from))
		}
	}
}

func (s *shape) point(along float64) orb.Point {
	i := min(max(sort.SearchFloat64s(s.along, along), 1), len(s.along)-1)
	a, b := s.line[i-1], s.line[i]
	share := 0.0
	if d := s.along[i] - s.along[i-1]; d > 0 {
		share = (along - s.along[i-1]) / d
	}
	return orb.Point{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}
}
