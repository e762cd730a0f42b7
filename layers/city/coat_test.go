package city

import (
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Gradient and edges are there where their colours are, and only there; mix and alpha are the share.
func TestCoatsOfBuildings(t *testing.T) {
	draw := func(p *Tileset) *drawable.Tileset {
		t.Helper()
		draws, err := p.Draw(&layer.Context{Tiles: "tileset.json", Layer: &scene.Layer{}})
		if err != nil {
			t.Fatal(err)
		}
		return draws[0].What.(*drawable.Tileset)
	}
	p := &Tileset{Coated: coated(0.5)}
	if d := draw(p); d.Coat != nil || d.Edges != nil {
		t.Errorf("as it is a tileset has %v and %v", d.Coat, d.Edges)
	}
	p.Gradient.To, p.Gradient.Glow = scene.Color{255, 0, 0, 255}, 2
	c := draw(p).Coat
	if c == nil || c.From != [4]float32{1, 0, 0, 0} || c.To != [4]float32{1, 0, 0, 0.5} || c.Emission != 2 || c.Bend != 1 {
		t.Errorf("%+v", c)
	}
	p.Mix = 0
	if d := draw(p); d.Coat != nil {
		t.Error("without a share there is a coat")
	}
	p.Edges.Color, p.Edges.Strength = scene.Color{0, 255, 0, 51}, 3
	if e := draw(p).Edges; e == nil || e.Color != [3]float32{0, 3, 0} || e.Share != 0.2 {
		t.Errorf("%+v", e)
	}
	p.Edges.Width = 0
	if e := draw(p).Edges; e != nil {
		t.Error("edges without a width")
	}
}
