package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/sky"
)

// planetLook is how a planet's face is told from others: strengths of belts, of dark spots and
// of polar caps, and the exponent of Minnaert 1941 by which it darkens to its limb.
var planetLook = map[string][4]float32{
	"Mercury": {0, 0.4, 0, 0.75}, "Venus": {0.06, 0, 0, 0.9}, "Mars": {0, 0.45, 1, 0.75},
	"Jupiter": {1, 0, 0, 0.96}, "Saturn": {0.35, 0, 0, 0.94}, "Uranus": {0.03, 0, 0, 0.9}, "Neptune": {0.08, 0, 0, 0.92},
}

const (
	ringReach = 136775.0 / 60268 // radii of Saturn
	widest    = 1.2              // tangent of the disc's radius up to which it is drawn: no planet has a surface
	// Radii in pixels between which a disc takes over from the point that it was.
	discFrom, discFull = 0.6, 1.6
)

// planetDisc is a planet as it is seen: its middle in the view's axes, where depth counts ahead.
type planetDisc struct {
	*sky.Body
	at     mgl64.Vec3 // right, up, ahead, metres
	radius float64    // at the equator, metres
	share  float64    // of the disc, beside the point
}

// disc tells how a planet is seen; false where it is a point, or not before the eye.
func (c *camera) disc(b *sky.Body) (d planetDisc, ok bool) {
	local := c.frame.DirToLocal(b.At)
	d = planetDisc{Body: b, at: mgl64.Vec3{local.Dot(c.right), local.Dot(c.up), local.Dot(c.forward)}, radius: equator(b)}
	far := b.At.Len()
	if far <= d.radius*1.05 {
		return d, false
	}
	d.share = c.discShare(b)
	return d, d.share > 0 && d.at[2] > 0 && d.radius < widest*d.at[2]
}

// discShare is how much of its disc a planet is; what is left is the point that it is from afar.
// It goes by the picture's pixels, however many are drawn: points are brighter than small discs,
// so that another share would be seen when live frames change their size.
func (c *camera) discShare(b *sky.Body) float64 {
	return smooth(discFrom, discFull, equator(b)/b.At.Len()*float64(c.height)/(2*c.tanY))
}

// equator is a planet's radius there, metres, of the mean one.
func equator(b *sky.Body) float64 { return b.Radius / math.Cbrt(1-b.Flat) }

// addPlanets adds the pass that draws the planets that are more than points.
func (r *Renderer) addPlanets(g *graph, depth, lit handle) handle {
	g.Add("planets", func(b *builder) exec {
		b.Read(depth)
		lit = b.Write(lit)
		out := lit
		return func(c *context) error {
			if r.air.now.veil[0] <= 0 {
				return nil
			}
			for i := range r.frame.Env.Planets {
				d, ok := r.camera.disc(&r.frame.Env.Planets[i])
				if !ok {
					continue
				}
				if err := r.drawPlanet(&d, c.Tex(depth), c.Tex(out)); err != nil {
					return err
				}
			}
			return nil
		}
	})
	return lit
}

func (r *Renderer) drawPlanet(d *planetDisc, depth, lit *gpu.Texture) error {
	kind := index(r.air.layerAbove())
	if r.air.space.on {
		kind = 2
	}
	p := r.planetPrograms[kind]
	if p == nil {
		var err error
		p, err = r.program("planet", gpu.Stage{File: "planet.vert", Defines: []string{boolDefine("LAYER", kind == 1), boolDefine("SPACE", kind == 2)}}, gpu.Stage{File: "planet.frag"})
		if err != nil {
			return err
		}
		r.planetPrograms[kind] = p
	}
	if _, err := r.target(depth, lit); err != nil {
		return err
	}
	c := &r.camera
	view := func(v mgl64.Vec3) (x, y, z float32) { // the view's axes, z backwards
		l := c.frame.DirToLocal(v)
		return float32(l.Dot(c.right)), float32(l.Dot(c.up)), float32(-l.Dot(c.forward))
	}
	tanX, tanY := d.at[0]/d.at[2], d.at[1]/d.at[2]
	pixel := 2 * c.tanY / float64(r.height)
	reach := 1.02
	rings := float32(0)
	if d.Name == "Saturn" {
		reach, rings = ringReach, 1
	}
	// Away from the middle of the view, and near by, spheres are seen as ellipses that are longer.
	tan := d.radius / d.at[2]
	reach *= (1 + tan*tan) * (1 + tanX*tanX + tanY*tanY) / math.Sqrt(math.Max(1-tan*tan/2, 0.2))
	p.Vec4("disc", float32(tanX/c.tanX), float32(tanY/c.tanY), float32(reach*tan/pixel+2), 0)
	to := c.frame.DirToLocal(d.At).Normalize()
	p.Vec3("toward", float32(to[0]), float32(to[1]), float32(to[2]))
	p.Vec4("ray", float32(tanX), float32(tanY), float32(pixel), float32(pixel*d.at[2]/d.radius))
	x, y, z := view(d.Sun.Mul(-1).Normalize())
	away := d.Sun.Len() / earth.AU
	// What it sends back of the Sun's light, as a sphere of Lambert's that is seen in full; on a
	// dark sky eyes make something of the faintest.
	light := float64(r.air.now.sunLight[1]) * 1.5 * d.Albedo / math.Pi / (away * away)
	light = math.Min(math.Max(light, 0.8*float64(r.air.now.veil[1])), 1.2)
	p.Vec4("toSun", x, y, z, 1)
	x, y, z = view(d.Pole)
	p.Vec4("axis", x, y, z, float32(1/(1-d.Flat)))
	p.Vec4("face", float32(d.Color[0]), float32(d.Color[1]), float32(d.Color[2]), float32(light))
	l, ok := planetLook[d.Name]
	if !ok {
		l[3] = 0.8
	}
	p.Vec4("look", l[0], l[1], l[2], l[3])
	p.Float("share", float32(d.share))
	p.Float("rings", rings)
	p.Float("solid", float32(index(r.air.space.on)))
	r.air.sources(p)
	gpu.State{Depth: gpu.DepthEqual, Blend: gpu.BlendPremultiplied, Linear: true}.Apply()
	p.Use()
	r.quads.Draw(1)
	return nil
}
