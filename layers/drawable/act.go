package drawable

// Act is what pressing or dragging a part of a panel does.
type Act struct {
	Kind     ActKind
	Time     float64  // Seek: story seconds
	Layer    string   // Window: whose it is
	Field    string   // Window: that it filters by
	From, To float64  // Window
	None     bool     // Window: none any more
	Layers   []string // Show
	Visible  bool     // Show
}

// ActKind is a kind of Act.
type ActKind uint8

// The kinds of act. Seek and Window go on as the pointer is dragged.
const (
	Toggle ActKind = iota + 1 // stops the story's time, or lets it go on
	Seek                      // goes to a story time
	Window                    // filters all layers by from when to when a field lies
	Show                      // shows layers, or hides them
)
