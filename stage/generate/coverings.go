package generate

import (
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/terrain"
)

// coverInput is what geo/cover works from in a block: it builds what the block owns.
func coverInput(b *geo.Block) cover.Input {
	owned := make([]bool, len(b.Features))
	for i := range b.Features {
		owned[i] = b.OwnsFeature(&b.Features[i])
	}
	return cover.Input{
		Features: b.Features, Frame: b.Frame, Elevation: b.Elevation, Report: b.Report,
		Owned: func(i int) bool { return i >= 0 && owned[i] },
	}
}

func areaCover(l *Layer) Coverer {
	return Coverer{sight: sightShapes, Make: func(b *geo.Block) Covering {
		return Covering{Patches: cover.Areas(coverInput(b), l.ID), Solids: cover.Piers(coverInput(b), l.ID, l.Sea, l.Wet)}
	}}
}

func waterCover(l *Layer) Coverer {
	return Coverer{sight: sightShapes, Make: func(b *geo.Block) Covering {
		p := cover.Water(coverInput(b), l.ID)
		return Covering{Patches: p, Flats: lakes(p)}
	}, Shapes: func(b *geo.Block) terrain.Shapes {
		return terrain.Shapes{Corridors: cover.Beds(coverInput(b))}
	}}
}

// lakes are the still waters as surfaces that the ground must lie below.
func lakes(patches []cover.Patch) []terrain.Flat {
	var out []terrain.Flat
	for i := range patches {
		if p := &patches[i]; p.Level != nil {
			out = append(out, terrain.Flat{Polygon: outline(p), Height: *p.Level, Depth: lakeDepth})
		}
	}
	return out
}

// townSurvey sums up the buildings of a source for the ground between them: all cores in
// one sum, as it takes 8 MB.
func townSurvey(t *cover.Town) *Survey {
	var mu sync.Mutex
	return &Survey{Massive: true, Passes: []func() (add func(f *geo.Feature), done func()){func() (add func(f *geo.Feature), done func()) {
		return func(f *geo.Feature) {
			mu.Lock()
			defer mu.Unlock()
			t.Add(f)
		}, func() {}
	}}}
}

// outline chains the edges that only one triangle of a patch has into closed rings.
func outline(p *cover.Patch) orb.Polygon {
	edges := map[[2]uint32]bool{}
	for t := 0; t+2 < len(p.Indices); t += 3 {
		for k := range 3 {
			edges[[2]uint32{p.Indices[t+k], p.Indices[t+(k+1)%3]}] = true
		}
	}
	next := map[uint32]uint32{}
	var starts []uint32
	for t := 0; t+2 < len(p.Indices); t += 3 { // in order, so that the rings are always the same
		for k := range 3 {
			a, b := p.Indices[t+k], p.Indices[t+(k+1)%3]
			if !edges[[2]uint32{b, a}] {
				next[a] = b
				starts = append(starts, a)
			}
		}
	}
	var out orb.Polygon
	for _, s := range starts {
		var ring orb.Ring
		for v, ok := s, true; ok; {
			var to uint32
			if to, ok = next[v]; ok {
				ring = append(ring, orb.Point(p.Points[v]))
				delete(next, v)
				v = to
			}
		}
		if len(ring) >= 3 {
			out = append(out, append(ring, ring[0]))
		}
	}
	return out
}
