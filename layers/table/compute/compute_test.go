package compute

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene/expression"
)

var nan = math.NaN()

func rows() *table.Table {
	t := &table.Table{IDs: make([]string, 3), Columns: []table.Column{
		{Name: "x", Numbers: []float64{1, nan, 4}},
		{Name: "y", Numbers: []float64{0, 2, -1}},
		{Name: "name", Kind: table.Text, Texts: []string{"Ärger", "", "bee"}},
		{Name: "ok", Kind: table.Bool, Numbers: []float64{1, 0, nan}},
		{Name: "at", Kind: table.Time, Numbers: []float64{0, 86400 * 365, nan}},
		{Name: "l", Kind: table.List, Lists: [][]float64{{3, 1, nan}, nil, {}}},
		{Name: "when", Kind: table.Text, Texts: []string{"2024-01-01", "bad", ""}, Odd: "line 3: bad"},
		{Name: "wind speed", Numbers: []float64{7, 8, 9}},
	}}
	t.Geometry = nil
	return t
}

func computed(text string) (table.Column, error) {
	t := rows()
	p, err := Compile(text, func(name string) (*table.Column, error) {
		if c := t.Find(name); c != nil {
			return c, nil
		}
		return nil, fmt.Errorf("no field %q", name)
	}, 3)
	if err != nil {
		return table.Column{}, err
	}
	return p.Column("v"), nil
}

// Values follow the language's definition; what depends on a missing value is missing.
func TestValues(t *testing.T) {
	for text, want := range map[string]string{
		"x + y * 2":                          "1||2",
		"-x ** 2":                            "-1||-16",
		"x / y":                              "||-4",
		"7 % 4 + 0 * x":                      "3||3",
		"x > 2":                              "false||true",
		"not (x > 2)":                        "true||false",
		"x > 2 or ok":                        "true||true",
		"x > 2 and ok":                       "false|false|",
		"x != nil":                           "true|false|true",
		"name == nil":                        "false|true|false",
		`name == ""`:                         "false|true|false",
		"x ?? 9":                             "1|9|4",
		`name ?? "none"`:                     "Ärger|none|bee",
		"x in [1, 2]":                        "true||false",
		`name not in ["bee"]`:                "true||false",
		`name contains "e" ? 1 : 0`:          "1||1",
		`name matches "^b"`:                  "false||true",
		`upper(name)[0:2] + "!"`:             "ÄR!||BE!",
		"len(name)":                          "5||3",
		"len(l)":                             "3||0",
		"max(l) - min(l)":                    "2||",
		"mean(l)":                            "2||",
		"l[0] + 0 * y":                       "3||",
		"l[-3]":                              "3||",
		"max(x, y, 3)":                       "3||4",
		"clamp(y, 0, 1)":                     "0|1|0",
		"round(x / 3)":                       "0||1",
		"log(y)":                             "|0.6931471805599453|",
		`$env["wind speed"] * 2`:             "14|16|18",
		"at + duration(\"24h\")":             "1970-01-02T00:00:00Z|1971-01-02T00:00:00Z|",
		`at > "1970-06-01"`:                  "false|true|",
		`year(at)`:                           "1970|1971|",
		`hour(at, "Asia/Shanghai")`:          "8|8|",
		`weekday(at)`:                        "4|5|",
		"at - date(1970, 1, 1)":              "0|31536000|",
		`date("2020-01-01T00:00+01:00")`:     "2019-12-31T23:00:00Z|2019-12-31T23:00:00Z|2019-12-31T23:00:00Z",
		"string(x) + \"m\"":                  "1m||4m",
		`float("12.5") + y`:                  "12.5|14.5|11.5",
		"round(distance(0, 0, 0, y) / 1000)": "0|222|111",
		"ok ? name : \"no\"":                 "Ärger|no|",
	} {
		c, err := computed(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var got []string
		for i := range 3 {
			got = append(got, c.Word(i))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s is %s, not %s", text, s, want)
		}
	}
}

func TestMistakesAreTold(t *testing.T) {
	for text, want := range map[string]string{
		"z > 1": `no field "z"`, "name > 1": "differ in kind", "name + 1": "takes numbers", `when > date("2024-01-01")`: "text and times; when is text because of line 3: bad", "when + 1": "not text; when is text because of line 3: bad", "x and y": "takes true and false",
		"x ? 1 : 2": "before ?", `at > "soon"`: "is no time", "year(x)": "takes a time", "lower(x)": "takes text", "l > 1": "differ in kind", "l == l": "compares no lists",
		"x in name": "a list of values", "x in [y]": "not fields", `name matches "("`: "matches", "x[0]": "a number of a list", "sum(x)": "takes a list",
		`duration("soon")`: "duration", `hour(at, "Mars")`: "unknown time zone", "a.b": "no members", "let q = 1; q": "not something", "filter(l, # > 1)": "not something",
	} {
		if _, err := computed(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Every function that the language names can be computed.
func TestAllFunctions(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(expression.Functions)) {
		worked := false
		for _, arg := range []string{"y", "name", "at", "l", `"90m"`} {
			args := strings.TrimSuffix(strings.Repeat(arg+", ", expression.Functions[name].Least), ", ")
			if name == "replace" {
				args = `name, "a", "b"`
			}
			if _, err := computed(name + "(" + args + ")"); err == nil {
				worked = true
			}
		}
		if !worked {
			t.Errorf("%s takes nothing", name)
		}
	}
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{"x + 1", "name contains \"a\" ? l[0] : -x", "at > \"2020-01-01\" and not ok", "$env[\"a\"]", "((((", "1..2", "x in [1, nil]", "{}", "[1][0]", "x?.y", "name[:2]", "-l", "#"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := computed(text); err == nil && max(len(c.Numbers), len(c.Texts), len(c.Lists)) != 3 {
			t.Errorf("%q gives %d rows", text, len(c.Numbers))
		}
	})
}

func BenchmarkExpression(b *testing.B) {
	const n = 1 << 20
	x := table.Column{Name: "x", Numbers: make([]float64, n)}
	for i := range x.Numbers {
		x.Numbers[i] = float64(i % 1000)
	}
	for b.Loop() {
		p, err := Compile("x * 1.852 > 100 and x % 2 == 0", func(string) (*table.Column, error) { return &x, nil }, n)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := p.True(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// An empty text is missing, but no number: functions of numbers refuse it.
func TestEmptyTextIsNoNumber(t *testing.T) {
	columns := func(name string) (*table.Column, error) {
		return &table.Column{Name: name, Numbers: []float64{1, 2}}, nil
	}
	for _, text := range []string{`n * ""`, `abs("")`, `max("", 3)`, `-""`, `distance("", 1, 2, 3)`, `clamp(n, "", 2)`, `date("", 1)`, `date(n) + ""`} {
		if p, err := Compile(text, columns, 2); err == nil {
			t.Errorf("%s: %v", text, p.Column("x"))
		}
	}
}
