package check

import (
	"encoding/binary"
	"fmt"
)

// tables checks the schema and the property tables of a glb.
func (f *features) tables() {
	e, ok := f.extension(f.doc.Extensions, "EXT_structural_metadata", "")
	if !ok {
		return
	}
	const path = "/extensions/EXT_structural_metadata"
	var schema *schemaInfo
	if o, ok := f.object(e, "schema", path, false); ok {
		schema = f.schemaObject(o, path+"/schema")
	} else if _, ok := e["schemaUri"]; !ok {
		f.errorf(path, "has neither schema nor schemaUri")
	}
	list, _ := f.list(e, "propertyTables", path, false)
	for i, v := range list {
		at := fmt.Sprintf("%s/propertyTables/%d", path, i)
		t, ok := v.(object)
		if !ok {
			f.errorf(at, "is %s, must be an object", kind(v))
			f.counts = append(f.counts, 0)
			continue
		}
		count, _ := f.whole(t, "count", at, 1, true)
		f.counts = append(f.counts, count)
		name, _ := f.text(t, "class", at, true)
		if schema == nil || count == 0 {
			continue
		}
		class, ok := schema.classes[name].(object)
		if !ok {
			f.errorf(at+"/class", "the schema has no class %q", name)
			continue
		}
		known, _ := class["properties"].(object)
		values, _ := f.object(t, "properties", at, false)
		f.columns(at, count, known, values)
	}
}

func (f *features) columns(at string, count int, known, values object) {
	for _, k := range keys(known) {
		if p, _ := known[k].(object); p["required"] == true && values[k] == nil {
			f.errorf(at, "the property %s is required", k)
		}
	}
	for _, k := range keys(values) {
		here := at + "/properties/" + k
		p, ok := known[k].(object)
		v, isObject := values[k].(object)
		if !ok || !isObject {
			f.errorf(here, "is not a property of the class, or no object")
			continue
		}
		index, ok := f.whole(v, "values", here, 0, true)
		if !ok {
			continue
		}
		raw, _, err := f.view(index)
		if err != nil {
			f.errorf(here+"/values", "%v", err)
			continue
		}
		if f.doc.BufferViews[index].ByteOffset%8 != 0 {
			f.errorf(here+"/values", "the buffer view does not begin on a multiple of 8 bytes")
		}
		if p["array"] == true {
			continue
		}
		typeName, _ := p["type"].(string)
		componentType, _ := p["componentType"].(string)
		if typeName == "STRING" {
			f.strings(v, here, count, len(raw))
		} else if typeName == "BOOLEAN" && len(raw) < (count+7)/8 {
			f.errorf(here+"/values", "has %d bytes, %d truth values need %d", len(raw), count, (count+7)/8)
		} else if need := count * components[typeName] * sizes[componentType]; need > len(raw) {
			f.errorf(here+"/values", "has %d bytes, %d features need %d", len(raw), count, need)
		}
	}
}

// strings checks that the offsets of a string column rise and end within its text.
func (f *features) strings(v object, path string, count, length int) {
	index, ok := f.whole(v, "stringOffsets", path, 0, true)
	if !ok {
		return
	}
	raw, _, err := f.view(index)
	if err != nil {
		f.errorf(path+"/stringOffsets", "%v", err)
		return
	}
	size := 4
	if t, ok := v["stringOffsetType"].(string); ok {
		if size = sizes[t]; size == 0 {
			f.errorf(path+"/stringOffsetType", "%q is not one", t)
			return
		}
	}
	if len(raw) < size*(count+1) {
		f.errorf(path+"/stringOffsets", "has %d bytes, %d strings need %d", len(raw), count, size*(count+1))
		return
	}
	var last uint64
	for i := 0; i <= count; i++ {
		var b [8]byte
		copy(b[:], raw[i*size:(i+1)*size])
		at := binary.LittleEndian.Uint64(b[:])
		if at < last || at > uint64(length) {
			f.errorf(path+"/stringOffsets", "offset %d is %d, after %d, of %d bytes", i, at, last, length)
			return
		}
		last = at
	}
}
