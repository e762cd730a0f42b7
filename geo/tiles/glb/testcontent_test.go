package glb

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"

	"github.com/longtake/longtake/geo"
)

// tree is a model of two materials.
func tree(name string) []geo.Mesh {
	if name != "tree" {
		return nil
	}
	box := func(m geo.Material, z0, z1, r float32) geo.Mesh {
		out := geo.Mesh{Material: m}
		for i := 0; i < 8; i++ {
			x, y, z := -r, -r, z0
			if i&1 != 0 {
				x = r
			}
			if i&2 != 0 {
				y = r
			}
			if i&4 != 0 {
				z = z1
			}
			l := float32(math.Sqrt(2))
			out.Positions = append(out.Positions, [3]float32{x, y, z})
			out.Normals = append(out.Normals, [3]float32{x / r / l, y / r / l, 0})
			out.Colors = append(out.Colors, [4]uint8{20, uint8(30 * i), 40, 255})
		}
		out.Indices = []uint32{0, 1, 5, 0, 5, 4, 1, 3, 7, 1, 7, 5, 3, 2, 6, 3, 6, 7, 2, 0, 4, 2, 4, 6}
		return out
	}
	return []geo.Mesh{box(geo.Bark, 0, 0.4, 0.05), box(geo.Foliage, 0.4, 1, 0.3)}
}

// randomContent is sound content of every shape: with and without uvs, features,
// instances, odd counts.
func randomContent(seed uint64) geo.Content {
	r := rand.New(rand.NewPCG(seed, 7))
	var c geo.Content
	for i := range r.IntN(40) {
		row := geo.FeatureRow{ID: fmt.Sprintf("way/%d", i), Class: []string{"building", "", "highway=residential"}[r.IntN(3)], Height: float32(r.IntN(90))}
		if r.IntN(2) == 0 {
			row.Name = []string{"Haus", "Café Ümlaut", "東京タワー", "\"quoted\"\n"}[r.IntN(4)]
		}
		c.Features = append(c.Features, row)
	}
	if len(c.Features) > 0 && seed%3 > 0 {
		randomValues(&c, seed)
	}
	mats := []geo.Material{geo.Facade, geo.Roof, geo.Water, geo.Glass, "own"}
	for range r.IntN(6) {
		m := geo.Mesh{Layer: []string{"city", "ground", ""}[r.IntN(3)], Material: mats[r.IntN(len(mats))], Bias: r.IntN(21)}
		if glass := rand.New(rand.NewPCG(seed, uint64(len(c.Meshes)))); glass.IntN(3) == 0 {
			m.Refraction = geo.Refraction{Transmission: 1 - glass.Float32(), IOR: 1 + glass.Float32(), Roughness: glass.Float32()}
			if glass.IntN(2) == 0 {
				m.Refraction.Thickness = glass.Float32() * 3
			}
			if glass.IntN(2) == 0 {
				m.Refraction.Distance, m.Refraction.Left = 0.1+glass.Float32(), [3]float32{glass.Float32(), glass.Float32(), 1}
			}
		}
		n := 3 + r.IntN(200)
		for range n {
			m.Positions = append(m.Positions, [3]float32{float32(r.NormFloat64() * 300), float32(r.NormFloat64() * 300), float32(r.NormFloat64() * 50)})
			x, y, z := r.NormFloat64(), r.NormFloat64(), r.NormFloat64()
			l := math.Sqrt(x*x + y*y + z*z)
			m.Normals = append(m.Normals, [3]float32{float32(x / l), float32(y / l), float32(z / l)})
			m.Colors = append(m.Colors, [4]uint8{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(255 - r.IntN(2)*r.IntN(256))})
		}
		if r.IntN(2) == 0 {
			for range n {
				m.UVs = append(m.UVs, [2]float32{r.Float32() * 9, r.Float32() * 9})
			}
		}
		if len(c.Features) > 0 && r.IntN(2) == 0 {
			for range n {
				m.Features = append(m.Features, uint32(r.IntN(len(c.Features))))
			}
		}
		for range 1 + r.IntN(100) {
			m.Indices = append(m.Indices, uint32(r.IntN(n)), uint32(r.IntN(n)), uint32(r.IntN(n)))
		}
		c.Meshes = append(c.Meshes, m)
	}
	for range r.IntN(3) {
		s := geo.Instances{Layer: "trees", Model: "tree"}
		for range 1 + r.IntN(50) {
			it := geo.Instance{Position: [3]float32{r.Float32() * 100, r.Float32() * -100, r.Float32()}, Yaw: (r.Float32() - 0.5) * 6,
				Scale: 1 + r.Float32()*20, Color: [4]uint8{uint8(r.IntN(256)), 100, 7, 255}}
			if len(c.Features) > 0 {
				it.Feature = uint32(r.IntN(len(c.Features)))
			}
			s.Items = append(s.Items, it)
		}
		c.Instances = append(c.Instances, s)
	}
	return c
}

// randomValues gives rows values of every kind, some of them missing.
func randomValues(c *geo.Content, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 11))
	c.Attributes = []geo.Attribute{{Name: "building:levels", Kind: geo.IntegerAttribute}, {Name: "größe", Kind: geo.NumberAttribute},
		{Name: "height", Kind: geo.NumberAttribute}, {Name: "listed", Kind: geo.BooleanAttribute}, {Name: "use", Kind: geo.TextAttribute}} // as files list them
	for i := range c.Features {
		v := []string{fmt.Sprint(r.IntN(90) - 9), fmt.Sprint(r.IntN(9)), strconv.FormatFloat(r.NormFloat64(), 'f', -1, 64), fmt.Sprint(r.IntN(2) == 0), []string{"house", "höhle", "a:b"}[r.IntN(3)]}
		for k := range v {
			if i > 0 && k != 3 && r.IntN(3) == 0 { // a column that nobody has would be left out
				v[k] = ""
			}
		}
		c.Features[i].Values = v
	}
}
