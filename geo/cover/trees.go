package cover

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/clean"
)

// TreeSite is where a tree stands, in plan metres.
type TreeSite struct {
	X, Y    float64
	Model   string   // of geo/model
	Height  float64  // metres
	Color   [4]uint8 // sRGB tint near white, multiplies the model's colours
	Yaw     float64  // radians
	Feature int      // index into the features given
}

// TreeOptions bounds the planting.
type TreeOptions struct {
	// Blocked tells where no scattered tree may stand; nil blocks nothing. Mapped single
	// trees are always kept. It is called from many goroutines.
	Blocked func(x, y float64) bool
	// Clip leaves out what lies outside in plan; the zero value keeps all.
	Clip orb.Bound
	// PerKm2 is the most trees a square kilometre of one area; 0 means 12 000.
	PerKm2 float64
	// Max is the most trees altogether; 0 means 400 000. The planting is thinned evenly.
	Max int
}

// Trees plants mapped trees (natural=tree), rows (natural=tree_row) and areas: woods,
// parks, orchards, cemeteries, scrub. Areas are planted on a jittered grid of a cell a
// tree, seeded by the feature's id, so that the planting looks even but not regular and
// is the same on every run and, but for areas that alone would burst Max, for every clip.
func Trees(in Input, opt TreeOptions) []TreeSite {
	if opt.PerKm2 <= 0 {
		opt.PerKm2 = 12000
	}
	if opt.Max <= 0 {
		opt.Max = 400000
	}
	if opt.Clip.Max == opt.Clip.Min {
		opt.Clip = orb.Bound{Min: orb.Point{math.Inf(-1), math.Inf(-1)}, Max: orb.Point{math.Inf(1), math.Inf(1)}}
	}
	var out []TreeSite
	for _, part := range parallel(len(in.Features), func(i int) []TreeSite { return in.treesOf(i, &opt) }) {
		out = append(out, part...)
	}
	if len(out) > opt.Max {
		in.Report.Note("trees thinned to the limit")
		keep := out[:0]
		for i, n := 0, len(out); i < n; i++ {
			if i*opt.Max/n != (i+1)*opt.Max/n {
				keep = append(keep, out[i])
			}
		}
		out = keep
	}
	in.Report.Made("tree", len(out))
	return out
}

func (in *Input) treesOf(i int, opt *TreeOptions) []TreeSite {
	f := &in.Features[i]
	if underground(f.Tags) {
		return nil
	}
	rng := rand.New(rand.NewPCG(idHash(f.ID), 0x7472656573))
	switch f.Tags["natural"] {
	case "tree":
		var out []TreeSite
		for _, p := range pointsOf(f.Geometry) {
			q, ok := in.plan(p)
			if !ok {
				in.Report.Skip(f.ID, "position far outside")
				continue
			}
			if opt.Clip.Contains(q) {
				out = append(out, site(rng, q, i, f.Tags, broadTrees))
			}
		}
		return out
	case "tree_row":
		return in.row(i, rng, opt)
	}
	if wood, ok := woodOf(f.Tags); ok {
		return in.wood(i, wood, opt)
	}
	return nil
}

// row plants a line every 8 metres, both ends included.
func (in *Input) row(i int, rng *rand.Rand, opt *TreeOptions) (out []TreeSite) {
	f := &in.Features[i]
	for _, ls := range linesOf(f.Geometry) {
		line, ok := in.planLine(ls)
		if !ok || len(line) < 2 {
			in.Report.Skip(f.ID, "line without extent or far outside")
			continue
		}
		l := length(line)
		n := min(int(math.Round(l/8)), 10000)
		gap, next, along := l/math.Max(float64(n), 1), 0.0, 0.0
		for k := 1; k < len(line); k++ {
			seg := dist(line[k-1], line[k])
			for ; next <= along+seg+1e-6 && len(out) <= 20000; next += gap {
				p := mix(line[k-1], line[k], (next-along)/seg)
				t := site(rng, p, i, f.Tags, broadTrees[:1])
				if opt.Clip.Contains(p) && (opt.Blocked == nil || !opt.Blocked(p[0], p[1])) {
					out = append(out, t)
				}
			}
			along += seg
		}
	}
	return out
}

// wood scatters trees over an area: one for each cell of a grid, moved within it. Each
// cell has its own random numbers, so a clip changes nothing inside.
func (in *Input) wood(i int, s woodStyle, opt *TreeOptions) (out []TreeSite) {
	f := &in.Features[i]
	kinds := kindsFor(f.Tags, s.kinds)
	cell := math.Max(s.spacing, math.Sqrt(1e6/opt.PerKm2))
	seed := idHash(f.ID)
	for _, poly := range polygonsOf(f.Geometry) {
		rings, ok := in.planRings(poly)
		if !ok {
			continue // reported by Areas
		}
		b := (&Patch{Points: rings[0]}).Bound()
		lo := [2]float64{math.Max(b.Min[0], opt.Clip.Min[0]), math.Max(b.Min[1], opt.Clip.Min[1])}
		hi := [2]float64{math.Min(b.Max[0], opt.Clip.Max[0]), math.Min(b.Max[1], opt.Clip.Max[1])}
		c := cell
		if n := (hi[0] - lo[0]) / c * (hi[1] - lo[1]) / c; hi[0] > lo[0] && hi[1] > lo[1] && n > 4*float64(opt.Max) {
			c *= math.Sqrt(n / (4 * float64(opt.Max))) // an area that alone would burst the limit
		}
		rows := newRows(rings)
		for y := math.Floor(lo[1] / c); y*c < hi[1]; y++ {
			for x := math.Floor(lo[0] / c); x*c < hi[0]; x++ {
				rng := rand.New(rand.NewPCG(seed, uint64(uint32(int32(x)))<<32|uint64(uint32(int32(y)))))
				p := [2]float64{(x + 0.1 + 0.8*rng.Float64()) * c, (y + 0.1 + 0.8*rng.Float64()) * c}
				if !opt.Clip.Contains(p) || !rows.contains(p) || opt.Blocked != nil && opt.Blocked(p[0], p[1]) {
					continue
				}
				out = append(out, site(rng, p, i, nil, kinds))
			}
		}
	}
	return out
}

// site chooses model, height, tint and turn.
func site(rng *rand.Rand, p [2]float64, feature int, tags map[string]string, kinds []treeKind) TreeSite {
	if tags != nil {
		kinds = kindsFor(tags, kinds)
	}
	k := kinds[rng.IntN(len(kinds))]
	h := k.min + (k.max-k.min)*rng.Float64()
	if v, ok := clean.Length(tags["height"]); ok && v >= 0.5 && v <= 120 {
		h = v
	}
	light, warm := 0.84+0.16*rng.Float64(), rng.Float64()
	tint := func(v float64) uint8 { return uint8(math.Round(255 * light * v)) }
	return TreeSite{X: p[0], Y: p[1], Model: k.model, Height: h, Yaw: 2 * math.Pi * rng.Float64(), Feature: feature,
		Color: [4]uint8{tint(0.9 + 0.1*warm), tint(1), tint(0.92 - 0.1*warm), 255}}
}

// pointsOf returns the positions of a geometry: a tree drawn as a small area counts at
// its middle.
func pointsOf(g orb.Geometry) []orb.Point {
	switch g := g.(type) {
	case nil:
		return nil
	case orb.Point:
		return []orb.Point{g}
	case orb.MultiPoint:
		return g
	}
	return []orb.Point{g.Bound().Center()}
}

// idHash seeds by the feature's own id, whatever its place in the file.
func idHash(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.TrimSpace(id))) // a hash takes everything
	return h.Sum64()
}
