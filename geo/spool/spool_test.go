package spool

import (
	"bytes"
	"encoding/binary"
	"io"
	"maps"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

var features = []geo.Feature{
	{ID: "node/1", Geometry: orb.Point{8.5411111, 47.3}, Tags: map[string]string{"natural": "tree", "height": "7"}},
	{ID: "way/2", Geometry: orb.LineString{{-179.9999999, 0}, {180, -89.5}}, Tags: map[string]string{"name": "Grüße"}},
	{ID: "way/3", Geometry: orb.Polygon{{{0, 0}, {1e-7, 0}, {0, 1.0 / 3}, {0, 0}}, {{0.1, 0.1}, {0.2, 0.1}, {0.1, 0.2}, {0.1, 0.1}}}},
	{ID: "relation/4", Geometry: orb.MultiPolygon{{{{1, 2}, {3, 4}, {5, 6}, {1, 2}}}}},
	{ID: "", Geometry: orb.MultiLineString{{{1, 2}, {3, 4}}}},
	{ID: "x", Geometry: orb.MultiPoint{{1, 2}}},
	{ID: "c", Geometry: orb.Collection{orb.Point{1, 2}, orb.LineString{{1, 2}, {2, 3}}}},
	{ID: "s", Geometry: orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, Surfaces: []geo.Surface{
		{Kind: "roof", Rings: [][][3]float64{{{8, 47, 400.25}, {8.1, 47, 401}, {8, 47.1, 402}}}}}},
}

func TestFeaturesComeBack(t *testing.T) {
	for _, f := range features {
		b := AppendFeature(nil, &f)
		got, err := ReadFeature(b)
		if err != nil || !reflect.DeepEqual(got, f) {
			t.Errorf("%+v became %+v, %v", f, got, err)
		}
		for n := range b { // cut anywhere it is an error or, never, a panic
			if got, err := ReadFeature(b[:n]); err == nil {
				t.Errorf("%s cut to %d bytes is %+v", f.ID, n, got)
			}
		}
	}
}

// Coordinates of OSM take few bytes.
func TestWholeStepsAreSmall(t *testing.T) {
	var line orb.LineString
	for i := range 100 {
		line = append(line, orb.Point{float64(85411111+i*120) / fixed, float64(473000000+i*95) / fixed})
	}
	if n := len(AppendFeature(nil, &geo.Feature{Geometry: line})); n > 450 {
		t.Errorf("%d bytes for 100 positions", n)
	}
}

func TestContentComesBack(t *testing.T) {
	c := &geo.Content{
		Features: []geo.FeatureRow{{ID: "way/1", Class: "house", Height: 7.5}},
		Meshes: []geo.Mesh{{Layer: "a", Material: geo.Roof, Bias: -3, Positions: [][3]float32{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}},
			Normals: [][3]float32{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}}, Colors: [][4]uint8{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 9, 9, 9}},
			UVs: [][2]float32{{0, 1}, {1, 0}, {1, 1}}, Features: []uint32{0, 0, 0}, Indices: []uint32{0, 1, 2}}},
		Instances: []geo.Instances{{Layer: "t", Model: "tree", Items: []geo.Instance{{Position: [3]float32{1, 2, 3}, Yaw: 1, Scale: 2, Color: [4]uint8{1, 2, 3, 4}, Feature: 0}}}},
	}
	b := AppendContent(nil, c)
	got, err := ReadContent(b)
	if err != nil || !reflect.DeepEqual(got, c) {
		t.Errorf("%+v became %+v, %v", c, got, err)
	}
	for n := range b {
		if _, err := ReadContent(b[:n]); err == nil {
			t.Errorf("content cut to %d bytes is read", n)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for i := range features {
		f.Add(AppendFeature(nil, &features[i]))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := ReadFeature(b); err == nil {
			again, err := ReadFeature(AppendFeature(nil, &got))
			if err != nil || again.ID != got.ID {
				t.Errorf("%+v is not read again: %v", got, err)
			}
		}
		_, _ = ReadContent(b) // must not panic, nor take more memory than the bytes explain
	})
}

// What is spilled comes back as what is held in memory does.
func TestSpilling(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	records := make([][8]byte, 20000)
	for i := range records {
		binary.BigEndian.PutUint32(records[i][:], random.Uint32N(500))
		binary.BigEndian.PutUint32(records[i][4:], uint32(i))
	}
	sorted := func(limit int) (out []byte, spilled bool) {
		s := NewSorter(t.TempDir(), 8, limit)
		for i := range records {
			if err := s.Add(records[i][:]); err != nil {
				t.Fatal(err)
			}
		}
		spilled = s.Spilled()
		if err := s.Each(func(r []byte) error { out = append(out, r...); return nil }); err != nil {
			t.Fatal(err)
		}
		return out, spilled
	}
	held, no := sorted(1 << 20)
	merged, yes := sorted(5000)
	if no || !yes || !bytes.Equal(held, merged) || len(held) != 8*len(records) {
		t.Errorf("spilled %v and %v, %d and %d bytes", no, yes, len(held), len(merged))
	}
	for i := 8; i < len(held); i += 8 {
		if bytes.Compare(held[i-8:i], held[i:i+8]) > 0 {
			t.Fatalf("record %d is out of order", i/8)
		}
	}
	for _, limit := range []int{1 << 20, 1000} {
		f := NewFile(t.TempDir(), limit)
		for i := range records {
			if _, err := f.Write(records[i][:]); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Flush(); err != nil {
			t.Fatal(err)
		}
		b, err := f.Slice(8*777, 8)
		if err != nil || !bytes.Equal(b, records[777][:]) {
			t.Errorf("limit %d: %v, %v", limit, b, err)
		}
		all, err := io.ReadAll(f.Reader())
		if err != nil || len(all) != 8*len(records) || (f.InMemory() > 0) != (limit > 1000) {
			t.Errorf("limit %d: %d bytes, %d in memory, %v", limit, len(all), f.InMemory(), err)
		}
		if _, err := f.Slice(f.Size()-4, 8); err == nil {
			t.Error("reads past the end")
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Tags are told without the geometry, and are those of the whole feature.
func TestTagsAlone(t *testing.T) {
	for _, f := range []geo.Feature{
		{ID: "way/1", Geometry: orb.LineString{{1, 2}, {3, 4}}, Tags: map[string]string{"name": "Main Street", "highway": "residential", "z": ""}},
		{ID: "node/2", Geometry: orb.Point{1, 2}},
	} {
		b := AppendFeature(nil, &f)
		tags, err := ReadTags(b)
		if err != nil || tags.ID != f.ID || !maps.Equal(tags.Tags, f.Tags) || tags.Geometry != nil {
			t.Errorf("%v, %v; want the id and the tags of %v", tags, err, f)
		}
		for _, key := range []string{"name", "highway", "z", "way/1", "none"} {
			if v, err := Tag(b, key); err != nil || v != f.Tags[key] {
				t.Errorf("%s: %q, %v; want %q", key, v, err, f.Tags[key])
			}
		}
	}
	if _, err := Tag([]byte{1, 'x', 9}, "name"); err == nil {
		t.Error("a record that is cut off has tags")
	}
}
