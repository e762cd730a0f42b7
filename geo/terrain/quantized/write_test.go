package quantized

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/geographic"
)

// hills cover the globe, and know nothing in the far south.
type hills struct{}

func (hills) HeightAt(lng, lat float64) (float64, bool) {
	p := earth.Place{Lng: lng, Lat: lat}.Up()
	return 3000 * math.Sin(9*p[0]) * math.Cos(7*p[1]+2*p[2]) * math.Cos(40*p[2]), lat > -85
}

// decoded is a tile as a client reads it.
type decoded struct {
	centre, sphere, occlusion mgl64.Vec3
	low, high                 float32
	radius                    float64
	u, v, h                   []int
	tris                      []uint32
	edges                     [4][]uint32
	normals                   [][2]byte
	mask                      []byte
}

// decode reads a quantized mesh by the words of its specification.
func decode(data []byte) (d *decoded, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	d = &decoded{}
	r := bytes.NewReader(data)
	get := func(v any) {
		if err := binary.Read(r, binary.LittleEndian, v); err != nil {
			panic(err)
		}
	}
	get(&d.centre)
	get(&d.low)
	get(&d.high)
	get(&d.sphere)
	get(&d.radius)
	get(&d.occlusion)
	var n uint32
	get(&n)
	for _, out := range []*[]int{&d.u, &d.v, &d.h} {
		raw := make([]uint16, n)
		get(raw)
		value := 0
		for _, c := range raw {
			value += int(c>>1) ^ -int(c&1)
			*out = append(*out, value)
		}
	}
	list := func(count int) []uint32 {
		out := make([]uint32, count)
		if n > 65536 {
			get(out)
			return out
		}
		short := make([]uint16, count)
		get(short)
		for i, v := range short {
			out[i] = uint32(v)
		}
		return out
	}
	if n > 65536 {
		for (len(data)-r.Len())%4 != 0 {
			_, _ = r.ReadByte()
		}
	}
	var count uint32
	get(&count)
	d.tris = list(int(3 * count))
	highest := uint32(0)
	for i, code := range d.tris {
		d.tris[i] = highest - code
		if code == 0 {
			highest++
		}
	}
	for k := range d.edges {
		get(&count)
		d.edges[k] = list(int(count))
	}
	for r.Len() > 0 {
		id, _ := r.ReadByte()
		get(&count)
		body := make([]byte, count)
		get(body)
		switch id {
		case octVertexNormals:
			for i := 0; i+1 < len(body); i += 2 {
				d.normals = append(d.normals, [2]byte{body[i], body[i+1]})
			}
		case waterMask:
			d.mask = body
		default:
			return nil, fmt.Errorf("extension %d", id)
		}
	}
	return d, nil
}

func unoct(o [2]byte) mgl64.Vec3 {
	x, y := float64(o[0])/255*2-1, float64(o[1])/255*2-1
	v := mgl64.Vec3{x, y, 1 - math.Abs(x) - math.Abs(y)}
	if v[2] < 0 {
		v[0], v[1] = (1-math.Abs(y))*math.Copysign(1, x), (1-math.Abs(x))*math.Copysign(1, y)
	}
	return v.Normalize()
}

func read(t *testing.T, dir string, l, x, y int) *decoded {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(l), fmt.Sprint(x), fmt.Sprintf("%d.terrain", y)))
	if err != nil {
		t.Fatal(err)
	}
	d, err := decode(data)
	if err != nil {
		t.Fatalf("%d/%d/%d: %v", l, x, y, err)
	}
	return d
}

// TestWorld writes the whole globe to level 3 and reads it as a client does.
func TestWorld(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "terrain")
	wet := func(lng, lat float64) bool { h, _ := hills{}.HeightAt(lng, lat); return h < 0 }
	s, err := Write(context.Background(), dir, hills{}, geo.Bound{West: -180, South: -90, East: 180, North: 90}, Options{MaxLevel: 3, Unknown: -30, Water: wet})
	if err != nil {
		t.Fatal(err)
	}
	if s.Tiles != 2+8+32+128 {
		t.Fatalf("%+v", s)
	}
	for l := range 4 {
		for x := range 2 << l {
			for y := range 1 << l {
				d := read(t, dir, l, x, y)
				d.check(t, l, x, y)
				east := read(t, dir, l, (x+1)%(2<<l), y)
				sameHeights(t, d, east, d.edges[2], east.edges[0], d.v, east.v)
				if y+1 < 1<<l {
					north := read(t, dir, l, x, y+1)
					sameHeights(t, d, north, d.edges[3], north.edges[1], d.u, north.u)
				}
			}
		}
	}
}

// sameHeights holds an edge to one set of vertices, but for what heights are rounded to.
func sameHeights(t *testing.T, a, b *decoded, ea, eb []uint32, along, other []int) {
	t.Helper()
	if len(ea) != len(eb) {
		t.Fatalf("%d and %d vertices on an edge", len(ea), len(eb))
	}
	for i := range ea {
		step := (float64(a.high-a.low) + float64(b.high-b.low)) / full
		if d := math.Abs(a.height(ea[i]) - b.height(eb[i])); along[ea[i]] != other[eb[i]] || d > step+1e-3 {
			t.Fatalf("vertex %d of an edge: %d and %d, %.2f m apart", i, along[ea[i]], other[eb[i]], d)
		}
	}
}

func (d *decoded) height(v uint32) float64 {
	return float64(d.low) + float64(d.h[v])/full*float64(d.high-d.low)
}

// check holds a tile to the format, and its vertices and bounds to the ground.
func (d *decoded) check(t *testing.T, l, x, y int) {
	t.Helper()
	size := 180 / math.Exp2(float64(l))
	positions := make([]mgl64.Vec3, len(d.u))
	for v := range d.u {
		p := earth.Place{Lng: -180 + (float64(x)+float64(d.u[v])/full)*size, Lat: -90 + (float64(y)+float64(d.v[v])/full)*size}
		p.Height = d.height(uint32(v))
		positions[v] = p.ECEF()
		if positions[v].Sub(d.sphere).Len() > d.radius*(1+1e-9)+float64(d.high-d.low)/full+size*111e3/full {
			t.Fatalf("%d/%d/%d: a vertex outside the sphere", l, x, y)
		}
		if up := unoct(d.normals[v]).Dot(p.Up()); up < 0.8 {
			t.Fatalf("%d/%d/%d: a normal leans %v", l, x, y, up)
		}
		// A position is rounded to 1/32767 of the tile; the hills climb up to 0.12.
		want, ok := hills{}.HeightAt(p.Lng, p.Lat)
		if ok && p.Lat > -84 && math.Abs(want-p.Height) > 0.3*size*111e3/full+float64(d.high-d.low)/full {
			t.Fatalf("%d/%d/%d: %.1f m at %v, want %.1f", l, x, y, p.Height, p, want)
		}
	}
	area := 0
	for k := 0; k < len(d.tris); k += 3 {
		a, b, c := d.tris[k], d.tris[k+1], d.tris[k+2]
		s := (d.u[b]-d.u[a])*(d.v[c]-d.v[a]) - (d.v[b]-d.v[a])*(d.u[c]-d.u[a])
		if s <= 0 {
			t.Fatalf("%d/%d/%d: a triangle is clockwise", l, x, y)
		}
		area += s
	}
	if area != 2*full*full {
		t.Errorf("%d/%d/%d: the triangles cover %v of the tile", l, x, y, float64(area)/(2*full*full))
	}
	for k, on := range [4]func(v uint32) bool{
		func(v uint32) bool { return d.u[v] == 0 }, func(v uint32) bool { return d.v[v] == 0 },
		func(v uint32) bool { return d.u[v] == full }, func(v uint32) bool { return d.v[v] == full }} {
		n := 0
		for v := range d.u {
			if on(uint32(v)) {
				n++
			}
		}
		if len(d.edges[k]) != n || n < 2 {
			t.Fatalf("%d/%d/%d: side %d lists %d of %d", l, x, y, k, len(d.edges[k]), n)
		}
	}
	if len(d.mask) != 1 && len(d.mask) != 65536 {
		t.Fatalf("a mask of %d bytes", len(d.mask))
	}
	// From where the occlusion point is just behind the horizon so are the vertices.
	if l >= 2 {
		scale := func(v mgl64.Vec3) mgl64.Vec3 { return mgl64.Vec3{v[0] / earth.A, v[1] / earth.A, v[2] / earth.B} }
		if m := d.occlusion.Len(); m < 1 || m > 100 {
			t.Fatalf("%d/%d/%d: occlusion at %v radii", l, x, y, m)
		}
		side := d.occlusion.Cross(mgl64.Vec3{0.3, 0.5, 0.8}).Normalize()
		m := d.occlusion.Len()
		// An eye 1.5 radii out, turned from the point by the angle at which it sets.
		angle := math.Acos(1/m) + math.Acos(1/1.5) + 1e-6
		eye := d.occlusion.Normalize().Mul(math.Cos(angle)).Add(side.Mul(math.Sin(angle))).Mul(1.5)
		for _, p := range positions {
			if v := scale(p).Sub(eye); -v.Dot(eye) < eye.Dot(eye)-1 || sq(v.Dot(eye))/v.Dot(v) < (eye.Dot(eye)-1)*(1-1e-2) {
				t.Fatalf("%d/%d/%d: a vertex is seen past the occlusion point", l, x, y)
			}
		}
	}
}

func sq(v float64) float64 { return v * v }

// TestRegion: bounds over the antimeridian are two blocks of tiles, the folder is whole or
// not there, two runs write the same bytes.
func TestRegion(t *testing.T) {
	b := geo.Bound{West: 177, South: -19, East: -178, North: -16}
	dirs := [2]string{filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")}
	for _, dir := range dirs {
		s, err := Write(context.Background(), dir, hills{}, b, Options{MaxLevel: 7})
		if err != nil {
			t.Fatal(err)
		}
		if bound := (&geographic.Ground{Sharpness: 4}).Error(7); s.Error > bound || s.Error < bound/10 {
			t.Errorf("error %v of %v", s.Error, bound)
		}
	}
	var layer struct{ Available [][]span }
	data, _ := os.ReadFile(filepath.Join(dirs[0], "layer.json"))
	if err := json.Unmarshal(data, &layer); err != nil || len(layer.Available) != 8 || len(layer.Available[5]) != 2 {
		t.Fatalf("%v: %s", err, data)
	}
	for l, spans := range layer.Available {
		for _, s := range spans {
			for x := s.StartX; x <= s.EndX; x++ {
				for y := s.StartY; y <= s.EndY; y++ {
					read(t, dirs[0], l, x, y)
				}
			}
		}
	}
	err := filepath.WalkDir(dirs[0], func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dirs[0], path)
		p, _ := os.ReadFile(path)
		q, err := os.ReadFile(filepath.Join(dirs[1], name))
		if !bytes.Equal(p, q) {
			t.Errorf("%s differs", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write(context.Background(), dirs[0], hills{}, b, Options{MaxLevel: 1}); err == nil {
		t.Error("wrote over a terrain")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	gone := filepath.Join(t.TempDir(), "c")
	if _, err := Write(ctx, gone, hills{}, b, Options{MaxLevel: 3}); err == nil {
		t.Error("wrote after the end")
	}
	if _, err := os.Stat(gone); err == nil {
		t.Error("left a folder")
	}
	for _, bad := range []Options{{MaxLevel: 99}, {Samples: 2}, {Sharpness: math.NaN()}, {Unknown: math.Inf(1)}, {MaxLevel: 22}} {
		if _, err := Write(context.Background(), gone, hills{}, geo.Bound{West: -180, South: -90, East: 180, North: 90}, bad); err == nil {
			t.Errorf("%+v accepted", bad)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	tris := 0
	for b.Loop() {
		s, err := Write(context.Background(), filepath.Join(b.TempDir(), "t"), hills{}, geo.Bound{West: -180, South: -90, East: 180, North: 90}, Options{MaxLevel: 4})
		if err != nil {
			b.Fatal(err)
		}
		tris += s.Triangles
	}
	b.ReportMetric(float64(tris)/b.Elapsed().Seconds()/1e6, "Mtri/s")
}
