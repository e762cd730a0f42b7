package scale

import "github.com/longtake/longtake/scene"

// Vision is a way to see colours.
type Vision string

// The visions: usual, and without the cones for long, middle or short waves.
const (
	Trichromat Vision = "usual vision"
	Protanopia Vision = "protanopia"
	Deutan     Vision = "deuteranopia"
	Tritanopia Vision = "tritanopia"
)

// Visions lists them all.
var Visions = []Vision{Trichromat, Protanopia, Deutan, Tritanopia}

// LeastApart is the distance, 100 times that of OKLab, below which two patches of a map that do
// not touch are taken for one another: some two and a half times what is just seen side by side.
const LeastApart = 5.0

// seen are the matrices of severity 1 of Machado, Oliveira and Fernandes 2009, "A
// Physiologically-based Model for Simulation of Color Vision Deficiency", for linear sRGB.
var seen = map[Vision][3][3]float64{
	Protanopia: {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	Deutan:     {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	Tritanopia: {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// See is a colour as it looks to people of a vision.
func (v Vision) See(c scene.Color) scene.Color {
	m, ok := seen[v]
	if !ok {
		return c
	}
	in := [3]float64{scene.Linear(c[0]), scene.Linear(c[1]), scene.Linear(c[2])}
	out := scene.Color{3: c[3]}
	for i, row := range m {
		out[i] = scene.SRGB(row[0]*in[0] + row[1]*in[1] + row[2]*in[2])
	}
	return out
}

// Apart is the least distance between any two of the colours as a vision sees them, 100 times
// that of OKLab, and which two they are. Of fewer than two colours it is 100.
func (v Vision) Apart(colors []scene.Color) (least float64, pair [2]int) {
	least = 100
	labs := make([]lab, len(colors))
	for i, c := range colors {
		labs[i] = toLab(v.See(c))
		for k := range i {
			if d := labs[i].distance(labs[k]); d < least {
				least, pair = d, [2]int{k, i}
			}
		}
	}
	return least, pair
}

// Confusable is the vision to which two of the colours look most alike, with the two and
// their distance.
func Confusable(colors []scene.Color) (worst Vision, pair [2]int, apart float64) {
	apart, worst = 101, Trichromat
	for _, v := range Visions {
		if d, p := v.Apart(colors); d < apart {
			worst, pair, apart = v, p, d
		}
	}
	return worst, pair, apart
}
