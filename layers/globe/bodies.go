package globe

import (
	"math"
	"time"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "planets", Group: "globe", Doc: "names of Sun, Moon and planets where they stand at the scene's date; the sky draws them by itself, as points or, where they are near or the view is narrow, as discs",
	New: func() any {
		return &Bodies{Size: 20, Color: scene.Color{220, 228, 240, 255}, Halo: scene.Color{0, 0, 0, 160}, HaloWidth: 1.5}
	},
	Examples: []scene.Example{
		{Layer: `size: 64`, Camera: `{ lng: -30.505, lat: 36.47, height: 60, heading: 285, pitch: 13, fov: 40 }`, Time: "2026-06-17T22:10:00Z"},
		{Name: "saturn", Doc: "Saturn through a telescope, with its rings", Layer: `size: 56, names: { Saturn: "Saturn, 8.4 au" }`, Camera: `{ lng: -30.505, lat: 36.47, height: 60, heading: 108.4134, pitch: 26.2187, fov: 0.02 }`, Time: "2026-10-04T22:00:00Z"},
	},
})

// Bodies writes the names of the bodies of the solar system.
type Bodies struct {
	Names     map[string]string `json:"names" doc:"what is written instead of Sun, Moon, Mercury, Venus, Mars, Jupiter, Saturn, Uranus and Neptune; an empty text leaves one out"`
	Size      float64           `json:"size" theme:"textSize" above:"0" max:"400" unit:"px" doc:"em in pixels of a 1080-line picture"`
	Color     scene.Color       `json:"color" theme:"ink" doc:"colour"`
	Halo      scene.Color       `json:"halo" theme:"halo" doc:"colour round the letters"`
	HaloWidth float64           `json:"haloWidth" min:"0" max:"5" unit:"px" doc:"width of the halo"`
}

// airTop is the height in metres below which only what stands above the horizon is named, and
// by day the Sun and the Moon alone.
const airTop = 100e3

// body is a name with its glyphs.
type body struct {
	name  string
	label drawable.Label
}

// Draw shapes the names; where they are written follows from the date.
func (p *Bodies) Draw(c *layer.Context) ([]drawable.Draw, error) {
	setter, err := text.NewTypesetter(text.Options{System: c.SystemFonts})
	if err != nil {
		return nil, err
	}
	var quads []drawable.GlyphQuad
	var all []body
	for k, name := range append([]string{"Sun", "Moon"}, planetNames()...) {
		written, own := p.Names[name]
		if !own {
			written = name
		}
		if written == "" {
			continue
		}
		l := drawable.Label{First: len(quads), Color: p.Color, Halo: p.Halo, HaloWidth: float32(p.HaloWidth), Priority: -float32(k), Feature: drawable.NoFeature}
		quads, l.Min, l.Max = setter.Append(quads, written, float32(p.Size))
		l.Count = len(quads) - l.First
		up := float32(p.Size) // below it
		for i := l.First; i < len(quads); i++ {
			quads[i].Min[1] -= up
			quads[i].Max[1] -= up
		}
		l.Min[1] -= up
		l.Max[1] -= up
		all = append(all, body{name, l})
	}
	if m := setter.Missing(); len(m) > 0 {
		c.Skip(string(m[:min(len(m), 20)]), "characters without a font")
	}
	if len(all) == 0 {
		c.Skip(c.Layer.ID, "all names are empty")
		return nil, nil
	}
	atlas, spread := setter.Atlas()
	return []drawable.Draw{{What: &drawable.Moving{Frame: mgl64.Ident4(), At: func(i drawable.Instant) drawable.Copies {
		g := &drawable.Glyphs{Frame: mgl64.Ident4(), Atlas: atlas, Spread: spread, Quads: quads}
		for _, b := range all {
			if at, radius := bodyAt(b.name, i.Clock); named(b.name, at, i) {
				at = at.Sub(i.Screen.Up.Mul(radius)) // below its disc
				b.label.Anchor = [3]float32{float32(at[0]), float32(at[1]), float32(at[2])}
				g.Labels = append(g.Labels, b.label)
			}
		}
		if len(g.Labels) == 0 {
			return drawable.Copies{}
		}
		return drawable.Copies{Draws: []drawable.Drawable{g}}
	}}}}, nil
}

func planetNames() (out []string) {
	for _, p := range earth.Planets(time.Unix(0, 0)) {
		out = append(out, p.Name)
	}
	return out
}

// bodyAt is where a body is, ECEF metres, and its radius.
func bodyAt(name string, t time.Time) (at mgl64.Vec3, radius float64) {
	switch name {
	case "Sun":
		return earth.SunDirection(t).Mul(earth.SunDistance(t)), earth.SunRadius
	case "Moon":
		moon, _ := earth.MoonDirection(t)
		return moon.Mul(earth.MoonDistance(t)), earth.MoonRadius
	}
	for _, p := range earth.Planets(t) {
		if p.Name == name {
			return p.At, p.Radius
		}
	}
	return mgl64.Vec3{}, 0
}

// named tells whether a body is to be seen: not below the horizon, which refraction is left out
// of, and of a sky by day only the two that are.
func named(name string, at mgl64.Vec3, i drawable.Instant) bool {
	here := earth.FromECEF(i.Eye)
	to := at.Sub(i.Eye).Normalize()
	middle := i.Eye.Len()
	if here.Height < airTop {
		bright := name == "Sun" || name == "Moon"
		dip := math.Acos(math.Min(earth.A/math.Max(earth.A+here.Height, earth.A), 1))
		return math.Asin(mgl64.Clamp(to.Dot(here.Up()), -1, 1)) > -dip && (bright || i.Dark > 0.5)
	}
	// From space, not behind the Earth.
	return math.Acos(mgl64.Clamp(-to.Dot(i.Eye)/middle, -1, 1)) > math.Asin(math.Min(earth.A/middle, 1))
}
