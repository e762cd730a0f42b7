package generate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/internal/scratch"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Options steer a generation. The zero value reads everything.
type Options struct {
	BBox    *geo.Bound
	Strict  bool   // an object that is left out is a failure
	Version string // of longtake, written into the package
	Say     Reporter
	// Parts is a folder that keeps the parts of packages from run to run, each under the
	// hash of all that it is made of; "" keeps none.
	Parts string
	// MaxMemory is the most memory in bytes that the process may hold; 0 is half of the
	// machine's.
	MaxMemory int64
	// Plain leaves tiles uncompressed: without EXT_meshopt_compression.
	Plain bool
}

// Summary is what a generation made, as written to report.json.
type Summary struct {
	geo.Summary
	Tiles int   `json:"tiles"`
	Bytes int64 `json:"bytes"`
	// Rebuilt are the tiles that were not there from an earlier run; not in report.json,
	// which only tells of the package.
	Rebuilt int `json:"-"`
	// Sources are the versions of the vector sources: hashes of their files and of how
	// they are read. Tiles name the versions of the parts that they depend on.
	Sources map[string]string `json:"sources,omitempty"`
	// Fetched are the addresses that were read, each once.
	Fetched []Fetched `json:"fetched,omitempty"`
}

// ErrSkipped is the failure of a strict generation.
var ErrSkipped = errors.New("objects were left out")

// PackageVersion is the version of the package layout.
const PackageVersion = 1

// generation is one run of Run.
type generation struct {
	Options
	doc      *scene.Document
	out      *scene.Document // the package's document
	dir      string
	report   *geo.Report
	shapes   *shapes
	store    *store
	budget   *budget
	progress *meter

	replaced replacements
	sources  map[string]*source
	rows     rowSources
	kept     map[string]*columns        // attributes by layer
	stats    map[string][]AttributeStat // of those
	onGround []geo.Attribute            // columns of all that lies on the ground
	order    []*source                  // by number
	feet     *sketch                    // of all features
	massive  *sketch                    // of buildings and the like that are built
	summits  summits                    // of what layers of data draw, for a scene without a camera
	site     *site
	blocks   *blocks

	sea       float64            // height of the sea above the ellipsoid
	housed    map[string]Builder // of layers of buildings by their ids: their surveys are filled
	wet       float64            // the sea's area in the square, m²
	rim       *rim               // where the sea lies along the sides of the square; nil without one
	bare      *bare
	elevation geo.Elevation // the bare ground, then the terrain
	laid      *ground
	works     *works // earthworks
	terrain   *terrain.Terrain
	digests   *terrain.Digests
	tileHeads *tileHeads

	versions   versions
	ledger     ledger
	tiles      int
	wholeEarth bool         // the ground is the Earth's, see world
	rebuilt    atomic.Int64 // tiles that were not kept from before
}

// Run builds the package of a document into a folder, which it replaces when all is
// done: resolved scene.json, tilesets, tables, models, ground heights and report.json.
// A folder that holds something else than a package is refused.
func Run(ctx context.Context, doc *scene.Document, dir string, o Options) (*Summary, error) {
	if err := replaceable(dir); err != nil {
		return nil, err
	}
	doc, fetchedAside, err := fetch(ctx, doc)
	if err != nil {
		return nil, err
	}
	defer fetchedAside()
	if err := checkInputs(doc, dir); err != nil {
		return nil, err
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	folder, err := scratch.NewIn(parent, "."+filepath.Base(dir)+".part")
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	defer folder.Remove()
	work := folder.Path
	part := filepath.Join(work, "package")
	if err := os.Mkdir(part, 0o755); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	parts := filepath.Join(work, partsFolder)
	if o.Parts != "" {
		parts = o.Parts
	}
	g := &generation{Options: o, doc: doc, dir: part, summits: summits{}, report: geo.NewReport(), shapes: newShapes(), progress: newMeter(o.Say)}
	if g.store, err = openStore(parts, o.Parts != ""); err != nil {
		return nil, err
	}
	defer g.store.close()
	g.ledger = newLedger(g.store.work)
	defer func() { _ = g.ledger.files.Close() }()
	if g.budget, err = newBudget(o.MaxMemory); err != nil {
		return nil, err
	}
	defer g.budget.release()
	defer func() {
		for _, s := range g.order {
			s.close()
		}
		if g.terrain != nil {
			_ = g.terrain.Close() // what it has on disk has no name
		}
	}()
	s, err := g.make(ctx)
	if err != nil {
		return s, err
	}
	return s, g.takePlace(part, dir, work)
}

// make takes the package from an earlier run on the same inputs, or builds it.
func (g *generation) make(ctx context.Context) (*Summary, error) {
	if g.Parts == "" {
		return g.strict(g.run(ctx))
	}
	name, err := g.packageName()
	if err != nil {
		return nil, err
	}
	s, err := g.takePackage(ctx, name)
	if s != nil || err != nil {
		return g.strict(s, err)
	}
	if s, err = g.run(ctx); err == nil {
		err = g.keepPackage(name, s)
	}
	return g.strict(s, err)
}

// strict fails where a strict run has left something out.
func (g *generation) strict(s *Summary, err error) (*Summary, error) {
	if err != nil || !g.Strict || s.SkippedCount() == 0 {
		return s, err
	}
	r := s.Skipped[0]
	return s, fmt.Errorf("%w: %d, the first for %q: %s", ErrSkipped, s.SkippedCount(), r.Reason, r.IDs[0])
}

// takePlace gives a finished package its name. What had the name goes with the work
// folder, so that it is missing for no longer than a rename, and a run that finished this
// moment is replaced as well.
func (g *generation) takePlace(part, dir, work string) (err error) {
	for i := range 10 {
		if err = os.Rename(dir, filepath.Join(work, fmt.Sprint("old", i))); err != nil && !errors.Is(err, os.ErrNotExist) {
			break
		}
		if err = os.Rename(part, dir); err == nil {
			return nil
		}
	}
	return fmt.Errorf("generate: %w", err)
}

func (g *generation) run(ctx context.Context) (*Summary, error) {
	g.out = g.doc.Clone()
	g.out.Dir = g.dir
	if err := g.world(ctx); err != nil {
		return nil, err
	}
	steps := []func(context.Context) error{g.models, g.ingest, g.readTables, g.place}
	if g.hasCity() {
		laid, objects := 0, 0
		for _, l := range g.builtLayers("") {
			if coverers[kindOf(l)] != nil {
				laid++
			} else if builders[kindOf(l)] != nil {
				objects++
			}
		}
		g.progress.expect(laid, objects)
		steps = append(steps, g.attributes, g.divide, g.cover, g.shape, g.streets, g.objects, g.groundTileset, g.traffic)
	}
	for _, step := range append(steps, g.slabs, g.tables, g.assets, g.values, g.document) {
		if err := step(ctx); err != nil {
			return nil, err
		}
		if g.terrain != nil && g.terrain.Err() != nil {
			return nil, fmt.Errorf("generate: %w", g.terrain.Err())
		}
	}
	g.progress.end()
	if err := g.keepHeads(); err != nil {
		return nil, err
	}
	s := &Summary{Summary: g.report.Summary(), Tiles: g.tiles, Rebuilt: int(g.rebuilt.Load())}
	var err error
	if s.Fetched, err = fetched(g.doc); err != nil {
		return nil, err
	}
	s.Sources = map[string]string{}
	for _, src := range g.order {
		s.Sources[src.id] = src.version.String()
	}
	_ = filepath.Walk(g.dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			s.Bytes += info.Size()
		}
		return nil
	})
	if drawn := g.shapes.drawn(s.Summary); len(drawn) > 0 {
		err := CreateFile(filepath.Join(g.dir, rejectedFile), func(w io.Writer) error {
			return json.NewEncoder(w).Encode(map[string]any{"type": "FeatureCollection", "features": drawn})
		})
		if err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
	}
	if err := writeJSON(filepath.Join(g.dir, "report.json"), s); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	return s, nil
}

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
		if b, ok := l.Props.(layer.Built); ok && !l.Template && l.Tiles == "" && (kind == "" || b.Kind() == kind) {
			out = append(out, l)
		}
	}
	return out
}

func (g *generation) hasCity() bool {
	if g.wholeEarth {
		return false
	}
	return slices.ContainsFunc(g.doc.Layers, func(l scene.Layer) bool {
		_, ok := l.Props.(layer.Built)
		return ok && !l.Template
	})
}

// cityData tells whether a layer that geo builds reads the source.
func (g *generation) cityData(source string) bool {
	return slices.ContainsFunc(g.doc.Layers, func(l scene.Layer) bool {
		_, ok := l.Props.(layer.Built)
		return ok && !l.Template && l.Source == source
	})
}

// kindOf names what geo builds of a layer; "" where it builds nothing.
func kindOf(l *scene.Layer) string {
	if b, ok := l.Props.(layer.Built); ok {
		return b.Kind()
	}
	return ""
}

// hasBuildings tells whether a layer builds the buildings of a source.
func (g *generation) hasBuildings(source string) bool {
	return slices.ContainsFunc(g.doc.Layers, func(l scene.Layer) bool {
		return kindOf(&l) == "buildings" && !l.Template && l.Source == source
	})
}

// key begins the name of a kind of result: another build of longtake may make others.
func (g *generation) key(kind string) digester {
	d := newDigest(kind)
	d.text(g.Version)
	d.digest(tool())
	return d
}
