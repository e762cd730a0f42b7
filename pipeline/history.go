package pipeline

// Of how many frames the history of a live picture stands for: in motion a fixed number, so
// that what is new shows; at rest it grows, so that the picture comes to rest.
const (
	heldMoving = 12.5
	heldStop   = 8    // when the camera stops: what motion has blurred goes
	heldRest   = 32   // at the most
	heldStep   = 1.5  // a frame at rest; more than what it brings, so that the last ones weigh less
	sunRests   = 2e-5 // radians that the sun may move in a frame: some eight times as fast as it does
)

// hold counts the frames that the history of the next picture stands for: it begins with a cut
// and with new graphs.
func (r *Renderer) hold(f *Frame) {
	last, sun, same := r.time, r.sunWas, r.lookWas == r.submit.look
	r.time, r.sunWas, r.lookWas = f.Time, f.Env.Sun, r.submit.look
	switch rests := f.Previous != nil && *f.Previous == f.View && same && (f.Time == last || !r.moves(f)) && f.Env.Sun.Sub(sun).LenSqr() < sunRests*sunRests; {
	case f.Previous == nil || r.held == 0:
		r.held, r.rested = 1, true
		return
	case !rests:
		r.held, r.rested = min(r.held+heldStep, heldMoving), false
	case r.rested:
		r.held = min(r.held+heldStep, heldRest)
	default:
		r.held, r.rested = min(r.held, heldStop), true
	}
}

// moves tells whether something in the view may move by itself, whose traces a long history
// would keep: it is asked when the frame's draws have been collected.
func (r *Renderer) moves(f *Frame) bool {
	env := &f.Env
	return r.submit.moving || env.Rain > 0 || env.Snow > 0 || env.Clouds > 0
}
