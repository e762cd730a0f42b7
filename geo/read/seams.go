package read

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/clean"
)

// piece is what a tile holds of a feature, cut to the tile, in grid units.
type piece struct {
	tile     tileID
	layer    string
	name     string // its place in the archive
	id       uint64
	tags     map[string]string
	geometry orb.Geometry
	ends     [2]*piece // lines: what goes on at the first and the last point
	taken    bool
}

// seams joins what tiles have cut. Two pieces are of one thing where they agree in layer,
// id and attributes and cut the tiles' common border at the same places: polygons along
// the same stretch of it, lines in the same point. Pieces are held until all tiles are
// read; they are those that meet a border only.
type seams struct {
	pieces []*piece
	parent []int
	meets  map[seam][]stretch
	lines  map[seam][]stretch
	order  []seam // as they were met, so that joining has one order
}

// seam is a border between two tiles for one kind of piece.
type seam struct {
	key      string
	upright  bool
	at       uint32 // of the border: tiles from the west or north
	alongRow uint32 // tile along the border
}

// stretch is where a piece meets a seam.
type stretch struct {
	piece    int
	side     int8 // which of the two tiles: 0 west or north, 1 east or south
	end      int8 // lines: which end
	from, to float64
}

// seamSlack is by how many grid units two tiles may round the same place apart.
const seamSlack = 2

func newSeams() *seams { return &seams{meets: map[seam][]stretch{}, lines: map[seam][]stretch{}} }

// hold keeps a piece that meets its tile's border. A Multi geometry is taken apart, so
// that each part can go on in another tile, unless it has an id that tells them.
func (s *seams) hold(p *piece) bool {
	b, box := p.tile.square(), p.geometry.Bound()
	if box.Min[0] > b.Min[0] && box.Min[1] > b.Min[1] && box.Max[0] < b.Max[0] && box.Max[1] < b.Max[1] {
		return false
	}
	switch g := p.geometry.(type) {
	case orb.Point, orb.MultiPoint:
		return false
	case orb.MultiLineString:
		for _, l := range g {
			q := *p
			q.geometry = l
			s.add(&q)
		}
	default:
		s.add(p)
	}
	return true
}

func (s *seams) add(p *piece) {
	i := len(s.pieces)
	s.pieces = append(s.pieces, p)
	s.parent = append(s.parent, i)
	key, b := p.key(), p.tile.square()
	for side := range 4 {
		k := side / 2 // axis that is constant along the border
		line := b.Min[k]
		t := [2]uint32{p.tile.x, p.tile.y}
		at := t[k]
		if side%2 == 1 {
			line, at = b.Max[k], at+1
		}
		where := seam{key, k == 0, at, t[1-k]}
		if s.meets[where] == nil && s.lines[where] == nil {
			s.order = append(s.order, where)
		}
		mark := stretch{piece: i, side: int8(1 - side%2)}
		switch g := p.geometry.(type) {
		case orb.LineString:
			for e, q := range [2]orb.Point{g[0], g[len(g)-1]} {
				if q[k] == line {
					mark.end, mark.from, mark.to = int8(e), q[1-k], q[1-k]
					s.lines[where] = append(s.lines[where], mark)
				}
			}
		case orb.Polygon:
			s.along(where, mark, g, k, line)
		case orb.MultiPolygon:
			for _, poly := range g {
				s.along(where, mark, poly, k, line)
			}
		}
	}
}

// along marks the sides of a polygon that lie on the border.
func (s *seams) along(where seam, mark stretch, p orb.Polygon, k int, line float64) {
	for _, r := range p {
		for j := 0; j+1 < len(r); j++ {
			if r[j][k] == line && r[j+1][k] == line && r[j] != r[j+1] {
				mark.from, mark.to = math.Min(r[j][1-k], r[j+1][1-k]), math.Max(r[j][1-k], r[j+1][1-k])
				s.meets[where] = append(s.meets[where], mark)
			}
		}
	}
}

// join passes on all that was held, joined, in the order of the first pieces.
func (s *seams) join(pass func(*piece) error) error {
	for _, where := range s.order {
		s.unite(s.meets[where])
		s.link(s.lines[where])
		delete(s.meets, where) // it may stand in order twice
		delete(s.lines, where)
	}
	groups := map[int][]*piece{}
	for i, p := range s.pieces {
		root := s.find(i)
		groups[root] = append(groups[root], p)
	}
	for i, p := range s.pieces {
		switch p.geometry.(type) {
		case orb.LineString:
			if p.taken {
				continue
			}
			p.geometry = p.chain()
		default:
			group := groups[i]
			if group == nil {
				continue // of the set of an earlier piece
			}
			p.geometry = united(group)
		}
		if p.geometry == nil {
			continue
		}
		if err := pass(p); err != nil {
			return err
		}
	}
	return nil
}

func (s *seams) find(i int) int {
	for s.parent[i] != i {
		s.parent[i] = s.parent[s.parent[i]]
		i = s.parent[i]
	}
	return i
}

// unite makes one set of the polygons on both sides of a seam that meet there. With an
// id it is enough that they overlap; without, they must end at the same places.
func (s *seams) unite(marks []stretch) {
	for i, a := range marks {
		for _, b := range marks[i+1:] {
			if a.side == b.side {
				continue
			}
			same := math.Abs(a.from-b.from) <= seamSlack && math.Abs(a.to-b.to) <= seamSlack
			if s.pieces[a.piece].id != 0 {
				same = math.Min(a.to, b.to) > math.Max(a.from, b.from)
			}
			if !same {
				continue
			}
			x, y := s.find(a.piece), s.find(b.piece)
			s.parent[max(x, y)] = min(x, y)
		}
	}
}

// link ties line ends on both sides of a seam, each to the nearest that is free.
func (s *seams) link(marks []stretch) {
	for _, a := range marks {
		if a.side != 0 || s.pieces[a.piece].ends[a.end] != nil {
			continue
		}
		best, d := -1, seamSlack+0.5
		for j, b := range marks {
			if b.side == 1 && s.pieces[b.piece].ends[b.end] == nil && b.piece != a.piece && math.Abs(a.from-b.from) < d {
				best, d = j, math.Abs(a.from-b.from)
			}
		}
		if best >= 0 {
			b := marks[best]
			s.pieces[a.piece].ends[a.end], s.pieces[b.piece].ends[b.end] = s.pieces[b.piece], s.pieces[a.piece]
		}
	}
}

// chain is the line through a piece and all that it is tied to.
func (p *piece) chain() orb.LineString {
	p.taken = true
	var out orb.LineString
	head := p.follow(0)
	for i := len(head) - 1; i >= 0; i-- {
		out = append(out, head[i])
	}
	out = append(out, p.geometry.(orb.LineString)...)
	return append(out, p.follow(1)...)
}

// follow gathers the points beyond one end of a piece, outwards.
func (p *piece) follow(end int) (out orb.LineString) {
	at := p
	for next := p.ends[end]; next != nil && !next.taken; {
		next.taken = true
		l := next.geometry.(orb.LineString)
		if next.ends[0] == at {
			out = append(out, l[1:]...)
			at, next = next, next.ends[1]
			continue
		}
		for i := len(l) - 2; i >= 0; i-- {
			out = append(out, l[i])
		}
		at, next = next, next.ends[0]
	}
	return out
}

// united is the area of all pieces of a set.
func united(group []*piece) orb.Geometry {
	if len(group) == 1 {
		return group[0].geometry
	}
	var polys []orb.Polygon
	for _, p := range group {
		switch g := p.geometry.(type) {
		case orb.Polygon:
			polys = append(polys, g)
		case orb.MultiPolygon:
			polys = append(polys, g...)
		}
	}
	found, _ := clean.Union(polys, clean.Options{Tolerance: 0.5, MinArea: 0.5})
	switch len(found) {
	case 0:
		return nil
	case 1:
		return found[0]
	}
	return orb.MultiPolygon(found)
}
