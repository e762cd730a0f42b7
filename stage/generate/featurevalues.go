package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// ValuesFile is where a package keeps what is known of the values of a layer's features: scales
// find their domains in it without reading tiles.
func ValuesFile(layer string) string { return "tables/" + layer + ".values.json" }

// values writes what is known of the attributes of layers whose tiles are finished.
func (g *generation) values(context.Context) error {
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		painter, ok := l.Props.(layer.Painter)
		if l.Template || l.Tiles == "" || !ok && g.stats[l.ID] == nil {
			continue
		}
		stats := slices.DeleteFunc(slices.Clone(g.stats[l.ID]), func(a AttributeStat) bool { return a.Count == 0 })
		if ok {
			var missing []string
			for _, f := range append(painter.Paints(), layer.StoryFields(g.doc, l.ID)...) {
				known := func(a AttributeStat) bool { return a.Name == f }
				if f == "height" { // as built
					stats = slices.DeleteFunc(stats, known)
				}
				if !slices.ContainsFunc(stats, known) {
					missing = append(missing, f)
				}
			}
			more, err := g.found(l, missing)
			if err != nil {
				return fmt.Errorf("generate: layer %s: %w", l.ID, err)
			}
			stats = append(stats, more...)
			if l.Type == "tileset" {
				if err := g.unknownFields(l, missing, stats); err != nil {
					return err
				}
			}
			for _, f := range missing { // what is built may be empty: all of it is coloured as missing values are
				if !slices.ContainsFunc(stats, func(a AttributeStat) bool { return a.Name == f }) {
					stats = append(stats, AttributeStat{Name: f, Kind: geo.NumberAttribute.String()})
				}
			}
		}
		if len(stats) == 0 {
			continue
		}
		data, err := json.Marshal(stats)
		if err != nil {
			return err
		}
		file := filepath.Join(g.dir, filepath.FromSlash(ValuesFile(l.ID)))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("generate: %w", err)
		}
		if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
			return fmt.Errorf("generate: %w", err)
		}
	}
	return nil
}

// unknownFields refuses colours by what no feature of a tileset has.
func (g *generation) unknownFields(l *scene.Layer, fields []string, stats []AttributeStat) error {
	for _, f := range fields {
		if slices.ContainsFunc(stats, func(a AttributeStat) bool { return a.Name == f }) {
			continue
		}
		there := "no tile tells of its features"
		if len(stats) > 0 {
			var names []string
			for _, a := range stats {
				names = append(names, a.Name)
			}
			slices.Sort(names)
			there = "there are " + tellNames(names)
		}
		err := fmt.Errorf("layer %s: color: no feature has %q: %s", l.ID, f, there)
		i := slices.IndexFunc(g.doc.Layers, func(d scene.Layer) bool { return d.ID == l.ID })
		return located(g.doc, err, fmt.Sprintf("layers[%d].color", i), err.Error(), "layers", i, "color", "field")
	}
	return nil
}

// found reads the finest tiles of a layer for values that are in no source: those of other
// makers' tiles, and what builders have decided. A field that no tile has is left to whoever asks
// for it: of all that there is.
func (g *generation) found(l *scene.Layer, fields []string) ([]AttributeStat, error) {
	if len(fields) == 0 {
		return nil, nil
	}
	set, err := tiles.Open(filepath.Join(g.dir, filepath.FromSlash(l.Tiles)))
	if err != nil {
		return nil, err
	}
	f := tileSearch{}
	seen := map[uint64]struct{}{} // hashes of ids: those of a country would be as large as all else
	err = set.Walk(func(t *tiles.Tile) error {
		if len(t.Children) > 0 && !t.Additive {
			return nil
		}
		rows, err := set.Rows(t)
		if err != nil {
			return nil // it is told where tiles are copied
		}
		for _, c := range rows {
			for i := range c.Features {
				r := &c.Features[i]
				if r.ID != "" {
					h := fnv.New64a()
					_, _ = io.WriteString(h, r.ID)
					if _, again := seen[h.Sum64()]; again {
						continue
					}
					seen[h.Sum64()] = struct{}{}
				}
				f.add(r, c.Attributes)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return f.end(l.Type != "tileset", fields), nil
}

// tileSearch goes over the rows of tiles.
type tileSearch struct {
	features int
	stats    []AttributeStat
	samples  []valueSample
	at       map[string]int
}

func (f *tileSearch) add(r *geo.FeatureRow, attributes []geo.Attribute) {
	f.features++
	for k, a := range attributes {
		f.look(a.Name, r.Value(k))
	}
	for k, v := range [...]string{r.ID, r.Name, r.Class, layer.HeightText(r)} {
		f.look(always[k], v)
	}
}

func (f *tileSearch) look(name, text string) {
	if text == "" {
		return
	}
	i, ok := f.at[name]
	if !ok {
		if f.at == nil {
			f.at = map[string]int{}
		}
		if i = len(f.stats); i == 4*mostAttributes {
			return
		}
		f.at[name], f.stats, f.samples = i, append(f.stats, AttributeStat{Name: name}), append(f.samples, valueSample{})
	}
	f.stats[i].look(text, &f.samples[i])
}

// end is what is known of some of the fields, or of all.
func (f *tileSearch) end(some bool, fields []string) (out []AttributeStat) {
	for i := range f.stats {
		a := &f.stats[i]
		if some && !slices.Contains(fields, a.Name) {
			continue
		}
		a.Features = f.features
		f.samples[i].end(a)
		a.Kind = a.kind(true).String()
		out = append(out, *a)
	}
	return out
}
