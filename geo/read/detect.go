package read

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo/gdal"
)

// Kind is what a file can serve as.
type Kind string

// The kinds.
const (
	KindFeatures  Kind = "feature file"
	KindRaster    Kind = "raster"
	KindTable     Kind = "table"
	KindCityModel Kind = "city model"
	KindModel     Kind = "3D model"
)

// Format is what a file holds. Name is one of osm-pbf, osm-xml, geojson, geojsonseq,
// json-features, json-rows, json, cityjson, cityjsonseq, csv, gtfs, parquet, geoparquet, arrow, las,
// shapefile, gpkg, mbtiles, pmtiles, mvt (a tile, or a folder of them), fgb, topojson, gpx, kml, gml, citygml, vector (anything else
// that ogr2ogr reads), hgt, png, jpeg, geotiff, asc, raster (anything else that gdalwarp
// reads), glb, gltf, obj, dae. Features reads the kinds KindFeatures and KindCityModel, and a
// KindTable named csv where it has coordinates.
type Format struct {
	Kind Kind
	Name string
}

// City tells whether a file is a map of everything in a place with OSM's tags, its own or
// translated, rather than data on one subject.
func (f Format) City() bool {
	switch f.Name {
	case "osm-pbf", "osm-xml", "pmtiles", "mbtiles", "mvt":
		return true
	}
	return false
}

// Detect tells what a file holds from its content, through gzip and a zip of one file;
// its name does not matter. An empty, cut off or unknown file is an error.
func Detect(path string) (Format, error) {
	in, err := open(path)
	if err != nil {
		return Format{}, err
	}
	defer in.close()
	return detect(context.Background(), in)
}

// signatures are what formats begin with.
var signatures = []struct {
	magic string
	f     Format
}{
	{"\x89PNG\r\n\x1a\n", Format{KindRaster, "png"}},
	{"\xff\xd8\xff", Format{KindRaster, "jpeg"}},
	{"II*\x00", Format{KindRaster, "geotiff"}}, {"MM\x00*", Format{KindRaster, "geotiff"}},
	{"II+\x00", Format{KindRaster, "geotiff"}}, {"MM\x00+", Format{KindRaster, "geotiff"}},
	{"glTF", Format{KindModel, "glb"}},
	{"fgb\x03", Format{KindFeatures, "fgb"}},
	{"PMTiles", Format{KindFeatures, "pmtiles"}},
	{"\x00\x00\x27\x0a", Format{KindFeatures, "shapefile"}},
	{"ARROW1\x00\x00", Format{KindTable, "arrow"}},
	{"LASF", Format{KindTable, "las"}},
	{"\xff\xff\xff\xff", Format{KindTable, "arrow"}}, // a stream: continuation before its schema
}

// refused are formats that are known and not read, with what to do.
var refused = []struct{ magic, what string }{
	{"FEA1", "Feather of version 1: write it as version 2, which is Arrow's IPC"},
	{"b3dm", oneTile}, {"i3dm", oneTile}, {"pnts", oneTile}, {"cmpt", oneTile}, {"subt", oneTile},
	{"version https://git-lfs", "a pointer of Git LFS, not the data itself: git lfs pull fetches it"},
	{"\xff\xfe", "text in UTF-16: save it as UTF-8"},
	{"\xfe\xff", "text in UTF-16: save it as UTF-8"},
	{"%PDF", "a PDF document"},
	{"Rar!", "a RAR archive: unpack it first"},
	{"7z\xbc\xaf", "a 7z archive: unpack it first"},
	{"BZh", "a bzip2 file: unpack it first"},
	{"\xfd7zXZ", "an xz file: unpack it first"},
	{"\x28\xb5\x2f\xfd", "a zstd file: unpack it first"},
}

const oneTile = "one file of a 3D Tiles tileset: name the tileset.json that it belongs to"

func detect(ctx context.Context, in *input) (Format, error) {
	h := in.head
	if shp := isShapefilePart(in); shp != "" {
		return Format{}, fmt.Errorf("%s: a part of a Shapefile: name %s", in.name, shp)
	}
	for _, s := range signatures {
		// A JPEG begins like an elevation tile of the sea bed at -40 m.
		if bytes.HasPrefix(h, []byte(s.magic)) && !(s.f.Name == "jpeg" && isHGT(in)) {
			return s.f, nil
		}
	}
	for _, r := range refused {
		if bytes.HasPrefix(h, []byte(r.magic)) {
			return Format{}, fmt.Errorf("%s: %s", in.name, r.what)
		}
	}
	switch {
	case len(in.members) > 0:
		return detectMembers(in)
	case isUTF16(h):
		return Format{}, fmt.Errorf("%s: text in UTF-16: save it as UTF-8", in.name)
	case bytes.HasPrefix(h, []byte("PK\x05\x06")):
		return Format{}, fmt.Errorf("%s: the zip holds no file", in.name)
	case isProjection(h):
		return Format{}, fmt.Errorf("%s: a reference system, not data: name the file that it stands beside (.shp), or give it as crs", in.name)
	case len(h) > 0 && len(h) < 4 && in.whole && !bytes.ContainsAny(h[:1], "[{<") && h[0] < ' ':
		return Format{}, fmt.Errorf("%s: %d bytes are no known format: the file is cut off", in.name, len(h))
	case isPBF(h):
		return Format{KindFeatures, "osm-pbf"}, nil
	case bytes.HasPrefix(h, []byte("SQLite format 3\x00")) && len(h) >= 72:
		if string(h[68:72]) == "MPBX" || bytes.Contains(h, []byte("zoom_level")) && string(h[68:70]) != "GP" {
			return Format{KindFeatures, "mbtiles"}, nil
		}
		return Format{KindFeatures, "gpkg"}, nil
	case bytes.HasPrefix(h, []byte("PAR1")):
		return detectParquet(in)
	case isHGT(in):
		return Format{KindRaster, "hgt"}, nil
	case len(h) == 0 && holdsTiles(in.path), isMVT(in):
		return Format{KindFeatures, "mvt"}, nil
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(h, []byte("\xef\xbb\xbf")), " \t\r\n\x1e")
	switch {
	case len(text) == 0 && in.whole && len(h) > 0:
		return Format{}, fmt.Errorf("%s: the file holds nothing but white space", in.name)
	case bytes.HasPrefix(text, []byte("<")):
		return detectXML(in, text)
	case bytes.HasPrefix(text, []byte("{")), bytes.HasPrefix(text, []byte("[")):
		return detectJSON(in)
	case isASC(text):
		return Format{KindRaster, "asc"}, nil
	case isOBJ(text):
		return Format{KindModel, "obj"}, nil
	case isTable(in, text):
		return Format{KindTable, "csv"}, nil
	}
	return askGDAL(ctx, in)
}

// detectMembers tells a zip of several files from their names, for there the formats
// say so themselves.
func detectMembers(in *input) (Format, error) {
	has := func(suffix string) bool {
		return slices.ContainsFunc(in.members, func(m string) bool { return strings.HasSuffix(strings.ToLower(m), suffix) })
	}
	switch {
	case has(".shp"):
		return Format{KindFeatures, "shapefile"}, nil
	case has("stops.txt") && has("trips.txt"):
		return Format{KindTable, "gtfs"}, nil
	case has("doc.kml"), has(".kml"):
		return Format{KindFeatures, "kml"}, nil
	case has("tileset.json") && strings.EqualFold(filepath.Ext(in.path), ".3tz"):
		return Format{KindModel, "3dtiles"}, nil
	case has("tileset.json"):
		return Format{}, fmt.Errorf("%s: a zip of 3D Tiles: name it .3tz if it is an archive of them, else unpack it and name its tileset.json", in.name)
	case has(".gdbtable"):
		return Format{KindFeatures, "vector"}, nil
	}
	return Format{}, fmt.Errorf("%s: a zip of %d files (%s, …): unpack it and name the file", in.name, len(in.members), in.members[0])
}

// isUTF16 tells plain text in two bytes a letter that does not begin with a mark.
func isUTF16(h []byte) bool {
	h = h[:min(len(h)&^1, 64)]
	if len(h) < 8 {
		return false
	}
	var low, high int // letters of one byte, zeros beside them
	for i := 0; i < len(h); i += 2 {
		for k := range 2 {
			if b := h[i+k]; h[i+1-k] == 0 && (b >= ' ' && b < 0x7f || b == '\n' || b == '\r' || b == '\t') {
				if k == 0 {
					low++
				} else {
					high++
				}
			}
		}
	}
	return 2*low == len(h) || 2*high == len(h)
}

// isProjection tells a .prj: a reference system in WKT.
func isProjection(h []byte) bool {
	return regexp.MustCompile(`^\s*(PROJCS|GEOGCS|PROJCRS|GEOGCRS|COMPD_CS|COMPOUNDCRS|GEOCCS)\[`).Match(h)
}

// isShapefilePart returns the .shp that a .dbf or .shx stands beside, "" where there is none.
func isShapefilePart(in *input) string {
	switch strings.ToLower(filepath.Ext(in.path)) {
	case ".dbf", ".shx":
	default:
		return ""
	}
	base := strings.TrimSuffix(in.path, filepath.Ext(in.path))
	for _, ext := range []string{".shp", ".SHP"} {
		if _, err := os.Stat(base + ext); err == nil {
			return base + ext
		}
	}
	if strings.EqualFold(filepath.Ext(in.path), ".shx") { // a table alone may be data
		return filepath.Base(base) + ".shp, which is missing here"
	}
	return ""
}

func isPBF(h []byte) bool {
	if len(h) < 15 {
		return false
	}
	n := binary.BigEndian.Uint32(h)
	return n > 0 && n <= pbfHeaderLimit && bytes.HasPrefix(h[4:], []byte("\x0a\x09OSMHeader"))
}

// isHGT goes by the size, square grids of big-endian int16, for the format has no mark;
// inside an archive by the name.
func isHGT(in *input) bool {
	if in.wrapped {
		return regexp.MustCompile(`(?i)^[NS]\d\d[EW]\d\d\d\.(hgt|raw)$`).MatchString(in.inner)
	}
	return slices.Contains([]int64{1201 * 1201 * 2, 3601 * 3601 * 2, 601 * 601 * 2, 1801 * 3601 * 2}, in.size) && bytes.IndexByte(in.head, 0) >= 0
}

// detectXML goes by the root element.
func detectXML(in *input, text []byte) (Format, error) {
	m := regexp.MustCompile(`<([A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)[\s/>]`).FindSubmatch(text)
	if m == nil {
		return Format{}, fmt.Errorf("%s: XML without a root element: the file is cut off", in.name)
	}
	switch root := string(m[2]); root {
	case "osm":
		return Format{KindFeatures, "osm-xml"}, nil
	case "osmChange":
		return Format{}, fmt.Errorf("%s: this is a change file: apply it to an extract with osmium apply-changes", in.name)
	case "gpx":
		return Format{KindFeatures, "gpx"}, nil
	case "kml":
		return Format{KindFeatures, "kml"}, nil
	case "COLLADA":
		return Format{KindModel, "dae"}, nil
	case "CityModel":
		return Format{KindCityModel, "citygml"}, nil
	case "html", "HTML", "svg":
		return Format{}, fmt.Errorf("%s: this is <%s>, not data: an error page saved instead of the download?", in.name, root)
	case "VRTDataset":
		return Format{KindRaster, "raster"}, nil
	case "OGRVRTDataSource":
		return Format{KindFeatures, "vector"}, nil
	default:
		return Format{KindFeatures, "gml"}, nil
	}
}

func isASC(text []byte) bool {
	return regexp.MustCompile(`(?i)^(ncols|nrows)\s+\d+\s+(ncols|nrows)\s+\d+`).Match(text)
}

func isOBJ(text []byte) bool {
	return regexp.MustCompile(`(?m)^v\s+-?[\d.]+([eE][-+]?\d+)?\s+-?[\d.]`).Match(text) && regexp.MustCompile(`(?m)^(f|mtllib|vn|vt|o|g)\s`).Match(text)
}

// askGDAL lets GDAL's own drivers look.
func askGDAL(ctx context.Context, in *input) (Format, error) {
	unknown := fmt.Errorf("%s: not a format known here", in.name)
	if err := gdal.Available(); err != nil {
		return Format{}, fmt.Errorf("%w; %w to read more", unknown, err)
	}
	path, err := in.onDisk()
	if err != nil {
		return Format{}, err
	}
	if gdal.Run(ctx, "ogrinfo", []string{"-ro", "-q", path}, nil, io.Discard) == nil {
		return Format{KindFeatures, "vector"}, nil
	}
	if gdal.Run(ctx, "gdalinfo", []string{"-nomd", path}, nil, io.Discard) == nil {
		return Format{KindRaster, "raster"}, nil
	}
	if ctx.Err() != nil {
		return Format{}, ctx.Err()
	}
	if info, err := os.Stat(in.path); err == nil && info.IsDir() {
		return Format{}, fmt.Errorf("%s: this is a folder: name a file in it", in.path)
	}
	return Format{}, fmt.Errorf("%w, nor to GDAL: is the file damaged?", unknown)
}
