package read

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// readTileArchive opens PMTiles, MBTiles, a tile or a folder of tiles.
func readTileArchive(ctx context.Context, in *input, format string, c *checker) error {
	if format == "mvt" {
		a, err := openTileFolder(in)
		if err != nil {
			return err
		}
		return readTiles(ctx, in.name, a, c)
	}
	file, size, err := in.file()
	if err != nil {
		return err
	}
	defer file.Close()
	var a tileArchive
	if format == "pmtiles" {
		p, openErr := openPMTiles(file, size)
		if openErr == nil {
			if pic := p.picture(); pic != "" {
				openErr = fmt.Errorf("its tiles are %s pictures, not vectors", pic)
			}
		}
		a, err = p, openErr
	} else {
		db, openErr := openSQLite(file, size)
		if err = openErr; err == nil {
			a, err = openMBTiles(db)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", in.name, err)
	}
	return readTiles(ctx, in.name, a, c)
}

// tileFolder is z/x/y files below a folder, or one such file.
type tileFolder struct{ files map[tileID]string }

func openTileFolder(in *input) (*tileFolder, error) {
	abs, err := filepath.Abs(in.path)
	if err != nil {
		return nil, err
	}
	a := &tileFolder{files: map[tileID]string{}}
	err = filepath.WalkDir(abs, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if t, ok := tileOfPath(path); ok {
			a.files[t] = path
		}
		if len(a.files) > maxVectorTiles {
			return fmt.Errorf("%s: more than %d tiles", in.name, maxVectorTiles)
		}
		return nil
	})
	if err == nil && len(a.files) == 0 {
		err = fmt.Errorf("%s: a vector tile does not say where it lies: keep it under its place as zoom/x/y.mvt", in.name)
	}
	return a, err
}

// tileOfPath reads the place of a tile from the last three parts of its path.
func tileOfPath(path string) (t tileID, ok bool) {
	parts := strings.Split(filepath.ToSlash(path), "/")
	if len(parts) < 3 {
		return t, false
	}
	parts = parts[len(parts)-3:]
	parts[2], _, _ = strings.Cut(parts[2], ".")
	for i, to := range []*uint32{&t.z, &t.x, &t.y} {
		v, err := strconv.ParseUint(parts[i], 10, 31)
		if err != nil {
			return t, false
		}
		*to = uint32(v)
	}
	return t, t.z <= 30 && t.x < 1<<t.z && t.y < 1<<t.z
}

func (a *tileFolder) list(fn func(tileEntry) error) error {
	for t := range a.files { // the list is sorted afterwards
		if err := fn(tileEntry{tileID: t}); err != nil {
			return err
		}
	}
	return nil
}

func (a *tileFolder) read(e tileEntry) ([]byte, error) {
	info, err := os.Stat(a.files[e.tileID])
	if err != nil {
		return nil, err
	}
	if info.Size() > maxTileBytes {
		return nil, errors.New("more than 64 MiB")
	}
	return os.ReadFile(a.files[e.tileID])
}

// isMVT tells a vector tile: protobuf that holds layers, each with a name.
func isMVT(in *input) bool {
	if !in.whole && in.size > maxTileBytes || len(in.head) < 4 || in.head[0] != 0x1a {
		return false
	}
	r, err := in.open()
	if err != nil {
		return false
	}
	defer r.Close()
	data := make([]byte, 0, in.size)
	buf := make([]byte, 1<<16)
	for len(data) <= maxTileBytes {
		n, err := r.Read(buf)
		data = append(data, buf[:n]...)
		if err != nil {
			break
		}
	}
	layers, _, err := decodeMVT(data)
	return err == nil && len(layers) > 0
}

// holdsTiles tells whether a folder is one of vector tiles, from the first files in it.
func holdsTiles(dir string) bool {
	found, left := false, 100
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if left--; err != nil || left < 0 {
			return filepath.SkipAll
		}
		if d.IsDir() {
			return nil
		}
		if _, ok := tileOfPath(path); ok {
			switch filepath.Ext(strings.TrimSuffix(path, ".gz")) {
			case ".mvt", ".pbf", ".vector", ".mlt":
				found = true
				return filepath.SkipAll
			}
		}
		return nil
	})
	return found
}
