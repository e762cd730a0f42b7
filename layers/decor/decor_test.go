package decor

import (
	"math"
	"reflect"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	_ "github.com/longtake/longtake/layers/points" // pins
)

// What moves is where its time says, whatever was asked before, and repeats.
func TestMovingDependsOnTimeAlone(t *testing.T) {
	for _, props := range []string{
		"type: sparks, period: 2, count: 20", "type: sparks, kind: firework, period: 2, count: 20", "type: ring-wall, period: 2", "type: pin, motion: bounce, period: 2",
	} {
		c, _ := layertest.Context(t, "longtake: 1\nlayers: [{id: a, at: {lng: 7, lat: 43}, "+props+"}]\n")
		draws, err := layer.Draw(c)
		if err != nil {
			t.Fatal(props, err)
		}
		m := draws[0].What.(*drawable.Moving)
		at := func(seconds float64) any {
			switch d := m.At(drawable.Instant{Time: seconds}).Draws[0].(type) {
			case *drawable.Points:
				return d.Vertices
			case *drawable.Instances:
				return d.Items
			}
			return nil
		}
		first := at(7.3)
		for _, other := range []float64{0, -3, 1e6} {
			at(other)
		}
		if !reflect.DeepEqual(first, at(7.3)) {
			t.Errorf("%s: 7.3 s is not 7.3 s", props)
		}
		if reflect.DeepEqual(first, at(7.9)) {
			t.Errorf("%s does not move", props)
		}
	}
}

// Sparks never go below the place that they rise from, nor out of their cylinder.
func TestSparksStayWithinBounds(t *testing.T) {
	s := &Sparks{Period: 4, Size: 2}
	for _, seconds := range []float64{0, 1.7, 100.2} {
		for _, v := range s.rise(nil, fountain{radius: 50, height: 200, color: [4]uint8{255, 255, 255, 255}}, 200, seconds) {
			p := v.Position
			if r2 := p[0]*p[0] + p[1]*p[1]; p[2] < 0 || p[2] > 200 || r2 > 60*60 {
				t.Fatalf("a spark at %v", p)
			}
		}
	}
}

// TestScanLiesOnWhatIsThere: whatever its clamp, it is laid on what the picture shows around
// the ground at its place, from its reach above to its reach below.
func TestScanLiesOnWhatIsThere(t *testing.T) {
	for _, clamp := range []string{"none", "ground"} {
		c, _ := layertest.Context(t, "longtake: 1\nlayers: [{id: a, type: scan, at: {lng: 7.42, lat: 43.73}, reach: 250, clamp: "+clamp+"}]\n")
		draws, err := layer.Draw(c)
		if err != nil || len(draws) != 1 {
			t.Fatal(len(draws), err)
		}
		d := draws[0].What.(*drawable.Instances)
		it := d.Items[0]
		at := earth.FromECEF(mgl64.TransformCoordinate(mgl64.Vec3{float64(it.Position[0]), float64(it.Position[1]), float64(it.Position[2])}, d.Frame))
		if !d.Mesh.Material.Effect.Projected || it.Scale[1] != 250 || math.Abs(at.Height-40) > 0.1 {
			t.Errorf("clamp %s: projected %v, reach %v, at %v m of ground at 40 m", clamp, d.Mesh.Material.Effect.Projected, it.Scale[1], at.Height)
		}
	}
}
