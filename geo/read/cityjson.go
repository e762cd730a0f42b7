package read

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"github.com/longtake/longtake/geo"
)

// The parts of CityJSON 1.0 to 2.0 (https://www.cityjson.org/specs/2.0.1/) that make
// geometry. Appearance is not read.

type cityFile struct {
	Type      string `json:"type"`
	Transform *struct {
		Scale     [3]float64 `json:"scale"`
		Translate [3]float64 `json:"translate"`
	} `json:"transform"`
	Metadata struct {
		CRS    string    `json:"referenceSystem"`
		Extent []float64 `json:"geographicalExtent"`
	} `json:"metadata"`
	Objects   map[string]*cityObject `json:"CityObjects"`
	Vertices  [][3]float64           `json:"vertices"`
	Templates struct {
		Geometries []cityGeometry `json:"templates"`
		Vertices   [][3]float64   `json:"vertices-templates"`
	} `json:"geometry-templates"`
}

type cityObject struct {
	Type       string                     `json:"type"`
	Attributes map[string]json.RawMessage `json:"attributes"`
	Parents    []string                   `json:"parents"`
	Children   []string                   `json:"children"`
	Geometry   []cityGeometry             `json:"geometry"`
}

type cityGeometry struct {
	Type       string          `json:"type"`
	LoD        json.RawMessage `json:"lod"`
	Boundaries json.RawMessage `json:"boundaries"`
	Semantics  struct {
		Surfaces []struct {
			Type string `json:"type"`
		} `json:"surfaces"`
		Values json.RawMessage `json:"values"`
	} `json:"semantics"`
	Template int       `json:"template"`
	Matrix   []float64 `json:"transformationMatrix"`
}

// cityBatch is how many positions wait for one transformation.
const cityBatch = 200000

// readCityJSON reads a file of one model, or a sequence: a first object with what all
// share, then one a feature. Each object with geometry becomes a feature with its
// surfaces; of a building in parts the parts, which take on its attributes.
func readCityJSON(ctx context.Context, in *input, c *checker) error {
	r, err := in.open()
	if err != nil {
		return err
	}
	defer r.Close()
	d := json.NewDecoder(newTolerant(r))
	b := &cityBuilder{ctx: ctx, in: in, c: c}
	var shared *cityFile
	for n := 0; ; n++ {
		f := &cityFile{}
		if err := d.Decode(f); err == io.EOF && n > 0 {
			return b.flush()
		} else if err != nil {
			return jsonError(in.name, d, err)
		}
		switch {
		case f.Type == "CityJSON":
			shared = f
		case f.Type != "CityJSONFeature":
			return fmt.Errorf("%s: object %d is a %q, not CityJSON", in.name, n+1, f.Type)
		case shared == nil:
			return fmt.Errorf("%s: a CityJSON sequence has to begin with an object of type CityJSON", in.name)
		default:
			f.Transform, f.Metadata, f.Templates = shared.Transform, shared.Metadata, shared.Templates
		}
		if err := b.add(f); err != nil {
			return err
		}
	}
}

// cityBuilder makes features of objects and holds them until they are transformed.
type cityBuilder struct {
	ctx   context.Context
	in    *input
	c     *checker
	crs   string
	batch []geo.Feature
	n     int // positions in the batch
}

var epsgCode = regexp.MustCompile(`(?i)EPSG[:/]+(?:[\d.]*[:/]+)?(\d+)$`)

// system is the file's reference system as PROJ takes it.
func (b *cityBuilder) system(f *cityFile) (string, error) {
	if b.c.o.CRS != "" {
		return b.c.o.CRS, nil
	}
	if f.Metadata.CRS == "" {
		return "", fmt.Errorf("%s: the metadata names no referenceSystem: name it with the option crs, for example crs: EPSG:7415", b.in.name)
	}
	if m := epsgCode.FindStringSubmatch(f.Metadata.CRS); m != nil {
		return "EPSG:" + m[1], nil
	}
	return f.Metadata.CRS, nil
}

func (b *cityBuilder) add(f *cityFile) error {
	if len(f.Objects) == 0 {
		return nil
	}
	var err error
	if b.crs, err = b.system(f); err != nil {
		return err
	}
	if f.untranslated() {
		f.Transform.Translate = [3]float64{}
		b.c.o.Report.Note("city model's translate ignored: its vertices hold it already")
	}
	for _, id := range slices.Sorted(maps.Keys(f.Objects)) {
		o := f.Objects[id]
		if o == nil || len(o.Geometry) == 0 || f.replaced(o) {
			continue
		}
		surfaces, err := f.surfaces(bestLoD(o.Geometry))
		if err != nil {
			b.c.o.Report.Skip(id, "city object malformed")
			continue
		}
		if len(surfaces) == 0 {
			b.c.o.Report.Skip(id, "city object without surfaces")
			continue
		}
		for _, s := range surfaces {
			for _, r := range s.Rings {
				b.n += len(r)
			}
		}
		b.batch = append(b.batch, geo.Feature{ID: id, Tags: f.tags(o), Surfaces: surfaces})
		if b.n >= cityBatch {
			if err := b.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// untranslated tells whether the vertices lie in the stated extent without the
// transform's translation and outside with it: a fault of some writers.
func (f *cityFile) untranslated() bool {
	e, t := f.Metadata.Extent, f.Transform
	if t == nil || len(e) != 6 || len(f.Vertices) == 0 {
		return false
	}
	without, with := 0, 0
	for _, v := range f.Vertices {
		in, moved := true, true
		for k := range 2 {
			slack := 1 + (e[k+3]-e[k])/10
			p := v[k] * t.Scale[k]
			in = in && p >= e[k]-slack && p <= e[k+3]+slack
			p += t.Translate[k]
			moved = moved && p >= e[k]-slack && p <= e[k+3]+slack
		}
		if in {
			without++
		}
		if moved {
			with++
		}
	}
	return with == 0 && without == len(f.Vertices)
}

// replaced tells whether an object's parts show it in more detail than itself.
func (f *cityFile) replaced(o *cityObject) bool {
	own := levelOf(bestLoD(o.Geometry))
	for _, id := range o.Children {
		if c := f.Objects[id]; c != nil && len(c.Geometry) > 0 && levelOf(bestLoD(c.Geometry)) > own {
			return true
		}
	}
	return false
}

func levelOf(g *cityGeometry) float64 {
	v, err := strconv.ParseFloat(text(g.LoD), 64)
	if err != nil {
		return 0
	}
	return v
}

// maxLevel is the finest level that is taken while a coarser one is there: LoD 3 brings
// windows and doors, which are drawn by the facade material here.
const maxLevel = 2.2

// bestLoD is the geometry of the highest level up to maxLevel, or the lowest above.
func bestLoD(gs []cityGeometry) *cityGeometry {
	best := &gs[0]
	for i := range gs[1:] {
		g := &gs[i+1]
		have, new := levelOf(best), levelOf(g)
		if new <= maxLevel && (have > maxLevel || new > have) || new > maxLevel && have > maxLevel && new < have {
			best = g
		}
	}
	return best
}

// osmTags give city objects the tag under which OSM has their like, so that layers find
// both.
var osmTags = map[string][2]string{
	"Building": {"building", "yes"}, "BuildingPart": {"building", "yes"}, "BuildingInstallation": {"building", "yes"},
	"Bridge": {"man_made", "bridge"}, "BridgePart": {"man_made", "bridge"},
	"Road": {"area:highway", "road"}, "Railway": {"area:railway", "rail"}, "TransportSquare": {"place", "square"},
	"WaterBody": {"natural", "water"}, "PlantCover": {"natural", "scrub"}, "SolitaryVegetationObject": {"natural", "tree"},
	"LandUse": {"landuse", "yes"}, "TINRelief": {"longtake:relief", "yes"},
}

// tags are the attributes of an object over those of its parents.
func (f *cityFile) tags(o *cityObject) map[string]string {
	tags := map[string]string{}
	for _, id := range o.Parents {
		if p := f.Objects[id]; p != nil {
			addTags(tags, p.Attributes)
		}
	}
	addTags(tags, o.Attributes)
	tags["cityjson:type"] = o.Type
	if t, ok := osmTags[o.Type]; ok && tags[t[0]] == "" {
		tags[t[0]] = t[1]
	}
	if h := tags["measuredHeight"]; h != "" && tags["height"] == "" {
		tags["height"] = h
	}
	return tags
}

var errCity = errors.New("malformed geometry")
