package pyramid

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

const (
	side      = 256
	jpegBest  = 90
	cutLimit  = 8192 // tiles of the finest zoom
	fullAlpha = 255
)

// ErrRegion says that a picture has no region on the Earth.
var ErrRegion = errors.New("a picture needs bounds: west, south, east, north in degrees, south below north")

// Cut makes tiles of a picture whose columns are even in longitude and rows in latitude,
// edge to edge in the region: the finest zoom whose texels are not much finer than the
// picture's, and all above it. What lies outside is transparent.
func Cut(ctx context.Context, img image.Image, b geo.Bound) ([]Picture, error) {
	width := b.East - b.West
	if width <= 0 {
		width += 360
	}
	if b.South >= b.North || width > 360 || b.South < -90 || b.North > 90 {
		return nil, ErrRegion
	}
	c := cutter{img: img, bound: b, width: width, tiles: map[Tile]*image.NRGBA{}}
	size := img.Bounds().Size()
	zoom := uint32(max(0, math.Round(math.Log2(360/width*float64(size.X)/side))))
	var finest []Tile
	for zoom = min(zoom, MaxZoom); ; zoom-- {
		if finest = c.within(zoom); len(finest) <= cutLimit {
			break
		}
	}
	for _, t := range finest {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c.tiles[t] = c.sample(t)
	}
	var out []Picture
	for level := finest; ; {
		var above []Tile
		seen := map[Tile]bool{}
		for _, t := range level {
			data, err := encode(c.tiles[t])
			if err != nil {
				return nil, err
			}
			out = append(out, Picture{t, data})
			if p := Parent(t); t.Z > 0 && !seen[p] {
				seen[p] = true
				above = append(above, p)
			}
		}
		if len(above) == 0 {
			return out, nil
		}
		next := map[Tile]*image.NRGBA{}
		for _, t := range above {
			next[t] = halved(t, c.tiles)
		}
		c.tiles, level = next, above
	}
}

type cutter struct {
	img   image.Image
	bound geo.Bound
	width float64 // degrees
	tiles map[Tile]*image.NRGBA
}

// within lists the tiles of a zoom that touch the region, row by row.
func (c *cutter) within(zoom uint32) (out []Tile) {
	n := math.Exp2(float64(zoom))
	row := func(lat float64) float64 {
		lat = math.Min(math.Max(lat, -MaxLatitude), MaxLatitude)
		return (1 - math.Atanh(math.Sin(earth.Radians(lat)))/math.Pi) / 2 * n
	}
	x0, x1 := math.Floor((c.bound.West+180)/360*n), math.Ceil((c.bound.West+c.width+180)/360*n)
	y0, y1 := math.Max(math.Floor(row(c.bound.North)+1e-9), 0), math.Min(math.Ceil(row(c.bound.South)-1e-9), n)
	if (x1-x0)*(y1-y0) > 4*cutLimit {
		return make([]Tile, cutLimit+1)
	}
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			out = append(out, Tile{Z: zoom, X: uint32(math.Mod(x+n, n)), Y: uint32(y)})
		}
	}
	return out
}

// sample fills a tile, bilinear.
func (c *cutter) sample(t Tile) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, side, side))
	r := Bounds(t)
	size := c.img.Bounds().Size()
	n := math.Exp2(float64(t.Z))
	for y := range side {
		lat := earth.Degrees(math.Atan(math.Sinh(math.Pi * (1 - 2*(float64(t.Y)+(float64(y)+0.5)/side)/n))))
		v := (c.bound.North-lat)/(c.bound.North-c.bound.South)*float64(size.Y) - 0.5
		if v < -0.5 || v > float64(size.Y)-0.5 {
			continue
		}
		for x := range side {
			lng := r.West + (float64(x)+0.5)/side*(r.East-r.West)
			east := math.Mod(lng-c.bound.West+720, 360)
			u := east/c.width*float64(size.X) - 0.5
			if u > float64(size.X)-0.5 {
				continue
			}
			out.SetNRGBA(x, y, bilinear(c.img, u, v))
		}
	}
	return out
}

// bilinear samples a picture between the middles of its pixels.
func bilinear(img image.Image, u, v float64) color.NRGBA {
	b := img.Bounds()
	x, y := math.Floor(u), math.Floor(v)
	var sum [4]float64 // premultiplied
	for j := range 2 {
		for i := range 2 {
			px := min(max(int(x)+i, 0), b.Dx()-1)
			py := min(max(int(y)+j, 0), b.Dy()-1)
			w := math.Abs(float64(1-i)-(u-x)) * math.Abs(float64(1-j)-(v-y))
			r, g, bl, a := img.At(b.Min.X+px, b.Min.Y+py).RGBA()
			for k, s := range [4]uint32{r, g, bl, a} {
				sum[k] += w * float64(s) / 257
			}
		}
	}
	return straight(sum)
}

func straight(sum [4]float64) color.NRGBA {
	if sum[3] < 0.5 {
		return color.NRGBA{}
	}
	f := fullAlpha / sum[3]
	b := func(v float64) uint8 { return uint8(math.Round(math.Min(v, fullAlpha))) }
	return color.NRGBA{b(sum[0] * f), b(sum[1] * f), b(sum[2] * f), b(sum[3])}
}

// halved is the parent of four tiles, of which some may be missing.
func halved(t Tile, tiles map[Tile]*image.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, side, side))
	for k, c := range Children(t) {
		child := tiles[c]
		if child == nil {
			continue
		}
		for y := range side / 2 {
			for x := range side / 2 {
				var sum [4]float64
				for i := range 4 {
					p := child.NRGBAAt(2*x+i%2, 2*y+i/2)
					a := float64(p.A) / fullAlpha / 4
					sum[0], sum[1], sum[2], sum[3] = sum[0]+a*float64(p.R), sum[1]+a*float64(p.G), sum[2]+a*float64(p.B), sum[3]+a*fullAlpha
				}
				out.SetNRGBA(x+k%2*side/2, y+k/2*side/2, straight(sum))
			}
		}
	}
	return out
}

// encode writes a tile as JPEG, or as PNG where it is transparent anywhere.
func encode(img *image.NRGBA) ([]byte, error) {
	var out bytes.Buffer
	if img.Opaque() {
		err := jpeg.Encode(&out, img, &jpeg.Options{Quality: jpegBest})
		return out.Bytes(), err
	}
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, img)
	return out.Bytes(), err
}
