package check

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
)

// structure is the check of one tileset.json as it stands.
type structure struct {
	report
	found    map[string]bool // extensions
	schema   *schemaInfo
	external bool
	groups   int
	version  string
	gltf     bool // some content is glTF
}

// tileset checks the whole document.
func (s *structure) tileset(v any) {
	doc, ok := v.(object)
	if !ok {
		s.errorf("", "is %s, must be an object", kind(v))
		return
	}
	s.found = map[string]bool{}
	if a, ok := s.object(doc, "asset", "", true); ok {
		if v, ok := s.text(a, "version", "/asset", true); ok {
			s.version = v
			if v != "1.0" && v != "1.1" {
				s.errorf("/asset/version", "is %q, must be 1.0 or 1.1", v)
			}
		}
		s.text(a, "tilesetVersion", "/asset", false)
		s.extensionsAndExtras(a, "/asset", s.found)
	}
	top, ok := s.number(doc, "geometricError", "", true)
	if ok && top < 0 {
		s.errorf("/geometricError", "is %v, must not be negative", top)
	}
	s.properties(doc)
	s.metadata(doc)
	if root, ok := s.object(doc, "root", "", true); ok {
		if _, ok := root["refine"]; !ok && !s.external {
			s.warnf("/root", "refine is missing: the root should say ADD or REPLACE")
		}
		s.tile(root, "/root", math.Inf(1), false)
	}
	s.extensionsAndExtras(doc, "", s.found)
	s.declared(doc)
}

// properties is the statistics object of 1.0.
func (s *structure) properties(doc object) {
	p, _ := s.object(doc, "properties", "", false)
	for _, k := range keys(p) {
		path := "/properties/" + k
		o, ok := p[k].(object)
		if !ok {
			s.errorf(path, "is %s, must be an object", kind(p[k]))
			continue
		}
		lo, ok1 := s.number(o, "minimum", path, true)
		hi, ok2 := s.number(o, "maximum", path, true)
		if ok1 && ok2 && lo > hi {
			s.errorf(path, "minimum %v is above maximum %v", lo, hi)
		}
	}
}

// declared compares the extensions that are used with those that are listed.
func (s *structure) declared(doc object) {
	if s.gltf && s.version == "1.0" { // glTF is content of its own only since 1.1
		s.found["3DTILES_content_gltf"] = true
	}
	used := s.names(doc, "extensionsUsed")
	for _, n := range s.names(doc, "extensionsRequired") {
		if !slices.Contains(used, n) {
			s.errorf("/extensionsRequired", "%s is not in extensionsUsed", n)
		}
	}
	for _, n := range keys(s.found) {
		if !slices.Contains(used, n) {
			s.errorf("/extensionsUsed", "%s is used and not listed", n)
		}
	}
	for _, n := range used {
		if n == "3DTILES_content_gltf" && s.version == "1.1" {
			s.warnf("/extensionsUsed", "%s is part of 1.1: leave it out", n)
		} else if !s.found[n] {
			s.warnf("/extensionsUsed", "%s is listed and not used", n)
		}
	}
}

func (s *structure) names(doc object, key string) []string {
	l, _ := s.list(doc, key, "", false)
	var out []string
	for i, v := range l {
		n, ok := v.(string)
		switch {
		case !ok:
			s.errorf(fmt.Sprintf("/%s/%d", key, i), "is %s, must be a string", kind(v))
		case slices.Contains(out, n):
			s.errorf(fmt.Sprintf("/%s/%d", key, i), "%s is listed twice", n)
		default:
			out = append(out, n)
		}
	}
	return out
}

func (s *structure) tile(t object, path string, parentError float64, templates bool) {
	if v, ok := s.object(t, "boundingVolume", path, true); ok {
		s.volume(v, path+"/boundingVolume")
	}
	if v, ok := s.object(t, "viewerRequestVolume", path, false); ok {
		s.volume(v, path+"/viewerRequestVolume")
	}
	e, ok := s.number(t, "geometricError", path, true)
	switch {
	case !ok:
		e = parentError
	case e < 0:
		s.errorf(path+"/geometricError", "is %v, must not be negative", e)
	case e > parentError:
		s.errorf(path+"/geometricError", "is %v, more than the parent's %v", e, parentError)
	}
	if v, ok := s.text(t, "refine", path, false); ok && v != "ADD" && v != "REPLACE" {
		if up := strings.ToUpper(v); up == "ADD" || up == "REPLACE" {
			s.warnf(path+"/refine", "is %q, must be in capitals", v)
		} else {
			s.errorf(path+"/refine", "is %q, must be ADD or REPLACE", v)
		}
	}
	if _, ok := t["transform"]; ok {
		if m, ok := s.numbers(t, "transform", path, 16); ok {
			s.transform(m, path+"/transform")
		}
	}
	s.entity(t, path)
	s.implicit(t, path)
	_, implicit := t["implicitTiling"]
	s.contents(t, path, implicit)
	kids, _ := s.list(t, "children", path, false)
	for i, c := range kids {
		at := fmt.Sprintf("%s/children/%d", path, i)
		if child, ok := c.(object); ok {
			s.tile(child, at, e, false)
		} else {
			s.errorf(at, "is %s, must be an object", kind(c))
		}
	}
	s.extensionsAndExtras(t, path, s.found)
}

func (s *structure) transform(m []float64, path string) {
	if m[3] != 0 || m[7] != 0 || m[11] != 0 || m[15] != 1 {
		s.errorf(path, "is not affine: its last row is %v %v %v %v", m[3], m[7], m[11], m[15])
	}
	if mgl64.Mat4(m).Mat3().Det() == 0 {
		s.errorf(path, "flattens everything: it has no inverse")
	}
}

func (s *structure) contents(t object, path string, implicit bool) {
	one, has := s.object(t, "content", path, false)
	if has {
		s.content(one, path+"/content", implicit)
	}
	many, ok := s.list(t, "contents", path, false)
	if _, both := t["content"]; both && ok {
		s.errorf(path, "has both content and contents")
	}
	for i, c := range many {
		at := fmt.Sprintf("%s/contents/%d", path, i)
		if o, ok := c.(object); ok {
			s.content(o, at, implicit)
		} else {
			s.errorf(at, "is %s, must be an object", kind(c))
		}
	}
}

func (s *structure) content(c object, path string, implicit bool) {
	if _, old := c["url"]; old && c["uri"] == nil {
		s.warnf(path, "url is of before 1.0, use uri")
	} else if uri, ok := s.text(c, "uri", path, true); ok {
		if implicit {
			s.template(uri, path+"/uri")
		}
		if strings.HasSuffix(uri, ".glb") || strings.HasSuffix(uri, ".gltf") {
			s.gltf = true
		}
	}
	if v, ok := s.object(c, "boundingVolume", path, false); ok {
		if implicit {
			s.errorf(path+"/boundingVolume", "contents of implicit tiles have no volume of their own in the tileset")
		}
		s.volume(v, path+"/boundingVolume")
	}
	if g, ok := s.whole(c, "group", path, 0, false); ok && g >= s.groups {
		s.errorf(path+"/group", "is %d of %d groups", g, s.groups)
	}
	s.entity(c, path)
	s.extensionsAndExtras(c, path, s.found)
}
