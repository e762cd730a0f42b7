package read

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo"
)

// readJSON reads GeoJSON in all its forms, one feature in memory at a time: a
// collection, a feature, a geometry, any number of them one after the other (newlines or
// record separators), and arrays of features or rows.
func readJSON(ctx context.Context, in *input, c *checker) error {
	if c.o.CRS != "" {
		return readOGR(ctx, in, c)
	}
	r, err := in.open()
	if err != nil {
		return err
	}
	defer r.Close()
	d := json.NewDecoder(newTolerant(in.lines(r, c.o.Report)))
	j := &jsonReader{ctx: ctx, d: d, c: c}
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return jsonError(in.name, d, err)
		}
		switch t {
		case json.Delim('{'):
			err = j.object()
		case json.Delim('['):
			err = j.elements()
		default:
			err = fmt.Errorf("%v where a feature should be", t)
		}
		var y yieldError
		switch {
		case errors.As(err, &y):
			return y.err
		case errors.Is(err, errForeignCRS) && c.yielded == 0 && c.outOfRange == 0:
			return readOGR(ctx, in, c)
		case errors.Is(err, errForeignCRS):
			return fmt.Errorf("%s: the member crs follows the features: move it to the front, or name it in the scene's source, as crs: EPSG:…", in.name)
		case err != nil:
			return jsonError(in.name, d, err)
		}
	}
}

var errForeignCRS = errors.New("coordinates in another reference system")

type jsonReader struct {
	ctx   context.Context
	d     *json.Decoder
	c     *checker
	index int // of the next feature
	// numbered tells that a feature was named by its index.
	numbered bool
}

// object reads an outer object after its brace. "features" is streamed; the rest is
// small, or is one feature.
func (j *jsonReader) object() error {
	members := map[string]json.RawMessage{}
	streamed := false
	for j.d.More() {
		t, err := j.d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if key == "features" {
			if t, err = j.d.Token(); err != nil {
				return err
			}
			if t != json.Delim('[') {
				return errors.New(`"features" is not an array`)
			}
			if err := j.elements(); err != nil {
				return err
			}
			streamed = true
			continue
		}
		var raw json.RawMessage
		if err := j.d.Decode(&raw); err != nil {
			return err
		}
		if key == "crs" && foreign(raw) {
			return errForeignCRS
		}
		members[key] = raw
	}
	if _, err := j.d.Token(); err != nil {
		return err
	}
	if streamed {
		return nil
	}
	return j.one(members)
}

// elements reads the rest of an array of features or rows.
func (j *jsonReader) elements() error {
	for j.d.More() {
		var raw json.RawMessage
		if err := j.d.Decode(&raw); err != nil {
			return err
		}
		if err := j.ctx.Err(); err != nil {
			return yieldError{err}
		}
		var members map[string]json.RawMessage
		if json.Unmarshal(raw, &members) != nil || members == nil {
			j.c.o.Report.Skip(j.name(nil), reasonGeometry)
			continue
		}
		if err := j.one(members); err != nil {
			return err
		}
	}
	_, err := j.d.Token()
	return err
}

// name is the feature's own id or its place in the file.
func (j *jsonReader) name(id json.RawMessage) string {
	n := j.index
	j.index++
	if s := text(id); s != "" {
		return s
	}
	j.numbered = true
	return "#" + strconv.Itoa(n)
}

// one passes on a feature, a bare geometry or a row.
func (j *jsonReader) one(members map[string]json.RawMessage) error {
	f := geo.Feature{ID: j.name(members["id"]), Tags: map[string]string{}}
	var z float64
	var hasZ bool
	if raw, ok := members["geometry"]; ok {
		f.Geometry, z, hasZ = parseGeometry(raw, 0)
		var properties map[string]json.RawMessage
		if raw, ok := members["properties"]; ok {
			_ = json.Unmarshal(raw, &properties) // properties that are no object are none
		} else {
			properties = maps.Clone(members)
			for _, k := range []string{"geometry", "type", "id", "bbox"} {
				delete(properties, k)
			}
		}
		addTags(f.Tags, properties)
	} else if _, ok := members["coordinates"]; ok && isGeometryType(text(members["type"])) || text(members["type"]) == "GeometryCollection" {
		whole, err := json.Marshal(members)
		if err != nil {
			return err
		}
		f.Geometry, z, hasZ = parseGeometry(whole, 0)
	} else {
		var used []string
		f.Geometry, used = rowGeometry(members)
		rest := maps.Clone(members)
		for _, k := range used {
			delete(rest, k)
		}
		addTags(f.Tags, rest)
	}
	if _, taken := f.Tags["z"]; hasZ && !taken {
		f.Tags["z"] = strconv.FormatFloat(z, 'g', -1, 64)
	}
	if err := j.c.check(f); err != nil {
		return yieldError{err}
	}
	return nil
}

// addTags writes properties as strings: numbers in the shortest form (integers as they
// stand), true and false, arrays and objects as JSON; null is left out.
func addTags(tags map[string]string, properties map[string]json.RawMessage) {
	for _, k := range slices.Sorted(maps.Keys(properties)) {
		if s, ok := tagValue(properties[k]); ok {
			tags[k] = s
		}
	}
}

func tagValue(raw json.RawMessage) (string, bool) {
	s := strings.TrimSpace(string(raw))
	switch {
	case s == "" || s == "null":
		return "", false
	case s[0] == '"':
		return text(raw), true
	case s[0] == '{' || s[0] == '[' || s[0] == 't' || s[0] == 'f' || !strings.ContainsAny(s, ".eE"):
		return s, true
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s, true
	}
	return strconv.FormatFloat(v, 'g', -1, 64), true
}

// text is a JSON string's content, or a number as it stands.
func text(raw json.RawMessage) string {
	if len(raw) == 0 || raw[0] == '{' || raw[0] == '[' || raw[0] == 'n' {
		return ""
	}
	var s string
	if raw[0] != '"' {
		return string(raw)
	}
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// foreign tells whether a crs member of old GeoJSON names anything but longitude and
// latitude of WGS84.
func foreign(raw json.RawMessage) bool {
	var crs struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	if json.Unmarshal(raw, &crs) != nil || crs.Properties.Name == "" {
		return false
	}
	n := strings.ToUpper(crs.Properties.Name)
	return !strings.HasSuffix(n, "CRS84") && !strings.HasSuffix(n, "CRS84H") && !strings.HasSuffix(n, ":4326") && !strings.HasSuffix(n, ":4979")
}
