package building

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/facade"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
	"github.com/longtake/longtake/geo/earth"
)

// Builder makes the triangles of buildings on a ground. It keeps no state between
// buildings and is safe for concurrent use with different Meshes, if the ground is.
type Builder struct {
	ground geo.Elevation
	report *geo.Report
}

const (
	foundation  = 0.5  // metres that walls go on below the lowest ground
	groundStep  = 10.0 // metres between samples of the ground along an outline
	clearance   = 2.2  // metres of wall that stand free even on the uphill side
	earthRadius = 6371008.8
)

// NewBuilder returns a Builder. The report gets what Build had to change or leave out
// at full detail.
func NewBuilder(ground geo.Elevation, report *geo.Report) *Builder {
	return &Builder{ground, report}
}

// Build adds a building to meshes in the frame of a tile, every vertex with the given
// feature row. detail is the error in metres that is allowed: 0 builds everything; the
// larger it is the fewer corners, roof slopes and ornaments there are, until the whole
// building vanishes. What comes back is the greatest distance in metres between what
// was built and the building at full detail; it never exceeds detail.
func (b *Builder) Build(bd *Building, tile earth.Frame, row uint32, detail float64, into *Meshes) float64 {
	if bd.surfaces != nil {
		return b.buildSolid(bd, tile, row, detail, into)
	}
	if off := bd.absence(); off <= detail {
		return off
	}
	if bd.flat {
		return b.extrude(bd, tile, row, detail, into)
	}
	if bd.ground == nil {
		own := *bd
		b.found(&own)
		bd = &own
	}
	at := bd.ground
	base := at.lowest
	lift := 0.0
	if !bd.Part && bd.Bottom == 0 {
		eaves := bd.Top - bd.roof.Height
		lift = math.Max(0, at.highest-base+math.Min(clearance, eaves)-eaves)
	}
	s, off := bd.shell(base, lift, detail, b.report)
	if s == nil {
		return 0
	}
	frame := earth.FrameAt(earth.Place{Lng: bd.lng, Lat: bd.lat, Height: base})
	s.pour(between(frame, tile), row, into)
	s.release()
	return off
}

// absence is the distance between a building and what is there without it: the ground
// under it, or, for a part above the ground, the rest of the building that it touches.
func (b *Building) absence() float64 {
	if b.Part && b.Bottom > 0 {
		lo, hi := bounds(b.outline[0])
		return math.Min(b.Top, hi.Sub(lo).Vec3(b.Top-b.Bottom).Len())
	}
	return b.Top
}

// footing is the ground along the rings that a building stands on.
type footing struct {
	lowest, highest float64
	rise            []float64 // by passage: how far its ground lies above the lowest
}

func (b *Builder) footing(bd *Building) *footing {
	lo, hi := b.base(bd.site)
	f := &footing{lowest: lo, highest: hi}
	for _, p := range bd.passages {
		rise := 0.0
		for _, q := range p.degrees {
			if h, ok := b.ground.HeightAt(q[0], q[1]); ok && h <= hi {
				rise = math.Max(rise, h-lo)
			}
		}
		f.rise = append(f.rise, rise)
	}
	return f
}

// found measures the ground under a building once for all levels of detail, and brings its
// outline there.
func (b *Builder) found(bd *Building) {
	bd.ground = b.footing(bd)
	if !bd.flat && bd.surfaces == nil {
		bd.raised = bd.outline.Scale(1 + bd.ground.lowest/earthRadius)
	}
}

// thin prepares a building whose ground is known for its coarser levels.
func (b *Building) thin() {
	switch {
	case b.surfaces != nil || b.roof.Lines != nil:
	case b.flat:
		b.coarser = outline.NewCoarser(b.outline)
	case b.raised != nil:
		b.coarser = outline.NewCoarser(b.raised)
	}
}

// coarse is an outline at a level of detail: the building's at the height of its base, or
// that of a prism.
func (b *Building) coarse(o outline.Outline, detail float64) (outline.Outline, float64) {
	if detail <= 0 {
		return o, 0
	}
	if b.coarser != nil {
		return b.coarser.Coarsen(detail)
	}
	return o.Coarsen(detail)
}

// base is the lowest and the highest ground along rings in degrees, 0 where the ground
// is unknown everywhere.
func (b *Builder) base(rings []orb.Ring) (lowest, highest float64) {
	lowest, highest = math.Inf(1), math.Inf(-1)
	sample := func(lng, lat float64) {
		if h, ok := b.ground.HeightAt(lng, lat); ok && !math.IsNaN(h) && !math.IsInf(h, 0) {
			lowest, highest = math.Min(lowest, h), math.Max(highest, h)
		}
	}
	if flat, ok := b.ground.(geo.FlatElevation); ok {
		return float64(flat), float64(flat)
	}
	for _, r := range rings {
		for i, p := range r {
			sample(p[0], p[1])
			if i == 0 {
				continue
			}
			q := r[i-1]
			dx := earth.WrapLng(p[0] - q[0])
			dy := p[1] - q[1]
			const degree = math.Pi / 180 * earthRadius
			l := math.Hypot(dx*math.Cos(earth.Radians(p[1])), dy) * degree
			n := int(math.Min(l/groundStep, 500))
			for k := 1; k <= n; k++ {
				t := float64(k) / float64(n+1)
				sample(earth.WrapLng(q[0]+dx*t), q[1]+dy*t)
			}
		}
	}
	if lowest > highest {
		return 0, 0
	}
	return lowest, highest
}

// between is the rigid transform from one frame to another.
func between(from, to earth.Frame) mgl64.Mat4 {
	return mgl64.Mat4FromCols(to.DirToLocal(from.East).Vec4(0), to.DirToLocal(from.North).Vec4(0),
		to.DirToLocal(from.Up).Vec4(0), to.ToLocal(from.Center).Vec4(1))
}

// body is a building brought to a level of detail: what shell gives faces to.
type body struct {
	*Building
	outline outline.Outline
	roof    *roof.Roof
	bottom  float64 // where the walls end
	eaves   float64
	storey  float64       // metres a storey; facade UVs count them from first
	first   float64       // storey at z = first storey's floor
	floor   float64       // z of that floor
	flat    bool          // take the colour of a flat roof
	cuts    []bore        // passages through it
	sunk    *roof.Roof    // the roof inside a parapet, if there is one
	faces   []facade.Wall // walls to the street that have windows
	stands  []plant       // on the roof, once asked for
	asked   bool
}

// shell builds all faces with z = 0 at the base; nil where the outline cannot be filled.
func (b *Building) shell(base, lift, detail float64, report *geo.Report) (*shell, float64) {
	s, y, off := b.volume(base, lift, detail, report)
	if s == nil {
		return nil, 0
	}
	return s, math.Max(off, y.furnish(s, detail))
}

// volume builds the walls and the roof: one surface, closed but for its bottom in the
// ground.
func (b *Building) volume(base, lift, detail float64, report *geo.Report) (*shell, *body, float64) {
	o, off := b.raised, 0.0
	if o == nil {
		o = b.outline.Scale(1 + base/earthRadius)
	}
	whole := o
	spec := b.roof
	if spec.Lines == nil {
		wider := math.Max(1, b.spread)
		o, off = b.coarse(o, detail/wider)
		off *= wider
		if spec.Shape == roof.Onion && roof.Bulges(o) != roof.Bulges(whole) {
			o, off = whole, 0
		}
	} else {
		spec.Lines = scaled(spec.Lines, 1+base/earthRadius)
	}
	y := body{Building: b, eaves: b.Top - spec.Height + lift, flat: spec.Shape == roof.Flat}
	if spec.Height > 0 && detail > 0 {
		share := fullness[spec.Shape]
		if d := spec.Height * math.Max(share, 1-share); d <= detail {
			y.eaves += share * spec.Height
			off = math.Max(off, d)
			spec.Shape, spec.Height, spec.Lines = roof.Flat, 0, nil
		}
	}
	var r *roof.Roof
	var err error
	if detail == 0 && spec.Shape == roof.Flat && b.fill != nil {
		r = roof.Level(o, b.fill)
	} else {
		r, err = roof.Build(o, spec)
	}
	if (err != nil || spec.Shape == roof.Turned && r.Shape != roof.Turned) && detail > 0 {
		o, off = whole, 0
		r, err = roof.Build(o, spec)
	}
	if err != nil {
		report.Skip(b.ID, err.Error())
		return nil, nil, 0
	}
	if r.Shape != spec.Shape && r.Shape != roof.Mapped && detail == 0 {
		report.Note("roof " + string(spec.Shape) + " built as " + string(r.Shape) + ": the outline does not allow it")
	}
	y.outline, y.roof = o, r
	y.bottom = b.Bottom
	if b.Bottom == 0 {
		y.bottom = -foundation
	}
	y.floor = b.Bottom
	walls := y.eaves - y.floor
	storeys := b.storeys
	if lift > 0 {
		storeys += math.Round(lift / b.rule.storey)
	}
	y.storey = math.Max(walls, 0.1) / storeys
	y.first = math.Round(b.Bottom / b.rule.storey)
	if b.Bottom > 0 {
		y.first = math.Max(1, y.first)
	}
	var d float64
	if y.cuts, d = y.bores(detail, report); d > off {
		off = d
	}
	s := newShell()
	y.faces = s.faces[:0]
	switch {
	case !b.crowned():
	case detail < parapet:
		y.parapet(s)
	default:
		off = math.Max(off, parapet)
	}
	y.walls(s)
	y.tunnel(s)
	y.cover(s)
	if b.Bottom > 0 {
		y.underside(s)
	}
	return s, &y, off
}
