package tiles

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// tileSemantics are the properties of a tile's metadata that replace what the implicit
// tiling says of it (3D Tiles 1.1, "Metadata semantics"), and how many numbers each has.
var tileSemantics = map[string]int{"TILE_BOUNDING_BOX": 12, "TILE_BOUNDING_REGION": 6, "TILE_BOUNDING_SPHERE": 4, "TILE_GEOMETRIC_ERROR": 1}

// semantics lists the properties of the schema's classes that have such a meaning:
// by class and semantic, the property's name and the bytes of its numbers.
func semantics(schema any) map[[2]string]tileProperty {
	out := map[[2]string]tileProperty{}
	s, _ := schema.(map[string]any)
	classes, _ := s["classes"].(map[string]any)
	for name, c := range classes {
		class, _ := c.(map[string]any)
		properties, _ := class["properties"].(map[string]any)
		for key, p := range properties {
			property, _ := p.(map[string]any)
			semantic, _ := property["semantic"].(string)
			size := map[any]int{"FLOAT32": 4, "FLOAT64": 8}[property["componentType"]]
			if tileSemantics[semantic] > 0 && size > 0 {
				out[[2]string{name, semantic}] = tileProperty{key, size}
			}
		}
	}
	return out
}

type tileProperty struct {
	name string
	size int
}

type subtreeTable struct {
	Class      string `json:"class"`
	Count      int    `json:"count"`
	Properties map[string]struct {
		Values int `json:"values"`
	} `json:"properties"`
}

// tileRows are the numbers of each semantic, a row for each tile that is there.
type tileRows map[string][]float64

// row returns a tile's numbers.
func (r tileRows) row(semantic string, i int) ([]float64, bool) {
	n := tileSemantics[semantic]
	v := r[semantic]
	if i < 0 || (i+1)*n > len(v) {
		return nil, false
	}
	return v[i*n : (i+1)*n], true
}

// rows reads the property table of a subtree's tiles.
func (j *subtreeJSON) rows(known map[[2]string]tileProperty, view func(int) ([]byte, error)) (tileRows, error) {
	if j.TileMetadata == nil {
		return nil, nil
	}
	if *j.TileMetadata < 0 || *j.TileMetadata >= len(j.Tables) {
		return nil, fmt.Errorf("subtree: property table %d does not exist", *j.TileMetadata)
	}
	t := j.Tables[*j.TileMetadata]
	out := tileRows{}
	for semantic, n := range tileSemantics {
		p, ok := known[[2]string{t.Class, semantic}]
		values, there := t.Properties[p.name]
		if !ok || !there {
			continue
		}
		raw, err := view(values.Values)
		if err != nil {
			return nil, fmt.Errorf("subtree: property %s: %w", p.name, err)
		}
		if t.Count < 0 || t.Count > len(raw)/(p.size*n) {
			return nil, fmt.Errorf("subtree: property %s: %d bytes for %d tiles", p.name, len(raw), t.Count)
		}
		numbers := make([]float64, t.Count*n)
		for i := range numbers {
			if p.size == 8 {
				numbers[i] = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*i:]))
			} else {
				numbers[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:])))
			}
		}
		out[semantic] = numbers
	}
	return out, nil
}

// rank is how many places before one are available.
func (a availability) rank(i uint64) (n int) {
	if a.stream == nil {
		if a.constant {
			return int(i)
		}
		return 0
	}
	for _, b := range a.stream[:min(i/8, uint64(len(a.stream)))] {
		n += bits.OnesCount8(b)
	}
	if i/8 < uint64(len(a.stream)) {
		n += bits.OnesCount8(a.stream[i/8] & (1<<(i%8) - 1))
	}
	return n
}

// own replaces the volume and the error of an implicit tile by its own, where it has some.
func (s *subtree) own(i uint64, j *tileJSON) {
	if len(s.rows) == 0 {
		return
	}
	row := s.tiles.rank(i)
	if v, ok := s.rows.row("TILE_GEOMETRIC_ERROR", row); ok {
		j.GeometricError = &v[0]
	}
	if v, ok := s.rows.row("TILE_BOUNDING_BOX", row); ok {
		j.BoundingVolume = &volumeJSON{Box: v}
	} else if v, ok := s.rows.row("TILE_BOUNDING_REGION", row); ok {
		j.BoundingVolume = &volumeJSON{Region: v}
	} else if v, ok := s.rows.row("TILE_BOUNDING_SPHERE", row); ok {
		j.BoundingVolume = &volumeJSON{Sphere: v}
	}
}
