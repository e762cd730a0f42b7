package drawable

// Effect is a pattern that moves over a surface: a function of UV and time that gives the
// material's colour its opacity. It is drawn forward, unlit, and has no history. The zero
// value is none. Materials with one are Unlit and blend as Alpha or Additive.
//
// Patterns of discs want UV -1…1, the disc having radius 1, v to the north or up; those of
// bands want u along, in any unit, and v from 0 at the foot to 1 at the top. Details smaller
// than pixels turn into their mean.
//
// A colour that blends as Alpha with an Emission up to 1 is data: it comes out as it was
// given, by day and by night. One above 1 is light: it glows, and exposure and tone curve
// apply, as to all that is Additive.
type Effect struct {
	Pattern  Pattern
	Period   float32 // seconds of a cycle; negative runs backwards, 0 stands still
	Repeat   float32 // how many rings, arms, ticks, cells or stripes
	Width    float32 // share of each that is full: a stroke, a beam's angle, a trail; 0…1
	Softness float32 // 0 has hard edges, 1 trails off
	Fill     float32 // opacity of what lies between
	Fade     float32 // how far opacity has gone at a disc's rim or a band's top, 0…1
	Rim      float32 // above 0 edges of round bodies fade, as of beams; below 0 their middle, as of bubbles; -1…1
	Band     bool    // UV are a band's: of patterns that go with either
	Stagger  float32 // share of a cycle by which features are apart, each by its id
	Emission float32 // factor of the colour
	// Projected lays the pattern on what stands within the mesh: ground, roofs and walls. The
	// mesh is a closed one seen from inside, within x, y and z from -1 to 1; u and v are its x
	// and y. It reaches 1 along z, and fades towards that.
	Projected bool
}

// Pattern names what an effect draws. Numbers are those of shaders/effect.glsl.
type Pattern uint8

// The patterns. The first ones are of discs, those from Stripes on of bands; Hexagons, Grid,
// Energy and Flash go with either.
const (
	NoPattern Pattern = iota
	Disc              // a stroke at the rim around a fill that fades from the middle
	Breathe           // a disc that swells and sinks
	Ripple            // rings that run outwards and fade
	Sweep             // a radar's beam over its range rings, clockwise
	Turntable         // rings of ticks and arcs that turn against each other
	Scan              // one wave that runs outwards over fine rings
	Spiral            // arms that wind outwards
	Hexagons          // a net of cells of which some light up, and a wave over it
	Grid              // lines in both directions, and a wave over them
	Energy            // thin bolts that wander
	Flash             // a double beat of the whole
	Sparkle           // a star of four rays that flashes up once a cycle
	Stripes           // across u, running along it
	Chevrons          // arrowheads running along u
	Bands             // across v, running up
	Sparks            // streaks that rise at many places of u
)
