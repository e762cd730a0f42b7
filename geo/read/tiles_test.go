package read

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/internal/realdata"
)

// TestMVTFixtures: what the fixtures call valid is read whole, what they call a fatal
// error is one, and nothing panics.
func TestMVTFixtures(t *testing.T) {
	root := realdata.Path(t, "conformance", "mvt")
	dirs, _ := filepath.Glob(filepath.Join(root, "*", "tile.mvt"))
	if len(dirs) < 40 {
		t.Fatal(len(dirs))
	}
	for _, path := range dirs {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var info struct {
			Description string
			Validity    struct {
				V1, V2 bool
				Error  string
			}
		}
		text, err := os.ReadFile(filepath.Join(filepath.Dir(path), "info.json"))
		if err == nil {
			err = json.Unmarshal(text, &info)
		}
		if err != nil {
			t.Fatal(path, err)
		}
		name := filepath.Base(filepath.Dir(path))
		_, bad, err := decodeMVT(data)
		if valid := info.Validity.V1 && info.Validity.V2; valid && name != "016" && (err != nil || bad > 0) { // 016 has a geometry of unknown type
			t.Errorf("%s is valid (%s): %d bad features, %v", name, info.Description, bad, err)
		}
		if err != nil && !errors.Is(err, errTile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// wireWriter writes protobuf fields.
type wireWriter struct{ bytes.Buffer }

func (p *wireWriter) number(field int, v uint64) *wireWriter {
	p.Write(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(field)<<3), v))
	return p
}

func (p *wireWriter) field(field int, b []byte) *wireWriter {
	p.Write(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(field)<<3|2), uint64(len(b))))
	p.Write(b)
	return p
}

func zigzag(v int) uint64 { return uint64(v<<1) ^ uint64(v>>63) }

// mvtTile writes a tile of one layer with features of a kind (2 lines, 3 polygons), each
// one path in tile units.
func mvtTile(layer string, kind int, ids []uint64, paths ...[][2]int) []byte {
	var l wireWriter
	l.number(15, 2).field(1, []byte(layer))
	for i, path := range paths {
		var g []byte
		x, y := 0, 0
		for k, p := range path {
			switch k {
			case 0:
				g = binary.AppendUvarint(g, 1<<3|1)
			case 1:
				g = binary.AppendUvarint(g, uint64(len(path)-1)<<3|2)
			}
			g = binary.AppendUvarint(binary.AppendUvarint(g, zigzag(p[0]-x)), zigzag(p[1]-y))
			x, y = p[0], p[1]
		}
		if kind == 3 {
			g = binary.AppendUvarint(g, 1<<3|7)
		}
		var f wireWriter
		if ids != nil {
			f.number(1, ids[i])
		}
		f.number(3, uint64(kind)).field(4, g)
		l.field(2, f.Bytes())
	}
	var t wireWriter
	return t.field(3, l.Bytes()).Bytes()
}

type memoryTiles map[tileID][]byte

func (m memoryTiles) list(fn func(tileEntry) error) error {
	for t := range m {
		if err := fn(tileEntry{tileID: t}); err != nil {
			return err
		}
	}
	return nil
}

func (m memoryTiles) read(e tileEntry) ([]byte, error) { return m[e.tileID], nil }

func readMemory(t *testing.T, m memoryTiles) (out []geo.Feature) {
	t.Helper()
	c := &checker{o: Options{Report: geo.NewReport()}, yield: func(f geo.Feature) error {
		out = append(out, f)
		return nil
	}}
	if err := readTiles(context.Background(), "memory", m, c); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSeams cuts a house and a street at the corner of four tiles, each tile with the
// margin that writers give, and finds them whole; two houses that only touch the border
// opposite each other stay two.
func TestSeams(t *testing.T) {
	const z = 14
	at := func(x, y uint32) tileID { return tileID{z, 8000 + x, 5000 + y} }
	for name, ids := range map[string][]uint64{"with ids": {7}, "without": nil} {
		m := memoryTiles{}
		for x := range uint32(2) {
			for y := range uint32(2) {
				dx, dy := 4096-4096*int(x), 4096-4096*int(y)
				house := [][2]int{{dx - 40, dy - 30}, {dx + 50, dy - 30}, {dx + 50, dy + 20}, {dx - 40, dy + 20}}
				m[at(x, y)] = mvtTile("building", 3, ids, house)
			}
		}
		fs := readMemory(t, m)
		if len(fs) != 1 {
			t.Fatalf("%s: %d houses", name, len(fs))
		}
		p, ok := fs[0].Geometry.(orb.Polygon)
		if !ok || len(p) != 1 || len(p[0]) > 9 {
			t.Fatalf("%s: %v", name, fs[0].Geometry)
		}
		unit := 360.0 / math.Exp2(z) / 4096
		b := p.Bound()
		if math.Abs((b.Max[0]-b.Min[0])/unit-90) > 0.5 || math.Abs(planar.Area(p))/((b.Max[0]-b.Min[0])*(b.Max[1]-b.Min[1])) < 0.999 || fs[0].Tags["building"] != "yes" {
			t.Errorf("%s: %v of %v units", name, b, (b.Max[0]-b.Min[0])/unit)
		}
	}
	// A street that goes to and fro over one border.
	left := mvtTile("road", 2, nil, [][2]int{{4000, 100}, {4150, 130}}, [][2]int{{4150, 220}, {3900, 300}})
	right := mvtTile("road", 2, nil, [][2]int{{-96, 100}, {54, 130}, {200, 170}, {54, 220}, {-196, 300}})
	fs := readMemory(t, memoryTiles{at(0, 0): left, at(1, 0): right})
	if len(fs) != 1 {
		t.Fatalf("%d streets: %v", len(fs), fs)
	}
	if l := fs[0].Geometry.(orb.LineString); len(l) != 7 && len(l) != 9 {
		t.Errorf("%d corners: %v", len(l), l)
	}
	one := mvtTile("building", 3, nil, [][2]int{{4000, 100}, {4096, 100}, {4096, 200}, {4000, 200}})
	two := mvtTile("building", 3, nil, [][2]int{{0, 150}, {90, 150}, {90, 260}, {0, 260}})
	if fs := readMemory(t, memoryTiles{at(0, 0): one, at(1, 0): two}); len(fs) != 2 {
		t.Errorf("%d of two houses", len(fs))
	}
}

// Of the layers of a tile those are read that are asked for.
func TestLayersOfTiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "14", "8000", "5000.mvt")
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	tile := slices.Concat(mvtTile("building", 3, nil, [][2]int{{40, 30}, {500, 30}, {500, 200}, {40, 200}}), mvtTile("road", 2, nil, [][2]int{{4000, 100}, {3000, 130}}))
	if err := os.WriteFile(path, tile, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		layers []string
		want   int
	}{{nil, 2}, {[]string{"road"}, 1}} {
		if fs, _, err := collect(t, path, Options{Layers: c.layers}); err != nil || len(fs) != c.want {
			t.Errorf("layers %v: %d features, %v", c.layers, len(fs), err)
		}
	}
}

// TestRealTiles reads the real archives: the area of Florence's buildings is that which
// the tiles hold, cut to their squares.
func TestRealTiles(t *testing.T) {
	for path, want := range map[string]struct{ least, most int }{
		"tiles/firenze.pmtiles": {48000, 49500}, "city-honolulu/honolulu.mbtiles": {11500, 11900}, "city-boston/boston-buildings.mbtiles": {47000, 49000},
	} {
		fs, s, err := collect(t, realdata.Path(t, filepath.FromSlash(path)), Options{})
		if err != nil || len(s.Skipped) > 0 {
			t.Errorf("%s: %v, %v", path, err, s.Skipped)
		}
		n, repeated := 0, map[string]int{}
		for _, f := range fs {
			if f.Tags["building"] != "" {
				if _, ok := f.Geometry.(orb.Point); !ok {
					n++
				}
			}
			if f.Tags["mvt:layer"] == "buildings" {
				repeated[f.ID]++
			}
		}
		if n < want.least || n > want.most {
			t.Errorf("%s: %d buildings", path, n)
		}
		twice := 0
		for _, k := range repeated {
			if k > 1 {
				twice++
			}
		}
		if twice*200 > n {
			t.Errorf("%s: %d buildings in pieces", path, twice)
		}
	}
	fs, _, err := collect(t, realdata.Path(t, "tiles", "firenze.pmtiles"), Options{BBox: &geo.Bound{West: 11.25, South: 43.768, East: 11.26, North: 43.772}})
	if err != nil || len(fs) < 500 || len(fs) > 8000 {
		t.Errorf("%d features in a part of Florence, %v", len(fs), err)
	}
	for path, want := range map[string]string{
		"tiles/mt-whitney.pmtiles": "WebP pictures", "tiles/bluemarble-merc.pmtiles": "JPEG pictures", "tiles/shortbread-berlin-tile.mvt": "zoom/x/y.mvt",
	} {
		if _, _, err := collect(t, realdata.Path(t, filepath.FromSlash(path)), Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestHilbert compares with the first numbers of the specification.
func TestHilbert(t *testing.T) {
	for id, want := range []tileID{{0, 0, 0}, {1, 0, 0}, {1, 0, 1}, {1, 1, 1}, {1, 1, 0}, {2, 0, 0}, {2, 1, 0}, {2, 1, 1}} {
		if got, ok := hilbertTile(uint64(id)); !ok || got != want {
			t.Errorf("%d is %v, want %v", id, got, want)
		}
	}
	if got, ok := hilbertTile(19078479); !ok || got != (tileID{12, 3423, 1763}) {
		t.Errorf("%v", got)
	}
}

func FuzzMVT(f *testing.F) {
	f.Add(mvtTile("building", 3, []uint64{1}, [][2]int{{0, 0}, {9, 0}, {9, 9}}))
	f.Add(mvtTile("road", 2, nil, [][2]int{{-9, 0}, {9, 5000}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		c := &checker{o: Options{Report: geo.NewReport()}, yield: func(f geo.Feature) error {
			if f.ID == "" || f.Geometry == nil || empty(f.Geometry) || !inRange(f.Geometry) {
				t.Errorf("yielded %+v", f)
			}
			return nil
		}}
		_ = readTiles(t.Context(), "fuzz", memoryTiles{{3, 1, 1}: data, {3, 2, 1}: data}, c)
	})
}

func FuzzPMTiles(f *testing.F) {
	header := append([]byte("PMTiles\x03"), make([]byte, 119)...)
	for at, v := range map[int]uint64{8: 127, 16: 5, 40: 132, 56: 132} {
		binary.LittleEndian.PutUint64(header[at:], v)
	}
	header[97], header[98], header[99], header[101] = 1, 1, 1, 0
	f.Add(slices.Concat(header, []byte{1, 0, 1, 3, 1, 'a', 'b', 'c'}))
	f.Add(slices.Concat(header, []byte{1, 0, 0, 5, 1}))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := openPMTiles(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		a.maxLeafs = 100
		n := 0
		_ = a.list(func(e tileEntry) error {
			if n++; n > 1000 {
				return errTile
			}
			_, _ = a.read(e)
			return nil
		})
	})
}

func FuzzSQLite(f *testing.F) {
	if data, err := os.ReadFile("../../../shared/data/city-boston/boston-buildings.mbtiles"); err == nil {
		f.Add(data[:8192])
	}
	f.Add(append([]byte("SQLite format 3\x00\x02\x00"), make([]byte, 600)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		db, err := openSQLite(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		m, err := openMBTiles(db)
		if err != nil {
			return
		}
		_ = m.list(func(e tileEntry) error {
			_, _ = m.read(e)
			return nil
		})
	})
}

func FuzzCityGML(f *testing.F) {
	f.Add([]byte(`<CityModel xmlns:gml="g" xmlns:bldg="b" xmlns:xlink="x"><cityObjectMember><bldg:Building gml:id="a"><bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember xlink:href="#p"/></gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid><bldg:boundedBy><bldg:WallSurface><bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember><gml:Polygon gml:id="p"><gml:exterior><gml:LinearRing><gml:posList>0 0 0 1 0 0 1 1 0 0 0 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod2MultiSurface></bldg:WallSurface></bldg:boundedBy></bldg:Building></cityObjectMember></CityModel>`))
	f.Add([]byte(`<CityModel><cityObjectMember><X id="a"><lod1Geometry href="#a"/><lod2ImplicitRepresentation><ImplicitGeometry><transformationMatrix>1</transformationMatrix><referencePoint><Point><pos>1 2 3</pos></Point></referencePoint></ImplicitGeometry></lod2ImplicitRepresentation></X></cityObjectMember></CityModel>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		in := &input{name: "fuzz", head: data[:min(len(data), headSize)], whole: true, open: opener(data)}
		c := &checker{o: Options{Report: geo.NewReport()}, yield: func(geo.Feature) error { return nil }}
		g := &gmlReader{b: newCityBuilder(t.Context(), in, c), shared: map[string]*gmlNode{}, wanted: map[string]bool{}, srs: gmlSystem{name: "none"}}
		g.systems = map[string]gmlSystem{}
		_ = g.pass(t.Context(), func(n *gmlNode) error { // as far as the surfaces: what follows is a subprocess
			n.walk(func(e *gmlNode) bool {
				e.srs = ""
				return true
			})
			index := map[string]*gmlNode{}
			n.walk(func(e *gmlNode) bool {
				index[e.id] = e
				return true
			})
			s, err := g.shape(n, index)
			if err != nil {
				return nil
			}
			for _, f := range s.surfaces {
				if len(f.Rings) == 0 || len(f.Rings[0]) < 3 {
					t.Errorf("a surface without a ring: %+v", f)
				}
			}
			return nil
		})
	})
}
