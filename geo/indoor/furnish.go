package indoor

import (
	"math"

	"github.com/longtake/longtake/geo/near"
)

// plan is how a kind of room is furnished.
type plan struct {
	middle []piece // one by one in a grid over the middle of the room
	step   vec     // metres between those, along the room and across it
	walls  []piece // along the walls, by turns
	gap    float64 // metres between those
}

// plans by room=* or indoor=*; a kind that is not here stays empty.
var plans = map[string]plan{
	"office":     {[]piece{desk}, vec{3.0, 2.8}, []piece{shelf, cabinet, plant}, 1.6},
	"class":      {[]piece{desk}, vec{2.2, 2.0}, []piece{board, shelf}, 3},
	"library":    {[]piece{stack, stack, readingTable}, vec{3.4, 2.6}, []piece{shelf}, 1.15},
	"shop":       {[]piece{stack, counter}, vec{3.2, 2.6}, []piece{shelf, shelf, counter}, 1.2},
	"restaurant": {[]piece{diningTable}, vec{2.6, 2.5}, []piece{counter, plant, sofa}, 3.2},
	"bedroom":    {nil, vec{}, []piece{bed, cabinet, shelf}, 1.8},
	"living":     {[]piece{rug}, vec{5, 4}, []piece{sofa, shelf, plant, cabinet}, 2.4},
	"kitchen":    {[]piece{diningTable}, vec{3.4, 3.4}, []piece{worktop}, 0.62},
	"gallery":    {[]piece{showcase, showcase, bench}, vec{4, 3.2}, []piece{picture}, 2.6},
	"museum":     {[]piece{showcase, bench}, vec{4, 3.2}, []piece{picture}, 2.6},
	"lobby":      {[]piece{sofa}, vec{5, 4.5}, []piece{plant, bench}, 4.5},
	"waiting":    {[]piece{bench}, vec{3, 2.2}, []piece{plant, bench}, 4},
	"auditorium": {[]piece{bench}, vec{2.4, 1.2}, nil, 0},
	"laboratory": {[]piece{readingTable}, vec{3.6, 2.8}, []piece{worktop}, 0.62},
	"storage":    {[]piece{stack}, vec{2.8, 2.2}, []piece{shelf, crates}, 1.5},
	"toilet":     {nil, vec{}, []piece{basin}, 1.1},
	"toilets":    {nil, vec{}, []piece{basin}, 1.1},
	"bathroom":   {nil, vec{}, []piece{basin, cabinet}, 1.6},
}

// lows are lower than a window's sill.
var lows = []piece{bench, plant, bench, sideboard}

// Clearances in metres.
const (
	doorClear = 1.3 // round a door stays free
	wallClear = 1.1 // between what stands in the middle and what stands at the walls
	roomMost  = 600 // pieces in a room
)

// furnish stands what a kind of room usually has in it: rows in the middle that keep clear
// of the walls, and pieces with their backs to these, where no door is; under the windows of outer walls are low ones. Which piece stands
// where is told by the room's id.
func (r *room) furnish(doors []door, outer [][2]vec, into *furniture, z float64) {
	p, ok := plans[r.kind]
	if !ok || len(r.area) == 0 {
		return
	}
	seed, count := near.Seed(r.id), 0
	free := func(at vec) bool {
		for _, d := range doors {
			if d.at.Sub(at).Len() < doorClear+d.width/2 {
				return false
			}
		}
		return true
	}
	center, u, half := longSide(r.area[0])
	n := vec{-u[1], u[0]}
	if nx, ny := int((2*half[0]-2*wallClear)/math.Max(p.step[0], 1)), int((2*half[1]-2*wallClear)/math.Max(p.step[1], 1)); len(p.middle) > 0 && nx > 0 && ny > 0 && nx*ny <= roomMost {
		for i := range nx {
			for k := range ny {
				o := vec{(float64(i) - float64(nx-1)/2) * p.step[0], (float64(k) - float64(ny-1)/2) * p.step[1]}
				at := center.Add(u.Mul(o[0])).Add(n.Mul(o[1]))
				roll := near.Hash(seed, int64(i), int64(k))
				if inside(r.area, at) && r.toWall(at) >= wallClear && free(at) && near.Share(near.Hash(roll, 1)) < 0.93 {
					into.stand(p.middle[k%len(p.middle)], place{at, u, z}, roll)
					count++
				}
			}
		}
	}
	if len(p.walls) == 0 {
		return
	}
	turn := int(seed % uint64(len(p.walls)))
	for _, ring := range r.area {
		for i, b := range ring {
			a := ring[(i+len(ring)-1)%len(ring)]
			d := b.Sub(a)
			l := d.Len()
			steps := int((l - 0.9) / p.gap)
			if steps < 1 || count > roomMost {
				continue
			}
			d = d.Mul(1 / l)
			in := vec{-d[1], d[0]} // the area is on the left of its rings
			for k := range steps {
				what, share := p.walls[turn%len(p.walls)], 0.9
				at := a.Add(d.Mul(l/2 + (float64(k)-float64(steps-1)/2)*p.gap)).Add(in.Mul(wallHalf + 0.03))
				roll := near.Hash(seed, int64(i), int64(k), 7)
				if _, window := nearest(outer, at); window {
					what, share = lows[turn%len(lows)], 0.4
				}
				if free(at) && near.Share(near.Hash(roll, 1)) < share {
					into.stand(what, place{at, in, z}, roll)
					count++
				}
				turn++
			}
		}
	}
}

// toWall is the distance from a position to the nearest wall of its room.
func (r *room) toWall(p vec) float64 {
	best := math.Inf(1)
	for _, ring := range r.area {
		for i, b := range ring {
			a := ring[(i+len(ring)-1)%len(ring)]
			d := b.Sub(a)
			t := math.Max(0, math.Min(1, p.Sub(a).Dot(d)/math.Max(d.Dot(d), 1e-12)))
			best = math.Min(best, p.Sub(a.Add(d.Mul(t))).Len())
		}
	}
	return best
}
