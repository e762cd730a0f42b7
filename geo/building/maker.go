package building

import (
	"math"
	"sync"

	"github.com/longtake/longtake/geo"
)

// Maker builds the buildings of one block at any level of detail. Safe for concurrent
// use, if the ground is.
type Maker struct {
	layer     string
	buildings []Building
	builder   *Builder
	coarser   sync.Once // readies the buildings for levels above the finest
}

var _ geo.Maker = (*Maker)(nil)

// NewMaker decides about the buildings that a block owns and measures the ground under
// them, for a layer with the given id; triangles are made by Make. What was assumed or
// left out is counted in the block's report.
func NewMaker(b *geo.Block, layer string, survey *Survey, opts Options) *Maker {
	m := &Maker{layer: layer, buildings: Of(b, survey, opts), builder: NewBuilder(b.Elevation, b.Report)}
	for i := range m.buildings {
		m.builder.found(&m.buildings[i])
	}
	if n := len(m.buildings); n > 0 {
		b.Report.Made("building", n)
	}
	return m
}

// Len is the number of buildings.
func (m *Maker) Len() int { return len(m.buildings) }

// Make implements geo.Maker. Meshes that the content has of the same layer are carried on.
func (m *Maker) Make(detail float64, into *geo.Content) float64 {
	if detail > 0 {
		m.coarser.Do(func() {
			for i := range m.buildings {
				m.buildings[i].thin()
			}
		})
	}
	meshes := workshops.Get().(*Meshes)
	worst, before := 0.0, 0
	for i := range m.buildings {
		bd := &m.buildings[i]
		worst = math.Max(worst, m.builder.Build(bd, into.Frame, uint32(len(into.Features)), detail, meshes))
		if n := meshes.Triangles(); n > before {
			before = n
			into.Features = append(into.Features, bd.Row())
		}
	}
	meshes.deliver(into, m.layer)
	workshops.Put(meshes)
	return worst
}

// Release takes back the memory of the meshes that Make has put into a content, which is
// not to be used any more.
func (m *Maker) Release(c *geo.Content) {
	meshes := workshops.Get().(*Meshes)
	for i := range c.Meshes {
		if s := &c.Meshes[i]; s.Layer == m.layer && s.Bias == 0 {
			meshes.adopt(s)
		}
	}
	workshops.Put(meshes)
	c.Meshes = nil
}
