package sheet

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
)

// hatchSide is the texels along a side of the pictures of patterns.
const hatchSide = 64

// Hatch is a picture that repeats: white where a pattern is, clear between. Share is how much
// of a period a line, or across it a dot, takes. Nil where the pattern is none.
func Hatch(pattern string, share float64) *drawable.Image {
	at := map[string]func(u, v float64) float64{
		"lines":  func(_, v float64) float64 { return stripe(v, share) },
		"hatch":  func(u, v float64) float64 { return stripe(u+v, share) },
		"cross":  func(u, v float64) float64 { return math.Min(stripe(u+v, share), stripe(u-v, share)) },
		"grid":   func(u, v float64) float64 { return math.Min(stripe(u, share), stripe(v, share)) },
		"dots":   func(u, v float64) float64 { return math.Min(dot(u, v, share), dot(u+0.5, v+0.5, share)) },
		"checks": func(u, v float64) float64 { return check(u, v) },
	}[pattern]
	if at == nil {
		return nil
	}
	img := &drawable.Image{Name: "hatch " + pattern, Width: hatchSide, Height: hatchSide, Channels: 4, SRGB: true, Pixels: make([]byte, 4*hatchSide*hatchSide)}
	for j := range hatchSide {
		for i := range hatchSide {
			d := at((float64(i)+0.5)/hatchSide, (float64(j)+0.5)/hatchSide)
			p := img.Pixels[4*(j*hatchSide+i):]
			p[0], p[1], p[2], p[3] = 255, 255, 255, byte(255*min(max(0.5-d*hatchSide, 0), 1))
		}
	}
	return img
}

// Patterns are the words of Hatch, for enum tags.
const Patterns = "none,lines,hatch,cross,grid,dots,checks"

// wrapped is the distance of v from the nearest whole number.
func wrapped(v float64) float64 { return math.Abs(v - math.Round(v)) }

// stripe is the distance from a stripe's edge, negative within.
func stripe(v, share float64) float64 { return wrapped(v) - share/2 }

func dot(u, v, share float64) float64 { return math.Hypot(wrapped(u), wrapped(v)) - share/2 }

func check(u, v float64) float64 {
	a, b := 0.25-wrapped(u), 0.25-wrapped(v)
	d := math.Min(math.Abs(a), math.Abs(b))
	if a*b > 0 {
		return -d
	}
	return d
}
