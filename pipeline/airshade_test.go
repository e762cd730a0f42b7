package pipeline

import (
	"math"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/pipeline/sky"
)

// How high the shade reaches, cell by cell from the sun, against rays that look at all of the
// ground towards it.
func TestShadeHeights(t *testing.T) {
	const n, cell = 96, 50.0
	hill := func(x, y float64) float64 {
		return 900*math.Exp(-((x-30)*(x-30)+(y-60)*(y-60))/60) + 500*math.Exp(-(x-70)*(x-70)/20) + 20*math.Sin(x/3)*math.Cos(y/4)
	}
	ground := make([]float32, n*n)
	for j := range n {
		for i := range n {
			ground[j*n+i] = float32(hill(float64(i), float64(j)))
		}
	}
	out := make([]float32, 2*n*n)
	for _, azimuth := range []float64{5, 50, 130, 200, 280, 345} {
		for _, height := range []float64{-1, 3, 12} {
			x, y, slope := math.Sin(earth.Radians(azimuth)), math.Cos(earth.Radians(azimuth)), math.Tan(earth.Radians(height))
			shadeHeights(ground, n, cell, x, y, slope, out)
			var worst, sum float64
			for j := 0; j < n; j += 3 {
				for i := 0; i < n; i += 3 {
					want := hill(float64(i), float64(j))
					for s := 0.25; ; s += 0.25 {
						a, b := float64(i)+s*x, float64(j)+s*y
						if a < 0 || b < 0 || a > n-1 || b > n-1 {
							break
						}
						want = math.Max(want, hill(a, b)-s*cell*slope)
					}
					off := math.Abs(float64(out[2*(j*n+i)]) - want)
					worst, sum = max(worst, off), sum+off
				}
			}
			mean := sum / (n * n / 9)
			t.Logf("sun at %v°, %v° high: off by %.1f m, %.0f at the most", azimuth, height, mean, worst)
			if mean > 15 || worst > 180 {
				t.Errorf("sun at %v°, %v° high: the shade's height is off by %.1f m, %.0f at the most", azimuth, height, mean, worst)
			}
		}
	}
}

// A ridge towards the low sun takes the sunlight from the air behind it and leaves what is
// scattered many times; air above its shade, flat ground and a high sun change nothing.
func TestRidgesShadeAir(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	q.AerialSlices = 32
	r := newTestRenderer(t, Options{Width: 32, Height: 18, Quality: q})
	relief := func(ridge float64) *heights.Grid {
		const n, size = 201, 40_000.0
		g := &heights.Grid{Frame: earth.FrameAt(home), Min: [2]float64{-size / 2, -size / 2}, Size: size, N: n, H: make([]float32, n*n)}
		for i := range g.H {
			if x := -size/2 + size*float64(i%n)/(n-1); x < -2000 && x > -3000 {
				g.H[i] = float32(ridge)
			}
		}
		return g
	}
	// Red of the middle column of the picture by slice, of a row.
	air := func(sun float64, g *heights.Grid, row int) []float64 {
		f := &Frame{View: look(home, 0, 0, 30, 0, 0), Env: Environment{Sun: sunOver(home, sun, 270), Haze: 1, Exposure: 12, Stars: []sky.Star{}, Relief: g, GlobeHeight: -2}}
		draw(t, r, f)
		px := readFloats(t, r.air.aerial)
		var out []float64
		for k := range 32 {
			out = append(out, float64(px[4*(row*32*32+k*32+16)]))
		}
		return out
	}
	plain, behind, flat := air(5, nil, 16), air(5, relief(1000), 16), air(5, relief(0), 16)
	for _, k := range []int{8, 12, 16} { // 2.5 to 10 km to the north
		if share := behind[k] / plain[k]; share > 0.5 || share < 0.02 {
			t.Errorf("slice %d: the ridge leaves %.2f of the light in the air", k, share)
		}
		if share := flat[k] / plain[k]; math.Abs(share-1) > 0.02 {
			t.Errorf("slice %d: flat ground leaves %.3f of the light in the air", k, share)
		}
	}
	// The top row rises by 21°: beyond 2.3 km it is above the shade, whose height is 825 m.
	plain, behind = air(5, nil, 31), air(5, relief(1000), 31)
	for _, k := range []int{12, 15} {
		if share := (behind[k+1] - behind[k]) / (plain[k+1] - plain[k]); math.Abs(share-1) > 0.15 {
			t.Errorf("slice %d: %.2f of the light in the air above the shade", k, share)
		}
	}
	if !slices.Equal(air(40, nil, 16), air(40, relief(1000), 16)) {
		t.Error("a ridge changes the air under a high sun")
	}
}
