package tiles

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"sync"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/internal/whole"
)

// WriterOptions says how tiles are written. The zero value writes float32 without
// instances.
type WriterOptions struct {
	Models   func(name string) []geo.Mesh // see glb.Options
	Quantize bool                         // see glb.Options
	Compress bool                         // see glb.Options
	// Lattice writes surfaces that meet those of neighbouring tiles: vertices on Grid.Lattice.
	Lattice bool
	// Implicit writes subtrees in place of a tree of tiles in JSON (3D Tiles 1.1, implicit
	// tiling): for contents that stay in their squares, such as ground and instances.
	Implicit bool
	Version  string // of longtake, written into the tileset's asset
}

// Writer writes a tileset into a folder: <level>/<x>/<y>.glb as tiles are added, and
// tileset.json at the end. Add may be called from many goroutines. Until the end it holds
// some twenty bytes a tile.
type Writer struct {
	dir   string
	grid  Grid
	o     WriterOptions
	mu    sync.Mutex
	tiles map[uint64]int32 // numbers of tiles by place in the quadtree, see key
	list  *spool.File      // heads of encoded tiles, by number
	done  bool
}

// listed is how many bytes of the list of tiles stay in memory.
const listed = 1 << 18

// coming is the number of a tile whose file is being written.
const coming = -1

// NewWriter makes the folder and returns a writer into it.
func NewWriter(dir string, grid Grid, o WriterOptions) (*Writer, error) {
	if !(grid.Size > 0) || math.IsInf(grid.Size, 0) || grid.MaxLevel < 0 || grid.MaxLevel > 30 {
		return nil, fmt.Errorf("tiles: a grid of size %v with %d levels cannot be", grid.Size, grid.MaxLevel)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("tiles: %w", err)
	}
	return &Writer{dir: dir, grid: grid, o: o, tiles: map[uint64]int32{}, list: spool.NewFile(dir, listed)}, nil
}

// Add encodes the content of one tile and puts it: see Encode and Put.
func (w *Writer) Add(a Address, c geo.Content, geometricError float64) error {
	e, err := w.Encode(a, c, geometricError)
	if err != nil {
		return err
	}
	return w.Put(e)
}

// Put adds an encoded tile to the tileset. Empty ones make no tile. Where a tile has
// children, they together replace all of it: 3D Tiles draws either the tile or its
// children.
func (w *Writer) Put(e *Encoded) error {
	return w.put(e, func(path string) error {
		err := create(path, e.GLB)
		if errors.Is(err, fs.ErrNotExist) {
			if err = os.MkdirAll(filepath.Dir(path), 0o777); err == nil {
				err = create(path, e.GLB)
			}
		} else if errors.Is(err, fs.ErrExist) { // it may be linked: who writes to it writes there too
			if err = os.Remove(path); err == nil {
				err = create(path, e.GLB)
			}
		}
		return err
	})
}

// create makes a file that must not be there yet. It needs no other name meanwhile: nothing
// reads the folder before it has a tileset.json.
func create(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// PutFile is Put of a tile whose glb is a file already: it is linked into the tileset's
// folder, or copied where the file system cannot. The file must not be changed later.
func (w *Writer) PutFile(e *Encoded, file string) error {
	return w.put(e, func(path string) error {
		// Mostly the folder is there and the tile is not: asking first takes more calls than that.
		err := os.Link(file, path)
		if errors.Is(err, fs.ErrNotExist) {
			if err = os.MkdirAll(filepath.Dir(path), 0o777); err == nil {
				err = os.Link(file, path)
			}
		}
		if errors.Is(err, fs.ErrExist) {
			if err = os.Remove(path); err == nil {
				err = os.Link(file, path)
			}
		}
		if err == nil {
			return nil
		}
		in, err := os.Open(file)
		if err != nil {
			return err
		}
		defer in.Close()
		return whole.File(path, func(f *bufio.Writer) error {
			_, err := f.ReadFrom(in)
			return err
		})
	})
}

// put reserves the address, lets save make the content's file and keeps the entry.
func (w *Writer) put(e *Encoded, save func(path string) error) error {
	if err := w.accepts(e); err != nil || e.Empty() {
		return err
	}
	head := *e
	head.GLB = nil
	record, err := head.MarshalBinary()
	if err != nil {
		return err
	}
	key := e.Address.key()
	w.mu.Lock()
	_, twice := w.tiles[key]
	done := w.done
	if !twice && !done {
		w.tiles[key] = coming
	}
	w.mu.Unlock()
	switch {
	case done:
		return errors.New("tiles: the tileset is closed")
	case twice:
		return fmt.Errorf("tiles: tile %v is added twice", e.Address)
	}
	err = save(filepath.Join(w.dir, filepath.FromSlash(e.Address.String()+".glb")))
	w.mu.Lock()
	defer w.mu.Unlock()
	number := int32(w.list.Size() / encodedHead)
	if err == nil {
		_, err = w.list.Write(record)
	}
	if err != nil {
		delete(w.tiles, key)
		return fmt.Errorf("tiles: tile %v: %w", e.Address, err)
	}
	w.tiles[key] = number
	return nil
}

// tile reads what is known of the tile with a number.
func (w *Writer) tile(number int32) (*Encoded, error) {
	data, err := w.list.Slice(int64(number)*encodedHead, encodedHead)
	if err != nil {
		return nil, err
	}
	e := &Encoded{}
	return e, e.UnmarshalBinary(data)
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
	defer func() { _ = w.list.Close() }() // it has no name
	if err := w.list.Flush(); err != nil {
		return fmt.Errorf("tiles: %w", err)
	}
	if err := whole.File(filepath.Join(w.dir, "tileset.json"), w.encode); err != nil {
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
