package drawable

func (*Video) drawable() {}

// Video is something that moving pictures are seen on. The stage decodes the frame of the time
// and replaces it by what With makes of that.
type Video struct {
	Path string // of the scene's folder
	Key  string // of the file and how it is played: those that share it show the same at a time
	// At is how many seconds into the file a time of the draw is; before its first frame and
	// after its last these are seen.
	At func(seconds float64) float64
	// With is the drawable with a frame on it, straight RGBA; the one before is let go.
	With func(frame *Image) Drawable
}

// Footage is what layers may know of a video file.
type Footage struct {
	Width, Height int     // pixels
	Seconds       float64 // its length
}
