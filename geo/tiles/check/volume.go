package check

import (
	"math"
	"slices"
	"strings"
)

func (s *structure) volume(v object, path string) {
	n := 0
	if _, ok := v["box"]; ok {
		n++
		s.numbers(v, "box", path, 12)
	}
	if _, ok := v["sphere"]; ok {
		n++
		if b, ok := s.numbers(v, "sphere", path, 4); ok && b[3] < 0 {
			s.errorf(path+"/sphere", "has the radius %v", b[3])
		}
	}
	if _, ok := v["region"]; ok {
		n++
		if b, ok := s.numbers(v, "region", path, 6); ok {
			s.region(b, path+"/region")
		}
	}
	s.extensionsAndExtras(v, path, s.found)
	if ext, _ := v["extensions"].(object); n == 0 && len(ext) == 0 {
		s.errorf(path, "has none of box, sphere and region")
	}
}

func (s *structure) region(b []float64, path string) {
	const slack = 1e-6 // writers round π up
	if math.Abs(b[0]) > math.Pi+slack || math.Abs(b[2]) > math.Pi+slack || math.Abs(b[1]) > math.Pi/2+slack || math.Abs(b[3]) > math.Pi/2+slack {
		s.errorf(path, "reaches beyond the globe: %v (radians)", b[:4])
	}
	if b[1] > b[3] {
		s.errorf(path, "south %v is above north %v", b[1], b[3])
	}
	if b[4] > b[5] {
		s.errorf(path, "the lowest height %v is above the highest %v", b[4], b[5])
	}
}

func (s *structure) implicit(t object, path string) {
	i, ok := s.object(t, "implicitTiling", path, false)
	if !ok {
		return
	}
	at := path + "/implicitTiling"
	if v, ok := s.text(i, "subdivisionScheme", at, true); ok && v != "QUADTREE" && v != "OCTREE" {
		s.errorf(at+"/subdivisionScheme", "is %q, must be QUADTREE or OCTREE", v)
	}
	s.whole(i, "subtreeLevels", at, 1, true)
	s.whole(i, "availableLevels", at, 1, true)
	if sub, ok := s.object(i, "subtrees", at, true); ok {
		if uri, ok := s.text(sub, "uri", at+"/subtrees", true); ok {
			s.template(uri, at+"/subtrees/uri")
		}
	}
	for _, k := range []string{"children", "metadata"} {
		if _, both := t[k]; both {
			s.errorf(path, "an implicit root has no %s", k)
		}
	}
	if v, _ := t["boundingVolume"].(object); v["sphere"] != nil && v["box"] == nil && v["region"] == nil {
		s.errorf(path+"/boundingVolume", "a sphere cannot be divided implicitly: use a box or a region")
	}
}

// template checks the variables of an implicit tiling's uri.
func (s *structure) template(uri, path string) {
	for _, v := range []string{"{level}", "{x}", "{y}"} {
		if !strings.Contains(uri, v) {
			s.errorf(path, "%q lacks %s", uri, v)
		}
	}
	for rest := uri; ; {
		i := strings.IndexByte(rest, '{')
		k := strings.IndexByte(rest, '}')
		if i < 0 || k < i {
			return
		}
		if v := rest[i : k+1]; !slices.Contains([]string{"{level}", "{x}", "{y}", "{z}"}, v) {
			s.errorf(path, "%q has the unknown variable %s", uri, v)
		}
		rest = rest[k+1:]
	}
}
