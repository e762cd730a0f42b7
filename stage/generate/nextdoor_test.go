package generate

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/spool"
)

// Buildings of a block are the same where it is shown what nextDoor picks of the block beside it
// as where it is shown all of that; and of plain houses it picks none.
func TestNextDoor(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 8, Lat: 47})
	r := rand.New(rand.NewPCG(7, 3))
	at := func(x, y float64) orb.Point {
		lng, lat := frame.Unplan(x, y)
		return orb.Point{lng, lat}
	}
	rect := func(x, y, w, d float64) orb.Polygon {
		return orb.Polygon{{at(x, y), at(x+w, y), at(x+w, y+d), at(x, y+d), at(x, y)}}
	}
	hidden, shown := 0, 0
	for round := range 80 {
		plain := round < 10
		b := &batch{report: geo.NewReport(), rejected: newShapes()}
		add := func(g orb.Geometry, tags ...string) {
			f := geo.Feature{ID: fmt.Sprint("way/", len(b.features)), Geometry: g, Tags: map[string]string{}}
			for i := 0; i+1 < len(tags); i += 2 {
				f.Tags[tags[i]] = tags[i+1]
			}
			b.features = append(b.features, f)
		}
		for range 24 {
			x, y, w, d := 80*r.Float64()-40, 20*r.Float64(), 4+14*r.Float64(), 4+10*r.Float64()
			height := fmt.Sprint(3 + r.IntN(20))
			kind := r.IntN(14)
			switch {
			case plain:
				kind = 13
			case round%4 == 1: // nothing but what is told by its kind or its pieces
				kind = []int{7, 10, 13}[r.IntN(3)]
			}
			switch kind {
			case 0:
				add(rect(x, y, w, d), "building:part", "yes", "height", height)
			case 1: // an outline in parts, some of which its neighbour owns
				add(rect(x, y, 2*w, d), "building", "house", "height", height, building.RelationTag, "relation/1")
				add(rect(x, y, w, d), "building:part", "yes", building.RelationTag, "relation/1")
				add(rect(x+w, y, w, d), "building:part", "roof", "min_height", "3")
			case 2:
				add(orb.MultiPolygon{rect(x, y, w, d), rect(x+w+1, y, w, d)}, "building", "yes", "building:levels", "2")
			case 3:
				add(rect(x, y, w, d), "building", "yes", "layer", "-1", "building:levels:underground", "1", "height", height)
			case 4:
				add(orb.LineString{at(x, y), at(x+w, y+d)}, "highway", "service", "tunnel", "building_passage", "width", "3")
			case 5:
				add(orb.LineString{at(x, y), at(x+w, y)}, "roof:ridge", "yes")
			case 6: // given twice
				add(rect(x, y, w, d), "building", "yes", "height", height)
				add(rect(x, y, w, d), "building", "yes", "name", "Twin")
			case 7: // the block owns the outline, and the next one its part
				add(rect(-12, y, 20, d), "building", "yes", "height", height)
				add(rect(1, y, 7, d), "kind", "building_part", "height", height)
			case 8:
				add(rect(x, y, w, d), "man_made", "storage_tank")
			case 9:
				add(at(x, y), "natural", "tree")
			case 10: // given twice, once as a piece of what the next block owns
				add(orb.MultiPolygon{rect(-20, y, w, d), rect(40, y, w, d)}, "building", "yes", "height", height, "name", "Twin")
				add(rect(-20, y, w, d), "building", "yes", "height", height)
			default:
				add(rect(x, y, w, d), "building", "yes", "height", height)
			}
		}
		survey := building.NewSurvey(frame, building.Options{})
		for i := range b.features {
			survey.Add(&b.features[i])
		}
		if err := b.encode(nil); err != nil {
			t.Fatal(err)
		}
		g, block, src := twoBlocks(t, b, frame)
		made := func(features []geo.Feature) ([]building.Building, geo.Summary) {
			in := g.blockOf(block, features, geo.FlatElevation(0))
			return building.Of(in, survey.Near(in), building.Options{}), in.Report.Summary()
		}
		var all []geo.Feature
		err := g.heads(block, src, func(h *head) error {
			f, err := src.feature(h)
			see(&f, h.kind, sightBuildings.grade(h.kind, h.flags))
			all = append(all, f)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		some, err := (&view{g: g, block: block}).of(src, sightBuildings)
		if err != nil {
			t.Fatal(err)
		}
		want, told := made(all)
		got, toldNow := made(some)
		if !reflect.DeepEqual(want, got) || !reflect.DeepEqual(told, toldNow) {
			t.Errorf("round %d: %d of %d features are shown, and make %d buildings, not %d, or others; told %v, not %v", round, len(some), len(all), len(got), len(want), toldNow, told)
		}
		if plain {
			hidden += len(all) - len(some)
			for _, f := range some {
				if p, _ := f.Foot(); p[0] >= at(0, 0)[0] {
					t.Errorf("round %d: the house %s next door is shown", round, f.ID)
				}
			}
			continue
		}
		for _, f := range some {
			if p, _ := f.Foot(); p[0] >= at(0, 0)[0] {
				shown++
			}
		}
	}
	if hidden < 50 || shown < 50 {
		t.Errorf("%d are hidden and %d shown: the test tests nothing", hidden, shown)
	}
}

// twoBlocks is a generation whose only source is a batch, and the block that owns what lies west of the frame's
// origin; it lists all of it.
func twoBlocks(t *testing.T, b *batch, frame earth.Frame) (*generation, *block, *source) {
	t.Helper()
	heads, features, index := spool.NewFile(t.TempDir(), 1<<20), spool.NewFile(t.TempDir(), 1<<20), spool.NewFile(t.TempDir(), 1<<20)
	var w, numbers []byte
	square := orb.Bound{Min: orb.Point{-100, -100}, Max: orb.Point{0, 100}}
	for i := range b.heads {
		h := &b.heads[i]
		w = h.append(w)
		p, _ := h.foot()
		x, _ := frame.Plan(p[0], p[1])
		flags := byte(0)
		if x < 0 {
			flags = ownedFlag >> 24
		}
		numbers = append(numbers, flags, 0, 0, byte(i))
	}
	for _, f := range []struct {
		to   *spool.File
		data []byte
	}{{heads, w}, {features, b.data}, {index, numbers}} {
		if _, err := f.to.Write(f.data); err != nil {
			t.Fatal(err)
		}
		if err := f.to.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	src := &source{id: "city", count: len(b.heads), heads: heads, features: features}
	g := &generation{site: &site{frame: frame, min: [2]float64{-100, -100}, size: 200}, blocks: &blocks{index: index}}
	return g, &block{square: square, lists: []list{{count: len(b.heads)}}}, src
}
