package glb

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// tile10Of packs a tile of 3D Tiles 1.0.
func tile10Of(kind, table string, bin, body []byte) []byte {
	for (len(table))%8 != 0 {
		table += " "
	}
	header := 28
	if kind == "i3dm" {
		header = 32
	}
	var b bytes.Buffer
	b.WriteString(kind)
	for _, v := range []int{1, header + len(table) + len(bin) + len(body), len(table), len(bin), 0, 0} {
		_ = binary.Write(&b, binary.LittleEndian, uint32(v))
	}
	if kind == "i3dm" {
		_ = binary.Write(&b, binary.LittleEndian, uint32(1))
	}
	b.WriteString(table)
	b.Write(bin)
	b.Write(body)
	return b.Bytes()
}

func floats(v ...float32) []byte {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, v)
	return b.Bytes()
}

// post is a triangle whose top is one metre up.
func post(t testing.TB) []byte {
	c := geo.Content{Frame: earth.FrameAt(earth.Place{}), Meshes: []geo.Mesh{{
		Material: geo.Wall, Positions: [][3]float32{{0, 0, 0}, {0.1, 0, 0}, {0, 0, 1}}, Normals: [][3]float32{{0, -1, 0}, {0, -1, 0}, {0, -1, 0}},
		Colors: make([][4]uint8, 3), Indices: []uint32{0, 1, 2},
	}}}
	return encode(t, c, Options{})
}

// TestInstancedModel finds the tops of posts where the instances put them: upright by
// the normals, by the place on Earth, scaled, and about a centre.
func TestInstancedModel(t *testing.T) {
	model := post(t)
	for _, c := range []struct {
		name, table string
		bin         []byte
		want        []mgl64.Vec3 // tops in the tile's axes
	}{
		{"plain", `{"INSTANCES_LENGTH":2,"POSITION":{"byteOffset":0}}`, floats(5, 6, 7, 8, 9, 10), []mgl64.Vec3{{5, 6, 8}, {8, 9, 11}}},
		{"centre", `{"INSTANCES_LENGTH":1,"RTC_CENTER":[100,0,0],"POSITION":{"byteOffset":0}}`, floats(5, 6, 7), []mgl64.Vec3{{105, 6, 8}}},
		{"scale", `{"INSTANCES_LENGTH":1,"POSITION":{"byteOffset":0},"SCALE":{"byteOffset":12}}`, floats(5, 6, 7, 3), []mgl64.Vec3{{5, 6, 10}}},
		{"quantized", `{"INSTANCES_LENGTH":1,"POSITION_QUANTIZED":{"byteOffset":0},"QUANTIZED_VOLUME_OFFSET":[1,1,1],"QUANTIZED_VOLUME_SCALE":[10,10,10]}`, []byte{255, 255, 0, 0, 255, 255, 0, 0}, []mgl64.Vec3{{11, 1, 12}}},
		// Turned so that the model's y looks up along x and its z stays.
		{"normals", `{"INSTANCES_LENGTH":1,"POSITION":{"byteOffset":0},"NORMAL_UP":{"byteOffset":12},"NORMAL_RIGHT":{"byteOffset":24}}`, floats(5, 6, 7, 0, 0, 1, 1, 0, 0), []mgl64.Vec3{{5, 5, 7}}},
	} {
		got, err := Read(tile10Of("i3dm", c.table, c.bin, model), ReadOptions{})
		if err != nil || len(got.Meshes) != len(c.want) {
			t.Errorf("%s: %d copies, %v", c.name, len(got.Meshes), err)
			continue
		}
		for i, want := range c.want {
			top := got.Meshes[i].Positions[2]
			if d := (mgl64.Vec3{float64(top[0]), float64(top[1]), float64(top[2])}).Sub(want).Len(); d > 1e-3 {
				t.Errorf("%s: top %d at %v, want %v", c.name, i, top, want)
			}
		}
	}
	at := earth.Place{Lng: 12, Lat: 47, Height: 300}
	p := at.ECEF()
	table := fmt.Sprintf(`{"INSTANCES_LENGTH":1,"EAST_NORTH_UP":true,"RTC_CENTER":[%v,%v,%v],"POSITION":{"byteOffset":0}}`, p[0], p[1], p[2])
	got, err := Read(tile10Of("i3dm", table, floats(0, 0, 0), model), ReadOptions{ToECEF: mgl64.Ident4()})
	if err != nil || len(got.Meshes) != 1 {
		t.Fatal(len(got.Meshes), err)
	}
	top := got.Meshes[0].Positions[2]
	if place := got.Frame.Place(mgl64.Vec3{float64(top[0]), float64(top[1]), float64(top[2])}); math.Abs(place.Height-301) > 0.01 || math.Abs(place.Lat-47) > 1e-7 {
		t.Errorf("the post ends at %+v", place)
	}
}

// TestComposite holds a model, copies and points, one of them in a composite of its own.
func TestComposite(t *testing.T) {
	pack := func(tiles ...[]byte) []byte {
		body := bytes.Join(tiles, nil)
		var b bytes.Buffer
		b.WriteString("cmpt")
		for _, v := range []int{1, 16 + len(body), len(tiles)} {
			_ = binary.Write(&b, binary.LittleEndian, uint32(v))
		}
		b.Write(body)
		return b.Bytes()
	}
	model := post(t)
	b3dm := tile10Of("b3dm", `{"BATCH_LENGTH":0}`, nil, model)
	i3dm := tile10Of("i3dm", `{"INSTANCES_LENGTH":1,"POSITION":{"byteOffset":0}}`, append(floats(1, 2, 3), 0, 0, 0, 0), model)
	pnts := tile10Of("pnts", `{"POINTS_LENGTH":2,"POSITION":{"byteOffset":0},"RGB":{"byteOffset":24}}`, append(floats(0, 0, 0, 4, 0, 0), 255, 0, 0, 0, 255, 0, 0, 0), nil)
	data := pack(b3dm, pack(i3dm), pnts)
	got, err := ReadAll(data, ReadOptions{})
	if err != nil || len(got) != 3 {
		t.Fatal(len(got), err)
	}
	if m := got[2].Meshes[0]; len(m.Positions) != 12 || m.Colors[0] != [4]uint8{255, 0, 0, 255} || m.Colors[6] != [4]uint8{0, 255, 0, 255} {
		t.Errorf("%d points' corners", len(m.Positions))
	}
	for cut := range len(data) - 1 {
		if _, err := ReadAll(data[:cut], ReadOptions{}); err == nil {
			t.Fatalf("cut off at byte %d, and no error", cut)
		}
	}
}

func FuzzTiles10(f *testing.F) {
	f.Add(tile10Of("i3dm", `{"INSTANCES_LENGTH":1,"POSITION":{"byteOffset":0}}`, floats(1, 2, 3, 0), post(f)))
	f.Add(tile10Of("pnts", `{"POINTS_LENGTH":1,"POSITION":{"byteOffset":0},"RGB565":{"byteOffset":12}}`, floats(1, 2, 3, 0), nil))
	f.Add([]byte("cmpt\x01\x00\x00\x00\x1c\x00\x00\x00\x01\x00\x00\x00cmpt\x01\x00\x00\x00\x0c\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		all, err := ReadAll(data, ReadOptions{ToECEF: mgl64.Translate3D(6e6, 1, 2)})
		if err != nil {
			return
		}
		for _, c := range all {
			for _, m := range c.Meshes {
				if err := check(m); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
