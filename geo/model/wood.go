package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

var (
	birchGreen = color{112, 130, 70}
	birchBark  = color{206, 202, 192}
	pineGreen  = color{76, 98, 60}
	pineBark   = color{132, 92, 68}
	vineGreen  = color{104, 124, 60}
	greyWood   = color{122, 114, 104}
)

// pine has a bare reddish trunk and flat clouds of needles.
func pine() []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	crown := vec{0, 0, 0.76}
	leaves.blob(vec{0.01, 0, 0.86}, vec{0.2, 0.2, 0.14}, crown, 0.3, 1, 61, 0.16, pineGreen)
	for k := range 4 {
		s, c := math.Sincos(math.Pi/2*float64(k) + 0.9*hash(62, k))
		z := 0.62 + 0.14*hash(63, k)
		at := vec{0.15 * c, 0.15 * s, z}
		leaves.blob(at, vec{0.14, 0.14, 0.085}, crown, 0.3, 0, 64+k, 0.14, pineGreen)
		leaves.sprays(at, vec{0.14, 0.14, 0.085}, crown, 18, 95+k, 0.055, pineGreen)
		bark.tube(vec{0, 0, z - 0.1}, at, 0.012, 0.006, 4, pineBark, 0.7, 0.6)
	}
	leaves.sprays(vec{0.01, 0, 0.86}, vec{0.2, 0.2, 0.14}, crown, 50, 69, 0.06, pineGreen)
	bark.tube(vec{}, vec{0.012, 0, 0.5}, 0.027, 0.019, 6, pineBark, 0.8, 0.95)
	bark.tube(vec{0.012, 0, 0.5}, vec{0, 0, 0.84}, 0.019, 0.01, 5, pineBark, 0.95, 0.6)
	return fit(leaves, bark)
}

func farPine() []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	const sides = 5
	top := leaves.vertex(vec{0, 0, 1}, vec{0, 0, 1}, pineGreen.shade(1.08))
	low := leaves.vertex(vec{0, 0, 0.54}, vec{0, 0, -1}, pineGreen.shade(0.5))
	var rim [sides]uint32
	for i := range sides {
		s, c := math.Sincos(2 * math.Pi * float64(i) / sides)
		rim[i] = leaves.vertex(vec{0.26 * c, 0.26 * s, 0.72 + 0.06*float64(i%2)}, vec{c, s, 0.4}, pineGreen.shade(0.9))
	}
	for i := range sides {
		j := (i + 1) % sides
		leaves.tri(rim[i], rim[j], top)
		leaves.tri(rim[j], rim[i], low)
	}
	bark.tube(vec{}, vec{0, 0, 0.6}, 0.03, 0.02, 3, pineBark, 0.8, 0.8)
	return fit(leaves, bark)
}

// birch is slender and light, its white trunk seen far up.
func birch() []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	crown := vec{0, 0, 0.6}
	leaves.blob(vec{0, 0, 0.72}, vec{0.14, 0.14, 0.28}, crown, 0.36, 1, 71, 0.14, birchGreen)
	for k := range 3 {
		s, c := math.Sincos(2*math.Pi*float64(k)/3 + hash(72, k))
		leaves.blob(vec{0.11 * c, 0.11 * s, 0.42 + 0.08*float64(k)}, vec{0.11, 0.11, 0.17}, crown, 0.36, 0, 73+k, 0.14, birchGreen)
	}
	leaves.sprays(vec{0, 0, 0.66}, vec{0.16, 0.16, 0.32}, crown, 110, 79, 0.055, birchGreen)
	bark.tube(vec{}, vec{0.01, 0, 0.3}, 0.022, 0.017, 6, birchBark, 0.85, 1)
	bark.tube(vec{0.01, 0, 0.3}, vec{0, 0, 0.6}, 0.017, 0.008, 5, birchBark, 1, 0.7)
	return fit(leaves, bark)
}

// dead is a bare tree: a trunk with seven boughs.
func dead() []geo.Mesh {
	bark := newPiece(geo.Bark)
	bark.tube(vec{}, vec{0.02, 0, 0.55}, 0.035, 0.022, 6, greyWood, 0.8, 1)
	bark.tube(vec{0.02, 0, 0.55}, vec{0, 0.02, 1}, 0.022, 0, 5, greyWood, 1, 1)
	for k := range 7 {
		s, c := math.Sincos(2.4 * float64(k))
		z, r := 0.36+0.08*float64(k), 0.26-0.024*float64(k)
		elbow := vec{0.6 * r * c, 0.6 * r * s, z + 0.07}
		bark.tube(vec{0.015, 0, z}, elbow, 0.014, 0.01, 4, greyWood, 0.9, 1)
		bark.tube(elbow, vec{r * c, r * s, z + 0.2}, 0.01, 0, 4, greyWood, 1, 1)
	}
	return fit(bark)
}

func farDead() []geo.Mesh {
	bark := newPiece(geo.Bark)
	bark.tube(vec{}, vec{0, 0, 1}, 0.035, 0, 3, greyWood, 0.8, 1)
	for k := range 3 {
		s, c := math.Sincos(2.1 * float64(k))
		bark.tube(vec{0, 0, 0.4 + 0.1*float64(k)}, vec{0.22 * c, 0.22 * s, 0.7 + 0.08*float64(k)}, 0.02, 0, 3, greyWood, 0.9, 1)
	}
	return fit(bark)
}

// vineRow is a stretch of a vineyard's row along x, twice as long as high: leaves on
// wires between posts.
func vineRow() []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	const n = 4
	for k := range n {
		x := (float64(k) - 1.5) * 0.54
		leaves.blob(vec{x, 0.02 * hash(81, k), 0.66}, vec{0.36, 0.17, 0.34}, vec{x, 0, 0.5}, 0.4, 0, 82+k, 0.16, vineGreen)
		leaves.sprays(vec{x, 0, 0.68}, vec{0.34, 0.17, 0.33}, vec{x, 0, 0.5}, 20, 87+k, 0.12, vineGreen)
		bark.tube(vec{x, 0, 0}, vec{x, 0, 0.5}, 0.025, 0.02, 4, barkBrown, 0.8, 0.8)
	}
	return fit(leaves, bark)
}

func farVineRow() []geo.Mesh {
	leaves := newPiece(geo.Foliage)
	const long = 1.05
	var rim [2][3]uint32
	for k := range 2 {
		x := long * float64(2*k-1)
		rim[k][0] = leaves.vertex(vec{x, -0.18, 0.12}, vec{0, -1, 0.1}, vineGreen.shade(0.6))
		rim[k][1] = leaves.vertex(vec{x, 0, 1}, vec{0, 0, 1}, vineGreen.shade(1.1))
		rim[k][2] = leaves.vertex(vec{x, 0.18, 0.12}, vec{0, 1, 0.1}, vineGreen.shade(0.6))
	}
	for i := range 2 {
		leaves.tri(rim[0][i], rim[1][i], rim[1][i+1])
		leaves.tri(rim[0][i], rim[1][i+1], rim[0][i+1])
	}
	leaves.tri(rim[0][0], rim[0][1], rim[0][2])
	leaves.tri(rim[1][2], rim[1][1], rim[1][0])
	leaves.vertex(vec{0, 0, 0}, vec{0, 0, 1}, vineGreen.shade(1)) // its foot
	return fit(leaves)
}
