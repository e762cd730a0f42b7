package stage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/longtake/longtake/geo/pyramid"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/basemap"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// pictures are the tiles of imagery that are at hand, decoded, the least recently used
// ones up to a budget.
type pictures struct {
	open   map[string]pyramid.Source
	held   map[pictureKey]*heldPicture
	clock  int // frames
	used   int
	budget int // bytes

	ctx     context.Context // of what comes in the background
	end     func()
	loading sync.WaitGroup
	mu      sync.Mutex // of the rest
	busy    map[pictureKey]bool
	arrived map[pictureKey]*drawable.Image // nil where it cannot be read
}

type pictureKey struct {
	path string
	pyramid.Tile
}

type heldPicture struct {
	image *drawable.Image // nil where there is none
	last  int
}

// pictureShare is the part of a player's memory that decoded tiles of imagery may take.
const pictureShare = 4

// backgroundPictures is how many tiles are decoded at once while a story is watched live.
const backgroundPictures = 4

func newPictures(budget int) *pictures {
	ctx, end := context.WithCancel(context.Background())
	return &pictures{
		ctx: ctx, end: end, open: map[string]pyramid.Source{}, held: map[pictureKey]*heldPicture{}, budget: budget / pictureShare,
		busy: map[pictureKey]bool{}, arrived: map[pictureKey]*drawable.Image{},
	}
}

// imagery adds the drapes that show a pyramid in a view. In files every tile is there
// before the frame is; live, coarser ones stand in for those that are on their way.
func (p *Player) imagery(ctx context.Context, f *pipeline.Frame, im *drawable.Imagery, d drawable.Draw, view *tiles.View, maxError float64) error {
	s := p.pictures
	source := s.open[im.Path]
	if source == nil {
		var err error
		if source, err = pyramid.Open(im.Path); err != nil {
			return badContent(err)
		}
		s.open[im.Path] = source
	}
	low, high := source.Zooms()
	c := pyramid.Choice{Has: source.Has, Ground: p.Ground, MinZoom: low, MaxZoom: high, Error: pictureError(maxError)}
	chosen := pyramid.Select(*view, c)
	for s.budget < len(chosen)*4*256*256 && c.Error < coarsest {
		c.Error *= backOff
		chosen = pyramid.Select(*view, c)
	}
	drape, names := im.Drape, tileNames{}
	shown := make([]pyramid.Tile, len(chosen)) // whose picture shows it
	var missing []pyramid.Tile
	for i, t := range chosen {
		for shown[i] = t; shown[i].Z > 0 && !source.Has(shown[i]); {
			shown[i] = pyramid.Parent(shown[i])
		}
		if s.held[pictureKey{im.Path, shown[i]}] == nil {
			missing = append(missing, shown[i])
		}
	}
	slices.SortFunc(missing, compareTiles)
	missing = slices.Compact(missing)
	if p.loader == nil {
		if err := s.load(ctx, im.Path, source, missing); err != nil {
			return err
		}
	} else {
		s.take()
		s.ask(im.Path, source, missing)
		p.loader.behind = p.loader.behind || len(missing) > 0
	}
	for i, t := range chosen {
		from := shown[i]
		var held *heldPicture
		for {
			if held = s.held[pictureKey{im.Path, from}]; held != nil && held.image != nil || from.Z == 0 {
				break
			}
			from = pyramid.Parent(from)
		}
		if held == nil || held.image == nil {
			continue
		}
		held.last = s.clock
		b := pyramid.Bounds(t)
		tile := drawable.DrapeTile{
			Region: drawable.Region{West: b.West, South: b.South, East: b.East, North: b.North, Mercator: true},
			Image:  held.image, UV: pyramid.Window(t, from),
		}
		if t.Y == 0 {
			tile.Beyond |= drawable.BeyondNorth
		}
		if t.Y == 1<<t.Z-1 {
			tile.Beyond |= drawable.BeyondSouth
		}
		tile.Low, tile.High = p.heightsIn(tile.Region)
		drape.Tiles = append(drape.Tiles, tile)
		if im.IDs {
			names.add(t, from)
		}
	}
	s.evict()
	d.What = &drape
	f.Draws = append(f.Draws, d)
	if im.IDs {
		return names.draw(f, d, p.Ground)
	}
	return nil
}

// pictureError is the pixels that a texel may span where tiles may be off by so many.
func pictureError(maxError float64) float64 { return min(max(maxError*0.7, 0.9), 2.5) }

func compareTiles(a, b pyramid.Tile) int {
	return slices.Compare([]uint32{a.Z, a.Y, a.X}, []uint32{b.Z, b.Y, b.X})
}

// heightsIn are the heights between which the ground lies in a region, about.
func (p *Player) heightsIn(r drawable.Region) (low, high float64) {
	const n = 4
	low, high = p.Ground(r.At(0.5, 0.5)), p.Ground(r.At(0.5, 0.5))
	for j := range n + 1 {
		for i := range n + 1 {
			h := p.Ground(r.At(float64(i)/n, float64(j)/n))
			low, high = min(low, h), max(high, h)
		}
	}
	margin := 60 + (high-low)/2
	if r.North-r.South > 0.5 && p.ground == nil { // the Earth's ground is in no grid
		margin = 9000
	}
	return low - margin, high + margin
}

// load decodes tiles before it returns. Those that there are not, or that cannot be
// decoded, stay empty.
func (s *pictures) load(ctx context.Context, path string, source pyramid.Source, missing []pyramid.Tile) error {
	images := make([]*drawable.Image, len(missing))
	err := forEach(ctx, len(missing), func(i int) (err error) {
		images[i], err = readPicture(ctx, path, source, missing[i])
		return err
	}, nil)
	if err != nil {
		return badContent(err)
	}
	for i, t := range missing {
		s.put(pictureKey{path, t}, images[i])
	}
	return nil
}

func (s *pictures) put(key pictureKey, img *drawable.Image) {
	s.held[key] = &heldPicture{image: img, last: s.clock}
	if img != nil {
		s.used += len(img.Pixels)
	}
}

// ask has tiles decoded in the background, some at a time.
func (s *pictures) ask(path string, source pyramid.Source, missing []pyramid.Tile) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range missing {
		key := pictureKey{path, t}
		if len(s.busy) >= backgroundPictures {
			return
		}
		if s.busy[key] {
			continue
		}
		s.busy[key] = true
		s.loading.Add(1)
		go func() {
			defer s.loading.Done()
			img, err := readPicture(s.ctx, path, source, t)
			if err != nil {
				img = nil
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			s.arrived[key] = img
		}()
	}
}

// close ends what is on its way and closes the archives.
func (s *pictures) close() {
	s.end()
	s.loading.Wait()
	for _, source := range s.open {
		_ = source.Close()
	}
	clear(s.open)
}

// take holds what has arrived.
func (s *pictures) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, img := range s.arrived {
		s.put(key, img)
		delete(s.busy, key)
	}
	clear(s.arrived)
}

// evict drops what was not used for longest until the budget holds.
func (s *pictures) evict() {
	if s.used <= s.budget {
		return
	}
	var keys []pictureKey
	for k, h := range s.held {
		if h.last < s.clock-1 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b pictureKey) int {
		if d := s.held[a].last - s.held[b].last; d != 0 {
			return d
		}
		return compareTiles(a.Tile, b.Tile)
	})
	for _, k := range keys {
		if s.used <= s.budget*3/4 {
			return
		}
		if img := s.held[k].image; img != nil {
			s.used -= len(img.Pixels)
		}
		delete(s.held, k)
	}
}

// readPicture decodes a tile; nil where there is none.
func readPicture(ctx context.Context, path string, source pyramid.Source, t pyramid.Tile) (*drawable.Image, error) {
	data, err := source.Read(ctx, t)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	img, err := basemap.Picture(data, fmt.Sprintf("%d/%d/%d", t.Z, t.X, t.Y))
	if err != nil {
		return nil, fmt.Errorf("%s: tile %w", path, err)
	}
	return img, nil
}
