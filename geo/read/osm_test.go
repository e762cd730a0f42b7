package read

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/internal/realdata"
)

// block is a square of nodes, 1 to 4, with what follows.
func block(rest string) string {
	return `<?xml version="1.0"?><osm version="0.6">
<node id="1" lon="7" lat="43"/><node id="2" lon="7.001" lat="43"/>
<node id="3" lon="7.001" lat="43.001"/><node id="4" lon="7" lat="43.001"><tag k="natural" v="tree"/></node>` + rest + `</osm>`
}

const square = `<nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/>`

func TestOSMAreasAndLines(t *testing.T) {
	for _, c := range []struct {
		tags string
		area bool
	}{
		{"building=yes", true}, {"building:part=yes", true}, {"building=no highway=service", false}, {"highway=pedestrian", false},
		{"highway=pedestrian area=yes", true}, {"landuse=forest", true}, {"natural=wood", true}, {"natural=coastline", false},
		{"natural=tree_row", false}, {"leisure=park", true}, {"leisure=track", false}, {"amenity=parking", true}, {"amenity=parking area=no", false},
		{"barrier=wall", false}, {"barrier=wall area=yes", true}, {"waterway=river", false}, {"waterway=riverbank", true}, {"man_made=pier", true},
		{"man_made=pipeline", false}, {"place=island", true}, {"railway=rail", false}, {"railway=station", true}, {"area:highway=footway", true}, {"power=line", false},
	} {
		var tags strings.Builder
		for _, kv := range strings.Fields(c.tags) {
			k, v, _ := strings.Cut(kv, "=")
			fmt.Fprintf(&tags, `<tag k="%s" v="%s"/>`, k, v)
		}
		fs, _, err := collect(t, file(t, block(`<way id="9">`+square+tags.String()+`</way>`)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, area := byID(fs)["way/9"].Geometry.(orb.Polygon); area != c.area || len(fs) != 2 {
			t.Errorf("%s: area %v, %d features", c.tags, area, len(fs))
		}
	}
}

func TestOSMMissingAndBadNodes(t *testing.T) {
	fs, s, err := collect(t, file(t, block(`
<node id="5" lon="NaN" lat="43"/><node id="6" lon="400" lat="43"/><node id="7" lon="x" lat="43"/><node id="8" action="delete" lon="7" lat="43"/>
<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="77"/><nd ref="3"/><nd ref="4"/><tag k="highway" v="service"/></way>
<way id="2"><nd ref="1"/><nd ref="77"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="building" v="yes"/></way>
<way id="3"><nd ref="77"/><nd ref="78"/><tag k="highway" v="service"/></way>
<way id="4"><nd ref="1"/><tag k="highway" v="service"/></way>
<way id="5"><nd ref="1"/><nd ref="8"/><nd ref="2"/><nd ref="3"/><tag k="natural" v="coastline"/></way>
<way id="6">`+square+`<tag k="source" v="survey"/></way>
<way id="7" visible="false">`+square+`<tag k="building" v="yes"/></way>
<relation id="1"><member type="way" ref="1000" role="outer"/><tag k="type" v="multipolygon"/><tag k="landuse" v="forest"/></relation>
<relation id="2"><member type="way" ref="1" role=""/><tag k="type" v="route"/><tag k="route" v="bus"/></relation>`)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := byID(fs)
	if l, ok := m["way/1"].Geometry.(orb.MultiLineString); !ok || len(l) != 2 {
		t.Errorf("a line with a gap: %v", m["way/1"].Geometry)
	}
	if _, ok := m["way/5"].Geometry.(orb.LineString); !ok || len(fs) != 3 {
		t.Errorf("%d features: %v", len(fs), m)
	}
	if skips(s, reasonRange) != 3 || skips(s, reasonNodes) != 2 || skips(s, reasonWays) != 1 || skips(s, "way of fewer than two nodes") != 1 {
		t.Errorf("%+v", s)
	}
}

func TestOSMRelations(t *testing.T) {
	nodes := `<node id="11" lon="7.0002" lat="43.0002"/><node id="12" lon="7.0004" lat="43.0002"/><node id="13" lon="7.0004" lat="43.0004"/>`
	inner := `<way id="20"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="11"/>%s</way>`
	halves := `<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/></way><way id="2"><nd ref="1"/><nd ref="4"/><nd ref="3"/></way>`
	members := `<member type="way" ref="1" role="outer"/><member type="way" ref="2" role="%s"/><member type="way" ref="20" role="%s"/>`
	want := 1e-6 - 2e-8
	for name, c := range map[string]struct {
		body string
		ids  string
		area float64 // of relation/5 or the way named
	}{
		"fragments":   {halves + fmt.Sprintf(inner, "") + `<relation id="5">` + fmt.Sprintf(members, "outer", "inner") + `<tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>`, "node/4 relation/5", want},
		"wrong roles": {halves + fmt.Sprintf(inner, "") + `<relation id="5">` + fmt.Sprintf(members, "inner", "") + `<tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>`, "node/4 relation/5", want},
		"inner with a meaning": {halves + fmt.Sprintf(inner, `<tag k="natural" v="water"/>`) + `<relation id="5">` + fmt.Sprintf(members, "outer", "inner") +
			`<tag k="type" v="multipolygon"/><tag k="landuse" v="forest"/></relation>`, "node/4 relation/5 way/20", want},
		"same tag twice": {`<way id="1">` + square + `<tag k="building" v="yes"/></way>` + fmt.Sprintf(inner, "") +
			`<relation id="5"><member type="way" ref="1" role="outer"/><member type="way" ref="20" role="inner"/><tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>`, "node/4 relation/5", want},
		"old style": {`<way id="1">` + square + `<tag k="building" v="yes"/><tag k="height" v="9"/></way>` + fmt.Sprintf(inner, "") +
			`<relation id="5"><member type="way" ref="1" role="outer"/><member type="way" ref="20" role="inner"/><tag k="type" v="multipolygon"/></relation>`, "node/4 relation/5", want},
		"old style that fails": {`<way id="1">` + square + `<tag k="building" v="yes"/></way><way id="2"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="11"/><tag k="natural" v="water"/></way>` +
			`<relation id="5"><member type="way" ref="1" role="outer"/><member type="way" ref="2" role="outer"/><tag k="type" v="multipolygon"/></relation>`, "node/4 way/1 way/2", 1e-6},
		"missing inner": {`<way id="1">` + square + `</way><relation id="5"><member type="way" ref="1" role="outer"/><member type="way" ref="99" role="inner"/><tag k="type" v="multipolygon"/><tag k="landuse" v="forest"/></relation>`, "node/4 relation/5", 1e-6},
		"missing outer": {fmt.Sprintf(inner, "") + `<relation id="5"><member type="way" ref="1" role="outer"/><member type="way" ref="20" role="inner"/><tag k="type" v="multipolygon"/><tag k="landuse" v="forest"/></relation>`, "node/4", 0},
		"open outer":    {`<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/></way><relation id="5"><member type="way" ref="1" role="outer"/><tag k="type" v="boundary"/><tag k="boundary" v="administrative"/></relation>`, "node/4", 0},
	} {
		fs, _, err := collect(t, file(t, block(nodes+c.body)), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m := byID(fs)
		var ids []string
		for _, id := range []string{"node/4", "relation/5", "way/1", "way/2", "way/20"} {
			if _, ok := m[id]; ok {
				ids = append(ids, id)
			}
		}
		if got := strings.Join(ids, " "); got != c.ids || len(fs) != len(ids) {
			t.Errorf("%s: %s, want %s", name, got, c.ids)
		}
		f, ok := m["relation/5"]
		if !ok {
			f = m["way/1"]
		}
		if a := areaOf(f.Geometry); abs(a-c.area) > 1e-9*1e-6+1e-12 {
			t.Errorf("%s: area %v, want %v", name, a, c.area)
		}
		if name == "old style" && (f.Tags["building"] != "yes" || f.Tags["height"] != "9") {
			t.Errorf("old style: tags %v", f.Tags)
		}
	}
}

func TestOSMBuildingRelation(t *testing.T) {
	fs, _, err := collect(t, file(t, block(`<way id="1">`+square+`</way><way id="2">`+square+`<tag k="height" v="3"/></way>
<relation id="5"><member type="way" ref="1" role="outline"/><member type="way" ref="2" role="part"/><tag k="type" v="building"/><tag k="building" v="church"/></relation>`)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := byID(fs)
	if w := m["way/1"].Tags; w["building"] != "church" || w[TagBuildingRelation] != "relation/5" || w[TagBuildingRole] != "outline" {
		t.Errorf("outline: %v", w)
	}
	if w := m["way/2"].Tags; w["building:part"] != "yes" || w["height"] != "3" || w[TagBuildingRole] != "part" {
		t.Errorf("part: %v", w)
	}
}

// TestOSMBox compares the box's own passes with a filter over everything.
func TestOSMBox(t *testing.T) {
	path := realdata.Path(t, "city-sanfrancisco", "sf-downtown.osm.pbf")
	box := geo.Bound{West: -122.41, South: 37.785, East: -122.40, North: 37.79}
	all, _, err := collect(t, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	part, _, err := collect(t, path, Options{BBox: &box})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]geo.Feature{}
	for _, f := range all {
		inside := false
		eachPoint(f.Geometry, func(p orb.Point) { inside = inside || box.Contains(p[0], p[1]) })
		if inside {
			want[f.ID] = f
		}
	}
	if len(want) < 1000 || len(want) == len(all) {
		t.Fatalf("%d of %d features touch the box", len(want), len(all))
	}
	got := byID(part)
	for id, f := range want {
		if !reflect.DeepEqual(got[id], f) {
			t.Errorf("%s: %v, want %v", id, got[id].Geometry, f.Geometry)
		}
	}
	for id := range got {
		if _, ok := want[id]; !ok {
			t.Errorf("%s does not touch the box", id)
		}
	}
}

// TestOSMSpill reads with and without room for node positions in memory.
func TestOSMSpill(t *testing.T) {
	path := realdata.Path(t, "city-sanfrancisco", "sf-downtown.osm.pbf")
	all, _, err := collect(t, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	spilled, _, err := collect(t, path, Options{MemoryNodes: 1})
	if err != nil || !reflect.DeepEqual(all, spilled) {
		t.Errorf("%d and %d features, %v", len(all), len(spilled), err)
	}
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
