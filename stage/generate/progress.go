package generate

// Progress tells how far a long task is.
type Progress struct {
	Task  string // "read city.osm", "ground", "frames", …
	Done  int
	Total int // 0 = not known
}

// Reporter receives progress; it may be nil.
type Reporter func(Progress)

func (r Reporter) Tell(task string, done, total int) {
	if r != nil {
		r(Progress{task, done, total})
	}
}
