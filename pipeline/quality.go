package pipeline

// Quality is the cost of a frame, as numbers. Tiers are data: no code asks for a tier's
// name.
type Quality struct {
	SubFrames      int     // jittered sub-frames averaged in file mode
	TAA            bool    // live mode: temporal anti-aliasing with history
	TAAFine        bool    // by nine neighbours and a bicubic history, else by four and a bilinear one
	Scale          float64 // of the sides of what a frame with TAA draws to the picture's, which its history makes up; 0 = 1
	ShadowCascades int     // 0..4
	ShadowSize     int     // texels a side
	ShadowTaps     int     // 1, 4, 9 or 16
	ContactSteps   int     // of the march to the sun for shadows finer than the map's; 0 = none
	ShadowDistance float64 // metres; 0 chooses from the eye's height
	AOSlices       int     // 0 = no ambient occlusion
	AOSteps        int     // a side of a slice
	AOHalf         bool    // at half resolution
	Ambient        Ambient // how its samples are read; zero is the default
	Planes         bool    // occlusion and reflections follow the planes of triangles, which the G-buffer then holds; else its normals
	SkySize        int     // texels a side of the heights that hide the sky from streets; 0 = they hide nothing
	SkyAzimuths    int     // directions in which a pixel looks for them
	SkySteps       int     // places it looks at in each
	SSRSteps       int     // 0 = sky probe only
	SSRHalf        bool
	SSRRoughness   float64 // reflections above this roughness come from the probe
	LampReach      float64 // metres from the eye up to which street lamps are lights of their own; beyond, surfaces paint them
	FogSteps       int     // of the march through fog to where the sun reaches it; 0 = it reaches all
	CloudSteps     int     // of the march through clouds with bodies; 0 = they are a flat layer
	VolumeSteps    int     // of the march through a volume
	Moments        bool    // transparent surfaces in any order, by moments; else from back to front by their middles
	GlassLayers    int     // how many panes and bodies of glass are seen through each other; 0 = 1
	GlassSteps     int     // of the way behind a body of glass to what is seen through it; 0 = what lies behind where it is left
	Particles      int     // drops or flakes around the eye where it rains or snows its most
	BloomMips      int     // 0 = off
	BloomQuarter   bool    // the glow begins at a quarter of the picture's sides, else at half
	AerialSlices   int     // depth slices of the aerial-perspective volume; 0 = analytic fog
	TileError      float64 // screen-space error of tiles, pixels
}

// Ambient are factors on what ambient occlusion is defined by, found by comparing with
// the ray tracer.
type Ambient struct {
	Reach   float32 // of the distance to look
	Falloff float32 // of the share of it over which hiding fades
	Power   float32 // of the visibility
	// Extent is how far a surface goes on, unseen, from a sample towards the one before, and
	// with Planes from that towards the sample, as a share of the way between them, where the
	// two are not one surface.
	Extent float32
}

// DefaultAmbient is the definition itself; docs/truth.md holds what it misses the truth by.
var DefaultAmbient = Ambient{Reach: 1, Falloff: 1, Power: 1, Extent: 0.5}

// Tiers are the named qualities, in rising order.
var Tiers = []struct {
	Name string
	Quality
}{
	{"draft", Quality{GlassLayers: 1, VolumeSteps: 24, Particles: 3000, SubFrames: 1, ShadowCascades: 2, ShadowSize: 1024, ShadowTaps: 1, AOSlices: 1, AOSteps: 2, AOHalf: true, LampReach: 200, BloomMips: 0, AerialSlices: 16, TileError: 5}},
	{"low", Quality{GlassLayers: 2, GlassSteps: 16, VolumeSteps: 48, Particles: 6000, SubFrames: 1, TAA: true, Scale: 0.75, ShadowCascades: 2, ShadowSize: 1536, ShadowTaps: 4, AOSlices: 2, AOSteps: 2, AOHalf: true, SkySize: 384, SkyAzimuths: 6, SkySteps: 4, SSRSteps: 32, SSRHalf: true, SSRRoughness: 0.3, LampReach: 350, Moments: true, BloomMips: 4, BloomQuarter: true, AerialSlices: 16, TileError: 3}},
	{"high", Quality{GlassLayers: 4, GlassSteps: 40, VolumeSteps: 96, Particles: 16000, SubFrames: 4, TAA: true, TAAFine: true, ShadowCascades: 4, ShadowSize: 2048, ShadowTaps: 9, ContactSteps: 10, AOSlices: 3, AOSteps: 5, Planes: true, SkySize: 768, SkyAzimuths: 8, SkySteps: 6, SSRSteps: 128, SSRRoughness: 0.45, FogSteps: 12, LampReach: 600, Moments: true, BloomMips: 6, AerialSlices: 32, TileError: 1.5}},
	{"ultra", Quality{GlassLayers: 8, GlassSteps: 96, CloudSteps: 24, VolumeSteps: 192, Particles: 32000, SubFrames: 16, TAA: true, TAAFine: true, ShadowCascades: 4, ShadowSize: 4096, ShadowTaps: 16, ContactSteps: 16, AOSlices: 9, AOSteps: 6, Planes: true, SkySize: 1536, SkyAzimuths: 16, SkySteps: 10, SSRSteps: 128, SSRRoughness: 0.6, FogSteps: 24, LampReach: 1000, Moments: true, BloomMips: 6, AerialSlices: 32, TileError: 0.75}},
}

// Tier returns the quality of that name.
func Tier(name string) (Quality, bool) {
	for _, t := range Tiers {
		if t.Name == name {
			return t.Quality, true
		}
	}
	return Quality{}, false
}
