package panels

import (
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// A clock of a layer's data shows the date that its rows are at, whatever the scene's date is.
func TestClockOfData(t *testing.T) {
	for clock, want := range map[string]string{
		"{ field: when, speed: 12h }":                                 "12:00 2018-01-02",
		"{ field: when, speed: 1d, start: 2019-03-01, loop: 2d }":     "00:00 2019-03-02",
		"{ field: when, speed: 3600, start: 2019-03-01, window: 1d }": "03:00 2019-03-01",
	} {
		c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: point, time: "+clock+"}, {id: b, type: clock, show: data, for: a}]\n")
		peer := c.Layer
		rows := layertest.Table()
		rows.Columns = append(rows.Columns, table.Column{Name: "when", Kind: table.Time, Numbers: make([]float64, rows.Rows())})
		for i := range rows.Rows() {
			rows.Columns[len(rows.Columns)-1].Numbers[i] = 1514764800 + float64(i)*86400 // 2018-01-01
		}
		c.Peer = func(string) (*scene.Layer, *table.Table) { return peer, rows }
		k := &Clock{Panel: New("top-right"), Show: "data", For: "a", Hours: "%H:%M", Date: "%Y-%m-%d", Zone: "UTC"}
		var err error
		if k.data, err = k.dataTime(c); err != nil {
			t.Fatal(err)
		}
		if k.zone, err = Zone(k.Zone); err != nil {
			t.Fatal(err)
		}
		if l := k.lines(&drawable.PanelView{Time: 3}); l[0]+" "+l[1] != want {
			t.Errorf("%s: %v, want %s", clock, l, want)
		}
	}
}
