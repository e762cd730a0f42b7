package geo

import (
	"slices"
	"strings"

	"github.com/longtake/longtake/geo/earth"
)

// Filler adds copies of models to a tile's content: a list for each model, and a row of
// metadata for each feature that has something there.
type Filler struct {
	*Content
	layer  string
	rows   []FeatureRow
	first  int
	models map[string]int
	rowAt  map[int]uint32
}

// Fill begins to add what a layer has there. rows are those that Row and Place choose from.
func Fill(into *Content, layer string, rows []FeatureRow) *Filler {
	return &Filler{Content: into, layer: layer, rows: rows, first: len(into.Instances), models: map[string]int{}, rowAt: map[int]uint32{}}
}

// Row is the number of a row in the content.
func (f *Filler) Row(row int) uint32 {
	at, ok := f.rowAt[row]
	if !ok {
		at = uint32(len(f.Features))
		f.rowAt[row] = at
		f.Features = append(f.Features, f.rows[row])
	}
	return at
}

// Place adds a copy of a model with its foot at a place. yaw and height are those of
// Instance; color multiplies the model's.
func (f *Filler) Place(model string, foot earth.Place, yaw, height float64, color [4]uint8, row int) {
	at, ok := f.models[model]
	if !ok {
		at = len(f.Instances)
		f.models[model] = at
		f.Instances = append(f.Instances, Instances{Layer: f.layer, Model: model})
	}
	v := f.Frame.Local(foot)
	f.Instances[at].Items = append(f.Instances[at].Items, Instance{
		Position: [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}, Yaw: float32(yaw), Scale: float32(height), Color: color, Feature: f.Row(row),
	})
}

// End orders what was added by model.
func (f *Filler) End() {
	slices.SortStableFunc(f.Instances[f.first:], func(a, b Instances) int { return strings.Compare(a.Model, b.Model) })
}
