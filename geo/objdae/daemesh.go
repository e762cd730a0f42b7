//go:build g3n

package objdae

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"github.com/go-gl/mathgl/mgl64"
)

// plainMesh writes a COLLADA mesh as the one kind that g3n reads whole: polylists of
// triangles whose corners have three indices, into positions, normals and texture
// coordinates. Corners without normal or coordinates point to zeros. It returns false where
// the mesh has no surface.
func (b *builder) plainMesh(out *bytes.Buffer, id string, mesh *element) (bool, error) {
	w := &meshWriter{mesh: mesh, sources: map[string]int{}}
	vertices := mesh.child("vertices")
	var lists bytes.Buffer
	for _, prim := range mesh.kids {
		switch prim.name {
		case "triangles", "polylist", "polygons", "tristrips", "trifans":
			if err := w.list(&lists, prim, vertices); err != nil {
				return false, fmt.Errorf("%s: %w", prim.name, err)
			}
		case "lines", "linestrips":
			b.note("points or lines")
		}
	}
	if lists.Len() == 0 {
		return false, nil
	}
	fmt.Fprintf(out, `<geometry id="%s"><mesh>`, id)
	out.Write(w.data.Bytes())
	fmt.Fprintf(out, `<source id="none"><float_array count="3">0 0 0</float_array></source><vertices id="v"><input semantic="POSITION" source="#s%d"/></vertices>`, w.position)
	out.Write(lists.Bytes())
	out.WriteString(`</mesh></geometry>`)
	return true, nil
}

type meshWriter struct {
	mesh     *element
	data     bytes.Buffer
	sources  map[string]int // number of what is written, by semantic and id
	counts   []int          // elements in each
	position int
	points   []float64
}

// input is where a primitive's corner finds one of its values.
type input struct {
	offset, source int // source is -1 for none
}

// list writes one primitive element.
func (w *meshWriter) list(out *bytes.Buffer, prim, vertices *element) error {
	in := map[string]input{"NORMAL": {source: -1}, "TEXCOORD": {source: -1}}
	stride, set := 1, 0
	find := func(e *element, offset int) error {
		kind := e.get("semantic")
		n, known := map[string]int{"POSITION": 3, "NORMAL": 3, "TEXCOORD": 2}[kind]
		if !known {
			return nil
		}
		if kind == "TEXCOORD" {
			s, _ := strconv.Atoi(e.get("set"))
			if in[kind].source >= 0 && s >= set {
				return nil // the lowest set is the diffuse texture's in what exporters write
			}
			set = s
		}
		i, err := w.source(kind, e.ref("source"), n)
		in[kind] = input{offset, i}
		return err
	}
	for _, e := range prim.kids {
		if e.name != "input" {
			continue
		}
		offset, err := strconv.ParseUint(e.get("offset"), 10, 8)
		if err != nil {
			return fmt.Errorf("input %s has the offset %q", e.get("semantic"), e.get("offset"))
		}
		stride = max(stride, int(offset)+1)
		if e.get("semantic") != "VERTEX" {
			if err := find(e, int(offset)); err != nil {
				return err
			}
			continue
		}
		if vertices == nil {
			return errors.New("the mesh has no vertices element")
		}
		for _, v := range vertices.kids {
			if err := find(v, int(offset)); err != nil {
				return err
			}
		}
	}
	at, ok := in["POSITION"]
	if !ok {
		return errors.New("it has no positions")
	}
	rings, err := rings(prim, stride)
	if err != nil || len(rings) == 0 {
		return err
	}
	return w.corners(out, prim, rings, [3]input{at, in["NORMAL"], in["TEXCOORD"]})
}

func (w *meshWriter) corners(out *bytes.Buffer, prim *element, rings [][][]int, in [3]input) error {
	fmt.Fprint(out, `<polylist material="`, escape(prim.get("material")), `">`)
	for i, semantic := range []string{"VERTEX", "NORMAL", "TEXCOORD"} {
		source := "v"
		if i > 0 && in[i].source < 0 {
			source = "none"
		} else if i > 0 {
			source = "s" + strconv.Itoa(in[i].source)
		}
		fmt.Fprintf(out, `<input semantic="%s" source="#%s" offset="%d"/>`, semantic, source, i)
	}
	out.WriteString("<p>")
	for _, ring := range rings {
		points := make([]mgl64.Vec3, len(ring))
		for i, c := range ring {
			for _, n := range in {
				if n.source >= 0 && c[n.offset] >= w.counts[n.source] {
					return fmt.Errorf("index %d of %d", c[n.offset], w.counts[n.source])
				}
			}
			points[i] = mgl64.Vec3(w.points[3*c[in[0].offset]:])
		}
		triangles, err := triangulate(points)
		if err != nil {
			return err
		}
		for _, t := range triangles {
			for _, corner := range t {
				for _, n := range in {
					i := 0
					if n.source >= 0 {
						i = ring[corner][n.offset]
					}
					out.WriteString(strconv.Itoa(i))
					out.WriteByte(' ')
				}
			}
		}
	}
	out.WriteString("</p></polylist>")
	return nil
}

// source writes the first n components of a source's elements, once, and returns its number.
func (w *meshWriter) source(kind, id string, n int) (int, error) {
	if i, ok := w.sources[kind+id]; ok {
		return i, nil
	}
	for _, s := range w.mesh.kids {
		if s.name != "source" || s.get("id") != id {
			continue
		}
		v, err := s.child("float_array").floats(0)
		if err != nil {
			return 0, err
		}
		stride := n
		if a := s.child("technique_common", "accessor").get("stride"); a != "" {
			if stride, err = strconv.Atoi(a); err != nil || stride < n || stride > 64 {
				return 0, fmt.Errorf("source %s: stride %q where %d components are needed", id, a, n)
			}
		}
		i, count := len(w.counts), len(v)/stride
		fmt.Fprintf(&w.data, `<source id="s%d"><float_array count="%d">`, i, count*n)
		var plain []float64
		for k := range count * n {
			f := v[k/n*stride+k%n]
			plain = append(plain, f)
			w.data.Write(append(strconv.AppendFloat(nil, f, 'g', -1, 32), ' '))
		}
		w.data.WriteString("</float_array></source>")
		if kind == "POSITION" {
			if len(w.points) > 0 {
				return 0, errors.New("the mesh has two sources of positions")
			}
			w.position, w.points = i, plain
		}
		w.counts = append(w.counts, count)
		w.sources[kind+id] = i
		return i, nil
	}
	return 0, fmt.Errorf("source %q does not exist", id)
}

// rings lists the polygons of a primitive element, each corner as its row of indices.
func rings(prim *element, stride int) ([][][]int, error) {
	var out [][][]int
	for _, p := range prim.kids {
		if p.name == "ph" {
			return nil, errors.New("polygons with holes are not read: triangulate it, or convert to glb")
		}
		if p.name != "p" {
			continue
		}
		flat, err := p.ints()
		if err != nil {
			return nil, err
		}
		if len(flat)%stride != 0 {
			return nil, fmt.Errorf("%d indices are no multiple of %d", len(flat), stride)
		}
		rows := make([][]int, len(flat)/stride)
		for i := range rows {
			rows[i] = flat[i*stride : i*stride+stride]
		}
		switch prim.name {
		case "polygons":
			out = append(out, rows)
		case "tristrips":
			for i := 0; i+2 < len(rows); i++ {
				out = append(out, [][]int{rows[i+i%2], rows[i+1-i%2], rows[i+2]})
			}
		case "trifans":
			for i := 1; i+1 < len(rows); i++ {
				out = append(out, [][]int{rows[0], rows[i], rows[i+1]})
			}
		default:
			counts, err := prim.child("vcount").ints()
			if err != nil {
				return nil, err
			}
			for i := 0; len(rows) > 0; i++ {
				n := 3
				if prim.name == "polylist" {
					if i >= len(counts) {
						break
					}
					n = counts[i]
				}
				if n > len(rows) || n < 1 {
					return nil, fmt.Errorf("polygon %d has %d corners where %d are left", i, n, len(rows))
				}
				out, rows = append(out, rows[:n]), rows[n:]
			}
		}
	}
	return out, nil
}
