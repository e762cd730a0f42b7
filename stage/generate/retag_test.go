package generate

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// Tags come from columns of any name and unit: fields are numbers where the expression takes
// them as such, whatever a batch of the data holds; a row without a value keeps what it has.
func TestTagsFromColumns(t *testing.T) {
	doc := func(tags string) (*scene.Document, error) {
		dir := t.TempDir()
		house := func(i, properties string) string {
			return `{"type":"Feature","id":"` + i + `","properties":{` + properties + `},"geometry":{"type":"Polygon","coordinates":[[[0.00` + i + `,0],[0.00` + i + `1,0],[0.00` + i + `1,0.0001],[0.00` + i + `,0.0001],[0.00` + i + `,0]]]}}`
		}
		write(t, filepath.Join(dir, "h.geojson"), `{"type":"FeatureCollection","features":[`+
			house("1", `"ROOF_FT":"100","CLASS":"12","height":"3"`)+","+house("2", `"ROOF_FT":"","CLASS":"barn","height":"7"`)+","+house("3", `"ROOF_FT":10,"CLASS":"shed","height":"3"`)+`]}`)
		return scene.Parse(filepath.Join(dir, "s.yaml"), []byte("longtake: 1\nsources:\n  h:\n    path: h.geojson\n    tags: "+tags+"\nlayers:\n  - { id: b, type: buildings, source: h }\n"), layers.Types())
	}
	d, err := doc(`{ height: ROOF_FT * 0.3048, building: "CLASS == 'barn' ? 'barn' : 'yes'", note: CLASS, tall: ROOF_FT > 50 }`)
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRetagging(d.Sources["h"].Tags)
	if err != nil {
		t.Fatal(err)
	}
	features := []geo.Feature{{Tags: map[string]string{"ROOF_FT": "100", "CLASS": "12", "height": "3"}}, {Tags: map[string]string{"CLASS": "barn", "height": "7"}}}
	if err := r.apply(features); err != nil {
		t.Fatal(err)
	}
	for i, want := range []map[string]string{{"height": "30.48", "building": "yes", "note": "12", "tall": "yes"}, {"height": "7", "building": "barn", "note": "barn", "tall": ""}} {
		for tag, value := range want {
			if got := features[i].Tags[tag]; got != value {
				t.Errorf("feature %d: %s is %q, not %q", i, tag, got, value)
			}
		}
	}
	_, s := run(t, d, Options{})
	if s.Made["building"] != 3 {
		t.Errorf("%v made", s.Made)
	}
	for tags, want := range map[string]string{
		"{ height: ROOF_FEET * 2 }": `no feature has a field "ROOF_FEET": there are CLASS, ROOF_FT, height`, "{ height: 'sqrt(' }": "s.yaml:5",
		"{ height: lower(CLASS) * 2 }": "s.yaml:5", "{ height: ROOF_FT + CLASS }": "float(a) + float(b)", "{ tall: ROOF_FT > CLASS }": "numbers or of text",
	} {
		d, err := doc(tags)
		if err == nil {
			_, err = Run(t.Context(), d, filepath.Join(t.TempDir(), "package"), Options{})
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", tags, err, want)
		}
	}
}
