package tiles

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
)

// implicitJSON is implicitTiling of 3D Tiles 1.1, and with maximumLevel the extension
// 3DTILES_implicit_tiling of 1.0.
type implicitJSON struct {
	Scheme          string `json:"subdivisionScheme"`
	SubtreeLevels   int    `json:"subtreeLevels"`
	AvailableLevels *int   `json:"availableLevels"`
	MaximumLevel    *int   `json:"maximumLevel"`
	Subtrees        struct {
		URI string `json:"uri"`
	} `json:"subtrees"`
}

const extImplicit = "3DTILES_implicit_tiling"

// implicitOf is the implicit tiling of a tile; nil where it has none.
func (j *tileJSON) implicitOf() (*implicitJSON, error) {
	raw := j.Implicit
	if raw == nil {
		raw = j.Extensions[extImplicit]
	}
	if raw == nil {
		return nil, nil
	}
	im := &implicitJSON{}
	if err := json.Unmarshal(raw, im); err != nil {
		return nil, fmt.Errorf("implicitTiling: %w", err)
	}
	if im.AvailableLevels == nil && im.MaximumLevel != nil {
		n := *im.MaximumLevel + 1
		im.AvailableLevels = &n
	}
	switch {
	case im.Scheme != "QUADTREE" && im.Scheme != "OCTREE":
		return nil, fmt.Errorf("implicitTiling: subdivisionScheme is %q, not QUADTREE or OCTREE", im.Scheme)
	case im.SubtreeLevels < 1 || im.SubtreeLevels > 10:
		return nil, fmt.Errorf("implicitTiling: subtreeLevels is %d, 1 to 10 are read", im.SubtreeLevels)
	case im.AvailableLevels == nil || *im.AvailableLevels < 1 || *im.AvailableLevels > 31:
		return nil, fmt.Errorf("implicitTiling: availableLevels is missing or not 1 to 31")
	case im.Subtrees.URI == "":
		return nil, fmt.Errorf("implicitTiling: subtrees.uri is missing")
	case len(j.Children) > 0:
		return nil, fmt.Errorf("implicitTiling: a tile that has it cannot have children of its own")
	}
	return im, nil
}

// implicitTree makes tiles of an implicit tiling.
type implicitTree struct {
	o        *opener
	im       *implicitJSON
	root     *tileJSON
	file     string
	contents []contentJSON
	dims     int
	parent   mgl64.Mat4
	additive bool
	depth    int
}

// cell is a place in the implicit tree.
type cell struct {
	level   int
	x, y, z uint32
}

// implicit reads the tiles below and including an implicit root.
func (o *opener) implicit(j *tileJSON, im *implicitJSON, file string, parent mgl64.Mat4, additive bool, depth int) (*Tile, error) {
	t := &implicitTree{o: o, im: im, root: j, file: file, contents: j.Contents, dims: 2, parent: parent, additive: additive, depth: depth}
	if im.Scheme == "OCTREE" {
		t.dims = 3
	}
	if j.Content != nil {
		t.contents = append([]contentJSON{*j.Content}, t.contents...)
	}
	var multiple struct {
		Content  []contentJSON `json:"content"`
		Contents []contentJSON `json:"contents"`
	}
	if raw := j.Extensions["3DTILES_multiple_contents"]; raw != nil && t.contents == nil && json.Unmarshal(raw, &multiple) == nil {
		t.contents = append(multiple.Content, multiple.Contents...)
	}
	root, err := t.subtree(cell{})
	if err == nil && root == nil {
		err = fmt.Errorf("implicitTiling: not even its root is there")
	}
	return root, err
}

// subtree reads one subtree file and those below it; nil where its root is not there.
func (t *implicitTree) subtree(at cell) (*Tile, error) {
	name, err := local(t.file, at.fill(t.im.Subtrees.URI))
	if err != nil {
		return nil, fmt.Errorf("implicitTiling: subtrees: %w", err)
	}
	data, err := t.o.source.ReadFile(name)
	if err != nil {
		return nil, err
	}
	t.o.used(name)
	levels := t.im.SubtreeLevels
	full := func(n int) uint64 { return ((1 << (t.dims * n)) - 1) / ((1 << t.dims) - 1) }
	s, err := readSubtree(data, [2]uint64{full(levels), 1 << (t.dims * levels)}, t.o.known, func(uri string) ([]byte, error) {
		other, err := local(name, uri)
		if err != nil {
			return nil, err
		}
		t.o.used(other)
		return t.o.source.ReadFile(other)
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var visit func(c cell, below int) (*Tile, error)
	visit = func(c cell, below int) (*Tile, error) {
		in := morton(c.x-at.x<<below, c.y-at.y<<below, c.z-at.z<<below, t.dims)
		if below == levels {
			if c.level >= *t.im.AvailableLevels || !s.children.at(in) {
				return nil, nil
			}
			return t.subtree(c)
		}
		i := full(below) + in
		if c.level >= *t.im.AvailableLevels || !s.tiles.at(i) {
			return nil, nil
		}
		tile, err := t.tile(c, s, i)
		if err != nil {
			return nil, err
		}
		for k := range uint32(1) << t.dims {
			child := cell{c.level + 1, 2*c.x + k&1, 2*c.y + k>>1&1, 0}
			if t.dims == 3 {
				child.z = 2*c.z + k>>2
			}
			sub, err := visit(child, below+1)
			if err != nil {
				return nil, err
			}
			if sub != nil {
				tile.Children = append(tile.Children, sub)
			}
		}
		return tile, nil
	}
	return visit(at, 0)
}

// tile makes one tile: the root's with its volume and error divided.
func (t *implicitTree) tile(c cell, s *subtree, i uint64) (*Tile, error) {
	if t.o.set.Count++; t.o.set.Count > t.o.limit {
		return nil, fmt.Errorf("more than %d tiles", t.o.limit)
	}
	j := *t.root
	j.Implicit, j.Extensions = nil, nil
	var err error
	if j.BoundingVolume, err = j.BoundingVolume.divide(c, t.dims); err != nil {
		return nil, err
	}
	if j.GeometricError != nil {
		e := *j.GeometricError / math.Exp2(float64(c.level))
		j.GeometricError = &e
	}
	s.own(i, &j)
	tile := &Tile{Index: t.o.set.Count - 1, Additive: t.additive, Transform: t.parent, Address: Address{Level: -1}}
	if err := j.fill(tile); err != nil {
		return nil, fmt.Errorf("implicit root: %w", err)
	}
	for k, content := range t.contents {
		if k >= len(s.contents) || !s.contents[k].at(i) {
			continue
		}
		content.URI, content.URL = c.fill(content.URI), c.fill(content.URL)
		content.BoundingVolume = nil // of the root, if of anything
		if err := t.o.content(tile, content, t.file, t.depth); err != nil {
			return nil, fmt.Errorf("implicit tile %d/%d/%d: %w", c.level, c.x, c.y, err)
		}
	}
	return tile, nil
}

// fill puts a place into a template URI.
func (c cell) fill(template string) string {
	n := func(v uint32) string { return strconv.FormatUint(uint64(v), 10) }
	return strings.NewReplacer("{level}", strconv.Itoa(c.level), "{x}", n(c.x), "{y}", n(c.y), "{z}", n(c.z)).Replace(template)
}

// divide is the part of a root's volume that a place has: a box along its axes, a region
// along longitude, latitude and, in an octree, height.
func (j *volumeJSON) divide(c cell, dims int) (*volumeJSON, error) {
	n := math.Exp2(float64(c.level))
	at := [3]float64{float64(c.x), float64(c.y), float64(c.z)}
	switch {
	case j == nil:
		return nil, fmt.Errorf("it has no boundingVolume")
	case len(j.Box) == 12:
		b := append([]float64(nil), j.Box...)
		for k := range dims {
			off := (2*at[k] + 1 - n) / n
			for a := range 3 {
				b[a] += off * j.Box[3+3*k+a]
				b[3+3*k+a] = j.Box[3+3*k+a] / n
			}
		}
		return &volumeJSON{Box: b}, nil
	case len(j.Region) == 6:
		r := append([]float64(nil), j.Region...)
		east := r[2]
		if east < r[0] {
			east += 2 * math.Pi
		}
		w, h, z := (east-r[0])/n, (r[3]-r[1])/n, (r[5]-r[4])/n
		r[0], r[2] = around(j.Region[0]+at[0]*w), around(j.Region[0]+(at[0]+1)*w)
		r[1], r[3] = j.Region[1]+at[1]*h, j.Region[1]+(at[1]+1)*h
		if dims == 3 {
			r[4], r[5] = j.Region[4]+at[2]*z, j.Region[4]+(at[2]+1)*z
		}
		return &volumeJSON{Region: r}, nil
	}
	return nil, fmt.Errorf("implicitTiling: the root's boundingVolume is neither a box nor a region: %w", ErrUnsupported)
}

// around brings an angle back below half a turn.
func around(a float64) float64 {
	if a > math.Pi {
		return a - 2*math.Pi
	}
	return a
}
