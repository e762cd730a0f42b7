package stage

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
)

// tiled is a layer's tileset in the frame being made.
type tiled struct {
	layer  string
	set    *drawable.Tileset
	base   drawable.Draw
	source *tiles.Tileset
	limit  float64 // pixels of error
	order  int     // of the layer
	only   *tileFilter
	clips  []*drawable.Clip
	whole  bool // buildings, which clips may leave whole
	tiles  []*tiles.Tile
}

const (
	// backOff is by how much errors grow at a time until a view fits the budget.
	backOff = 1.25
	// coarsest is the growth beyond which a view is drawn whatever it takes.
	coarsest = 1e6
	// goalShare is what the tiles of a view may take of the budget: the rest is for those
	// that arrive before others have gone.
	goalShare = 0.75
)

// errBudget says that tiles take more than they may.
var errBudget = errors.New("over the budget")

// fit chooses the tiles of all sets for a view and brings them into memory. Where they
// would take more than the budget the errors of all sets grow until they do not: the
// picture becomes coarser instead of the process larger. What it chooses for a file's
// frame depends on the view and the tiles alone, not on what was drawn before.
func (p *Player) fit(ctx context.Context, sets []tiled, view *tiles.View) error {
	for grown := 1.0; ; grown *= backOff {
		p.library.clock++ // what an earlier attempt brought may go
		goals := map[string][]*tiles.Tile{}
		var goal []want
		for i := range sets {
			s := &sets[i]
			if _, ok := goals[s.source.Path]; !ok {
				g := s.source.Select(*view, s.limit*grown, selecting)
				goals[s.source.Path] = g
				goal = appendWants(goal, s.source, g)
			}
			s.tiles = goals[s.source.Path]
		}
		if p.loader != nil {
			goal = p.loader.withParents(goal)
		}
		if grown < coarsest && p.library.exceeds(goal, p.loader != nil) {
			continue
		}
		if p.loader == nil {
			err := p.library.load(ctx, goal, grown < coarsest)
			if errors.Is(err, errBudget) {
				continue
			}
			return err
		}
		return p.standIn(ctx, sets, view, grown)
	}
}

// standIn puts coarser tiles that are at hand in the place of those that are not.
func (p *Player) standIn(ctx context.Context, sets []tiled, view *tiles.View, grown float64) error {
	chosen := map[string][]*tiles.Tile{}
	var wanted []want
	for i := range sets {
		s := &sets[i]
		if _, ok := chosen[s.source.Path]; !ok {
			chosen[s.source.Path] = p.choose(s.source, s.tiles, view, s.limit*grown)
			wanted = appendWants(wanted, s.source, chosen[s.source.Path])
		}
		s.tiles = chosen[s.source.Path]
	}
	return p.library.load(ctx, wanted, false)
}

func appendWants(out []want, set *tiles.Tileset, chosen []*tiles.Tile) []want {
	for _, t := range chosen {
		out = append(out, want{set, t})
	}
	return out
}

// exceeds tells whether tiles are known to take more than their share of the budget. Of
// those never loaded it knows nothing; guess takes them for as large as the others are on
// average.
func (l *library) exceeds(wanted []want, guess bool) bool {
	known, bytes := 0, 0
	for _, w := range wanted {
		if n, ok := l.sizes[w.key()]; ok {
			known++
			bytes += n
		}
	}
	total := float64(bytes)
	if guess && known > 0 {
		total *= float64(len(wanted)) / float64(known)
	}
	return total > goalShare*float64(l.budget)
}

// load brings all wanted tiles into memory before it returns: what a file's frame needs.
// Strict, it gives up with errBudget as soon as they exceed their share.
func (l *library) load(ctx context.Context, wanted []want, strict bool) error {
	var missing []want
	asked := map[tileKey]bool{}
	for _, w := range wanted {
		key := w.key()
		if c := l.held[key]; c != nil {
			c.last = l.clock
		} else if !asked[key] {
			asked[key] = true
			missing = append(missing, w)
		}
	}
	defer l.evict()
	for some := 16 * runtime.GOMAXPROCS(0); len(missing) > 0; missing = missing[min(some, len(missing)):] {
		batch := missing[:min(some, len(missing))]
		loaded := make([][]geo.Content, len(batch))
		err := forEach(ctx, len(batch), func(i int) error {
			var err error
			if loaded[i], err = l.trace.load(batch[i]); err != nil {
				return badContent(err)
			}
			return nil
		}, nil)
		if err != nil {
			return err
		}
		for i, w := range batch {
			l.put(w, loaded[i])
		}
		if strict && l.exceeds(wanted, false) {
			return errBudget
		}
	}
	return nil
}

// put holds a tile's contents from now on.
func (l *library) put(w want, contents []geo.Content) {
	key := w.key()
	if l.held[key] != nil {
		return
	}
	for _, one := range contents {
		for _, note := range one.Notes {
			l.out.add(w.set.Path, note, "")
		}
	}
	c := l.prepare(contents, fmt.Sprintf("%s#%d", w.set.Path, w.tile.Index))
	c.last = l.clock
	l.held[key] = c
	l.used += c.bytes
	l.sizes[key] = c.bytes
}
