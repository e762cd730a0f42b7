package city

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// The layers of the city are built into 3D Tiles by generate; here they only name their
// tileset and its look.

var _ = layer.Register(scene.Type{Name: "terrain", Group: "city", Doc: "bare ground from elevation rasters", Sources: []string{"raster"},
	New:      func() any { return &Terrain{MaxError: 1, Margin: 6000} },
	Examples: []scene.Example{{Layer: `source: dem, maxError: 1, margin: 4000`, Camera: `{ lng: -30.5168, lat: 36.5135, height: 700, heading: 30, pitch: -12 }`}},
})

// Terrain is the ground.
type Terrain struct {
	MaxError   float64 `json:"maxError" min:"0.05" max:"1000" unit:"m" fixed:"true" doc:"vertical error of the finest level"`
	Margin     float64 `json:"margin" min:"0" max:"100000" unit:"m" fixed:"true" doc:"ground built beyond the other data"`
	Bathymetry string  `json:"bathymetry" fixed:"true" doc:"raster source of the bed of the sea, in the datum that it says; without one the sea is 12 m deep"`
}

// Kind names what geo builds.
func (*Terrain) Kind() string { return "terrain" }

// Draw names the tileset.
func (*Terrain) Draw(c *layer.Context) ([]drawable.Draw, error) { return c.Tileset(0), nil }

var _ = layer.Register(scene.Type{Name: "buildings", Group: "city", Doc: "buildings with parts, roofs and windows", Sources: []string{"osm", "vector", "table"},
	New: func() any {
		return &Buildings{Windows: Windows{Lit: 0.45}, Levels: AllLevels, Coated: coated(0.8)}
	},
	Examples: []scene.Example{
		{Layer: `source: city`},
		{Name: "height", Doc: "buildings coloured by a value of theirs", Layer: `source: city, color: {field: height, palette: magma, domain: [4, 60], scale: sqrt}`},
		{Name: "gradient", Doc: "buildings coloured from ground to roof", Layer: `source: city, mix: 0.95, gradient: {from: "#432a86", to: "#ffb28a", height: 45}`},
		{Name: "edges", Doc: "a city of light: dark buildings whose edges glow", Layer: `source: city, mix: 0.96, windows: {lit: 0.12}, gradient: {from: "#020814", to: "#0d6fb8", height: 70, bend: 1.4, glow: 0.25}, edges: {color: "#35e0ff"}`, Time: "2026-06-21T23:30:00Z"},
	},
})

// Buildings are extruded from outlines or taken from city models.
type Buildings struct {
	Kept
	Coated
	All     bool    `json:"all" fixed:"true" doc:"every polygon is a building, whatever its tags"`
	Flat    bool    `json:"flat" fixed:"true" doc:"a white model: plain prisms without roofs, windows and ornaments, built several times as fast"`
	Levels  string  `json:"levels" enum:"all,leaves" fixed:"true" doc:"levels of detail that are built: leaves leaves out the coarser tiles for views from afar, so that all is drawn from everywhere"`
	Windows Windows `json:"windows" doc:"windows of facades"`
	Seed    uint32  `json:"seed" fixed:"true" doc:"another seed gives other details"`
}

// Values of Buildings.Levels.
const (
	AllLevels  = "all"
	LeavesOnly = "leaves"
)

// Windows are drawn by the facade's shading model.
type Windows struct {
	Lit  float64 `json:"lit" min:"0" max:"1" doc:"share of windows lit at night"`
	Open float64 `json:"open" min:"0" max:"50" unit:"m" doc:"windows and doors nearer to the camera let it see and go through, for takes into rooms (indoor); not while the layer fades"`
}

// EveryArea tells whether all areas are buildings.
func (b *Buildings) EveryArea() bool { return b.All }

// Kind names what geo builds.
func (*Buildings) Kind() string { return "buildings" }

// Draw names the tileset.
func (b *Buildings) Draw(c *layer.Context) ([]drawable.Draw, error) {
	d := c.Tileset(float32(b.Windows.Lit))
	for i := range d {
		d[i].Open = float32(b.Windows.Open)
	}
	return b.draw(c, d)
}

// Keeps implements layer.Keeper.
func (b *Buildings) Keeps() scene.Attributes { return b.with(&b.Painted) }

var _ = layer.Register(scene.Type{Name: "roads", Group: "city", Doc: "streets and paths on the ground, bridges above it", Sources: []string{"osm", "vector"},
	New: func() any { return &Roads{Painted: Painted{Mix: 0.8}} },
	Examples: []scene.Example{
		{Layer: `source: city`, Camera: `{ lng: -30.4966, lat: 36.5076, height: 150, heading: 340, pitch: -42 }`},
		{Name: "class", Doc: "streets coloured by a value of theirs", Layer: `source: city, color: {field: highway, scale: categorical}, mix: 0.9`, Camera: `{ lng: -30.4966, lat: 36.5046, height: 450, heading: 340, pitch: -42 }`},
	},
})

// Roads lie on the ground tiles.
type Roads struct {
	Kept
	Painted
}

// Keeps implements layer.Keeper.
func (r *Roads) Keeps() scene.Attributes { return r.with(&r.Painted) }

// Kind names what geo builds.
func (*Roads) Kind() string { return "roads" }

// Draw names the tileset.
func (r *Roads) Draw(c *layer.Context) ([]drawable.Draw, error) { return r.paint(c, c.Tileset(0)) }

var _ = layer.Register(scene.Type{Name: "railways", Group: "city", Doc: "rail and tram tracks on the ground", Sources: []string{"osm", "vector"},
	New:      func() any { return &Railways{} },
	Examples: []scene.Example{{Layer: `source: outskirts`, Camera: `{ lng: -30.54275, lat: 36.5197, height: 178, heading: 14, pitch: -14 }`}},
})

// Railways lie on the ground tiles.
type Railways struct{ Kept }

// Kind names what geo builds.
func (*Railways) Kind() string { return "railways" }

// Draw names the tileset.
func (*Railways) Draw(c *layer.Context) ([]drawable.Draw, error) { return c.Tileset(0), nil }

var _ = layer.Register(scene.Type{Name: "areas", Group: "city", Doc: "parks, woods, fields, beaches and paving on the ground", Sources: []string{"osm", "vector"},
	New:      func() any { return &Areas{} },
	Examples: []scene.Example{{Layer: `source: city`, Camera: `{ lng: -30.545, lat: 36.512, height: 700, heading: 20, pitch: -30 }`}},
})

// Areas lie on the ground tiles.
type Areas struct{ Kept }

// Kind names what geo builds.
func (*Areas) Kind() string { return "areas" }

// Draw names the tileset.
func (*Areas) Draw(c *layer.Context) ([]drawable.Draw, error) { return c.Tileset(0), nil }

var _ = layer.Register(scene.Type{Name: "water", Group: "city", Doc: "sea, lakes and rivers", Sources: []string{"osm", "vector"},
	New:      func() any { return &Water{} },
	Examples: []scene.Example{{Layer: `source: city`, Camera: `{ lng: -30.4985, lat: 36.5005, height: 75, heading: 330, pitch: -6 }`}},
})

// Water is the sea closed from the coastline, lakes at their level and rivers.
type Water struct{ Kept }

// Kind names what geo builds.
func (*Water) Kind() string { return "water" }

// Draw names the tileset.
func (*Water) Draw(c *layer.Context) ([]drawable.Draw, error) { return c.Tileset(0), nil }

var _ = layer.Register(scene.Type{Name: "trees", Group: "city", Doc: "single trees, rows and woods as instances", Sources: []string{"osm", "vector"},
	New:      func() any { return &Trees{Density: 1} },
	Examples: []scene.Example{{Layer: `source: city`, Camera: `{ lng: -30.5475, lat: 36.5195, height: 230, heading: 60, pitch: -18 }`}},
})

// Trees are instances of our own models.
type Trees struct {
	Kept
	Density float64 `json:"density" min:"0" max:"10" fixed:"true" doc:"multiplies the trees of woods"`
}

// Kind names what geo builds.
func (*Trees) Kind() string { return "trees" }

// Draw names the tileset.
func (*Trees) Draw(c *layer.Context) ([]drawable.Draw, error) { return c.Tileset(0), nil }
