package drawable

import (
	"time"

	"github.com/go-gl/mathgl/mgl64"
)

// Drawable is one of *Mesh, *Instances, *Lines, *Points, *Glyphs, *Panel, *Sheet, *Lights, *Tileset, *Moving, *Video, *Skyline.
type Drawable interface{ drawable() }

func (*Mesh) drawable()      {}
func (*Instances) drawable() {}
func (*Lines) drawable()     {}
func (*Points) drawable()    {}
func (*Glyphs) drawable()    {}
func (*Lights) drawable()    {}
func (*Tileset) drawable()   {}
func (*Moving) drawable()    {}

// Draw is a drawable with the state of this frame. The zero value of each field but
// What is the plain look.
type Draw struct {
	What     Drawable
	Fade     float32    // 0 = fully there, 1 = invisible
	Tint     [4]float32 // linear RGB multiplied in where Tint[3] is 1
	Time     float64    // the clock of timed lines and points: seconds on their own time axis
	Shift    mgl64.Mat4 // extra transform in the drawable's frame (models); identity where [15] is 0
	IDBase   uint32     // added to feature ids, so that they are unique in a frame
	Overlay  bool       // drawn over everything, without depth test
	NoShadow bool       // casts no shadow
	Colors   *Colors    // of the features of a mesh; nil leaves them as they are
	Coat     *Coat      // of a mesh that is drawn once, over their colours; one for all draws of a layer
	Stands   *Stands    // of the features that have a coat
	Widen    float32    // factor of the widths of lines; 0 = as they are
	Passing  bool       // soon another takes its place: the GPU keeps it only as long as it is drawn
	Changing bool       // another does in each frame: the picture is not at rest
	Open     float32    // metres from the eye within which the windows of facades let it through
}

// Vertex is 32 bytes, uploaded as it is.
type Vertex struct {
	Position [3]float32
	Normal   [2]int16 // octahedral, see EncodeNormal
	Color    [4]uint8 // sRGB base colour; alpha 255 = opaque
	UV       [2]float32
	Feature  uint32
}

// Mesh is indexed triangles, counter-clockwise from outside.
type Mesh struct {
	Name     string
	Frame    mgl64.Mat4 // to ECEF
	Vertices []Vertex
	Indices  []uint32
	Material *Material
	Center   [3]float32 // bounding sphere in the mesh's frame
	Radius   float32
	// Bias orders coplanar surfaces: level n is drawn as if n×1e-4 of its distance
	// nearer. Terrain 0, areas 1…, roads 10….
	Bias int
}

// Instances are copies of one mesh.
type Instances struct {
	Mesh   *Mesh
	Frame  mgl64.Mat4
	Items  []Instance
	Center [3]float32
	Radius float32
	Brief  bool // of one frame only: the GPU does not keep them
}

// Instance is a copy's placement in Instances.Frame. 32 bytes.
type Instance struct {
	Position [3]float32
	Yaw      float32    // radians counter-clockwise from +x, about +z
	Scale    [2]float32 // horizontal, vertical
	Color    [4]uint8   // sRGB, multiplies the mesh's
	Feature  uint32
}

// Glyphs are text: quads of a distance-field atlas around anchors, drawn at output
// resolution after tone mapping, so that their colours are exact.
type Glyphs struct {
	Frame  mgl64.Mat4
	Atlas  *Image // one channel: signed distance, 128 = edge, SpreadPixels to 0 or 255
	Spread float32
	Labels []Label
	Quads  []GlyphQuad
	Plate  Plate
	Shadow Shadow
	Hides  float32 // share of a label that goes where the picture has something well before its place
	// Lines are the vertices of lines that labels run along, in Frame.
	Lines [][3]float32
	// Turns are set by the stage: where the glyphs of such labels lie on the picture.
	Turns []GlyphTurn
}

// GlyphTurn is where the middle of a glyph lies, in pixels of a 1080-line picture from its
// lower left, and how far it is turned about it, in radians counter-clockwise.
type GlyphTurn struct{ X, Y, Angle float32 }

// Plate is how the plates of labels look. Measures are pixels of a 1080-line picture.
type Plate struct {
	Radius float32  // of the corners
	Border [4]uint8 // sRGB, straight alpha
	Width  float32  // of the border, inside of the plate; 0 = none
}

// Shadow falls from the plates of labels, and from the letters of those without one. Measures
// are pixels of a 1080-line picture.
type Shadow struct {
	Color  [4]uint8   // sRGB, straight alpha; 0 = none
	Offset [2]float32 // to the right and down
	Blur   float32    // across which an edge fades
}

// Label is one anchored text; its quads are Quads[First:First+Count].
type Label struct {
	Anchor       [3]float32 // in Frame
	First, Count int
	Color, Halo  [4]uint8   // sRGB, straight alpha
	HaloWidth    float32    // pixels of a 1080-line picture
	Min, Max     [2]float32 // extent of the quads and the plate, for collision
	// Plate lies behind the text: left, bottom, right, top from the anchor, in pixels of a
	// 1080-line picture, in a colour whose alpha is 0 where there is none.
	Plate      [4]float32
	PlateColor [4]uint8
	Priority   float32 // higher wins a collision
	Hidden     bool    // set by the stage: lost a collision, or behind the horizon
	Fade       float32 // set by the stage: 0 = fully there, 1 = invisible
	Feature    uint32
	// Way makes the text run along a line; zero leaves it level.
	Way LabelWay
}

// LabelWay is the line Lines[First:First+Count] that a label runs along, glyph by glyph. The
// middle of the text is at its anchor, behind the line's vertex At. Offsets of its quads count
// from the line.
type LabelWay struct {
	First, Count, At int
	Bend             float32 // radians: where the line turns by more within an em, the text is hidden
	Em               float32 // pixels of a 1080-line picture
	Text             int     // labels of one text have one number, from 0 on
	Apart            float32 // pixels of a 1080-line picture between labels of one text; 0 is any
	Turned           int     // set by the stage: Turns[Turned:Turned+Label.Count]; -1 = it has no room
}

// GlyphQuad is a glyph's box: offsets from the anchor in pixels of a 1080-line picture
// (y up) and its place in the atlas, in the atlas's pixels (v down).
type GlyphQuad struct {
	Min, Max     [2]float32
	UVMin, UVMax [2]float32
}

// Tileset names 3D Tiles content; the stage replaces it by the meshes that a view needs.
type Tileset struct {
	Path     string                // tileset.json
	Layer    string                // draw only meshes of this layer; empty = all
	Lit      float32               // share of lit windows at night
	Tints    map[string][4]float32 // linear colour factor by material name; [3] is 1
	MaxError float64               // screen-space error in pixels; 0 = the tier's
	Storeys  Storeys
	Paint    *Paint // nil: features keep their colours
	Coat     *Coat
	Edges    *Edges
}

// Paint colours the features of tiles by a field of theirs: their columns, or id, name, class
// and height. Of is the sRGB colour of a value, "" where it is missing; alpha is its share, of
// the feature's own colour the rest.
type Paint struct {
	Field string
	Of    func(value string) [4]uint8
}

// Colors are those of features by Vertex.Feature, as Paint gives them. They are uploaded as they
// are, and never change.
type Colors struct{ Of [][4]uint8 }

// Moving are copies of models whose places depend on the time alone; the stage replaces
// them by instances and points for every frame.
type Moving struct {
	Frame mgl64.Mat4 // to ECEF
	At    func(Instant) Copies
}

// Instant is what moving things may depend on.
type Instant struct {
	Time  float64    // seconds of the story
	Clock time.Time  // the scene's date
	Dark  float64    // 0 by day to 1 when vehicles have their lights on
	Eye   mgl64.Vec3 // in the frame of what moves
	Reach float64    // metres from the eye beyond which nothing needs to be drawn
	// Screen is the picture that is drawn, for what is gathered in it.
	Screen Screen
}

// Copies are what is there at an instant.
type Copies struct {
	Models []Copy
	Lights []PointVertex // additive; sizes in metres
	Draws  []Drawable    // brief instances and points of the layer's own
	Placed []Draw        // drawables in frames of their own, with Shift, Tint and IDBase
}

// Copy is instances of one of geo's models.
type Copy struct {
	Model string
	Items []Instance
}

// Storeys says which of the layers "<layer>#<level>" of a tileset are drawn and how far
// they are pulled apart. The zero value draws all where they are.
type Storeys struct {
	Only    []float64 // levels; empty = all
	Explode float64   // metres up for each level
}
