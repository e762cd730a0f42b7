package main

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"text/tabwriter"

	"github.com/invopop/jsonschema"
	"github.com/spf13/cobra"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// layerType is a type of the catalogue as --json prints it.
type layerType struct {
	Type    string             `json:"type"`
	Group   string             `json:"group"`
	Doc     string             `json:"doc"`
	Sources []string           `json:"sources,omitempty"`
	Schema  *jsonschema.Schema `json:"schema"`
	Example json.RawMessage    `json:"example"`
}

func (a *app) layers() *cobra.Command {
	c := &cobra.Command{
		Use:   "layers [NAME]",
		Short: "List the layer types, or the properties of one",
		Long: `Lists the layer types with their groups; with a name, that type's properties, those that
all layers share, and an example to copy. --json gives the same with the JSON Schema.`,
		Example: `  longtake layers
  longtake layers column
  longtake layers --json`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("%s takes one name at most", c.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: cobra.FixedCompletions(layers.Types().Names(), cobra.ShellCompDirectiveNoFileComp),
	}
	a.jsonFlag(c)
	return a.command(c, func(_ context.Context, args []string) error {
		types := layers.Types()
		if len(args) == 0 {
			return a.listTypes(types)
		}
		t, ok := types[args[0]]
		if !ok {
			return badUsage("there is no layer type %q; there are %s", args[0], strings.Join(types.Names(), ", "))
		}
		if a.json {
			d, err := describe(t)
			if err != nil {
				return err
			}
			return a.printJSON(d)
		}
		return a.showType(t)
	})
}

func (a *app) listTypes(types scene.Types) error {
	if a.json {
		list := []layerType{}
		for _, name := range types.Names() {
			d, err := describe(types[name])
			if err != nil {
				return err
			}
			list = append(list, d)
		}
		return a.printJSON(list)
	}
	w := tabwriter.NewWriter(a.out, 0, 8, 2, ' ', 0)
	for _, name := range types.Names() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", name, types[name].Group, types[name].Doc)
	}
	return w.Flush()
}

func describe(t scene.Type) (layerType, error) {
	data, err := exampleJSON(t)
	return layerType{t.Name, t.Group, t.Doc, t.Sources, propertySchema(t), data}, err
}

func propertySchema(t scene.Type) *jsonschema.Schema {
	return scene.StructSchema(reflect.ValueOf(t.New()).Elem().Interface())
}

func (a *app) showType(t scene.Type) error {
	a.printf("%s (%s): %s\n", t.Name, t.Group, t.Doc)
	if len(t.Sources) > 0 {
		a.printf("Sources: %s\n", strings.Join(t.Sources, ", "))
	}
	w := tabwriter.NewWriter(a.out, 0, 8, 2, ' ', 0)
	if list := t.Properties(); len(list) > 0 {
		fmt.Fprintln(w, "Properties\tkind\tdefault\tstory\t")
		properties(w, list, propertySchema(t))
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, "Properties of all layers\tkind\tdefault\tstory\t")
	var common scene.Layer
	common.SetDefaults()
	properties(w, scene.CommonProperties(), scene.StructSchema(common))
	if err := w.Flush(); err != nil {
		return err
	}
	a.printf("\nstory: a chapter can set the property, as %s.NAME in set", "my-"+t.Name)
	a.printf("\nExample\n%s", strings.TrimSpace(exampleScene(t)))
	return nil
}

// properties writes a line for each property.
func properties(w *tabwriter.Writer, list []scene.PropertyDoc, schema *jsonschema.Schema) {
	for _, p := range list {
		fmt.Fprintf(w, "  %s\n", strings.Join(propertyCells(p, schema), "\t"))
	}
}

// propertyCells are a property's name, what it may be, its default, whether a story can
// set it and what it is.
func propertyCells(p scene.PropertyDoc, schema *jsonschema.Schema) []string {
	kind := strings.Join(p.Enum, "|")
	if s, ok := schema.Properties.Get(p.Name); ok && kind == "" {
		kind = kindOf(s)
	}
	doc := p.Doc
	if p.Unit != "" {
		doc += " (" + p.Unit + ")"
	}
	story := "yes"
	if p.Fixed {
		story = "no"
	}
	return []string{p.Name, kind, p.Default, story, doc}
}
