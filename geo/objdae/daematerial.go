//go:build g3n

package objdae

import (
	"net/url"

	"github.com/longtake/longtake/geo/tiles/glb"
)

// material reads a COLLADA material through its effect's common profile; nil gives white.
func (d *dae) material(m *element) glb.ModelMaterial {
	out := glb.ModelMaterial{BaseColor: [4]float32{1, 1, 1, 1}, Roughness: 1, DoubleSided: true}
	if m == nil || m.name != "material" {
		return out
	}
	out.Name = m.get("name")
	if out.Name == "" {
		out.Name = m.get("id")
	}
	profile := d.ids[m.child("instance_effect").ref("url")].child("profile_COMMON")
	var shader *element
	diffuse := "diffuse"
	for _, name := range []string{"phong", "blinn", "lambert", "constant"} {
		if shader = profile.child("technique", name); shader == nil {
			continue
		}
		if out.Unlit = name == "constant"; out.Unlit {
			diffuse = "emission"
		}
		break
	}
	if shader == nil {
		return out
	}
	if c := colorOf(shader.child(diffuse)); c != nil {
		out.BaseColor = [4]float32{linear(c[0]), linear(c[1]), linear(c[2]), 1}
	}
	if c := colorOf(shader.child("emission")); c != nil && !out.Unlit {
		out.Emission = [3]float32{linear(c[0]), linear(c[1]), linear(c[2])}
	}
	if c := colorOf(shader.child("specular")); c != nil && c[0]+c[1]+c[2] > 0 {
		out.Roughness = roughness(shader.child("shininess", "float").number(0))
	}
	if a := opacity(shader); a < 1 {
		out.BaseColor[3], out.Blend = float32(a), true
	}
	if t := shader.child(diffuse, "texture").get("texture"); t != "" {
		d.texture(&out, d.picture(profile, t))
	}
	return out
}

// opacity follows the specification's "transparent" with its default mode A_ONE, and
// RGB_ZERO. What would not be seen at all is opaque: exporters that mean so by 0 are many.
func opacity(shader *element) float64 {
	t := shader.child("transparent")
	c := colorOf(t)
	if c == nil {
		return 1
	}
	amount := shader.child("transparency", "float").number(1)
	a := c[3] * amount
	if t.get("opaque") == "RGB_ZERO" {
		a = 1 - (0.212671*c[0]+0.715160*c[1]+0.072169*c[2])*amount
	}
	if !(a > 0) {
		return 1
	}
	return min(a, 1)
}

// colorOf is a shader parameter's constant colour; nil is none.
func colorOf(e *element) []float64 {
	v, err := e.child("color").floats(3)
	if err != nil {
		return nil
	}
	if len(v) == 3 {
		v = append(v, 1)
	}
	return v[:4]
}

// picture follows a texture's sampler and surface to the file name of its image; exporters
// also name the image itself.
func (d *dae) picture(profile *element, sid string) string {
	param := func(sid string) *element {
		for _, p := range profile.list("newparam") {
			if p.get("sid") == sid {
				return p
			}
		}
		return nil
	}
	id := sid
	if s := param(sid).child("sampler2D"); s != nil {
		if id = s.child("instance_image").ref("url"); id == "" { // before 1.5
			id = param(s.child("source").trimmed()).child("surface", "init_from").trimmed()
		}
	}
	from := d.ids[id].child("init_from")
	if ref := from.child("ref"); ref != nil {
		from = ref
	}
	name := from.trimmed()
	if name == "" {
		d.note("texture: %q has no image", sid)
	}
	if u, err := url.PathUnescape(name); err == nil {
		return u
	}
	return name
}
