package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/gallery"
)

// galleryFlags are those of layers --gallery.
type galleryFlags struct {
	dir, only string
	size      *scene.Size
	quality   string
}

func (f *galleryFlags) add(c *cobra.Command) {
	fs := c.Flags()
	fs.StringVar(&f.dir, "gallery", "", "write a site of all layers into this `FOLDER`")
	fs.StringVar(&f.only, "only", "", "gallery: components whose names match the regular `EXPRESSION`")
	sizeFlag(fs, &f.size, "640x360")
	qualityFlag(c, &f.quality, "high")
}

// gallery writes the site. Components without picture make it fail at the end.
func (a *app) gallery(ctx context.Context, f galleryFlags) error {
	o := gallery.Options{Quality: f.quality, GPU: a.gpu, Say: a.reporter(), Properties: tableOf, Common: commonTable()}
	if f.size != nil {
		o.Size = *f.size
	}
	if f.only != "" {
		only, err := regexp.Compile(f.only)
		if err != nil {
			return badUsage("--only: %v", err)
		}
		o.Only = only
	}
	r, err := gallery.Write(ctx, f.dir, o)
	if errors.Is(err, gallery.ErrNone) {
		return badUsage("--only %s: %v", f.only, err)
	}
	if err != nil {
		return err
	}
	if a.json {
		if err := a.printJSON(r); err != nil {
			return err
		}
	} else {
		for _, x := range r.Failures {
			a.printf("%s: %s", x.Component, x.Reason)
		}
		a.summary("%s/index.html: %s", f.dir, count(r.Components, "component"))
	}
	if n := len(r.Failures); n > 0 {
		return errors.New(fmt.Sprint(count(n, "component"), " without picture"))
	}
	return nil
}

// tableOf lists a type's properties for its page.
func tableOf(t scene.Type) [][]string {
	var out [][]string
	schema := propertySchema(t)
	for _, p := range t.Properties() {
		out = append(out, propertyCells(p, schema))
	}
	return out
}

func commonTable() [][]string {
	var common scene.Layer
	common.SetDefaults()
	var out [][]string
	schema := scene.StructSchema(common)
	for _, p := range scene.CommonProperties() {
		out = append(out, propertyCells(p, schema))
	}
	return out
}
