package furniture_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/furniture"
)

// bay is land at 2 m for y < 0 and a bed at −9 m beyond.
type bay struct{}

func (bay) HeightAt(lng, lat float64) (float64, bool) {
	if _, y := frame.Plan(lng, lat); y < 0 {
		return 2, true
	}
	return -9, true
}

func moored(x0, x1 float64) (boats []geo.Instance, lamp []geo.Instance) {
	fs := []geo.Feature{
		area("way/1", -8, -10, 8, 90, "man_made", "pier"),
		street("way/2", 8, 40, 60, 40, "man_made", "pier", "floating", "yes"),
		street("way/3", 8, 66, 60, 66, "man_made", "pier", "floating", "yes"),
		node("node/1", 0, 50, "highway", "street_lamp"),
	}
	b := &geo.Block{Frame: frame, Square: orb.Bound{Min: orb.Point{x0, -100}, Max: orb.Point{x1, 200}}, Features: fs, Elevation: bay{}, Report: geo.NewReport()}
	wet := func(x, y float64) bool { h, _ := b.Elevation.HeightAt(frame.Unplan(x, y)); return h < 0 }
	c := geo.Content{Frame: frame}
	furniture.New(b, "furniture", furniture.Options{Wet: wet}).Make(0, &c)
	return append(only(c, "motorboat"), only(c, "sailboat")...), append(only(c, "lamp"), only(c, "lantern")...)
}

// TestMoored: boats lie on the water beside the piers, clear of these and of each other,
// what stands on a pier stands on its deck, and blocks make no difference.
func TestMoored(t *testing.T) {
	boats, lamps := moored(-200, 200)
	if len(boats) < 20 {
		t.Fatalf("%d boats", len(boats))
	}
	for i, b := range boats {
		if math.Abs(float64(b.Position[2])) > 0.01 {
			t.Errorf("a boat %.2f m over the water", b.Position[2])
		}
		if b.Position[1] < 0 || math.Abs(float64(b.Position[0])) < 8 {
			t.Errorf("a boat at %v", b.Position)
		}
		for _, o := range boats[:i] {
			if d := math.Hypot(float64(b.Position[0]-o.Position[0]), float64(b.Position[1]-o.Position[1])); d < 2.5 {
				t.Errorf("boats %.1f m apart at %v", d, b.Position)
			}
		}
	}
	if len(lamps) != 1 || lamps[0].Position[2] < 1.9 || lamps[0].Position[2] > 2.2 {
		t.Errorf("a lamp on the pier: %+v", lamps)
	}
	west, _ := moored(-200, 31)
	east, _ := moored(31, 200)
	if len(west)+len(east) != len(boats) {
		t.Errorf("%d and %d boats in halves of %d", len(west), len(east), len(boats))
	}
}

// TestMooredInLake: the same along piers of a lake, at its level, and none on the land
// around it, though that is as low as the bed.
func TestMooredInLake(t *testing.T) {
	fs := []geo.Feature{
		area("way/1", -60, 0, 60, 120, "natural", "water"),
		street("way/2", 0, 2, 0, 60, "man_made", "pier"),
		area("way/3", 200, 0, 260, 120, "natural", "water", "water", "river"),
		street("way/4", 230, 2, 230, 60, "man_made", "pier"),
	}
	b := &geo.Block{Frame: frame, Square: orb.Bound{Min: orb.Point{-300, -300}, Max: orb.Point{300, 300}}, Features: fs, Elevation: bay{}, Report: geo.NewReport()}
	c := geo.Content{Frame: frame}
	furniture.New(b, "furniture", furniture.Options{Lake: 4}).Make(0, &c)
	boats := append(only(c, "motorboat"), only(c, "sailboat")...)
	if len(boats) < 10 {
		t.Fatalf("%d boats", len(boats))
	}
	for _, s := range boats {
		if math.Abs(float64(s.Position[2])+5) > 0.01 || s.Position[1] < 0 || math.Abs(float64(s.Position[0])) > 60 {
			t.Errorf("a boat at %v", s.Position)
		}
	}
}
