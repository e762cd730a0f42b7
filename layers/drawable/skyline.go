package drawable

// Skyline is a line along which what is built meets the sky in the picture, from wherever it
// is seen. Lengths are pixels of a 1080-line picture.
type Skyline struct {
	Color    [4]float32 // linear
	Emission float32    // factor of the colour; above 1 shines
	Width    float32    // of the line
	Glow     float32    // how far light reaches on both sides of it
	Behind   float32    // metres from the eye beyond which everything counts as sky; 0 = nothing does
	All      bool       // ground, water and trees have a line too, not only what is built
}

func (*Skyline) drawable() {}
