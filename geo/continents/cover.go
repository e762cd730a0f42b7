package continents

import (
	"image"
	"image/draw"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"golang.org/x/image/vector"
)

// Cover is the share of each cell of a map that polygons cover, 0 to 255, in rows of width from
// the south. Rings may go on beyond 180°. Cells hold exact areas, so that what lies between
// them by straight interpolation meets a shore where it is a half.
func Cover(polygons orb.MultiPolygon, width, height int) []byte {
	r := vector.NewRasterizer(width, height)
	r.DrawOp = draw.Src
	toX, toY := float64(width)/360, float64(height)/180
	for _, p := range polygons {
		west, east := p.Bound().Min[0], p.Bound().Max[0]
		for turn := math.Ceil((-180 - east) / 360); west+360*turn < 180; turn++ {
			for i, ring := range p {
				// Islands and the land around lakes turn opposite ways: areas are counted with a sign.
				backwards := (planar.Area(ring) < 0) != (i > 0)
				for j := range ring {
					v := ring[j]
					if backwards {
						v = ring[len(ring)-1-j]
					}
					x, y := float32((v[0]+360*turn+180)*toX), float32((v[1]+90)*toY)
					if j == 0 {
						r.MoveTo(x, y)
					} else {
						r.LineTo(x, y)
					}
				}
				r.ClosePath()
			}
		}
	}
	out := image.NewAlpha(image.Rect(0, 0, width, height))
	r.Draw(out, out.Rect, image.Opaque, image.Point{})
	return out.Pix
}

// Sketch is the cover of the outlines here, their shores wound as shores are: none is known to
// some tens of kilometres, and straight lines would say that they are.
func Sketch(width, height int) []byte {
	land, lakes := Land()
	step := 360 / float64(width)
	out := Cover(wind(land, step), width, height)
	for i, lake := range Cover(wind(lakes, step), width, height) {
		out[i] = byte(max(0, int(out[i])-int(lake)))
	}
	return out
}

// wind puts points between those of outlines, to steps of so many degrees, each aside from
// where it lies by a share of the way: midpoints are displaced (Fournier, Fussell and Carpenter
// 1982), the same for the same ends.
func wind(m orb.MultiPolygon, step float64) orb.MultiPolygon {
	out := make(orb.MultiPolygon, len(m))
	for i, p := range m {
		ring := orb.Ring{p[0][0]}
		for j := 1; j < len(p[0]); j++ {
			ring = windLine(ring, p[0][j-1], p[0][j], step)
		}
		out[i] = orb.Polygon{ring}
	}
	return out
}

// windLine appends what lies beyond a up to b.
func windLine(out orb.Ring, a, b orb.Point, step float64) orb.Ring {
	const most = 0.22 // of half a line's length
	d := orb.Point{b[0] - a[0], b[1] - a[1]}
	edge := math.Abs(a[1]) > 85 || math.Abs(b[1]) > 85 // of the map, at a pole
	if edge || math.Hypot(d[0]*math.Cos(a[1]*math.Pi/180), d[1]) < 1.5*step {
		return append(out, b)
	}
	aside := most * (2*unit(a, b) - 1) / 2
	wide := math.Max(math.Cos((a[1]+b[1])/2*math.Pi/180), 0.1) // of a degree of longitude
	mid := orb.Point{(a[0]+b[0])/2 - aside*d[1]/wide, (a[1]+b[1])/2 + aside*d[0]*wide}
	return windLine(windLine(out, a, mid, step), mid, b, step)
}

// unit is a number from 0 to 1 of two points, whichever comes first, the same on each turn
// around the Earth.
func unit(a, b orb.Point) float64 {
	h := uint64(0)
	for _, p := range []orb.Point{a, b} {
		x := math.Mod(p[0]+540, 360)
		k := math.Float64bits(math.Round(x*1e6))*0x9e3779b97f4a7c15 ^ math.Float64bits(math.Round(p[1]*1e6))*0xc2b2ae3d27d4eb4f
		k ^= k >> 31
		k *= 0xd6e8feb86659fd93
		h += k ^ k>>29
	}
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return float64(h>>11) / (1 << 53)
}

// Climate is a map of how arid, lush and icy it is, in three channels of 0 to 255.
func Climate(width, height int) []byte {
	out := make([]byte, 3*width*height)
	for y := range height {
		lat := (float64(y)+0.5)/float64(height)*180 - 90
		for x := range width {
			lng := (float64(x)+0.5)/float64(width)*360 - 180
			for _, c := range drawn().climates {
				dx := math.Mod(math.Abs(lng-c.mid[0]), 360)
				dx = math.Min(dx, 360-dx)
				d := math.Hypot(dx/c.width[0], (lat-c.mid[1])/c.width[1])
				share := byte(255 * math.Min(math.Max(1.6-1.2*d, 0), 1)) // half at d = 0.92
				at := &out[3*(y*width+x)+c.kind]
				*at = max(*at, share)
			}
		}
	}
	return out
}
