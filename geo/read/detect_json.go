package read

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// detectJSON reads tokens of the first value until a key or type decides.
func detectJSON(in *input) (Format, error) {
	r, err := in.open()
	if err != nil {
		return Format{}, err
	}
	defer r.Close()
	d := json.NewDecoder(newTolerant(r))
	f, err := detectValue(d)
	if err != nil {
		line, ok := wholeLine(in.head)
		if !ok {
			return Format{}, jsonError(in.name, d, err)
		}
		if f, err = detectValue(json.NewDecoder(newTolerant(bytes.NewReader(line)))); err != nil {
			return Format{}, fmt.Errorf("%s: %w", in.name, err)
		}
	}
	switch {
	case f.Name == "cityjson" && sequence(in.head):
		f.Name = "cityjsonseq"
	case f.Name == "geojson" && sequence(in.head):
		f.Name = "geojsonseq"
	case f.Name == "":
		return Format{}, fmt.Errorf("%s: JSON that is neither GeoJSON, CityJSON, TopoJSON, glTF nor rows with coordinates", in.name)
	}
	return f, nil
}

func detectValue(d *json.Decoder) (Format, error) {
	first, err := d.Token()
	switch {
	case err != nil:
		return Format{}, err
	case first == json.Delim('['):
		return detectArray(d)
	}
	return detectObject(d)
}

// sequence tells whether a second value follows the first line or a record separator, or most
// lines are values.
func sequence(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(head, []byte{0x1e}) {
		return true
	}
	line, rest, ok := bytes.Cut(head, []byte("\n"))
	if ok && json.Valid(line) && bytes.HasPrefix(bytes.TrimLeft(rest, " \r\n\t\x1e"), []byte("{")) {
		return true
	}
	_, ok = wholeLine(head)
	return ok
}

// wholeLine is the first line that is an object, of a text of at least two in which more lines are
// such than are not, or the first is.
func wholeLine(head []byte) (first []byte, ok bool) {
	whole, broken, begins := 0, 0, false
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	for {
		line, rest, more := bytes.Cut(head, []byte("\n"))
		line, head = bytes.Trim(line, " \t\r\x1e"), rest
		switch {
		case len(line) == 0:
		case objects(line):
			if whole++; first == nil {
				first, begins = line, broken == 0
			}
		case more: // the last may go on beyond what there is of the file
			broken++
		}
		if !more {
			return first, whole > 1 && (begins || whole > broken)
		}
	}
}

// detectObject goes through the keys of the outer object.
func detectObject(d *json.Decoder) (Format, error) {
	keys := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return Format{}, err
		}
		key, _ := t.(string)
		keys[key] = true
		switch {
		case key == "CityObjects":
			return Format{KindCityModel, "cityjson"}, nil
		case key == "features":
			return Format{KindFeatures, "geojson"}, nil
		case key == "arcs":
			return Format{KindFeatures, "topojson"}, nil
		case keys["asset"] && (keys["scenes"] || keys["scene"] || keys["meshes"] || keys["nodes"] || keys["buffers"] || keys["accessors"]):
			return Format{KindModel, "gltf"}, nil
		case keys["asset"] && (keys["root"] || keys["geometricError"]):
			return Format{KindModel, "3dtiles"}, nil
		case key == "type":
			if t, err = d.Token(); err != nil {
				return Format{}, err
			}
			switch t {
			case "FeatureCollection", "Feature", "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
				return Format{KindFeatures, "geojson"}, nil
			case "CityJSON", "CityJSONFeature":
				return Format{KindCityModel, "cityjson"}, nil
			case "Topology":
				return Format{KindFeatures, "topojson"}, nil
			}
			if _, nested := t.(json.Delim); nested {
				if err := skipRest(d); err != nil {
					return Format{}, err
				}
			}
			continue
		}
		if err := skipValue(d); err != nil {
			return Format{}, err
		}
	}
	return Format{}, nil
}

// detectArray goes by the first object in the array.
func detectArray(d *json.Decoder) (Format, error) {
	if !d.More() {
		_, err := d.Token()
		return Format{KindFeatures, "json-features"}, err // an empty array of anything
	}
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return Format{}, err
	}
	var row map[string]json.RawMessage
	if json.Unmarshal(raw, &row) != nil {
		return Format{KindTable, "json"}, nil
	}
	if _, ok := row["geometry"]; ok {
		return Format{KindFeatures, "json-features"}, nil
	}
	if g, _ := rowGeometry(row); g != nil {
		return Format{KindFeatures, "json-rows"}, nil
	}
	return Format{KindTable, "json"}, nil
}

// skipValue passes over the next value without keeping it.
func skipValue(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	if t == json.Delim('{') || t == json.Delim('[') {
		return skipRest(d)
	}
	return nil
}

// skipRest passes over the rest of an array or object that was begun.
func skipRest(d *json.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > 1000 {
				return errors.New("nested more than 1000 deep")
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

// jsonError says where in which file.
func jsonError(name string, d *json.Decoder, err error) error {
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		rest, _ := io.Copy(io.Discard, d.Buffered()) // of a value that began before
		return fmt.Errorf("%s: the file stops in the middle of the JSON, at byte %d: fetch it again", name, d.InputOffset()+rest)
	}
	return fmt.Errorf("%s: damaged JSON near byte %d: %w", name, d.InputOffset(), err)
}
