package sky

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
)

// Star is a fixed star.
type Star struct {
	Dir       mgl64.Vec3 // unit, equatorial frame of J2000: x to the equinox, z to the pole
	Magnitude float64    // visual
	BV        float64    // colour index B-V: blue -0.3, white 0.3, red 1.8
	Parsecs   float64    // from the Sun; 0 = not known
}

// Stars of a catalogue.
const (
	faintest = 8.0     // magnitudes that are kept
	mostStar = 200_000 // of a catalogue
)

// ReadStars reads a star catalogue: the Bright Star Catalogue as published (Hoffleit and
// Warren 1991, lines of 197 columns), GeoJSON points with mag and bv whose longitude is
// the right ascension, or the catalogue as JSON with positions in parsecs (x north, y, z)
// and luminosities. Entries without a place or a magnitude are left out and counted.
func ReadStars(data []byte) (stars []Star, skipped int, err error) {
	add := func(dir mgl64.Vec3, mag, bv, parsecs float64) {
		n := dir.Len()
		if !(n > 0) || math.IsInf(n, 0) || math.IsNaN(mag) || mag < -5 || mag > faintest || math.IsNaN(bv) || len(stars) >= mostStar {
			skipped++
			return
		}
		stars = append(stars, Star{dir.Mul(1 / n), mag, min(max(bv, -0.4), 2.5), parsecs})
	}
	switch start := bytes.TrimLeft(data, "\ufeff \t\r\n"); {
	case bytes.HasPrefix(start, []byte("[")):
		err = readParsecs(data, add)
	case bytes.HasPrefix(start, []byte("{")):
		err = readGeoJSON(data, add)
	default:
		err = readColumns(data, add)
	}
	if err == nil && len(stars) == 0 {
		err = errors.New("no star with a place and a magnitude: not a catalogue that is known")
	}
	if err != nil {
		return nil, skipped, fmt.Errorf("stars: %w", err)
	}
	return stars, skipped, nil
}

func equatorial(ra, dec float64) mgl64.Vec3 {
	sr, cr := math.Sincos(ra)
	sd, cd := math.Sincos(dec)
	return mgl64.Vec3{cd * cr, cd * sr, sd}
}

// readColumns reads the catalogue's own form; columns are counted from 1 in its notes.
func readColumns(data []byte, add func(dir mgl64.Vec3, mag, bv, parsecs float64)) error {
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		s := lines.Text()
		if len(s) < 107 {
			continue
		}
		bad := false
		number := func(from, to int) float64 {
			if to > len(s) {
				return math.NaN()
			}
			v, err := strconv.ParseFloat(strings.TrimSpace(s[from-1:to]), 64)
			if err != nil {
				bad = true
			}
			return v
		}
		hours := number(76, 77) + number(78, 79)/60 + number(80, 83)/3600
		degrees := number(85, 86) + number(87, 88)/60 + number(89, 90)/3600
		if s[83] == '-' {
			degrees = -degrees
		}
		mag := number(103, 107)
		if bad { // novae and clusters that were struck out
			add(mgl64.Vec3{}, 0, 0, 0)
			continue
		}
		bv := 0.5
		if len(s) >= 114 {
			if v, err := strconv.ParseFloat(strings.TrimSpace(s[109:114]), 64); err == nil {
				bv = v
			}
		}
		parsecs := 0.0
		if len(s) >= 166 { // trigonometric parallax in seconds of arc; below some hundredths it is mostly error
			if v, err := strconv.ParseFloat(strings.TrimSpace(s[161:166]), 64); err == nil && v > 0.01 {
				parsecs = 1 / v
			}
		}
		add(equatorial(hours*math.Pi/12, degrees*math.Pi/180), mag, bv, parsecs)
	}
	return lines.Err()
}

func readGeoJSON(data []byte, add func(dir mgl64.Vec3, mag, bv, parsecs float64)) error {
	var doc struct {
		Features []struct {
			Properties struct{ Mag, BV any }
			Geometry   struct{ Coordinates json.RawMessage }
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return err
	}
	number := func(v any, otherwise float64) float64 {
		switch v := v.(type) {
		case float64:
			return v
		case string:
			if x, err := strconv.ParseFloat(v, 64); err == nil {
				return x
			}
		}
		return otherwise
	}
	for _, f := range doc.Features {
		var at []float64
		if json.Unmarshal(f.Geometry.Coordinates, &at) != nil || len(at) < 2 {
			add(mgl64.Vec3{}, 0, 0, 0)
			continue
		}
		add(equatorial(at[0]*math.Pi/180, at[1]*math.Pi/180), number(f.Properties.Mag, math.NaN()), number(f.Properties.BV, 0.5), 0)
	}
	return nil
}

// readParsecs takes the sun's absolute magnitude as 4.74, as the file's luminosities do.
func readParsecs(data []byte, add func(dir mgl64.Vec3, mag, bv, parsecs float64)) error {
	var list []struct {
		X, Y, Z, P *float64
		N          *float64 `json:"N"`
		Name       any      `json:"n"` // JSON's names would match N too
		K          struct{ R, G, B float64 }
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	for _, s := range list {
		if s.X == nil || s.Y == nil || s.Z == nil || s.P == nil || s.N == nil || !(*s.N > 0) || !(*s.P > 0) {
			add(mgl64.Vec3{}, 0, 0, 0)
			continue
		}
		mag := 4.74 - 2.5*math.Log10(*s.N) + 5*math.Log10(*s.P/10)
		// Colours come as sRGB; red over blue tells the index.
		bv := 0.35 + 1.1*(s.K.R-s.K.B)
		add(mgl64.Vec3{*s.Z, -*s.Y, *s.X}, mag, bv, *s.P)
	}
	return nil
}

// Galactic is the rotation from the equatorial frame of J2000 to the galactic one: x to
// the centre of the Galaxy, z to its pole (Hipparcos 1997, volume 1, section 1.5.3).
var Galactic = mgl64.Mat3{
	-0.0548755604162154, 0.4941094278755837, -0.8676661490190047,
	-0.8734370902348850, -0.4448296299600112, -0.1980763734312015,
	-0.4838350155487132, 0.7469822444972189, 0.4559837761750669,
}

// SeededStars invents a sky with as many stars of each magnitude as the real one, crowded
// towards the plane of the Galaxy: for scenes that name no catalogue. The constellations
// are of no world.
func SeededStars() []Star {
	rng := rand.New(rand.NewPCG(0x57a25, 88))
	const n = 9000
	stars := make([]Star, 0, n)
	for len(stars) < n {
		z := 2*rng.Float64() - 1
		a := 2 * math.Pi * rng.Float64()
		r := math.Sqrt(1 - z*z)
		// Brighter than m there are 9000·10^(0.49 (m - 6.5)).
		mag := 6.5 + math.Log10(1-rng.Float64())/0.49
		bv := 0.62 + 0.5*rng.NormFloat64()
		crowd := rng.Float64()
		if mag < -1.5 || crowd > 0.35+0.65*math.Exp(-math.Abs(z)*4) {
			continue
		}
		g := mgl64.Vec3{r * math.Cos(a), r * math.Sin(a), z}
		stars = append(stars, Star{Galactic.Transpose().Mul3x1(g), mag, min(max(bv, -0.3), 1.9), 0})
	}
	slices.SortFunc(stars, func(a, b Star) int {
		if a.Magnitude < b.Magnitude {
			return -1
		}
		return 1
	})
	return stars
}

// Color is the star's colour in linear light of luminance 1: a black body of Ballesteros'
// temperature (2012), half way to white, as eyes see points.
func (s Star) Color() mgl64.Vec3 {
	t := 4600 * (1/(0.92*s.BV+1.7) + 1/(0.92*s.BV+0.62))
	// Planck's law at the wavelengths that sRGB's primaries stand for.
	var c mgl64.Vec3
	for k, nm := range []float64{610, 550, 465} {
		white := math.Exp(1.4388e7/(nm*6500)) - 1
		c[k] = white / (math.Exp(1.4388e7/(nm*t)) - 1)
	}
	c = c.Mul(1 / (0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]))
	return c.Add(mgl64.Vec3{1, 1, 1}).Mul(0.5)
}

// Precession turns directions of J2000 into those of the equator and equinox of a date,
// years later (Capitaine et al. 2003, to the second order: an arc second in a century).
func Precession(years float64) mgl64.Mat3 {
	t := years / 100
	second := math.Pi / 180 / 3600
	zeta := (2306.083*t + 0.2988*t*t) * second
	z := (2306.077*t + 1.0927*t*t) * second
	theta := (2004.192*t - 0.4294*t*t) * second
	return mgl64.Rotate3DZ(z).Mul3(mgl64.Rotate3DY(-theta)).Mul3(mgl64.Rotate3DZ(zeta))
}
