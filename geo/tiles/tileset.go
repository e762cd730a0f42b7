package tiles

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
)

// MaxTiles bounds a tileset, which external tilesets could otherwise multiply without
// end; maxDepth bounds how deep they nest.
const (
	MaxTiles = 1 << 20
	maxDepth = 32
)

// Tileset is an opened tileset with all external ones that it refers to.
type Tileset struct {
	Path           string  // tileset.json
	Version        string  // asset.version
	GeometricError float64 // of drawing nothing
	Root           *Tile
	Count          int // tiles
	// Wants tells which attributes of features Load reads; nil is all of them.
	Wants  func(name string) bool
	source source
}

// Tile is one node of the tree.
type Tile struct {
	Index          int     // position in the order of the document, from 0
	Address        Address // in the quadtree; Level is -1 in tilesets of other makers
	GeometricError float64 // metres, as drawn (the transform's scale is in it)
	Additive       bool    // refine is ADD: drawn together with its children
	Volume         Volume  // ECEF
	Transform      mgl64.Mat4
	Content        []Content
	Children       []*Tile

	request *Volume // drawn only from inside of it
}

// Content is a file of a tile.
type Content struct {
	Path   string  // with slashes, relative to the folder of the tileset that was opened
	Volume *Volume // tighter than the tile's; may be nil
}

// Open reads a tileset of version 1.0 or 1.1, a tileset.json or an archive (3TZ), and all external tilesets that it names.
// Implicit tilings become explicit tiles. Contents are not opened. Content outside of the
// folder or on other hosts is an error that wraps ErrUnsupported.
func Open(file string) (*Tileset, error) { return openTileset(file, MaxTiles) }

func openTileset(file string, limit int) (*Tileset, error) {
	o, err := newOpener(file, limit)
	if err == nil {
		err = o.read()
	}
	if err != nil {
		return nil, err
	}
	return o.set, nil
}

func newOpener(file string, limit int) (*opener, error) {
	from, root, err := sourceOf(file)
	if err != nil {
		return nil, fmt.Errorf("tiles: %w", err)
	}
	return &opener{limit: limit, source: from, root: root, set: &Tileset{Path: file, source: from}, open: map[string]bool{}}, nil
}

// read fills the set from its file.
func (o *opener) read() (err error) {
	if o.set.Root, err = o.file(o.root, mgl64.Ident4(), false, 0); err != nil {
		return fmt.Errorf("tiles: %s: %w", o.set.Path, err)
	}
	return nil
}

type opener struct {
	limit  int
	source source
	root   string // file of the source
	set    *Tileset
	open   map[string]bool            // the chain of files that are being read
	files  []string                   // all that was read, for Copy
	known  map[[2]string]tileProperty // of the file that is being read
}

// used notes a file of the tileset that is not a content.
func (o *opener) used(name string) { o.files = append(o.files, name) }

// file reads one tileset.json, by its path relative to the folder.
func (o *opener) file(name string, m mgl64.Mat4, additive bool, depth int) (*Tile, error) {
	if o.open[name] || depth > maxDepth {
		return nil, fmt.Errorf("external tileset %s refers back to itself", name)
	}
	o.open[name] = true
	defer delete(o.open, name)
	data, err := o.source.ReadFile(name)
	if err != nil {
		return nil, err
	}
	o.used(name)
	var j tilesetJSON
	in := func(err error) error { // the file that was opened names itself
		if depth == 0 {
			return err
		}
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &j); err != nil {
		return nil, in(jsonError(err))
	}
	if err := j.check(); err != nil {
		return nil, in(err)
	}
	if depth == 0 {
		o.set.Version, o.set.GeometricError = j.Asset.Version, *j.GeometricError
	}
	before := o.known
	o.known = semantics(j.Schema)
	t, err := o.tile(j.Root, name, m, additive, depth, "root")
	o.known = before
	if err != nil {
		return nil, in(err)
	}
	return t, nil
}

// jsonError says what is wrong with the JSON of a tileset, and where.
func jsonError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		return fmt.Errorf("%s is a %s, byte %d: a %s belongs there", kind.Field, kind.Value, kind.Offset, jsonKind(kind.Type))
	case errors.As(err, &syntax) && strings.Contains(err.Error(), "unexpected end"):
		return fmt.Errorf("the file stops in the middle of the JSON, at byte %d: fetch it again", syntax.Offset)
	case errors.As(err, &syntax):
		return fmt.Errorf("damaged JSON at byte %d: %w", syntax.Offset, err)
	}
	return err
}

// jsonKind is what JSON calls a type.
func jsonKind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Float64, reflect.Int:
		return "number"
	case reflect.Slice, reflect.Array:
		return "list"
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	}
	return "mapping"
}

// required are the extensions that a reader may be asked for and that are honoured.
var required = map[string]bool{"3DTILES_content_gltf": true, "3DTILES_metadata": true, extImplicit: true, "3DTILES_multiple_contents": true}

func (j *tilesetJSON) check() error {
	switch {
	case j.Asset.Version == "":
		return fmt.Errorf("asset.version is missing: this is no tileset")
	case !strings.HasPrefix(j.Asset.Version, "1.") && j.Asset.Version != "0.0":
		return fmt.Errorf("asset.version is %q: %w, 1.0 and 1.1 are", j.Asset.Version, ErrUnsupported)
	case j.Root == nil:
		return fmt.Errorf("root is missing")
	case j.GeometricError == nil:
		return fmt.Errorf("geometricError is missing")
	}
	for _, e := range j.ExtensionsRequired {
		if !required[e] {
			return fmt.Errorf("it requires the extension %s: %w", e, ErrUnsupported)
		}
	}
	return nil
}

func (o *opener) tile(j *tileJSON, file string, parent mgl64.Mat4, additive bool, depth int, where string) (*Tile, error) {
	if j == nil {
		return nil, fmt.Errorf("%s is null", where)
	}
	im, err := j.implicitOf()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	if im != nil {
		t, err := o.implicit(j, im, file, parent, additive, depth)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
		return t, nil
	}
	if o.set.Count++; o.set.Count > o.limit {
		return nil, fmt.Errorf("more than %d tiles", o.limit)
	}
	t := &Tile{Index: o.set.Count - 1, Additive: additive, Transform: parent, Address: Address{Level: -1}}
	if err := j.fill(t); err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	list := j.Contents
	if j.Content != nil {
		list = append([]contentJSON{*j.Content}, list...)
	}
	for i, c := range list {
		if err := o.content(t, c, file, depth); err != nil {
			return nil, fmt.Errorf("%s: content %d: %w", where, i, err)
		}
	}
	for i, c := range j.Children {
		child, err := o.tile(c, file, t.Transform, t.Additive, depth, fmt.Sprintf("%s.children[%d]", where, i))
		if err != nil {
			return nil, err
		}
		t.Children = append(t.Children, child)
	}
	return t, nil
}

// fill sets what the tile's own JSON says.
func (j *tileJSON) fill(t *Tile) (err error) {
	if j.Transform != nil {
		if !allFinite(j.Transform[:]) {
			return fmt.Errorf("transform is not finite")
		}
		t.Transform = t.Transform.Mul4(*j.Transform)
	}
	if t.Volume, err = j.BoundingVolume.volume(t.Transform); err != nil {
		return err
	}
	if j.ViewerRequestVolume != nil {
		v, err := j.ViewerRequestVolume.volume(t.Transform)
		if err != nil {
			return fmt.Errorf("viewerRequestVolume: %w", err)
		}
		t.request = &v
	}
	if j.GeometricError == nil || !(*j.GeometricError >= 0) {
		return fmt.Errorf("geometricError is missing or negative")
	}
	m := t.Transform
	t.GeometricError = *j.GeometricError * max(m.Col(0).Vec3().Len(), m.Col(1).Vec3().Len(), m.Col(2).Vec3().Len())
	switch strings.ToUpper(j.Refine) { // lower case was common before 1.0
	case "ADD":
		t.Additive = true
	case "REPLACE":
		t.Additive = false
	case "":
	default:
		return fmt.Errorf("refine is %q, not ADD or REPLACE", j.Refine)
	}
	if a, ok := j.Metadata.address(); ok {
		t.Address = a
	}
	return nil
}

// Walk calls visit for every tile, parents first, in the order of the document, until it
// returns an error.
func (s *Tileset) Walk(visit func(*Tile) error) error {
	todo := []*Tile{s.Root}
	for len(todo) > 0 {
		t := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if err := visit(t); err != nil {
			return err
		}
		for i := len(t.Children) - 1; i >= 0; i-- {
			todo = append(todo, t.Children[i])
		}
	}
	return nil
}
