package scene

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

var idPattern = regexp.MustCompile(`^[\pL\pN_-]{1,100}$`)

// validate checks what no single value can know: references, order, sets.
func (d *decoder) validate(doc *Document, root *node, types Types) {
	sources := sortedKeys(doc.Sources)
	for _, name := range sources {
		if !idPattern.MatchString(name) {
			n := root.child("sources", name)
			d.fail(n, join("sources", name), "found the name "+fmt.Sprintf("%q", shorten(name))+"; letters, digits, _ and - are allowed")
		}
	}
	d.madeOf(doc, root, sources)
	for i := range doc.Layers {
		d.layerReferences(doc, &doc.Layers[i], root.child("layers", i), layerPath(i), sources, types)
		d.drills(doc, i, root.child("layers", i), layerPath(i))
	}
	for i, v := range doc.Views {
		if k := slices.IndexFunc(doc.Views, func(o View) bool { return o.Name == v.Name }); k < i {
			d.fail(root.child("views", i), fmt.Sprintf("views[%d].name", i), fmt.Sprintf("found %q, the name of views[%d]; each is allowed once", v.Name, k))
		}
	}
	d.chapters(doc, root.child("story"))
}

func (d *decoder) layerReferences(doc *Document, l *Layer, n *node, path string, sources []string, types Types) {
	if l.ID != "" && !idPattern.MatchString(l.ID) {
		d.expected(n.child("id"), path+".id", "letters, digits, _ and - are allowed")
	}
	if (l.To != Time{}) && !l.From.Before(l.To) {
		d.fail(n.child("to"), path+".to", fmt.Sprintf("found %s; a time after from (%s) is allowed", l.To, l.From))
	}
	if l.MaxHeight != 0 && l.MaxHeight <= l.MinHeight {
		d.fail(n.child("maxHeight"), path+".maxHeight", fmt.Sprintf("found %g; more than minHeight (%g) is allowed", l.MaxHeight, l.MinHeight))
	}
	typ, known := types[l.Type]
	src, found := doc.Sources[l.Source]
	own := l.Tiles != "" || l.Table != ""
	switch {
	case l.Source == "" && known && typ.Sources != nil && !own && !l.Template:
		d.fail(n, path+".source", "not given; a layer of type "+l.Type+" needs a source of type "+choices(typ.Sources))
	case l.Source == "" && known && !own && !l.Template && needsSource(l.Props):
		d.fail(n, path+".source", "not given; a layer of type "+l.Type+" draws the rows of a source"+placedBy(l.Props))
	case found && known && !typ.inSources(src.Type):
		d.fail(n.child("source"), path+".source", fmt.Sprintf("found %q of type %s; a source of type %s is allowed", l.Source, src.Type, choices(typ.Sources)))
	}
	for _, part := range l.parts() {
		walk(part, n, path, func(f *field, s string, at *node, path string) {
			switch {
			case s == "":
			case f.format == "source" && !contains(sources, s):
				// An inherited mistake is told once, where it is written.
				if at.kind == Text && at.text == s {
					d.fail(at, path, fmt.Sprintf("found %q; the name of a source is allowed: %s%s", shorten(s), choices(sources), didYouMean(s, sources)))
				}
			case f.format == "layer" && f.name != "extends" && doc.Layer(s) == nil:
				if at.kind == Text && at.text == s {
					d.fail(at, path, fmt.Sprintf("found %q; the id of a layer is allowed", shorten(s)))
				}
			}
		})
	}
}

// walk visits every string below a struct that has a format, with the node that it was
// read from (or the nearest there is).
func walk(v reflect.Value, n *node, path string, visit func(f *field, s string, at *node, path string)) {
	for _, f := range fieldsOf(v.Type()) {
		walkValue(v.FieldByIndex(f.index), n.child(f.name), join(path, f.name), &f, visit)
	}
}

func walkValue(v reflect.Value, n *node, path string, f *field, visit func(f *field, s string, at *node, path string)) {
	switch v.Kind() {
	case reflect.String:
		if f.format != "" {
			visit(f, v.String(), n, path)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			walkValue(v.Elem(), n, path, f, visit)
		}
	case reflect.Slice, reflect.Array:
		for i := 0; i < v.Len(); i++ {
			walkValue(v.Index(i), n.child(i), fmt.Sprintf("%s[%d]", path, i), f, visit)
		}
	case reflect.Map:
		if v.Type().Key().Kind() != reflect.String {
			return
		}
		for _, k := range sortedStrings(v) {
			walkValue(v.MapIndex(reflect.ValueOf(k).Convert(v.Type().Key())), n.child(k), join(path, k), f, visit)
		}
	case reflect.Struct:
		if !isLeaf(v.Type()) || len(fieldsOf(v.Type())) > 0 {
			walk(v, n, path, visit)
		}
	}
}

func sortedStrings(m reflect.Value) []string {
	names := map[string]bool{}
	for _, k := range m.MapKeys() {
		names[k.String()] = true
	}
	return sortedKeys(names)
}

// missingFiles checks that the files that the document names exist. The sources of a
// package were read when it was generated and need not be there.
func (d *Document) missingFiles(root *node, types Types) Errors {
	var errs Errors
	look := func(file string, n *node, path string) {
		if strings.Contains(file, "://") {
			errs = append(errs, Error{d.File, n.line, n.column, path, fmt.Sprintf("found the address %q; a local file is allowed: download it first", shorten(file))})
			return
		}
		if _, err := os.Stat(d.Resolve(file)); err != nil {
			errs = append(errs, Error{d.File, n.line, n.column, path, fmt.Sprintf("found %q, but there is no readable %s; a path relative to the document is allowed", shorten(file), d.Resolve(file))})
		}
	}
	if d.Package == nil {
		for _, name := range sortedKeys(d.Sources) {
			n, src := root.child("sources", name, "path"), d.Sources[name]
			for i, p := range src.Path {
				if web := strings.HasPrefix(p, "http://") || strings.HasPrefix(p, "https://"); web && (src.Refresh != Time{}) {
					continue
				} else if web {
					at := n.child(i)
					errs = append(errs, Error{d.File, at.line, at.column, join("sources", name) + ".path", fmt.Sprintf("found the address %q; a local file is allowed, or with refresh: 1m an address, which is read again as often while the scene is played live", shorten(p))})
					continue
				}
				look(p, n.child(i), join("sources", name)+".path")
			}
		}
	}
	check := func(f *field, s string, at *node, path string) {
		if f.format == "path" && s != "" && at.kind == Text && at.text == s && !(s == NoLand && path == "environment.globe.land") {
			look(s, at, path)
		}
	}
	for i := range d.Layers {
		l, n := &d.Layers[i], root.child("layers", i)
		for _, f := range [][2]string{{"tiles", l.Tiles}, {"table", l.Table}} {
			if at := n.child(f[0]); f[1] != "" && at.kind == Text {
				look(f[1], at, layerPath(i)+"."+f[0])
			}
		}
		for _, part := range l.parts() {
			walk(part, n, layerPath(i), check)
		}
	}
	walk(reflect.ValueOf(d.Environment), root.child("environment"), "environment", check)
	return errs
}

func needsSource(props any) bool {
	s, ok := props.(Sourced)
	return ok && s.NeedsSource()
}

// placedBy names the properties that do instead of a source.
func placedBy(props any) string {
	var names []string
	for _, f := range fieldsOf(reflect.TypeOf(props).Elem()) {
		if f.name == "at" || f.name == "control" {
			names = append(names, f.name)
		}
	}
	if names == nil {
		return ""
	}
	return ", or has a place in " + choices(names)
}
