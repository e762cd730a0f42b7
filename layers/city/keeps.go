package city

import (
	"maps"
	"slices"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

// Kept are values of features that the layer's tiles keep beside id, name, class and height.
type Kept struct {
	Attributes scene.Attributes `json:"attributes" fixed:"true" example:"[year, use]" doc:"tags or columns of the features that tiles keep as columns of their property tables, for colours, selections and other programs: names, {name: kind} (auto, text, number, integer, boolean), or all (the 64 most frequent)"`
}

// Keeps implements layer.Keeper.
func (k *Kept) Keeps() scene.Attributes { return k.Attributes }

// with are the attributes and the field that a scale colours by, of numbers where it is one of
// numbers.
func (k *Kept) with(by *scale.ColorScale) scene.Attributes {
	a := k.Attributes
	if by == nil || slices.Contains(a.Names, by.Field) || layer.InAllTiles(by.Field) {
		return a
	}
	if !a.All {
		a.Names = append(slices.Clone(a.Names), by.Field)
	}
	if by.Scale != "categorical" && by.Scale != "identity" {
		a.Kinds = maps.Clone(a.Kinds)
		if a.Kinds == nil {
			a.Kinds = map[string]string{}
		}
		a.Kinds[by.Field] = "number"
	}
	return a
}

// Painted is a colour of tiles' features, for all of them or by their values.
type Painted struct {
	Color scale.ColorBy `json:"color" doc:"one colour for all of them (transparent black keeps their own), or by an attribute of theirs, or by id, name, class and height (as built); the field of a scale is kept as an attribute by itself. Missing values, transparent unless said, keep their own colour"`
	Mix   float64       `json:"mix" min:"0" max:"1" doc:"share of a scale's colour, the rest is the feature's own: windows, streets' markings and shadows are seen in any case"`
}

// Paints implements layer.Painter.
func (p *Painted) Paints() []string {
	if p.Color.By == nil {
		return nil
	}
	return []string{p.Color.By.Field}
}

// paint colours draws of a tileset.
func (p *Painted) paint(c *layer.Context, draws []drawable.Draw) ([]drawable.Draw, error) {
	paint, err := layer.PaintOf(c, &p.Color, p.Mix)
	if err != nil {
		return nil, err
	}
	for i := range draws {
		draws[i].What.(*drawable.Tileset).Paint = paint
		if p.Color.By == nil && p.Color.Constant[3] > 0 {
			draws[i].Tint = p.Color.Constant.Opaque()
		}
	}
	return draws, nil
}
