package generate

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// unknownAttributes is the error of names that no feature has.
type unknownAttributes struct {
	names []string
	there string
}

func (u *unknownAttributes) Error() string {
	quoted := make([]string, len(u.names))
	for i, name := range u.names {
		quoted[i] = strconv.Quote(name)
	}
	return "no feature has " + strings.Join(quoted, ", ") + ": there are " + u.there
}

// atAttributes says where in the document a fault of a layer's attributes is.
func (g *generation) atAttributes(l *scene.Layer, err error) error {
	i := slices.IndexFunc(g.doc.Layers, func(d scene.Layer) bool { return d.ID == l.ID })
	if i < 0 {
		return fmt.Errorf("generate: layer %s: attributes: %w", l.ID, err)
	}
	if u := (*unknownAttributes)(nil); errors.As(err, &u) {
		if path, at := g.named(i, u.names[0]); path != "" {
			return located(g.doc, fmt.Errorf("layer %s: %s: %w", l.ID, path, err), path, err.Error(), at...)
		}
	}
	return located(g.doc, fmt.Errorf("layer %s: attributes: %w", l.ID, err), fmt.Sprintf("layers[%d].attributes", i), err.Error(), "layers", i, "attributes")
}

// named says where a field of a layer of the document is asked for that its attributes do not name:
// in its colour, in a chapter or in an event; "" where that is nowhere.
func (g *generation) named(layerAt int, field string) (path string, at []any) {
	l := &g.doc.Layers[layerAt]
	if k, ok := l.Props.(interface{ Lists(field string) bool }); ok && k.Lists(field) {
		return "", nil
	}
	here := fmt.Sprintf("layers[%d]", layerAt)
	if p, ok := l.Props.(layer.Painter); ok && slices.Contains(p.Paints(), field) {
		if p, ok := l.Props.(interface{ JoinedSource() *string }); ok && p.JoinedSource() != nil {
			return here + ".join", []any{"layers", layerAt, "join", "on"}
		}
		return here + ".color.field", []any{"layers", layerAt, "color", "field"}
	}
	for k, c := range g.doc.Story.Chapters {
		of := scene.Document{Story: scene.Story{Chapters: []scene.Chapter{c}}}
		if slices.Contains(layer.StoryFields(&of, l.ID), field) {
			key := l.ID + ".color"
			if _, ok := c.Set[key+".field"]; ok {
				key += ".field"
			}
			return fmt.Sprintf("story.chapters[%d].set", k), []any{"story", "chapters", k, "set", key}
		}
	}
	if slices.Contains(layer.EventFields(l), field) {
		return here + ".events", []any{"layers", layerAt, "events"}
	}
	return "", nil
}
