package layers

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
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

// Context is what a layer draws from.
type Context struct {
	Layer *scene.Layer
	Table *table.Table // rows of its source; nil where it has none
	// Ground is the height of the ground above the ellipsoid.
	Ground func(lng, lat float64) float64
	// Open reads a file of the scene's folder (models, images).
	Open func(path string) ([]byte, error)
	// Tiles is the path of the layer's tileset, "" where it has none.
	Tiles string
	// Skip counts a row that could not be drawn.
	Skip func(row, reason string)
	// SystemFonts lets labels fall back to the system's fonts.
	SystemFonts bool
}

// Types lists the catalogue for the scene loader.
func Types() scene.Types {
	t := scene.Types{}
	for _, e := range []scene.Type{
		terrainType, buildingsType, roadsType, railwaysType, areasType, waterType, treesType, furnitureType, barriersType, indoorType, trafficType,
		pointType, lightType, columnType, lineType, arcType, tripType, choroplethType, slabType, labelType, modelType, tilesetType, cityModelType,
	} {
		if _, ok := e.New().(Props); !ok {
			panic("layers: " + e.Name + " has no Draw") // a mistake in this package
		}
		t[e.Name] = e
	}
	return t
}

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

// rows is needed by types that draw a table.
func (c *Context) rows() (*table.Table, error) {
	if c.Table == nil {
		return nil, fmt.Errorf("type %s needs a source with rows: give the layer a source", c.Layer.Type)
	}
	return c.Table, nil
}

// place is where a position of the data stands: on the ground, or on the ellipsoid where
// the layer is not clamped, raised by the layer's altitude and its own height.
func (c *Context) place(p orb.Point, height float64) earth.Place {
	if c.Layer.Clamp == "ground" && c.Ground != nil {
		height += c.Ground(p[0], p[1])
	}
	return earth.Place{Lng: p[0], Lat: p[1], Height: height + c.Layer.Altitude}
}

// frame is a tangent frame in the middle of the positions: drawables are float32 in it.
func frame(points []mgl64.Vec3) earth.Frame {
	if len(points) == 0 {
		return earth.FrameAt(earth.Place{})
	}
	lo, hi := points[0], points[0]
	for _, p := range points {
		for k := range p {
			lo[k], hi[k] = math.Min(lo[k], p[k]), math.Max(hi[k], p[k])
		}
	}
	return earth.FrameAt(earth.FromECEF(lo.Add(hi).Mul(0.5)))
}

// local rounds an ECEF point to float32 metres of the frame.
func local(f earth.Frame, p mgl64.Vec3) [3]float32 {
	v := f.ToLocal(p)
	return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}
}

// blend is the layer's blend mode, with the type's own way for auto.
func (c *Context) blend(auto drawable.Blend) drawable.Blend {
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

// points lists the single positions of a row: a point, or each of a multipoint.
func points(g orb.Geometry) []orb.Point {
	switch g := g.(type) {
	case orb.Point:
		return []orb.Point{g}
	case orb.MultiPoint:
		return g
	}
	return nil
}

// linear turns an sRGB byte into linear light.
func linear(v uint8) float32 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return float32(x / 12.92)
	}
	return float32(math.Pow((x+0.055)/1.055, 2.4))
}

// The types that draw rows and nothing else need a source.

// NeedsSource is true.
func (*Point) NeedsSource() bool { return true }

// NeedsSource is true.
func (*Column) NeedsSource() bool { return true }

// NeedsSource is true.
func (*Arc) NeedsSource() bool { return true }

// NeedsSource is true.
func (*Line) NeedsSource() bool { return true }

// NeedsSource is true.
func (*Label) NeedsSource() bool { return true }

// NeedsSource is true.
func (*Choropleth) NeedsSource() bool { return true }

// NeedsSource is true.
func (*Trip) NeedsSource() bool { return true }
