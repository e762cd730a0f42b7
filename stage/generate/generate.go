package generate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// Options steer a generation. The zero value reads everything.
type Options struct {
	BBox    *geo.Bound
	Strict  bool   // an object that is left out is a failure
	Version string // of longtake, written into the package
	Say     Reporter
}

// Summary is what a generation made, as written to report.json.
type Summary struct {
	geo.Summary
	Tiles int   `json:"tiles"`
	Bytes int64 `json:"bytes"`
}

// ErrSkipped is the failure of a strict generation.
var ErrSkipped = errors.New("objects were left out")

// PackageVersion is the version of the package layout.
const PackageVersion = 1

// generation is one run of Run.
type generation struct {
	Options
	doc    *scene.Document
	out    *scene.Document // the package's document
	dir    string
	report *geo.Report

	features  map[string][]geo.Feature
	site      *site
	geoid     *raster.Geoid
	sea       float64 // height of the sea above the ellipsoid
	wet       float64 // the sea's area in the square, m²
	elevation geo.Elevation
	known     *raster.Elevation
	tiles     int
}

// Run builds the package of a document into a folder, which it replaces when all is
// done: resolved scene.json, tilesets, tables, models, ground heights and report.json.
// A folder that holds something else than a package is refused.
func Run(ctx context.Context, doc *scene.Document, dir string, o Options) (*Summary, error) {
	if err := replaceable(dir); err != nil {
		return nil, err
	}
	if err := checkInputs(doc, dir); err != nil {
		return nil, err
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	part, err := os.MkdirTemp(parent, "."+filepath.Base(dir)+".part*")
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	defer func() { _ = os.RemoveAll(part) }() // after a success it has another name
	if err := os.Chmod(part, 0o755); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	g := &generation{Options: o, doc: doc, dir: part, report: geo.NewReport()}
	s, err := g.run(ctx)
	if err != nil {
		return s, err
	}
	if err := os.RemoveAll(dir); err != nil {
		return s, fmt.Errorf("generate: %w", err)
	}
	if err := os.Rename(part, dir); err != nil {
		return s, fmt.Errorf("generate: %w", err)
	}
	return s, nil
}

// replaceable tells whether a package may be written to a path.
func replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("generate: %s: %w", dir, err)
	}
	if !IsPackage(dir) {
		return fmt.Errorf("%s is not empty and is no longtake package: choose another folder, or empty it", dir)
	}
	for _, e := range entries { // the whole folder is replaced: nothing of anybody else may be in it
		if !slices.Contains(packageEntries, e.Name()) {
			return fmt.Errorf("%s is a longtake package, but %s in it is not longtake's and would be lost: move it, or choose another folder", dir, e.Name())
		}
	}
	return nil
}

// packageEntries are the names that a package has at its top.
var packageEntries = []string{"scene.json", "report.json", GroundFile, "tiles", "tables", "images", "models"}

// checkInputs refuses files that would be replaced by the package, and what is neither a
// file nor a folder, which reading could wait for without end.
func checkInputs(doc *scene.Document, dir string) error {
	out, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	for _, f := range documentFiles(doc) {
		if err := Regular(f); err != nil {
			return err
		}
		if abs, err := filepath.Abs(f); err == nil && strings.HasPrefix(abs, out+string(filepath.Separator)) {
			return fmt.Errorf("%s lies in %s, which would be replaced: choose another folder", f, dir)
		}
	}
	return nil
}

// Regular refuses pipes, devices and sockets.
func Regular(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return fmt.Errorf("%s is not a file but a %s: write what it gives into a file", path, info.Mode().Type())
	}
	return nil
}

// IsPackage tells whether a folder holds a generated package.
func IsPackage(dir string) bool {
	head, ok := packageHead(dir)
	return ok && head.Package.Version > 0
}

type packageFields struct {
	Name    string
	Package struct{ Version int }
}

func packageHead(dir string) (head packageFields, ok bool) {
	data, err := os.ReadFile(filepath.Join(dir, "scene.json"))
	return head, err == nil && json.Unmarshal(data, &head) == nil
}

func packageName(dir string) string {
	head, _ := packageHead(dir)
	return head.Name
}

func (g *generation) run(ctx context.Context) (*Summary, error) {
	var err error
	if g.features, err = readFeatures(ctx, g.doc, g.BBox, g.report, g.Say); err != nil {
		return nil, err
	}
	if err := g.place(ctx); err != nil {
		return nil, err
	}
	g.out = g.doc.Clone()
	g.out.Dir = g.dir
	for _, step := range []func(context.Context) error{g.ground, g.buildings, g.trees, g.tables, g.assets, g.document} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	s := &Summary{Summary: g.report.Summary(), Tiles: g.tiles}
	_ = filepath.Walk(g.dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			s.Bytes += info.Size()
		}
		return nil
	})
	if err := writeJSON(filepath.Join(g.dir, "report.json"), s); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	if n := g.report.SkippedCount(); g.Strict && n > 0 {
		r := s.Skipped[0]
		return s, fmt.Errorf("%w: %d, the first for %q: %s", ErrSkipped, n, r.Reason, r.IDs[0])
	}
	return s, nil
}

// place finds the region, the height of the sea there and the elevation.
func (g *generation) place(ctx context.Context) error {
	var all []geo.Feature
	for _, name := range usedSources(g.doc) {
		if g.cityData(name) {
			all = append(all, g.features[name]...)
		}
	}
	var ground geo.Bound
	margin := 0.0
	if t := g.layer("terrain"); t != nil {
		margin = t.Props.(*layers.Terrain).Margin
	} else if g.hasCity() { // no city ends like a tray
		margin = layers.Types()["terrain"].New().(*layers.Terrain).Margin
	}
	if len(all) == 0 { // only data layers, or only ground
		for _, name := range usedSources(g.doc) {
			all = append(all, g.features[name]...)
		}
		e, err := readElevation(ctx, g.doc, g.BBox, g.report, g.Say)
		if err != nil {
			return err
		}
		if e != nil {
			ground, margin = e.Bounds(), 0
		}
	}
	var err error
	if g.site, err = locate(all, g.BBox, ground, margin); err != nil {
		if !g.hasCity() {
			g.site, err = &site{}, nil // world-wide data and placed models have no ground of their own
		}
		return err
	}
	if !g.hasCity() {
		return nil
	}
	clip := g.clip()
	if g.known, err = readElevation(ctx, g.doc, &clip, g.report, g.Say); err != nil {
		return err
	}
	if g.geoid, err = raster.Undulation(ctx, clip); err != nil {
		g.report.Note("no geoid: heights are taken as ellipsoidal")
	}
	g.sea = g.geoid.At(g.site.frame.Origin.Lng, g.site.frame.Origin.Lat)
	if g.known != nil {
		if g.elevation, err = g.everywhere(g.known); err != nil {
			return err
		}
	} else if b := newBases(all, g.site); b != nil {
		g.elevation = b
		g.report.Note("no elevation: the ground is that under the city model's buildings")
	} else {
		g.elevation = geo.FlatElevation(g.sea + flatGround)
		g.report.Note("no elevation: the ground is flat")
	}
	return nil
}

// flatGround is the height of ground without elevation above the sea.
const flatGround = 2.5

// clip is the region of the site's square in degrees.
func (g *generation) clip() geo.Bound {
	s := g.site
	b := geo.Bound{West: math.Inf(1), South: 90, East: math.Inf(-1), North: -90}
	lng0 := s.frame.Origin.Lng
	for i := range 9 {
		t := float64(i) / 8 * s.size
		for _, p := range [][2]float64{{t, 0}, {t, s.size}, {0, t}, {s.size, t}} {
			lng, lat := s.frame.Unplan(s.min[0]+p[0], s.min[1]+p[1])
			lng = lng0 + math.Remainder(lng-lng0, 360)
			b.West, b.East = math.Min(b.West, lng), math.Max(b.East, lng)
			b.South, b.North = math.Min(b.South, lat), math.Max(b.North, lat)
		}
	}
	if b.East-b.West >= 360 {
		return geo.Bound{West: -180, South: b.South, East: 180, North: b.North}
	}
	if b.East > 180 || b.West < -180 {
		b.West, b.East = wrap(b.West), wrap(b.East)
	}
	return b
}

func wrap(lng float64) float64 { return math.Remainder(lng, 360) }

// layer returns the first drawn layer of a type.
func (g *generation) layer(kind string) *scene.Layer {
	for i := range g.doc.Layers {
		if l := &g.doc.Layers[i]; l.Type == kind && !l.Template {
			return l
		}
	}
	return nil
}

// builtLayers lists the drawn layers that geo builds, of one kind or (kind "") of all.
func (g *generation) builtLayers(kind string) []*scene.Layer {
	var out []*scene.Layer
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		if b, ok := l.Props.(layers.Built); ok && !l.Template && l.Tiles == "" && (kind == "" || b.Kind() == kind) {
			out = append(out, l)
		}
	}
	return out
}

func (g *generation) hasCity() bool {
	return slices.ContainsFunc(g.doc.Layers, func(l scene.Layer) bool {
		_, ok := l.Props.(layers.Built)
		return ok && !l.Template
	})
}

// cityData tells whether a layer that geo builds reads the source.
func (g *generation) cityData(source string) bool {
	return slices.ContainsFunc(g.doc.Layers, func(l scene.Layer) bool {
		_, ok := l.Props.(layers.Built)
		return ok && !l.Template && l.Source == source
	})
}

// GroundFile is where a package keeps the heights that a story stands on.
const GroundFile = "ground.bin"

// writeHeights keeps the ground for playing: every node of the terrain's grid up to
// 1025², the finest surface in between.
func (g *generation) writeHeights(at func(x, y float64) float64, cells int) error {
	grid := heights.Sample(g.site.frame, g.site.min, g.site.size, min(cells, 1024)+1, at)
	return CreateFile(filepath.Join(g.dir, GroundFile), grid.Write)
}
