package raster

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Grid is one raster of heights. Samples are points: an area raster's samples are its
// cells' centres, and every raster answers half a cell beyond its outermost samples.
type Grid struct {
	Name          string
	Width, Height int       // samples
	Heights       []float32 // metres, row-major from the north-west; NaN = void
	West, North   float64   // degrees of the north-west sample; West may lie beyond ±180
	DLng, DLat    float64   // degrees between samples, both positive

	// Mercator rows are evenly spaced in Web-Mercator's y instead of in latitude; North
	// and DLat are then degrees of y (±180 are the edges of the zoom-0 tile).
	Mercator bool

	Quantum float64  // metres a level of an 8-bit source, 0 otherwise
	Datum   string   // what Heights are above now: Ellipsoid, or what could not be converted
	Notes   []string // what was assumed while reading, the vertical datum for one, as short sentences

	vertical string // name of the vertical reference system where it is none of the known
}

// y is the row axis of a latitude, in degrees.
func (g *Grid) y(lat float64) float64 {
	if !g.Mercator {
		return lat
	}
	lat = min(max(lat, -89.99), 89.99)
	return earth.Degrees(math.Asinh(math.Tan(earth.Radians(lat))))
}

// lat is the inverse of y.
func (g *Grid) lat(y float64) float64 {
	if !g.Mercator {
		return y
	}
	return earth.Degrees(math.Atan(math.Sinh(earth.Radians(y))))
}

// pixel returns the position of a place in samples, the north-west sample being 0, 0.
func (g *Grid) pixel(lng, lat float64) (x, y float64) {
	edge := g.West - g.DLng/2
	d := math.Mod(lng-edge, 360)
	if d < 0 {
		d += 360
	}
	if d > 360-1e-9 && !g.wraps() { // rounding at the western edge
		d -= 360
	}
	return d/g.DLng - 0.5, (g.North - g.y(lat)) / g.DLat
}

// wraps tells whether the last column is the neighbour of the first.
func (g *Grid) wraps() bool { return float64(g.Width)*g.DLng > 360-g.DLng/2 }

// Bounds returns the outer edges, half a cell beyond the outermost samples.
func (g *Grid) Bounds() geo.Bound {
	b := geo.Bound{
		West:  g.West - g.DLng/2,
		East:  g.West + (float64(g.Width)-0.5)*g.DLng,
		North: min(g.lat(g.North+g.DLat/2), 90),
		South: max(g.lat(g.North-(float64(g.Height)-0.5)*g.DLat), -90),
	}
	if b.East-b.West >= 360 {
		b.West, b.East = -180, 180
		return b
	}
	b.West = earth.WrapLng(b.West)
	if b.East = earth.WrapLng(b.East); b.East == -180 {
		b.East = 180
	}
	return b
}

// Resolution is the smaller side of a cell at the raster's centre, in metres.
func (g *Grid) Resolution() float64 {
	mid := g.lat(g.North - float64(g.Height-1)/2*g.DLat)
	cos := math.Cos(earth.Radians(mid))
	dy := g.DLat
	if g.Mercator {
		dy *= cos
	}
	return earth.Radians(earth.A * min(g.DLng*cos, dy))
}

// Voids counts the samples without a height.
func (g *Grid) Voids() int {
	n := 0
	for _, v := range g.Heights {
		if v != v {
			n++
		}
	}
	return n
}

func (g *Grid) note(s string) { g.Notes = append(g.Notes, s) }

// margin is kept around Options.Clip, so that interpolation and void filling at the
// region's edge see the same cells as without clipping nearly everywhere.
const margin = 8

// span returns the columns and rows of a w×h lattice that a region needs; ok is false
// where it needs none.
func (g *Grid) span(clip geo.Bound) (x0, y0, x1, y1 int, ok bool) {
	y0 = max(int(math.Floor((g.North-g.y(clip.North))/g.DLat))-margin, 0)
	y1 = min(int(math.Ceil((g.North-g.y(clip.South))/g.DLat))+margin+1, g.Height)
	width := clip.East - clip.West
	if width < 0 {
		width += 360
	}
	// The turn of the circle in which the region meets the raster first.
	west := clip.West + 360*math.Ceil((g.West-g.DLng/2-clip.West-width)/360)
	x0 = max(int(math.Floor((west-g.West)/g.DLng))-margin, 0)
	x1 = min(int(math.Ceil((west+width-g.West)/g.DLng))+margin+1, g.Width)
	if g.wraps() && (west < g.West || west+width > g.West+360-g.DLng) { // both ends of a whole turn
		x0, x1 = 0, g.Width
	}
	return x0, y0, x1, y1, x1 > x0 && y1 > y0 && meets(g.Bounds(), clip)
}

func meets(a, b geo.Bound) bool {
	if a.South > b.North || b.South > a.North {
		return false
	}
	turn := func(x geo.Bound) float64 {
		if x.East < x.West {
			return x.East + 360 - x.West
		}
		return x.East - x.West
	}
	from := func(x, y geo.Bound) float64 { return math.Mod(math.Mod(y.West-x.West, 360)+360, 360) }
	return from(a, b) <= turn(a) || from(b, a) <= turn(b)
}

// crop cuts the raster to a region and a margin.
func (g *Grid) crop(clip *geo.Bound) error {
	if clip == nil {
		return nil
	}
	x0, y0, x1, y1, ok := g.span(*clip)
	if !ok {
		return ErrOutside
	}
	if x0 == 0 && y0 == 0 && x1 == g.Width && y1 == g.Height {
		return nil
	}
	w := x1 - x0
	out := make([]float32, w*(y1-y0))
	for y := y0; y < y1; y++ {
		copy(out[(y-y0)*w:(y-y0+1)*w], g.Heights[y*g.Width+x0:y*g.Width+x1])
	}
	g.West += float64(x0) * g.DLng
	g.North -= float64(y0) * g.DLat
	g.Heights, g.Width, g.Height = out, w, y1-y0
	return nil
}
