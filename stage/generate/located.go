package generate

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// LayerFault says where in the document a layer is at fault whose rows cannot be drawn: the error
// as it is where it is none of fields, or the document has no lines.
func LayerFault(doc *scene.Document, id string, err error) error {
	if !errors.Is(err, table.ErrNoField) && !errors.Is(err, table.ErrKind) {
		return err
	}
	i := 0
	for i < len(doc.Layers) && doc.Layers[i].ID != id {
		i++
	}
	message := strings.TrimPrefix(err.Error(), "layer "+id+": ")
	property, rest, _ := strings.Cut(message, ": ")
	path := fmt.Sprintf("layers[%d]", i)
	if strings.ContainsAny(property, " (") { // a field or an aggregate of one: the scale does not know whose it is
		if property = asking(doc, i, property, err); property != "" {
			path += "." + property
		}
	} else {
		path, message = path+"."+property, rest
	}
	return located(doc, err, path, message, "layers", i, property)
}

// asking is the property of a layer that asks for the field that an error tells of; "" where that
// is not sure.
func asking(doc *scene.Document, layerAt int, said string, err error) string {
	text, failed := os.ReadFile(doc.File)
	if failed != nil {
		return ""
	}
	_, quoted, _ := strings.Cut(said, "field ")
	quoted, _ = strconv.QuotedPrefix(quoted)
	field, failed := strconv.Unquote(quoted)
	if failed != nil {
		field = said
	}
	keys := slices.DeleteFunc(scene.KeysWith(doc.File, text, field, "layers", layerAt), func(key string) bool {
		return slices.Contains([]string{"id", "type", "source", "extends", "tiles"}, key)
	})
	if len(keys) == 0 || len(keys) > 1 && !errors.Is(err, table.ErrNoField) { // of a kind that suits one of them
		return ""
	}
	return keys[0]
}

// SourceFault says where in the document a property of a source is at fault.
func SourceFault(doc *scene.Document, name, property string, err error) error {
	path := "sources." + name
	if property != "" {
		path += "." + property
	}
	return located(doc, err, path, strings.TrimPrefix(err.Error(), property+": "), "sources", name, property)
}

func located(doc *scene.Document, err error, path, message string, at ...any) error {
	text, failed := os.ReadFile(doc.File)
	if failed != nil { // a scene that comes from elsewhere has no lines
		return err
	}
	e := scene.Error{File: doc.File, Path: path, Message: message}
	e.Line, e.Column = scene.Locate(doc.File, text, at...)
	return e
}
