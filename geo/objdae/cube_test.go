//go:build g3n

package objdae

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"math"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/tiles/glb"
)

// cubeOBJ is a cube of 2 m on the ground, of quads, textured but for its top.
const cubeOBJ = `# a cube
mtllib my cube.mtl
o Cube Thing
v -1 0 1
v 1 0 1
v 1 2 1
v -1 2 1
v -1 0 -1
v 1 0 -1
v 1 2 -1
v -1 2 -1
vt 0 0
vt 1 0
vt 1 1
vt 0 1
vn 0 1 0
s 7
usemtl brick wall
f 1/1 2/2 3/3 \
  4/4
f 2/1 6/2 7/3 3/4  # east
f 6/1 5/2 8/3 7/4
f 5/1 1/2 4/3 8/4
f 5/1 6/2 2/3 1/4
usemtl glass
f -5//1 -6//1 -2//1 -1//1
curv2 1 2
`

const cubeMTL = "newmtl brick wall\nKd 0.5 0 1\nKs 1 1 1\nNs 30\nillum 2\nmap_Kd -s 1 1 1 -clamp on my brick.png\nPr 3\nnewmtl glass\nTr 0.75\n"

// cubeDAE is the same cube lying in a Z_UP document of centimetres, its sides as a polylist
// of quads and its top as triangles, bound to a lambert and a phong by symbols.
const cubeDAE = `<?xml version="1.0" encoding="utf-8"?>
<COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1">
<asset><unit name="centimetre" meter="0.01"/><up_axis> %s </up_axis></asset>
<library_images><image id="img"><init_from>file:///C:/made/here/my%%20brick.png</init_from></image></library_images>
<library_effects>
<effect id="fx"><profile_COMMON>
<newparam sid="surf"><surface type="2D"><init_from>img</init_from></surface></newparam>
<newparam sid="samp"><sampler2D><source>surf</source></sampler2D></newparam>
<technique sid="t"><lambert><diffuse><texture texture="samp" texcoord="UV"/></diffuse></lambert></technique>
</profile_COMMON></effect>
<effect id="fy"><profile_COMMON><technique sid="t"><phong><emission><color>1 0 0 1</color></emission><diffuse><color>0.5 0 1 1</color></diffuse>
<specular><color>1 1 1 1</color></specular><shininess><float>30</float></shininess><transparent opaque="A_ONE"><color>1 1 1 1</color></transparent><transparency><float>0.25</float></transparency></phong></technique></profile_COMMON></effect>
</library_effects>
<library_materials><material id="m1" name="brick wall"><instance_effect url="#fx"/></material><material id="m2" name="glass"><instance_effect url="#fy"/></material></library_materials>
<library_geometries><geometry id="cube"><mesh>
<source id="pos"><float_array id="pa" count="24">-1 -1 0  1 -1 0  1 -1 2  -1 -1 2  -1 1 0  1 1 0  1 1 2  -1 1 2</float_array><technique_common><accessor source="#pa" count="8" stride="3"/></technique_common></source>
<source id="uv"><float_array id="ua" count="12">0 0 9  1 0 9  1 1 9  0 1 9</float_array><technique_common><accessor source="#ua" count="4" stride="3"/></technique_common></source>
<source id="nor"><float_array id="na" count="3">0 0 1</float_array><technique_common><accessor source="#na" count="1" stride="3"/></technique_common></source>
<vertices id="vtx"><input semantic="POSITION" source="#pos"/></vertices>
<polylist material="sideSG" count="5"><input semantic="VERTEX" source="#vtx" offset="0"/><input semantic="TEXCOORD" source="#uv" offset="1" set="0"/>
<vcount>4 4 4 4 4</vcount><p>0 0 1 1 2 2 3 3  1 0 5 1 6 2 2 3  5 0 4 1 7 2 6 3  4 0 0 1 3 2 7 3  4 0 5 1 1 2 0 3</p></polylist>
<triangles material="topSG" count="2"><input semantic="VERTEX" source="#vtx" offset="0"/><input semantic="NORMAL" source="#nor" offset="1"/><p>3 0 2 0 6 0 3 0 6 0 7 0</p></triangles>
</mesh></geometry></library_geometries>
<library_nodes><node id="kept"><translate>0 0 50</translate><rotate>0 0 1 90</rotate><rotate>0 0 1 -90</rotate><scale>100 100 100</scale>
<instance_geometry url="#cube"><bind_material><technique_common><instance_material symbol="sideSG" target="#m1"/><instance_material symbol="topSG" target="#m2"/></technique_common></bind_material></instance_geometry>
</node></library_nodes>
<library_visual_scenes><visual_scene id="sc"><node id="a"><matrix>1 0 0 0  0 1 0 0  0 0 1 -50  0 0 0 1</matrix><instance_node url="#kept"/></node></visual_scene></library_visual_scenes>
<scene><instance_visual_scene url="#sc"/></scene>
</COLLADA>`

// beside opens the cube's files.
func beside(name string) ([]byte, error) {
	switch name {
	case "my cube.mtl":
		return []byte(cubeMTL), nil
	case "my brick.png":
		img := image.NewNRGBA(image.Rect(0, 0, 2, 4))
		for i := range 8 {
			img.SetNRGBA(i%2, i/2, color.NRGBA{200, 90, 60, 255})
		}
		var b bytes.Buffer
		err := png.Encode(&b, img)
		return b.Bytes(), err
	}
	return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
}

func read(t *testing.T, name, data string) *glb.Model {
	t.Helper()
	m, err := Read(name, []byte(data), beside)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestCubes(t *testing.T) {
	for name, data := range map[string]string{"cube.obj": cubeOBJ, "cube.dae": fmt.Sprintf(cubeDAE, "Z_UP")} {
		t.Run(name, func(t *testing.T) {
			m := read(t, name, data)
			if m.Min != [3]float32{-1, -1, 0} || m.Max != [3]float32{1, 1, 2} {
				t.Errorf("bounds %v %v", m.Min, m.Max)
			}
			if len(m.Parts) != 2 || len(m.Notes) != 0 {
				t.Fatalf("%d parts, notes %q", len(m.Parts), m.Notes)
			}
			sides, top := m.Parts[0], m.Parts[1]
			if len(sides.Indices) != 30 || len(sides.Positions) != 20 || len(top.Indices) != 6 || len(top.Positions) != 4 {
				t.Errorf("%d %d %d %d", len(sides.Indices), len(sides.Positions), len(top.Indices), len(top.Positions))
			}
			if s := sides.Material; s.Name != "brick wall" || s.Texture == nil || s.Texture.Rect.Dy() != 4 || s.Blend {
				t.Errorf("%+v", s)
			}
			if s := top.Material; s.Name != "glass" || s.Texture != nil || !s.Blend || s.BaseColor[3] != 0.25 {
				t.Errorf("%+v", s)
			}
			outward(t, m, mgl64.Vec3{0, 0, 1})
			for i, p := range sides.Positions { // the picture's upper edge is up, but on the floor
				if want := 1 - p[2]/2; sides.Normals[i][2] == 0 && sides.UVs[i][1] != want {
					t.Errorf("v %g at height %g", sides.UVs[i][1], p[2])
				}
			}
		})
	}
}

// outward checks that all triangles look away from the middle, and normals with them.
func outward(t *testing.T, m *glb.Model, middle mgl64.Vec3) {
	t.Helper()
	for _, p := range m.Parts {
		for i := 0; i < len(p.Indices); i += 3 {
			a, b, c := p.Indices[i], p.Indices[i+1], p.Indices[i+2]
			n := normal(vec(p.Positions[a]), vec(p.Positions[b]), vec(p.Positions[c]))
			if n.Dot(vec(p.Positions[a]).Sub(middle)) < 0.9 || n.Dot(vec(p.Normals[b])) < 0.999 {
				t.Errorf("%s: triangle %d looks to %v, its normal is %v", p.Name, i/3, n, p.Normals[b])
			}
		}
	}
}

func TestColladaAxes(t *testing.T) {
	for axis, want := range map[string][2][3]float32{
		"Y_UP": {{-1, -2, -1}, {1, 0, 1}}, "": {{-1, -2, -1}, {1, 0, 1}},
		"X_UP": {{-1, -2, -1}, {1, 0, 1}},
	} {
		m := read(t, "a.dae", fmt.Sprintf(cubeDAE, axis))
		if [2][3]float32{m.Min, m.Max} != want {
			t.Errorf("%s: %v %v", axis, m.Min, m.Max)
		}
		outward(t, m, mgl64.Vec3{0, -1, 0})
	}
}

func TestColladaMaterial(t *testing.T) {
	s := read(t, "a.dae", fmt.Sprintf(cubeDAE, "Z_UP")).Parts[1].Material
	half := float32(math.Pow((0.5+0.055)/1.055, 2.4))
	if s.BaseColor != [4]float32{half, 0, 1, 0.25} || s.Emission != [3]float32{1, 0, 0} || s.Roughness != 0.5 {
		t.Errorf("%+v", s)
	}
}

func TestColladaOtherPrimitives(t *testing.T) {
	data := fmt.Sprintf(cubeDAE, "Z_UP")
	at := strings.Index(data, "<triangles material=\"topSG\"")
	end := strings.Index(data, "</triangles>") + len("</triangles>")
	for _, prim := range []string{
		`<polygons material="topSG" count="1"><input semantic="VERTEX" source="#vtx" offset="0"/><p>3 2 6 7</p></polygons>`,
		`<tristrips material="topSG" count="1"><input semantic="VERTEX" source="#vtx" offset="0"/><p>3 2 7 6</p></tristrips>`,
		`<trifans material="topSG" count="1"><input semantic="VERTEX" source="#vtx" offset="0"/><p>3 2 6 7</p></trifans>`,
	} {
		m := read(t, "a.dae", data[:at]+prim+data[end:])
		if len(m.Parts) != 2 || len(m.Parts[1].Indices) != 6 {
			t.Errorf("%s: %d parts", prim, len(m.Parts))
		}
		outward(t, m, mgl64.Vec3{0, 0, 1})
	}
	mirrored := strings.Replace(data, "<scale>100 100 100", "<scale>-100 100 100", 1)
	outward(t, read(t, "a.dae", mirrored), mgl64.Vec3{0, 0, 1})
}

func TestConcavePolygon(t *testing.T) {
	m := read(t, "l.obj", "v 0 0 0\nv 2 0 0\nv 2 1 0\nv 1 1 0\nv 1 2 0\nv 0 2 0\nf 1 2 3 4 5 6\n")
	area := 0.0
	p := m.Parts[0]
	for i := 0; i < len(p.Indices); i += 3 {
		a, b, c := vec(p.Positions[p.Indices[i]]), vec(p.Positions[p.Indices[i+1]]), vec(p.Positions[p.Indices[i+2]])
		area += b.Sub(a).Cross(c.Sub(a)).Dot(mgl64.Vec3{0, -1, 0}) / 2
	}
	if math.Abs(area-3) > 1e-9 {
		t.Errorf("an L of 3 m² has %g", area)
	}
}

func TestMissingFilesAreNoted(t *testing.T) {
	m, err := Read("cube.obj", []byte(strings.Replace(cubeOBJ, "my cube", "../../my cube", 1)), beside)
	if err != nil || len(m.Notes) != 1 || !strings.Contains(m.Notes[0], "not beside the model") {
		t.Error(err, m.Notes)
	}
	m, err = Read("cube.dae", []byte(fmt.Sprintf(cubeDAE, "Z_UP")), nil)
	if err != nil || len(m.Notes) != 1 || m.Parts[0].Material.Texture != nil {
		t.Error(err, m.Notes)
	}
}
