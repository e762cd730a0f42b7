package check

import (
	"fmt"
	"regexp"
)

// schemaInfo is what the rest of a tileset is held against. A schema that is elsewhere
// is not looked into.
type schemaInfo struct {
	classes   object
	elsewhere bool
}

var identifier = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// metadata checks the schema and what refers to it at the top of a tileset.
func (s *structure) metadata(doc object) {
	_, has := doc["schema"]
	if _, both := doc["schemaUri"]; both {
		if _, ok := s.text(doc, "schemaUri", "", false); ok && has {
			s.errorf("", "has both schema and schemaUri")
		}
		s.schema = &schemaInfo{elsewhere: true}
	}
	if o, ok := s.object(doc, "schema", "", false); ok {
		s.schema = s.schemaObject(o, "/schema")
	}
	groups, _ := s.list(doc, "groups", "", false)
	s.groups = len(groups)
	for i, g := range groups {
		at := fmt.Sprintf("/groups/%d", i)
		if o, ok := g.(object); ok {
			s.ofClass(o, at)
		} else {
			s.errorf(at, "is %s, must be an object", kind(g))
		}
	}
	s.entity(doc, "")
	st, ok := s.object(doc, "statistics", "", false)
	if !ok {
		return
	}
	classes, _ := s.object(st, "classes", "/statistics", false)
	for _, k := range keys(classes) {
		s.class(k, "/statistics/classes/"+k)
	}
}

// schemaObject checks a schema of 3D metadata, also that of EXT_structural_metadata.
func (r *report) schemaObject(o object, path string) *schemaInfo {
	if id, ok := r.text(o, "id", path, true); ok && !identifier.MatchString(id) {
		r.errorf(path+"/id", "%q is not an identifier", id)
	}
	classes, _ := r.object(o, "classes", path, false)
	for _, k := range keys(classes) {
		at := path + "/classes/" + k
		c, ok := classes[k].(object)
		if !ok {
			r.errorf(at, "is %s, must be an object", kind(classes[k]))
			continue
		}
		if !identifier.MatchString(k) {
			r.errorf(at, "%q is not an identifier", k)
		}
		props, _ := r.object(c, "properties", at, false)
		for _, p := range keys(props) {
			r.classProperty(props[p], p, at+"/properties/"+p)
		}
	}
	return &schemaInfo{classes: classes}
}

// sizes are the bytes of component types.
var sizes = map[string]int{"INT8": 1, "UINT8": 1, "INT16": 2, "UINT16": 2, "INT32": 4, "UINT32": 4,
	"INT64": 8, "UINT64": 8, "FLOAT32": 4, "FLOAT64": 8}

// components are the numbers of a value of each numeric type.
var components = map[string]int{"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}

func (r *report) classProperty(v any, name, path string) {
	p, ok := v.(object)
	if !ok {
		r.errorf(path, "is %s, must be an object", kind(v))
		return
	}
	if !identifier.MatchString(name) {
		r.errorf(path, "%q is not an identifier", name)
	}
	t, ok := r.text(p, "type", path, true)
	if !ok {
		return
	}
	numeric := components[t] > 0
	if !numeric && t != "STRING" && t != "BOOLEAN" && t != "ENUM" {
		r.errorf(path+"/type", "%q is not a type of metadata", t)
	}
	c, has := r.text(p, "componentType", path, numeric)
	if has && sizes[c] == 0 {
		r.errorf(path+"/componentType", "%q is not a component type", c)
	}
	if has && !numeric {
		r.errorf(path+"/componentType", "%s has no component type", t)
	}
	if p["required"] == true && p["noData"] != nil {
		r.errorf(path, "a required property has no noData")
	}
}

// entity checks the metadata member of a tileset, tile or content.
func (s *structure) entity(o object, path string) {
	if m, ok := s.object(o, "metadata", path, false); ok {
		s.ofClass(m, path+"/metadata")
	}
}

func (s *structure) ofClass(m object, path string) {
	name, ok := s.text(m, "class", path, true)
	if !ok {
		return
	}
	c, ok := s.class(name, path+"/class")
	if !ok {
		return
	}
	known, _ := c["properties"].(object)
	values, _ := s.object(m, "properties", path, false)
	for _, k := range keys(values) {
		if known[k] == nil {
			s.errorf(path+"/properties/"+k, "is not a property of the class %s", name)
		}
	}
	for _, k := range keys(known) {
		if p, _ := known[k].(object); p["required"] == true && values[k] == nil {
			s.errorf(path, "the property %s of the class %s is required", k, name)
		}
	}
}

// class looks a class up; ok is false where there is nothing to hold values against.
func (s *structure) class(name, path string) (object, bool) {
	switch {
	case s.schema == nil:
		s.errorf(path, "metadata of the class %q without a schema", name)
		return nil, false
	case s.schema.elsewhere:
		return nil, false
	}
	c, ok := s.schema.classes[name].(object)
	if !ok {
		s.errorf(path, "the schema has no class %q", name)
	}
	return c, ok
}
