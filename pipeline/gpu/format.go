package gpu

import "github.com/go-gl/gl/v4.5-core/gl"

// Format is the texel format of a texture: a sized internal format of OpenGL.
type Format uint32

// The formats in use.
const (
	R8         Format = gl.R8
	RG8        Format = gl.RG8
	RGBA8      Format = gl.RGBA8
	SRGB8A8    Format = gl.SRGB8_ALPHA8
	R16        Format = gl.R16
	RG16       Format = gl.RG16
	RGBA16     Format = gl.RGBA16
	R16F       Format = gl.R16F
	RG16F      Format = gl.RG16F
	RGBA16F    Format = gl.RGBA16F
	R32F       Format = gl.R32F
	RG32F      Format = gl.RG32F
	RGBA32F    Format = gl.RGBA32F
	R32UI      Format = gl.R32UI
	R11G11B10F Format = gl.R11F_G11F_B10F
	D32F       Format = gl.DEPTH_COMPONENT32F
)

type formatInfo struct {
	name        string
	layout, typ uint32 // of client memory
	texel       int    // bytes on the GPU
	client      int    // bytes a texel in client memory, as Upload and Read use it
	integer     bool
}

var formats = map[Format]formatInfo{
	R8:         {"R8", gl.RED, gl.UNSIGNED_BYTE, 1, 1, false},
	RG8:        {"RG8", gl.RG, gl.UNSIGNED_BYTE, 2, 2, false},
	RGBA8:      {"RGBA8", gl.RGBA, gl.UNSIGNED_BYTE, 4, 4, false},
	SRGB8A8:    {"SRGB8A8", gl.RGBA, gl.UNSIGNED_BYTE, 4, 4, false},
	R16:        {"R16", gl.RED, gl.UNSIGNED_SHORT, 2, 2, false},
	RG16:       {"RG16", gl.RG, gl.UNSIGNED_SHORT, 4, 4, false},
	RGBA16:     {"RGBA16", gl.RGBA, gl.UNSIGNED_SHORT, 8, 8, false},
	R16F:       {"R16F", gl.RED, gl.FLOAT, 2, 4, false},
	RG16F:      {"RG16F", gl.RG, gl.FLOAT, 4, 8, false},
	RGBA16F:    {"RGBA16F", gl.RGBA, gl.FLOAT, 8, 16, false},
	R32F:       {"R32F", gl.RED, gl.FLOAT, 4, 4, false},
	RG32F:      {"RG32F", gl.RG, gl.FLOAT, 8, 8, false},
	RGBA32F:    {"RGBA32F", gl.RGBA, gl.FLOAT, 16, 16, false},
	R32UI:      {"R32UI", gl.RED_INTEGER, gl.UNSIGNED_INT, 4, 4, true},
	R11G11B10F: {"R11G11B10F", gl.RGB, gl.FLOAT, 4, 12, false},
	D32F:       {"D32F", gl.DEPTH_COMPONENT, gl.FLOAT, 4, 4, false},
}

// String returns the format's name.
func (f Format) String() string { return formats[f].name }

// Bytes returns the size of a texel on the GPU.
func (f Format) Bytes() int { return formats[f].texel }

// ClientBytes returns the size of a texel as Upload and Read see it: floats are 32 bits.
func (f Format) ClientBytes() int { return formats[f].client }

// Channels returns the number of channels of a texel in client memory.
func (f Format) Channels() int {
	switch formats[f].layout {
	case gl.RG:
		return 2
	case gl.RGB:
		return 3
	case gl.RGBA:
		return 4
	}
	return 1
}
