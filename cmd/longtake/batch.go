package main

import (
	"context"

	"github.com/longtake/longtake/stage"
)

// batch generates the packages that a file lists.
func (a *app) batch(ctx context.Context, in *input, file, dir string) error {
	b, err := stage.ReadBatch(ctx, file)
	if err != nil {
		return badInput(err)
	}
	o := in.generate(a)
	if o.Parts, err = stage.PartsFolder(in.cache); err != nil {
		return err
	}
	r, err := b.Run(ctx, dir, o, stage.Load, func(i int, r *stage.BatchResult) {
		switch {
		case r.Error != "":
			a.summary("%d of %d, %s: failed: %s", i+1, len(b.Jobs), r.Name, r.Error)
		case r.Kept:
			a.summary("%d of %d, %s: is there", i+1, len(b.Jobs), r.Name)
		default:
			a.summary("%d of %d, %s: %s, %s", i+1, len(b.Jobs), r.Name, count(r.Tiles, "tile"), bytesText(r.Bytes))
		}
	})
	if r != nil && a.json {
		if err := a.printJSON(r); err != nil {
			return err
		}
	}
	return badInput(err)
}
