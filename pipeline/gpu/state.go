package gpu

import "github.com/go-gl/gl/v4.5-core/gl"

// DepthMode is what a draw does with depth.
type DepthMode uint8

// The depth modes.
const (
	DepthOff DepthMode = iota
	DepthRead
	DepthWrite  // and test
	DepthEqual  // test for equality, no write
	DepthBehind // pass behind what is drawn, no write: at depth 0, wherever there is no sky
)

// BlendMode is how a draw's colour meets what is there.
type BlendMode uint8

// The blend modes. Colours are straight-alpha in the first two, BlendCover and BlendData.
const (
	BlendOff BlendMode = iota
	BlendAlpha
	BlendAdd
	BlendPremultiplied
	BlendSum     // of all four channels
	BlendColor   // as BlendAlpha, the target keeps its alpha
	BlendShare   // as BlendAlpha, the target keeps its colour
	BlendThrough // source + destination × the fragment stage's second source
	BlendCover   // as BlendAdd, what is added covers by its alpha
	BlendData    // as BlendAlpha, alpha rising to 2: colours that tone mapping leaves as they are
)

// State is the fixed-function state of a group of draws; Apply sets all of it, so that
// nothing leaks from one pass to the next. The zero value is a full-screen pass.
type State struct {
	Depth      DepthMode
	Blend      BlendMode
	Cull       bool    // back faces, seen clockwise
	Backs      bool    // back faces alone are drawn
	NoColor    bool    // depth only
	DepthClamp bool    // shadow casters in front of the near plane are flattened onto it
	SlopeBias  float32 // polygon offset; positive pushes away (the sign of reversed depth is handled)
	ConstBias  float32
	Linear     bool // leave FRAMEBUFFER_SRGB off
}

// Apply sets the state.
func (s State) Apply() {
	enable(gl.DEPTH_TEST, s.Depth != DepthOff)
	gl.DepthMask(s.Depth == DepthWrite)
	switch s.Depth {
	case DepthEqual:
		gl.DepthFunc(gl.EQUAL)
	case DepthBehind:
		gl.DepthFunc(gl.LESS)
	default:
		gl.DepthFunc(gl.GREATER)
	}
	enable(gl.BLEND, s.Blend != BlendOff)
	switch s.Blend {
	case BlendAlpha:
		gl.BlendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
	case BlendAdd:
		gl.BlendFuncSeparate(gl.SRC_ALPHA, gl.ONE, gl.ZERO, gl.ONE)
	case BlendCover:
		gl.BlendFuncSeparate(gl.SRC_ALPHA, gl.ONE, gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
	case BlendPremultiplied:
		gl.BlendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
	case BlendColor:
		gl.BlendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ZERO, gl.ONE)
	case BlendShare:
		gl.BlendFuncSeparate(gl.ZERO, gl.ONE, gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
	case BlendThrough:
		gl.BlendFunc(gl.ONE, gl.SRC1_COLOR)
	case BlendData:
		gl.BlendColor(0, 0, 0, 2)
		gl.BlendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.CONSTANT_ALPHA, gl.ONE_MINUS_SRC_ALPHA)
	case BlendSum:
		gl.BlendFunc(gl.ONE, gl.ONE)
	}
	enable(gl.CULL_FACE, s.Cull || s.Backs)
	if s.Backs {
		gl.CullFace(gl.FRONT)
	} else {
		gl.CullFace(gl.BACK)
	}
	gl.ColorMask(!s.NoColor, !s.NoColor, !s.NoColor, !s.NoColor)
	enable(gl.DEPTH_CLAMP, s.DepthClamp)
	biased := s.SlopeBias != 0 || s.ConstBias != 0
	enable(gl.POLYGON_OFFSET_FILL, biased)
	if biased {
		gl.PolygonOffset(-s.SlopeBias, -s.ConstBias)
	}
	enable(gl.FRAMEBUFFER_SRGB, !s.Linear)
}

func enable(what uint32, on bool) {
	if on {
		gl.Enable(what)
	} else {
		gl.Disable(what)
	}
}

// Reset sets what no State changes: reversed depth, counter-clockwise fronts, no scissor
// and no multisampling. Call it once per context, and after foreign GL code has run.
func Reset() {
	gl.ClipControl(gl.LOWER_LEFT, gl.ZERO_TO_ONE)
	gl.ClearDepth(0)
	gl.FrontFace(gl.CCW)
	gl.PolygonMode(gl.FRONT_AND_BACK, gl.FILL)
	for _, off := range []uint32{gl.SCISSOR_TEST, gl.STENCIL_TEST, gl.MULTISAMPLE, gl.DITHER, gl.PRIMITIVE_RESTART} {
		gl.Disable(off)
	}
	gl.Enable(gl.PROGRAM_POINT_SIZE)
	gl.Enable(gl.TEXTURE_CUBE_MAP_SEAMLESS)
	gl.PixelStorei(gl.PACK_ALIGNMENT, 1)
	gl.PixelStorei(gl.UNPACK_ALIGNMENT, 1)
	State{}.Apply()
}
