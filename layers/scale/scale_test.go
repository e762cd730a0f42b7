package scale

import (
	"math"
	"slices"
	"testing"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"

	"github.com/paulmach/orb"
)

func numbers(values ...float64) *table.Table {
	return &table.Table{IDs: make([]string, len(values)), Geometry: make([]orb.Geometry, len(values)),
		Columns: []table.Column{{Name: "v", Kind: table.Number, Numbers: values}}}
}

func texts(values ...string) *table.Table {
	return &table.Table{IDs: make([]string, len(values)), Geometry: make([]orb.Geometry, len(values)),
		Columns: []table.Column{{Name: "v", Kind: table.Text, Texts: values}}}
}

// mapped resolves a number scale that is written in a few words.
func mapped(t *testing.T, rows *table.Table, set func(s *NumberScale)) *NumberMap {
	t.Helper()
	s := &NumberScale{}
	s.SetDefaults()
	s.Field = "v"
	set(s)
	s.CheckScene(func(field, found, allowed string) { t.Errorf("%s: found %s; %s", field, found, allowed) })
	m, err := NumberBy{By: s}.Resolve(rows)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestCurves holds each scale to values worked out by hand.
func TestCurves(t *testing.T) {
	data := numbers(1, 2, 4, math.NaN(), 5)
	for _, c := range []struct {
		name string
		set  func(s *NumberScale)
		at   [][2]float64
	}{
		{"linear of the data", func(s *NumberScale) {}, [][2]float64{{1, 0}, {2, 0.25}, {5, 1}, {9, 1}, {-3, 0}}},
		{"a domain", func(s *NumberScale) { s.Domain.Numbers = []float64{0, 10} }, [][2]float64{{5, 0.5}, {-1, 0}}},
		{"a falling domain", func(s *NumberScale) { s.Domain.Numbers = []float64{10, 0} }, [][2]float64{{10, 0}, {2.5, 0.75}}},
		{"pieces", func(s *NumberScale) { s.Domain.Numbers, s.Range = []float64{0, 10, 110}, []float64{0, 1, 11} }, [][2]float64{{5, 0.5}, {60, 6}, {200, 11}}},
		{"percentiles", func(s *NumberScale) { s.Domain = Domain{Numbers: []float64{0, 50}, Percent: true} }, [][2]float64{{1, 0}, {3, 1}, {2, 0.5}}},
		{"log", func(s *NumberScale) { s.Scale, s.Domain.Numbers = "log", []float64{1, 100} }, [][2]float64{{10, 0.5}, {0, 0}, {-7, 0}}},
		{"sqrt", func(s *NumberScale) { s.Scale, s.Domain.Numbers = "sqrt", []float64{0, 100} }, [][2]float64{{25, 0.5}}},
		{"pow", func(s *NumberScale) { s.Scale, s.Domain.Numbers = "pow", []float64{0, 10} }, [][2]float64{{5, 0.25}}},
		{"symlog", func(s *NumberScale) { s.Scale, s.Domain.Numbers = "symlog", []float64{-99, 99} }, [][2]float64{{0, 0.5}, {9, 0.75}, {-9, 0.25}}},
		{"diverging", func(s *NumberScale) { s.Scale, s.Domain.Numbers, s.Middle = "diverging", []float64{0, 100}, 20 }, [][2]float64{{20, 0.5}, {10, 0.25}, {60, 0.75}}},
		{"diverging of the data", func(s *NumberScale) { s.Scale, s.Middle = "diverging", 2 }, [][2]float64{{2, 0.5}, {5, 1}, {1, 1.0 / 3}}},
		{"reversed", func(s *NumberScale) { s.Reverse = true }, [][2]float64{{1, 1}, {5, 0}}},
		{"threshold", func(s *NumberScale) {
			s.Scale, s.Domain.Numbers, s.Range = "threshold", []float64{2, 4}, []float64{10, 20, 30}
		}, [][2]float64{{1.9, 10}, {2, 20}, {4, 30}}},
		{"threshold between two", func(s *NumberScale) {
			s.Scale, s.Domain.Numbers, s.Range = "threshold", []float64{2, 4}, []float64{10, 30}
		}, [][2]float64{{0, 10}, {3, 20}, {7, 30}}},
		{"quantise", func(s *NumberScale) {
			s.Scale, s.Domain.Numbers, s.Classes = "quantise", []float64{0, 4}, 4
			s.Range = []float64{0, 3}
		}, [][2]float64{{0.5, 0}, {1, 1}, {3.9, 3}, {4, 3}}},
		{"quantile", func(s *NumberScale) { s.Scale, s.Range, s.Classes = "quantile", []float64{0, 1}, 2 }, [][2]float64{{2.9, 0}, {3, 1}}},
		{"identity", func(s *NumberScale) { s.Scale = "identity" }, [][2]float64{{4.5, 4.5}}},
	} {
		m := mapped(t, data, c.set)
		for _, p := range c.at {
			if got := m.Of(p[0]); math.Abs(got-p[1]) > 1e-9 {
				t.Errorf("%s: %v becomes %v, want %v", c.name, p[0], got, p[1])
			}
		}
		if got := m.Of(math.NaN()); got != 0 {
			t.Errorf("%s: a missing value becomes %v", c.name, got)
		}
	}
}

// TestHugeValues: words of other programs for no value are numbers at the ends of what there is.
func TestHugeValues(t *testing.T) {
	data := numbers(-math.MaxFloat64, 3, math.MaxFloat64)
	for _, scale := range []string{"linear", "pow", "sqrt", "symlog", "log", "diverging", "quantile", "quantise"} {
		m := mapped(t, data, func(s *NumberScale) { s.Scale = scale })
		for _, v := range []float64{-math.MaxFloat64, 0, 3, math.MaxFloat64} {
			if got := m.Of(v); !(got >= 0 && got <= 1) {
				t.Errorf("%s: %v becomes %v", scale, v, got)
			}
		}
	}
}

// TestCategoriesThatAreNumbers: a domain names them as the data does.
func TestCategoriesThatAreNumbers(t *testing.T) {
	m := mapped(t, numbers(2500000, 1000000), func(s *NumberScale) {
		s.Scale, s.Domain.Numbers, s.Range, s.Missing = "categorical", []float64{1000000, 2500000}, []float64{10, 20}, -1
	})
	if m.rows[0] != 20 || m.rows[1] != 10 {
		t.Error(m.rows)
	}
}

func TestCategories(t *testing.T) {
	s := &ColorScale{}
	s.SetDefaults()
	s.Field, s.Scale, s.Missing = "v", "categorical", scene.Color{1, 1, 1, 255}
	s.Range = []scene.Color{{255, 0, 0, 255}, {0, 255, 0, 255}}
	rows := texts("tram", "bus", "", "tram")
	got, err := ColorBy{By: s}.Colors(rows)
	if err != nil || !slices.Equal(got, []scene.Color{s.Range[1], s.Range[0], s.Missing, s.Range[1]}) {
		t.Errorf("by text: %v, %v", got, err)
	}
	s.Domain.Texts = []string{"tram", "ferry"}
	m, err := ColorBy{By: s}.Resolve(rows)
	if err != nil || m.Named("tram") != s.Range[0] || m.Named("bus") != s.Missing {
		t.Errorf("by an order: %v, %v", m.Rows(), err)
	}
	l := m.Legend()
	if len(l.Classes) != 2 || l.Classes[1].Label != "ferry" || l.Missing == nil {
		t.Errorf("its legend: %+v", l)
	}
	if _, err := (ColorBy{By: s}).Resolve(numbers(1)); err != nil {
		t.Error("numbers are categories, too:", err)
	}
}

func TestColoursOfTheData(t *testing.T) {
	s := &ColorScale{}
	s.SetDefaults()
	s.Field, s.Scale = "v", "identity"
	got, err := ColorBy{By: s}.Colors(texts("#ff0000", "rot", ""))
	if err != nil || got[0] != (scene.Color{255, 0, 0, 255}) || got[1] != s.Missing {
		t.Errorf("%v, %v", got, err)
	}
}

// TestLegends: what a legend says is what the scale does.
func TestLegends(t *testing.T) {
	data := numbers(3, 14, 15, 92, 65, 35, 89, 79, math.NaN())
	for _, kind := range []string{"linear", "log", "sqrt", "symlog", "diverging", "quantile", "quantise", "threshold"} {
		for _, reverse := range []bool{false, true} {
			s := &ColorScale{}
			s.SetDefaults()
			s.Field, s.Scale, s.Reverse, s.Middle = "v", kind, reverse, 50
			if kind == "threshold" {
				s.Domain.Numbers = []float64{20, 70}
			}
			m, err := ColorBy{By: s}.Resolve(data)
			if err != nil {
				t.Fatal(err)
			}
			l := m.Legend()
			if l.Empty() || l.Field != "v" {
				t.Errorf("%s: %+v", kind, l)
			}
			for _, c := range l.Classes {
				v := c.Low
				if math.IsInf(v, -1) {
					v = c.High - 1e-6
				}
				if m.Of(v) != c.Color {
					t.Errorf("%s: the legend gives %v the colour %v, the scale %v", kind, v, c.Color, m.Of(v))
				}
			}
			for i, k := range l.Ticks {
				if k.At < 0 || k.At > 1 || i > 0 && k.At <= l.Ticks[i-1].At {
					t.Errorf("%s: ticks %+v", kind, l.Ticks)
				}
				near := l.Colors[int(math.Round(k.At*float64(len(l.Colors)-1)))]
				if d := toLab(near).distance(toLab(m.Of(k.Value))); d > 3 {
					t.Errorf("%s: at the tick %s the ramp is %v, the scale %v", kind, k.Label, near, m.Of(k.Value))
				}
			}
		}
	}
}

func TestTicksAreRound(t *testing.T) {
	for _, c := range []struct {
		set  func(s *NumberScale)
		want []string
	}{
		{func(s *NumberScale) { s.Domain.Numbers = []float64{0, 1} }, []string{"0", "0.2", "0.4", "0.6", "0.8", "1"}},
		{func(s *NumberScale) { s.Domain.Numbers = []float64{-3, 18} }, []string{"0", "5", "10", "15"}},
		{func(s *NumberScale) { s.Domain.Numbers = []float64{0, 2.3e6} }, []string{"0", "500\u202fk", "1\u202fM", "1.5\u202fM", "2\u202fM"}},
		{func(s *NumberScale) { s.Scale, s.Domain.Numbers = "log", []float64{1, 1e6} }, []string{"1", "100", "10\u202fk", "1\u202fM"}},
		{func(s *NumberScale) { s.Scale, s.Domain.Numbers, s.Middle = "diverging", []float64{-10, 30}, 3 }, []string{"-10", "0", "3", "10", "20", "30"}},
		{func(s *NumberScale) { s.Domain.Numbers, s.Range = []float64{0, 7, 50, 99}, []float64{1, 2, 3, 4} }, []string{"0", "7", "50", "99"}},
	} {
		var got []string
		for _, k := range mapped(t, numbers(1, 2), c.set).Legend().Ticks {
			got = append(got, k.Label)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
