package drawable

// Coat is colour over what features of a mesh have, by the height above what they stand on.
type Coat struct {
	From, To [4]float32 // linear colour at the foot and at the top; [3] is its share
	Height   float32    // metres above its foot at which a feature has To; 0 = its own height
	Bend     float32    // power of the share of the height; 1 goes straight
	Emission float32    // light of its own, of the coated colour
}

// Stands are where the features of meshes stand and how far up they reach, by Vertex.Feature,
// in metres along z of the meshes' frame. They never change.
type Stands struct{ Of [][2]float32 }

// Edges are glowing lines along the edges of the features of tiles: those of their outlines, and
// where two of their faces meet at an angle.
type Edges struct {
	Color    [3]float32 // linear radiance, 1 = white paper at exposure 0 by day
	Share    float32    // 0..1: how much is seen
	Width    float32    // pixels of a 1080-line picture
	Foot     float32    // share that is seen at the feature's foot
	Height   float32    // metres above its foot from which on all of it is seen; 0 = its own height
	Thickest float32    // metres that an edge is wide at the most, so that it grows fainter far away
}
