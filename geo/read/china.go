package read

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// Chinese maps are published in displaced coordinates: GCJ-02 by law, and BD-09, which
// displaces it once more. The displacement of GCJ-02 is not official; this is the formula
// that is published as its reconstruction (eviltransform and its kin; the constants are
// those of the Krasovsky 1940 ellipsoid), good to about a metre against the services.
const (
	gcjA  = 6378245.0
	gcjE2 = 0.00669342162296594323
	bdPi  = math.Pi * 3000 / 180
)

// inChina is the box in which the services displace.
func inChina(lng, lat float64) bool {
	return lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271
}

// toGCJ02 displaces a WGS84 position; outside of China it stays.
func toGCJ02(lng, lat float64) (float64, float64) {
	if !inChina(lng, lat) {
		return lng, lat
	}
	x, y := lng-105, lat-35
	root := math.Sqrt(math.Abs(x))
	waves := 20*math.Sin(6*x*math.Pi) + 20*math.Sin(2*x*math.Pi)
	dy := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*root
	dy += (waves + 20*math.Sin(y*math.Pi) + 40*math.Sin(y/3*math.Pi) + 160*math.Sin(y/12*math.Pi) + 320*math.Sin(y*math.Pi/30)) * 2 / 3
	dx := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*root
	dx += (waves + 20*math.Sin(x*math.Pi) + 40*math.Sin(x/3*math.Pi) + 150*math.Sin(x/12*math.Pi) + 300*math.Sin(x/30*math.Pi)) * 2 / 3
	sin, cos := math.Sincos(lat * math.Pi / 180)
	w := 1 - gcjE2*sin*sin
	return lng + dx*180/(gcjA/math.Sqrt(w)*cos*math.Pi), lat + dy*180/(gcjA*(1-gcjE2)/(w*math.Sqrt(w))*math.Pi)
}

// toBD09 displaces a GCJ-02 position.
func toBD09(lng, lat float64) (float64, float64) {
	r := math.Hypot(lng, lat) + 0.00002*math.Sin(lat*bdPi)
	sin, cos := math.Sincos(math.Atan2(lat, lng) + 0.000003*math.Cos(lng*bdPi))
	return r*cos + 0.0065, r*sin + 0.006
}

// undo inverts a displacement by fixed-point iteration: it changes so slowly from place
// to place that each step gains three digits.
func undo(displace func(lng, lat float64) (float64, float64), lng, lat float64) (float64, float64) {
	x, y := lng, lat
	for range 30 {
		u, v := displace(x, y)
		dx, dy := lng-u, lat-v
		x, y = x+dx, y+dy
		if math.Abs(dx)+math.Abs(dy) < 1e-13 {
			break
		}
	}
	return x, y
}

// fromGCJ02 is the inverse of toGCJ02, fromBD09 that of both displacements.
func fromGCJ02(lng, lat float64) (float64, float64) {
	if !inChina(lng, lat) {
		return lng, lat
	}
	return undo(toGCJ02, lng, lat)
}

func fromBD09(lng, lat float64) (float64, float64) {
	if !inChina(lng, lat) {
		return lng, lat
	}
	lng, lat = undo(toBD09, lng, lat)
	return fromGCJ02(lng, lat)
}

// displacement is what Options.Coordinates names; nil for none.
func displacement(name string) (func(lng, lat float64) (float64, float64), error) {
	switch name {
	case "", "auto", "wgs84":
		return nil, nil
	case "gcj02":
		return fromGCJ02, nil
	case "bd09":
		return fromBD09, nil
	}
	return nil, fmt.Errorf("coordinates %q: auto, wgs84, gcj02 and bd09 are known", name)
}

// restore moves all positions of a feature.
func restore(f *geo.Feature, by func(lng, lat float64) (float64, float64)) {
	f.Geometry = mapPoints(orb.Clone(f.Geometry), func(p orb.Point) orb.Point {
		x, y := by(p[0], p[1])
		return orb.Point{x, y}
	})
	for _, s := range f.Surfaces {
		for _, r := range s.Rings {
			for i := range r {
				r[i][0], r[i][1] = by(r[i][0], r[i][1])
			}
		}
	}
}
