package scene

// Bin counts points in the cells of a grid.
type Bin struct {
	Cells  string             `json:"cells" enum:"square,hexagon,h3,s2,quadkey,geohash" doc:"form of the cells; those with names have ids, in the field cell"`
	Size   float64            `json:"size" min:"0" unit:"m" doc:"side of squares, distance of opposite sides of hexagons"`
	Level  int                `json:"level" min:"0" max:"30" doc:"of cells with ids"`
	Values map[string]Measure `json:"values" doc:"new fields, as those of aggregate"`
}

// SetDefaults fills the defaults.
func (b *Bin) SetDefaults() { b.Cells = "hexagon" }

// CheckScene wants the size or the level.
func (b *Bin) CheckScene(fail func(field, found, allowed string)) {
	sized := b.Cells == "square" || b.Cells == "hexagon"
	switch {
	case sized && b.Size == 0:
		fail("size", "nothing", "a size in metres is allowed")
	case !sized && b.Level == 0:
		fail("level", "nothing", "a level of "+b.Cells+" is allowed")
	}
}

// Cluster groups near points.
type Cluster struct {
	Zoom   int                `json:"zoom" min:"0" max:"24" doc:"zoom of a web map with tiles of 512 px"`
	Radius float64            `json:"radius" above:"0" max:"1000" unit:"px" doc:"how near points are taken together"`
	Values map[string]Measure `json:"values" doc:"new fields, as those of aggregate"`
}

// SetDefaults fills the defaults.
func (c *Cluster) SetDefaults() { c.Zoom, c.Radius = 4, 40 }

// Surface is what is made of a grid of values.
type Surface struct {
	Step   float64   `json:"step" required:"true" above:"0" unit:"m" doc:"distance of the grid's nodes"`
	As     string    `json:"as" enum:"points,lines,bands" doc:"a point at each node with the field value; isolines with it; areas between low and high"`
	Levels []float64 `json:"levels" doc:"values of isolines, limits of bands, in rising order"`
	Count  int       `json:"count" min:"1" max:"100" doc:"how many levels there are without levels: round ones"`
}

// CheckScene wants levels that rise.
func (s *Surface) CheckScene(fail func(field, found, allowed string)) {
	for i := 1; i < len(s.Levels); i++ {
		if s.Levels[i] <= s.Levels[i-1] {
			fail("levels", "levels that fall", "numbers in rising order are allowed")
			return
		}
	}
}

// Density spreads points.
type Density struct {
	Surface
	Radius float64 `json:"radius" required:"true" above:"0" unit:"m" doc:"how far a point is spread"`
	Weight string  `json:"weight" doc:"field of what a point counts; 1 without it"`
	Kernel string  `json:"kernel" enum:"quartic,gaussian" doc:"how it is spread"`
}

// SetDefaults fills the defaults.
func (d *Density) SetDefaults() { d.As, d.Count, d.Kernel = "bands", 8, "quartic" }

// Interpolate fills the space between points.
type Interpolate struct {
	Surface
	Field   string  `json:"field" required:"true" doc:"field whose values are known at the points"`
	Method  string  `json:"method" enum:"natural,idw" doc:"natural neighbours (Sibson), or inverse distances (Shepard)"`
	Power   float64 `json:"power" above:"0" max:"10" doc:"of the distance in idw"`
	Nearest int     `json:"nearest" min:"1" max:"1000" doc:"points that idw looks at"`
	Reach   float64 `json:"reach" min:"0" unit:"m" doc:"how far from points values are told; 0 is everywhere"`
}

// SetDefaults fills the defaults.
func (i *Interpolate) SetDefaults() {
	i.As, i.Count, i.Method, i.Power, i.Nearest = "bands", 8, "natural", 2, 12
}
