package scene

import (
	"strings"
	"testing"
)

// pair is a struct that documents write as one text, too.
type pair struct {
	Field string `json:"field" required:"true" doc:"column"`
	Title string `json:"title" doc:"heading"`
}

func (*pair) BriefKey() string { return "field" }

type listed struct {
	Columns []pair `json:"columns" doc:"columns"`
	Color   Color  `json:"color" doc:"of it"`
}

var listTypes = Types{"list": {Name: "list", Group: "test", Doc: "a list", New: func() any { return &listed{} }}}

// TestMessagesTellTheWay: of an unknown key a type's own keys come first, of a mapping the keys that
// it has, and of colors in other notations how they are written here.
func TestMessagesTellTheWay(t *testing.T) {
	for text, want := range map[string]string{
		`of: x`:                     `unknown key "of"; allowed: columns, color, id, type`,
		`columns: [7]`:              `columns[0]: found number 7; a mapping of field, title is allowed`,
		`color: red`:                `found text "red"; a color such as #2f80ed or #2f80ed80 is allowed: write "#ff0000"`,
		`color: 2f80ed`:             `write "#2f80ed"`,
		`color: "rgb(255, 128, 0)"`: `write "#ff8000"`,
		`color: "#red"`:             `found text "#red"; a color such as #2f80ed or #2f80ed80 is allowed`,
		"color: #f00\n    ":         `found nothing; a color such as #2f80ed or #2f80ed80 is allowed: in quotes, for an unquoted # begins a comment`,
	} {
		_, err := Parse("a.yaml", []byte("longtake: 1\nlayers:\n  - id: a\n    type: list\n    "+text+"\n"), listTypes)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
		if err != nil && strings.Contains(text, "#red") && strings.Contains(err.Error(), "write") {
			t.Error(err)
		}
	}
}

// TestBriefValues: one text stands for a mapping of it.
func TestBriefValues(t *testing.T) {
	d, err := Parse("a.yaml", []byte("longtake: 1\nlayers: [{ id: a, type: list, columns: [name, { field: v, title: V }] }]\n"), listTypes)
	if err != nil {
		t.Fatal(err)
	}
	got := d.Layers[0].Props.(*listed).Columns
	if len(got) != 2 || got[0] != (pair{Field: "name"}) || got[1] != (pair{"v", "V"}) {
		t.Errorf("%+v", got)
	}
}

// TestSpans: lengths of data time read with units or as seconds, and keep their limits.
func TestSpans(t *testing.T) {
	for text, want := range map[string]Span{"30d": 2592000, "1d 12h": 129600, "1h30m": 5400, "90": 90, "1e9": 1e9, "-2h": -7200} {
		var s Span
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%s: %v, %v", text, s, err)
		}
	}
	doc := func(clock string) error {
		_, err := Parse("a.yaml", []byte("longtake: 1\nlayers: [{ id: a, type: list, time: "+clock+" }]\n"), listTypes)
		return err
	}
	if err := doc("{ window: 1d, speed: 12h, loop: 30d, step: 90 }"); err != nil {
		t.Error(err)
	}
	for clock, want := range map[string]string{"{ loop: -1d }": "from 0 to", "{ window: soon }": "30d or 1h30m"} {
		if err := doc(clock); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", clock, err)
		}
	}
}
