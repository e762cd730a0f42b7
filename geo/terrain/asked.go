package terrain

import (
	"math/bits"
	"sync/atomic"
)

// Asked is a terrain that notes in which of its finest tiles it was asked for heights. What
// is made of nothing but its answers is the same as long as Digests.Of says the same of
// these tiles: whoever made it would ask the same there and be told the same.
type Asked struct {
	*Terrain
	tiles []atomic.Uint64 // a bit each
}

// Asked begins to note.
func (t *Terrain) Asked() *Asked {
	n := t.levels[len(t.levels)-1].Tiles
	return &Asked{t, make([]atomic.Uint64, (n*n+63)/64)}
}

// HeightAt implements geo.Elevation.
func (a *Asked) HeightAt(lng, lat float64) (float64, bool) {
	x, y, ok := a.planAt(lng, lat)
	if !ok {
		return 0, false
	}
	k := a.TileAt(x, y)
	if k < 0 {
		return 0, false
	}
	a.note(k)
	return a.HeightAtPlan(x, y)
}

// Note notes the tile that answers for a place, and returns its number; -1 outside the
// terrain's square.
func (a *Asked) Note(lng, lat float64) int {
	x, y, ok := a.planAt(lng, lat)
	if !ok {
		return -1
	}
	k := a.TileAt(x, y)
	if k >= 0 {
		a.note(k)
	}
	return k
}

func (a *Asked) note(k int) {
	if word, bit := &a.tiles[k/64], uint64(1)<<(k%64); word.Load()&bit == 0 {
		word.Or(bit)
	}
}

// Tiles are the numbers of the tiles that were asked, in order.
func (a *Asked) Tiles() (out []int) {
	for i := range a.tiles {
		for word := a.tiles[i].Load(); word != 0; word &= word - 1 {
			out = append(out, 64*i+bits.TrailingZeros64(word))
		}
	}
	return out
}
