package scale_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/points"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

func parse(t *testing.T, layers string) *scene.Document {
	t.Helper()
	d, err := scene.Parse("test.yaml", []byte("longtake: 1\nsources: {s: {path: x}}\n"+layers), layer.Types())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestDomainInAStory: a chapter sets a scale's domain, which goes over to the new one.
func TestDomainInAStory(t *testing.T) {
	d := parse(t, `layers: [{ id: a, type: point, source: s, transition: 2s, color: { field: v, domain: [0, 10] }, size: { field: v, range: [1, 5] } }]
story: { chapters: [{ id: c, from: 1s, set: { a.color.domain: [0, 30], a.size.range: [1, 9] } }] }
`)
	for at, want := range map[float64][2]float64{0: {10, 5}, 2: {20, 7}, 4: {30, 9}} {
		m := d.At(scene.Seconds(at))
		l, err := d.Layers[0].With(m.Set["a"])
		if err != nil {
			t.Fatal(err)
		}
		p := l.Props.(*points.Point)
		if got := [2]float64{p.Color.By.Domain.Numbers[1], p.Size.By.Range[1]}; got != want {
			t.Errorf("at %v s: %v, want %v", at, got, want)
		}
	}
	for _, bad := range []string{"a.color.domain: [1, x]", "a.color.colour: 1", "a.height.range: [1, 2]"} {
		text := `longtake: 1
sources: {s: {path: x}}
layers: [{ id: a, type: point, source: s, color: { field: v } }]
story: { chapters: [{ id: c, set: { ` + bad + ` } }] }
`
		if _, err := scene.Parse("test.yaml", []byte(text), layer.Types()); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

// TestPalettesOfADocument: they go before the project's, and the theme names those of scales
// without one.
func TestPalettesOfADocument(t *testing.T) {
	d := parse(t, `palettes: { viridis: ["#ff0000", "#00ff00"], mine: ["#000000", "#0000ff"] }
theme: { palette: mine, accent: "#123456" }
layers:
  - { id: a, type: point, source: s, color: { field: v, palette: viridis } }
  - { id: b, type: point, source: s, color: { field: v } }
  - { id: c, type: point, source: s, color: { field: v, palette: magma } }
  - { id: d, type: point, source: s }
  - { id: e, type: point, source: s, color: "#ffffff" }
`)
	var first []string
	for i := range d.Layers {
		m, err := d.Layers[i].Props.(*points.Point).Color.Resolve(rows())
		if err != nil {
			t.Fatal(err)
		}
		first = append(first, m.Of(10).String())
	}
	if want := []string{"#00ff00", "#0000ff", "#fcfdbf", "#123456", "#ffffff"}; !slices.Equal(first, want) {
		t.Errorf("the colours are %v, want %v", first, want)
	}
	_, err := scene.Parse("test.yaml", []byte("longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: point, source: s, color: {field: v, palette: virdis}}]\n"), layer.Types())
	if err == nil || !strings.Contains(err.Error(), `did you mean "viridis"`) {
		t.Errorf("a wrong name: %v", err)
	}
}

// TestLookAlikeColours are told as warnings, with the vision that takes them for one another.
func TestLookAlikeColours(t *testing.T) {
	d := parse(t, `layers: [{ id: a, type: point, source: s, color: { field: v, scale: categorical, range: ["#be503c", "#6e7837"] } }]
`)
	if len(d.Warnings) != 1 || !strings.Contains(d.Warnings[0].Error(), "deuteranopia") || d.Warnings[0].Line != 3 {
		t.Errorf("warnings: %v", d.Warnings)
	}
	d = parse(t, `layers: [{ id: a, type: point, source: s, color: { field: v, scale: categorical, domain: [a, b, c, d] } }]
`)
	if len(d.Warnings) != 0 {
		t.Errorf("warnings: %v", d.Warnings)
	}
}

// TestBadScales: what a scale cannot have is refused with what it can.
func TestBadScales(t *testing.T) {
	for bad, want := range map[string]string{
		"scale: log, domain: [0, 10]":                  "no logarithm",
		"scale: threshold":                             "rising order",
		"scale: threshold, domain: [2, 1]":             "rising order",
		"scale: quantile, domain: [1, 2]":              "leave it out",
		"domain: [1]":                                  "two numbers",
		"domain: [1, 3, 2]":                            "rising or falling",
		"domain: ['2%', 5]":                            "a list of numbers, of percentiles",
		"domain: [a, b]":                               "numbers or percentiles",
		"scale: diverging, domain: [1, 2]":             "ends below and above the middle",
		`scale: quantise, classes: 3, range: ["#fff"]`: "each of the 3 classes",
		`domain: [1, 2, 3], range: ["#fff", "#000"]`:   "each of the 3 numbers",
		"scale: pow, exponent: 0":                      "more than 0",
		"scale: linaer":                                `did you mean "linear"`,
	} {
		text := "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: point, source: s, color: {field: v, " + bad + "}}]\n"
		if _, err := scene.Parse("test.yaml", []byte(text), layer.Types()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", bad, err, want)
		}
	}
}

func rows() *table.Table {
	return table.FromFeatures([]geo.Feature{{ID: "a", Tags: map[string]string{"v": "0"}}, {ID: "b", Tags: map[string]string{"v": "10"}}})
}
