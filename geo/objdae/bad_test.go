//go:build g3n

package objdae

import (
	"fmt"
	"strings"
	"testing"
)

func TestBadFilesAreErrors(t *testing.T) {
	dae := fmt.Sprintf(cubeDAE, "Z_UP")
	for data, want := range map[string]string{
		"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 9\n":                                               "vertex 9 of 3",
		"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 -9\n":                                              "of 3",
		"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2\n":                                                 "less 3 fields",
		"v 0 0 0\nv 1 0 0\nv 0 1 nan\nf 1 2 3\n":                                             "not a finite number",
		"v 0 0 0\nv 1 0 0\nv 0 1 0\no x\n":                                                   "no triangles",
		dae[:len(dae)/2]:                                                                     "XML syntax error",
		strings.Replace(dae, "3 0 2 0 6 0 3", "3 0 2 0 99 0 3", 1):                           "index 99 of 8",
		strings.Replace(dae, "-1 -1 0  1", "-1 NaN 0  1", 1):                                 "not a finite number",
		strings.Replace(dae, "<instance_node", `<instance_node url="#a"/><instance_node`, 1): "hold itself",
		strings.Replace(dae, "#vtx\" offset=\"0\"", "#vtx\" offset=\"-1\"", 1):               "offset",
		"<COLLADA><library_geometries/></COLLADA>":                                           "no visual_scene",
	} {
		_, err := Read("bad", []byte(data), beside)
		if err == nil || !strings.HasPrefix(err.Error(), "bad: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
}

// A count says nothing about how much there is: memory follows what the file holds.
func TestCountsAreNotBelieved(t *testing.T) {
	dae := strings.ReplaceAll(fmt.Sprintf(cubeDAE, "Z_UP"), `count="24"`, `count="2400000000"`)
	if m, err := Read("a.dae", []byte(dae), beside); err != nil || len(m.Parts) != 2 {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(cubeOBJ))
	f.Add([]byte(fmt.Sprintf(cubeDAE, "Y_UP")))
	f.Add([]byte("v 0 0 0\nv 1 0 0\nv 0 1 0\nf -1// -2/ -3\nf 1 2 3 2 1\n"))
	f.Add([]byte("<COLLADA><library_geometries><geometry id=\"a\"><mesh><vertices/></mesh></geometry></library_geometries><library_visual_scenes><visual_scene><node/></visual_scene></library_visual_scenes></COLLADA>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		m, err := Read("x", data, func(string) ([]byte, error) { return data, nil })
		if err != nil {
			if strings.Contains(err.Error(), "damaged") {
				t.Fatal(err) // caught, but better said
			}
			return
		}
		for _, p := range m.Parts {
			n := len(p.Positions)
			if len(p.Normals) != n || len(p.UVs) != n || len(p.Colors) != n || len(p.Indices)%3 != 0 {
				t.Fatal("uneven")
			}
			for _, i := range p.Indices {
				if int(i) >= n {
					t.Fatal("index beyond the vertices")
				}
			}
			for _, v := range p.Normals {
				if l := vec(v).Len(); !(l > 0.999 && l < 1.001) {
					t.Fatalf("a normal of length %g", l)
				}
			}
		}
	})
}
