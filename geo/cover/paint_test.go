package cover_test

import (
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
)

// canvas paints plan metres on pixels, north up.
type canvas struct {
	*image.RGBA
	rect  orb.Bound
	scale float64
}

func (c canvas) triangle(a, b, d [2]float64, col [4]uint8) {
	var p [3][2]float64
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for i, q := range [3][2]float64{a, b, d} {
		p[i] = [2]float64{(q[0] - c.rect.Min[0]) * c.scale, (c.rect.Max[1] - q[1]) * c.scale}
		for k := range 2 {
			lo[k], hi[k] = math.Min(lo[k], p[i][k]), math.Max(hi[k], p[i][k])
		}
	}
	size := c.Bounds().Size()
	edge := func(a, b [2]float64, x, y float64) float64 {
		return (b[0]-a[0])*(y-a[1]) - (b[1]-a[1])*(x-a[0])
	}
	for y := max(0, int(lo[1])); y <= min(size.Y-1, int(hi[1])); y++ {
		for x := max(0, int(lo[0])); x <= min(size.X-1, int(hi[0])); x++ {
			px, py := float64(x)+0.5, float64(y)+0.5
			e0, e1, e2 := edge(p[0], p[1], px, py), edge(p[1], p[2], px, py), edge(p[2], p[0], px, py)
			if e0 >= 0 && e1 >= 0 && e2 >= 0 || e0 <= 0 && e1 <= 0 && e2 <= 0 {
				c.SetRGBA(x, y, color.RGBA{col[0], col[1], col[2], 255})
			}
		}
	}
}

// paint writes a flat plan of the cover.
func paint(t *testing.T, path string, rect orb.Bound, patches []cover.Patch, trees geo.Content, buildings []geo.Feature, frame earth.Frame) {
	t.Helper()
	scale := 1800 / math.Max(rect.Max[0]-rect.Min[0], rect.Max[1]-rect.Min[1])
	c := canvas{image.NewRGBA(image.Rect(0, 0, int((rect.Max[0]-rect.Min[0])*scale), int((rect.Max[1]-rect.Min[1])*scale))), rect, scale}
	for i := 0; i < len(c.Pix); i += 4 {
		copy(c.Pix[i:], []uint8{172, 166, 150, 255})
	}
	sorted := append([]cover.Patch(nil), patches...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Bias < sorted[j].Bias })
	for _, p := range sorted {
		for i := 0; i < len(p.Indices); i += 3 {
			c.triangle(p.Points[p.Indices[i]], p.Points[p.Indices[i+1]], p.Points[p.Indices[i+2]], p.Color)
		}
	}
	for _, b := range buildings {
		for _, r := range rings(b.Geometry) {
			for i := 1; i < len(r); i++ {
				x0, y0 := frame.Plan(r[i-1][0], r[i-1][1])
				x1, y1 := frame.Plan(r[i][0], r[i][1])
				n := int(math.Min(math.Hypot(x1-x0, y1-y0)*scale, 4000)) + 1
				for k := range n {
					f := float64(k) / float64(n)
					c.SetRGBA(int((x0+(x1-x0)*f-rect.Min[0])*scale), int((rect.Max[1]-y0-(y1-y0)*f)*scale), color.RGBA{120, 84, 74, 255})
				}
			}
		}
	}
	for _, m := range trees.Instances {
		for _, tr := range m.Items {
			x, y, r := float64(tr.Position[0]), float64(tr.Position[1]), math.Max(1.5/scale, float64(tr.Scale)*0.25)
			for k := range 8 {
				s0, c0 := math.Sincos(2 * math.Pi * float64(k) / 8)
				s1, c1 := math.Sincos(2 * math.Pi * float64(k+1) / 8)
				c.triangle([2]float64{x, y}, [2]float64{x + r*c0, y + r*s0}, [2]float64{x + r*c1, y + r*s1}, [4]uint8{44, 70, 36, 255})
			}
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, c); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func rings(g orb.Geometry) []orb.Ring {
	switch g := g.(type) {
	case orb.Polygon:
		return g
	case orb.MultiPolygon:
		var out []orb.Ring
		for _, p := range g {
			out = append(out, p...)
		}
		return out
	}
	return nil
}
