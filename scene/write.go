package scene

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
)

// Format is how a document is written.
type Format uint8

// The formats.
const (
	YAML Format = iota
	JSON
)

// Write writes the document. Values that equal their default, or what a layer or
// keyframe inherits, are left out; the same document always gives the same bytes, and
// reading them gives the same document.
func (d *Document) Write(w io.Writer, format Format) error {
	var b bytes.Buffer
	tree := d.tree()
	if format == JSON {
		writeJSON(&b, tree, "")
		b.WriteByte('\n')
	} else {
		writeYAML(&b, tree, "")
	}
	_, err := w.Write(b.Bytes())
	return err
}

// MarshalJSON returns the document as Write does.
func (d *Document) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := d.Write(&b, JSON)
	return b.Bytes(), err
}

// MarshalYAML returns the document as Write does.
func (d *Document) MarshalYAML() ([]byte, error) {
	var b bytes.Buffer
	err := d.Write(&b, YAML)
	return b.Bytes(), err
}

// tree is the document as ordered mappings.
func (d *Document) tree() []member {
	out := encodeStructs([]reflect.Value{reflect.ValueOf(*d)}, []reflect.Value{reflect.ValueOf(*New())})
	for i, m := range out {
		if m.name == "story" {
			out[i].value = d.Story.tree()
		}
	}
	if layers := d.layerTree(); len(layers) > 0 {
		at := 0
		for at < len(out) && contains([]string{"longtake", "name", "credits", "package", "sources", "palettes", "theme"}, out[at].name) {
			at++
		}
		out = append(out[:at], append([]member{{"layers", layers}}, out[at:]...)...)
	}
	return out
}

func writeJSON(b *bytes.Buffer, v any, indent string) {
	switch x := v.(type) {
	case []member:
		if len(x) == 0 {
			b.WriteString("{}")
			return
		}
		sep := "{\n"
		for _, m := range x {
			b.WriteString(sep + indent + "  " + quote(m.name) + ": ")
			writeJSON(b, m.value, indent+"  ")
			sep = ",\n"
		}
		b.WriteString("\n" + indent + "}")
	case []any:
		if len(x) == 0 {
			b.WriteString("[]")
			return
		}
		if simple(x) {
			b.WriteString(flow(x, quote))
			return
		}
		sep := "[\n"
		for _, it := range x {
			b.WriteString(sep + indent + "  ")
			writeJSON(b, it, indent+"  ")
			sep = ",\n"
		}
		b.WriteString("\n" + indent + "]")
	default:
		b.WriteString(scalar(v, quote))
	}
}

func writeYAML(b *bytes.Buffer, v any, indent string) {
	switch x := v.(type) {
	case []member:
		for _, m := range x {
			b.WriteString(indent + keyWord(m.name) + ":")
			writeYAMLValue(b, m.value, indent)
		}
	case []any:
		for _, it := range x {
			var item bytes.Buffer
			if short(it) {
				b.WriteString(indent + "- " + flow(it, word) + "\n")
				continue
			}
			writeYAML(&item, it, indent+"  ")
			// The first line of the item follows its dash.
			b.WriteString(indent + "- " + strings.TrimPrefix(item.String(), indent+"  "))
		}
	}
}

func writeYAMLValue(b *bytes.Buffer, v any, indent string) {
	if short(v) && (indent != "" || depthOf(v) < 2) {
		b.WriteString(" " + flow(v, word) + "\n")
		return
	}
	b.WriteByte('\n')
	writeYAML(b, v, indent+"  ")
}

// short tells whether YAML writes the value on one line.
func short(v any) bool {
	switch x := v.(type) {
	case []member:
		return simple(v) && len(flow(x, word)) < 100
	case []any:
		return simple(v) && (len(x) == 0 || len(flow(x, word)) < 100)
	}
	return true
}

// simple tells whether the value holds no more than two levels of scalars.
func simple(v any) bool { return depthOf(v) <= 2 }

func depthOf(v any) int {
	deepest := 0
	switch x := v.(type) {
	case []member:
		for _, m := range x {
			deepest = max(deepest, depthOf(m.value))
		}
	case []any:
		for _, it := range x {
			deepest = max(deepest, depthOf(it))
		}
	default:
		return 0
	}
	return deepest + 1
}

// flow writes a value on one line; text names how strings are quoted.
func flow(v any, text func(string) string) string {
	var parts []string
	switch x := v.(type) {
	case []member:
		for _, m := range x {
			name := text(m.name)
			if name == `"`+m.name+`"` && text("a") == "a" { // YAML
				name = keyWord(m.name)
			}
			parts = append(parts, name+": "+flow(m.value, text))
		}
		if len(parts) == 0 {
			return "{}"
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case []any:
		for _, it := range x {
			parts = append(parts, flow(it, text))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return scalar(v, text)
}

func scalar(v any, text func(string) string) string {
	switch x := v.(type) {
	case bool:
		return fmt.Sprint(x)
	case float64:
		return formatFloat(x)
	case string:
		return text(x)
	}
	return "null"
}

func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\x7f", `\u007f`)
}

var (
	plainWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$`)
	timeWord  = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?(s|x[0-9]+)$`)
	reserved  = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null|nan|inf)$`)
)

// keyWord writes a key: "on" is a key of every draped layer, and no parser of YAML 1.2
// takes it for true.
func keyWord(s string) string {
	if s == "on" {
		return s
	}
	return word(s)
}

// word writes a string plain where YAML reads it back as that string.
func word(s string) string {
	if (plainWord.MatchString(s) && !reserved.MatchString(s)) || timeWord.MatchString(s) {
		return s
	}
	return quote(s)
}
