package drawable

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Points are dots, shapes, pictures or moving patterns that face the viewer.
type Points struct {
	Frame    mgl64.Mat4
	Vertices []PointVertex
	Widest   float32 // the greatest Size; 0 = whoever needs it looks
	Metres   bool    // sizes in metres rather than pixels of a 1080-line picture
	Least    float32 // smallest diameter on the screen, pixels of a 1080-line picture
	Most     float32 // greatest; 0 = none
	Blend    Blend
	Emission float32 // factor of the colour; above 1 glows

	Shape    Shape
	Stroke   float32    // ring width as a share of the radius; 0 = filled
	Rim      [4]float32 // colour of the ring, linear; alpha 0 = the point's own
	Fill     float32    // opacity within the ring
	Softness float32    // 0 has a sharp edge, 1 fades from the middle on
	Effect   Effect     // a disc's pattern instead of a shape; its Emission and Rim are not used
	Sprites  *Sprites   // pictures instead of a shape
	Anchor   [2]float32 // where the place lies, from the middle in radii: 0, -1 is the foot

	Center [3]float32
	Radius float32
	Brief  bool // of one frame only: the GPU does not keep them
}

// PointVertex is 28 bytes.
type PointVertex struct {
	Position [3]float32
	Size     float32 // diameter
	Color    [4]uint8
	Feature  uint32
	Tile     uint16 // of Sprites
	Angle    uint16 // clockwise on the screen, 65536ths of a turn
}

// NoFeature is the feature of what stands for no row of a layer: nothing is told of it. Ids of
// layers are so far apart.
const NoFeature = 1<<20 - 1

// Turned is an angle in degrees as a PointVertex holds it.
func Turned(degrees float64) uint16 {
	turns := degrees / 360
	return uint16(int(math.Round((turns - math.Floor(turns)) * 65536)))
}

// Shape is an outline of about the area of the disc of its size.
type Shape uint8

// The shapes.
const (
	Circle Shape = iota
	Square
	Diamond
	Triangle
	Pentagon
	Hexagon
	Star
	Cross
	Arrow // points up: to the angle's bearing
)

// Sprites are equal cells of one picture, from the upper left row by row.
type Sprites struct {
	Image         *Image // RGBA, sRGB; colours multiplied by alpha in linear light
	Columns, Rows int
	Frames        int     // from its own tile on these are shown in turn; 0 and 1 stand still
	Period        float32 // seconds for all of them
}

// Bound sets the bounding sphere of the points and returns them.
func (p *Points) Bound() *Points {
	p.Center, p.Radius = BoundingSphere(len(p.Vertices), func(i int) [3]float32 { return p.Vertices[i].Position })
	return p
}
