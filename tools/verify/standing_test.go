package verify_test

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/generate"
)

// How far things may be from what they stand on, in metres, where both are drawn as finely
// as they are; where they are drawn for an error, twice that more: each may be off by it.
const (
	draped   = 0.15 // streets and areas, from the terrain of their own tile, at every level: a kerb's stone is 0.12
	based    = 0.15 // a wall's foot above the ground before it
	planted  = 0.15 // the foot of a tree, a lamp or a bench, from the ground or a deck
	driven   = 0.35 // a vehicle, from the road: its line has a point every few metres
	clear    = 3.5  // a deck above the road or rail that it crosses
	garageBy = 0.4  // less than the report says that a floor of a parking house keeps above the next
	toldBy   = 0.7  // more than the report says that a deck lacks
)

// stand is how many things of one kind were measured and how many were off.
type stand struct {
	what    string
	allowed float64 // the share that may be off: what data say, such as steps in the map
	n, off  int
	worst   float64 // of all
	where   string
}

func (s *stand) measure(off, bound float64, at func() string) {
	s.n++
	if !(off <= bound) {
		s.off++
	}
	if s.n == 1 || !(off <= s.worst) {
		s.worst, s.where = off, at()
	}
}

func (s *stand) String() string {
	return fmt.Sprintf("%s: %d, %.3f %% off, worst %.2f m at %s", s.what, s.n, 100*float64(s.off)/float64(max(s.n, 1)), s.worst, s.where)
}

// standing measures a package within a distance of a place: whether what it draws stands
// on the ground that is drawn with it.
type standing struct {
	plan   earth.Frame
	middle [3]float64 // ECEF
	within float64
	dir    string
	layers []scene.Layer
	stands []*stand
}

// stands fails the test where more of anything floats or sinks than its kind allows. It
// writes what it measured to a file, and returns it in short.
func stands(t *testing.T, dir string, at earth.Place, within float64, file string) string {
	doc, err := scene.Load(filepath.Join(dir, "scene.json"), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	s := &standing{plan: earth.FrameAt(at), middle: onGround(t, dir, at).ECEF(), within: within, dir: dir, layers: doc.Layers}
	ground := s.open(t, "tiles/ground/tileset.json")
	s.draped(t, ground)
	for _, shown := range []float64{0, 3, 12} { // errors in metres that all is drawn for
		under, decks := s.under(t, ground, shown)
		for i := range doc.Layers {
			switch l := &doc.Layers[i]; {
			case l.Tiles == "" || strings.HasSuffix(l.Tiles, "ground/tileset.json"):
			case l.Type == "buildings":
				s.buildings(t, s.open(t, l.Tiles), under, shown)
			case l.Type == "trees" || l.Type == "furniture":
				s.planted(t, s.open(t, l.Tiles), l.Type, under, decks, shown)
			}
		}
		if shown == 0 {
			s.vehicles(t, decks)
			wide := *s // decks are few: of all of a town
			wide.within *= 4
			under, _ = wide.under(t, ground, 0)
			wide.crossings(t, ground, under)
			s.stands = wide.stands
		}
	}
	n, off, text := 0, 0, ""
	for _, k := range s.stands {
		n, off, text = n+k.n, off+k.off, text+k.String()+"\n"
		if float64(k.off) > k.allowed*float64(k.n) {
			t.Errorf("%s: %v, more than %g %%", dir, k, k.allowed*100)
		}
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%.3f %% of %d off", 100*float64(off)/float64(max(n, 1)), n)
}

// onGround is a place on a package's ground, on the ellipsoid where it has none: nothing is
// near the ellipsoid in the mountains.
func onGround(t *testing.T, dir string, at earth.Place) earth.Place {
	if _, err := os.Stat(filepath.Join(dir, generate.GroundFile)); err == nil {
		at.Height, _ = groundOf(t, dir).HeightAt(at.Lng, at.Lat)
	}
	return at
}

func (s *standing) open(t *testing.T, name string) *tiles.Tileset {
	set, err := tiles.Open(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// count returns the tally of a kind.
func (s *standing) count(what string, allowed, shown float64) *stand {
	if shown > 0 {
		what += fmt.Sprintf(", drawn for %g m", shown)
	}
	for _, k := range s.stands {
		if k.what == what {
			return k
		}
	}
	k := &stand{what: what, allowed: allowed}
	s.stands = append(s.stands, k)
	return k
}

// each loads the tiles near the place; of those that are drawn for an error only, or all
// where it is negative.
func (s *standing) each(t *testing.T, set *tiles.Tileset, shown float64, f func(c *geo.Content)) {
	var visit func(n *tiles.Tile)
	visit = func(n *tiles.Tile) {
		if n.Volume.Distance(s.middle) > s.within {
			return
		}
		last := len(n.Children) == 0 || n.GeometricError <= shown
		if shown < 0 || last {
			cs, err := set.Load(n)
			if err != nil {
				t.Fatal(err)
			}
			for i := range cs {
				f(&cs[i])
			}
		}
		if shown < 0 || !last {
			for _, c := range n.Children {
				visit(c)
			}
		}
	}
	visit(set.Root)
}

func (s *standing) place(v [3]float64) string {
	lng, lat := s.plan.Unplan(v[0], v[1])
	return fmt.Sprintf("%.6f,%.6f,%.1f", lng, lat, v[2])
}

// isTerrain tells the ground itself from what lies on it.
func isTerrain(m *geo.Mesh) bool { return m.Material == geo.Ground }

// draped holds streets and areas against the terrain triangles of the same tile, in the
// tiles of every level. Decks, and ways into a tunnel, are solids with an underside, at
// least in their finest form; ramps are hollow, and nobody looks in.
func (s *standing) draped(t *testing.T, ground *tiles.Tileset) {
	k := s.count("vertices of streets and areas on the terrain of their tile", 0.005, 0)
	finest := newSurface(s.plan)
	finest.down = true
	all, wide := newHull(), *s
	wide.within += hullFar
	wide.each(t, ground, 0, func(c *geo.Content) { all.add(s.plan, c) })
	s.each(t, ground, 0, func(c *geo.Content) {
		for i := range c.Meshes {
			if m := &c.Meshes[i]; !isTerrain(m) {
				finest.add(m, inPlan(s.plan, c.Frame, m.Positions))
			}
		}
	})
	s.each(t, ground, -1, func(c *geo.Content) {
		under, undersides := newSurface(s.plan), newSurface(s.plan)
		undersides.down = true
		for i := range c.Meshes {
			m := &c.Meshes[i]
			vs := inPlan(s.plan, c.Frame, m.Positions)
			if isTerrain(m) {
				under.add(m, vs)
			} else {
				undersides.add(m, vs)
			}
		}
		for i := range c.Meshes {
			m := &c.Meshes[i]
			if m.Bias == 0 || isTerrain(m) || m.Material == geo.Water {
				continue // it does not lie on the ground
			}
			for _, v := range inPlan(s.plan, c.Frame, m.Positions) {
				h, ok := under.nearest(v[0], v[1], v[2])
				if !ok || math.Hypot(v[0], v[1]) > s.within {
					continue // on the rim of the tile, by a rounding, or in what else a coarse tile holds
				}
				if math.Abs(v[2]-h) > draped && (undersides.below(v) || finest.below(v) || all.closed(v)) {
					continue
				}
				k.measure(math.Abs(v[2]-h), draped, func() string { return string(m.Material) + " " + s.place(v) })
			}
		}
	})
}

// under is the ground as it is drawn for an error, and with it all that one can stand or
// drive on.
func (s *standing) under(t *testing.T, ground *tiles.Tileset, shown float64) (under, decks *surface) {
	under, decks = newSurface(s.plan), newSurface(s.plan)
	s.each(t, ground, shown, func(c *geo.Content) {
		for i := range c.Meshes {
			m := &c.Meshes[i]
			vs := inPlan(s.plan, c.Frame, m.Positions)
			if isTerrain(m) {
				under.add(m, vs)
			}
			decks.add(m, vs)
		}
	})
	return under, decks
}

// planted holds the feet of instances against the ground and the decks.
func (s *standing) planted(t *testing.T, set *tiles.Tileset, kind string, under, decks *surface, shown float64) {
	k := s.count("feet of "+kind, 0.002, shown)
	s.each(t, set, shown, func(c *geo.Content) {
		for i := range c.Instances {
			g := &c.Instances[i]
			for _, it := range g.Items {
				v := inPlan(s.plan, c.Frame, [][3]float32{it.Position})[0]
				h, ok := under.nearest(v[0], v[1], v[2])
				if d, found := decks.nearest(v[0], v[1], v[2]); found && (!ok || math.Abs(d-v[2]) < math.Abs(h-v[2])) {
					h, ok = d, true
				}
				if !ok { // beyond the tiles that were loaded
					continue
				}
				k.measure(math.Abs(v[2]-h), planted+2*shown, func() string { return g.Model + " " + s.place(v) })
			}
		}
	})
}

// buildings walks round the feet of walls: what a feature's lowest edge shows of the
// ground before it. A part that is above the ground all round stands on another.
func (s *standing) buildings(t *testing.T, set *tiles.Tileset, under *surface, shown float64) {
	k := s.count("stretches of walls that reach the ground", 0.002, shown)
	sunk := s.count("buildings that rise above their ground", 0.005, shown) // low ones dug into cliffs do not
	s.each(t, set, shown, func(c *geo.Content) {
		type edge struct{ a, b [3]float64 }
		feet, low, rises := map[uint32][]edge{}, map[uint32]float64{}, map[uint32]float64{}
		for i := range c.Meshes {
			m := &c.Meshes[i]
			if m.Features == nil {
				continue
			}
			vs := inPlan(s.plan, c.Frame, m.Positions)
			for j, v := range vs {
				f := m.Features[j]
				if l, ok := low[f]; !ok || v[2] < l {
					low[f] = v[2]
				}
				if h, ok := under.nearest(v[0], v[1], v[2]); ok {
					if r, ok := rises[f]; !ok || v[2]-h > r {
						rises[f] = v[2] - h
					}
				}
			}
			if m.Material != geo.Facade && m.Material != geo.Wall {
				continue
			}
			for j := 0; j+2 < len(m.Indices); j += 3 {
				p := [3][3]float64{vs[m.Indices[j]], vs[m.Indices[j+1]], vs[m.Indices[j+2]]}
				slices.SortFunc(p[:], func(a, b [3]float64) int { return cmp.Compare(a[2], b[2]) })
				if p[1][2]-p[0][2] < 0.05 && p[2][2]-p[1][2] > 0.5 {
					feet[m.Features[m.Indices[j]]] = append(feet[m.Features[m.Indices[j]]], edge{p[0], p[1]})
				}
			}
		}
		for f, edges := range feet {
			lowest, all := math.Inf(1), [][3]float64{}
			for _, e := range edges {
				if e.a[2] > low[f]+0.3 {
					continue // the foot of a higher storey
				}
				n := max(1, int(math.Hypot(e.b[0]-e.a[0], e.b[1]-e.a[1])/2))
				for i := range n {
					w := (float64(i) + 0.5) / float64(n)
					v := [3]float64{e.a[0] + w*(e.b[0]-e.a[0]), e.a[1] + w*(e.b[1]-e.a[1]), e.a[2]}
					if h, ok := under.nearest(v[0], v[1], v[2]); ok {
						all = append(all, [3]float64{v[0], v[1], v[2] - h})
						lowest = min(lowest, v[2]-h)
					}
				}
			}
			if len(all) == 0 || lowest > 1+2*shown { // a part that stands on others
				continue
			}
			name := ""
			if int(f) < len(c.Features) {
				name = c.Features[f].ID + " "
			}
			for _, v := range all {
				k.measure(v[2], based+2*shown, func() string { return name + s.place([3]float64{v[0], v[1], low[f]}) })
			}
			if r, ok := rises[f]; ok {
				sunk.measure(-r, 2*shown, func() string { return name + s.place(all[0]) })
			}
		}
	})
}
