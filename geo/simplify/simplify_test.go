package simplify

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/longtake/longtake/geo"
)

// one simplifies a single mesh.
func one(m geo.Mesh, o Options) (geo.Mesh, float64) {
	out, d := Meshes([]geo.Mesh{m}, o)
	return out[0], d
}

// field is a lattice of n × n metres over a height function.
func field(n int, height func(x, y float64) float64) geo.Mesh {
	m := geo.Mesh{Material: geo.Ground}
	for y := range n + 1 {
		for x := range n + 1 {
			m.Positions = append(m.Positions, [3]float32{float32(x), float32(y), float32(height(float64(x), float64(y)))})
			m.Normals = append(m.Normals, [3]float32{0, 0, 1})
			m.Colors = append(m.Colors, [4]uint8{90, 120, 60, 255})
			m.Features = append(m.Features, 0)
			if x < n && y < n {
				k := uint32(y*(n+1) + x)
				m.Indices = append(m.Indices, k, k+1, k+uint32(n)+1, k+uint32(n)+1, k+1, k+uint32(n)+2)
			}
		}
	}
	return m
}

// sphere is an icosphere-like ball of latitude and longitude.
func sphere(n int, radius float64) geo.Mesh {
	m := geo.Mesh{Material: geo.Roof}
	for y := range n + 1 {
		for x := range 2*n + 1 {
			a, b := math.Pi*float64(y)/float64(n), math.Pi*float64(x%(2*n))/float64(n)
			v := [3]float32{float32(math.Sin(a) * math.Cos(b)), float32(math.Sin(a) * math.Sin(b)), float32(math.Cos(a))}
			if y == 0 || y == n {
				v = [3]float32{0, 0, v[2]}
			}
			m.Normals = append(m.Normals, v)
			m.Positions = append(m.Positions, [3]float32{v[0] * float32(radius), v[1] * float32(radius), v[2] * float32(radius)})
			m.Colors = append(m.Colors, [4]uint8{1, 2, 3, 255})
			if x < 2*n && y < n {
				k, w := uint32(y*(2*n+1)+x), uint32(2*n+1)
				m.Indices = append(m.Indices, k, k+w, k+w+1, k, k+w+1, k+1)
			}
		}
	}
	return m
}

func area(m geo.Mesh) (sum float64) {
	for i := 0; i < len(m.Indices); i += 3 {
		a, b, c := of(m.Positions[m.Indices[i]]), of(m.Positions[m.Indices[i+1]]), of(m.Positions[m.Indices[i+2]])
		sum += b.sub(a).cross(c.sub(a)).length() / 2
	}
	return sum
}

func TestFlat(t *testing.T) {
	m := field(40, func(x, y float64) float64 { return x/8 - y/4 })
	out, d := one(m, Options{MaxError: 0.01})
	if len(out.Indices)/3 > 60 || d > 1e-5 || math.Abs(area(out)-area(m)) > 1e-3*area(m) {
		t.Errorf("%d triangles, %v m off, %v of %v m²", len(out.Indices)/3, d, area(out), area(m))
	}
}

// What is reported is the true distance, within what was allowed.
func TestErrorIsTrue(t *testing.T) {
	hills := func(x, y float64) float64 { return 4*math.Sin(x/5)*math.Cos(y/7) + 0.3*math.Sin(x) }
	for _, m := range []geo.Mesh{field(48, hills), sphere(24, 10)} {
		before := len(m.Indices)
		last := before
		for _, allowed := range []float64{0.05, 0.2, 0.8} {
			out, d := one(m, Options{MaxError: allowed})
			if d > allowed || len(out.Indices) >= last {
				t.Errorf("allowed %v: %d of %d triangles, %v m off", allowed, len(out.Indices)/3, before/3, d)
			}
			last = len(out.Indices)
			// A finer measure finds little more.
			if fine := deviation(triangles([]geo.Mesh{m}), triangles([]geo.Mesh{out}), allowed/8, math.Inf(1)); fine > 1.15*allowed {
				t.Errorf("allowed %v, reported %v, measured %v", allowed, d, fine)
			}
			if again, _ := one(m, Options{MaxError: allowed}); !reflect.DeepEqual(again, out) {
				t.Error("two runs differ")
			}
		}
		if last*4 > before {
			t.Errorf("%d triangles of %d are left", last/3, before/3)
		}
	}
}

func TestBorders(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	m := field(20, func(x, y float64) float64 { return r.Float64() * 0.2 })
	// The border moves by the error only.
	out, d := one(m, Options{MaxError: 0.3})
	if d > 0.3 || math.Abs(area(out)-400) > 8 {
		t.Errorf("%v m off, %v m²", d, area(out))
	}
}

// house is a box of walls and a roof, two materials, with a dent in the roof's edge; each
// face has vertices of its own, and texture coordinates count 3 m.
func house() []geo.Mesh {
	walls, roof := geo.Mesh{Material: geo.Facade}, geo.Mesh{Material: geo.Roof}
	face := func(m *geo.Mesh, n [3]float32, along int, p ...[3]float32) {
		base := uint32(len(m.Positions))
		for i, v := range p {
			m.Positions, m.Normals, m.Colors = append(m.Positions, v), append(m.Normals, n), append(m.Colors, [4]uint8{9, 9, 9, 255})
			m.UVs = append(m.UVs, [2]float32{v[along] / 3, v[2] / 3})
			if i > 1 {
				m.Indices = append(m.Indices, base, base+uint32(i)-1, base+uint32(i))
			}
		}
	}
	// The dent: 0.4 m deep about the middle of the south wall's top, as a fan from its foot.
	a, b, c, d := [3]float32{0, 0, 0}, [3]float32{12, 0, 0}, [3]float32{12, 9, 0}, [3]float32{0, 9, 0}
	e, f, g, h := [3]float32{0, 0, 6}, [3]float32{12, 0, 6}, [3]float32{12, 9, 6}, [3]float32{0, 9, 6}
	i, j, k := [3]float32{5, 0, 6}, [3]float32{6, 0, 5.6}, [3]float32{7, 0, 6}
	face(&walls, [3]float32{0, -1, 0}, 0, a, b, f, k, j, i, e)
	face(&walls, [3]float32{1, 0, 0}, 1, b, c, g, f)
	face(&walls, [3]float32{0, 1, 0}, 0, c, d, h, g)
	face(&walls, [3]float32{-1, 0, 0}, 1, d, a, e, h)
	face(&roof, [3]float32{0, 0, 1}, 0, h, e, i, j, k, f, g)
	return []geo.Mesh{walls, roof}
}

// Materials of one surface stay joined, and textures keep their size.
func TestMaterials(t *testing.T) {
	in := house()
	out, d := Meshes(in, Options{MaxError: 0.5})
	if n, of := len(triangles(out)), len(triangles(in)); n >= of || d > 0.5 || d < 0.1 || len(out) != 2 {
		t.Fatalf("%d of %d triangles, %v m off", n, of, d)
	}
	sides := map[[2]vec]int{}
	for _, p := range triangles(out) {
		for k := range p {
			sides[[2]vec{p[k], p[(k+1)%3]}]++
			sides[[2]vec{p[(k+1)%3], p[k]}]--
		}
	}
	for s, n := range sides {
		if n != 0 && (s[0][2] > 0 || s[1][2] > 0) { // it is open below
			t.Errorf("the side %v has %d faces too many", s, n)
		}
	}
	walls := out[0]
	for v, p := range walls.Positions {
		along := 0
		if n := walls.Normals[v]; n[0] != 0 {
			along = 1
		}
		if uv := walls.UVs[v]; math.Abs(float64(uv[0]-p[along]/3)) > 1e-5 || math.Abs(float64(uv[1]-p[2]/3)) > 1e-5 {
			t.Errorf("%v has texture coordinates %v", p, uv)
		}
	}
}

// Two features and colours side by side keep the line between them.
func TestSeams(t *testing.T) {
	m := field(20, func(x, y float64) float64 { return 0 })
	two := m
	two.Positions, two.Normals = append(m.Positions, m.Positions...), append(m.Normals, m.Normals...)
	two.Colors, two.Features, two.Indices = append(m.Colors, m.Colors...), append(m.Features, m.Features...), nil
	n := uint32(len(m.Positions))
	for v := range n {
		two.Colors[n+v], two.Features[n+v] = [4]uint8{200, 0, 0, 255}, 1
	}
	for i := 0; i < len(m.Indices); i += 3 {
		x, by := float32(0), uint32(0)
		for _, v := range m.Indices[i : i+3] {
			x += m.Positions[v][0]
		}
		if x/3 > 7 {
			by = n
		}
		two.Indices = append(two.Indices, m.Indices[i]+by, m.Indices[i+1]+by, m.Indices[i+2]+by)
	}
	out, d := one(two, Options{MaxError: 0.05})
	if d > 1e-6 || len(out.Indices)/3 > 60 {
		t.Errorf("%d triangles, %v m off", len(out.Indices)/3, d)
	}
	areas := map[uint32]float64{}
	for i := 0; i < len(out.Indices); i += 3 {
		one := out
		one.Indices = out.Indices[i : i+3]
		f := out.Features[out.Indices[i]]
		areas[f] += area(one)
		if f != out.Features[out.Indices[i+1]] || f != out.Features[out.Indices[i+2]] {
			t.Fatal("a triangle belongs to two features")
		}
	}
	if math.Abs(areas[0]-140) > 0.1 || math.Abs(areas[1]-260) > 0.1 {
		t.Errorf("areas %v, want 140 and 260", areas)
	}
}

func TestNothing(t *testing.T) {
	if out, d := one(geo.Mesh{}, Options{MaxError: 1}); len(out.Indices) != 0 || d != 0 {
		t.Error(out, d)
	}
	flat := geo.Mesh{Positions: make([][3]float32, 3), Normals: make([][3]float32, 3), Colors: make([][4]uint8, 3), Indices: []uint32{0, 1, 2}}
	if _, d := one(flat, Options{MaxError: 1}); d > 1 {
		t.Error(d)
	}
}

func TestToTriangle(t *testing.T) {
	tri := [3]vec{{0, 0, 0}, {4, 0, 0}, {0, 4, 0}}
	for _, c := range []struct {
		p    vec
		want float64
	}{{vec{1, 1, 3}, 3}, {vec{-3, 0, 4}, 5}, {vec{5, 0, 0}, 1}, {vec{4, 4, 0}, 2 * math.Sqrt2}, {vec{2, -2, 0}, 2}} {
		if d := math.Sqrt(toTriangle(c.p, &tri)); math.Abs(d-c.want) > 1e-12 {
			t.Errorf("%v: %v, want %v", c.p, d, c.want)
		}
	}
}

func BenchmarkMesh(b *testing.B) {
	m := field(64, func(x, y float64) float64 { return 4*math.Sin(x/5)*math.Cos(y/7) + 0.3*math.Sin(x) })
	for b.Loop() {
		one(m, Options{MaxError: 0.2})
	}
	b.ReportMetric(float64(len(m.Indices)/3)*float64(b.N)/b.Elapsed().Seconds(), "triangles/s")
}
