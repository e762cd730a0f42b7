package gpu

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/shaders"
)

// Stage is a shader file with its defines ("NAME VALUE").
type Stage struct {
	File    string // its extension tells the stage: .vert, .frag, .comp
	Defines []string
	Hoist   bool // this vertex stage, of few vertices, hands on the uniforms of the fragment stage (shaders.Hoist), as many as there is room for
}

// The texture units of these buffer textures are the same in all programs, so that they
// need not be bound for each.
const (
	DrawUnit   = 31
	StrokeUnit = 30
	LightUnit  = 29
	GridUnit   = 28
	ColorUnit  = 27
)

var fixedUnits = map[string]int32{"drawData": DrawUnit, "strokeData": StrokeUnit, "lightData": LightUnit, "lightGrid": GridUnit, "featureColors": ColorUnit}

// Program is linked shader stages. Samplers have fixed texture units, given at link time.
type Program struct {
	ID       uint32
	label    string
	uniforms map[string]int32
	units    map[string]uint32
	nearest  uint32 // sampler object of Texels; 0 until one is bound
}

var stageKinds = map[string]uint32{".vert": gl.VERTEX_SHADER, ".frag": gl.FRAGMENT_SHADER, ".comp": gl.COMPUTE_SHADER}

// Compile compiles one stage. Errors name the shader's file and line.
func Compile(s Stage) (uint32, error) {
	src, err := load(s)
	if err != nil {
		return 0, err
	}
	return compile(s, src)
}

func load(s Stage) (shaders.Source, error) {
	if _, ok := stageKinds[path.Ext(s.File)]; !ok {
		return shaders.Source{}, fmt.Errorf("shader %s: not a .vert, .frag or .comp file", s.File)
	}
	return shaders.Load(s.File, s.Defines...)
}

func compile(s Stage, src shaders.Source) (uint32, error) {
	id := gl.CreateShader(stageKinds[path.Ext(s.File)])
	text, free := gl.Strs(src.Text + "\x00")
	gl.ShaderSource(id, 1, text, nil)
	free()
	gl.CompileShader(id)
	var status, length int32
	gl.GetShaderiv(id, gl.COMPILE_STATUS, &status)
	if status == gl.TRUE {
		return id, nil
	}
	gl.GetShaderiv(id, gl.INFO_LOG_LENGTH, &length)
	log := make([]byte, length+1)
	gl.GetShaderInfoLog(id, int32(len(log)), nil, &log[0])
	gl.DeleteShader(id)
	return 0, fmt.Errorf("shader %s %v does not compile:\n%s", s.File, s.Defines, src.MapLog(gl.GoStr(&log[0])))
}

// NewProgram compiles and links the stages.
func NewProgram(label string, stages ...Stage) (*Program, error) {
	sources := make([]shaders.Source, len(stages))
	var errs []error
	for i, s := range stages {
		var err error
		sources[i], err = load(s)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("program %s: %w", label, err)
	}
	if len(stages) == 2 && stages[0].Hoist {
		for _, but := range [...]string{"", "Sky"} { // the largest block
			v, f := shaders.Hoist(sources[0], sources[1], but)
			if p, err := link(label, stages, v, f); err == nil {
				return p, nil
			}
		}
	}
	return link(label, stages, sources...)
}

func link(label string, stages []Stage, sources ...shaders.Source) (*Program, error) {
	p := &Program{ID: gl.CreateProgram(), label: label, uniforms: map[string]int32{}, units: map[string]uint32{}}
	var errs []error
	for i, s := range stages {
		id, err := compile(s, sources[i])
		if err != nil {
			errs = append(errs, err)
			continue
		}
		gl.AttachShader(p.ID, id)
		gl.DeleteShader(id) // lives while attached
	}
	if len(errs) > 0 {
		p.Release()
		return nil, fmt.Errorf("program %s: %w", label, errors.Join(errs...))
	}
	gl.LinkProgram(p.ID)
	var status, length int32
	gl.GetProgramiv(p.ID, gl.LINK_STATUS, &status)
	if status != gl.TRUE {
		gl.GetProgramiv(p.ID, gl.INFO_LOG_LENGTH, &length)
		log := make([]byte, length+1)
		gl.GetProgramInfoLog(p.ID, int32(len(log)), nil, &log[0])
		p.Release()
		return nil, fmt.Errorf("program %s does not link:\n%s", label, gl.GoStr(&log[0]))
	}
	p.reflect()
	setLabel(gl.PROGRAM, p.ID, label)
	return p, nil
}

// reflect lists the uniforms outside blocks and gives each sampler a texture unit.
func (p *Program) reflect() {
	var n int32
	gl.GetProgramInterfaceiv(p.ID, gl.UNIFORM, gl.ACTIVE_RESOURCES, &n)
	unit := uint32(0)
	for i := range uint32(n) {
		props := [...]uint32{gl.LOCATION, gl.TYPE, gl.ARRAY_SIZE}
		var got [3]int32
		gl.GetProgramResourceiv(p.ID, gl.UNIFORM, i, 3, &props[0], 3, nil, &got[0])
		if got[0] < 0 {
			continue // in a block
		}
		var name [256]byte
		gl.GetProgramResourceName(p.ID, gl.UNIFORM, i, int32(len(name)), nil, &name[0])
		key := strings.TrimSuffix(gl.GoStr(&name[0]), "[0]")
		p.uniforms[key] = got[0]
		if isSampler(uint32(got[1])) {
			if u, ok := fixedUnits[key]; ok {
				gl.ProgramUniform1i(p.ID, got[0], u)
				continue
			}
			p.units[key] = unit
			for k := range got[2] {
				gl.ProgramUniform1i(p.ID, got[0]+k, int32(unit))
				unit++
			}
		}
	}
}

func isSampler(t uint32) bool {
	switch t {
	case gl.SAMPLER_2D, gl.SAMPLER_3D, gl.SAMPLER_CUBE, gl.SAMPLER_2D_ARRAY, gl.SAMPLER_2D_SHADOW,
		gl.SAMPLER_2D_ARRAY_SHADOW, gl.UNSIGNED_INT_SAMPLER_2D, gl.INT_SAMPLER_2D, gl.SAMPLER_1D, gl.SAMPLER_BUFFER, gl.UNSIGNED_INT_SAMPLER_BUFFER:
		return true
	}
	return false
}

// Use makes the program current.
func (p *Program) Use() { gl.UseProgram(p.ID) }

// UseNone makes no program current: one that is in use is not deleted before another is used.
func UseNone() { gl.UseProgram(0) }

// Has reports whether the program uses a uniform or sampler of that name.
func (p *Program) Has(name string) bool { _, ok := p.uniforms[name]; return ok }

// Texture binds a texture to the sampler of that name; a sampler that the compiler
// dropped is no mistake.
func (p *Program) Texture(name string, t *Texture) {
	if u, ok := p.units[name]; ok {
		t.Bind(u)
	}
}

// Texels binds a texture of which the program takes single texels of level 0, at their
// middles and unfiltered, by textureLod(t, (p + 0.5) / size, 0.0). Software rasterisers take
// them so at half the cost of texelFetch, which looks for each pixel's level by itself.
func (p *Program) Texels(name string, t *Texture) {
	u, ok := p.units[name]
	if !ok {
		return
	}
	if p.nearest == 0 {
		gl.CreateSamplers(1, &p.nearest)
		for _, filter := range []uint32{gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER} {
			gl.SamplerParameteri(p.nearest, filter, gl.NEAREST)
		}
		for _, wrap := range []uint32{gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T} {
			gl.SamplerParameteri(p.nearest, wrap, gl.CLAMP_TO_EDGE)
		}
	}
	gl.BindTextureUnit(u, t.ID)
	gl.BindSampler(u, p.nearest)
}

func (p *Program) location(name string) int32 {
	if l, ok := p.uniforms[name]; ok {
		return l
	}
	return -1 // GL ignores it
}

// Int sets an int or bool uniform.
func (p *Program) Int(name string, v int) { gl.ProgramUniform1i(p.ID, p.location(name), int32(v)) }

// Uint sets a uint uniform.
func (p *Program) Uint(name string, v uint32) { gl.ProgramUniform1ui(p.ID, p.location(name), v) }

// UVec4 sets a uvec4 uniform.
func (p *Program) UVec4(name string, x, y, z, w uint32) {
	gl.ProgramUniform4ui(p.ID, p.location(name), x, y, z, w)
}

// Uints sets the first elements of a uint array.
func (p *Program) Uints(name string, v []uint32) {
	if len(v) > 0 {
		gl.ProgramUniform1uiv(p.ID, p.location(name), int32(len(v)), &v[0])
	}
}

// Float sets a float uniform.
func (p *Program) Float(name string, v float32) { gl.ProgramUniform1f(p.ID, p.location(name), v) }

// Vec2 sets a vec2 uniform.
func (p *Program) Vec2(name string, x, y float32) {
	gl.ProgramUniform2f(p.ID, p.location(name), x, y)
}

// IVec2 sets an ivec2 uniform.
func (p *Program) IVec2(name string, x, y int) {
	gl.ProgramUniform2i(p.ID, p.location(name), int32(x), int32(y))
}

// Vec3 sets a vec3 uniform.
func (p *Program) Vec3(name string, x, y, z float32) {
	gl.ProgramUniform3f(p.ID, p.location(name), x, y, z)
}

// Vec4 sets a vec4 uniform.
func (p *Program) Vec4(name string, x, y, z, w float32) {
	gl.ProgramUniform4f(p.ID, p.location(name), x, y, z, w)
}

// Vec4s sets an array.
func (p *Program) Vec4s(name string, v [][4]float32) {
	if len(v) > 0 {
		gl.ProgramUniform4fv(p.ID, p.location(name), int32(len(v)), &v[0][0])
	}
}

// Mat3 sets a column-major mat3 uniform.
func (p *Program) Mat3(name string, m *[9]float32) {
	gl.ProgramUniformMatrix3fv(p.ID, p.location(name), 1, false, &m[0])
}

// Mat4 sets a column-major mat4 uniform.
func (p *Program) Mat4(name string, m *[16]float32) {
	gl.ProgramUniformMatrix4fv(p.ID, p.location(name), 1, false, (*float32)(unsafe.Pointer(m)))
}

// BlockField returns the byte offset of a member of a uniform block ("Frame.sun", or
// "sun" for a block without an instance name), and -1 where the program has none.
func (p *Program) BlockField(name string) int {
	c := gl.Str(name + "\x00")
	i := gl.GetProgramResourceIndex(p.ID, gl.UNIFORM, c)
	if i == gl.INVALID_INDEX {
		return -1
	}
	prop, off := uint32(gl.OFFSET), int32(-1)
	gl.GetProgramResourceiv(p.ID, gl.UNIFORM, i, 1, &prop, 1, nil, &off)
	return int(off)
}

// FragmentReads reports whether the fragment stage reads a uniform block by itself.
func (p *Program) FragmentReads(block string) bool {
	i := gl.GetProgramResourceIndex(p.ID, gl.UNIFORM_BLOCK, gl.Str(block+"\x00"))
	if i == gl.INVALID_INDEX {
		return false
	}
	prop, reads := uint32(gl.REFERENCED_BY_FRAGMENT_SHADER), int32(0)
	gl.GetProgramResourceiv(p.ID, gl.UNIFORM_BLOCK, i, 1, &prop, 1, nil, &reads)
	return reads != 0
}

// BlockSize returns the bytes of a uniform block, 0 where the program has none.
func (p *Program) BlockSize(name string) int {
	i := gl.GetProgramResourceIndex(p.ID, gl.UNIFORM_BLOCK, gl.Str(name+"\x00"))
	if i == gl.INVALID_INDEX {
		return 0
	}
	prop, size := uint32(gl.BUFFER_DATA_SIZE), int32(0)
	gl.GetProgramResourceiv(p.ID, gl.UNIFORM_BLOCK, i, 1, &prop, 1, nil, &size)
	return int(size)
}

// Release destroys the program.
func (p *Program) Release() {
	if p != nil && p.ID != 0 {
		gl.DeleteProgram(p.ID)
		gl.DeleteSamplers(1, &p.nearest)
		p.ID, p.nearest = 0, 0
	}
}
