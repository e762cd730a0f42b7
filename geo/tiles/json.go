package tiles

import (
	"encoding/json"
	"errors"

	"github.com/go-gl/mathgl/mgl64"
)

// ErrUnsupported is wrapped by errors about tilesets that are correct but need what this
// package does not have.
var ErrUnsupported = errors.New("not supported")

// The JSON of tileset.json (3D Tiles 1.1, schema/*.json), as far as it is used.

type tilesetJSON struct {
	Asset              assetJSON       `json:"asset"`
	Schema             any             `json:"schema,omitempty"`
	GeometricError     *float64        `json:"geometricError"`
	Root               *tileJSON       `json:"root"`
	ExtensionsUsed     []string        `json:"extensionsUsed,omitempty"`
	ExtensionsRequired []string        `json:"extensionsRequired,omitempty"`
	Extras             json.RawMessage `json:"extras,omitempty"`
}

type assetJSON struct {
	Version string `json:"version"`
	Extras  any    `json:"extras,omitempty"`
}

type tileJSON struct {
	Transform           *mgl64.Mat4     `json:"transform,omitempty"`
	BoundingVolume      *volumeJSON     `json:"boundingVolume"`
	ViewerRequestVolume *volumeJSON     `json:"viewerRequestVolume,omitempty"`
	GeometricError      *float64        `json:"geometricError"`
	Refine              string          `json:"refine,omitempty"`
	Metadata            *metadataJSON   `json:"metadata,omitempty"`
	Content             *contentJSON    `json:"content,omitempty"`
	Contents            []contentJSON   `json:"contents,omitempty"`
	Implicit            json.RawMessage `json:"implicitTiling,omitempty"`
	Extensions          extensionsJSON  `json:"extensions,omitempty"`
	Children            []*tileJSON     `json:"children,omitempty"`
}

type extensionsJSON map[string]json.RawMessage

type contentJSON struct {
	BoundingVolume *volumeJSON `json:"boundingVolume,omitempty"`
	URI            string      `json:"uri,omitempty"`
	URL            string      `json:"url,omitempty"` // before 1.0
}

type volumeJSON struct {
	Box    []float64 `json:"box,omitempty"`
	Region []float64 `json:"region,omitempty"`
	Sphere []float64 `json:"sphere,omitempty"`
}

type metadataJSON struct {
	Class      string         `json:"class"`
	Properties map[string]any `json:"properties,omitempty"`
}

// tileSchema says what a tile's metadata is: its place in the quadtree.
func tileSchema() any {
	type object = map[string]any
	return object{"id": "longtake_tiles", "classes": object{"tile": object{
		"name":       "Tile",
		"properties": object{"address": object{"type": "VEC3", "componentType": "UINT32", "description": "Level, x (eastwards) and y (northwards) in the quadtree"}},
	}}}
}

// address returns the quadtree place of a tile of ours.
func (m *metadataJSON) address() (Address, bool) {
	if m == nil || m.Class != "tile" {
		return Address{}, false
	}
	v, _ := m.Properties["address"].([]any)
	if len(v) != 3 {
		return Address{}, false
	}
	var n [3]int
	for i, x := range v {
		f, ok := x.(float64)
		if !ok || f < 0 || f > 1<<31 {
			return Address{}, false
		}
		n[i] = int(f)
	}
	return Address{n[0], n[1], n[2]}, true
}
