package read

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/zlib"
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

func TestNodeStoreUnsorted(t *testing.T) {
	for _, limit := range []int{0, 1 << 30} {
		s := &nodeStore{limit: limit}
		const n = runLength + 5000
		for i := range n {
			id := int64(i*7919%n) - n/2
			if err := s.add(place{id, int32(id), int32(-id)}); err != nil {
				t.Fatal(err)
			}
		}
		s.add(place{3, 42, 42}) // a later version
		if err := s.closeRun(); err != nil {
			t.Fatal(err)
		}
		for id := int64(-n / 2); id < n/2; id += 997 {
			p, ok, err := s.get(id)
			if err != nil || !ok || p.lng != int32(id) {
				t.Fatalf("limit %d: node %d: %v %v %v", limit, id, p, ok, err)
			}
		}
		if p, _, _ := s.get(3); p.lng != 42 {
			t.Errorf("limit %d: the last of two versions: %v", limit, p)
		}
		if _, ok, _ := s.get(n); ok {
			t.Error("a node that was never there")
		}
		s.file.close()
	}
}

// Nodes that are asked for one after another are found in place; of versions it is still the
// last, also in a run that overlaps another.
func TestNodeStoreInSequence(t *testing.T) {
	type version struct {
		id  int64
		lng int32
	}
	for name, runs := range map[string][][]version{
		"apart":       {{{1, 10}, {2, 20}, {2, 21}, {3, 30}, {4, 40}}, {{5, 50}, {6, 60}, {7, 70}}},
		"overlapping": {{{1, 10}, {2, 20}, {3, 30}, {4, 40}, {6, 60}, {7, 70}}, {{2, 21}, {5, 50}}},
	} {
		s := &nodeStore{limit: 1 << 20}
		for _, r := range runs {
			for _, v := range r {
				if err := s.add(place{v.id, v.lng, 0}); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.closeRun(); err != nil {
				t.Fatal(err)
			}
		}
		for _, ids := range [][]int64{{1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1}, {1, 2, 2, 3, 5, 6, 7, 7}} {
			for _, id := range ids {
				want := int32(10 * id)
				if id == 2 {
					want = 21
				}
				if p, ok, err := s.get(id); err != nil || !ok || p.lng != want {
					t.Errorf("%s: node %d of %v: %v %v %v", name, id, ids, p, ok, err)
				}
			}
		}
		for _, id := range []int64{0, 8} {
			if _, ok, _ := s.get(id); ok {
				t.Errorf("%s: node %d was never there", name, id)
			}
		}
	}
}

// pbf builds a file of raw blobs.
func pbf(blocks ...[]byte) []byte {
	out := frame("OSMHeader", field(nil, 4, []byte("OsmSchema-V0.6")))
	for _, b := range blocks {
		out = append(out, frame("OSMData", b)...)
	}
	return out
}

func field(to []byte, n int, data []byte) []byte {
	to = binary.AppendUvarint(to, uint64(n)<<3|2)
	to = binary.AppendUvarint(to, uint64(len(data)))
	return append(to, data...)
}

func frame(kind string, content []byte) []byte {
	return rawFrame(kind, field(nil, 1, content))
}

func rawFrame(kind string, blob []byte) []byte {
	head := field(nil, 1, []byte(kind))
	head = append(head, 3<<3)
	head = binary.AppendUvarint(head, uint64(len(blob)))
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head...), blob...)
}

// TestHostilePBF feeds sizes and numbers that lie.
func TestHostilePBF(t *testing.T) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	io.Copy(z, io.LimitReader(zeros{}, 100<<20))
	z.Close()
	bomb := func(size uint64) []byte {
		b := append([]byte{2 << 3}, binary.AppendUvarint(nil, size)...)
		return rawFrame("OSMData", field(b, 3, packed.Bytes()))
	}
	group := func(g []byte) []byte { return field(field(nil, 1, field(nil, 1, nil)), 2, g) }
	header := pbf()
	for name, data := range map[string][]byte{
		"a bomb that admits its size":   append(pbf(), bomb(100<<20)...),
		"a bomb that lies":              append(pbf(), bomb(10)...),
		"a size of 2^64-1":              append(pbf(), bomb(1<<64-1)...),
		"a blob of 2 GB":                append(pbf(), append(binary.BigEndian.AppendUint32(nil, 16), append(field(nil, 1, []byte("OSMData")), append([]byte{3 << 3}, binary.AppendUvarint(nil, 1<<31-1)...)...)...)...),
		"a header of 4 GB":              append(pbf(), 0xff, 0xff, 0xff, 0xff),
		"a string beyond the table":     pbf(group(field(nil, 3, append([]byte{1 << 3, 1}, field(field(nil, 2, []byte{99}), 3, []byte{99})...)))),
		"keys without values":           pbf(group(field(nil, 3, append([]byte{1 << 3, 1}, field(nil, 2, []byte{0, 0})...)))),
		"nodes without positions":       pbf(group(field(nil, 2, field(nil, 1, []byte{2, 2, 2})))),
		"members without roles":         pbf(group(field(nil, 4, field(nil, 9, []byte{2, 2})))),
		"garbage for a block":           pbf([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),
		"an unknown feature":            frame("OSMHeader", field(nil, 4, []byte("TimeTravel"))),
		"history":                       frame("OSMHeader", field(nil, 4, []byte("HistoricalInformation"))),
		"lzma":                          append(pbf(), rawFrame("OSMData", field(nil, 4, []byte("x")))...),
		"cut off inside a block header": append(pbf(group(nil)), 0, 0),
		"cut off inside a header":       append(pbf(group(nil)), 0, 0, 0, 13, 10),
		"cut off inside the first":      header[:20],
	} {
		path := file(t, string(data))
		_, _, err := collect(t, path, Options{})
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "byte") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Plain, not dense, nodes are rare and right.
	node := append([]byte{1 << 3, 2}, field(field(nil, 2, []byte{1}), 3, []byte{2})...)
	node = append(append(append(node, 8<<3), binary.AppendUvarint(nil, 2*430000000)...), append([]byte{9 << 3}, binary.AppendUvarint(nil, 2*70000000)...)...)
	table := field(field(field(nil, 1, nil), 1, []byte("natural")), 1, []byte("tree"))
	fs, _, err := collect(t, file(t, string(pbf(field(field(nil, 1, table), 2, field(nil, 1, node))))), Options{})
	if err != nil || len(fs) != 1 || fs[0].Geometry != (orb.Point{7, 43}) || fs[0].Tags["natural"] != "tree" {
		t.Errorf("%v %v", fs, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestTruncatedPBF cuts a real file everywhere.
func TestTruncatedPBF(t *testing.T) {
	data, err := os.ReadFile(realdata.Path(t, "city-newyork", "nyc-westside.osm.pbf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{3, 20, 100, 5000, len(data) / 2, len(data) - 1} {
		path := file(t, string(data[:n]))
		if _, _, err := collect(t, path, Options{}); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("cut at %d: %v", n, err)
		}
	}
}

func TestCancelledReadEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	err := Features(ctx, realdata.Path(t, "city-sanfrancisco", "sf-downtown.osm.pbf"), Options{}, func(geo.Feature) error {
		n++
		cancel()
		return nil
	})
	if err != context.Canceled {
		t.Errorf("%d features, %v", n, err)
	}
}

func FuzzPBF(f *testing.F) {
	f.Add(pbf())
	f.Add(pbf(field(field(nil, 1, field(nil, 1, nil)), 2, field(nil, 2, field(field(field(nil, 1, []byte{2, 2}), 8, []byte{2, 2}), 9, []byte{2, 2})))))
	f.Add(pbf(field(field(nil, 1, field(field(nil, 1, nil), 1, []byte("building"))), 2, field(nil, 3, append([]byte{1 << 3, 1}, field(field(field(nil, 8, []byte{2, 2, 2}), 2, []byte{1}), 3, []byte{1})...)))))
	f.Fuzz(func(t *testing.T, data []byte) { fuzz(t, &pbfSource{name: "fuzz", open: opener(data)}) })
}

func FuzzOSMXML(f *testing.F) {
	f.Add([]byte(block(`<way id="9">` + square + `<tag k="building" v="yes"/></way><relation id="5"><member type="way" ref="9" role="outer"/><tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>`)))
	f.Add([]byte(`<osm><node id="1" lon="nan" lat="1e300"/><way id="-1"><nd ref="1"/></way>`))
	f.Fuzz(func(t *testing.T, data []byte) { fuzz(t, &xmlSource{name: "fuzz", open: opener(data)}) })
}

func opener(data []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
}

// fuzz reads and checks that what is yielded keeps the promises of Features.
func fuzz(t *testing.T, src osmSource) {
	c := &checker{o: Options{Report: geo.NewReport(), MemoryNodes: 1000}, yield: func(f geo.Feature) error {
		if f.ID == "" || f.Geometry == nil || empty(f.Geometry) || !inRange(f.Geometry) {
			t.Errorf("yielded %+v", f)
		}
		return nil
	}}
	_ = readOSM(t.Context(), src, c)
}
