package generate

import (
	"os"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
)

// shapes are the outlines of what was left out, to be looked at. At most maxShapes are
// kept: those with the least ids, so that they do not depend on the order of calls.
type shapes struct {
	mu sync.Mutex
	by map[string]orb.Geometry
}

const maxShapes = 5000

func newShapes() *shapes { return &shapes{by: map[string]orb.Geometry{}} }

func (s *shapes) add(f *geo.Feature) {
	if f.Geometry == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.by[f.ID] = f.Geometry
	if len(s.by) >= 2*maxShapes {
		s.trim()
	}
}

func (s *shapes) trim() {
	ids := s.ids()
	for _, id := range ids[min(len(ids), maxShapes):] {
		delete(s.by, id)
	}
}

func (s *shapes) ids() []string {
	ids := make([]string, 0, len(s.by))
	for id := range s.by {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// encode gives the shapes as features without tags.
func (s *shapes) encode() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trim()
	var w spool.Writer
	for _, id := range s.ids() {
		w.Bytes(spool.AppendFeature(nil, &geo.Feature{ID: id, Geometry: s.by[id]}))
	}
	return w.B
}

// decode adds what encode gave; what is damaged is passed over, as it is only looked at.
func (s *shapes) decode(b []byte) {
	r := spool.Reader{B: b}
	for len(r.B) > 0 {
		if f, err := spool.ReadFeature(r.Bytes()); err == nil && r.Err == nil {
			s.add(&f)
		}
	}
}

func (s *shapes) save(to *store, path string) error { return to.putAs(path, s.encode()) }

func (s *shapes) load(path string) {
	if data, err := os.ReadFile(path); err == nil {
		s.decode(data)
	}
}

// rejectedFile is where a package shows what was left out of it.
const rejectedFile = "rejected.geojson"

// rejectedShape is a feature of GeoJSON (RFC 7946).
type rejectedShape struct {
	Type       string            `json:"type"`
	Properties map[string]string `json:"properties"`
	Geometry   struct {
		Type        string `json:"type"`
		Coordinates any    `json:"coordinates"`
	} `json:"geometry"`
}

// drawn lists those that the report names, each with its reason.
func (s *shapes) drawn(report geo.Summary) (all []rejectedShape) {
	for _, k := range report.Skipped {
		for _, id := range k.IDs {
			g := s.by[id]
			if r, ok := g.(orb.Ring); ok {
				g = orb.Polygon{r}
			}
			if _, ok := g.(orb.Collection); g == nil || ok {
				continue
			}
			f := rejectedShape{Type: "Feature", Properties: map[string]string{"id": id, "reason": k.Reason}}
			f.Geometry.Type, f.Geometry.Coordinates = g.GeoJSONType(), g
			all = append(all, f)
		}
	}
	return all
}

// find keeps the shapes of a block's features that its report names.
func (s *shapes) find(b *geo.Block) {
	if b.Report.SkippedCount() == 0 {
		return
	}
	named := map[string]bool{}
	for _, k := range b.Report.Summary().Skipped {
		for _, id := range k.IDs {
			named[id] = true
		}
	}
	for i := range b.Features {
		if named[b.Features[i].ID] {
			s.add(&b.Features[i])
		}
	}
}
