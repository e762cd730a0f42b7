package panels

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "web", Group: "panels", Doc: "a page of the web, drawn by Chromium with a transparent ground: ECharts, G2, Grafana, anything; files wait for it, walls and streams show it when it is ready. A script of the page finds the rows of the source in `window.longtake.data`, a list of objects by field; `window.longtake.seek`, where the page defines it, is called with the story's seconds before each picture and its promise awaited, so that pages that draw by it are exact in files. Where rows change, as by a selection or a refresh, `longtake.data` is set anew and `longtake.update`, where the page defines it, called with it and its promise awaited; other pages are loaded again",
	New: func() any {
		return &Web{Panel: wide("right", 480), Rate: 10}
	},
	Examples: []scene.Example{{Layer: `html: "<svg width=256 height=96><rect width=60 height=96 fill='#54beff'/><rect x=70 y=30 width=60 height=66 fill='#f0b23e'/><circle cx=200 cy=50 r=44 fill='none' stroke='#48cd8e' stroke-width=8 /></svg>", width: 316, height: 160, anchor: center, zoom: 2.4`}},
})

// Web shows a page. Where the page defines window.longtake.seek, it is called with the story's
// seconds before each picture, and its promise awaited: pages that draw by it are exact in
// files. window.longtake.data holds the rows of the layer's source; where they
// change, window.longtake.update is called with them, or the page is loaded again.
type Web struct {
	layer.Whole
	Panel
	URL  string  `json:"url" doc:"address of the page"`
	File string  `json:"file" format:"path" doc:"local page instead of an address"`
	HTML string  `json:"html" doc:"the page itself instead of an address"`
	Rate float64 `json:"rate" min:"0" max:"60" unit:"Hz" doc:"how often a second of the story it is drawn anew; 0 draws it once"`
	page drawable.Page
}

// CheckScene wants one page.
func (w *Web) CheckScene(fail func(field, found, allowed string)) {
	w.Panel.CheckScene(fail)
	n := 0
	for _, s := range []string{w.URL, w.File, w.HTML} {
		if s != "" {
			n++
		}
	}
	if n > 1 {
		fail("url", "more than one page", "one of url, file and html is allowed")
	}
}

// Files are those that a package takes along: the page, not what it links to.
func (w *Web) Files() []*string {
	if w.File == "" {
		return nil
	}
	return []*string{&w.File}
}

// Draw makes one panel. Pages are drawn by the stage: a layer starts no programs.
func (w *Web) Draw(c *layer.Context) ([]drawable.Draw, error) {
	if w.URL == "" && w.File == "" && w.HTML == "" {
		return nil, fmt.Errorf("a page needs an address: give url, file or html")
	}
	shown := *w
	shown.page = drawable.Page{URL: w.URL, HTML: w.HTML, Of: c.Layer.ID}
	if w.File != "" {
		if c.Path == nil {
			return nil, fmt.Errorf("no file %q", w.File)
		}
		shown.page.URL = "file://" + c.Path(w.File)
	}
	if c.Table != nil {
		t, err := c.Present()
		if err != nil {
			return nil, err
		}
		shown.page.Data = Records(t)
	}
	if shown.Height == 0 {
		shown.Height = 0.62 * max(shown.Width, 320)
	}
	return shown.Panel.Draw(c, &shown)
}

// AtOnce tells that new rows are handed over as they are: a page has transitions of its own, and
// one without longtake.update is opened anew.
func (w *Web) AtOnce() bool { return true }

// Measure is what it is given.
func (w *Web) Measure(_ *canvas.Fonts, width float64) (float64, float64) {
	return max(width, 40), max(w.Height-2*padding, 40)
}

// State is the time at the page's rate.
func (w *Web) State(v *drawable.PanelView) any {
	if w.Rate <= 0 {
		return 0.0
	}
	return math.Floor(v.Time*w.Rate+1e-6) / w.Rate
}

// Paint lays the page on the glass, as soon as there is a picture of it; where there is
// none, for want of a browser or by a fault of the page, it says where to look.
func (w *Web) Paint(p *Painter) {
	if p.View.Browse != nil {
		page, later := p.View.Browse(&w.page, p.Box.W, p.Box.H, p.Scale())
		if page != nil {
			p.Lay(page, p.Box.X, p.Box.Y)
		}
		if page != nil || later {
			return
		}
	}
	x, y := p.Box.Middle()
	p.Write("page not drawn: see longtake doctor and what is left out", x, y, Centred(p.Small()))
}

// Records is rows as JSON: a list of objects, missing values as null.
func Records(t *table.Table) []byte {
	rows := make([]map[string]any, t.Rows())
	for i := range rows {
		rows[i] = map[string]any{"id": t.IDs[i]}
		for k := range t.Columns {
			c := &t.Columns[k]
			var v any
			switch {
			case c.Kind == table.Text:
				v = c.Texts[i]
			case c.Kind == table.List:
				v = c.Lists[i]
			case c.Kind == table.Time && !math.IsNaN(c.Numbers[i]):
				v = c.Word(i)
			case !math.IsNaN(c.Numbers[i]):
				v = c.Numbers[i]
			}
			rows[i][c.Name] = v
		}
	}
	out, err := json.Marshal(rows)
	if err != nil {
		return []byte("[]") // infinite numbers and the like
	}
	return out
}
