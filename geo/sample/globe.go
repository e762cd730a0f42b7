package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// globe paints an invented planet: continents of folded noise on a sphere, open ocean
// round the island; alpha 0 is water. Equirectangular.
func (c *city) globe() ([]byte, error) {
	const w, h = 1024, 512
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	home := Center.Up()
	n := c.rnd + 77
	for j := range h {
		lat := math.Pi/2 - (float64(j)+0.5)*math.Pi/h
		sinLat, cosLat := math.Sincos(lat)
		for i := range w {
			lng := (float64(i)+0.5)*2*math.Pi/w - math.Pi
			sin, cos := math.Sincos(lng)
			p := [3]float64{cosLat * cos, cosLat * sin, sinLat}
			land := n.fbm3(p, 1.7, 6) + 0.30*n.fbm3(p, 5, 5) - 0.02
			land -= 0.55 * math.Exp((p[0]*home[0]+p[1]*home[1]+p[2]*home[2]-1)*18) // the island lies alone
			if land < 0.04 {
				continue
			}
			dry := n.fbm3([3]float64{p[0] + 3, p[1], p[2]}, 2.4, 4) + 0.9*math.Exp(-sq((math.Abs(lat)-0.42)/0.16)) - 0.35
			img.SetNRGBA(i, j, landColor(lat, land, dry, n.fbm3(p, 21, 4)))
		}
	}
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img)
	return b.Bytes(), err
}

func landColor(lat, height, dry, grain float64) color.NRGBA {
	green, sand, rock, ice := [3]float64{52, 72, 38}, [3]float64{171, 146, 104}, [3]float64{104, 92, 78}, [3]float64{232, 236, 240}
	c := mix(green, sand, smoothstep(-0.1, 0.35, dry))
	c = mix(c, rock, smoothstep(0.25, 0.5, height))
	c = mix(c, [3]float64{88, 92, 70}, smoothstep(0.85, 1.1, math.Abs(lat)))
	c = mix(c, ice, smoothstep(1.12, 1.25, math.Abs(lat)+0.1*grain))
	g := 1 + 0.25*grain
	return color.NRGBA{clamp8(c[0] * g), clamp8(c[1] * g), clamp8(c[2] * g), 255}
}

func mix(a, b [3]float64, t float64) [3]float64 {
	return [3]float64{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t, a[2] + (b[2]-a[2])*t}
}

func clamp8(v float64) uint8 { return uint8(math.Round(math.Min(math.Max(v, 0), 255))) }

// fbm3 is fbm on the surface of the unit sphere: smooth everywhere, poles included.
func (n noise) fbm3(p [3]float64, scale float64, octaves int) float64 {
	sum, amp, total := 0.0, 1.0, 0.0
	for i := range octaves {
		sum += float64(amp * (n+noise(31*i)).value3(p[0]*scale, p[1]*scale, p[2]*scale))
		total += amp
		scale, amp = scale*2.07, amp*0.52
	}
	return sum / total
}

// value3 is smooth value noise in three dimensions, in [-1, 1].
func (n noise) value3(x, y, z float64) float64 {
	fx, fy, fz := math.Floor(x), math.Floor(y), math.Floor(z)
	ix, iy, iz := int(fx), int(fy), int(fz)
	tx, ty, tz := fade(x-fx), fade(y-fy), fade(z-fz)
	lerp := func(a, b, t float64) float64 { return a + float64((b-a)*t) }
	plane := func(k int) float64 {
		return lerp(lerp(n.unit(ix, iy, k), n.unit(ix+1, iy, k), tx), lerp(n.unit(ix, iy+1, k), n.unit(ix+1, iy+1, k), tx), ty)
	}
	return 2*lerp(plane(iz), plane(iz+1), tz) - 1
}
