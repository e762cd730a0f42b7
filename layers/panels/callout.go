package panels

import (
	"cmp"
	"fmt"
	"math"
	"sort"
	"strconv"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "callout", Group: "labels", Doc: "cards with fields of rows, each on a line above its place, none over another",
	New: func() any {
		k := &Callout{Panel: New("top"), Name: "name", Limit: 60, Opens: "always", Play: mark.Plays()}
		k.Leader = 90
		return k
	},
	Examples: []scene.Example{
		{Layer: `source: places, name: name, fields: [{field: population, title: People}], priority: population, clamp: ground, zoom: 1.8`},
		{Name: "camera", Doc: "what cameras see: a video above each place; with opens: chosen it opens where the camera's icon is clicked", Layer: `source: places, name: name, fields: [{field: population, title: People}], media: [{of: Moinhos, video: footage.avi}], priority: population, limit: 1, clamp: ground, zoom: 1.5`,
			Camera: `{lng: -30.505, lat: 36.47, height: 3500, pitch: -29}`},
	},
})

// Callout stands a card at every row's place; where cards would lie on each other those of
// greater priority are seen.
type Callout struct {
	layer.Rows
	layer.Whole
	Panel
	Name     string   `json:"name" doc:"field of the cards' headings"`
	Fields   []Column `json:"fields" doc:"fields on the cards; without them, all"`
	Priority string   `json:"priority" doc:"field: where cards collide the one with the greater number stays"`
	Limit    int      `json:"limit" min:"1" max:"500" doc:"how many cards, those of the greatest priority"`
	Opens    string   `json:"opens" enum:"always,chosen" doc:"chosen: cards of those rows alone that a selection filters by, as events of another layer of the same source make it, and none while nothing is chosen"`
	Media    []Media  `json:"media" doc:"pictures and videos on the cards"`
	mark.Play
}

// Media is what the card of a row shows above its fields.
type Media struct {
	Of    string `json:"of" doc:"the row's name; without it all rows that no other entry names"`
	File  string `json:"file" format:"path" doc:"PNG or JPEG"`
	Video string `json:"video" format:"path" doc:"in place of a file: one that ffmpeg reads"`
}

// CheckScene wants entries to show one thing, each of another row.
func (k *Callout) CheckScene(fail func(field, found, allowed string)) {
	k.Panel.CheckScene(fail)
	seen := map[string]bool{}
	for i, m := range k.Media {
		if (m.File == "") == (m.Video == "") {
			fail(fmt.Sprintf("media[%d]", i), mark.OneOf(m.File, m.Video), "a file or a video is needed")
		}
		if seen[m.Of] {
			fail(fmt.Sprintf("media[%d].of", i), "another entry of "+strconv.Quote(m.Of), "one entry for each name is allowed")
		}
		seen[m.Of] = true
	}
}

// Files are those that a package takes along.
func (k *Callout) Files() []*string {
	var all []*string
	for i := range k.Media {
		all = append(all, &k.Media[i].File, &k.Media[i].Video)
	}
	return mark.Given(all...)
}

// Draw makes a card for each row.
func (k *Callout) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Present()
	if err != nil || k.Opens == "chosen" && c.Selected == nil {
		return nil, err
	}
	media := map[string]Media{}
	for _, m := range k.Media {
		media[m.Of] = m
	}
	cards, err := cardsOf(t, k.Name, k.Fields)
	if err != nil {
		return nil, err
	}
	order := make([]int, len(cards))
	for i := range order {
		order[i] = i
	}
	if k.Priority != "" {
		values, err := t.Numbers(k.Priority)
		if err != nil {
			return nil, fmt.Errorf("priority: %w", err)
		}
		sort.SliceStable(order, func(a, b int) bool {
			u, v := values[order[a]], values[order[b]]
			return u > v || math.IsNaN(v) && !math.IsNaN(u)
		})
	}
	var out []drawable.Draw
	for _, i := range order {
		at, ok := layer.Foot(t.Geometry[i])
		if !ok {
			c.Skip(t.IDs[i], "no geometry")
			continue
		}
		if len(out) == k.Limit {
			break // as the document says
		}
		content := Content(&facts{card: cards[i], theme: k.Theme()})
		if m := cmp.Or(media[cards[i].name], media[""]); m != (Media{}) { // opened for cards that are seen alone
			p, err := (&Picture{Play: k.Play, File: m.File, Video: m.Video}).opened(c)
			if err != nil {
				return nil, err
			}
			content = &pictured{facts{card: cards[i], theme: k.Theme()}, p}
		}
		out = append(out, k.Standing(c, content, cards[i].name, at, 0))
	}
	return out, nil
}

// pictured are facts below a picture.
type pictured struct {
	facts
	picture *Picture
}

// belowPicture is between a picture and what is written under it.
const belowPicture = 16

func (f *pictured) Measure(fonts *canvas.Fonts, width float64) (w, h float64) {
	w, below := f.facts.Measure(fonts, max(width, 320))
	_, h = f.picture.Measure(fonts, w)
	if len(f.card.values) > 0 {
		h += belowPicture + below
	}
	return w, h
}

func (f *pictured) State(v *drawable.PanelView) any { return f.picture.State(v) }

func (f *pictured) Paint(p *Painter) {
	_, h := f.picture.Measure(p.Fonts, p.Box.W)
	box := p.Box
	p.Box.H = h
	f.picture.Paint(p)
	p.Box = box.Cut(0, h+belowPicture, 0, 0)
	f.facts.Paint(p)
	p.Box = box
}
