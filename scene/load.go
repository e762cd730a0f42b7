package scene

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
)

// Load reads the document in a file and checks it, with everything that it refers to.
// The error is Errors where the document is at fault, and wraps the system's where the
// file cannot be read.
func Load(path string, types Types) (*Document, error) {
	d, err := Examine(path, types)
	if err != nil {
		return nil, err
	}
	return d, nil
}

// Examine is Load, but returns what could be read of a document that is wrong, so that the rest
// of it can be looked at too; nil where nothing could. It is not fit to be played.
func Examine(path string, types Types) (*Document, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read scene: %w", err)
	}
	if info.Size() > maxBytes {
		return nil, Errors{{File: path, Message: fmt.Sprintf("found %d MB; a scene document of at most %d MB is allowed", info.Size()>>20, maxBytes>>20)}}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read scene: %w", err)
	}
	d, root, errs := parse(path, data, types)
	if d != nil {
		errs = append(errs, d.missingFiles(root, types)...)
	}
	return d, errs.result()
}

// Parse reads a document from memory; name is its path for errors and for resolving
// relative paths, and a name in .json asks for JSON. Files are not looked at. The
// error is Errors.
func Parse(name string, data []byte, types Types) (*Document, error) {
	d, _, errs := parse(name, data, types)
	if err := errs.result(); err != nil {
		return nil, err
	}
	return d, nil
}

// Locate is the line and column of a part of a document, of names of keys and numbers of items:
// of the nearest part that is written where it is not. 0, 0 where the text is no document.
func Locate(name string, data []byte, path ...any) (line, column int) {
	root, _ := parseTree(name, bytes.TrimPrefix(data, []byte("\ufeff")))
	if root == nil {
		return 0, 0
	}
	n := root.child(path...)
	return n.line, n.column
}

// KeysWith are the keys of a mapping of a document, at a path as Locate takes it, below which a
// text is written as it is.
func KeysWith(name string, data []byte, text string, path ...any) []string {
	root, _ := parseTree(name, bytes.TrimPrefix(data, []byte("\ufeff")))
	if root == nil {
		return nil
	}
	at := root.child(path...)
	var out []string
	for i, k := range at.keys {
		if at.items[i].holds(text) {
			out = append(out, k.name)
		}
	}
	return out
}

func parse(name string, data []byte, types Types) (*Document, *node, Errors) {
	if len(data) > maxBytes {
		return nil, nil, Errors{{File: name, Message: fmt.Sprintf("found %d MB; a scene document of at most %d MB is allowed", len(data)>>20, maxBytes>>20)}}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	root, errs := parseTree(name, data)
	if root == nil {
		return nil, nil, errs
	}
	if root.kind != Map {
		return nil, nil, append(errs, Error{File: name, Line: root.line, Column: root.column,
			Message: "found " + root.describe() + "; a scene document is allowed: a mapping that starts with longtake: 1"})
	}
	d := New()
	d.File, d.Dir = name, filepath.Dir(name)
	dec := &decoder{file: name, errs: errs}
	dec.structs(root, "", nil, reflect.ValueOf(d).Elem())
	dec.palettes(d, root)
	if i := root.key("layers"); i >= 0 {
		dec.layers(d, root.items[i], types)
	}
	if i := root.key("story"); i >= 0 {
		dec.keyframes(&d.Story, root.items[i].child("keyframes"), root.items[i])
	}
	dec.validate(d, root, types)
	_ = dec.warnings.result() // sorts them
	d.Warnings = dec.warnings
	return d, root, dec.errs
}

// parseTree reads JSON where the name says so or the text is JSON, else YAML.
func parseTree(name string, data []byte) (*node, Errors) {
	isJSON := strings.EqualFold(filepath.Ext(name), ".json")
	if isJSON || bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		root, errs := parseJSON(name, data)
		if root != nil || isJSON {
			return root, errs
		}
	}
	return parseYAML(name, data)
}

// layers decodes the layers, each from what it extends.
func (d *decoder) layers(doc *Document, n *node, types Types) {
	if n.kind != List {
		d.expected(n, "layers", "a list of layers is allowed")
		return
	}
	r := &inheritance{d: d, types: types, nodes: n.items, byID: map[string]int{}, done: make([]*Layer, len(n.items)), open: make([]bool, len(n.items))}
	for i, it := range n.items {
		at := it.key("id")
		if at < 0 || it.items[at].kind != Text {
			continue
		}
		id := it.items[at]
		if first, twice := r.byID[id.text]; twice {
			d.expected(id, layerPath(i)+".id", fmt.Sprintf("layers[%d] has this id; each is allowed once", first))
			continue
		}
		r.byID[id.text] = i
	}
	doc.Layers = make([]Layer, len(n.items))
	for i := range n.items {
		doc.Layers[i] = *r.layer(i, nil)
	}
}

func layerPath(i int) string { return fmt.Sprintf("layers[%d]", i) }

// inheritance resolves extends, each layer once.
type inheritance struct {
	d     *decoder
	types Types
	nodes []*node
	byID  map[string]int
	done  []*Layer
	open  []bool
}

// layer decodes layer i. chain is the ids of the layers that wait for it.
func (r *inheritance) layer(i int, chain []string) *Layer {
	if r.done[i] != nil {
		return r.done[i]
	}
	r.open[i] = true
	n, path := r.nodes[i], layerPath(i)
	l := &Layer{}
	l.SetDefaults()
	if ext := n.child("extends"); ext != n && ext.kind == Text {
		if parent := r.parent(ext, path, append(chain, n.child("id").text)); parent != nil {
			*l = parent.heir()
		}
	}
	r.fill(l, n, path)
	r.open[i] = false
	r.done[i] = l
	return l
}

func (r *inheritance) parent(ext *node, path string, chain []string) *Layer {
	j, ok := r.byID[ext.text]
	switch {
	case !ok:
		ids := sortedKeys(r.byID)
		r.d.expected(ext, path+".extends", "the id of a layer is allowed: "+choices(ids)+didYouMean(ext.text, ids))
	case r.open[j]:
		r.d.fail(ext, path+".extends", "layers extend each other in a circle: "+strings.Join(append(chain, ext.text), " → "))
	case len(chain) > maxDepth:
		r.d.fail(ext, path+".extends", fmt.Sprintf("found a chain of more than %d layers; %d are allowed", maxDepth, maxDepth))
	default:
		return r.layer(j, chain)
	}
	return nil
}

// fill decodes a layer's own keys over what it starts from.
func (r *inheritance) fill(l *Layer, n *node, path string) {
	inherited := l.Type
	names := r.types.Names()
	t := n.child("type")
	switch {
	case t == n && inherited == "":
		if n.kind == Map && n.key("extends") < 0 {
			r.d.fail(n, path+".type", "not given; it is required unless the layer extends another: "+choices(names))
		}
	case t == n:
	case t.kind == Text && inherited != "" && t.text != inherited:
		r.d.expected(t, path+".type", "only "+inherited+", the type of the layer that it extends, is allowed")
	case t.kind == Text:
		if typ, ok := r.types[t.text]; ok {
			if l.Props == nil {
				l.Props, l.style = typ.New(), r.d.style
				r.d.styled(l)
				l.defaults = *cloned(&l.Props)
			}
		} else {
			r.d.expected(t, path+".type", choices(names)+" are allowed"+didYouMean(t.text, names))
		}
	}
	var unknown []string
	if l.Props == nil && n.kind == Map { // nothing is known of this type's properties
		for _, k := range n.keys {
			unknown = append(unknown, k.name)
		}
	}
	r.d.structs(n, path, unknown, l.parts()...)
	if inherited != "" {
		l.Type = inherited
	}
}
