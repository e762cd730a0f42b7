//go:build g3n

package objdae

import (
	"bytes"
	"fmt"
	"math"
	"net/url"

	"github.com/g3n/engine/loader/obj"
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/tiles/glb"
)

// absent is what g3n gives for an index that a face lacks.
const absent = math.MaxUint32

// obj reads a Wavefront OBJ. Faces are taken as g3n decoded them, not its geometry, which
// puts normals and texture coordinates beside the wrong vertices where some lack them.
func (b *builder) obj(data []byte) error {
	lines, libraries := plainOBJ(data)
	var mtl []byte
	for _, names := range libraries {
		mtl = append(mtl, b.library(names)...)
	}
	d, err := obj.DecodeReader(bytes.NewReader(lines), bytes.NewReader(mtl))
	if err != nil {
		return fmt.Errorf("OBJ: %w", err)
	}
	if len(d.Warnings) > 0 { // all that g3n does not know was taken out: this is its default material
		b.note("materials: %s", d.Warnings[0])
	}
	for _, o := range d.Objects {
		for i := range o.Faces {
			if err := b.face(d, &o.Faces[i]); err != nil {
				return fmt.Errorf("OBJ: object %s, face %d: %w", unescape(o.Name), i+1, err)
			}
		}
	}
	return nil
}

// library reads the material files of a mtllib line: one name with blanks, or several.
func (b *builder) library(names []string) []byte {
	var out []byte
	var first error
	for i, name := range names {
		data, err := b.file(name)
		switch {
		case err == nil && len(out)+len(data) > maxBytes:
			b.note("materials: %q is too large", name)
		case err == nil:
			out = append(out, plainMTL(data)...)
			if i == 0 {
				return out
			}
		case first == nil:
			first = err
		}
	}
	if len(out) == 0 && first != nil {
		b.note("materials: %v", first)
	}
	return out
}

func (b *builder) face(d *obj.Decoder, f *obj.Face) error {
	corners := make([]corner, len(f.Vertices))
	ring := make([]mgl64.Vec3, len(corners))
	for i := range corners {
		c := &corners[i]
		p, err := tuple(d.Vertices, f.Vertices[i], 3)
		if err != nil {
			return fmt.Errorf("vertex %w", err)
		}
		c.p = [3]float32{p[0], -p[2], p[1]}
		ring[i] = vec(c.p)
		if f.Normals[i] != absent {
			n, err := tuple(d.Normals, f.Normals[i], 3)
			if err != nil {
				return fmt.Errorf("normal %w", err)
			}
			c.n = [3]float32{n[0], -n[2], n[1]}
		}
		if f.Uvs[i] != absent {
			uv, err := tuple(d.Uvs, f.Uvs[i], 2)
			if err != nil {
				return fmt.Errorf("texture coordinate %w", err)
			}
			c.uv = [2]float32{uv[0], 1 - uv[1]}
		}
	}
	to := b.part(unescape(f.Material), func() glb.ModelMaterial { return b.objMaterial(d.Materials[f.Material]) })
	triangles, err := triangulate(ring)
	if err != nil {
		return err
	}
	for _, t := range triangles {
		if err := b.triangle(to, [3]corner{corners[t[0]], corners[t[1]], corners[t[2]]}); err != nil {
			return err
		}
	}
	return nil
}

func tuple(from []float32, i, n int) ([]float32, error) {
	if i < 0 || i >= len(from)/n {
		return nil, fmt.Errorf("%d of %d", i+1, len(from)/n)
	}
	for _, v := range from[i*n : i*n+n] { // g3n takes nan and inf, on which cutting ears may not end
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return nil, fmt.Errorf("%d is not a finite number", i+1)
		}
	}
	return from[i*n : i*n+n], nil
}

func (b *builder) objMaterial(m *obj.Material) glb.ModelMaterial {
	out := glb.ModelMaterial{BaseColor: [4]float32{1, 1, 1, 1}, Roughness: 1, DoubleSided: true}
	if m == nil {
		return out
	}
	out.Name = unescape(m.Name)
	if m.Illum == 0 { // no library has it
		return out
	}
	opacity := unit(float64(m.Opacity))
	out.BaseColor = [4]float32{linear(float64(m.Diffuse.R)), linear(float64(m.Diffuse.G)), linear(float64(m.Diffuse.B)), float32(opacity)}
	out.Blend = opacity < 1
	out.Emission = [3]float32{linear(float64(m.Emissive.R)), linear(float64(m.Emissive.G)), linear(float64(m.Emissive.B))}
	if m.Specular.R+m.Specular.G+m.Specular.B > 0 {
		out.Roughness = roughness(float64(m.Shininess))
	}
	b.texture(&out, unescape(m.MapKd))
	return out
}

// texture puts a picture on a material, or a note.
func (b *builder) texture(m *glb.ModelMaterial, name string) {
	if name == "" {
		return
	}
	img, err := b.image(name)
	if err != nil {
		b.note("texture: %v", err)
		return
	}
	m.Texture = img
	m.Blend = m.Blend || !img.Opaque()
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}
