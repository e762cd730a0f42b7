package pyramid

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/read"
)

// Tile is a tile: zoom, x eastwards, y southwards from the north-western corner.
type Tile = read.PictureTile

// MaxZoom is the finest zoom: texels of 4 cm.
const MaxZoom = 24

// MaxLatitude is where the projection's square ends.
const MaxLatitude = 85.05112877980659

// Bounds is a tile's region.
func Bounds(t Tile) geo.Bound {
	n := math.Exp2(float64(t.Z))
	lat := func(y float64) float64 { return earth.Degrees(math.Atan(math.Sinh(math.Pi * (1 - 2*y/n)))) }
	west := float64(t.X)/n*360 - 180
	return geo.Bound{West: west, South: lat(float64(t.Y) + 1), East: west + 360/n, North: lat(float64(t.Y))}
}

// Children are the four tiles of the next zoom.
func Children(t Tile) [4]Tile {
	x, y := 2*t.X, 2*t.Y
	return [4]Tile{{Z: t.Z + 1, X: x, Y: y}, {Z: t.Z + 1, X: x + 1, Y: y}, {Z: t.Z + 1, X: x, Y: y + 1}, {Z: t.Z + 1, X: x + 1, Y: y + 1}}
}

// Parent is the tile that holds it; that of zoom 0 is itself.
func Parent(t Tile) Tile {
	if t.Z == 0 {
		return t
	}
	return Tile{Z: t.Z - 1, X: t.X / 2, Y: t.Y / 2}
}

// Window is the part of an ancestor's picture that shows a tile: u, v of its upper left
// corner, width and height.
func Window(t, ancestor Tile) [4]float32 {
	n := math.Exp2(float64(t.Z - ancestor.Z))
	return [4]float32{float32((float64(t.X) - float64(ancestor.X)*n) / n), float32((float64(t.Y) - float64(ancestor.Y)*n) / n), float32(1 / n), float32(1 / n)}
}

// meets tells whether a tile touches a region, which may cross the antimeridian.
func meets(t Tile, b geo.Bound) bool {
	r := Bounds(t)
	if r.North <= b.South || r.South >= b.North {
		return false
	}
	if b.West <= b.East {
		return r.East > b.West && r.West < b.East
	}
	return r.East > b.West || r.West < b.East
}
