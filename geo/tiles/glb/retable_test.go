package glb

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/longtake/longtake/geo"
)

// Other rows in a file are what a file with other rows is, to the byte.
func TestRetable(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		o := Options{Models: tree, Quantize: seed%2 == 0, Compress: seed%3 > 0, Generator: "test"}
		if seed%5 == 0 {
			o.Lattice, o.Lift = &Lattice{Step: 1. / 64}, 0.02
		}
		before, after := randomContent(seed), randomContent(seed)
		before.Sources = []geo.Source{{Name: "osm", Version: "1"}}
		if seed%7 > 0 {
			after.Sources = []geo.Source{{Name: "osm", Version: fmt.Sprint(seed)}, {Name: "dem", Version: "<&>"}}
		}
		for i := range after.Features {
			switch f := &after.Features[i]; r.IntN(3) {
			case 0:
				f.Name = ""
			case 1:
				f.Name = fmt.Sprint("changed ", i, f.Name)
			}
			if seed%4 == 0 { // columns come and go
				after.Features[i] = geo.FeatureRow{ID: "same"}
			}
		}
		var from, want bytes.Buffer
		if err := Write(&from, before, o); err != nil {
			t.Fatal(err)
		}
		if err := Write(&want, after, o); err != nil {
			t.Fatal(err)
		}
		got, err := Retable(from.Bytes(), o, after.Sources, after.Attributes, func(rows []geo.FeatureRow) { copy(rows, after.Features) })
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("seed %d: %d bytes, and other ones than the %d of a file written with these rows", seed, len(got), want.Len())
		}
	}
}
