package drawable

// Part is a part of a panel that stands for rows of its layer's table, as a bar, a sector or a line
// of a list does, or one that is pressed and dragged.
type Part struct {
	Rows []int
	Told string // what it shows, in a line; "" says that its row tells that
	// Holds tells whether a point lies in it, in pixels of a 1080-line picture from the panel's
	// upper left.
	Holds func(x, y float64) bool
	// Acts tells what a press at a point does that has been dragged to another, in the pixels of
	// Holds; nil where it does nothing.
	Acts func(from, to [2]float64) Act
}

// Marks are the rows of a panel's layer that are highlighted or pointed at, each with the
// colour of its outline. The same marks are the same pointer.
type Marks struct{ Rows map[int][4]uint8 }
