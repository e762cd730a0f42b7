package generate

import "sync"

// groundJobs are the tiles of all levels of the ground, told by their numbers: over a wide
// region there are hundreds of thousands, and only those that are being made are held.
type groundJobs struct {
	levels []groundLevel
	count  int

	mu    sync.Mutex
	begun map[int]*groundTile
}

// groundLevel is a level of side × side tiles, row by row from a number on, which are all
// like one but for their place.
type groundLevel struct {
	first, side int
	like        groundTile
}

func (t *groundJobs) add(side int, like groundTile) {
	t.levels = append(t.levels, groundLevel{t.count, side, like})
	t.count += side * side
}

// begin is the tile with a number, which is held until it is taken.
func (t *groundJobs) begin(i int) *groundTile {
	k := len(t.levels) - 1
	for t.levels[k].first > i {
		k--
	}
	l := &t.levels[k]
	j := l.like
	j.address.X, j.address.Y = (i-l.first)%l.side, (i-l.first)/l.side
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.begun == nil {
		t.begun = map[int]*groundTile{}
	}
	t.begun[i] = &j
	return &j
}

// take lets go of a tile that was begun.
func (t *groundJobs) take(i int) *groundTile {
	t.mu.Lock()
	defer t.mu.Unlock()
	j := t.begun[i]
	delete(t.begun, i)
	return j
}
