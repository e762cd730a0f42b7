package raster

import (
	"bufio"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/longtake/longtake/geo"
)

var tileName = regexp.MustCompile(`(?:^|[^0-9])(\d{1,2})[/_-](\d{1,8})[/_-](\d{1,8})(?:@2x)?\.[A-Za-z]+$`)

// tileAddress reads z, x, y from names like 12/646/1400.png and terrarium-8-45-99.png.
func tileAddress(path string) ([3]uint32, bool) {
	m := tileName.FindStringSubmatch(filepath.ToSlash(path))
	if m == nil {
		return [3]uint32{}, false
	}
	var t [3]uint32
	for i := range t {
		v, err := strconv.ParseUint(m[i+1], 10, 32)
		if err != nil {
			return t, false
		}
		t[i] = uint32(v)
	}
	return t, validTile(t)
}

func validTile(t [3]uint32) bool {
	return t[0] <= 26 && t[1] < 1<<t[0] && t[2] < 1<<t[0]
}

// placeTile lays the raster over a Web-Mercator tile.
func (g *Grid) placeTile(t [3]uint32) {
	size := 360 / float64(uint32(1)<<t[0])
	g.Mercator = true
	g.place(geo.Bound{
		West: -180 + float64(t[1])*size, East: -180 + float64(t[1]+1)*size,
		North: 180 - float64(t[2])*size, South: 180 - float64(t[2]+1)*size,
	}, false)
}

// readPNG decodes a picture whose channels are heights.
func readPNG(r io.ReadSeeker, path string, o Options) (*Grid, error) {
	c, err := png.DecodeConfig(bufio.NewReader(r))
	if err != nil {
		return nil, err
	}
	// A picture's memory is taken on the word of its header.
	if most := min(o.maxCells(), 1<<26); int64(c.Width)*int64(c.Height) > int64(most) {
		return nil, fmt.Errorf("%d×%d samples are more than the %d that are read at once", c.Width, c.Height, most)
	}
	g := &Grid{Width: c.Width, Height: c.Height}
	if o.Bounds != nil {
		g.place(*o.Bounds, false)
	} else if o.Tile != nil {
		g.placeTile(*o.Tile)
	} else if t, ok := tileAddress(path); ok && c.Width == c.Height {
		g.placeTile(t)
		g.note(fmt.Sprintf("%s is placed as Web-Mercator tile %d/%d/%d by its name", filepath.Base(path), t[0], t[1], t[2]))
	} else {
		return nil, fmt.Errorf("a PNG does not say where it lies: give bounds (west, south, east, north), or name it z/x/y.png")
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, err := png.Decode(bufio.NewReader(r))
	if err != nil {
		return nil, err
	}
	g.decode(newPixels(img), o)
	if err := g.crop(o.Clip); err != nil {
		return nil, err
	}
	return g, nil
}

// pixels reads 16-bit channels of an image, not multiplied by alpha.
type pixels struct {
	img  image.Image
	deep bool // 16 bits a channel
	grey bool // all pixels have equal channels
}

func newPixels(img image.Image) pixels {
	p := pixels{img: img}
	switch img.(type) {
	case *image.Gray:
		p.grey = true
		return p
	case *image.Gray16:
		p.grey, p.deep = true, true
		return p
	case *image.RGBA64, *image.NRGBA64:
		p.deep = true
	}
	p.grey = true
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y && p.grey; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, gg, bb, a := p.at(x, y); a > 0 && (r != gg || gg != bb) {
				p.grey = false
				break
			}
		}
	}
	return p
}

// at returns the channels at their own depth (0..255, or 0..65535 where deep).
func (p pixels) at(x, y int) (r, g, b, a uint32) {
	if m, ok := p.img.(*image.NRGBA); ok { // the common case without conversions
		i := m.PixOffset(x, y)
		return uint32(m.Pix[i]), uint32(m.Pix[i+1]), uint32(m.Pix[i+2]), uint32(m.Pix[i+3])
	}
	c := color.NRGBA64Model.Convert(p.img.At(x, y)).(color.NRGBA64)
	if p.deep {
		return uint32(c.R), uint32(c.G), uint32(c.B), uint32(c.A)
	}
	return uint32(c.R >> 8), uint32(c.G >> 8), uint32(c.B >> 8), uint32(c.A >> 8)
}

// encoding recognises how colours hold heights. Terrarium's red is 128 at sea level,
// terrain-RGB's is 1 or 2 from −3 to +9 km.
func (p pixels) encoding() string {
	if p.grey {
		return Grey
	}
	b := p.img.Bounds()
	var high, n int
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, _, _, a := p.at(x, y); a > 0 {
				n++
				if r >= 64 {
					high++
				}
			}
		}
	}
	if 2*high > n {
		return Terrarium
	}
	return TerrainRGB
}

// decode fills Heights from the picture.
func (g *Grid) decode(p pixels, o Options) {
	kind := o.Decode
	if kind == "" {
		if kind = p.encoding(); kind != Grey {
			g.note("colours are read as " + kind + ", by their values")
		}
	}
	scale, offset := o.Scale, o.Offset
	own := scale == 0 && offset == 0
	if kind == TerrainRGB && own {
		scale, offset = 0.1, -10000
	}
	if kind == Grey && scale == 0 {
		g.note("no scale given: one metre a grey level")
	}
	scale = cmp.Or(scale, 1)
	if kind == Grey && !p.deep {
		g.Quantum = math.Abs(scale)
	}
	b := p.img.Bounds()
	g.Heights = make([]float32, g.Width*g.Height)
	for y := range g.Height {
		for x := range g.Width {
			r, gg, bb, a := p.at(b.Min.X+x, b.Min.Y+y)
			var raw float64
			void := a == 0
			switch kind {
			case Grey:
				raw = float64(r)
			case Terrarium:
				raw = float64(r)*256 + float64(gg) + float64(bb)/256 - 32768
			case TerrainRGB:
				v := r<<16 | gg<<8 | bb
				void = void || own && v == 0 // what tile services write where they know nothing
				raw = float64(v)
			}
			h := raw*scale + offset
			if void || o.NoData != nil && raw == *o.NoData || !(h >= lowest && h <= highest) {
				h = math.NaN()
			}
			g.Heights[y*g.Width+x] = float32(h)
		}
	}
}
