package city

import (
	"fmt"
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

// Lists tells whether the attributes name a field, or say that all are kept.
func (k *Kept) Lists(field string) bool {
	return k.Attributes.All || slices.Contains(k.Attributes.Names, field)
}

// with are the attributes and what a colour needs: the field of its scale, of numbers where it
// is one of numbers, or the key of a join.
func (k *Kept) with(p *Painted) scene.Attributes {
	a, by := k.Attributes, p.Color.By
	if p.Join != nil {
		if ours, _ := p.Join.keys(); !a.All && !slices.Contains(a.Names, ours) && !layer.InAllTiles(ours) {
			a.Names = append(slices.Clone(a.Names), ours)
		}
		return a
	}
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
	Join  *Join         `json:"join" fixed:"true" doc:"another source whose row with the same key has the field of the colour"`
	Mix   float64       `json:"mix" min:"0" max:"1" doc:"share of a scale's colour, the rest is the feature's own: windows, streets' markings and shadows are seen in any case"`
}

// Paints implements layer.Painter.
func (p *Painted) Paints() []string {
	switch {
	case p.Join != nil:
		ours, _ := p.Join.keys()
		return []string{ours}
	case p.Color.By == nil:
		return nil
	}
	return []string{p.Color.By.Field}
}

// Join finds the row of a source that a feature of tiles belongs to.
type Join struct {
	With string            `json:"with" format:"source" doc:"the other source"`
	On   map[string]string `json:"on" required:"true" doc:"its key by ours: an attribute of the features, or id or name, and the field that must equal it; one of each"`
}

// CheckScene refuses keys of several fields.
func (j *Join) CheckScene(fail func(field, found, allowed string)) {
	if len(j.On) != 1 {
		fail("on", fmt.Sprintf("%d fields", len(j.On)), "one of ours with one of theirs is allowed")
	}
}

func (j *Join) keys() (ours, theirs string) {
	for ours, theirs = range j.On {
	}
	return ours, theirs
}

// JoinedSource is the source that the colours come from, which generate replaces by a table; nil
// where they are the features' own.
func (p *Painted) JoinedSource() *string {
	if p.Join == nil {
		return nil
	}
	return &p.Join.With
}

// paint colours draws of a tileset.
func (p *Painted) paint(c *layer.Context, draws []drawable.Draw) ([]drawable.Draw, error) {
	var paint *drawable.Paint
	var err error
	if p.Join == nil {
		paint, err = layer.PaintOf(c, &p.Color, p.Mix)
	} else {
		ours, theirs := p.Join.keys()
		paint, err = layer.JoinedPaint(c, &p.Color, p.Mix, ours, theirs)
	}
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
