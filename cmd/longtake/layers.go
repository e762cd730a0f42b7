package main

import (
	"cmp"
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
	Type     string             `json:"type"`
	Group    string             `json:"group"`
	Doc      string             `json:"doc"`
	Sources  []string           `json:"sources,omitempty"`
	Schema   *jsonschema.Schema `json:"schema"`
	Example  json.RawMessage    `json:"example"`  // a scene with all properties as they are unless said
	Examples []layerExample     `json:"examples"` // the first is the type as it is, the others are components
}

// layerExample is a component of the catalogue.
type layerExample struct {
	ID    string `json:"id"`
	Doc   string `json:"doc"`
	Scene string `json:"scene"` // to copy into the folder of longtake sample
}

func (a *app) layers() *cobra.Command {
	var o galleryFlags
	palettes := false
	c := &cobra.Command{
		Use:   "layers [NAME]",
		Short: "List the layer types and their components, or the properties of one",
		Long: `Lists the layer types with their groups and, below each, the components that it makes with
some of its options; with a name, that type's properties, those that all layers share, and
its examples to copy into the folder that longtake sample makes. --json gives the same with
the JSON Schema.

--gallery writes a site with a page for each component: pictures by day and by night,
properties, an example. --palettes lists the palettes with the least distance between two of
their colours to people of any vision; below 5 two of them are taken for one another.`,
		Example: `  longtake layers
  longtake layers column
  longtake layers --json
  longtake layers --gallery site
  longtake layers --palettes`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("%s takes one name at most", c.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: cobra.FixedCompletions(layers.Types().Names(), cobra.ShellCompDirectiveNoFileComp),
	}
	o.add(c)
	c.Flags().BoolVar(&palettes, "palettes", false, "list the palettes")
	a.gpuFlag(c)
	a.jsonFlag(c)
	c.MarkFlagsMutuallyExclusive("gallery", "palettes")
	return a.command(c, func(ctx context.Context, args []string) error {
		types := layers.Types()
		switch {
		case (palettes || o.dir != "") && len(args) > 0:
			return badUsage("--gallery and --palettes are of all types: leave %s out", args[0])
		case palettes:
			return a.listPalettes()
		case o.dir != "":
			return a.gallery(ctx, o)
		}
		if len(args) == 0 {
			return a.listTypes(types)
		}
		t, ok := types[args[0]]
		if !ok {
			if near := types.Suggest(args[0]); near != "" {
				return badUsage("there is no layer type %q%s; longtake layers lists all", args[0], near)
			}
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
		t := types[name]
		fmt.Fprintf(w, "%s\t%s\t%s\n", name, t.Group, t.Doc)
		for _, e := range t.Examples {
			if e.Name != "" {
				fmt.Fprintf(w, "  %s\t\t%s\n", e.Name, e.Doc)
			}
		}
	}
	return w.Flush()
}

func describe(t scene.Type) (layerType, error) {
	data, err := exampleJSON(t)
	out := layerType{t.Name, t.Group, t.Doc, t.Sources, propertySchema(t), data, []layerExample{}}
	for _, e := range t.Examples {
		out.Examples = append(out.Examples, layerExample{layers.ExampleID(t, e), cmp.Or(e.Doc, t.Doc), layers.ExampleScene(t, e)})
	}
	return out, err
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
	a.printf("\nAll properties\n%s", strings.TrimSpace(exampleScene(t)))
	for _, e := range t.Examples {
		a.printf("\n%s: %s\n%s", layers.ExampleID(t, e), cmp.Or(e.Doc, t.Doc), strings.TrimSpace(layers.ExampleScene(t, e)))
	}
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
