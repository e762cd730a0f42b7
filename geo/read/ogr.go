package read

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/internal/scratch"
)

// readOGR lets ogr2ogr read what this package does not, layer by layer, as a stream of
// GeoJSON in WGS84.
func readOGR(ctx context.Context, in *input, c *checker) error {
	source, err := ogrSource(in)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(in.head, []byte("\x00\x00\x27\x0a")) {
		if err := checkShapefile(in, c); err != nil {
			return err
		}
	}
	layers, err := ogrLayers(ctx, in, source)
	if err != nil {
		return err
	}
	if len(c.o.Layers) > 0 {
		for _, want := range c.o.Layers {
			if !slices.Contains(layers, want) {
				return fmt.Errorf("%s: no layer %q: it has %s", in.name, want, strings.Join(layers, ", "))
			}
		}
		layers = c.o.Layers
	} else if len(layers) > 1 {
		// The points of GPX lines repeat the lines.
		layers = slices.DeleteFunc(layers, func(l string) bool { return l == "track_points" || l == "route_points" })
	}
	index := 0
	for _, layer := range layers {
		if err := ogrLayer(ctx, in, source, layer, c, &index); err != nil {
			return err
		}
	}
	return nil
}

// ogrSource is what the programs are given.
func ogrSource(in *input) (string, error) {
	path, err := filepath.Abs(in.path)
	if err != nil {
		return "", err
	}
	if len(in.members) > 0 {
		if bytes.HasPrefix(in.head, []byte("PK")) && strings.HasSuffix(strings.ToLower(path), ".kmz") {
			return path, nil
		}
		return "/vsizip/{" + path + "}", nil
	}
	if in.wrapped {
		return in.onDisk()
	}
	if bytes.Contains(in.head[:min(len(in.head), 4096)], []byte("opengis.net")) && bytes.HasPrefix(bytes.TrimSpace(in.head), []byte("<")) {
		// GDAL leaves a file of its findings beside GML, which is not ours to do.
		dir, err := scratch.New(tempPrefix)
		if err != nil {
			return "", err
		}
		in.temp = dir
		link := filepath.Join(dir.Path, filepath.Base(path))
		return link, os.Symlink(path, link)
	}
	return path, nil
}

var layerLine = regexp.MustCompile(`^(?:\d+: |Layer: )(.*?)(?: \(([^()]*(?:\([^()]*\))?[^()]*)\))?$`)

// ogrLayers are the names of the layers with geometry.
func ogrLayers(ctx context.Context, in *input, source string) (layers []string, err error) {
	var out bytes.Buffer
	if err := gdal.Run(ctx, "ogrinfo", []string{"-ro", "-q", source}, nil, &out); err != nil {
		return nil, fmt.Errorf("%s: %w", in.name, err)
	}
	for _, line := range strings.Split(out.String(), "\n") {
		m := layerLine.FindStringSubmatch(strings.TrimRight(line, "\r"))
		if m == nil || strings.HasPrefix(m[2], "None") {
			continue
		}
		layers = append(layers, m[1])
	}
	if len(layers) == 0 {
		return nil, fmt.Errorf("%s: no layer with geometry", in.name)
	}
	return layers, nil
}

func ogrLayer(ctx context.Context, in *input, source, layer string, c *checker, index *int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	args := []string{"-f", "GeoJSONSeq", "/vsistdout/", source, layer, "-t_srs", "EPSG:4326",
		"-nlt", "CONVERT_TO_LINEAR", "-lco", "COORDINATE_PRECISION=9", "-lco", "RS=NO", "--config", "OGR_GEOJSON_MAX_OBJ_SIZE", "0"}
	switch {
	case c.o.CRS != "":
		args = append(args, "-s_srs", c.o.CRS)
	case bytes.Contains(in.head, []byte(`"Topology"`)):
		args = append(args, "-s_srs", "EPSG:4326") // TopoJSON is in degrees by its specification
	}
	r, w := io.Pipe()
	ran := make(chan error, 1)
	go func() {
		err := gdal.Run(ctx, "ogr2ogr", args, nil, w)
		w.CloseWithError(err)
		ran <- err
	}()
	d := json.NewDecoder(newTolerant(r))
	j := &jsonReader{ctx: ctx, d: d, c: c, index: *index}
	err := j.sequence()
	*index = j.index
	if err != nil {
		cancel(errStop)
	}
	r.CloseWithError(errStop)
	ranErr := <-ran
	var y yieldError
	switch {
	case errors.As(err, &y):
		return y.err
	case ranErr != nil && !errors.Is(ranErr, errStop):
		if text := ranErr.Error(); strings.Contains(text, "source layer has no") {
			return fmt.Errorf("%s: layer %s does not say its reference system: name it in the scene's source, as crs: EPSG:…", in.name, layer)
		}
		return fmt.Errorf("%s: layer %s: %w", in.name, layer, ranErr)
	case err != nil:
		return fmt.Errorf("%s: layer %s: what ogr2ogr gave: %w", in.name, layer, err)
	}
	return nil
}

// sequence reads features to the end of the stream.
func (j *jsonReader) sequence() error {
	for {
		var members map[string]json.RawMessage
		err := j.d.Decode(&members)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := j.one(members); err != nil {
			return err
		}
	}
}

// checkShapefile looks whether a Shapefile is whole and has its other parts beside it.
func checkShapefile(in *input, c *checker) error {
	if in.wrapped {
		return fmt.Errorf("%s: a Shapefile without the .shx, .dbf and .prj that belong to it: pack all of them", in.name)
	}
	if len(in.head) >= 28 { // its length stands in its header, in words of 16 bits (ESRI 1998)
		if n := 2 * int64(binary.BigEndian.Uint32(in.head[24:])); n > in.size {
			return fmt.Errorf("%s: the file is cut off: it has %d of %d bytes: fetch it again", in.name, in.size, n)
		}
	}
	base := strings.TrimSuffix(in.path, filepath.Ext(in.path))
	has := func(ext string) bool {
		for _, e := range []string{ext, strings.ToUpper(ext)} {
			if _, err := os.Stat(base + e); err == nil {
				return true
			}
		}
		return false
	}
	if !has(".shx") {
		return fmt.Errorf("%s: %s.shx is missing beside it: a Shapefile is the files .shp, .shx, .dbf and .prj together", in.name, filepath.Base(base))
	}
	if !has(".dbf") {
		c.o.Report.Note("Shapefile without its .dbf: its features have no fields")
	}
	return nil
}
