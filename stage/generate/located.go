package generate

import (
	"errors"
	"fmt"
	"os"
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
	if strings.Contains(property, " ") {
		property = ""
	} else {
		path, message = path+"."+property, rest
	}
	return located(doc, err, path, message, "layers", i, property)
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
