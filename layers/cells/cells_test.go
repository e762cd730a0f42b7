package cells

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// points are n rows around a place, with a speed each.
func points(n int) *table.Table {
	r := rand.New(rand.NewPCG(1, 9))
	t := &table.Table{IDs: make([]string, n)}
	speed := table.Column{Name: "speed", Kind: table.Number}
	for range n {
		t.Geometry = append(t.Geometry, orb.Point{7.4 + r.NormFloat64()*0.05, 43.7 + r.NormFloat64()*0.04})
		speed.Numbers = append(speed.Numbers, 20+r.NormFloat64()*4)
	}
	t.Columns = []table.Column{speed}
	return t
}

func draw(t testing.TB, props string, rows *table.Table) ([]drawable.Draw, map[string]int, error) {
	var own testing.T
	c, skipped := layertest.Context(&own, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, "+props+"}]\n")
	if own.Failed() {
		t.Fatalf("%s is no layer", props)
	}
	c.Table = rows
	draws, err := layer.Draw(c)
	return draws, skipped, err
}

// TestCellsCount: every point is in one cell, by whichever system, and what is drawn is about
// as much ground.
func TestCellsCount(t *testing.T) {
	rows := points(4000)
	for _, props := range []string{"type: grid, size: 700", "type: hexagon, size: 700", "type: hexagon, shape: flat, size: 700", "type: cell, level: 8", "type: cell, system: s2, level: 13", "type: cell, system: quadkey, level: 15", "type: cell, system: geohash, level: 6"} {
		for _, height := range []string{"", ", height: {field: mean(speed), range: [10, 90]}"} {
			draws, skipped, err := draw(t, props+height+", color: {field: count}", rows)
			if err != nil || len(draws) == 0 || len(skipped) > 0 {
				t.Errorf("%s: %d draws, %v, %v", props, len(draws), skipped, err)
				continue
			}
			cells := map[uint32]bool{}
			for _, d := range draws {
				layertest.Finite(t, props, d.What)
				switch w := d.What.(type) {
				case *drawable.Mesh:
					for _, v := range w.Vertices {
						cells[v.Feature] = true
					}
				case *drawable.Instances:
					for _, it := range w.Items {
						cells[it.Feature] = true
					}
				}
			}
			if len(cells) < 100 || len(cells) > 1000 {
				t.Errorf("%s: %d cells", props, len(cells))
			}
		}
	}
}

// TestCopiesStandOnTheirCells: copies of a prism have the corners of the areas that they stand
// for, wherever on the Earth and at the edge of a wide extent.
func TestCopiesStandOnTheirCells(t *testing.T) {
	for _, where := range []orb.Point{{7.4, 43.7}, {-179.99, 68}, {151, -33}} {
		rows := points(3000)
		for i, g := range rows.Geometry {
			p := g.(orb.Point)
			rows.Geometry[i] = orb.Point{where[0] + 4*(p[0]-7.4), where[1] + 8*(p[1]-43.7)}
		}
		for _, props := range []string{"type: grid", "type: hexagon", "type: hexagon, mercator: true"} {
			props += ", size: 3000, height: {field: count, range: [10, 90]}"
			copies, _, err := draw(t, props, rows)
			if err != nil {
				t.Fatal(err)
			}
			areas, _, err := draw(t, props+", edge: {width: 1}", rows)
			if err != nil {
				t.Fatal(err)
			}
			want := map[uint32][]mgl64.Vec3{}
			for _, d := range areas {
				if m, ok := d.What.(*drawable.Mesh); ok {
					for _, v := range m.Vertices {
						want[v.Feature] = append(want[v.Feature], in(m.Frame, v.Position))
					}
				}
			}
			seen := 0
			for _, d := range copies {
				is := d.What.(*drawable.Instances)
				for _, it := range is.Items {
					seen++
					sin, cos := math.Sincos(float64(it.Yaw))
					for _, v := range is.Mesh.Vertices[:len(is.Mesh.Vertices)-1] {
						if v.Position == [3]float32{0, 0, 1} {
							continue // the middle of the top is no corner
						}
						x, y := float64(v.Position[0]*it.Scale[0]), float64(v.Position[1]*it.Scale[0])
						at := in(is.Frame, [3]float32{it.Position[0] + float32(x*cos-y*sin), it.Position[1] + float32(x*sin+y*cos), it.Position[2] + v.Position[2]*it.Scale[1]})
						nearest := math.Inf(1)
						for _, w := range want[it.Feature] {
							nearest = math.Min(nearest, w.Sub(at).Len())
						}
						if nearest > 35 { // metres of cells of 3 km: a group of copies stands upright together
							t.Fatalf("%s at %v: a corner of cell %d is %g m off", props, where, it.Feature, nearest)
						}
					}
				}
			}
			if seen != len(want) {
				t.Errorf("%s: %d copies of %d cells", props, seen, len(want))
			}
		}
	}
}

// TestWideBinsAreAreas: bins that the plan stretches near the poles curve with the Earth.
func TestWideBinsAreAreas(t *testing.T) {
	for lat, want := range map[float64]bool{1: true, 85: false} {
		rows := points(200)
		rows.Geometry[0] = orb.Point{7.4, lat}
		for i := range rows.Geometry[1:] {
			rows.Geometry[1+i] = orb.Point{7.4 + float64(i)*0.01, 0}
		}
		draws, _, err := draw(t, "type: grid, size: 3000, height: {field: count, range: [10, 90]}", rows)
		if err != nil || len(draws) == 0 {
			t.Fatal(len(draws), err)
		}
		if _, copies := draws[0].What.(*drawable.Instances); copies != want {
			t.Errorf("with a bin at %g°: copies %v", lat, copies)
		}
	}
}

func in(frame mgl64.Mat4, p [3]float32) mgl64.Vec3 {
	return frame.Mul4x1(mgl64.Vec4{float64(p[0]), float64(p[1]), float64(p[2]), 1}).Vec3()
}

// TestCellsByID: ids are read, wrong ones are counted, and a field is that of the cell.
func TestCellsByID(t *testing.T) {
	rows := table.FromFeatures([]geo.Feature{
		{ID: "1", Tags: map[string]string{"cell": "8928308280fffff", "v": "1"}},
		{ID: "2", Tags: map[string]string{"cell": "617700169958293503", "v": "3"}}, // the same as a number
		{ID: "3", Tags: map[string]string{"cell": "89283082873ffff", "v": "5"}},
		{ID: "4", Tags: map[string]string{"cell": "nowhere", "v": "5"}},
	})
	draws, skipped, err := draw(t, "type: cell, cell: cell, color: {field: v, scale: threshold, domain: [2.5], range: ['#000000', '#ffffff']}", rows)
	if err != nil || len(draws) != 1 || skipped["no id of h3"] != 1 {
		t.Fatal(len(draws), skipped, err)
	}
	colors := map[uint32]uint8{}
	for _, v := range draws[0].What.(*drawable.Mesh).Vertices {
		colors[v.Feature] = v.Color[0]
	}
	if len(colors) != 2 || colors[0]+colors[1] != 255 {
		t.Errorf("cells of %v", colors)
	}
}

func TestWrongFieldsAreNamed(t *testing.T) {
	rows := points(10)
	for props, want := range map[string]string{
		"type: grid, color: {field: sped}":             "count, or sum",
		"type: grid, color: {field: mean(sped)}":       "the source has speed",
		"type: hexagon, color: {field: mode(speed)}":   "no operation",
		"type: cell, cell: id, color: {field: count}":  "the source has speed",
		"type: grid, weight: w, color: {field: count}": "the source has speed",
		"type: cell, system: geohash, level: 20":       "1 to 12",
	} {
		if _, _, err := draw(t, props, rows); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", props, err)
		}
	}
}

// BenchmarkHexagonMillion is a layer of a million rows from rows to mesh.
func BenchmarkHexagonMillion(b *testing.B) {
	rows := points(1000000)
	for name, props := range map[string]string{"flat": "coverage: 1", "columns": "height: {field: count, range: [0, 900]}"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := draw(b, "type: hexagon, size: 200, "+props, rows); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
