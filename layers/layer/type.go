package layer

import (
	"fmt"
	"maps"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Props is what every layer type's properties struct implements.
type Props interface {
	// Draw makes the layer's drawables. It is called once when a scene is loaded and
	// again when a story changes one of the properties; what moves by itself moves by
	// Draw.Time.
	Draw(c *Context) ([]drawable.Draw, error)
}

// Built is implemented by the types that geo builds into tiles when a package is
// generated: the rest are drawn from a table.
type Built interface {
	Props
	// Kind names what is built: terrain, buildings, roads, railways, areas, water, trees, furniture, barriers…
	Kind() string
}

// Keeper is implemented by types whose tiles keep values of their features.
type Keeper interface {
	Keeps() scene.Attributes
}

// Valued is implemented by types whose colours and sizes stand for numbers that no row has by
// itself, such as counts of cells.
type Valued interface {
	Props
	// Values has a column for each field that the scales name.
	Values(c *Context) (*table.Table, error)
}

// Rows is embedded by types that draw rows and nothing else: they need a source.
type Rows struct{}

// NeedsSource is true.
func (*Rows) NeedsSource() bool { return true }

var registered = scene.Types{}

// Register adds a type to the catalogue. It is called while packages are initialised, and
// panics where the type is not one: that is a mistake in the package.
func Register(t scene.Type) scene.Type {
	if _, ok := t.New().(Props); !ok {
		panic("layers: " + t.Name + " has no Draw")
	}
	if _, twice := registered[t.Name]; twice {
		panic("layers: there are two types " + t.Name)
	}
	registered[t.Name] = t
	return t
}

// Types are the types of all packages that the program imports.
func Types() scene.Types { return maps.Clone(registered) }

// Draw draws a layer of the catalogue.
func Draw(c *Context) ([]drawable.Draw, error) {
	p, ok := c.Layer.Props.(Props)
	if !ok {
		return nil, fmt.Errorf("layer %s: type %q draws nothing", c.Layer.ID, c.Layer.Type)
	}
	draws, err := p.Draw(c)
	if err != nil {
		return nil, fmt.Errorf("layer %s: %w", c.Layer.ID, err)
	}
	for i := range draws {
		draws[i].Overlay = draws[i].Overlay || !c.Layer.DepthTest
	}
	return draws, nil
}
