package building

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/realdata"
)

// cut shares features out to square blocks of the plan, as geo.Block says: each gets what
// touches its square, and what touches something that it owns.
func cut(features []geo.Feature, frame earth.Frame, side float64, report *geo.Report) []geo.Block {
	type box = orb.Bound
	boxes := make([]box, len(features))
	owner := make([][2]int, len(features))
	near := map[[2]int][]int{}
	for i := range features {
		g := features[i].Geometry.Bound()
		x0, y0 := frame.Plan(g.Min[0], g.Min[1])
		x1, y1 := frame.Plan(g.Max[0], g.Max[1])
		boxes[i] = box{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}}.Pad(0.01)
		foot, _ := features[i].Foot()
		x, y := frame.Plan(foot[0], foot[1])
		owner[i] = [2]int{int(math.Floor(x / side)), int(math.Floor(y / side))}
		near[owner[i]] = append(near[owner[i]], i)
	}
	var out []geo.Block
	for at, own := range near {
		sq := orb.Bound{Min: orb.Point{float64(at[0]) * side, float64(at[1]) * side}, Max: orb.Point{float64(at[0]+1) * side, float64(at[1]+1) * side}}
		reach := sq
		for _, i := range own {
			reach = reach.Union(boxes[i])
		}
		b := geo.Block{Frame: frame, Square: sq, Elevation: geo.FlatElevation(0), Report: report}
		for i := range features {
			if !boxes[i].Intersects(reach) {
				continue
			}
			touches := boxes[i].Intersects(sq)
			for k := 0; !touches && k < len(own); k++ {
				touches = boxes[i].Intersects(boxes[own[k]])
			}
			if touches {
				b.Features = append(b.Features, features[i])
			}
		}
		out = append(out, b)
	}
	return out
}

func feature(i int, tags map[string]string, rings ...outline.Ring) geo.Feature {
	return geo.Feature{ID: fmt.Sprint("way/", i), Geometry: place(here, rings...), Tags: tags}
}

// all is what becomes of features that are one block.
func all(fs []geo.Feature) []Building {
	return assemble(fs, earth.FrameAt(here), Options{}, geo.NewReport())
}

// village is rows of houses, some tagged, some in parts, some given twice, with relations
// that reach over several blocks.
func village() []geo.Feature {
	var fs []geo.Feature
	add := func(tags map[string]string, rings ...outline.Ring) {
		fs = append(fs, feature(len(fs), tags, rings...))
	}
	for i := range 30 {
		for j := range 12 {
			x, y := float64(i)*31, float64(j)*43
			tags := map[string]string{"building": []string{"yes", "house", "office", "church"}[(i+j)%4]}
			if (i*7+j)%3 == 0 {
				tags["height"] = fmt.Sprint(6 + (i*j)%17)
			}
			if i%6 == 5 {
				tags[RelationTag] = fmt.Sprint("relation/", j)
				add(map[string]string{"building:part": "yes", RelationTag: fmt.Sprint("relation/", j)}, square(x+200, y+20, 6))
			}
			add(tags, ring(x, y, x+24, y, x+24, y+14, x, y+14))
			switch (i + 2*j) % 7 {
			case 0:
				add(map[string]string{"building:part": "yes", "height": "20"}, ring(x, y, x+12, y, x+12, y+14, x, y+14))
				add(map[string]string{"building:part": "yes"}, ring(x+12, y, x+24, y, x+24, y+14, x+12, y+14))
			case 1:
				add(tags, ring(x+24, y, x+24, y+14, x, y+14, x, y))
			}
		}
	}
	return fs
}

// TestBlocksDoNotMatter: however the plan is cut, the same buildings come out, and the
// same is noted; and a block's part of the survey is all that it needs.
func TestBlocksDoNotMatter(t *testing.T) {
	same(t, village(), 90, 257, 4000)
}

func TestBlocksDoNotMatterInSanFrancisco(t *testing.T) {
	if testing.Short() {
		t.Skip("large")
	}
	fs := load(t, geo.NewReport(), realdata.Path(t, "city-sanfrancisco/sf-downtown.osm.pbf"))
	fs = slices.DeleteFunc(fs, func(f geo.Feature) bool { return f.Geometry == nil || f.Geometry.Bound().IsEmpty() })
	same(t, fs, 310, 1300)
}

func same(t *testing.T, features []geo.Feature, sides ...float64) {
	t.Helper()
	frame := earth.FrameAt(middleOf(features))
	survey := NewSurvey(frame, Options{})
	for i := range features {
		survey.Add(&features[i])
	}
	report := geo.NewReport()
	want := assemble(features, frame, Options{}, report)
	byID := func(a, b Building) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Plan[0][0][0], b.Plan[0][0][0]), cmp.Compare(a.Plan[0][0][1], b.Plan[0][0][1]))
	}
	slices.SortStableFunc(want, byID)
	for _, side := range sides {
		r := geo.NewReport()
		var got []Building
		blocks := cut(features, frame, side, r)
		for i := range blocks {
			got = append(got, Of(&blocks[i], survey.Near(&blocks[i]), Options{})...)
		}
		slices.SortStableFunc(got, byID)
		if len(got) != len(want) {
			t.Fatalf("%d blocks of %v m: %d buildings, want %d", len(blocks), side, len(got), len(want))
		}
		for i := range got {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("%d blocks of %v m: %+v\nwant %+v", len(blocks), side, got[i], want[i])
			}
		}
		if !reflect.DeepEqual(r.Summary(), report.Summary()) {
			t.Errorf("%d blocks: report %+v\nwant %+v", len(blocks), r.Summary(), report.Summary())
		}
		t.Logf("%d buildings in %d blocks", len(got), len(blocks))
	}
}

// TestSurveyDoesNotKnowAnOrder: in whatever order it is filled, from how many goroutines, in
// memory or out of it, a survey says the same.
func TestSurveyDoesNotKnowAnOrder(t *testing.T) {
	fs := village()
	frame := earth.FrameAt(here)
	a, b := NewSurvey(frame, Options{}), NewSurveyIn(frame, Options{}, t.TempDir(), 0)
	for i := range fs {
		a.Add(&fs[i])
	}
	var wg sync.WaitGroup
	for k := range 3 {
		wg.Go(func() {
			for i := len(fs) - 1 - k; i >= 0; i -= 3 {
				b.Add(&fs[i])
			}
		})
	}
	wg.Wait()
	counted := 0
	for i := range fs {
		at, ok := a.cellOf(fs[i].Foot())
		if !ok {
			continue
		}
		var said [2][]sum
		for k, s := range []*Survey{a, b} {
			s.tallies.around(at, surveyReach, func(v sum) { said[k] = append(said[k], v) })
		}
		if !slices.Equal(said[0], said[1]) {
			t.Fatalf("around %v: %v and %v", at, said[0], said[1])
		}
		counted += len(said[0])
	}
	if !bytes.Equal(a.Outlines(), b.Outlines()) || counted == 0 || b.Err() != nil {
		t.Errorf("%d sums, %v", counted, b.Err())
	}
}

// TestAnswersTellAllThatIsRead: a block asks the same whatever the heights around it, and
// where the answers are the same, so are the buildings.
func TestAnswersTellAllThatIsRead(t *testing.T) {
	frame := earth.FrameAt(here)
	build := func(height string) (asks, answers [][]byte, made [][]Building) {
		fs := village()
		survey := NewSurvey(frame, Options{})
		for i := range fs {
			if fs[i].Tags["height"] != "" && i < len(fs)/3 {
				fs[i].Tags = map[string]string{"building": fs[i].Tags["building"], "height": height}
			}
			survey.Add(&fs[i])
		}
		blocks := cut(fs, frame, 200, geo.NewReport())
		slices.SortFunc(blocks, func(a, b geo.Block) int {
			return cmp.Or(cmp.Compare(a.Square.Min[0], b.Square.Min[0]), cmp.Compare(a.Square.Min[1], b.Square.Min[1]))
		})
		for i := range blocks {
			near := survey.Near(&blocks[i])
			made = append(made, Of(&blocks[i], near, Options{}))
			said, err := survey.Answers(near.Asks())
			if err != nil {
				t.Fatal(err)
			}
			asks, answers = append(asks, near.Asks()), append(answers, said)
		}
		return asks, answers, made
	}
	asks, before, _ := build("11")
	again, after, _ := build("31")
	same, others := 0, 0
	for i := range asks {
		if !bytes.Equal(asks[i], again[i]) {
			t.Errorf("block %d asks other things", i)
		}
		if bytes.Equal(before[i], after[i]) {
			same++
		} else {
			others++
		}
	}
	if others == 0 {
		t.Errorf("%d blocks are told the same, none anything else", same)
	}
	if _, err := NewSurvey(frame, Options{}).Answers(asks[0][:len(asks[0])/2]); err == nil && len(asks[0]) > 2 {
		t.Error("half of the questions are answered")
	}
}

// TestMakeCarriesOn: what several blocks add to one content is what they add apart, in the
// same meshes, with indices and rows of their own; a second time is the same to the byte,
// also in memory that was released.
func TestMakeCarriesOn(t *testing.T) {
	fs := village()
	frame := earth.FrameAt(here)
	survey := NewSurvey(frame, Options{})
	for i := range fs {
		survey.Add(&fs[i])
	}
	blocks := cut(fs, frame, 200, geo.NewReport())
	slices.SortFunc(blocks, func(a, b geo.Block) int {
		return cmp.Or(cmp.Compare(a.Square.Min[0], b.Square.Min[0]), cmp.Compare(a.Square.Min[1], b.Square.Min[1]))
	})
	build := func() (together geo.Content, triangles, rows int) {
		together.Frame = frame
		for i := range blocks {
			m := NewMaker(&blocks[i], "city", survey, Options{})
			apart := geo.Content{Frame: frame}
			m.Make(0, &apart)
			for _, s := range apart.Meshes {
				triangles += len(s.Indices) / 3
			}
			rows += len(apart.Features)
			if m.Release(&apart); len(apart.Meshes) > 0 { // its memory may come into the next content
				t.Error("what was released is still there")
			}
			if m.Make(0, &together) != 0 {
				t.Error("everything is off")
			}
		}
		return together, triangles, rows
	}
	got, triangles, rows := build()
	names := map[geo.Material]bool{}
	for _, s := range got.Meshes {
		if names[s.Material] || s.Layer != "city" {
			t.Errorf("a second mesh of %s, layer %q", s.Material, s.Layer)
		}
		names[s.Material] = true
		triangles -= len(s.Indices) / 3
		for _, v := range s.Indices {
			if int(v) >= len(s.Positions) {
				t.Fatalf("%s: vertex %d of %d", s.Material, v, len(s.Positions))
			}
		}
		for _, f := range s.Features {
			if int(f) >= rows {
				t.Fatalf("%s: row %d of %d", s.Material, f, rows)
			}
		}
	}
	if triangles != 0 || len(got.Features) != rows || rows < 300 {
		t.Errorf("%d triangles lost, %d rows of %d", triangles, len(got.Features), rows)
	}
	if again, _, _ := build(); !reflect.DeepEqual(got, again) {
		t.Error("a second time is different")
	}
}

// TestBeyondTheSite: a house whose foot lies beyond the square of all blocks belongs to the
// nearest of them, and to no other.
func TestBeyondTheSite(t *testing.T) {
	frame := earth.FrameAt(here)
	fs := []geo.Feature{feature(1, map[string]string{"building": "house"}, ring(95, 20, 125, 20, 125, 40, 95, 40))}
	survey := NewSurvey(frame, Options{})
	survey.Add(&fs[0])
	site := orb.Bound{Min: orb.Point{-100, -100}, Max: orb.Point{100, 100}}
	built := 0
	for _, corner := range []orb.Point{{-100, -100}, {0, -100}, {-100, 0}, {0, 0}} {
		b := geo.Block{Frame: frame, Site: site, Square: orb.Bound{Min: corner, Max: orb.Point{corner[0] + 100, corner[1] + 100}}, Features: fs, Report: geo.NewReport()}
		n := len(Of(&b, survey, Options{}))
		if built += n; n > 0 && corner != (orb.Point{0, 0}) {
			t.Errorf("the block at %v builds it", corner)
		}
	}
	if built != 1 {
		t.Errorf("it is built %d times", built)
	}
}
