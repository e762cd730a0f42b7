package indoor

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Options are what the tags cannot say.
type Options struct {
	Storey float64 // metres from floor to floor; 0 takes the building's tags
}

// Maker builds the insides of a block's buildings.
type Maker struct {
	layer  string
	houses []*house
	report *geo.Report
}

// Errors in metres that the levels of detail make: up to fine everything is built, up to
// coarse the walls without openings, then nothing: a shell stands around it.
const (
	fine   = 0.5
	coarse = 4.0
)

// Surfaces in metres.
const (
	finish  = 0.01 // of a room's floor above the storey's
	ceiling = 0.3  // from the ceiling to the floor above
)

// New reads what is mapped in the buildings that the block owns; nil where nothing is.
func New(b *geo.Block, layer string, o Options) *Maker {
	m := &Maker{layer: layer, houses: houses(b, o.Storey), report: b.Report}
	if len(m.houses) == 0 {
		return nil
	}
	rooms := 0
	for _, h := range m.houses {
		for _, s := range h.storeys {
			rooms += len(s.rooms)
		}
	}
	b.Report.Made("building with an inside", len(m.houses))
	b.Report.Made("room", rooms)
	return m
}

// Levels lists the storeys that a block's buildings have, ascending.
func (m *Maker) Levels() []float64 {
	var out []float64
	for _, h := range m.houses {
		for _, s := range h.storeys {
			out = append(out, s.level)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Make implements geo.Maker.
func (m *Maker) Make(detail float64, into *geo.Content) float64 {
	if detail >= coarse {
		return coarse
	}
	for _, h := range m.houses {
		to := between(h.frame, into.Frame)
		for _, s := range h.storeys {
			if err := h.build(s, m.layer, to, detail >= fine, into); err != nil && detail == 0 {
				m.report.Skip(h.id, "walls of a storey cannot be built")
			}
		}
	}
	if detail >= fine {
		return fine
	}
	return 0
}

func between(from, to earth.Frame) mgl64.Mat4 {
	return mgl64.Mat4FromCols(to.DirToLocal(from.East).Vec4(0), to.DirToLocal(from.North).Vec4(0),
		to.DirToLocal(from.Up).Vec4(0), to.ToLocal(from.Center).Vec4(1))
}

// build adds a storey to a tile: its floor, rooms, walls, doors, stairs and lights.
func (h *house) build(s *storey, layer string, to mgl64.Mat4, plain bool, into *geo.Content) error {
	name := LayerOf(layer, s.level)
	blank := func(m geo.Material) *surface {
		return &surface{mesh: geo.Mesh{Layer: name, Material: m}, to: to}
	}
	floors, walls, stairs, lamps, things := blank(geo.Floor), blank(geo.Room), blank(geo.Room), blank(geo.Lamp), blank(geo.Room)
	z := s.level * h.storey
	top := h.storey - ceiling
	_, outer := h.edges(&storey{})
	base := uint32(len(into.Features))
	into.Features = append(into.Features, geo.FeatureRow{ID: h.id, Class: "indoor", Height: float32(h.storey)})
	floors.row, walls.row, stairs.row, lamps.row = base, base, base, base
	work, err := h.walls(s, plain)
	if err != nil {
		return err
	}
	plate, ceil := h.plates(s)
	for _, p := range plate {
		floors.flat(p, z, true, colors["floor"])
		floors.sides(p, z-ceiling, z, colors["slab"])
	}
	for _, p := range ceil {
		walls.flat(p, z+top, false, colors["ceiling"])
	}
	for i := range s.rooms {
		r := &s.rooms[i]
		floors.row = uint32(len(into.Features))
		into.Features = append(into.Features, geo.FeatureRow{ID: r.id, Name: r.name, Class: "indoor=" + r.kind, Height: float32(top)})
		if !h.open(s, r) {
			floors.flat(r.area, z+finish, true, colorOf(r.kind))
			if !plain {
				r.light(lamps, z+top)
				things.row = floors.row
				r.furnish(slices.Concat(s.doors, h.doors), outer, &furniture{surface: things}, z+finish)
			}
		}
	}
	bands, err := work.bands(top)
	if err != nil {
		return err
	}
	for _, b := range bands {
		for _, p := range b.area {
			walls.sides(p, z+b.from, z+b.to, colors["wall"])
			if b.to == top {
				walls.flat(p, z+top, true, colors["cut"])
			}
		}
	}
	for _, o := range work.openings {
		edge, err := geom.Intersection(work.area, o.area)
		if err != nil {
			return err
		}
		for _, p := range polygons(edge) {
			if o.from > 0 {
				walls.flat(p, z+o.from, true, colors["wall"])
			}
			if o.to < top {
				walls.flat(p, z+o.to, false, colors["wall"])
			}
		}
	}
	for _, p := range work.leaves {
		stairs.block(p, z+0.01, z+doorHeight-0.03, colors["door"])
	}
	for i := range s.steps {
		runs := s.steps[i].runs()
		for k := range runs {
			runs[k].build(stairs, z, colors["stair"])
		}
	}
	for _, x := range []*surface{floors, walls, stairs, lamps, things} {
		if len(x.mesh.Indices) > 0 {
			into.Meshes = append(into.Meshes, x.mesh)
		}
	}
	return nil
}

// plates are the floor of a storey and its ceiling: the building's outline without what
// stairs and lifts come up through.
func (h *house) plates(s *storey) (floor, ceil []polygon) {
	cut := func(holes []geom.Geometry) []polygon {
		whole, err := geom.Buffer(geometry(h.outline), -shellGap, geom.BufferJoinStyleMitre(2))
		if err != nil {
			return h.outline
		}
		if all, err := geom.UnionMany(holes); err == nil && len(holes) > 0 {
			if left, err := geom.Difference(whole, all); err == nil {
				whole = left
			}
		}
		return polygons(whole)
	}
	wells := func(level float64) (out []geom.Geometry) {
		for _, t := range h.storeys {
			if t.level != level {
				continue
			}
			for i := range t.steps {
				out = append(out, t.steps[i].well())
			}
		}
		return out
	}
	below := math.Inf(-1)
	for _, t := range h.storeys {
		if t.level < s.level {
			below = math.Max(below, t.level)
		}
	}
	return cut(wells(below)), cut(wells(s.level))
}

// well is the plan of a flight.
func (f *flight) well() geom.Geometry {
	if len(f.area) > 0 {
		return geometry([]polygon{f.area})
	}
	var parts []geom.Geometry
	for i := 1; i < len(f.line); i++ {
		a, b := f.line[i-1], f.line[i]
		u := b.Sub(a).Normalize()
		parts = append(parts, box(a.Add(b).Mul(0.5), u, vec{-u[1], u[0]}, b.Sub(a).Len()/2, stairWidth/2))
	}
	if all, err := geom.UnionMany(parts); err == nil {
		return all
	}
	return parts[0]
}

// open tells whether a room's floor is the well of stairs that come up from below.
func (h *house) open(s *storey, r *room) bool {
	for _, t := range h.storeys {
		for i := range t.steps {
			if f := &t.steps[i]; f.id == r.id && t.level < s.level && math.Abs((s.level-t.level)*h.storey-f.rise) < 1e-6 {
				return true
			}
		}
	}
	return false
}

// light hangs lamps under a room's ceiling, one for each bay of about 3 m.
func (r *room) light(s *surface, z float64) {
	const bay, long, wide = 3.0, 0.6, 0.1
	center, u, half := longSide(r.area[0])
	n := vec{-u[1], u[0]}
	nx, ny := max(1, int(math.Round(2*half[0]/bay))), max(1, int(math.Round(2*half[1]/bay)))
	if nx*ny > 400 {
		return
	}
	for i := range nx {
		for k := range ny {
			at := center.Add(u.Mul(half[0] * (2*(float64(i)+0.5)/float64(nx) - 1))).Add(n.Mul(half[1] * (2*(float64(k)+0.5)/float64(ny) - 1)))
			if inside(r.area, at) {
				s.flat(corners(at, u, n, long, wide), z-0.02, false, colors["lamp"])
			}
		}
	}
}
