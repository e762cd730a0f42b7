package cover

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/near"
)

// PlantOptions say how a block is planted.
type PlantOptions struct {
	Density float64                 // multiplies the trees of areas; 0 means 1
	Wet     func(x, y float64) bool // tells the sea in plan; nil where there is none
}

// Planting is the trees of one block: mapped ones, rows, and what grows on areas. It is a
// geo.Maker.
type Planting struct {
	layer string
	trees []tree
	rows  []geo.FeatureRow
}

// tree is one that stands in the block.
type tree struct {
	place   earth.Place
	model   string
	height  float64
	yaw     float64
	color   [4]uint8
	rank    float64 // in [0, 1): a coarse level keeps the low ones
	spacing float64 // metres to its like; the wider the sooner all are kept
	row     int
}

// NewPlanting plants a block. Each tree depends on its feature's id and on where it
// stands, and is kept off buildings, roads and water that lie near.
func NewPlanting(b *geo.Block, layer string, o PlantOptions) *Planting {
	p := &planter{Block: b, o: o, density: math.Max(0, math.Min(o.Density, 10))}
	if o.Density == 0 {
		p.density = 1
	}
	p.survey()
	p.made.layer = layer
	for i := range b.Features {
		p.plant(i)
	}
	b.Report.Made("tree", len(p.made.trees))
	return &p.made
}

// planter is a block that is being planted.
type planter struct {
	*geo.Block
	o       PlantOptions
	density float64
	made    Planting

	stands []standArea // those that say what grows on them
	cover  *near.Index // their areas, by number
	solid  *near.Index // buildings and water
	roads  *near.Index // with their widths
	single *near.Index // mapped trees
}

// standArea is one polygon of a feature.
type standArea struct {
	stand
	feature int
	rings   [][]near.Point
	size    float64
}

// survey enters everything that trees keep off.
func (p *planter) survey() {
	p.cover, p.solid, p.roads, p.single = near.NewIndex(p.Square), near.NewIndex(p.Square), near.NewIndex(p.Square), near.NewIndex(p.Square)
	for i := range p.Features {
		f := &p.Features[i]
		if f.Tags["natural"] == "tree" {
			for _, q := range near.Points(p.Frame, f.Geometry) {
				p.single.AddLine(i, []near.Point{q}, 0)
			}
			continue
		}
		if near.Hidden(f.Tags) {
			continue
		}
		if isBuilding(f) || f.Surfaces != nil || f.Tags["building:part"] != "" {
			p.shut(i, 1.5)
			continue
		}
		if r, ok := near.RoadOf(f.Tags); ok && !isPolygon(f.Geometry) {
			for _, l := range near.Lines(p.Frame, f.Geometry) {
				p.roads.AddLine(i, l, r.Half)
			}
			continue
		}
		if w := channel(f.Tags); w > 0 && !isPolygon(f.Geometry) {
			for _, l := range near.Lines(p.Frame, f.Geometry) {
				p.roads.AddLine(i, l, w/2)
			}
			continue
		}
		s, ok := standOf(f.Tags)
		if !ok {
			continue
		}
		for _, rings := range near.Areas(p.Frame, f.Geometry) {
			p.cover.AddArea(len(p.stands), rings)
			p.stands = append(p.stands, standArea{stand: s, feature: i, rings: rings, size: near.Size(rings)})
		}
		if f.Tags["natural"] == "water" || f.Tags["waterway"] != "" || f.Tags["leisure"] == "swimming_pool" {
			p.shut(i, 0.5)
		}
	}
}

// shut keeps trees off a feature's areas and a strip around them.
func (p *planter) shut(i int, strip float64) {
	for _, rings := range near.Areas(p.Frame, p.Features[i].Geometry) {
		p.solid.AddArea(i, rings)
		for _, r := range rings {
			p.solid.AddLine(i, append(r[:len(r):len(r)], r[0]), strip)
		}
	}
}

// channel is the width of an open watercourse in metres.
func channel(tags map[string]string) float64 {
	w, ok := map[string]float64{"river": 12, "canal": 10, "stream": 2, "ditch": 1, "drain": 1}[tags["waterway"]]
	if v, told := clean.Length(tags["width"]); ok && told && v > 0 && v < 500 {
		return v
	}
	return w
}

// free tells whether a trunk has room at a place.
func (p *planter) free(q near.Point) bool {
	if p.solid.Within(q) {
		return false
	}
	if _, hit := p.solid.Beside(q, 0, nil); hit {
		return false
	}
	if _, hit := p.roads.Beside(q, 0.6, nil); hit {
		return false
	}
	return p.o.Wet == nil || !p.o.Wet(q[0], q[1])
}

// plant adds what grows of one feature.
func (p *planter) plant(i int) {
	f := &p.Features[i]
	if near.Hidden(f.Tags) || isBuilding(f) {
		return
	}
	switch f.Tags["natural"] {
	case "tree":
		for k, q := range near.Points(p.Frame, f.Geometry) {
			if p.Owns(q[0], q[1]) {
				p.add(i, q, near.Hash(near.Seed(f.ID), int64(k)), placing{tags: f.Tags, kind: parkland, mapped: true})
			}
		}
	case "tree_row":
		p.row(i)
	default:
		for n := range p.stands {
			if p.stands[n].feature == i && p.stands[n].spacing > 0 && p.density > 0 {
				p.scatter(n)
			}
		}
	}
}

// row plants a line every 8 metres, both ends included; where single trees of it are
// mapped they stand for themselves.
func (p *planter) row(i int) {
	f := &p.Features[i]
	gap := 8.0
	seed := near.Seed(f.ID)
	for n, line := range near.Lines(p.Frame, f.Geometry) {
		count := min(int(math.Round(length(line)/gap)), 20000)
		walk(line, length(line)/math.Max(float64(count), 1), func(k int, q, _ near.Point) {
			if !p.Owns(q[0], q[1]) || !p.free(q) {
				return
			}
			if _, there := p.single.Beside(q, 4, nil); !there {
				p.add(i, q, near.Hash(seed, int64(n), int64(k)), placing{tags: f.Tags, kind: parkland, same: near.Hash(seed, -1)})
			}
		})
	}
}

// walk calls fn at every gap along a line, from its start to its end, with the direction
// there.
func walk(line []near.Point, gap float64, fn func(k int, at, along near.Point)) {
	if !(gap > 0) {
		return
	}
	k, next, done := 0, 0.0, 0.0
	for s := 1; s < len(line); s++ {
		l := dist(line[s-1], line[s])
		for ; next <= done+l+1e-6; next += gap {
			a, b := line[s-1], line[s]
			fn(k, mix(a, b, (next-done)/l), near.Point{(b[0] - a[0]) / l, (b[1] - a[1]) / l})
			k++
		}
		done += l
	}
}

// placing is what is known of a tree besides its place.
type placing struct {
	tags   map[string]string
	kind   standKind
	mapped bool    // tags describe this very tree
	same   uint64  // trees that share a roll are of one species; 0: each its own
	rank   float64 // 0: from the roll
	space  float64
	along  *near.Point // direction of a row
}

// add stands one tree.
func (p *planter) add(i int, q near.Point, roll uint64, a placing) {
	lng, lat := p.Frame.Unplan(q[0], q[1])
	h, ok := p.Elevation.HeightAt(lng, lat)
	if !ok {
		if a.mapped {
			p.Report.Skip(p.Features[i].ID, "no ground under it")
		}
		return
	}
	c := climateAt(lat, h)
	if a.same == 0 {
		a.same = near.Hash(roll, 1)
	}
	g := c.pick(a.tags, a.kind, near.Share(a.same), near.Share(near.Hash(a.same, 2)))
	height := 0.0
	if a.mapped || a.kind == parkland {
		height = measured(a.tags, g)
	}
	if height > 0 {
		g = crowned(a.tags, g, height)
		if !a.mapped {
			height *= 0.92 + 0.16*near.Share(near.Hash(roll, 3))
		}
	} else {
		height = (g.min + (g.max-g.min)*near.Share(near.Hash(roll, 3))) * c.stunted()
	}
	spread := 1.0 // of tones
	if a.kind == vineyard || a.kind == orchard {
		spread = 0.35 // of one planting
	}
	light, warm := 1-0.18*spread*near.Share(near.Hash(roll, 4)), 1-spread*near.Share(near.Hash(roll, 5))
	tint := func(v float64) uint8 { return uint8(math.Round(255 * light * v)) }
	t := tree{
		place: earth.Place{Lng: lng, Lat: lat, Height: h}, model: g.model, height: height,
		yaw: 2 * math.Pi * near.Share(near.Hash(roll, 6)), rank: a.rank, spacing: a.space,
		color: [4]uint8{tint(0.88 + 0.12*warm), tint(1), tint(0.94 - 0.14*warm), 255}, row: p.metadata(i),
	}
	if a.along != nil {
		t.yaw = math.Atan2(a.along[1], a.along[0])
	}
	if t.rank == 0 {
		t.rank, t.spacing = near.Share(near.Hash(roll, 7)), 8
	}
	p.made.trees = append(p.made.trees, t)
}

// metadata is the row of a feature, made once.
func (p *planter) metadata(i int) int {
	f := &p.Features[i]
	if n := len(p.made.rows); n > 0 && p.made.rows[n-1].ID == f.ID {
		return n - 1
	}
	class := "natural=tree"
	for _, k := range [...]string{"natural", "landuse", "leisure", "amenity", "wetland", "tourism"} {
		if v := f.Tags[k]; v != "" {
			class = k + "=" + v
			break
		}
	}
	p.made.rows = append(p.made.rows, geo.FeatureRow{ID: f.ID, Name: f.Tags["name"], Class: class})
	return len(p.made.rows) - 1
}

// pick chooses what grows: by tags, else by the kind of stand and the climate.
func (c climate) pick(tags map[string]string, kind standKind, roll, which float64) growth {
	from := func(list []growth) growth { return list[min(int(which*float64(len(list))), len(list)-1)] }
	switch kind {
	case vineyard:
		return vine
	case scrubland:
		return shrub
	case heathland:
		return low
	}
	if g, ok := c.named(tags, which); ok {
		return g
	}
	switch kind {
	case orchard:
		if c > 30 && c < 41 {
			return olive
		}
		return fruit
	case parkland:
		return from(c.park())
	}
	if roll < 0.02 {
		return snag
	}
	if roll < c.needles() {
		return from(c.needle())
	}
	return from(c.broad())
}

// Make adds the trees of a level of detail. Trees stay until detail nears a third of
// their spacing; beyond, one in every square of three times the detail stands for the
// rest and is made larger, so that the crowns' gaps stay about as wide as detail.
func (p *Planting) Make(detail float64, into *geo.Content) float64 {
	fill := geo.Fill(into, p.layer, p.rows)
	var err float64
	for k := range p.trees {
		t := &p.trees[k]
		share := 1.0
		if wide := 3 * detail; wide > t.spacing {
			share = t.spacing / wide * t.spacing / wide
		}
		if t.height*3 < detail || t.rank >= share {
			err = math.Max(err, t.height)
			continue
		}
		swell := math.Min(math.Pow(share, -0.2), 3)
		fill.Place(t.model, t.place, t.yaw, t.height*swell, t.color, t.row)
	}
	fill.End()
	return math.Min(err, detail)
}

// Len is the number of trees that the block has at the finest detail.
func (p *Planting) Len() int { return len(p.trees) }
