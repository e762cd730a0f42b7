package city

import (
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/traffic"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// road is a run that drives a kilometre north along the prime meridian in 100 seconds.
func road() *table.Table {
	const north = 1000 / 110574.3 // degrees of latitude at the equator
	return table.FromFeatures([]geo.Feature{{ID: "traffic/0", Geometry: orb.LineString{{0, 0}, {0, north}}, Tags: map[string]string{
		"model": "car", "color": "#c02020", "height": "[10,10]", "along": "[0,1000]", "times": "[0,100]", "metres": "[0,1000]",
		"start": "5", "share": "1", "seed": "7"}}})
}

func moving(t *testing.T, p *Traffic, rows *table.Table) *drawable.Moving {
	t.Helper()
	l := scene.NewLayer("traffic", trafficType)
	l.Props = p
	draws, err := layer.Draw(&layer.Context{Layer: &l, Table: rows, Skip: func(row, reason string) { t.Errorf("%s: %s", row, reason) }})
	if err != nil {
		t.Fatal(err)
	}
	return draws[0].What.(*drawable.Moving)
}

func instant(seconds float64) drawable.Instant {
	return drawable.Instant{Time: seconds, Clock: time.Date(2026, 6, 21, 8, 0, 0, 0, time.UTC), Reach: 1e5}
}

func TestTrafficIsAFunctionOfTime(t *testing.T) {
	m := moving(t, &Traffic{Vehicles: 1}, road())
	at := m.At(instant(5 + 50))
	if len(at.Models) != 1 || at.Models[0].Model != "car" || len(at.Models[0].Items) != 1 {
		t.Fatalf("%+v", at)
	}
	it := at.Models[0].Items[0]
	p := earth.FromECEF(mgl64.TransformCoordinate(mgl64.Vec3{float64(it.Position[0]), float64(it.Position[1]), float64(it.Position[2])}, m.Frame))
	if north := p.Lat * 110574.3; math.Abs(north-(500-2.2)) > 0.1 || math.Abs(p.Height-10) > 0.05 {
		t.Errorf("half way it is %.2f m north at %.2f m", north, p.Height)
	}
	if math.Abs(float64(it.Yaw)-math.Pi/2) > 1e-3 {
		t.Errorf("it looks to %g", it.Yaw)
	}
	if !reflect.DeepEqual(m.At(instant(55)), at) {
		t.Error("the same instant is not the same")
	}
	// A cycle later the next vehicle is at the same place.
	next := m.At(instant(55 + traffic.Cycle))
	found := false
	for _, o := range next.Models[0].Items {
		found = found || o.Position == it.Position
	}
	if !found {
		t.Error("a cycle later nobody is there")
	}
}

func TestTrafficByTheHour(t *testing.T) {
	m := moving(t, &Traffic{Vehicles: 1}, road())
	count := func(hour int) (n int) {
		for k := range 400 {
			at := instant(55 + traffic.Cycle*float64(k))
			at.Clock = time.Date(2026, 6, 21, hour, 0, 0, 0, time.UTC)
			for _, c := range m.At(at).Models {
				n += len(c.Items)
			}
		}
		return n
	}
	if rush, night := count(8), count(3); night == 0 || float64(night) > 0.15*float64(rush) {
		t.Errorf("%d vehicles at eight, %d at three", rush, night)
	}
}

func TestTrafficLights(t *testing.T) {
	m := moving(t, &Traffic{Vehicles: 1, Lights: 1}, road())
	at := instant(55)
	if n := len(m.At(at).Lights); n != 0 {
		t.Errorf("%d lights by day", n)
	}
	at.Dark = 1
	if n := len(m.At(at).Lights); n != 4 {
		t.Errorf("%d lights in the dark", n)
	}
	at.Reach, at.Eye = 1000, mgl64.Vec3{1e5, 0, 0}
	if c := m.At(at); len(c.Models) != 0 || len(c.Lights) != 0 {
		t.Error("what is out of reach is drawn")
	}
}
