package drawable

// Model is a shading model: which surface snippet fills the G-buffer.
type Model uint8

// The shading models. Numbers are written into the G-buffer's flags (4 bits).
const (
	Standard Model = iota // plain metal/rough
	Facade                // windows from UV (bays, storeys), lit at night
	Roof
	Ground  // terrain and areas: detail by position and slope
	Road    // asphalt with markings from UV; wet
	Water   // waves, Fresnel, deep colour
	Foliage // translucent, two-sided
	Unlit   // emission only: data colours
)

// Blend says how a transparent surface meets what is behind it.
type Blend uint8

// The blend modes.
const (
	Opaque Blend = iota
	Alpha
	Additive
	Tint // meshes: only the base colour of the surface behind, which keeps its shape and is lit with it
)

// Material is a look. The zero value is black mirror-free plastic; use DefaultMaterial.
type Material struct {
	Name        string
	Model       Model
	Blend       Blend
	Roughness   float32
	Metallic    float32
	Reflectance float32    // Filament's: 0.5 = 4 % at normal incidence
	Color       [4]float32 // linear factor of the vertex colour; alpha multiplies opacity
	Emission    [3]float32 // linear radiance added, times the vertex colour; 1 = white paper at exposure 0 by day
	Lit         float32    // Facade: share of windows lit at night, 0..1; Standard: above 0 is a room, lit by its lamps
	Texture     *Image     // base colour, sRGB, by UV
	DoubleSided bool
	Data        bool   // its colour says something: rain does not darken it, snow does not lie on it
	Glass       Glass  // of Standard surfaces that do not add light
	Spin        Spin   // of copies
	Effect      Effect // of Unlit surfaces that blend
}

// Spin turns copies of a mesh about its x axis at a height, clockwise seen from its front.
// The taller a copy the slower it turns, as tips of rotors are about equally fast. Each
// starts at an angle of its own and is up to a tenth faster or slower, by the last two bits
// of the bytes of its colour.
type Spin struct {
	Axis float32 // metres in the copied mesh, up to 1; 0 = it does not turn
	Rate float32 // turns a second of a copy of scale 1; of scale n an nth
}

// SpinCycle is the turns of a copy of scale 1 after which all copies are as they began: all
// make whole turns in it.
const SpinCycle = 8192

// Glass is what goes through a surface, as in glTF's KHR_materials_transmission, _ior and
// _volume. Roughness frosts it, Color tints it. The zero value lets nothing through.
type Glass struct {
	Transmission float32 // share of the light not mirrored that goes in, 0..1
	IOR          float32 // index of refraction, at least 1
	// Thickness is how far the body goes on behind its surface, in the mesh's metres, where no
	// far side of it is found; 0 = a thin pane, which bends nothing.
	Thickness float32
	Left      [3]float32 // linear: what Distance leaves of white light on its way through the body
	Distance  float32    // metres; 0 = all is left
}

// Clears tells whether light goes through a surface of the material.
func (m *Material) Clears() bool {
	return m.Glass.Transmission > 0 && m.Model == Standard && (m.Blend == Opaque || m.Blend == Alpha)
}

// DefaultMaterial is white, rough and opaque.
func DefaultMaterial() *Material {
	return &Material{Name: "default", Roughness: 0.8, Reflectance: 0.5, Color: [4]float32{1, 1, 1, 1}}
}

// Image is pixels, rows from the top, Channels bytes each.
type Image struct {
	Name          string
	Width, Height int
	Channels      int // 1 or 4
	SRGB          bool
	Pixels        []byte
	Brief         bool // of a mesh that soon has another one: the GPU keeps it while it is drawn
}
