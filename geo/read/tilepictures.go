package read

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
)

// PictureTile is a tile of the web map's pyramid: x eastwards, y southwards.
type PictureTile struct{ Z, X, Y uint32 }

// PictureArchive is a PMTiles or MBTiles archive of picture tiles of all zooms. Reading
// is safe from several goroutines.
type PictureArchive struct {
	file  *os.File
	tiles tileArchive
	at    map[PictureTile]tileEntry
}

// maxPictureTiles bounds the index of an archive: about 100 MB.
const maxPictureTiles = 1 << 20

// OpenPictures reads the index of an archive, which is told by its content.
func OpenPictures(path string) (*PictureArchive, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	a := &PictureArchive{file: f, at: map[PictureTile]tileEntry{}}
	if err := a.open(); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}

func (a *PictureArchive) open() error {
	info, err := a.file.Stat()
	if err != nil {
		return err
	}
	head := make([]byte, 7)
	_, _ = a.file.ReadAt(head, 0)
	switch {
	case string(head) == "PMTiles":
		p, err := openPMTiles(a.file, info.Size())
		if err != nil {
			return err
		}
		if p.kind == 1 {
			return errors.New("its tiles are vectors, not pictures")
		}
		p.every = true
		a.tiles = p
	case string(head) == "SQLite ":
		db, err := openSQLite(a.file, info.Size())
		if err != nil {
			return err
		}
		if a.tiles, err = openMBTiles(db); err != nil {
			return err
		}
	default:
		return errors.New("neither PMTiles nor MBTiles")
	}
	return a.tiles.list(func(e tileEntry) error {
		if e.z > 30 || e.x >= 1<<e.z || e.y >= 1<<e.z {
			return nil
		}
		if len(a.at) == maxPictureTiles {
			return fmt.Errorf("more than %d tiles: cut a part of it out first", maxPictureTiles)
		}
		a.at[PictureTile{e.z, e.x, e.y}] = e
		return nil
	})
}

// Has tells whether the archive has a tile.
func (a *PictureArchive) Has(t PictureTile) bool { _, ok := a.at[t]; return ok }

// Tiles lists all, by zoom, column and row.
func (a *PictureArchive) Tiles() []PictureTile {
	return slices.SortedFunc(maps.Keys(a.at), func(s, t PictureTile) int {
		return cmp.Or(cmp.Compare(s.Z, t.Z), cmp.Compare(s.X, t.X), cmp.Compare(s.Y, t.Y))
	})
}

// Zooms are the lowest and the highest zoom; 0, 0 of an empty archive.
func (a *PictureArchive) Zooms() (low, high uint32) {
	low = 31
	for t := range a.at {
		low, high = min(low, t.Z), max(high, t.Z)
	}
	return min(low, high), high
}

// Read returns the bytes of a tile's picture.
func (a *PictureArchive) Read(t PictureTile) ([]byte, error) {
	e, ok := a.at[t]
	if !ok {
		return nil, fmt.Errorf("tile %d/%d/%d: %w", t.Z, t.X, t.Y, os.ErrNotExist)
	}
	data, err := a.tiles.read(e)
	if err == nil {
		data, err = unpackTile(data)
	}
	if err != nil {
		return nil, fmt.Errorf("tile %d/%d/%d: %w", t.Z, t.X, t.Y, err)
	}
	return data, nil
}

// Close closes the file.
func (a *PictureArchive) Close() error { return a.file.Close() }
