package stage

import (
	"slices"
	"strings"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
)

// tileEdges are the edges of a tile's features of one layer. They are found once; filters and
// looks choose among them and shade them.
type tileEdges struct {
	layer  string
	cuts   *tileCuts
	used   int         // frame of the last use
	shapes []edgeShape // by frame: contents of one tile may have their own
	drawn  []edgeLines // of this frame and the last
}

// edgeShape are edges of one frame.
type edgeShape struct {
	frame mgl64.Mat4
	edges []shapeEdge
}

type shapeEdge struct {
	edgeKey // a and b count within its shape
	ends    [2][3]float32
}

// edgeLines are the edges that a filter leaves, as lines.
type edgeLines struct {
	look    drawable.Edges // as they were made: its foot, height and thickest
	filter  *tileFilter
	used    int
	lines   []*drawable.Lines
	passing bool // they took the place of others, as others may take theirs
}

// edgeEmission is that of edges' lines, whose colour is the draw's: above 1, as they shine.
const edgeEmission = 2

// edges are the lines along the edges of the features that a draw shows.
func (c *tileContent) edges(set *drawable.Tileset, only *tileFilter, cuts *tileCuts) *edgeLines {
	if len(c.rows) == 0 {
		only = nil
	}
	e := c.edgesOf(set.Layer, cuts)
	look := drawable.Edges{Foot: set.Edges.Foot, Height: set.Edges.Height, Thickest: set.Edges.Thickest}
	for i := range e.drawn {
		if k := &e.drawn[i]; k.look == look && k.filter == only {
			k.used = c.last
			return k
		}
	}
	made := edgeLines{look: look, filter: only, used: c.last, passing: len(e.drawn) > 0}
	for i := range e.shapes {
		if lines := c.edgesShown(&e.shapes[i], only, &look); lines != nil {
			made.lines = append(made.lines, lines)
		}
	}
	e.drawn = append(slices.DeleteFunc(e.drawn, func(k edgeLines) bool { return k.used < c.last-1 }), made)
	return &e.drawn[len(e.drawn)-1]
}

// edgesOf finds the edges of a layer's features.
func (c *tileContent) edgesOf(layer string, cuts *tileCuts) *tileEdges {
	for _, e := range c.edged {
		if e.layer == layer && e.cuts == cuts {
			e.used = c.last
			return e
		}
	}
	var makers []*edgeMaker
	for i := range c.parts {
		p := &c.parts[i]
		if p.mesh == nil || !edged(p.name) || strings.Contains(p.layer, "#") || layer != "" && p.layer != layer {
			continue
		}
		mesh := p.mesh
		if cuts != nil {
			if mesh = cuts.mesh(c, mesh, p.name).left; mesh == nil {
				continue
			}
		}
		at := slices.IndexFunc(makers, func(m *edgeMaker) bool { return m.frame == mesh.Frame })
		if at < 0 {
			at = len(makers)
			makers = append(makers, &edgeMaker{frame: mesh.Frame, stands: c.standing().Of, known: map[[3]int32]uint32{}, found: map[edgeKey]int{}})
		}
		makers[at].add(mesh)
	}
	e := &tileEdges{layer: layer, cuts: cuts, used: c.last}
	for _, m := range makers {
		e.shapes = append(e.shapes, m.shape())
	}
	c.edged = append(slices.DeleteFunc(c.edged, func(k *tileEdges) bool { return k.used < c.last-1 }), e)
	return e
}

// edgesShown are the edges of the features that a filter leaves, each once; nil of none.
func (c *tileContent) edgesShown(s *edgeShape, only *tileFilter, look *drawable.Edges) *drawable.Lines {
	out := &drawable.Lines{Frame: s.frame, Blend: drawable.Alpha, Emission: edgeEmission, Edging: true, Thickest: look.Thickest}
	var shown []bool
	if only != nil {
		shown = c.showing(only)
	}
	stands, drawn := c.standing().Of, make(map[[2]uint32]bool, len(s.edges))
	for i := range s.edges {
		e := &s.edges[i]
		if only != nil && (int(e.feature) >= len(shown) || !shown[e.feature]) || drawn[[2]uint32{e.a, e.b}] {
			continue
		}
		drawn[[2]uint32{e.a, e.b}] = true
		stand := stands[e.feature]
		up := look.Height
		if up <= 0 {
			up = max(stand[1]-stand[0], 0.1)
		}
		out.Starts = append(out.Starts, uint32(len(out.Vertices)))
		for _, p := range e.ends {
			share := min(max((p[2]-stand[0])/up, 0), 1)
			alpha := uint8((look.Foot+(1-look.Foot)*share*share)*255 + 0.5)
			out.Vertices = append(out.Vertices, drawable.LineVertex{Position: p, Width: 1, Color: [4]uint8{255, 255, 255, alpha}, Feature: e.feature})
		}
	}
	if len(out.Vertices) == 0 {
		return nil
	}
	return out.Bound()
}

// edged tells whether bodies of a material have edges: walls, roofs, and whatever other makers have.
func edged(name geo.Material) bool {
	_, ours := looks[name]
	return isBody(name) || !ours
}
