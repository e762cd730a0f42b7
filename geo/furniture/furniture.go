package furniture

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/geo/near"
)

// Options say what is built.
type Options struct {
	StreetLamps bool                    // along lit streets and main streets of towns
	Wet         func(x, y float64) bool // tells the sea in plan; nil where there is none
	Sea         float64                 // its height above the ellipsoid
	Lake        float64                 // depth of the level beds of lakes
	Unbuilt     bool                    // nothing builds chimneys and towers from their outlines: models stand for them
}

// Maker is the furniture of one block.
type Maker struct {
	layer string
	items []item
	rows  []geo.FeatureRow
}

type item struct {
	place  earth.Place
	model  string
	height float64
	size   float64 // the larger of height and reach: what is lost without it
	yaw    float64
	color  [4]uint8
	row    int
}

// New stands what the block owns.
func New(b *geo.Block, layer string, o Options) *Maker {
	s := &stander{Block: b, o: o, rowAt: map[int]int{}}
	s.made.layer = layer
	s.survey()
	for i := range b.Features {
		s.feature(i)
	}
	s.moor()
	if o.StreetLamps {
		for _, i := range s.streets {
			s.lamps(i)
		}
	}
	b.Report.Made("furniture", len(s.made.items)-s.lampCount)
	b.Report.Made("street lamp", s.lampCount)
	return &s.made
}

// stander is a block that is being furnished.
type stander struct {
	*geo.Block
	o         Options
	made      Maker
	rowAt     map[int]int
	lampCount int // set by us, not mapped

	roads   *near.Index // every way with its width, by feature
	kinds   map[int]near.Road
	streets []int       // features that may have lamps
	solid   *near.Index // buildings
	water   *near.Index
	lit     *near.Index // mapped lamps
	play    *near.Index // mapped playground equipment
	still   *near.Index // water that lies level
	piers   *near.Index // in water; tags count decks
	decks   []deck
}

func (s *stander) survey() {
	for _, x := range []**near.Index{&s.roads, &s.solid, &s.water, &s.lit, &s.play, &s.still, &s.piers} {
		*x = near.NewIndex(s.Square)
	}
	s.kinds = map[int]near.Road{}
	for i := range s.Features {
		f := &s.Features[i]
		switch {
		case f.Tags["highway"] == "street_lamp":
			s.mark(s.lit, i)
			continue
		case f.Tags["playground"] != "":
			s.mark(s.play, i)
			continue
		case near.Hidden(f.Tags):
			continue
		}
		if v := f.Tags["building"]; v != "" && v != "no" || f.Surfaces != nil || s.works(f) {
			for _, rings := range near.Areas(s.Frame, f.Geometry) {
				s.solid.AddArea(i, rings)
				s.solid.AddLine(i, closed(rings[0]), 0)
			}
			continue
		}
		if still(f.Tags) {
			for _, rings := range near.Areas(s.Frame, f.Geometry) {
				s.still.AddArea(i, rings)
			}
		}
		if f.Tags["natural"] == "water" || f.Tags["waterway"] == "riverbank" || f.Tags["leisure"] == "swimming_pool" {
			for _, rings := range near.Areas(s.Frame, f.Geometry) {
				s.water.AddArea(i, rings)
			}
			continue
		}
		r, ok := near.RoadOf(f.Tags)
		if !ok || f.Geometry == nil || f.Geometry.Dimensions() != 1 {
			continue
		}
		s.kinds[i] = r
		if f.Tags["bridge"] != "" && f.Tags["bridge"] != "no" {
			continue // what stands beneath does not look to it
		}
		for _, l := range near.Lines(s.Frame, f.Geometry) {
			s.roads.AddLine(i, l, r.Half)
		}
		s.streets = append(s.streets, i)
	}
	for i := range s.Features {
		s.pier(i)
	}
}

// works tells whether a feature is built from its outline, as buildings are.
func (s *stander) works(f *geo.Feature) bool {
	_, ok := near.Works(f)
	return ok && !s.o.Unbuilt
}

func (s *stander) mark(x *near.Index, i int) {
	for _, q := range near.Points(s.Frame, s.Features[i].Geometry) {
		x.AddLine(i, []near.Point{q}, 0)
	}
}

func closed(ring []near.Point) []near.Point { return append(ring[:len(ring):len(ring)], ring[0]) }

// feature stands what one feature becomes.
func (s *stander) feature(i int) {
	f := &s.Features[i]
	if f.Geometry == nil || near.Hidden(f.Tags) || f.Tags["building"] != "" && f.Tags["building"] != "no" || f.Tags["building:part"] != "" || s.works(f) {
		return
	}
	if f.Geometry.Dimensions() > 0 {
		s.ground(i)
	}
	r, ok := ruleOf(f.Tags)
	if _, outline := near.Works(f); !ok || f.Geometry.Dimensions() > 0 && !r.area && !outline {
		return
	}
	for k, q := range near.Points(s.Frame, f.Geometry) {
		if s.Owns(q[0], q[1]) {
			s.stand(i, q, r, near.Hash(near.Seed(f.ID), int64(k)))
		}
	}
}

// stand places one thing by its rule.
func (s *stander) stand(i int, q near.Point, r rule, roll uint64) {
	f := &s.Features[i]
	if r.face == traffic {
		s.beside(i, q, r, roll)
		return
	}
	yaw := 2 * math.Pi * near.Share(roll)
	name := r.model
	switch r.face {
	case street:
		if side, ok := s.faced(q, name); ok {
			if side.Distance < 0 && name != "bench" { // mapped on the way: stands at its side
				q = s.edge(side, s.right(q), 0.5)
				if again, ok := s.faced(q, name); ok {
					side = again
				}
			}
			yaw = math.Atan2(side.Foot[1]-q[1], side.Foot[0]-q[0])
			if name == "lamp" && s.kinds[side.Tag].Rank == 0 {
				name = "lantern"
			}
		} else if name == "lamp" {
			name = "lantern"
		}
	case wind: // west winds of the middle latitudes, east winds of the trades
		lat := math.Abs(s.Frame.Origin.Lat)
		yaw = math.Pi
		if lat < 30 || lat > 65 {
			yaw = 0.5
		}
		yaw += 0.5 * (near.Share(near.Hash(7, int64(math.Floor(q[0]/8000)), int64(math.Floor(q[1]/8000)))) - 0.5)
	}
	if a, ok := bearing(f.Tags["direction"]); ok {
		yaw = a
	}
	if s.solid.Within(q) && model.Height(name) < 10 {
		s.Report.Note("furniture within a building left out")
		return
	}
	tint := white
	if name == "turbine" { // rotors start at angles of their own
		tint = turned(near.Hash(roll, 12))
	}
	s.put(i, q, name, s.height(f.Tags, name, roll), yaw, tint)
}

// turned is white but for the last bits of each byte, which say where a geo.Rotor starts.
func turned(roll uint64) [4]uint8 {
	return [4]uint8{252 | uint8(roll&3), 252 | uint8(roll>>2&3), 252 | uint8(roll>>4&3), 255}
}

// faced is the way that a thing looks to: what serves a street that, past the footway
// between, other things the nearest.
func (s *stander) faced(q near.Point, name string) (near.Side, bool) {
	switch name {
	case "lamp", "stop-sign", "shelter", "post-box", "road-sign":
		if side, ok := s.roads.Beside(q, 9, func(tag int) bool { return s.kinds[tag].Rank >= 1 && !s.kinds[tag].Rail }); ok {
			return side, true
		}
	}
	return s.roads.Beside(q, 15, nil)
}

var white = [4]uint8{255, 255, 255, 255}

// height is that of the tags, or the model's own, varied a little for what grows by hand.
func (s *stander) height(tags map[string]string, name string, roll uint64) float64 {
	natural := model.Height(name)
	h, ok := clean.Length(tags["height"])
	if name == "turbine" && !ok {
		hub, okHub := clean.Length(tags["height:hub"])
		if rotor, okRotor := clean.Length(tags["rotor:diameter"]); okHub && okRotor {
			h, ok = hub+rotor/2, true
		}
	}
	if ok && h > natural*0.25 && h < natural*6 && natural >= 2 {
		return h
	}
	if natural >= 10 {
		return natural * (0.85 + 0.3*near.Share(near.Hash(roll, 9)))
	}
	return natural
}

// put adds one instance that stands on the ground.
func (s *stander) put(i int, q near.Point, name string, height, yaw float64, tint [4]uint8) {
	lng, lat := s.Frame.Unplan(q[0], q[1])
	h, ok := s.Elevation.HeightAt(lng, lat)
	if !ok {
		s.Report.Skip(s.Features[i].ID, "no ground under it")
		return
	}
	if top, on := s.onDeck(q); on {
		h = math.Max(h, top)
	}
	s.putAt(i, earth.Place{Lng: lng, Lat: lat, Height: h}, name, height, yaw, tint)
}

func (s *stander) putAt(i int, at earth.Place, name string, height, yaw float64, tint [4]uint8) {
	s.made.items = append(s.made.items, item{
		place: at, model: name, height: height,
		size: math.Max(height, wide[name]), yaw: yaw, color: tint, row: s.row(i),
	})
}

// wide is the reach in metres of what is wider than high.
var wide = map[string]float64{"net": 6.4, "goal": 3.7, "bench": 1, "shelter": 2.1, "recycling": 2.2, "bike-stand": 1.3, "fountain": 2.4, "motorboat": 4}

func (s *stander) row(i int) int {
	f := &s.Features[i]
	if at, ok := s.rowAt[i]; ok {
		return at
	}
	s.rowAt[i] = len(s.made.rows)
	class := ""
	for _, k := range [...]string{"highway", "amenity", "leisure", "man_made", "landuse", "tourism", "historic", "power", "playground", "advertising", "emergency", "barrier", "railway"} {
		if v := f.Tags[k]; v != "" {
			class = k + "=" + v
			break
		}
	}
	s.made.rows = append(s.made.rows, geo.FeatureRow{ID: f.ID, Name: f.Tags["name"], Class: class})
	return len(s.made.rows) - 1
}

// Make adds what is larger than detail, and returns the size of the largest thing left out.
func (m *Maker) Make(detail float64, into *geo.Content) float64 {
	fill := geo.Fill(into, m.layer, m.rows)
	var err float64
	for k := range m.items {
		t := &m.items[k]
		if t.size <= detail {
			err = math.Max(err, t.size)
			continue
		}
		fill.Place(t.model, t.place, t.yaw, t.height, t.color, t.row)
	}
	fill.End()
	return err
}

// Len is the number of things at the finest detail.
func (m *Maker) Len() int { return len(m.items) }
