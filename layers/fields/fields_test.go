package fields

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/layers/table"
)

// points are n rows around a place, two of them far off, so that most ground has none.
func points(n int) *table.Table {
	r := rand.New(rand.NewPCG(3, 9))
	t := &table.Table{IDs: make([]string, n)}
	power := table.Column{Name: "power", Kind: table.Number}
	for i := range n {
		at := orb.Point{7.4 + r.NormFloat64()*0.01, 43.7 + r.NormFloat64()*0.01}
		if i < 2 {
			at[0] += float64(2*i-1) * 0.6
		}
		t.Geometry = append(t.Geometry, at)
		power.Numbers = append(power.Numbers, 20+r.NormFloat64()*4)
	}
	t.Columns = []table.Column{power}
	return t
}

func context(t *testing.T, props string, rows *table.Table) *layer.Context {
	t.Helper()
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, "+props+"}]\n")
	c.Table = rows
	return c
}

// TestQuantilesAreOfGroundWithPoints: classes of equal counts and percentiles are not those
// of ground that no point reaches, which most of a wide region is.
func TestQuantilesAreOfGroundWithPoints(t *testing.T) {
	for _, how := range []string{"scale: quantile, classes: 5", "domain: [20%, 80%]"} {
		c := context(t, "type: heatmap, radius: 900, color: {field: density, palette: turbo, "+how+"}", points(500))
		p := c.Layer.Props.(*Heatmap)
		fs, err := p.Fields(c)
		if err != nil {
			t.Fatal(err)
		}
		empty := 0
		for _, v := range fs[0].Values {
			if v == 0 {
				empty++
			}
		}
		if share := float64(empty) / float64(len(fs[0].Values)); share < 0.7 {
			t.Fatalf("only %v of the ground is empty: it proves nothing", share)
		}
		known, err := p.Values(c)
		if err != nil {
			t.Fatal(err)
		}
		m, err := p.Color.Resolve(known)
		if err != nil {
			t.Fatal(err)
		}
		values, _ := known.Numbers("density")
		seen := map[string]int{}
		for _, v := range values {
			seen[fmt.Sprint(m.Of(v))]++
		}
		if len(seen) < 5 {
			t.Errorf("%s: %d colours of %d values", how, len(seen), len(values))
		}
		for color, n := range seen {
			if n > len(values)/3 {
				t.Errorf("%s: %d of %d values are %s", how, n, len(values), color)
			}
		}
	}
}

// TestColourWithoutAField: the default colour follows what is drawn, and legends name it;
// a colour by a field that is not drawn stays an error.
func TestColourWithoutAField(t *testing.T) {
	raster := &table.Table{IDs: []string{"r"}, Geometry: []orb.Geometry{nil}}
	for _, col := range []struct {
		name  string
		value float64
	}{{sheet.RasterWidth, 3}, {sheet.RasterWest, 7}, {sheet.RasterNorth, 44}, {sheet.RasterDLng, 0.01}, {sheet.RasterDLat, 0.01}, {sheet.RasterMercator, 0}} {
		raster.Columns = append(raster.Columns, table.Column{Name: col.name, Kind: table.Number, Numbers: []float64{col.value}})
	}
	raster.Columns = append(raster.Columns, table.Column{Name: sheet.RasterValues, Kind: table.List, Lists: [][]float64{{1, 2, 3, 4, 5, 6, 7, 8, 9}}})
	for _, typ := range []string{"isoband", "isoline", "surface", "heatmap", "raster"} {
		for want, c := range map[string]*layer.Context{
			"density": context(t, "type: "+typ, points(60)),
			"power":   context(t, "type: "+typ+", value: power", points(60)),
			"value":   context(t, "type: "+typ, raster),
		} {
			draws, err := layer.Draw(c)
			if err != nil || len(draws) == 0 {
				t.Errorf("%s of %s: %d draws, %v", typ, want, len(draws), err)
				continue
			}
			known, err := c.Layer.Props.(layer.Valued).Values(c)
			if err != nil {
				t.Fatal(err)
			}
			if m, err := colorOf(c.Layer.Props).Resolve(known); err != nil || m.Legend().Field != want {
				t.Errorf("legend of %s: %v instead of %s, %v", typ, m.Legend().Field, want, err)
			}
		}
		if _, err := layer.Draw(context(t, "type: "+typ+", value: power, color: {field: density}", points(60))); err == nil {
			t.Errorf("%s: a colour by a field that is not drawn", typ)
		}
	}
}

func colorOf(props any) scale.ColorBy {
	switch p := props.(type) {
	case *Isoband:
		return p.Color
	case *Isoline:
		return p.Color
	case *Surface:
		return p.Color
	case *Heatmap:
		return p.Color
	}
	return props.(*Raster).Color
}

// TestNoBandOfNothing: bands every so much do not fill ground that no point reaches.
func TestNoBandOfNothing(t *testing.T) {
	c := context(t, "type: isoband, radius: 900, every: 1", points(300))
	p := c.Layer.Props.(*Isoband)
	fs, err := p.Fields(c)
	if err != nil {
		t.Fatal(err)
	}
	if levels := p.of(fs[0]); len(levels) == 0 || slices.Contains(levels, 0) {
		t.Errorf("levels %v", levels)
	}
}
