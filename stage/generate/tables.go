package generate

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/pyramid"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/basemap"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/points"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// tables keeps the rows of data layers in the package, one file a source.
func (g *generation) tables(ctx context.Context) error {
	written := map[string]string{}
	rows := map[string]*table.Table{}
	keep := func(source string) (name string, err error) {
		if name = written[source]; name != "" {
			return name, nil
		}
		name = path.Join("tables", source+".parquet")
		t, err := g.rowsOf(ctx, source)
		if err != nil {
			return "", err
		}
		if err := CreateFile(filepath.Join(g.dir, filepath.FromSlash(name)), t.WriteParquet); err != nil {
			return "", fmt.Errorf("generate: source %s: %w", source, err)
		}
		written[source], rows[source] = name, t
		g.report.Made("row", t.Rows())
		return name, nil
	}
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		if other := joinedSource(l); other != nil && *other != "" {
			name, err := keep(*other)
			if err != nil {
				return err
			}
			if l.Type == "tileset" {
				err = g.takeTileset(l)
			} else {
				err = g.tryLayer(l, rows[*other])
			}
			if err != nil {
				return err
			}
			*other, l.Table = "", name
			continue
		}
		if im, ok := l.Props.(*basemap.Imagery); ok && !l.Template && l.Tiles == "" {
			if err := g.imagery(ctx, l, im); err != nil {
				return err
			}
			continue
		}
		if _, built := l.Props.(layer.Built); built || l.Template || l.Source == "" || l.Table != "" {
			continue
		}
		if l.Type == "tileset" {
			if err := g.takeTileset(l); err != nil {
				return err
			}
			continue
		}
		name, err := keep(l.Source)
		if err != nil {
			return err
		}
		if rows[l.Source].Rows() == 0 {
			g.report.Note("layer " + l.ID + ": nothing for it in source " + l.Source)
		}
		if err := g.tryLayer(l, rows[l.Source]); err != nil {
			return err
		}
		if l.Table = name; (g.doc.Refresh(l.Source) == scene.Time{}) {
			l.Source = ""
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// all reads all features of a source: what is drawn from a table is held in memory when
// it is played, too.
func (g *generation) all(ctx context.Context, name string) ([]geo.Feature, error) {
	s := g.sources[name]
	if s == nil {
		return nil, nil
	}
	out := make([]geo.Feature, 0, s.count)
	err := s.each(ctx, func(_ int, h *head) error {
		f, err := s.feature(h)
		out = append(out, f)
		return err
	})
	return out, err
}

// tryLayer draws a data layer once, so that a wrong field is told before anything plays,
// and counts the rows that it leaves out.
func (g *generation) tryLayer(l *scene.Layer, t *table.Table) error {
	draws, err := layer.Draw(&layer.Context{
		Layer: l, Table: t, Ground: g.heightOf,
		Open: func(path string) ([]byte, error) { return os.ReadFile(g.doc.Resolve(path)) },
		Path: g.doc.Resolve,
		Skip: func(row, reason string) { g.report.Skip(row, "layer "+l.ID+": "+reason) },
	})
	if g.unframed() && l.Visible && l.Opacity > 0 {
		g.summits.take(draws)
	}
	if err == nil && l.Time != nil {
		if _, err = layer.NewTimed(l.Time, t); err != nil {
			err = fmt.Errorf("layer %s: %w", l.ID, err)
		} else if doubt := layer.DoubtfulTimes(l.Time, t); doubt != "" {
			g.report.Note("layer " + l.ID + ": " + doubt)
		}
	}
	if err != nil {
		return LayerFault(g.doc, l.ID, err)
	}
	return nil
}

// assets copies models and the environment's files into the package.
func (g *generation) assets(context.Context) error {
	for _, file := range g.out.Environment.Files() {
		if file.Name == "land" {
			if err := g.landMask(file.Path); err != nil {
				return fmt.Errorf("environment.globe.land: %w", err)
			}
			continue
		}
		name := path.Join("environment", file.Name, filepath.Base(*file.Path))
		if err := g.copy(g.doc.Resolve(*file.Path), name); err != nil {
			return err
		}
		*file.Path = name
	}
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		if f, ok := l.Props.(interface{ Files() []*string }); ok && !l.Template {
			for k, file := range f.Files() {
				name := path.Join("files", l.ID, strconv.Itoa(k)+filepath.Ext(*file))
				if err := g.copy(g.doc.Resolve(*file), name); err != nil {
					return fmt.Errorf("generate: layer %s: %w", l.ID, err)
				}
				*file = name
			}
		}
		m, ok := l.Props.(interface{ ModelFile() *string })
		if !ok || l.Template || m.ModelFile() == nil {
			continue
		}
		model := m.ModelFile()
		name, err := g.copyModel(l.ID, *model)
		if err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
		*model = name
	}
	return nil
}

// copyModel copies a model with the files that it names, by reading it.
func (g *generation) copyModel(id, file string) (string, error) {
	from := g.doc.Resolve(file)
	data, err := os.ReadFile(from)
	if err != nil {
		return "", err
	}
	folder := path.Join("models", id)
	var uris []string
	_, err = points.ReadModel(file, data, func(uri string) ([]byte, error) {
		raw, err := os.ReadFile(filepath.Join(filepath.Dir(from), filepath.FromSlash(uri)))
		if err == nil { // a picture that is not there is left out of the model
			uris = append(uris, uri)
		}
		return raw, err
	})
	if err != nil {
		return "", err
	}
	slices.Sort(uris)
	for _, uri := range slices.Compact(uris) {
		if !filepath.IsLocal(filepath.FromSlash(uri)) {
			return "", fmt.Errorf("%s names %s, outside of its folder", file, uri)
		}
		if err := g.copy(filepath.Join(filepath.Dir(from), filepath.FromSlash(uri)), path.Join(folder, uri)); err != nil {
			return "", err
		}
	}
	name := path.Join(folder, filepath.Base(from))
	return name, g.copy(from, name)
}

func (g *generation) copy(from, name string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	return CreateFile(filepath.Join(g.dir, filepath.FromSlash(name)), func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}

// document writes the resolved scene.
func (g *generation) document(context.Context) (err error) {
	out := g.out
	out.Credits = credits(g.doc)
	out.Sources = g.liveSources()
	out.Layers = slices.DeleteFunc(out.Layers, func(l scene.Layer) bool { return l.Template })
	for i := range out.Layers {
		out.Layers[i].Extends, out.Layers[i].On = "", ""
	}
	out.Package = &scene.Package{Version: PackageVersion, Tool: "longtake " + g.Version, SeaLevel: g.sea}
	if g.site.size > 0 {
		o := g.site.frame.Origin
		out.Package.Origin = scene.Place{Lng: o.Lng, Lat: o.Lat, Height: o.Height}
		b := scene.Bounds(g.site.bounds)
		out.Package.Bounds = &b
	}
	ground := g.elevation
	if g.terrain != nil { // asked for a few places, the same in every run
		kept := g.asking()
		defer func() {
			if err == nil {
				err = kept.done()
			}
		}()
		ground = kept
	}
	heightOf := func(lng, lat float64) float64 { return g.heightIn(ground, lng, lat) }
	if err := g.modelTiles(heightOf); err != nil {
		return err
	}
	if out.Environment.Globe.Height == 0 {
		out.Environment.Globe.Height = g.globeHeight(ground)
	}
	if out.Camera == nil && len(out.Story.Keyframes) == 0 && out.Package.Bounds != nil {
		c := Overview(*out.Package.Bounds, heightOf, out.Output.Size.Aspect())
		if mid, radius, ok := g.site.focus(g.massive.places()); ok {
			c = framed(mid, radius*1.1, heightOf, out.Output.Size.Aspect())
		}
		c = g.summits.hold(c, out.Output.Size.Aspect())
		if c.Target != nil && out.Story.Length() == (scene.Time{}) {
			out.Story = turning(c)
		}
		out.Camera = &c
	}
	if out.Camera == nil && len(out.Story.Keyframes) == 0 {
		if mid, radius, ok := g.tiled(out.Layers); ok {
			c := framed(mid, radius, func(_, _ float64) float64 { return mid.Height }, out.Output.Size.Aspect())
			c = g.summits.hold(c, out.Output.Size.Aspect())
			if c.Target != nil && out.Story.Length() == (scene.Time{}) {
				out.Story = turning(c)
			}
			out.Camera = &c
		}
	}
	if out.Camera == nil && len(out.Story.Keyframes) == 0 {
		if mid, radius, ok := spread(g.feet.places()); ok {
			c := g.summits.hold(framed(mid, radius, heightOf, out.Output.Size.Aspect()), out.Output.Size.Aspect())
			out.Camera = &c
		}
	}
	if out.Environment.Time == nil {
		t := out.StartTime()
		out.Environment.Time = &t
	}
	return CreateFile(filepath.Join(g.dir, "scene.json"), func(w io.Writer) error { return out.Write(w, scene.JSON) })
}

// heightOf is the ground of the package, the globe's surface beyond it.
func (g *generation) heightOf(lng, lat float64) float64 { return g.heightIn(g.elevation, lng, lat) }

func (g *generation) heightIn(ground geo.Elevation, lng, lat float64) float64 {
	if ground != nil {
		if h, ok := ground.HeightAt(lng, lat); ok {
			return h
		}
	}
	return g.sea
}

// globeHeight is where the globe continues the ground beyond the data: at the sea's
// level, or inland at the lowest ground of the square's rim.
func (g *generation) globeHeight(ground geo.Elevation) float64 {
	if g.site.size == 0 || ground == nil {
		return 0
	}
	if g.out.Environment.Globe.Sea {
		return g.sea
	}
	low := g.sea
	first := true
	for i := range 64 {
		t := g.site.size * float64(i) / 64
		for _, p := range [][2]float64{{t, 0}, {t, g.site.size}, {0, t}, {g.site.size, t}} {
			lng, lat := g.site.frame.Unplan(g.site.min[0]+p[0], g.site.min[1]+p[1])
			h, ok := ground.HeightAt(lng, lat)
			if g.wet > 0 {
				h = math.Max(h, g.sea) // not the sea's bed
			}
			if ok && (first || h < low) {
				low, first = h, false
			}
		}
	}
	return low
}

// credits lists who must be named for the sources and the imagery in use: what the document
// says, else what archives of tiles say themselves.
func credits(doc *scene.Document) []string {
	out := slices.Clone(doc.Credits)
	add := func(line string) {
		if line != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	for _, name := range usedSources(doc) {
		for _, line := range sourceCredits(doc, name) {
			add(line)
		}
	}
	for i := range doc.Layers {
		if im, ok := doc.Layers[i].Props.(*basemap.Imagery); ok && !doc.Layers[i].Template {
			add(imageryCredit(doc, im))
		}
	}
	return out
}

// sourceCredits names the owners of a source.
func sourceCredits(doc *scene.Document, name string) (out []string) {
	src := doc.Sources[name]
	if src.Credit != "" {
		return []string{src.Credit}
	}
	if src.Type == "osm" {
		out = append(out, "© OpenStreetMap contributors")
	}
	for _, path := range src.Path {
		if line := read.Attribution(doc.Resolve(path)); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// imageryCredit names the owner of imagery that has no source.
func imageryCredit(doc *scene.Document, im *basemap.Imagery) string {
	if im.Credit != "" || im.Address == "" || pyramid.IsAddress(im.Address) {
		return im.Credit
	}
	return read.Attribution(doc.Resolve(im.Address))
}
