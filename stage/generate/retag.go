package generate

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/table/compute"
	"github.com/longtake/longtake/scene"
)

// retagging gives features tags by a source's expressions over the tags that they have, so that
// columns of any name and unit say what is built.
type retagging struct {
	rules []tagRule
	mu    sync.Mutex
	asked int             // features
	seen  map[string]bool // fields of the rules that some feature has
	there map[string]bool // fields that some feature has
}

// tagRule is one of them. Tags are text; those that the expression takes for numbers are read
// as such.
type tagRule struct {
	tag     string
	formula scene.Formula
	fields  []string
	numbers []bool // of the fields
}

// mostFields bounds the fields of an expression: each of them is text or a number.
const mostFields = 8

// newRetagging checks the expressions of a source; nil without any. A field is text where the
// expression takes it as text, else a number: what the data holds decides nothing, so that a
// file's parts are all read alike.
func newRetagging(tags map[string]scene.Formula) (*retagging, error) {
	r := retagging{seen: map[string]bool{}, there: map[string]bool{}}
	for _, tag := range slices.Sorted(maps.Keys(tags)) {
		f := tags[tag]
		rule := tagRule{tag: tag, formula: f, fields: f.Fields()}
		if len(rule.fields) > mostFields {
			return nil, f.Fail(fmt.Errorf("%d fields: %d are allowed", len(rule.fields), mostFields))
		}
		if op, ok := f.Ambiguous(); ok {
			return nil, f.Fail(fmt.Errorf("%q between two columns may be meant of numbers or of text: float(a) %s float(b), or string(…), say which", op, op))
		}
		if err := rule.choose(); err != nil {
			return nil, f.Fail(err)
		}
		r.rules = append(r.rules, rule)
	}
	if len(r.rules) == 0 {
		return nil, nil
	}
	return &r, nil
}

// choose finds the fewest fields that have to be numbers.
func (r *tagRule) choose() (first error) {
	n := len(r.fields)
	masks := make([]uint, 1<<n)
	for i := range masks {
		masks[i] = uint(i)
	}
	slices.SortStableFunc(masks, func(a, b uint) int { return bits.OnesCount(a) - bits.OnesCount(b) })
	for _, mask := range masks {
		r.numbers = make([]bool, n)
		for i := range r.numbers {
			r.numbers[i] = mask>>i&1 == 1
		}
		if err := r.eval(nil, nil); err == nil {
			return nil
		} else if first == nil || mask == masks[len(masks)-1] {
			first = err // that of numbers alone is the plainest
		}
	}
	return first
}

// eval passes the values of the features to set, where they have one.
func (r *tagRule) eval(features []geo.Feature, set func(i int, value string)) error {
	columns := func(name string) (*table.Column, error) {
		k := slices.Index(r.fields, name)
		if k < 0 {
			return nil, fmt.Errorf("no field %q", name)
		}
		c := &table.Column{Name: name, Kind: table.Text}
		if r.numbers[k] {
			c.Kind = table.Number
		}
		for i := range features {
			text := features[i].Tags[name]
			if !r.numbers[k] {
				c.Texts = append(c.Texts, text)
				continue
			}
			v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
			if err != nil {
				v = math.NaN()
			}
			c.Numbers = append(c.Numbers, v)
		}
		return c, nil
	}
	p, err := compute.Compile(r.formula.Text, columns, len(features))
	if err != nil {
		return err
	}
	if p.Kind() == table.List {
		return errors.New("gives a list: text or a number is wanted")
	}
	if len(features) == 0 {
		return nil
	}
	out := p.Column(r.tag)
	for i := range features {
		switch out.Kind {
		case table.Text:
			set(i, out.Texts[i])
		case table.Bool:
			if out.Numbers[i] == out.Numbers[i] {
				set(i, map[bool]string{true: "yes", false: "no"}[out.Numbers[i] == 1])
			}
		default:
			if v := out.Numbers[i]; v == v && !math.IsInf(v, 0) {
				set(i, strconv.FormatFloat(v, 'f', -1, 64))
			}
		}
	}
	return nil
}

// mostNames bounds the fields that an error names.
const mostNames = 20

// look notes which fields there are.
func (r *retagging) look(features []geo.Feature) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked += len(features)
	for i := range features {
		for name := range features[i].Tags {
			r.there[name] = true
		}
		for k := range r.rules {
			for _, name := range r.rules[k].fields {
				if _, ok := features[i].Tags[name]; ok {
					r.seen[name] = true
				}
			}
		}
	}
}

// missing is an error where a rule names a field that no feature has, of those that were read.
func (r *retagging) missing() error {
	if r == nil || r.asked == 0 {
		return nil
	}
	for k := range r.rules {
		for _, name := range r.rules[k].fields {
			if !r.seen[name] {
				return r.rules[k].formula.Fail(fmt.Errorf("no feature has a field %q: there are %s", name, names(r.there)))
			}
		}
	}
	return nil
}

// names lists fields for an error.
func names(there map[string]bool) string {
	list := slices.Sorted(maps.Keys(there))
	if more := len(list) - mostNames; more > 0 {
		list = append(list[:mostNames], fmt.Sprintf("%d more", more))
	}
	return strings.Join(list, ", ")
}

// apply gives the features their tags: each from those of the file. Without a value, what the
// file says stays.
func (r *retagging) apply(features []geo.Feature) error {
	if r == nil {
		return nil
	}
	r.look(features)
	added := make([]map[string]string, len(features))
	for k := range r.rules {
		rule := &r.rules[k]
		err := rule.eval(features, func(i int, value string) {
			if value == "" {
				return
			}
			if added[i] == nil {
				added[i] = map[string]string{}
			}
			added[i][rule.tag] = value
		})
		if err != nil {
			return fmt.Errorf("tags: %s: %w", rule.tag, err)
		}
	}
	for i, more := range added {
		if more == nil {
			continue
		}
		f := &features[i]
		f.Tags = maps.Clone(f.Tags)
		if f.Tags == nil {
			f.Tags = map[string]string{}
		}
		maps.Copy(f.Tags, more)
	}
	return nil
}
