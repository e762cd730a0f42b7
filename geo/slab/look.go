package slab

// steps of the hypsometric tints: metres above the sea and sRGB. Muted, so that data on
// top stands out; mixed for this project after the custom of school atlases.
var steps = []struct {
	height float64
	color  [3]float64
}{
	{-200, [3]float64{84, 108, 88}}, {0, [3]float64{96, 118, 90}}, {200, [3]float64{118, 130, 92}}, {600, [3]float64{142, 136, 98}},
	{1200, [3]float64{142, 120, 86}}, {2200, [3]float64{124, 98, 76}}, {3500, [3]float64{128, 106, 92}}, {5000, [3]float64{156, 142, 132}}, {6500, [3]float64{216, 214, 212}},
}

// Hypsometric colours a relief by its height.
func Hypsometric(relief float64) [4]uint8 {
	k := 1
	for k < len(steps)-1 && relief > steps[k].height {
		k++
	}
	a, b := steps[k-1], steps[k]
	t := min(max((relief-a.height)/(b.height-a.height), 0), 1)
	var out [4]uint8
	for i := range 3 {
		out[i] = uint8(a.color[i] + float64(t*(b.color[i]-a.color[i])) + 0.5)
	}
	out[3] = 255
	return out
}
