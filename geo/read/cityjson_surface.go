package read

import (
	"encoding/json"
	"fmt"

	"github.com/longtake/longtake/geo"
)

// face is a surface as its boundaries give it: rings of vertex numbers, and its place in
// the list of semantic surfaces, -1 if none.
type face struct {
	rings    [][]int
	semantic int
	material int   // -1 if none
	texture  []int // of the outer ring: the number of a texture, then its vertices
}

// faces flattens boundaries of any type down to faces.
func (g *cityGeometry) faces(look *cityAppearance) ([]face, error) {
	depth := map[string]int{"MultiSurface": 0, "CompositeSurface": 0, "Solid": 1, "MultiSolid": 2, "CompositeSolid": 2}
	d, ok := depth[g.Type]
	if !ok {
		return nil, nil // points and lines have no faces
	}
	var out []face
	whole, colours := -1, json.RawMessage(nil)
	if m, ok := themed(g.Material, look.MaterialTheme); ok {
		if colours = m.Values; m.Value != nil {
			whole = *m.Value
		}
	}
	textures, _ := themed(g.Texture, look.TextureTheme)
	err := flattenFaces(g.Boundaries, faceValues{g.Semantics.Values, colours, textures.Values}, d, &out)
	for i := range out {
		if out[i].material < 0 {
			out[i].material = whole
		}
	}
	return out, err
}

// faceValues are what is told of the faces of a geometry, nested as its boundaries are.
type faceValues struct{ semantics, materials, textures json.RawMessage }

func flattenFaces(boundaries json.RawMessage, values faceValues, depth int, out *[]face) error {
	var parts, labels, paints, prints []json.RawMessage
	if json.Unmarshal(boundaries, &parts) != nil {
		return fmt.Errorf("%w: its boundaries are nested otherwise than its type says", errCity)
	}
	_ = json.Unmarshal(values.semantics, &labels) // null or absent: no semantics below here
	_ = json.Unmarshal(values.materials, &paints)
	_ = json.Unmarshal(values.textures, &prints)
	at := func(of []json.RawMessage, i int) json.RawMessage {
		if i < len(of) {
			return of[i]
		}
		return nil
	}
	for i, p := range parts {
		label, paint, print := at(labels, i), at(paints, i), at(prints, i)
		if depth > 0 {
			if err := flattenFaces(p, faceValues{label, paint, print}, depth-1, out); err != nil {
				return err
			}
			continue
		}
		f := face{semantic: -1, material: -1}
		if json.Unmarshal(p, &f.rings) != nil {
			return fmt.Errorf("%w: surface %d is no list of rings of vertex numbers", errCity, len(*out))
		}
		var k *int
		if json.Unmarshal(label, &k) == nil && k != nil {
			f.semantic = *k
		}
		k = nil
		if json.Unmarshal(paint, &k) == nil && k != nil {
			f.material = *k
		}
		var rings [][]int
		if json.Unmarshal(print, &rings) == nil && len(rings) > 0 {
			f.texture = rings[0]
		}
		*out = append(*out, f)
	}
	return nil
}

// surfaces are a geometry's faces in the coordinates of the file's reference system.
func (f *cityFile) surfaces(g *cityGeometry) ([]geo.Surface, error) {
	vertex := func(i int) ([3]float64, bool) {
		if i < 0 || i >= len(f.Vertices) {
			return [3]float64{}, false
		}
		v := f.Vertices[i]
		if t := f.Transform; t != nil {
			for k := range v {
				v[k] = v[k]*t.Scale[k] + t.Translate[k]
			}
		}
		return v, true
	}
	look, vertices := &f.Appearance, len(f.Vertices)
	if g.Type == "GeometryInstance" {
		if f.shared != nil {
			look = f.shared
		}
		var at []int
		if json.Unmarshal(g.Boundaries, &at) != nil || len(at) != 1 || len(g.Matrix) != 16 {
			return nil, fmt.Errorf("%w: an instance of a template has one vertex and a matrix of 16 numbers", errCity)
		}
		if g.Template < 0 || g.Template >= len(f.Templates.Geometries) {
			return nil, fmt.Errorf("%w: it names template %d of %d", errCity, g.Template, len(f.Templates.Geometries))
		}
		foot, ok := vertex(at[0])
		if !ok {
			return nil, fmt.Errorf("%w: it names vertex %d of %d", errCity, at[0], len(f.Vertices))
		}
		vertices = len(f.Templates.Vertices)
		m, template := g.Matrix, g
		template = &f.Templates.Geometries[g.Template]
		vertex = func(i int) ([3]float64, bool) {
			if i < 0 || i >= len(f.Templates.Vertices) {
				return [3]float64{}, false
			}
			v, out := f.Templates.Vertices[i], foot
			for k := range out {
				out[k] += m[4*k]*v[0] + m[4*k+1]*v[1] + m[4*k+2]*v[2] + m[4*k+3]
			}
			return out, true
		}
		g = template
	}
	faces, err := g.faces(look)
	if err != nil {
		return nil, err
	}
	var out []geo.Surface
	for n, fc := range faces {
		s := geo.Surface{}
		if fc.semantic >= 0 && fc.semantic < len(g.Semantics.Surfaces) {
			s.Kind = surfaceKind(g.Semantics.Surfaces[fc.semantic].Type)
		}
		s.Color = look.color(&fc, f.pictures)
		for _, r := range fc.rings {
			ring := make([][3]float64, 0, len(r))
			for _, i := range r {
				v, ok := vertex(i)
				if !ok {
					return nil, fmt.Errorf("%w: surface %d names vertex %d of %d", errCity, n, i, vertices)
				}
				ring = append(ring, v)
			}
			if n := len(ring); n > 3 && ring[0] == ring[n-1] {
				ring = ring[:n-1]
			}
			if len(ring) < 3 {
				if len(s.Rings) == 0 {
					break // no outer ring, no face
				}
				continue
			}
			s.Rings = append(s.Rings, ring)
		}
		if len(s.Rings) > 0 {
			out = append(out, s)
		}
	}
	return out, nil
}

// point is the first position of a geometry of points.
func (f *cityFile) point(g *cityGeometry) (p [3]float64, ok bool) {
	var at []int
	if g.Type != "MultiPoint" || json.Unmarshal(g.Boundaries, &at) != nil || len(at) == 0 || at[0] < 0 || at[0] >= len(f.Vertices) {
		return p, false
	}
	p = f.Vertices[at[0]]
	if t := f.Transform; t != nil {
		for k := range p {
			p[k] = p[k]*t.Scale[k] + t.Translate[k]
		}
	}
	return p, true
}

// surfaceKind names a semantic surface of CityJSON and CityGML; "" where it is none.
func surfaceKind(semantic string) string {
	switch semantic {
	case "WallSurface", "InteriorWallSurface", "ClosureSurface":
		return "wall"
	case "RoofSurface", "OuterCeilingSurface", "CeilingSurface":
		return "roof"
	case "GroundSurface", "OuterFloorSurface", "FloorSurface":
		return "ground"
	case "Window":
		return "window"
	case "Door":
		return "door"
	case "WaterSurface", "WaterGroundSurface", "WaterClosureSurface":
		return "water"
	case "TrafficArea", "TrafficSpace":
		return "traffic"
	case "AuxiliaryTrafficArea", "AuxiliaryTrafficSpace":
		return "verge"
	}
	return ""
}
