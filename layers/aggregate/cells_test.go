package aggregate

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/realdata"
)

// Known cells, as the reference implementations give them.
var knownCells = []struct {
	system   string
	lng, lat float64
	level    int
	id       string
}{
	{"h3", -122.41795063018799, 37.775938728915946, 9, "8928308280fffff"},
	{"h3", -121.97637597255124, 37.34579337536848, 5, "85283473fffffff"},
	{"s2", 11.770681595, 49.703498679, 30, "47a1cbd595522b39"},
	{"s2", 12.588490937, 55.685376759, 30, "46525318b63be0f9"},
	{"s2", -93.449700022, 45.486546517, 30, "52b30b71698e729d"},
	{"s2", 23.049300056, 58.299984854, 30, "46ed8886cfadda85"},
	{"s2", 108.330699969, 34.364439040, 30, "3663f18a24cbe857"},
	{"s2", -30.048758753, -30.694551352, 30, "010a06c0a948cf5d"},
	{"s2", 133.823116966, -25.285264027, 30, "2b2bfd076787c5df"},
	{"quadkey", -20, -55, 3, "213"},
	{"geohash", -5.6, 42.6, 5, "ezs42"},
	{"geohash", 10.40744, 57.64911, 11, "u4pruydqqvj"},
}

func TestKnownCells(t *testing.T) {
	for _, k := range knownCells {
		s, err := NewSystem(k.system)
		if err != nil {
			t.Fatal(err)
		}
		key := s.Key(k.lng, k.lat, k.level)
		if got := s.ID(key); got != k.id {
			t.Errorf("%s of %v, %v: %s, not %s", k.system, k.lng, k.lat, got, k.id)
		}
		if back, err := s.Parse(k.id); err != nil || back != key {
			t.Errorf("%s %s: %x, %v", k.system, k.id, back, err)
		}
	}
}

// TestKnownOutlineOfH3 holds a hexagon to the corners that the documentation of H3 lists.
func TestKnownOutlineOfH3(t *testing.T) {
	want := []orb.Point{{-121.91508032705622, 37.271355866731895}, {-121.86222328902491, 37.353926450852256}, {-121.9235499963016, 37.42834118609435}, {-122.0377349642703, 37.42012867767778}, {-122.09042892904395, 37.33755608435298}, {-122.02910130919, 37.26319797461824}}
	key, err := H3{}.Parse("85283473fffffff")
	if err != nil {
		t.Fatal(err)
	}
	got := H3{}.Outline(key)
	if len(got) != 7 {
		t.Fatal(got)
	}
	for _, w := range want {
		near := math.Inf(1)
		for _, g := range got {
			near = math.Min(near, math.Hypot(g[0]-w[0], g[1]-w[1]))
		}
		if near > 1e-9 {
			t.Errorf("no corner at %v: %v", w, got)
		}
	}
}

// TestCellsHoldTheirPoints: a cell's outline is around the points that it holds, whichever
// the system, level and place, and is counter-clockwise; ids are read as they are written.
func TestCellsHoldTheirPoints(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, name := range SystemNames() {
		s, _ := NewSystem(name)
		coarsest, finest := s.Levels()
		for range 4000 {
			lng, lat := r.Float64()*360-180, earth.Degrees(math.Asin(r.Float64()*2-1))
			if name == "quadkey" && math.Abs(lat) > 85 {
				continue
			}
			level := coarsest + r.IntN(min(finest, 16)-coarsest+1)
			key := s.Key(lng, lat, level)
			if s.Level(key) != level {
				t.Fatalf("%s: level %d, not %d", name, s.Level(key), level)
			}
			if back, err := s.Parse(s.ID(key)); err != nil || back != key {
				t.Fatalf("%s: %x became %x: %v", name, key, back, err)
			}
			ring := s.Outline(key)
			if ring[0] != ring[len(ring)-1] || len(ring) < 5 {
				t.Fatalf("%s %s: ring %v", name, s.ID(key), ring)
			}
			if !holds(ring, lng, lat) {
				t.Fatalf("%s %s does not hold %v, %v: %v", name, s.ID(key), lng, lat, ring)
			}
		}
	}
}

// holds tells whether a ring is around a place, in the plane that touches the Earth there; and
// that it is counter-clockwise.
func holds(ring orb.Ring, lng, lat float64) bool {
	v := unit(lng, lat)
	east := vec3{-math.Sin(earth.Radians(lng)), math.Cos(earth.Radians(lng)), 0}
	north := v.Cross(east)
	flat := make(orb.Ring, len(ring))
	for i, p := range ring {
		q := unit(p[0], p[1])
		d := q.Dot(v)
		if d < 0.05 { // larger than half the Earth: boxes of the first levels
			return true
		}
		flat[i] = orb.Point{q.Dot(east) / d, q.Dot(north) / d}
	}
	b := flat.Bound()
	slack := 1e-9 * (b.Max[0] - b.Min[0])
	return flat.Orientation() == orb.CCW && (planar.RingContains(flat, orb.Point{slack, slack}) || curved(ring))
}

// curved tells whether the sides of a ring are circles of latitude wide enough to differ from
// great circles.
func curved(ring orb.Ring) bool {
	b := ring.Bound()
	return len(ring) == 5 && b.Max[0]-b.Min[0] > 0.01
}

// TestPentagons: around all twelve the outline has five corners, and bends at odd levels.
func TestPentagons(t *testing.T) {
	for base, b := range h3().bases {
		if !b.pentagon() {
			continue
		}
		for level := range 6 {
			key := h3Mode | uint64(level)<<h3Level | uint64(base)<<h3Base | (1<<h3Shift(level) - 1)
			if !(H3{}).valid(key) {
				t.Fatalf("%x is a cell", key)
			}
			ring := H3{}.Outline(key)
			if want := 6 + 5*(level%2); len(ring) != want {
				t.Errorf("pentagon %x has %d corners, not %d", key, len(ring), want)
			}
			c := H3{}.Center(key)
			if back := (H3{}).Key(c[0], c[1], level); back != key || !holds(ring, c[0], c[1]) {
				t.Errorf("pentagon %x is at %v, where %x is: %v", key, c, back, ring)
			}
		}
	}
}

// TestRealH3 reads cells of Porto Alegre with the places that somebody else computed.
func TestRealH3(t *testing.T) {
	f, err := os.Open(realdata.Path(t, "city-portoalegre", "poa_hexgrid.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		lng, _ := strconv.ParseFloat(row[1], 64)
		lat, _ := strconv.ParseFloat(row[2], 64)
		key, err := H3{}.Parse(row[0])
		if err != nil {
			t.Fatal(err)
		}
		c := H3{}.Center(key)
		if (H3{}).Key(lng, lat, 9) != key || math.Hypot(c[0]-lng, c[1]-lat) > 2e-5 {
			t.Fatalf("%s is at %v, not %v, %v", row[0], c, lng, lat)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, k := range knownCells {
		f.Add(k.id)
	}
	f.Add("8009fffffffffff")
	f.Add("")
	f.Add("zzzz")
	f.Fuzz(func(t *testing.T, id string) {
		for _, name := range SystemNames() {
			s, _ := NewSystem(name)
			key, err := s.Parse(id)
			if err != nil {
				continue
			}
			if lo, hi := s.Levels(); s.Level(key) < lo || s.Level(key) > hi {
				t.Errorf("%s %q: level %d", name, id, s.Level(key))
			}
			for _, p := range s.Outline(key) {
				if math.IsNaN(p[0]+p[1]) || math.Abs(p[1]) > 90.001 || math.Abs(p[0]) > 720 {
					t.Errorf("%s %q: corner %v", name, id, p)
				}
			}
		}
	})
}
