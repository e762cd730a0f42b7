package sky

import (
	"math"
	"math/rand/v2"

	"github.com/go-gl/mathgl/mgl64"
)

// Parsec in metres.
const Parsec = 3.0856775814913673e16

// Stars whose catalogue does not say how far they are get distances like those of the ones
// that are seen by eye: log-normal about the median of the Bright Star Catalogue's, in parsecs.
const (
	farMedian = 120.0
	farSpread = 1.0 // of the natural logarithm
)

// Body is a light of the solar system, seen as a point while its disc is smaller than a pixel.
type Body struct {
	At     mgl64.Vec3 // from the eye, metres
	Sun    mgl64.Vec3 // from the Sun to it, metres
	Radius float64    // metres
	Albedo float64    // geometric
	Color  mgl64.Vec3 // linear
	Name   string     // by which its face is known
	Pole   mgl64.Vec3 // unit, its axis
	Flat   float64    // flattening
}

// Magnitude is the visual one: that of a Lambert sphere by its phase, in front of the Sun
// of -26.74 at one astronomical unit.
func (b *Body) Magnitude() float64 {
	d, s := b.At.Len(), b.Sun.Len()
	if d == 0 || s == 0 {
		return math.Inf(1)
	}
	phase := math.Acos(mgl64.Clamp(b.At.Dot(b.Sun)/(d*s), -1, 1)) // between eye and Sun, seen from it
	lambert := (math.Sin(phase) + (math.Pi-phase)*math.Cos(phase)) / math.Pi
	light := b.Albedo * lambert * math.Pow(b.Radius/d*au/s, 2)
	return sunMagnitude - 2.5*math.Log10(math.Max(light, 1e-30))
}

const (
	sunMagnitude = -26.74
	au           = 149597870700.0
)

// SunAsStar is the Sun's magnitude from so many metres.
func SunAsStar(metres float64) float64 { return sunMagnitude + 5*math.Log10(metres/au) }

// SunBV is its colour index.
const SunBV = 0.65

// SeenFrom returns the stars as they are seen from a place: parsecs from the Sun, equatorial
// frame of J2000. Near the Sun they are as the catalogue has them.
func SeenFrom(stars []Star, eye mgl64.Vec3, out []Star) []Star {
	for _, s := range stars {
		d := s.distance()
		to := s.Dir.Mul(d).Sub(eye)
		n := to.Len()
		if n < 1e-6 {
			continue
		}
		out = append(out, Star{to.Mul(1 / n), s.Magnitude + 5*math.Log10(n/d), s.BV, n})
	}
	return out
}

// distance is the star's, or one that its direction decides: were they all alike, the stars
// would be a ball of glass from outside.
func (s Star) distance() float64 {
	if s.Parsecs > 0 {
		return s.Parsecs
	}
	rng := rand.New(rand.NewPCG(math.Float64bits(s.Dir[0]), math.Float64bits(s.Dir[1])^math.Float64bits(s.Dir[2])))
	return farMedian * math.Exp(farSpread*mgl64.Clamp(rng.NormFloat64(), -3, 3))
}

// SunInGalaxy is where the Sun is: kiloparsecs from the centre of the Galaxy in galactic axes,
// x from the Sun to the centre (GRAVITY Collaboration 2019; Bennett and Bovy 2019).
var SunInGalaxy = mgl64.Vec3{-8.18, 0, 0.021}

// ArmPitch is the angle by which the arms of the Galaxy wind outwards, BarAngle that of its
// bar from the line between Sun and centre, radians (Vallée 2017; Bland-Hawthorn and Gerhard 2016).
const (
	ArmPitch = 12.4 * math.Pi / 180
	BarAngle = 28 * math.Pi / 180
)

// FarGalaxies invents the dim points of other galaxies, of a world's own, all round.
func FarGalaxies() []Star {
	rng := rand.New(rand.NewPCG(0xfa2, 11))
	out := make([]Star, 0, 5000)
	for len(out) < cap(out) {
		z, a := 2*rng.Float64()-1, 2*math.Pi*rng.Float64()
		r := math.Sqrt(1 - z*z)
		// Three times as many for each magnitude that they are fainter.
		magnitude := 8 + math.Log10(1-rng.Float64())/0.45
		out = append(out, Star{mgl64.Vec3{r * math.Cos(a), r * math.Sin(a), z}, max(magnitude, 3), 0.5 + 0.6*rng.Float64(), math.Inf(1)})
	}
	return out
}

// GalaxyStars invents giants and clusters of the Galaxy's arms, by whose points it shimmers
// from outside: places in its frame in kiloparsecs, and brightness as magnitudes at ten.
func GalaxyStars() (at []mgl64.Vec3, magnitude, bv []float64) {
	rng := rand.New(rand.NewPCG(0x6a1a57, 4))
	const n = 24000
	for len(at) < n {
		r := -3.4 * math.Log(rng.Float64()*rng.Float64()) // as of a disc that thins out exponentially
		if r > 16 || r < 1.5 {
			continue
		}
		arm := float64(rng.IntN(4))
		angle := math.Log(r/3)/math.Tan(ArmPitch) + arm*math.Pi/2 + rng.NormFloat64()*(0.16+0.5*rng.Float64()*rng.Float64())
		young := rng.Float64() < 0.6
		if !young {
			angle = 2 * math.Pi * rng.Float64()
		}
		height := 0.06
		if !young {
			height = 0.22
		}
		sin, cos := math.Sincos(angle)
		at = append(at, mgl64.Vec3{r * cos, r * sin, height * rng.NormFloat64()})
		magnitude = append(magnitude, 7.4+1.3*math.Log10(rng.Float64()+1e-3)) // few are bright
		index := 0.9 + 0.4*rng.NormFloat64()
		if young {
			index = -0.05 + 0.2*rng.NormFloat64()
		}
		bv = append(bv, min(max(index, -0.3), 1.8))
	}
	return at, magnitude, bv
}
