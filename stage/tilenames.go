package stage

import (
	"fmt"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/pyramid"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/pipeline"
)

// tileNames are the tiles of imagery that a frame shows, to be written on them.
type tileNames struct {
	tiles []pyramid.Tile
	of    []pyramid.Tile // whose pictures they show
}

func (n *tileNames) add(t, from pyramid.Tile) {
	n.tiles, n.of = append(n.tiles, t), append(n.of, from)
}

// tileNameSize is the em, in pixels of a 1080-line picture.
const tileNameSize = 32

// draw writes them in the middles of their tiles, as labels that give way to each other.
func (n *tileNames) draw(f *pipeline.Frame, d drawable.Draw, ground func(lng, lat float64) float64) error {
	font, err := text.NewTypesetter(text.Options{})
	if err != nil {
		return err
	}
	var frame earth.Frame // of the first one: metres are exact where tiles are small
	g := &drawable.Glyphs{}
	for i, t := range n.tiles {
		b := pyramid.Bounds(t)
		lng, lat := drawable.Region{West: b.West, South: b.South, East: b.East, North: b.North, Mercator: true}.At(0.5, 0.5)
		place := earth.Place{Lng: lng, Lat: lat, Height: ground(lng, lat)}
		if i == 0 {
			frame = earth.FrameAt(place)
		}
		at := frame.Local(place)
		line := textLine(font, tileName(t, n.of[i]), tileNameSize, [4]uint8{255, 236, 214, 255}, 0.5)
		l := line.Labels[0]
		l.Anchor, l.First = [3]float32{float32(at[0]), float32(at[1]), float32(at[2])}, len(g.Quads)
		l.Halo, l.HaloWidth = [4]uint8{60, 14, 0, 220}, 2.5
		g.Labels, g.Quads = append(g.Labels, l), append(g.Quads, line.Quads...)
	}
	g.Frame = frame.Matrix()
	g.Atlas, g.Spread = font.Atlas()
	d.What = g
	f.Draws = append(f.Draws, d)
	return nil
}

// tileName is zoom, column and row, from the north-west; of those whose picture it shows, too.
func tileName(t, from pyramid.Tile) string {
	name := fmt.Sprintf("%d/%d/%d", t.Z, t.X, t.Y)
	if from != t {
		name += fmt.Sprintf(" ◂ %d/%d/%d", from.Z, from.X, from.Y)
	}
	return name
}
