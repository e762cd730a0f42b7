package stage

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/stage/generate"
)

// readValues is what a package knows of the values of a layer's features, as rows in which each
// field has the values that its features have, about as often; nil where that is nothing.
func readValues(path string) (*table.Table, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var stats []generate.AttributeStat
	if err == nil {
		err = json.Unmarshal(data, &stats)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w: generate the package again", path, err)
	}
	rows, missing := 1, false
	for i := range stats {
		rows = max(rows, len(stats[i].Values), len(stats[i].Words))
		missing = missing || stats[i].Count < stats[i].Features
	}
	if missing {
		rows++ // the last has no values but of fields that all features have
	}
	t := &table.Table{Geometry: make([]orb.Geometry, rows)}
	for i := range stats {
		a := &stats[i]
		c := table.Column{Name: a.Name, Kind: table.Text}
		of := rows
		if a.Count < a.Features {
			of--
		}
		switch {
		case a.Count == 0: // looked for, and no feature has it
			c.Kind = table.Number
			for range rows {
				c.Numbers = append(c.Numbers, math.NaN())
			}
		case (a.Kind == "number" || a.Kind == "integer") && len(a.Values) > 0:
			c.Kind = table.Number
			for k := range of {
				at := 0
				if of > 1 {
					at = (2*k*(len(a.Values)-1) + of - 1) / (2 * (of - 1))
				}
				c.Numbers = append(c.Numbers, a.Values[at])
			}
			if of < rows {
				c.Numbers = append(c.Numbers, math.NaN())
			}
		case len(a.Words) > 0:
			c.Odd = a.Odd
			for k := range of {
				c.Texts = append(c.Texts, a.Words[k%len(a.Words)])
			}
			if of < rows {
				c.Texts = append(c.Texts, "")
			}
		default:
			continue
		}
		t.Columns = append(t.Columns, c)
	}
	t.Sort()
	return t, nil
}
