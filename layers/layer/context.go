package layer

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Context is what a layer draws from.
type Context struct {
	Layer    *scene.Layer
	Table    *table.Table   // rows of its source; nil where it has none
	Values   *table.Table   // of a layer that is drawn from tiles: values that its features have; nil where none are known
	Selected Shown          // rows that the selection filters by, where it does; nil where none of it is of this table
	Shown    Shown          // which of them are to be drawn; nil = all
	all      *table.Table   // rows before Only; nil = Table
	numbers  map[string]int // of the rows, by their ids; made where it is asked for
	// Near are the rows some story seconds from now, which may be negative, in no certain order;
	// nil where values do not glide.
	Near func(seconds float64) *table.Table
	// Ground is the height of the ground above the ellipsoid.
	Ground func(lng, lat float64) float64
	// Open reads a file of the scene's folder (models, images).
	Open func(path string) ([]byte, error)
	// Tiles is the path of the layer's tileset, "" where it has none.
	Tiles string
	// Path is where a file of the scene's folder is.
	Path func(path string) string
	// Footage is what is known of a video of the scene's folder; nil where nothing plays it.
	Footage func(path string) (drawable.Footage, error)
	// Peer is another layer of the scene with its rows; nil where there is none of that id.
	Peer func(id string) (*scene.Layer, *table.Table)
	// Credits are those of all sources in use.
	Credits []string
	// Skip counts a row that could not be drawn.
	Skip func(row, reason string)
	// Kept is what outlasts a drawing; nil where nothing does.
	Kept *Kept
	// SystemFonts lets labels fall back to the system's fonts.
	SystemFonts bool
}

// Rows are needed by types that draw a table.
func (c *Context) Rows() (*table.Table, error) {
	if c.Table == nil {
		return nil, fmt.Errorf("type %s needs a source with rows: give the layer a source", c.Layer.Type)
	}
	return c.Table, nil
}

// Place is where a position of the data stands: on the ground, or on the ellipsoid where
// the layer is not clamped, raised by the layer's altitude and its own height.
func (c *Context) Place(p orb.Point, height float64) earth.Place {
	if c.OnGround() {
		height += c.Ground(p[0], p[1])
	}
	return earth.Place{Lng: p[0], Lat: p[1], Height: height + c.Layer.Altitude}
}

// OnGround tells whether places stand on a ground that is known.
func (c *Context) OnGround() bool { return c.Layer.Clamp == "ground" && c.Ground != nil }

// Grounded is the context of a type that stands on the ground whatever its layer's clamp says.
func (c *Context) Grounded() *Context {
	l, of := *c.Layer, *c
	l.Clamp, of.Layer = "ground", &l
	return &of
}

// Blend is the layer's blend mode, with the type's own way for auto.
func (c *Context) Blend(auto drawable.Blend) drawable.Blend {
	switch c.Layer.Blend {
	case "opaque":
		return drawable.Opaque
	case "alpha":
		return drawable.Alpha
	case "additive":
		return drawable.Additive
	case "tint":
		return drawable.Tint
	}
	return auto
}

// Tileset is the draw of a layer that is built into tiles; none where it has no tiles.
func (c *Context) Tileset(lit float32) []drawable.Draw {
	if c.Tiles == "" {
		return nil
	}
	return []drawable.Draw{{What: &drawable.Tileset{Path: c.Tiles, Layer: c.Layer.ID, Lit: lit}}}
}
