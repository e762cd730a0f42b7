package tiles

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sync"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// WriterOptions says how tiles are written. The zero value writes float32 without
// instances.
type WriterOptions struct {
	Models   func(name string) []geo.Mesh // see glb.Options
	Quantize bool                         // see glb.Options
	Version  string                       // of longtake, written into the tileset's asset
}

// Writer writes a tileset into a folder: <level>/<x>/<y>.glb as tiles are added, and
// tileset.json at the end. Add may be called from many goroutines.
type Writer struct {
	dir   string
	grid  Grid
	o     WriterOptions
	mu    sync.Mutex
	tiles map[Address]*entry
	done  bool
}

// entry is what is kept of a tile until the end.
type entry struct {
	address Address
	err     float64
	frame   earth.Frame
	bounds  Bounds // of the content, in frame
	content bool
}

// NewWriter makes the folder and returns a writer into it.
func NewWriter(dir string, grid Grid, o WriterOptions) (*Writer, error) {
	if !(grid.Size > 0) || math.IsInf(grid.Size, 0) || grid.MaxLevel < 0 || grid.MaxLevel > 30 {
		return nil, fmt.Errorf("tiles: a grid of size %v with %d levels cannot be", grid.Size, grid.MaxLevel)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("tiles: %w", err)
	}
	return &Writer{dir: dir, grid: grid, o: o, tiles: map[Address]*entry{}}, nil
}

// Add writes the content of one tile. geometricError is the greatest distance in metres
// between this content and the finest that the data has; 0 for the finest itself.
// Content that holds nothing makes no tile. Where a tile has children, they together
// replace all of it: 3D Tiles draws either the tile or its children.
func (w *Writer) Add(a Address, c geo.Content, geometricError float64) error {
	if !w.grid.Valid(a) {
		return fmt.Errorf("tiles: tile %v is not in a grid of %d levels", a, w.grid.MaxLevel)
	}
	if !(geometricError >= 0) || math.IsInf(geometricError, 0) {
		return fmt.Errorf("tiles: tile %v: geometric error %v", a, geometricError)
	}
	b := ContentBounds(c, w.o.Models)
	if !b.Some {
		return nil
	}
	if w.o.Quantize { // positions move by up to half a step, and a step is below size/32766
		grow := b.Max.Sub(b.Min).Len()/32766 + 1e-3
		for k := range b.Min {
			b.Min[k], b.Max[k] = b.Min[k]-grow, b.Max[k]+grow
		}
	}
	e := &entry{address: a, err: geometricError, frame: c.Frame, bounds: b, content: true}
	w.mu.Lock()
	_, twice := w.tiles[a]
	done := w.done
	if !twice && !done {
		w.tiles[a] = e
	}
	w.mu.Unlock()
	switch {
	case done:
		return errors.New("tiles: the tileset is closed")
	case twice:
		return fmt.Errorf("tiles: tile %v is added twice", a)
	}
	path := filepath.Join(w.dir, filepath.FromSlash(a.String()+".glb"))
	err := aside(path, func(f *bufio.Writer) error {
		return glb.Write(f, c, glb.Options{Models: w.o.Models, Quantize: w.o.Quantize, Generator: w.generator()})
	})
	if err != nil {
		w.mu.Lock()
		delete(w.tiles, a)
		w.mu.Unlock()
		return fmt.Errorf("tiles: tile %v: %w", a, err)
	}
	return nil
}

// Len is the number of tiles with content so far.
func (w *Writer) Len() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.tiles)
}

// Close writes tileset.json, the same bytes whatever the order in which tiles came.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done {
		return nil
	}
	w.done = true
	if err := aside(filepath.Join(w.dir, "tileset.json"), w.encode); err != nil {
		return fmt.Errorf("tiles: %w", err)
	}
	return nil
}

func (w *Writer) generator() string {
	if w.o.Version == "" {
		return "longtake"
	}
	return "longtake " + w.o.Version
}

// aside writes a file under another name beside it and renames it when it is whole.
func aside(path string, write func(*bufio.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	f, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<16)
	if err = write(b); err == nil {
		err = b.Flush()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
