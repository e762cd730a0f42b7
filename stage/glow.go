package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// glow is what the signs and the shop windows of a mesh throw on pavements and walls. What
// of it is on depends on the hour, as in the shader that draws them (facade_sign.glsl,
// surface_facade.glsl).
type glow struct {
	all    []drawable.Light
	until  []float64 // of a sign: on while the share of shops is above; -1 is a shop window
	rows   []uint32  // features that the lights are of
	row    uint32    // of the lights that are added
	lights *drawable.Lights
	now    [3]float64 // what lights.Items were made for
}

// The facade code's kinds that give light on the ground, as in surface_facade.glsl.
const (
	codeSign, codeLamp     = 14, 15
	groundShops            = 2
	shopDepth, shopHeight  = 0.35, 1.9 // metres before the wall and above its foot
	shopGlass              = 0.8 * 2.2 // m² of a metre of shop front
	shopLuminance          = 22.0      // cd/m², with all on
	leastLux               = 0.12      // at which a light ends
	shopStep               = 6.0       // metres between the lights of a row of shops
	signLeast              = 0.4       // m² of a sign that lights anything
	boxGlow, neon, flooded = 110.0, 700.0, 75.0
)

var shopWarm = luminous(mgl64.Vec3{1, 0.72, 0.42})

// glowOf collects the lights of a mesh; nil for one that gives none.
func glowOf(m *geo.Mesh, frame mgl64.Mat4) *glow {
	if (m.Material != geo.Facade && m.Material != geo.Sign) || m.Colors == nil || m.UVs == nil || m.Normals == nil {
		return nil
	}
	g := &glow{now: [3]float64{-1, -1, -1}}
	var sign signFace
	rowOf := func(i uint32) uint32 {
		if m.Features == nil {
			return math.MaxUint32
		}
		return m.Features[i]
	}
	for i := 0; i+2 < len(m.Indices); i += 3 {
		t := [3]uint32{m.Indices[i], m.Indices[i+1], m.Indices[i+2]}
		code := 255 - m.Colors[t[0]][3]
		switch {
		case code&15 == codeSign:
			if sign.color != m.Colors[t[0]] || sign.normal != m.Normals[t[0]] {
				g.sign(&sign)
				sign = signFace{color: m.Colors[t[0]], normal: m.Normals[t[0]], row: rowOf(t[0])}
			}
			a, b, c := point(m, t[0]), point(m, t[1]), point(m, t[2])
			area := b.Sub(a).Cross(c.Sub(a)).Len() / 2
			sign.area += area
			sign.sum = sign.sum.Add(a.Add(b).Add(c).Mul(area / 3))
		case code != 0 && code&15 < codeSign && code>>4&3 >= groundShops:
			g.row = rowOf(t[0])
			for k := range 3 { // the foot of a wall is one side of one triangle
				if a, b := t[k], t[(k+1)%3]; m.UVs[a][1] == 0 && m.UVs[b][1] == 0 {
					g.shops(point(m, a), point(m, b), vec64(m.Normals[a]))
				}
			}
		}
	}
	g.sign(&sign)
	if len(g.all) == 0 {
		return nil
	}
	// Bounds are of all, whatever is on.
	g.lights = (&drawable.Lights{Frame: frame, Near: true, Items: g.all}).Bound()
	g.lights.Items = nil
	return g
}

func point(m *geo.Mesh, i uint32) mgl64.Vec3 { return vec64(m.Positions[i]) }

func vec64(v [3]float32) mgl64.Vec3 {
	return mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])}
}

// signFace is one side of a sign.
type signFace struct {
	color  [4]uint8
	normal [3]float32
	row    uint32 // of its feature
	area   float64
	sum    mgl64.Vec3 // of its places, times area
}

// sign adds a side's light: its mean colour, as the shader draws its layout.
func (g *glow) sign(s *signFace) {
	if s.area < signLeast {
		return
	}
	seed := hash1(uint32(s.color[0]) | uint32(s.color[1])<<8 | uint32(s.color[2])<<16 + 77)
	ink := mgl64.Vec3{scene.Linear(s.color[0]), scene.Linear(s.color[1]), scene.Linear(s.color[2])}
	paper := mgl64.Vec3{0.80, 0.77, 0.70}
	if ink.Dot(mgl64.Vec3{0.2, 0.7, 0.1}) > 0.4 {
		paper = mgl64.Vec3{0.035, 0.04, 0.06}
	}
	own := ink
	if unit(seed) > 0.6 {
		ink, paper = paper, ink
	}
	var light mgl64.Vec3 // mean luminance by channel
	switch kind := (255 - s.color[3]) >> 4 & 3; kind {
	case 0:
		light = mix(paper, ink, 0.35).Mul(boxGlow)
	case 1:
		light = mix(mix(paper, ink, 0.35), own, 0.8).Mul(neon * 0.35)
	default:
		light = mix(paper, ink, 0.25).Mul(flooded)
	}
	at := s.sum.Mul(1 / s.area).Add(vec64(s.normal).Mul(0.15))
	g.row = s.row
	g.add(at, vec64(s.normal), light.Mul(s.area), unit(hash1(seed+5))-0.35)
}

// shops adds lights along the foot of a wall with shops.
func (g *glow) shops(a, b, out mgl64.Vec3) {
	long := b.Sub(a).Len()
	n := math.Round(long / shopStep)
	if n < 1 {
		if long < 2 {
			return
		}
		n = 1
	}
	light := shopWarm.Mul(shopLuminance * shopGlass * long / n)
	for k := range int(n) {
		at := a.Add(b.Sub(a).Mul((float64(k) + 0.5) / n)).Add(out.Mul(shopDepth)).Add(mgl64.Vec3{0, 0, shopHeight})
		g.add(at, out.Sub(mgl64.Vec3{0, 0, 0.25}).Normalize(), light, -1)
	}
}

// add adds a lamp that shines by the square of the cosine.
func (g *glow) add(at, along, candela mgl64.Vec3, until float64) {
	reach := mgl64.Clamp(math.Sqrt(candela.Dot(mgl64.Vec3{0.2126, 0.7152, 0.0722})/leastLux), 2, 30)
	g.all = append(g.all, newLight(at, along, reach, 1, candela, 1, 0))
	g.until, g.rows = append(g.until, until), append(g.rows, g.row)
}

// only is the glow of the features that are shown; nil of none.
func (g *glow) only(shown []bool) *glow {
	if g == nil {
		return nil
	}
	out := &glow{now: [3]float64{-1, -1, -1}}
	for i, row := range g.rows {
		if int(row) < len(shown) && shown[row] {
			out.all, out.until, out.rows = append(out.all, g.all[i]), append(out.until, g.until[i]), append(out.rows, row)
		}
	}
	if out.all == nil {
		return nil
	}
	out.lights = (&drawable.Lights{Frame: g.lights.Frame, Near: true, Items: out.all}).Bound()
	out.lights.Items = nil
	return out
}

// at is what is on while a share of shops is lit, by how dark it is, on walls of whose
// windows a share is lit.
func (g *glow) at(shops, dark, lit float64) *drawable.Lights {
	if now := [3]float64{shops, dark, lit}; now != g.now {
		g.now = now
		g.lights.Items = g.lights.Items[:0]
		for i, l := range g.all {
			share := dark
			if g.until[i] < 0 {
				share *= min(shops*2*lit*1.25, 0.96)
			}
			if g.until[i] > shops || share <= 0 {
				continue
			}
			for k := range l.Intensity {
				l.Intensity[k] *= float32(share)
			}
			g.lights.Items = append(g.lights.Items, l)
		}
	}
	return g.lights
}

// solarHour is the local solar time at the eye, as in facade_pattern.glsl.
func solarHour(f *pipeline.Frame) float64 {
	s, o := f.Env.Sun, f.View.Eye
	h := 12 + 12/math.Pi*math.Atan2(s[0]*o[1]-s[1]*o[0], s[0]*o[0]+s[1]*o[1])
	return math.Mod(h+24, 24)
}

// shopsLit is the share of shops that are lit at an hour (lampShares of facade_pattern.glsl).
func shopsLit(hour float64) float64 {
	if hour < 4 {
		hour += 24
	}
	return 0.30 + 0.65*smoothstep(7.5, 9.5, hour)*(1-smoothstep(20.5, 23, hour))
}

func smoothstep(a, b, x float64) float64 {
	x = mgl64.Clamp((x-a)/(b-a), 0, 1)
	return x * x * (3 - 2*x)
}

func mix(a, b mgl64.Vec3, t float64) mgl64.Vec3 { return a.Mul(1 - t).Add(b.Mul(t)) }

// hash1 and unit are those of common.glsl: PCG (Jarzynski and Olano 2020).
func hash1(v uint32) uint32 {
	s := v*747796405 + 2891336453
	w := (s>>(s>>28+4) ^ s) * 277803737
	return w>>22 ^ w
}

func unit(h uint32) float64 { return float64(h>>8) / (1 << 24) }
