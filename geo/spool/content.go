package spool

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
)

// ContentSize is about the bytes that AppendContent appends, rather more for meshes of faces.
func ContentSize(c *geo.Content) int {
	n := 64
	for i := range c.Features {
		f := &c.Features[i]
		n += len(f.ID) + len(f.Name) + len(f.Class) + 9
		for _, v := range f.Values {
			n += len(v) + 2
		}
	}
	for i := range c.Meshes {
		m := &c.Meshes[i]
		n += len(m.Layer) + len(m.Material) + 64 + 12*len(m.Positions) + 5*len(m.Normals) + 2*len(m.Colors) + 8*len(m.UVs) + len(m.Features) + len(m.Indices) + len(m.Indices)/4
	}
	for i := range c.Instances {
		n += len(c.Instances[i].Layer) + len(c.Instances[i].Model) + 32 + instanceSize*len(c.Instances[i].Items)
	}
	return n
}

// AppendContent appends what a tile holds, but for its frame.
func AppendContent(b []byte, c *geo.Content) []byte {
	w := Writer{b}
	w.Uint(uint64(len(c.Features)))
	for _, f := range c.Features {
		w.String(f.ID)
		w.String(f.Name)
		w.String(f.Class)
		w.Float32(f.Height)
		w.Uint(uint64(len(f.Values)))
		for _, v := range f.Values {
			w.String(v)
		}
	}
	w.Uint(uint64(len(c.Meshes)))
	for i := range c.Meshes {
		w.mesh(&c.Meshes[i])
	}
	w.Uint(uint64(len(c.Instances)))
	for i := range c.Instances {
		in := &c.Instances[i]
		w.String(in.Layer)
		w.String(in.Model)
		w.Uint(uint64(len(in.Items)))
		for _, t := range in.Items {
			w.Float32(t.Position[0])
			w.Float32(t.Position[1])
			w.Float32(t.Position[2])
			w.Float32(t.Yaw)
			w.Float32(t.Scale)
			w.B = append(w.B, t.Color[:]...)
			w.B = binary.LittleEndian.AppendUint32(w.B, t.Feature)
		}
	}
	return w.B
}

// instanceSize is the bytes of an instance.
const instanceSize = 5*4 + 4 + 4

func (w *Writer) mesh(m *geo.Mesh) {
	w.String(m.Layer)
	w.String(string(m.Material))
	w.Int(int64(m.Bias))
	w.vec3(m.Positions)
	repeats(w, m.Normals, putVec3)
	repeats(w, m.Colors, putColor)
	w.Uint(uint64(len(m.UVs)))
	out := w.room(8 * len(m.UVs))
	for i, v := range m.UVs {
		binary.LittleEndian.PutUint32(out[8*i:], math.Float32bits(v[0]))
		binary.LittleEndian.PutUint32(out[8*i+4:], math.Float32bits(v[1]))
	}
	repeats(w, m.Features, binary.LittleEndian.AppendUint32)
	w.steps(m.Indices)
}

func (w *Writer) vec3(vs [][3]float32) {
	w.Uint(uint64(len(vs)))
	out := w.room(12 * len(vs))
	for i := range vs {
		for k, f := range vs[i] {
			binary.LittleEndian.PutUint32(out[12*i+4*k:], math.Float32bits(f))
		}
	}
}

// room appends n bytes to be written.
func (w *Writer) room(n int) []byte {
	at := len(w.B)
	w.B = slices.Grow(w.B, n)[:at+n]
	return w.B[at:]
}

// ReadContent reads what AppendContent wrote; the frame is left to the caller.
func ReadContent(b []byte) (*geo.Content, error) {
	r := Reader{B: b}
	c := &geo.Content{}
	c.Features = make([]geo.FeatureRow, r.Count(8))
	for i := range c.Features {
		c.Features[i] = geo.FeatureRow{ID: r.String(), Name: r.String(), Class: r.String(), Height: r.Float32()}
		if n := r.Count(1); n > 0 {
			c.Features[i].Values = make([]string, n)
			for k := range n {
				c.Features[i].Values[k] = r.String()
			}
		}
	}
	c.Meshes = make([]geo.Mesh, r.Count(9))
	for i := range c.Meshes {
		r.mesh(&c.Meshes[i])
	}
	c.Instances = make([]geo.Instances, r.Count(3))
	for i := range c.Instances {
		in := &c.Instances[i]
		in.Layer, in.Model = r.String(), r.String()
		in.Items = make([]geo.Instance, r.Count(instanceSize))
		for k := range in.Items {
			t := &in.Items[k]
			t.Position = [3]float32{r.Float32(), r.Float32(), r.Float32()}
			t.Yaw, t.Scale = r.Float32(), r.Float32()
			copy(t.Color[:], r.Take(4))
			t.Feature = r.word()
		}
	}
	if r.Err == nil && len(r.B) > 0 {
		r.fail()
	}
	return c, r.Err
}

func (r *Reader) word() uint32 {
	if b := r.Take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *Reader) mesh(m *geo.Mesh) {
	m.Layer, m.Material, m.Bias = r.String(), geo.Material(r.String()), int(r.Int())
	m.Positions = r.vec3()
	m.Normals = readRepeats(r, len(m.Positions), 12, getVec3)
	m.Colors = readRepeats(r, len(m.Positions), 4, getColor)
	if n := r.Count(8); n > 0 {
		m.UVs = make([][2]float32, n)
		b := r.Take(8 * n)
		for i := range m.UVs {
			m.UVs[i] = [2]float32{math.Float32frombits(binary.LittleEndian.Uint32(b[8*i:])), math.Float32frombits(binary.LittleEndian.Uint32(b[8*i+4:]))}
		}
	}
	m.Features = readRepeats(r, len(m.Positions), 4, binary.LittleEndian.Uint32)
	m.Indices = r.steps()
}

func (r *Reader) vec3() [][3]float32 {
	n := r.Count(12)
	if n == 0 {
		return nil
	}
	b := r.Take(12 * n)
	out := make([][3]float32, n)
	for i := range out {
		for k := range 3 {
			out[i][k] = math.Float32frombits(binary.LittleEndian.Uint32(b[12*i+4*k:]))
		}
	}
	return out
}
