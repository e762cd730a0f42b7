package main

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
)

// The plain city: 20,000 boxes on a grid of 25 m around a place.
const (
	boxCount   = 20000
	boxPitch   = 25.0
	boxLng     = -122.4
	boxLat     = 37.77
	boxesOrbit = "-122.4,37.77,500,220"
	boxesFOV   = "51.6"
)

// writeBoxes writes rows of {height, polygon}; the same rows every time.
func writeBoxes(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	w := bufio.NewWriter(f)
	random := rand.New(rand.NewPCG(1, 2))
	lat := 1 / 111320.0
	lng := lat / math.Cos(boxLat*math.Pi/180)
	side := int(math.Ceil(math.Sqrt(boxCount)))
	for i := range boxCount {
		x := (float64(i%side) - float64(side)/2) * boxPitch
		y := (float64(i/side) - float64(side)/2) * boxPitch
		wx, wy := 10+8*random.Float64(), 10+8*random.Float64()
		height := 5 + 50*math.Pow(random.Float64(), 3)
		sep := ",\n"
		if i == 0 {
			sep = "[\n"
		}
		fmt.Fprintf(w, `%s{"height":%.1f,"polygon":[`, sep, height)
		for k, c := range [][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}} {
			if k > 0 {
				fmt.Fprint(w, ",")
			}
			fmt.Fprintf(w, "[%.7f,%.7f]", boxLng+(x+c[0]*wx)*lng, boxLat+(y+c[1]*wy)*lat)
		}
		fmt.Fprint(w, "]}")
	}
	fmt.Fprint(w, "\n]\n")
	return w.Flush()
}
