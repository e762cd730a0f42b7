// Package objdae reads Wavefront OBJ and COLLADA models with the loaders of g3n
// (github.com/g3n/engine), and gives them back as glb does its own. g3n needs cgo and the
// headers of OpenGL, so that it is built in with the tag g3n only; without it Read says so.
// No OpenGL context is made or needed.
//
// g3n's loaders read the plain middle of both formats. What they would lose or read wrong is
// made plain before they see it: in OBJ names with blanks, several material libraries,
// options of map_Kd, Tr, numbered smoothing groups and continued lines; in COLLADA polygons,
// strips and fans, several lists in a mesh, inputs that share an offset, normals in
// vertices, chains of transformations, nodes used twice, skins (at rest), all shaders.
//
// Read, because it is what a deferred frame shows: triangles, normals (flat where the file
// has none), one set of texture coordinates, diffuse colour and texture, emission, opacity,
// and a roughness made from the shininess. Left out, and named in Model.Notes where the
// file has it: animation, points, lines, curves and pictures other than PNG and JPEG;
// vertex colours are left out in silence, for no reader agrees on them in OBJ.
package objdae

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"

	"github.com/longtake/longtake/geo/tiles/glb"
)

// ErrNotBuilt is wrapped by Read's error in a program built without the tag g3n.
var ErrNotBuilt = errors.New("built without OBJ and COLLADA; build with -tags g3n, or convert to glb")

// Format is what Detect found.
type Format string

// The formats.
const (
	OBJ     Format = "obj"
	COLLADA Format = "dae"
)

// maxBytes bounds a file: what g3n makes of text takes many times its size.
const maxBytes = 1 << 27

var (
	objVertex = regexp.MustCompile(`(?m)^[ \t]*v[ \t]+[-+]?[\d.]+([eE][-+]?\d+)?[ \t]+[-+]?[\d.]`)
	objOther  = regexp.MustCompile(`(?m)^[ \t]*(f|mtllib|usemtl|vn|vt|o|g)[ \t]`)
	xmlRoot   = regexp.MustCompile(`<([A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)[\s/>]`)
)

// Detect tells by content whether data is OBJ or COLLADA; "" is neither.
func Detect(data []byte) Format {
	text := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(text) == 0 || bytes.ContainsRune(text[:min(len(text), 512)], 0) || text[0] == '{':
		return ""
	case text[0] == '<':
		if m := xmlRoot.FindSubmatch(text); m != nil && string(m[2]) == "COLLADA" {
			return COLLADA
		}
		return ""
	case objVertex.Match(text) && objOther.Match(text):
		return OBJ
	}
	return ""
}

// Read decodes an OBJ or COLLADA file. name is for errors; open supplies material libraries
// and pictures beside it by their relative path (nil refuses them); what cannot be opened is
// left out with a note. Axes become geo's: z up, y forward. OBJ says neither its axes nor its
// unit: y up, looking to -z, and metres are taken. COLLADA's up_axis and unit are honoured.
func Read(name string, data []byte, open glb.Open) (m *glb.Model, err error) {
	defer func() { // g3n indexes without looking
		if r := recover(); r != nil {
			m, err = nil, fmt.Errorf("%s: damaged: %v", name, r)
		}
	}()
	format := Detect(data)
	if format == "" {
		return nil, fmt.Errorf("%s: neither OBJ nor COLLADA", name)
	}
	if len(data) > maxBytes {
		return nil, fmt.Errorf("%s: %d bytes, more than %d; convert it to glb", name, len(data), maxBytes)
	}
	if m, err = decode(format, data, open); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}
