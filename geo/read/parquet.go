package read

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// geoMetadata is the file metadata "geo" of GeoParquet 1.x
// (https://geoparquet.org/releases/v1.1.0/).
type geoMetadata struct {
	Primary string `json:"primary_column"`
	Columns map[string]struct {
		Encoding string          `json:"encoding"`
		CRS      json.RawMessage `json:"crs"`
	} `json:"columns"`
}

func openParquet(in *input) (f *parquet.File, done func(), err error) {
	path, err := in.onDisk()
	if err != nil {
		return nil, nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if r := recover(); r != nil { // the library trusts its footers
			err = fmt.Errorf("%s: damaged Parquet: %v", in.name, r)
		}
		if err != nil {
			file.Close()
		}
	}()
	info, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	f, err = parquet.OpenFile(file, info.Size())
	if err != nil {
		if strings.Contains(err.Error(), "magic footer") {
			err = errors.New("the file is cut off: fetch it again")
		}
		return nil, nil, fmt.Errorf("%s: damaged Parquet: %w", in.name, err)
	}
	return f, func() { file.Close() }, nil
}

func detectParquet(in *input) (Format, error) {
	f, done, err := openParquet(in)
	if err != nil {
		return Format{}, err
	}
	defer done()
	if _, ok := f.Lookup("geo"); ok {
		return Format{KindFeatures, "geoparquet"}, nil
	}
	return Format{KindTable, "parquet"}, nil
}

// readParquet reads GeoParquet whose geometry is WKB in longitude and latitude. Columns
// that are not nested in lists become tags, structs by their dotted path; those of
// Overture's tables are translated to OSM's.
func readParquet(ctx context.Context, in *input, c *checker) (err error) {
	f, done, err := openParquet(in)
	if err != nil {
		return err
	}
	defer done()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: damaged Parquet: %v", in.name, r)
		}
	}()
	column, err := geometryColumn(f)
	if err != nil {
		return fmt.Errorf("%s: %w", in.name, err)
	}
	paths := f.Schema().Columns()
	names := make([]string, len(paths))
	at := -1
	for i, p := range paths {
		leaf, ok := f.Schema().Lookup(p...)
		if strings.Join(p, ".") == column {
			at = i
		} else if ok && leaf.MaxRepetitionLevel == 0 {
			names[i] = strings.Join(p, ".")
		}
	}
	if at < 0 {
		return fmt.Errorf("%s: the geometry column %q is not there", in.name, column)
	}
	kind := overtureType(names)
	n := 0
	buf := make([]parquet.Row, 256)
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		for {
			k, readErr := rows.ReadRows(buf)
			for _, row := range buf[:k] {
				f := parquetFeature(row, names, at, n)
				if kind != "" {
					overture.translate(kind, f.Tags)
					if name := f.Tags["names.primary"]; name != "" {
						f.Tags["name"] = name
					}
				}
				if err := c.check(f); err != nil {
					rows.Close()
					return err
				}
				n++
			}
			if readErr == nil && ctx.Err() != nil {
				readErr = ctx.Err()
			}
			if readErr == nil {
				continue
			}
			rows.Close()
			if errors.Is(readErr, io.EOF) {
				break
			}
			return fmt.Errorf("%s: row %d: %w", in.name, n, readErr)
		}
	}
	return nil
}

func geometryColumn(f *parquet.File) (string, error) {
	text, _ := f.Lookup("geo")
	var meta geoMetadata
	if err := json.Unmarshal([]byte(text), &meta); err != nil {
		return "", fmt.Errorf("the metadata \"geo\": %w", err)
	}
	column, ok := meta.Columns[meta.Primary]
	if !ok || column.Encoding != "WKB" {
		return "", fmt.Errorf("geometry encoded as %q: only WKB is read", column.Encoding)
	}
	var crs struct {
		ID struct {
			Authority string `json:"authority"`
			Code      any    `json:"code"`
		} `json:"id"`
	}
	if len(column.CRS) > 0 && string(column.CRS) != "null" {
		_ = json.Unmarshal(column.CRS, &crs)
		if code := fmt.Sprint(crs.ID.Code); crs.ID.Authority != "" && code != "CRS84" && code != "4326" {
			return "", fmt.Errorf("coordinates in %s:%s: transform them to OGC:CRS84 first", crs.ID.Authority, code)
		}
	}
	return meta.Primary, nil
}

func parquetFeature(row parquet.Row, names []string, at, n int) geo.Feature {
	f := geo.Feature{ID: "#" + strconv.Itoa(n), Tags: map[string]string{}}
	for _, v := range row {
		k := v.Column()
		switch {
		case v.IsNull():
		case k == at:
			g, _ := WKB(v.ByteArray())
			f.Geometry = flat(g)
		case names[k] != "":
			switch v.Kind() {
			case parquet.ByteArray, parquet.FixedLenByteArray:
				f.Tags[names[k]] = strings.ToValidUTF8(string(v.ByteArray()), "�")
			case parquet.Float:
				f.Tags[names[k]] = strconv.FormatFloat(float64(v.Float()), 'g', -1, 32)
			case parquet.Double:
				f.Tags[names[k]] = strconv.FormatFloat(v.Double(), 'g', -1, 64)
			default:
				f.Tags[names[k]] = v.String()
			}
			if names[k] == "id" {
				f.ID = f.Tags["id"]
			}
		}
	}
	return f
}

// flat takes collections apart.
func flat(g orb.Geometry) orb.Geometry {
	if c, ok := g.(orb.Collection); ok {
		return gather(c)
	}
	return g
}
