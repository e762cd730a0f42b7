package scale

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Domain is the values that a scale reaches from end to end: numbers, percentiles of the
// data, or texts. In documents a list such as [0, 100], ["2%", "98%"] or [bus, tram].
type Domain struct {
	Numbers []float64
	Percent bool // Numbers are percentiles
	Texts   []string
}

func (d Domain) empty() bool { return len(d.Numbers) == 0 && len(d.Texts) == 0 }

const domainAllowed = "a list of numbers, of percentiles such as 2%, or of texts is allowed"

// UnmarshalScene reads a list of one kind.
func (d *Domain) UnmarshalScene(v *scene.Value) {
	var list any
	switch v.Kind() {
	case scene.Null:
		*d = Domain{}
		return
	case scene.List:
		if !v.Decode(&list) {
			return
		}
	default:
		v.Reject(domainAllowed)
		return
	}
	var out Domain
	percents := 0
	for _, it := range list.([]any) {
		switch it := it.(type) {
		case float64:
			out.Numbers = append(out.Numbers, it)
		case string:
			p, cut := strings.CutSuffix(strings.TrimSpace(it), "%")
			if x, err := strconv.ParseFloat(p, 64); cut && err == nil && x >= 0 && x <= 100 {
				out.Numbers = append(out.Numbers, x)
				percents++
				continue
			}
			out.Texts = append(out.Texts, it)
		default:
			v.Reject(domainAllowed)
			return
		}
	}
	out.Percent = percents > 0
	if percents > 0 && percents != len(out.Numbers) || len(out.Texts) > 0 && len(out.Numbers) > 0 {
		v.Reject(domainAllowed)
		return
	}
	*d = out
}

// MarshalScene writes the list.
func (d Domain) MarshalScene() any {
	var out []any
	for _, n := range d.Numbers {
		if d.Percent {
			out = append(out, strconv.FormatFloat(n, 'f', -1, 64)+"%")
		} else {
			out = append(out, n)
		}
	}
	for _, t := range d.Texts {
		out = append(out, t)
	}
	if out == nil {
		return nil
	}
	return out
}

// SceneSchema describes the list.
func (Domain) SceneSchema() *jsonschema.Schema {
	either := &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "number"}, {Type: "string"}}}
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "array", Items: either}, {Type: "null"}}}
}

// ends are the domain's numbers; those of the data where it has none.
func (d Domain) ends(sorted []float64) []float64 {
	switch {
	case d.Percent:
		out := make([]float64, len(d.Numbers))
		for i, p := range d.Numbers {
			out[i] = percentile(sorted, p/100)
		}
		return out
	case len(d.Numbers) > 0:
		return d.Numbers
	}
	return []float64{percentile(sorted, 0), percentile(sorted, 1)}
}

// known sorts the values that are there.
func known(values []float64) []float64 {
	out := slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
	slices.Sort(out)
	return out
}

// percentile interpolates between the order statistics (Hyndman and Fan 1996, type 7). Of
// nothing it is the share itself, so that an empty table has a domain.
func percentile(sorted []float64, share float64) float64 {
	n := len(sorted)
	if n == 0 {
		return share
	}
	at := share * float64(n-1)
	k := min(int(at), n-1)
	next := sorted[min(k+1, n-1)]
	return sorted[k] + (next-sorted[k])*(at-float64(k))
}

// texts are the categories in their order: the domain's, or those of the data by text.
func (d Domain) texts(values []string) []string {
	if len(d.Texts) > 0 {
		return d.Texts
	}
	if len(d.Numbers) > 0 {
		out := make([]string, len(d.Numbers))
		for i, n := range d.Numbers {
			out[i] = table.FormatNumber(n)
		}
		return out
	}
	seen := map[string]bool{}
	var out []string
	for _, v := range values {
		if v != "" && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}
