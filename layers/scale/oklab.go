package scale

import (
	"math"

	"github.com/longtake/longtake/scene"
)

// lab is a colour in OKLab (Ottosson 2020, "A perceptual color space for image processing"):
// lightness, green to red, blue to yellow.
type lab [3]float64

func toLab(c scene.Color) lab {
	r, g, b := scene.Linear(c[0]), scene.Linear(c[1]), scene.Linear(c[2])
	return linearToLab(r, g, b)
}

func linearToLab(r, g, b float64) lab {
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return lab{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

// color is the nearest of sRGB, by cutting its channels off.
func (p lab) color(alpha uint8) scene.Color {
	l := p[0] + 0.3963377774*p[1] + 0.2158037573*p[2]
	m := p[0] - 0.1055613458*p[1] - 0.0638541728*p[2]
	s := p[0] - 0.0894841775*p[1] - 1.2914855480*p[2]
	l, m, s = l*l*l, m*m*m, s*s*s
	return scene.Color{
		scene.SRGB(4.0767416621*l - 3.3077115913*m + 0.2309699292*s),
		scene.SRGB(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s),
		scene.SRGB(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s),
		alpha,
	}
}

// mixLab is the colour a share f of the way from a to b through OKLab.
func mixLab(a, b scene.Color, f float64) scene.Color {
	p, q := toLab(a), toLab(b)
	// The hue of what is transparent through and through counts for nothing.
	switch {
	case a[3] == 0:
		p = q
	case b[3] == 0:
		q = p
	}
	for i := range p {
		p[i] += (q[i] - p[i]) * f
	}
	return p.color(uint8(math.Round(float64(a[3]) + (float64(b[3])-float64(a[3]))*f)))
}

// distance is 100 times that of OKLab, so that 2 is about the least that is seen side by side.
func (p lab) distance(q lab) float64 {
	return 100 * math.Sqrt((p[0]-q[0])*(p[0]-q[0])+(p[1]-q[1])*(p[1]-q[1])+(p[2]-q[2])*(p[2]-q[2]))
}
