package glb

import (
	"bytes"
	"image"
	"image/color"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/qmuntal/gltf"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles/check/khronos"
)

// painted is a model of every kind of material, with a picture that two parts share.
func painted() *Model {
	picture := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	picture.Set(1, 0, color.NRGBA{200, 30, 10, 255})
	m := &Model{}
	white := [][4]uint8{{255, 255, 255, 255}, {255, 255, 255, 255}, {255, 255, 255, 255}}
	for i, of := range []ModelMaterial{
		{Name: "brick", BaseColor: [4]float32{1, 0.5, 0.25, 1}, Roughness: 0.5, Texture: picture},
		{Name: "roof", BaseColor: [4]float32{1, 1, 1, 1}, Metallic: 0.25, Roughness: 1, Texture: picture, Cutoff: 0.5, DoubleSided: true},
		{Name: "lamp", BaseColor: [4]float32{0, 0, 0, 1}, Roughness: 1, Emission: [3]float32{4, 2, 0}},
		{Name: "board", BaseColor: [4]float32{0, 1, 0, 1}, Roughness: 1, Unlit: true},
		{Name: "pane", BaseColor: [4]float32{1, 1, 1, 0.5}, Roughness: 0.25, Blend: true, Refraction: geo.Refraction{Transmission: 1, IOR: 1.5, Roughness: 0.25}},
	} {
		z := float32(i)
		p := Part{Name: of.Name, Positions: [][3]float32{{0, 0, z}, {1, 0, z}, {0, 2, z}}, Normals: [][3]float32{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}},
			Colors: white, UVs: [][2]float32{{0, 0}, {1, 0}, {0, 1}}, Indices: []uint32{0, 1, 2}, Material: of}
		if of.Name == "lamp" {
			p.Colors = [][4]uint8{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}}
		}
		m.Parts = append(m.Parts, p)
	}
	return m
}

// A model comes back where it was put, with its materials and picture, compressed or not, and the
// Khronos validator finds nothing wrong.
func TestPlaced(t *testing.T) {
	at := mgl64.Translate3D(100, -50, 7).Mul4(mgl64.HomogRotate3DZ(math.Pi / 2)).Mul4(mgl64.Scale3D(3, 3, 3))
	dir := t.TempDir()
	var paths []string
	for name, o := range map[string]Options{"plain": {}, "packed": {Compress: true}} {
		o.Placed = []Placed{{Layer: "m", Model: painted(), At: at}}
		var out bytes.Buffer
		if err := Write(&out, geo.Content{}, o); err != nil {
			t.Fatal(name, err)
		}
		path := filepath.Join(dir, name+".glb")
		if err := os.WriteFile(path, out.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
		got, err := ReadModel(out.Bytes(), nil)
		if err != nil || len(got.Parts) != 5 || got.Triangles() != 5 || len(got.Notes) > 0 {
			t.Fatal(name, err, got)
		}
		for i, p := range got.Parts {
			want := painted().Parts[i]
			for k, v := range p.Positions {
				w := mgl64.TransformCoordinate(mgl64.Vec3{float64(want.Positions[k][0]), float64(want.Positions[k][1]), float64(want.Positions[k][2])}, at)
				if w.Sub(mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])}).Len() > 1e-4 {
					t.Errorf("%s, part %d: vertex %d is at %v, not at %v", name, i, k, v, w)
				}
				if p.Colors[k] != want.Colors[k] || want.Material.Texture != nil && p.UVs[k] != want.UVs[k] {
					t.Errorf("%s, part %d: vertex %d has colour %v and uv %v", name, i, k, p.Colors[k], p.UVs[k])
				}
			}
			a, b := p.Material, want.Material
			if (a.Texture == nil) != (b.Texture == nil) || a.Texture != nil && !bytes.Equal(a.Texture.Pix, b.Texture.Pix) {
				t.Errorf("%s, part %d: another picture", name, i)
			}
			a.Texture, b.Texture = nil, nil
			if a != b {
				t.Errorf("%s, part %d: material %+v, not %+v", name, i, a, b)
			}
		}
		if got.Parts[0].Material.Texture != got.Parts[1].Material.Texture {
			t.Errorf("%s: the picture that two parts share is written twice", name)
		}
	}
	bad := painted()
	bad.Parts[1].Positions[2][0] = float32(math.NaN())
	if err := Write(new(bytes.Buffer), geo.Content{}, Options{Placed: []Placed{{Model: bad, At: at}}}); err == nil {
		t.Error("a vertex that is no number is written")
	}
	khronos.Validate(t, paths...)
}

// Copies of a model come back where they were put, as places of one mesh, as nodes and unfolded.
func TestPlacedCopies(t *testing.T) {
	copies := []mgl64.Mat4{
		mgl64.Translate3D(100, -50, 7).Mul4(mgl64.HomogRotate3DZ(0.7)).Mul4(mgl64.Scale3D(3, 3, 3)),
		mgl64.Translate3D(-20, 4, 1).Mul4(mgl64.HomogRotate3DX(0.2)).Mul4(mgl64.HomogRotate3DZ(-2)),
	}
	model := painted()
	where := func(p [3]float32, m mgl64.Mat4) mgl64.Vec3 {
		return mgl64.TransformCoordinate(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}, m)
	}
	var want []mgl64.Vec3
	for _, m := range copies {
		for _, p := range model.Parts {
			for _, v := range p.Positions {
				want = append(want, where(v, m))
			}
		}
	}
	same := func(name string, got []mgl64.Vec3) {
		if len(got) != len(want) {
			t.Fatalf("%s: %d vertices, want %d", name, len(got), len(want))
		}
		for i, v := range got {
			if v.Sub(want[i]).Len() > 1e-3 {
				t.Fatalf("%s: vertex %d at %v, want %v", name, i, v, want[i])
			}
		}
	}
	for name, o := range map[string]Options{"plain": {}, "packed": {Compress: true}, "nodes": {Nodes: true}} {
		o.Placed = []Placed{{Layer: "m", Model: model, At: mgl64.Ident4(), Copies: copies}}
		var out bytes.Buffer
		if err := Write(&out, geo.Content{}, o); err != nil {
			t.Fatal(name, err)
		}
		if o.Nodes {
			got, err := ReadModel(out.Bytes(), nil)
			if err != nil {
				t.Fatal(err)
			}
			var all []mgl64.Vec3
			for _, p := range got.Parts {
				for _, v := range p.Positions {
					all = append(all, where(v, mgl64.Ident4()))
				}
			}
			same(name, all)
			continue
		}
		once, places, err := ReadCopies(out.Bytes())
		if err != nil || len(once.Parts) != len(model.Parts) {
			t.Fatal(name, err)
		}
		var all []mgl64.Vec3
		for _, m := range places {
			for _, p := range once.Parts {
				for _, v := range p.Positions {
					all = append(all, where(v, m))
				}
			}
		}
		same(name, all)
		c, err := Read(out.Bytes(), ReadOptions{})
		if err != nil || len(c.Meshes) != len(copies)*len(model.Parts) {
			t.Fatal(name, err, len(c.Meshes))
		}
	}
	for _, bad := range []mgl64.Mat4{{}, mgl64.Scale3D(math.NaN(), 1, 1)} {
		if err := Write(new(bytes.Buffer), geo.Content{}, Options{Placed: []Placed{{Model: model, At: mgl64.Ident4(), Copies: []mgl64.Mat4{bad}}}}); err == nil {
			t.Errorf("a copy is written that is %v", bad)
		}
	}
}

// A picture in a format that glTF has not, of those that a program happens to read, is written as
// a PNG.
func TestPicturesOfOtherFormats(t *testing.T) {
	image.RegisterFormat("mine", "MINE", func(io.Reader) (image.Image, error) {
		return image.NewNRGBA(image.Rect(0, 0, 2, 2)), nil
	}, func(io.Reader) (image.Config, error) { return image.Config{Width: 2, Height: 2}, nil })
	textures := newTextures(&document{Document: &gltf.Document{Images: []*gltf.Image{{URI: "p"}}}, open: func(string) ([]byte, error) { return []byte("MINE"), nil }})
	img, err := textures.decode(0)
	if err != nil {
		t.Fatal(err)
	}
	if _, kept := textures.files[img]; kept {
		t.Error("a file is kept that is neither PNG nor JPEG")
	}
}
