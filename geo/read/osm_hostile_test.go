package read

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zlib"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/internal/realdata"
)

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
