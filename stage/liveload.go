package stage

import (
	"runtime"
	"sync"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// tileLoader reads tiles in the background. The frame loop asks for what it wants, all
// anew each frame, and takes in what has arrived; only that loop touches the library.
type tileLoader struct {
	trace   *Trace
	wanted  []want // by the frame being made, most urgent first
	asked   map[tileKey]bool
	behind  bool                     // the frame being made has coarser tiles than it wants
	parents map[string][]*tiles.Tile // of each set's tiles, by index

	mu      sync.Mutex
	wake    *sync.Cond
	queue   []want
	busy    map[tileKey]bool // being read, or read and not taken
	arrived []arrival
	closed  bool
	workers sync.WaitGroup
}

// arrival is a tile that was read.
type arrival struct {
	want
	contents []geo.Content
	err      error
}

const (
	// arrivals is how many tiles wait at most to be taken.
	arrivals = 16
	// frameBytes is about how much is packed and uploaded for one frame, so that a burst
	// of tiles is spread over several.
	frameBytes = 6 << 20
)

func (w want) key() tileKey { return tileKey{w.set.Path, w.tile.Index} }

func newTileLoader(trace *Trace) *tileLoader {
	l := &tileLoader{trace: trace, asked: map[tileKey]bool{}, busy: map[tileKey]bool{}, parents: map[string][]*tiles.Tile{}}
	l.wake = sync.NewCond(&l.mu)
	for range max(1, runtime.GOMAXPROCS(0)/2) {
		l.workers.Go(l.work)
	}
	return l
}

// close waits for the reads under way and ends.
func (l *tileLoader) close() {
	l.mu.Lock()
	l.closed = true
	l.wake.Broadcast()
	l.mu.Unlock()
	l.workers.Wait()
}

func (l *tileLoader) work() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for {
		for !l.closed && (len(l.queue) == 0 || len(l.arrived) >= arrivals) {
			l.wake.Wait()
		}
		if l.closed {
			return
		}
		w := l.queue[0]
		l.queue = l.queue[1:]
		l.busy[w.key()] = true
		l.mu.Unlock()
		contents, err := l.trace.load(w)
		l.mu.Lock()
		l.arrived = append(l.arrived, arrival{w, contents, err})
	}
}

// add asks for a tile.
func (l *tileLoader) add(w want) {
	if key := w.key(); !l.asked[key] {
		l.asked[key] = true
		l.wanted = append(l.wanted, w)
	}
}

// ask hands what was added to the readers, in place of what they have not begun yet.
func (l *tileLoader) ask() {
	l.mu.Lock()
	l.queue = l.queue[:0]
	for _, w := range l.wanted {
		if !l.busy[w.key()] {
			l.queue = append(l.queue, w)
		}
	}
	l.wake.Broadcast()
	l.mu.Unlock()
	l.wanted = l.wanted[:0]
	clear(l.asked)
}

// parentsOf lists the parents of a set's tiles, by the tiles' index.
func (l *tileLoader) parentsOf(set *tiles.Tileset) []*tiles.Tile {
	if p, ok := l.parents[set.Path]; ok {
		return p
	}
	p := make([]*tiles.Tile, set.Count)
	_ = set.Walk(func(t *tiles.Tile) error { // the function fails never
		for _, c := range t.Children {
			p[c.Index] = t
		}
		return nil
	})
	l.parents[set.Path] = p
	return p
}

// withParents adds the coarser tiles that stand in for the wanted ones.
func (l *tileLoader) withParents(wanted []want) []want {
	seen := map[*tiles.Tile]bool{}
	for _, w := range wanted {
		parents := l.parentsOf(w.set)
		for a := parents[w.tile.Index]; a != nil && !seen[a]; a = parents[a.Index] {
			seen[a] = true
			if len(a.Content) > 0 {
				wanted = append(wanted, want{w.set, a})
			}
		}
	}
	return wanted
}

// arrive takes tiles that were read into the library, as many as one frame may cost. A
// tile that cannot be read is named to skip and stays empty: the show goes on.
func (l *tileLoader) arrive(lib *library) {
	for taken := 0; taken < frameBytes; {
		l.mu.Lock()
		if len(l.arrived) == 0 {
			l.mu.Unlock()
			return
		}
		a := l.arrived[0]
		l.arrived = l.arrived[1:]
		l.wake.Signal()
		l.mu.Unlock()
		if a.err != nil {
			lib.out.add(a.want.set.Path, a.err.Error(), "")
		}
		lib.put(a.want, a.contents)
		taken += lib.held[a.key()].bytes
		l.mu.Lock()
		delete(l.busy, a.key())
		l.mu.Unlock()
	}
}

// selecting is how tiles are selected: shadows reach into the view.
var selecting = tiles.SelectOptions{Margin: shadowReach}

// choose turns a selection into the tiles that are drawn live: those that are at hand, a
// coarser one in the place of those that are not, which it asks for.
func (p *Player) choose(set *tiles.Tileset, goal []*tiles.Tile, v *tiles.View, maxError float64) []*tiles.Tile {
	if p.want(set, goal) {
		return goal
	}
	p.loader.behind = true
	o := selecting
	o.Ready = func(t *tiles.Tile) bool { return p.library.held[tileKey{set.Path, t.Index}] != nil }
	var out []*tiles.Tile
	for _, t := range set.Select(*v, maxError, o) {
		if o.Ready(t) {
			out = append(out, t)
		}
	}
	return out
}

// want asks for what is missing of a selection, and before it for the coarser tiles that
// stand in for it, and keeps what is held of both. It tells whether nothing of the
// selection itself is missing.
func (p *Player) want(set *tiles.Tileset, goal []*tiles.Tile) bool {
	parents := p.loader.parentsOf(set)
	held := func(t *tiles.Tile) bool {
		c := p.library.held[tileKey{set.Path, t.Index}]
		if c != nil {
			c.last = p.library.clock
		}
		return c != nil
	}
	var missing []*tiles.Tile
	for _, t := range goal {
		if !held(t) {
			missing = append(missing, t)
		}
		for a := parents[t.Index]; a != nil; a = parents[a.Index] {
			if len(a.Content) > 0 && !held(a) {
				p.loader.add(want{set, a})
			}
		}
	}
	for _, t := range missing {
		p.loader.add(want{set, t})
	}
	return len(missing) == 0
}

// prefetch asks for the tiles that the story will show at a time, where there is room
// for them beside those that are shown.
func (p *Player) prefetch(t scene.Time, s Shot) {
	m := p.Doc.At(t)
	if !m.HasCamera || float64(p.library.used) > goalShare*float64(p.library.budget) {
		return
	}
	pose := m.Camera.Pose(p.Ground)
	view := tiles.View{Eye: pose.Eye, Right: pose.Right, Up: pose.Up, Forward: pose.Forward, FovY: pose.FovY, Width: s.Width, Height: s.Height}
	seen := map[string]bool{}
	for _, pl := range p.layers {
		for _, d := range pl.draws {
			ts, ok := d.What.(*drawable.Tileset)
			if !ok || seen[ts.Path] {
				continue
			}
			seen[ts.Path] = true
			limit := s.Quality.TileError
			if ts.MaxError > 0 {
				limit = ts.MaxError
			}
			if set := p.library.sets[ts.Path]; set != nil {
				p.want(set, set.Select(view, limit, selecting))
			}
		}
	}
}
