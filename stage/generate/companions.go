package generate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo/read"
)

// hashFile adds a file's name and content, and those of the files that are read with it;
// of a folder, those of all files in it.
func hashFile(h io.Writer, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		fmt.Fprintf(h, "%s %d\n", filepath.Base(path), info.Size())
		return filepath.WalkDir(path, func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			if rel, err := filepath.Rel(path, p); err == nil { // a tile is what its folders say
				fmt.Fprintf(h, "%s\n", filepath.ToSlash(rel))
			}
			return hashContent(h, p)
		})
	}
	if err := hashContent(h, path); err != nil {
		return err
	}
	all, err := companions(path)
	if err != nil {
		return err
	}
	for _, p := range all {
		switch err := hashContent(h, p); {
		case errors.Is(err, fs.ErrNotExist):
			fmt.Fprintf(h, "%s is not there\n", filepath.Base(p))
		case err != nil:
			return err
		}
	}
	if strings.EqualFold(filepath.Ext(path), ".json") && strings.Contains(strings.ToLower(filepath.Base(path)), "tileset") {
		return hashBelow(h, filepath.Dir(path))
	}
	return nil
}

// hashContent adds a file's name and content.
func hashContent(h io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(h, "%s %d\n", filepath.Base(path), info.Size())
	_, err = io.Copy(h, f)
	return err
}

// hashBelow adds all tiles and tilesets of a folder.
func hashBelow(h io.Writer, folder string) error {
	return filepath.WalkDir(folder, func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || !slices.Contains(tiled, strings.ToLower(filepath.Ext(p))) {
			return err
		}
		if rel, err := filepath.Rel(folder, p); err == nil {
			fmt.Fprintf(h, "%s\n", filepath.ToSlash(rel))
		}
		return hashContent(h, p)
	})
}

// tiled are the endings of the files of a tileset.
var tiled = []string{".json", ".subtree", ".b3dm", ".i3dm", ".pnts", ".cmpt", ".glb", ".gltf", ".bin", ".png", ".jpg", ".jpeg", ".webp", ".ktx2"}

// besides are the endings of files that belong to one of the same name: parts of
// shapefiles and MapInfo tables, and what says where a raster lies.
var besides = []string{
	".shp", ".shx", ".dbf", ".prj", ".qpj", ".cpg",
	".tab", ".dat", ".map", ".id", ".ind",
	".hdr", ".tfw", ".tifw", ".pgw", ".pngw", ".jgw", ".jpgw", ".wld", ".rpb",
}

// companions are the files that are read with a file, sorted: those of its name, and those
// that a model names, there or not.
func companions(path string) ([]string, error) {
	folder, name := filepath.Split(path)
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		same := strings.EqualFold(strings.TrimSuffix(e.Name(), ext), stem) && slices.Contains(besides, strings.ToLower(ext))
		if (same || strings.EqualFold(e.Name(), name+".aux.xml")) && e.Name() != name && !e.IsDir() {
			out = append(out, folder+e.Name())
		}
	}
	named, err := namedBy(path)
	for _, uri := range named {
		if uri, e := url.PathUnescape(uri); e == nil && uri != "" && !strings.HasPrefix(uri, "data:") {
			out = append(out, filepath.Join(folder, filepath.FromSlash(uri)))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), err
}

// namedBy are the files that a model names: buffers and pictures of glTF, materials of OBJ
// and their pictures, textures of city models.
func namedBy(path string) ([]string, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".gltf":
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		type part struct{ URI string }
		var all struct{ Buffers, Images []part }
		if json.Unmarshal(data, &all) != nil {
			return nil, nil // its reader says what is wrong
		}
		var out []string
		for _, p := range append(all.Buffers, all.Images...) {
			out = append(out, p.URI)
		}
		return out, nil
	case ".obj":
		out, err := objNames(path, func(key string) bool { return key == "mtllib" })
		for _, lib := range slices.Clone(out) {
			pictures, e := objNames(filepath.Join(filepath.Dir(path), filepath.FromSlash(lib)), func(key string) bool {
				return strings.HasPrefix(key, "map_")
			})
			if e == nil {
				out = append(out, pictures...)
			}
		}
		return out, err
	case ".gml", ".xml", ".citygml":
		return texturesGML(path)
	case ".json", ".jsonl":
		if f, err := read.Detect(path); err == nil && strings.HasPrefix(f.Name, "cityjson") {
			return texturesJSON(path)
		}
	}
	return nil, nil
}

// objNames are what lines of an OBJ or MTL file name after some keys.
func objNames(path string, wanted func(key string) bool) (out []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	for r := bufio.NewReader(f); ; {
		line, err := r.ReadSlice('\n')
		if fields := bytes.Fields(line); len(fields) > 1 && wanted(string(fields[0])) {
			out = append(out, string(fields[len(fields)-1]))
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull), err == nil:
		case errors.Is(err, io.EOF):
			return out, nil
		default:
			return out, err
		}
	}
}
