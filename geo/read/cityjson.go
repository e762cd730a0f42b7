package read

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo"
)

// The parts of CityJSON 1.0 to 2.0 (https://www.cityjson.org/specs/2.0.1/) that make
// geometry, the plain colours of materials, and what surfaces show of textures.

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
	Appearance cityAppearance  `json:"appearance"`
	shared     *cityAppearance // that of templates, of a sequence; nil is Appearance
	pictures   *pictures
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
	Material map[string]struct {
		Value  *int            `json:"value"`
		Values json.RawMessage `json:"values"`
	} `json:"material"`
	Texture map[string]struct {
		Values json.RawMessage `json:"values"`
	} `json:"texture"`
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
	d := json.NewDecoder(newTolerant(in.lines(r, c.o.Report)))
	b := newCityBuilder(ctx, in, c)
	var shared *cityFile
	for n := 0; ; n++ {
		f := &cityFile{}
		if err := d.Decode(f); err == io.EOF && n > 0 {
			return b.flush()
		} else if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) && f.Type == "CityJSONFeature" {
			c.o.Report.Skip("object "+strconv.Itoa(n+1), fmt.Sprintf("city object whose %s is a JSON %s", wrong.Field, wrong.Value))
			continue
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
			f.Appearance.inherit(&shared.Appearance)
			f.shared = &shared.Appearance
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

	pictures pictures // of textures

	objects int // met so far, to name those without an id
}

func newCityBuilder(ctx context.Context, in *input, c *checker) *cityBuilder {
	return &cityBuilder{ctx: ctx, in: in, c: c, pictures: pictures{in: in, report: c.o.Report}}
}

// hold keeps a feature, in a reference system, until the batch is placed.
func (b *cityBuilder) hold(f geo.Feature, srs gmlSystem) error {
	if srs.name == "" {
		return fmt.Errorf("%s: it names no reference system (srsName): name it in the scene's source, as crs: EPSG:…", b.in.name)
	}
	if srs.name != b.crs {
		if err := b.flush(); err != nil {
			return err
		}
		b.crs = srs.name
	}
	return b.keep(f)
}

func (b *cityBuilder) keep(f geo.Feature) error {
	for _, s := range f.Surfaces {
		for _, r := range s.Rings {
			b.n += len(r)
		}
	}
	b.batch = append(b.batch, f)
	if b.n >= cityBatch {
		return b.flush()
	}
	return nil
}

var epsgCode = regexp.MustCompile(`(?i)EPSG[:/]+(?:[\d.]*[:/]+)?(\d+)$`)

// system is the file's reference system as PROJ takes it.
func (b *cityBuilder) system(f *cityFile) (string, error) {
	if b.c.o.CRS != "" {
		return b.c.o.CRS, nil
	}
	if f.Metadata.CRS == "" {
		return "", fmt.Errorf("%s: the metadata names no referenceSystem: name it in the scene's source, as crs: EPSG:7415", b.in.name)
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
	f.pictures = &b.pictures
	if f.untranslated() {
		f.Transform.Translate = [3]float64{}
		b.c.o.Report.Note("city model's translate ignored: its vertices hold it already")
	}
	for _, id := range sortedIDs(f.Objects) {
		o := f.Objects[id]
		if o != nil && len(o.Geometry) > 0 && interior(o.Type) {
			if o.Type != "CityObjectGroup" {
				b.c.o.Report.Note(insideNote + o.Type)
			}
			continue
		}
		if o == nil || len(o.Geometry) == 0 || f.replaced(o, b.c.o.LoD) {
			continue
		}
		best := f.bestLoD(o.Geometry, b.c.o.LoD)
		surfaces, err := f.surfaces(best)
		if err == nil && len(surfaces) == 0 && !strings.HasPrefix(o.Type, "Building") {
			if p, ok := f.point(best); ok {
				surfaces = []geo.Surface{{Rings: [][][3]float64{{p}}}} // placed as a surface is, then a point
			}
		}
		if err != nil {
			b.c.o.Report.Skip(id, "city object malformed")
			b.c.o.Report.NoteOf(id, "city object left out: "+err.Error())
			continue
		}
		if len(surfaces) == 0 {
			b.c.o.Report.Skip(id, "city object without surfaces")
			continue
		}
		if err := b.keep(geo.Feature{ID: id, Tags: f.tags(o), Surfaces: surfaces}); err != nil {
			return err
		}
	}
	return nil
}

// insideNote is noted of rooms and what stands in them, with their kind.
const insideNote = "inside of a building not built: "

// interior tells the types that lie inside of buildings.
func interior(kind string) bool {
	switch kind {
	case "BuildingRoom", "BuildingFurniture", "BuildingStorey", "BuildingUnit", "BridgeRoom", "BridgeFurniture", "TunnelHollowSpace", "TunnelFurniture", "CityObjectGroup":
		return true
	}
	return false
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
func (f *cityFile) replaced(o *cityObject, most float64) bool {
	own := f.level(f.bestLoD(o.Geometry, most))
	for _, id := range o.Children {
		if c := f.Objects[id]; c != nil && len(c.Geometry) > 0 && !interior(c.Type) && !strings.HasSuffix(c.Type, "Installation") && better(f.level(f.bestLoD(c.Geometry, most)), own, most) {
			return true
		}
	}
	return false
}

// level is the level of detail of a geometry, of an instance that of its template.
func (f *cityFile) level(g *cityGeometry) float64 {
	if g.LoD == nil && g.Type == "GeometryInstance" && g.Template >= 0 && g.Template < len(f.Templates.Geometries) {
		g = &f.Templates.Geometries[g.Template]
	}
	v, err := strconv.ParseFloat(text(g.LoD), 64)
	if err != nil {
		return 0
	}
	return v
}

// usualLevel is the finest level that is taken while a coarser one is there: LoD 3 brings
// windows and doors, which are drawn by the facade material here.
const usualLevel = 2.2

// better tells whether a level is to be taken rather than another: the highest up to
// most, or the lowest above; most 0 is usualLevel.
func better(level, than, most float64) bool {
	if most == 0 {
		most = usualLevel
	}
	if level <= most {
		return than > most || level > than
	}
	return than > most && level < than
}

// bestLoD is the geometry of the best level.
func (f *cityFile) bestLoD(gs []cityGeometry, most float64) *cityGeometry {
	best := &gs[0]
	for i := range gs[1:] {
		if g := &gs[i+1]; better(f.level(g), f.level(best), most) {
			best = g
		}
	}
	return best
}

// osmTags give city objects the tag under which OSM has their like, so that layers find
// both.
var osmTags = map[string][2]string{
	"Building": {"building", "yes"}, "BuildingPart": {"building", "yes"}, "BuildingInstallation": {"building", "yes"},
	"BuildingConstructiveElement": {"building", "yes"}, "OtherConstruction": {"man_made", "yes"},
	"Bridge": {"man_made", "bridge"}, "BridgePart": {"man_made", "bridge"}, "BridgeInstallation": {"man_made", "bridge"},
	"BridgeConstructionElement": {"man_made", "bridge"}, "BridgeConstructiveElement": {"man_made", "bridge"},
	"Tunnel": {"man_made", "tunnel"}, "TunnelPart": {"man_made", "tunnel"}, "TunnelInstallation": {"man_made", "tunnel"},
	"Road": {"area:highway", "road"}, "Railway": {"area:railway", "rail"}, "TransportSquare": {"place", "square"}, "Square": {"place", "square"},
	"Track": {"area:highway", "track"}, "Waterway": {"natural", "water"}, "TransportationComplex": {"area:highway", "road"},
	"WaterBody": {"natural", "water"}, "PlantCover": {"natural", "scrub"}, "SolitaryVegetationObject": {"natural", "tree"},
	"LandUse": {"landuse", "yes"}, "TINRelief": {"longtake:relief", "yes"}, "RasterRelief": {"longtake:relief", "yes"},
	"CityFurniture": {"amenity", "yes"},
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
	tags["citymodel:type"] = strings.TrimPrefix(o.Type, "+")
	addType(tags, tags["citymodel:type"])
	return tags
}

var errCity = errors.New("malformed geometry")
