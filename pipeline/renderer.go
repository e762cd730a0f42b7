package pipeline

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/surface"
)

// The frame graph's types with our texture type.
type (
	graph   = framegraph.Graph[*gpu.Texture]
	builder = framegraph.Builder[*gpu.Texture]
	context = framegraph.Ctx[*gpu.Texture]
	exec    = framegraph.Exec[*gpu.Texture]
	handle  = framegraph.Handle
)

// Options of a Renderer. The zero value of each field but the size is a sensible default.
type Options struct {
	Width, Height int
	Quality       Quality
	Live          bool     // one frame a Draw, with history; else SubFrames averaged, without
	Deep          bool     // 16 bits a channel, for ReadRGBA16
	Budget        int      // bytes of drawables kept beyond those in use; 0 = 1 GiB
	Keep          []string // buffers to keep for Buffer, by name; see Buffers
	Timings       bool     // measure passes for Stats
}

// Renderer draws frames on one surface. All methods belong to the surface's OS thread.
type Renderer struct {
	surface      surface.Surface
	options      Options
	res          *residency
	full         *gpu.Fullscreen
	targets      gpu.TargetCache
	programs     map[string]*gpu.Program
	meshPrograms map[meshProgramKey]*gpu.Program
	pool         *framegraph.Pool[*gpu.Texture]
	clock        passClock
	uniforms     *gpu.Ring // frameBlock of each sub-frame
	capture      *capture
	picker       *picker // made when one picks first
	air          *skyPass

	linePrograms     [2][2][strokeKinds]*gpu.Program // polylines, curves; plain, with a look; what for
	dotPrograms      [dotKinds][strokeKinds]*gpu.Program
	particlePrograms [len(lightDefines)][len(beyondDefines)]*gpu.Program
	glyphsProgram    *gpu.Program
	strokeTexels     gpu.BufferTexture // over a page of points
	lineTexels       gpu.BufferTexture // over a page of lines
	quads            *gpu.Quads
	drapePrograms    [drawable.Looks][4]*gpu.Program // by look; of the colour, of the light, and of both over flat areas
	flatCover        *gpu.Texture                    // the share of each pixel that these cover
	sheetProgram     *gpu.Program
	planetPrograms   [3]*gpu.Program // plain, with clouds before them, from space

	// Of the configuration.
	width, height int    // of what is drawn: the picture's, or smaller where its history makes up for it
	whole         bool   // frames hold what has to be drawn at the picture's size
	hides         bool   // frames hold labels that go behind things
	sceneDepth    handle // metres along the view axis, of the scene's graph, where they do
	holds         int    // live frames for which they still do
	scene, finish *graph // once per sub-frame; once per frame, nil when scene does all
	shadow        *shadowMap
	heights       *skyHeights
	layers        *layeredTargets // made when a frame needs them first
	glass         *glassTargets   // the same
	ids           *idTargets      // the same
	outliner      *outliner       // the same
	skylines      *silhouettes    // the same
	picture       *gpu.Texture    // the finished frame, display values; of the last graph
	sum           *gpu.Texture    // of sub-frames, linear light; nil where there is one
	toneMap       ToneMap
	grade         grading
	lens          lensUse
	kept          map[string]handle // buffers of scene, by name

	// Of the frame being drawn.
	frame   *Frame
	camera  camera
	sun     sunCascades
	submit  submission
	lights  localLights
	glyphs  glyphBatch
	sheets  sheetBatch
	block   frameBlock
	aoReach float64 // metres
	noise   uint32
	sub     int     // sub-frame
	number  uint32  // of frames drawn
	held    float64 // frames that the history stands for, see hold
	rested  bool    // the camera was at rest
	time    float64 // of the frame before, story seconds
	sunWas  mgl64.Vec3
	lookWas uint64 // of the frame before, see submission
	drawn   bool   // the picture holds a frame
	chosen  []bool // see recordSet

	foreseen []variant // kinds of weather that may follow
	resolves bool      // the program that lays down what lets light through is there
}

// New returns a renderer on a surface, whose context it makes current.
func New(s surface.Surface, o Options) (*Renderer, error) {
	if o.Width < 1 || o.Height < 1 {
		return nil, fmt.Errorf("renderer: %d×%d is not a picture's size", o.Width, o.Height)
	}
	if o.Budget == 0 {
		o.Budget = 1 << 30
	}
	if err := s.MakeCurrent(); err != nil {
		return nil, err
	}
	gpu.Reset()
	r := &Renderer{
		surface: s, options: o, strokeTexels: gpu.BufferTexture{Single: true}, lights: localLights{cells: gpu.BufferTexture{Single: true}}, full: gpu.NewFullscreen(), quads: gpu.NewQuads(),
		programs: map[string]*gpu.Program{}, meshPrograms: map[meshProgramKey]*gpu.Program{},
	}
	r.pool = framegraph.NewPool[*gpu.Texture](allocator{r})
	r.clock.software = s.Describe().Software
	r.res = newResidency(o.Budget, r.clock.software && gpu.HasLent())
	if err := checkBuffers(o.Keep); err != nil {
		r.Release()
		return nil, err
	}
	var err error
	if r.air, err = newSkyPass(r); err == nil {
		err = r.build()
	}
	if err != nil {
		r.Release()
		return nil, err
	}
	return r, nil
}

// Resize changes the picture's size.
func (r *Renderer) Resize(width, height int) error {
	if width == r.options.Width && height == r.options.Height {
		return nil
	}
	if width < 1 || height < 1 {
		return fmt.Errorf("renderer: %d×%d is not a picture's size", width, height)
	}
	r.options.Width, r.options.Height = width, height
	return r.build()
}

// SetQuality changes what frames cost from the next one on.
func (r *Renderer) SetQuality(q Quality) error {
	if q == r.options.Quality {
		return nil
	}
	r.options.Quality = q
	return r.build()
}

// Release destroys everything that the renderer made; the surface stays.
func (r *Renderer) Release() {
	r.dropGraphs()
	r.pool.Trim(0)
	r.targets.Release()
	r.capture.release()
	r.picker.release()
	if r.air != nil {
		r.air.release()
	}
	r.strokeTexels.Release()
	r.lineTexels.Release()
	r.quads.Release()
	r.res.release()
	r.submit.release()
	r.lights.release()
	r.glyphs.release()
	r.grade.release()
	r.uniforms.Release()
	r.clock.timers.Release()
	r.full.Release()
	gpu.UseNone()
	for _, p := range r.programs {
		p.Release()
	}
	r.programs = nil
}

// allocator makes the graph's transient textures.
type allocator struct{ r *Renderer }

func (a allocator) NewTexture(label string, d framegraph.Desc) (*gpu.Texture, error) {
	f, ok := d.Format.(gpu.Format)
	if !ok {
		return nil, errors.New("not a format of package gpu")
	}
	return gpu.NewTexture(label, gpu.TextureDesc{Format: f, Width: d.Width, Height: d.Height, Levels: d.Levels})
}

func (a allocator) FreeTexture(t *gpu.Texture) {
	a.r.targets.Forget(t)
	t.Release()
}

// program returns the linked stages, compiled the first time they are asked for.
func (r *Renderer) program(label string, stages ...gpu.Stage) (*gpu.Program, error) {
	key := label
	for _, s := range stages {
		key += "|" + s.File + " " + strings.Join(s.Defines, ",")
	}
	if p, ok := r.programs[key]; ok {
		return p, nil
	}
	switch stages[0].File {
	case "fullscreen.vert", "tiles.vert", "tonemap.vert":
		stages[0].Hoist = r.clock.software
	}
	p, err := gpu.NewProgram(label, stages...)
	if err != nil {
		return nil, err
	}
	r.programs[key] = p
	return p, nil
}

// screenProgram returns the program of a full-screen pass. Ask for it when the graph is
// built and keep it in the pass's closure.
func (r *Renderer) screenProgram(frag string, defines ...string) (*gpu.Program, error) {
	return r.program(frag, gpu.Stage{File: "fullscreen.vert"}, gpu.Stage{File: frag, Defines: defines})
}

// target binds the framebuffer of the attachments, kept from frame to frame.
func (r *Renderer) target(depth *gpu.Texture, colors ...*gpu.Texture) (*gpu.Target, error) {
	var a [gpu.MaxColors]gpu.Attachment
	for i, c := range colors {
		a[i].Texture = c
	}
	t, err := r.targets.Get(gpu.Attachment{Texture: depth}, a[:len(colors)]...)
	if err == nil {
		t.Bind()
	}
	return t, err
}

// fill runs a full-screen program, whose uniforms are set, over level 0 of the textures.
func (r *Renderer) fill(p *gpu.Program, s gpu.State, colors ...*gpu.Texture) error {
	if _, err := r.target(nil, colors...); err != nil {
		return err
	}
	s.Apply()
	p.Use()
	r.full.Draw()
	return nil
}

// fillLevel runs a full-screen program over one mip level or layer.
func (r *Renderer) fillLevel(p *gpu.Program, s gpu.State, a gpu.Attachment) error {
	t, err := r.targets.Get(gpu.Attachment{}, a)
	if err != nil {
		return err
	}
	t.Bind()
	s.Apply()
	p.Use()
	r.full.Draw()
	return nil
}

// desc describes a transient texture of the size of what is drawn.
func (r *Renderer) desc(f gpu.Format) framegraph.Desc {
	return framegraph.Desc{Width: r.width, Height: r.height, Levels: 1, Format: f}
}
