package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// columns are the attributes of a layer's features that its tiles keep.
type columns struct {
	all   []geo.Attribute
	names []string // of all
	at    []int    // where the values of each stand in rows
	width int      // of rows
	id    digest
}

// columnsOf are those of a layer; nil where it keeps none.
func (g *generation) columnsOf(l *scene.Layer) *columns { return g.kept[l.ID] }

// propsOf names a layer's properties, and the attributes that it keeps.
func (g *generation) propsOf(l *scene.Layer) digest {
	c := g.columnsOf(l)
	props := propsOf(l)
	if g.unbuilt(l) {
		d := newDigest("layer without buildings")
		d.digest(props)
		props = d.sum()
	}
	if c == nil {
		return props
	}
	d := newDigest("layer with attributes")
	d.digest(props)
	d.digest(c.id)
	return d.sum()
}

// own are the columns of a tileset that holds one layer.
func (c *columns) own() []geo.Attribute {
	if c == nil {
		return nil
	}
	return c.all
}

func (c *columns) tags() []string {
	if c == nil {
		return nil
	}
	return c.names
}

// settle brings rows' values into the form that their columns have.
func (c *columns) settle(rows []geo.FeatureRow) {
	if c == nil {
		return
	}
	for i := range rows {
		if len(rows[i].Values) == 0 {
			continue
		}
		values := make([]string, len(rows[i].Values)) // rows may share them
		for k, v := range rows[i].Values {
			if values[k] = v; k < len(c.all) {
				values[k] = settled(c.all[k].Kind, v)
			}
		}
		rows[i].Values = values
	}
}

// label packs a feature's name, with the values that a layer keeps of it.
func (c *columns) label(f *geo.Feature) string {
	var w spool.Writer
	w.String(f.Tags["name"])
	for k, a := range c.all {
		w.String(settled(a.Kind, f.Tags[c.names[k]]))
	}
	return string(w.B)
}

// put gives a row what label has packed.
func (c *columns) put(row *geo.FeatureRow, label string) {
	if c == nil || label == "" {
		row.Name = label
		return
	}
	r := spool.Reader{B: []byte(label)}
	row.Name, row.Values = r.String(), make([]string, c.width)
	for _, at := range c.at {
		row.Values[at] = r.String()
	}
}

// attributes finds out which attributes layers keep, and what kinds of values they have.
func (g *generation) attributes(ctx context.Context) error {
	g.kept, g.stats = map[string]*columns{}, map[string][]AttributeStat{}
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		keeper, ok := l.Props.(layer.Keeper)
		s := g.sources[l.Source]
		if !ok || l.Template || s == nil {
			continue
		}
		wanted := keeper.Keeps()
		if _, paints := l.Props.(layer.Painter); paints && !wanted.All {
			for _, f := range layer.StoryFields(g.doc, l.ID) {
				if !slices.Contains(wanted.Names, f) && !layer.InAllTiles(f) {
					wanted.Names = append(slices.Clone(wanted.Names), f)
				}
			}
		}
		if !wanted.All {
			for _, f := range layer.EventFields(l) {
				if !slices.Contains(wanted.Names, f) && !layer.InAllTiles(f) {
					wanted.Names = append(slices.Clone(wanted.Names), f)
				}
			}
		}
		if wanted.None() {
			continue
		}
		stats, err := g.attributeStats(ctx, l, s, &wanted)
		if err != nil {
			return g.atAttributes(l, err)
		}
		c := &columns{}
		d := newDigest("attributes")
		for k := range stats {
			a := geo.Attribute{Name: stats[k].Name, Kind: stats[k].kind(coverers[kindOf(l)] == nil)}
			stats[k].Kind = a.Kind.String()
			c.all, c.names, c.at = append(c.all, a), append(c.names, a.Name), append(c.at, k)
			d.text(a.Name)
			d.text(stats[k].Kind)
			stats[k].tell(g.report, l.ID)
		}
		c.width, c.id = len(c.all), d.sum()
		if len(c.all) > 0 {
			g.kept[l.ID] = c
		}
		g.stats[l.ID] = stats
	}
	g.share()
	return nil
}

// share gives the layers on the ground, whose rows stand in the same tables, columns in common.
func (g *generation) share() {
	at := map[string]int{}
	var on []*columns
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		c := g.columnsOf(l)
		if c == nil || coverers[kindOf(l)] == nil {
			continue
		}
		on = append(on, c)
		for k, a := range c.all {
			j, ok := at[a.Name]
			if !ok {
				j = len(g.onGround)
				at[a.Name], g.onGround = j, append(g.onGround, a)
			} else if g.onGround[j].Kind != a.Kind {
				g.onGround[j].Kind = common(g.onGround[j].Kind, a.Kind)
			}
			c.at[k] = j
		}
	}
	for _, c := range on {
		c.width = len(g.onGround)
	}
}

// common is the kind of a column that has values of two.
func common(a, b geo.AttributeKind) geo.AttributeKind {
	if a == geo.TextAttribute || b == geo.TextAttribute || a == geo.BooleanAttribute || b == geo.BooleanAttribute {
		return geo.TextAttribute
	}
	return geo.NumberAttribute
}

// decided are attributes that builders decide, beside those that all rows have.
var decided = map[string][]string{"buildings": {building.BuiltLevels, building.BuiltRoof}}

// always are the columns that all tiles have. Tags that are called so are columns of their own.
var always = []string{"id", "name", "class", "height"}

// attributeStats are those of the attributes that a layer keeps, in their order: what an earlier
// run has kept, or found in the features.
func (g *generation) attributeStats(ctx context.Context, l *scene.Layer, s *source, wanted *scene.Attributes) (out []AttributeStat, err error) {
	key := g.key("attributes")
	key.digest(s.name)
	key.text(kindOf(l))
	said, err := json.Marshal(wanted)
	if err != nil {
		return nil, err
	}
	key.bytes(said)
	key.text(fmt.Sprint(buildsAll(l)))
	name := key.sum()
	if data, ok := g.store.get(name); ok && json.Unmarshal(data, &out) == nil {
		return out, nil
	}
	f := attributeSearch{wanted: wanted, decided: decided[kindOf(l)]}
	if err := g.eachOf(ctx, l, s, f.count); err != nil {
		return nil, err
	}
	if err := f.choose(); err != nil {
		if g.BBox == nil && g.doc.Sources[s.id].BBox == nil {
			return nil, err
		}
		g.report.Note("layer " + l.ID + ": attributes: " + err.Error())
	}
	if err := g.eachOf(ctx, l, s, f.look); err != nil {
		return nil, err
	}
	out = f.end()
	data, err := json.Marshal(out)
	if err != nil {
		return nil, err
	}
	return out, g.store.put(name, data)
}

// eachOf calls add with the features that a layer may build.
func (g *generation) eachOf(ctx context.Context, l *scene.Layer, s *source, add func(f *geo.Feature)) error {
	kind, all := kindOf(l), buildsAll(l)
	return s.each(ctx, func(_ int, h *head) error {
		if !builds(kind, all, h.kind) {
			return nil
		}
		f, err := s.feature(h)
		if err == nil {
			add(&f)
		}
		return err
	})
}

func buildsAll(l *scene.Layer) bool {
	p, ok := l.Props.(interface{ EveryArea() bool })
	return ok && p.EveryArea()
}

// builds tells whether a kind of layer may build something of a feature.
func builds(kind string, all bool, k kinds) bool {
	switch kind {
	case "buildings":
		return k&solids != 0 || all && k&areas != 0
	case "roads":
		return k&roads != 0 && k&single == 0
	case "railways":
		return k&rails != 0
	case "areas":
		return k&(areas|lines) != 0 && k&solids == 0
	case "citymodel":
		return k&finished != 0 || k&single != 0
	}
	return k&solids == 0
}

// tellNames lists names for a message.
func tellNames(names []string) string {
	if len(names) > mostNames {
		return strings.Join(names[:mostNames], ", ") + fmt.Sprintf(" and %d more", len(names)-mostNames)
	}
	return strings.Join(names, ", ")
}
