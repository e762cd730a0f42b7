package scale

import (
	"fmt"
	"math"
	"testing"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// What is worked out row by row is what Resolve writes down for all of them.
func TestEachIsResolved(t *testing.T) {
	v := []float64{-7, -1e-9, 0, 1e-300, 0.3, 1, 2.5, 9, 1e300, math.NaN(), math.Inf(1), math.Inf(-1)}
	rows := &table.Table{Columns: []table.Column{{Name: "v", Numbers: v}}}
	for i := range v {
		rows.IDs, rows.Geometry = append(rows.IDs, fmt.Sprint(i)), append(rows.Geometry, nil)
	}
	for _, kind := range []string{"linear", "sqrt", "pow", "log", "symlog", "quantile", "quantise", "diverging", "identity"} {
		for _, domain := range [][]float64{nil, {0, 1}, {-2, 5}, {9, 1}, {3, 4, 9}, {2, 2.000001}, {-1e308, 1e308}} {
			for _, reverse := range []bool{false, true} {
				m := Mapping{Field: "v", Scale: kind, Domain: Domain{Numbers: domain}, Exponent: 2, Constant: 1, Reverse: reverse}
				if kind == "log" && len(domain) > 0 && domain[0] <= 0 {
					continue
				}
				number := NumberBy{By: &NumberScale{Mapping: m, Range: []float64{3, 11}, Missing: -1}}
				color := ColorBy{By: &ColorScale{Mapping: m, Range: []scene.Color{{255, 0, 0, 255}, {0, 255, 99, 255}}, Missing: scene.Color{1, 2, 3, 4}}}
				numbers, err := number.Numbers(rows)
				each, err2 := number.Each(rows)
				if err != nil || err2 != nil {
					t.Fatal(err, err2)
				}
				for i := range v {
					if got := each.Of(i); got != numbers[i] && !(math.IsNaN(got) && math.IsNaN(numbers[i])) {
						t.Errorf("%s %v %v: %v becomes %v, with all others %v", kind, domain, reverse, v[i], got, numbers[i])
					}
				}
				if kind == "identity" {
					continue
				}
				colors, err := color.Colors(rows)
				eachColor, err2 := color.Each(rows)
				if err != nil || err2 != nil {
					t.Fatal(err, err2)
				}
				for i := range v {
					if got := eachColor.Of(i); got != colors[i] {
						t.Errorf("%s %v %v: %v becomes %v, with all others %v", kind, domain, reverse, v[i], got, colors[i])
					}
				}
			}
		}
	}
}
