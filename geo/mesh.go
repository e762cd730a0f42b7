package geo

import (
	"slices"

	"github.com/longtake/longtake/geo/earth"
)

// Mesh is triangles of one material in the metres of a frame (x east, y north, z up).
// Faces are counter-clockwise from outside. All slices but Indices have one entry a
// vertex; UVs and Features may be nil.
type Mesh struct {
	Layer     string // id of the scene layer that it belongs to
	Material  Material
	Positions [][3]float32
	Normals   [][3]float32
	Colors    [][4]uint8   // sRGB base colour; alpha 255 = opaque
	UVs       [][2]float32 // surface coordinates, see Material
	Features  []uint32     // row of Content.Features
	Indices   []uint32
	// Bias orders coplanar surfaces in depth: terrain 0, areas 1…, roads 10…. Tiles keep
	// it as extras.bias.
	Bias int
	// Refraction lets light through; the zero value none. It takes the place of the
	// material's roughness.
	Refraction Refraction
}

// Refraction is what goes through a surface and how it is bent, as in glTF's
// KHR_materials_transmission, _ior and _volume.
type Refraction struct {
	Transmission float32    // share of the light not mirrored that goes in, 0..1
	IOR          float32    // index of refraction, at least 1
	Thickness    float32    // metres of the body behind the surface; 0 = a thin pane, which bends nothing
	Left         [3]float32 // linear: what Distance leaves of white light
	Distance     float32    // metres; 0 = all is left
	Roughness    float32    // perceptual
}

// Compare orders refractions by their numbers: -1, 0 or 1.
func (r Refraction) Compare(o Refraction) int {
	return slices.Compare(r.numbers(), o.numbers())
}

func (r Refraction) numbers() []float32 {
	return []float32{r.Transmission, r.IOR, r.Thickness, r.Left[0], r.Left[1], r.Left[2], r.Distance, r.Roughness}
}

// Material names a look. The renderer maps it to a shading model; glTF carries it as a
// material with the same name and plain PBR factors, so other engines draw it too.
type Material string

// The materials that geo builds.
const (
	Facade   Material = "facade"   // UV: x counts window bays along the wall, y counts storeys from the ground; integers are bay and storey edges; the colour's alpha is no opacity but facade.Style.Code
	Wall     Material = "wall"     // blank wall: no windows
	Roof     Material = "roof"     // UV: metres along ridge, metres down slope
	Ground   Material = "ground"   // terrain; UV: metres east, north
	Green    Material = "green"    // grass, parks, forest floor; UV metres
	Sand     Material = "sand"     // beach, sand, bare rock; UV metres
	Paved    Material = "paved"    // squares, parking, pedestrian areas; UV metres
	Road     Material = "road"     // UV: x = 4·code + (−1..1 across), y = metres along; code says what is painted, see street.Code
	Path     Material = "path"     // foot and cycle ways; UV as Road
	Rail     Material = "rail"     // UV as Road
	Water    Material = "water"    // sea, lakes, rivers; flat shading model of its own
	Foliage  Material = "foliage"  // trees, hedges
	Bark     Material = "bark"     // trunks
	Concrete Material = "concrete" // bridges, walls, kerbs
	Glass    Material = "glass"
	Metal    Material = "metal"
	Paint    Material = "paint"     // of vehicles and machines
	Rotor    Material = "rotor"     // turns in the wind about x, see geo/model
	Floor    Material = "floor"     // of a room
	Room     Material = "room"      // its walls and ceiling
	Slab     Material = "slab"      // top of a country or province cut out of the Earth; UV: metres east, north
	SlabSide Material = "slab side" // its walls; UV: metres along, metres down
	Sign     Material = "sign"      // advertisement that shines by night; UV: 0..1 across and up; alpha is its kind, see geo/building/facade
	Lamp     Material = "lamp"      // obstacle light, street lamp; alpha is its kind
)

// Instances are copies of one small mesh.
type Instances struct {
	Layer string
	Model string // name of a model in geo/model, e.g. "tree-broad"
	Items []Instance
}

// Instance is one copy: its foot in the tile's frame, turned by Yaw about up.
type Instance struct {
	Position [3]float32
	Yaw      float32  // radians counter-clockwise from east
	Scale    float32  // the model's unit size is 1 m high
	Color    [4]uint8 // sRGB, multiplies the model's vertex colours
	Feature  uint32
}

// Content is what one tile holds.
type Content struct {
	Frame     earth.Frame
	Meshes    []Mesh
	Instances []Instances
	Features  []FeatureRow // metadata, by feature row
	// Attributes are the columns of the rows' Values.
	Attributes []Attribute
	Sources    []Source // what it was built from
	Notes      []string // what a reader left out of the file, each once; not written
}

// Source is a source that a tile was built from.
type Source struct {
	Name    string `json:"name"`    // in the scene
	Version string `json:"version"` // a hash of those of its features that the tile depends on
}

// FeatureRow is the metadata kept for a feature in tiles.
type FeatureRow struct {
	ID     string  // Feature.ID
	Name   string  // name tag, may be empty
	Class  string  // building, highway=residential, …
	Height float32 // metres, 0 where it has no meaning
	// Values are the feature's own, one for each of Content.Attributes as text; missing ones,
	// and those that the slice lacks, are "".
	Values []string
}

// Value is that of an attribute by its number, "" where it is missing.
func (r *FeatureRow) Value(attribute int) string {
	if attribute < 0 || attribute >= len(r.Values) {
		return ""
	}
	return r.Values[attribute]
}

// Elevation is the bare ground, in metres above the WGS84 ellipsoid.
type Elevation interface {
	// HeightAt returns the ground's height; ok is false where nothing is known.
	HeightAt(lng, lat float64) (h float64, ok bool)
}

// FlatElevation is ground of one height everywhere: what scenes without elevation use.
type FlatElevation float64

// HeightAt returns the constant.
func (f FlatElevation) HeightAt(_, _ float64) (float64, bool) { return float64(f), true }
