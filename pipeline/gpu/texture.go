package gpu

import (
	"fmt"
	"math/bits"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"
)

// TextureKind is the shape of a texture.
type TextureKind uint32

// The shapes.
const (
	Tex2D      TextureKind = gl.TEXTURE_2D
	Tex2DArray TextureKind = gl.TEXTURE_2D_ARRAY
	Tex3D      TextureKind = gl.TEXTURE_3D
	TexCube    TextureKind = gl.TEXTURE_CUBE_MAP
)

// TextureDesc describes a texture with immutable storage. The zero values of Kind,
// Layers and Levels mean Tex2D, 1 and 1; filtering is linear and edges are clamped
// unless said.
type TextureDesc struct {
	Kind          TextureKind
	Format        Format
	Width, Height int
	Layers        int // array layers, or depth of Tex3D
	Levels        int // mip levels; AllLevels for a whole chain
	Nearest       bool
	Repeat        bool // in all directions
	RepeatX       bool // around only: equirectangular images
	Compare       bool // depth textures: sampler2DShadow, GEQUAL as depth is reversed
	Anisotropy    float32
}

// AllLevels asks for a whole mip chain.
const AllLevels = -1

// Texture is an image on the GPU.
type Texture struct {
	ID uint32
	TextureDesc
}

// NewTexture makes a texture; its content is undefined.
func NewTexture(label string, d TextureDesc) (*Texture, error) {
	if d.Kind == 0 {
		d.Kind = Tex2D
	}
	d.Layers = max(d.Layers, 1)
	if d.Levels == AllLevels {
		d.Levels = bits.Len(uint(max(d.Width, d.Height)))
	}
	d.Levels = max(d.Levels, 1)
	var limit int32
	gl.GetIntegerv(gl.MAX_TEXTURE_SIZE, &limit)
	if d.Width < 1 || d.Height < 1 || d.Width > int(limit) || d.Height > int(limit) {
		return nil, fmt.Errorf("texture %s: %d×%d is outside 1…%d", label, d.Width, d.Height, limit)
	}
	t := &Texture{TextureDesc: d}
	gl.CreateTextures(uint32(d.Kind), 1, &t.ID)
	w, h, n := int32(d.Width), int32(d.Height), int32(d.Layers)
	switch d.Kind {
	case Tex2DArray, Tex3D:
		gl.TextureStorage3D(t.ID, int32(d.Levels), uint32(d.Format), w, h, n)
	default:
		gl.TextureStorage2D(t.ID, int32(d.Levels), uint32(d.Format), w, h)
	}
	mag, small := int32(gl.LINEAR), int32(gl.LINEAR)
	if d.Nearest || formats[d.Format].integer {
		mag, small = gl.NEAREST, gl.NEAREST
		if d.Levels > 1 {
			small = gl.NEAREST_MIPMAP_NEAREST
		}
	} else if d.Levels > 1 {
		small = gl.LINEAR_MIPMAP_LINEAR
	}
	gl.TextureParameteri(t.ID, gl.TEXTURE_MAG_FILTER, mag)
	gl.TextureParameteri(t.ID, gl.TEXTURE_MIN_FILTER, small)
	wrap := func(yes bool) int32 {
		if yes {
			return gl.REPEAT
		}
		return gl.CLAMP_TO_EDGE
	}
	gl.TextureParameteri(t.ID, gl.TEXTURE_WRAP_S, wrap(d.Repeat || d.RepeatX))
	gl.TextureParameteri(t.ID, gl.TEXTURE_WRAP_T, wrap(d.Repeat))
	gl.TextureParameteri(t.ID, gl.TEXTURE_WRAP_R, wrap(d.Repeat))
	if d.Compare {
		gl.TextureParameteri(t.ID, gl.TEXTURE_COMPARE_MODE, gl.COMPARE_REF_TO_TEXTURE)
		gl.TextureParameteri(t.ID, gl.TEXTURE_COMPARE_FUNC, gl.GEQUAL)
	}
	if d.Anisotropy > 1 {
		gl.TextureParameterf(t.ID, gl.TEXTURE_MAX_ANISOTROPY, d.Anisotropy)
	}
	setLabel(gl.TEXTURE, t.ID, label)
	return t, nil
}

// Bytes returns the memory of the texture's texels.
func (t *Texture) Bytes() int {
	n := 0
	for l := range t.Levels {
		w, h := t.LevelSize(l)
		n += w * h
	}
	layers := t.Layers
	if t.Kind == TexCube {
		layers *= 6
	}
	return n * layers * t.Format.Bytes()
}

// LevelSize returns the size of a mip level.
func (t *Texture) LevelSize(level int) (w, h int) {
	return max(t.Width>>level, 1), max(t.Height>>level, 1)
}

// Upload fills a layer of a level from client memory of Format.ClientBytes a texel, rows
// from the bottom of the texture up (v = 0 first), tightly packed.
func (t *Texture) Upload(level, layer int, texels unsafe.Pointer) {
	f := formats[t.Format]
	w, h := t.LevelSize(level)
	gl.PixelStorei(gl.UNPACK_ALIGNMENT, 1)
	switch t.Kind {
	case Tex2D:
		gl.TextureSubImage2D(t.ID, int32(level), 0, 0, int32(w), int32(h), f.layout, f.typ, texels)
	default:
		gl.TextureSubImage3D(t.ID, int32(level), 0, 0, int32(layer), int32(w), int32(h), 1, f.layout, f.typ, texels)
	}
}

// GenerateMips fills the levels above 0.
func (t *Texture) GenerateMips() { gl.GenerateTextureMipmap(t.ID) }

// Read copies a whole level (every layer) to client memory, rows from the bottom; dst
// must hold w·h·layers texels of Format.ClientBytes. It waits for the GPU.
func (t *Texture) Read(level int, dst []byte) error {
	f := formats[t.Format]
	w, h := t.LevelSize(level)
	layers := t.Layers
	if t.Kind == TexCube {
		layers = 6
	}
	if need := w * h * layers * f.client; len(dst) < need {
		return fmt.Errorf("read texture: %d bytes for a level of %d", len(dst), need)
	}
	gl.PixelStorei(gl.PACK_ALIGNMENT, 1)
	gl.GetTextureImage(t.ID, int32(level), f.layout, f.typ, int32(len(dst)), unsafe.Pointer(&dst[0]))
	return nil
}

// Clear fills a level with a value.
func (t *Texture) Clear(level int, rgba [4]float32) {
	f := formats[t.Format]
	if f.integer {
		v := [4]uint32{uint32(rgba[0])}
		gl.ClearTexImage(t.ID, int32(level), f.layout, f.typ, unsafe.Pointer(&v[0]))
		return
	}
	layout := uint32(gl.RGBA)
	if t.Format == D32F {
		layout = gl.DEPTH_COMPONENT
	}
	gl.ClearTexImage(t.ID, int32(level), layout, gl.FLOAT, unsafe.Pointer(&rgba[0]))
}

// Bind binds the texture to a unit, where a program does not do it by name.
func (t *Texture) Bind(unit uint32) {
	gl.BindTextureUnit(unit, t.ID)
	gl.BindSampler(unit, 0) // a program may have had its own there
}

// Release destroys the texture.
func (t *Texture) Release() {
	if t != nil && t.ID != 0 {
		gl.DeleteTextures(1, &t.ID)
		t.ID = 0
	}
}
