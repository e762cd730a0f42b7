package text

import (
	ot "github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// pen is Pen in either precision.
type pen[T float32 | float64] interface {
	MoveTo(x, y T)
	LineTo(x, y T)
	QuadTo(x1, y1, x, y T)
	CubeTo(x1, y1, x2, y2, x, y T)
}

// trace draws an outline whose points lie where at says.
func trace[T float32 | float64](segments []ot.Segment, at func(ot.SegmentPoint) (x, y T), p pen[T]) {
	for _, s := range segments {
		x, y := at(s.Args[0])
		switch s.Op {
		case ot.SegmentOpMoveTo:
			p.MoveTo(x, y)
		case ot.SegmentOpLineTo:
			p.LineTo(x, y)
		case ot.SegmentOpQuadTo:
			x2, y2 := at(s.Args[1])
			p.QuadTo(x, y, x2, y2)
		case ot.SegmentOpCubeTo:
			x2, y2 := at(s.Args[1])
			x3, y3 := at(s.Args[2])
			p.CubeTo(x, y, x2, y2, x3, y3)
		}
	}
}

// closing closes each contour where the next one begins; the last is the caller's.
type closing struct{ *vector.Rasterizer }

func (c closing) MoveTo(x, y float32) {
	c.ClosePath()
	c.Rasterizer.MoveTo(x, y)
}
