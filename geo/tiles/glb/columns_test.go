package glb

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/qmuntal/gltf"

	"github.com/longtake/longtake/geo"
)

// Tiles whose rows have no values cost nothing for attributes, and each value takes a place in
// a typed column whose no-data value stands for what is missing.
func TestColumns(t *testing.T) {
	c := geo.Content{Meshes: []geo.Mesh{{Layer: "a", Positions: make([][3]float32, 3), Normals: [][3]float32{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}},
		Colors: make([][4]uint8, 3), Features: []uint32{0, 1, 2}, Indices: []uint32{0, 1, 2}}}}
	for i := range c.Meshes[0].Positions {
		c.Meshes[0].Positions[i][i%2] = float32(i)
	}
	c.Features = []geo.FeatureRow{{ID: "1"}, {ID: "2"}, {ID: "3"}}
	plain := encode(t, c, Options{})
	c.Attributes = []geo.Attribute{{Name: "year", Kind: geo.IntegerAttribute}, {Name: "addr:street"}, {Name: "share", Kind: geo.NumberAttribute}, {Name: "nobody's"}, {Name: "class"}}
	if got := encode(t, c, Options{}); !bytes.Equal(got, plain) {
		t.Errorf("%d bytes for rows without values, %d without attributes", len(got), len(plain))
	}
	c.Features[0].Values = []string{"1931", "", "0.25", "", "B"}
	c.Features[2].Values = []string{"-5", "Rua Nova", "1e300"}
	data := encode(t, c, Options{})
	text, _, err := splitGLB(data)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Extensions struct {
			M structuralMetadata `json:"EXT_structural_metadata"`
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	got := doc.Extensions.M.Schema.Classes[featureClass].Properties
	for id, want := range map[string]property{
		"year": {Type: "SCALAR", ComponentType: "INT32", NoData: float64(noInteger)}, "addr_street": {Name: "addr:street", Type: "STRING", NoData: ""},
		"share": {Type: "SCALAR", ComponentType: "FLOAT64", NoData: noNumber}, "class_": {Name: "class", Type: "STRING", NoData: ""},
	} {
		if !reflect.DeepEqual(got[id], want) {
			t.Errorf("%s is %+v, not %+v", id, got[id], want)
		}
	}
	if _, ok := got["nobody_s"]; ok || len(got) != 5 {
		t.Errorf("columns %v", sortedKeys(got))
	}
	only, err := Read(data, ReadOptions{Wants: func(name string) bool { return name == "addr:street" }})
	if err != nil || len(only.Attributes) != 1 || only.Features[2].Value(0) != "Rua Nova" || only.Features[0].Value(0) != "" {
		t.Errorf("%v %v %v", only.Attributes, only.Features, err)
	}
	torn := bytes.Replace(data, []byte(`"FLOAT64"`), []byte(`"FLOAT99"`), 1) // of a share
	if left, err := Read(torn, ReadOptions{}); err != nil || len(left.Attributes) != 3 {
		t.Errorf("a column that cannot be read costs the tile: %v %v", left.Attributes, err)
	}
	if _, err := Read(torn, ReadOptions{Wants: func(name string) bool { return name == "share" }}); err == nil {
		t.Error("a column that cannot be read is none, though it was asked for")
	}
	back, err := Read(data, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	again := encode(t, back, Options{})
	if _, err := Read(again, ReadOptions{}); err != nil || len(again) != len(data) {
		t.Errorf("what was read is written as %d bytes, not %d: %v", len(again), len(data), err)
	}
}

// Batch tables of 3D Tiles 1.0 have their columns in JSON or in binary.
func TestBatchTables(t *testing.T) {
	model := post(t)
	table, batch := `{"BATCH_LENGTH":2}      `, `{"Height":[3.5,null],"use":["shop",""],"listed":[true,false],"where":[[1,2],[3,4]],
		"year":{"byteOffset":0,"componentType":"UNSIGNED_SHORT","type":"SCALAR"},"share":{"byteOffset":8,"componentType":"DOUBLE","type":"SCALAR"},"far":{"byteOffset":16,"componentType":"DOUBLE","type":"SCALAR"}}`
	bin := append([]byte{0x8b, 0x07, 0xd0, 0x07, 0, 0, 0, 0}, make([]byte, 16)...)
	binary.LittleEndian.PutUint64(bin[16:], math.Float64bits(0.25))
	var b bytes.Buffer
	b.WriteString("b3dm")
	for _, v := range []int{1, 28 + len(table) + len(batch) + len(bin) + len(model), len(table), 0, len(batch), len(bin)} {
		_ = binary.Write(&b, binary.LittleEndian, uint32(v))
	}
	b.WriteString(table + batch)
	b.Write(bin)
	b.Write(model)
	c, err := Read(b.Bytes(), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for k, a := range c.Attributes {
		got[a.Name] = a.Kind.String() + " " + c.Features[0].Value(k) + " " + c.Features[1].Value(k)
	}
	want := map[string]string{"Height": "number 3.5 ", "use": "text shop ", "listed": "boolean true false", "year": "number 1931 2000", "share": "number 0 0.25"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}

// Heights and numbers of other makers: what is no number or stands for none is missing, and a table's
// own scale and offset hold before those of the class.
func TestNumbersOfOthers(t *testing.T) {
	numbers := func(all ...float32) (raw []byte) {
		for _, v := range all {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
		}
		return raw
	}
	raw := numbers(12, float32(math.NaN()), 9999, float32(math.Inf(1)))
	d := &document{Document: &gltf.Document{Buffers: []*gltf.Buffer{{ByteLength: len(raw)}}, BufferViews: []*gltf.BufferView{{ByteLength: len(raw)}}}, buffers: [][]byte{raw}}
	p := property{Type: "SCALAR", ComponentType: "FLOAT32", NoData: 9999.0, Scale: 2.0, Offset: 1.0}
	for _, c := range []struct {
		own  propertyValues
		want float32
	}{{propertyValues{}, 25}, {propertyValues{Scale: 3.0}, 37}, {propertyValues{Scale: 0.5, Offset: -2.0}, 4}} {
		rows := make([]geo.FeatureRow, 4)
		if err := d.heights(rows, p, c.own); err != nil {
			t.Fatal(err)
		}
		for i, want := range []float32{c.want, 0, 0, 0} {
			if rows[i].Height != want {
				t.Errorf("%+v: height %d is %g, want %g", c.own, i, rows[i].Height, want)
			}
		}
		texts, kind, err := d.numbers(p, c.own, 4)
		if want := strconv.FormatFloat(float64(c.want), 'f', -1, 64); err != nil || kind != geo.NumberAttribute || !slices.Equal(texts, []string{want, "", "", texts[3]}) || texts[3] != "" {
			t.Errorf("%+v: numbers %q, %v, want %s", c.own, texts, err, want)
		}
	}
}
