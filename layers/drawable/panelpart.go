package drawable

// Part is a part of a panel that stands for rows of its layer's table: a bar, a sector, a line
// of a list.
type Part struct {
	Rows []int
	Told string // what it shows, in a line; "" says that its row tells that
	// Holds tells whether a point lies in it, in pixels of a 1080-line picture from the panel's
	// upper left.
	Holds func(x, y float64) bool
}

// Marks are the rows of a panel's layer that are highlighted or pointed at, each with the
// colour of its outline. The same marks are the same pointer.
type Marks struct{ Rows map[int][4]uint8 }
