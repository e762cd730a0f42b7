package barrier

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/near"
)

// Options say what is built.
type Options struct {
	Wires bool // of power lines and aerialways; their supports stand in any case
}

// Maker is the barriers and lines of one block.
type Maker struct {
	layer    string
	panels   [2][]panel // fine and coarse
	supports []support
	hung     []hung
	spans    []span
	rows     []geo.FeatureRow
}

// coarse is the detail from which panels are longer and plainer.
const coarse = 0.25

// New cuts what the block owns.
func New(b *geo.Block, layer string, o Options) *Maker {
	s := &setter{Block: b, o: o, rowAt: map[int]int{}}
	s.made.layer = layer
	s.survey()
	for i := range b.Features {
		s.barrier(i)
	}
	s.lines()
	b.Report.Made("barrier panel", len(s.made.panels[0]))
	b.Report.Made("support", len(s.made.supports))
	b.Report.Made("wire span", len(s.made.spans))
	return &s.made
}

// setter is a block in work.
type setter struct {
	*geo.Block
	o     Options
	made  Maker
	roads *near.Index // ways and gates: barriers are open there
	solid *near.Index // buildings
	nodes map[[2]int64]int
	rowAt map[int]int
}

func (s *setter) survey() {
	s.roads, s.solid, s.nodes = near.NewIndex(s.Square), near.NewIndex(s.Square), map[[2]int64]int{}
	for i := range s.Features {
		f := &s.Features[i]
		if f.Geometry == nil || near.Hidden(f.Tags) {
			continue
		}
		if f.Geometry.Dimensions() == 0 {
			switch {
			case f.Tags["barrier"] == "gate" || f.Tags["barrier"] == "lift_gate" || f.Tags["barrier"] == "entrance" || f.Tags["entrance"] != "":
				for _, q := range near.Points(s.Frame, f.Geometry) {
					s.roads.AddLine(i, []near.Point{q}, 1.4)
				}
			case f.Tags["power"] != "" || f.Tags["aerialway"] != "" || f.Tags["man_made"] == "utility_pole":
				for _, q := range near.Points(s.Frame, f.Geometry) {
					s.nodes[key(q)] = i
				}
			}
			continue
		}
		if v := f.Tags["building"]; v != "" && v != "no" {
			for _, rings := range near.Areas(s.Frame, f.Geometry) {
				s.solid.AddArea(i, rings)
			}
			continue
		}
		if r, ok := near.RoadOf(f.Tags); ok && f.Geometry.Dimensions() == 1 && f.Tags["bridge"] == "" {
			for _, l := range near.Lines(s.Frame, f.Geometry) {
				s.roads.AddLine(i, l, r.Half)
			}
		}
	}
}

// key tells positions apart to a centimetre.
func key(p near.Point) [2]int64 {
	return [2]int64{int64(math.Round(p[0] * 100)), int64(math.Round(p[1] * 100))}
}

// place is a plan position on the ground.
func (s *setter) place(p near.Point) (earth.Place, bool) {
	lng, lat := s.Frame.Unplan(p[0], p[1])
	h, ok := s.Elevation.HeightAt(lng, lat)
	return earth.Place{Lng: lng, Lat: lat, Height: h}, ok
}

func (s *setter) row(i int, class string) int {
	f := &s.Features[i]
	if at, ok := s.rowAt[i]; ok {
		return at
	}
	s.rowAt[i] = len(s.made.rows)
	s.made.rows = append(s.made.rows, geo.FeatureRow{ID: f.ID, Name: f.Tags["name"], Class: class})
	return len(s.made.rows) - 1
}

// Make adds panels higher than detail, plainer and longer ones where detail allows, the
// supports, and wires of as few pieces as their sag needs.
func (m *Maker) Make(detail float64, into *geo.Content) float64 {
	w := &writer{Filler: geo.Fill(into, m.layer, m.rows), layer: m.layer, meshes: map[geo.Material]int{}}
	var err float64
	set := m.panels[0]
	if detail > coarse {
		set = m.panels[1]
	}
	for k := range set {
		p := &set[k]
		if p.height <= detail {
			err = math.Max(err, p.height)
			continue
		}
		if detail > coarse {
			err = math.Max(err, math.Min(detail, p.height))
		}
		w.panel(p, detail > coarse)
	}
	for k := range m.supports {
		t := &m.supports[k]
		if t.height <= detail {
			err = math.Max(err, t.height)
			continue
		}
		w.instance(t.model, t.place, t.yaw, t.height, t.row)
	}
	for k := range m.hung {
		t := &m.hung[k]
		if t.height <= detail {
			err = math.Max(err, t.height)
			continue
		}
		w.instance(t.model, t.place, t.yaw, t.height, t.row)
	}
	for k := range m.spans {
		t := &m.spans[k]
		if t.high <= detail {
			err = math.Max(err, t.high)
			continue
		}
		err = math.Max(err, w.span(t, detail))
	}
	w.End()
	return math.Min(err, detail)
}

// Len is the number of panels, supports and spans at the finest detail.
func (m *Maker) Len() int { return len(m.panels[0]) + len(m.supports) + len(m.hung) + len(m.spans) }
