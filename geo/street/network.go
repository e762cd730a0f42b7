package street

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// Reach is how far in metres a block's features must reach beyond its square and beyond
// the box of each feature that it owns.
const Reach = 100.0

// way is one line of a feature.
type way struct {
	feature int
	id      string
	part    int // of a feature of several lines
	class   string
	style   style
	section Section
	tags    map[string]string
	line    []pt
	bridge  bool // carried: a bridge, or a floor where that is known to be
	floor   bool // says to lie on a higher layer without being a bridge
	aisle   bool // between parked vehicles
	layer   int
	owned   bool
	foot    pt   // of its feature
	water   bool // a waterway: only surveyed
}

// arm is one way that leaves a node: the end of a piece.
type arm struct {
	piece int
	far   bool // the node is the piece's end, not its start
	dir   pt   // away from the node
	// Offsets to the left seen away from the node; sidewalks within out.
	kerbLeft, kerbRight, outLeft, outRight float64
	trim                                   float64 // metres that the piece is cut back
	want                                   float64 // metres that it would be cut back had it room
}

// node is where pieces end.
type node struct {
	at    pt
	arms  []arm // counter-clockwise by direction
	tier  tier  // of the ways that meet as equals
	group int   // index of its cluster; -1 for none
}

// piece is the part of a way between two nodes.
type piece struct {
	way    int
	from   float64 // metres along the way where it starts
	line   []pt    // with its bends rounded
	length float64
	raw    float64 // length before its bends were rounded
	ends   [2]int  // nodes
	beside [2]pt   // points of the data next to its ends
	// What is left after its ends are cut back; nil for none.
	stations []station
	inner    bool // within a cluster: nothing is left
}

// network is the graph of a block's ways.
type network struct {
	block  *geo.Block
	region Region
	ways   []way
	pieces []piece
	nodes  []node
	index  map[pt]int
	points map[pt]map[string]string // tags of nodes that say something about ways
	groups [][]int                  // clusters of nodes
}

// newNetwork makes the graph of a block's ways and cuts them to pieces.
func newNetwork(b *geo.Block) *network {
	n := &network{block: b, index: map[pt]int{}, points: map[pt]map[string]string{}}
	centre := b.Square.Center()
	lng, lat := b.Frame.Unplan(centre[0], centre[1])
	n.region = RegionAt(lng, lat)
	for i := range b.Features {
		f := &b.Features[i]
		if p, ok := f.Geometry.(orb.Point); ok {
			if f.Tags["highway"] != "" || f.Tags["railway"] != "" || f.Tags["crossing"] != "" {
				if q, ok := planLine(&b.Frame, []orb.Point{p}); ok {
					n.points[q[0]] = f.Tags
				}
			}
			continue
		}
		owned := b.OwnsFeature(f)
		ways := waysOf(&b.Frame, i, f, func(id, reason string) {
			if owned {
				b.Report.Skip(id, reason)
			}
		})
		for k := range ways {
			ways[k].owned = owned
		}
		n.ways = append(n.ways, ways...)
	}
	n.crossingWays()
	n.cutWays()
	n.orderArms()
	return n
}

// crossingWays lets the points of ways that cross a street say what a crossing's own
// point would, where that says nothing.
func (n *network) crossingWays() {
	for i := range n.ways {
		w := &n.ways[i]
		if w.style.tier != path || w.tags["footway"] != "crossing" && w.tags["cycleway"] != "crossing" && w.tags["path"] != "crossing" {
			continue
		}
		kind := w.tags["crossing"]
		if kind == "" {
			kind = "marked"
		}
		for _, p := range w.line {
			if n.points[p]["highway"] == "" && n.points[p]["railway"] == "" {
				n.points[p] = map[string]string{"highway": "crossing", "crossing": kind,
					"crossing:markings": w.tags["crossing:markings"], "crossing_ref": w.tags["crossing_ref"]}
			}
		}
	}
}

// cutWays splits ways into pieces where as many equals meet that an area is filled.
func (n *network) cutWays() {
	// The tiers of the ways that leave each point: two for a way that runs through.
	meets := map[pt][4]int{}
	for i := range n.ways {
		w := &n.ways[i]
		for k, p := range w.line {
			m := meets[p]
			if k > 0 {
				m[w.style.tier]++
			}
			if k+1 < len(w.line) {
				m[w.style.tier]++
			}
			meets[p] = m
		}
	}
	for i := range n.ways {
		w := &n.ways[i]
		first, from := 0, 0.0
		for k := 1; k < len(w.line); k++ {
			t, arms := equals(meets[w.line[k]])
			if last := k == len(w.line)-1; !last && (w.style.tier < t || arms < 3 || t == track) {
				continue
			}
			n.addPiece(i, w.line[first:k+1], from)
			from += lineLength(w.line[first : k+1])
			first = k
		}
	}
}

// equals is the tier of the ways that meet as equals at a point, and how many they are:
// those of the highest tier, or of the next too where only one is of the highest.
func equals(m [4]int) (t tier, arms int) {
	for t = street; t > track; t-- {
		if arms += m[t]; arms >= 2 {
			return t, arms
		}
	}
	if arms == 0 {
		return track, m[track]
	}
	return path, arms
}

// bends are the turns in radians from which a line is rounded, by tier.
var bends = [4]float64{0.1, 0.8, 0.35, 0.2}

func (n *network) addPiece(w int, line []pt, from float64) {
	wd := &n.ways[w]
	p := piece{way: w, from: from, raw: lineLength(line), beside: [2]pt{line[1], line[len(line)-2]}}
	p.line = round(line, math.Max(wd.section.Width()/2+1.5, 5), bends[wd.style.tier])
	p.length = lineLength(p.line)
	k := len(n.pieces)
	s := &wd.section
	for e, at := range [2]pt{line[0], line[len(line)-1]} {
		i, ok := n.index[at]
		if !ok {
			i = len(n.nodes)
			n.index[at] = i
			n.nodes = append(n.nodes, node{at: at, group: -1})
		}
		p.ends[e] = i
		a := arm{piece: k, far: e == 1, kerbLeft: s.KerbLeft, kerbRight: s.KerbRight, outLeft: s.Left, outRight: s.Right}
		look := p.line
		if a.far {
			look = reversed(p.line)
			a.kerbLeft, a.kerbRight, a.outLeft, a.outRight = -s.KerbRight, -s.KerbLeft, -s.Right, -s.Left
		}
		q, _ := pointAt(look, math.Min(8, p.length/2))
		a.dir = unit(at, q)
		n.nodes[i].arms = append(n.nodes[i].arms, a)
	}
	n.pieces = append(n.pieces, p)
}

// orderArms turns the arms of nodes counter-clockwise and finds their tiers.
func (n *network) orderArms() {
	for i := range n.nodes {
		nd := &n.nodes[i]
		var m [4]int
		for _, a := range nd.arms {
			m[n.styleOf(&a).tier]++
		}
		nd.tier, _ = equals(m)
		slices.SortFunc(nd.arms, func(a, b arm) int {
			x, y := math.Atan2(a.dir[1], a.dir[0]), math.Atan2(b.dir[1], b.dir[0])
			switch {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return a.piece - b.piece
		})
	}
}

func (n *network) styleOf(a *arm) *style { return &n.wayOf(a).style }
func (n *network) wayOf(a *arm) *way     { return &n.ways[n.pieces[a.piece].way] }

// equalsAt are the arms of a node that meet as equals.
func (n *network) equalsAt(nd *node) []*arm {
	var out []*arm
	for k := range nd.arms {
		a := &nd.arms[k]
		if t := n.styleOf(a).tier; t > track && t >= nd.tier {
			out = append(out, a)
		}
	}
	return out
}
