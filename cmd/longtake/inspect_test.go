package main

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/internal/realdata"
)

// The bounds of tilesets are those of their volumes, not of their middles.
func TestExtentOfVolumes(t *testing.T) {
	f := earth.FrameAt(earth.Place{Lng: 13, Lat: 48})
	v := tiles.Volume{Center: f.Center, Radius: 2000}
	v.Half[0], v.Half[1], v.Half[2] = f.East.Mul(1000), f.North.Mul(500), f.Up.Mul(10)
	var box extent
	box.addVolume(v)
	b := box.corners()
	if w := (b[2] - b[0]) * 111320 * math.Cos(earth.Radians(48)); math.Abs(w-2000) > 20 || math.Abs((b[3]-b[1])*111200-1000) > 10 {
		t.Errorf("%v: %.0f m wide", *b, w)
	}
	box = extent{}
	box.addVolume(tiles.Volume{Radius: 100, Region: &[6]float64{0.1, 0.2, 0.3, 0.4, 0, 9}})
	if b := box.corners(); math.Abs(earth.Radians(b[0])-0.1) > 1e-12 || math.Abs(earth.Radians(b[3])-0.4) > 1e-12 {
		t.Error(*b)
	}
}

// Archives of pictures have zooms and bounds, the whole Earth's too.
func TestInspectPictures(t *testing.T) {
	for name, want := range map[string]struct {
		kind  string
		west  float64
		tiles int
	}{"bluemarble-merc.pmtiles": {"jpeg", -180, 85}, "mt-whitney.pmtiles": {"webp", -118.32275390625, 50}} {
		i := inspection{Data: &dataFacts{}}
		ok, err := i.readPictures(realdata.Path(t, "tiles", name))
		if err != nil || !ok || i.Data.Pictures.Kind != want.kind || i.Data.Pictures.Tiles != want.tiles || i.Bounds[0] != want.west || i.Bounds[2] <= i.Bounds[0] {
			t.Errorf("%s: %+v, %v, %v, %v", name, i.Data.Pictures, i.Bounds, ok, err)
		}
	}
	i := inspection{Data: &dataFacts{}}
	if ok, err := i.readPictures(realdata.Path(t, "tiles", "firenze.pmtiles")); ok || err != nil {
		t.Errorf("vectors are pictures: %v", err)
	}
}
