package points

import (
	"fmt"
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// Points stand at their rows, within the sphere that is said to hold them: each of a
// multipoint, none of rows without a place or a size, whichever part of the rows they are in.
func TestCloud(t *testing.T) {
	const n = 20000
	v := table.Column{Name: "v", Kind: table.Number}
	rows := &table.Table{}
	var want []earth.Place
	for i := range n {
		p := orb.Point{7 + 0.1*math.Mod(float64(i)*0.618, 1), 43 + 0.1*math.Mod(float64(i)*0.7549, 1)}
		var g orb.Geometry = p
		places, size := []orb.Point{p}, 1.0
		switch {
		case i%1000 == 1:
			places = []orb.Point{p, {p[0] + 0.01, p[1]}, {p[0], p[1] + 0.01}}
			g = orb.MultiPoint(places)
		case i%1000 == 2:
			g, places = nil, nil
		case i%1000 == 3:
			size, places = 0, nil
		case i%1000 == 4:
			g, places = orb.Point{math.NaN(), 3}, nil
		case i%1000 == 5:
			g = orb.LineString{{p[0] - 0.01, p[1]}, {p[0] + 0.01, p[1]}}
		}
		for _, q := range places {
			want = append(want, earth.Place{Lng: q[0], Lat: q[1], Height: 5})
		}
		rows.IDs, rows.Geometry, v.Numbers = append(rows.IDs, fmt.Sprint(i)), append(rows.Geometry, g), append(v.Numbers, size)
	}
	rows.Columns = []table.Column{v}
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: point, source: s, size: {field: v, domain: [0, 1], range: [0, 4]}, height: 5}]\n")
	c.Table = rows
	skipped := 0
	c.Skip = func(string, string) { skipped++ }
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	d := draws[0].What.(*drawable.Points)
	if len(d.Vertices) != len(want) || skipped != 2*n/1000 {
		t.Fatalf("%d points of %d, %d rows skipped", len(d.Vertices), len(want), skipped)
	}
	f := earth.FrameFromMatrix(d.Frame)
	for i, w := range want {
		p := d.Vertices[i].Position
		at := mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}
		if off := f.FromLocal(at).Sub(w.ECEF()).Len(); off > 0.01 {
			t.Fatalf("point %d is %v m off", i, off)
		}
		if away := at.Sub(mgl64.Vec3{float64(d.Center[0]), float64(d.Center[1]), float64(d.Center[2])}).Len(); away > float64(d.Radius) {
			t.Fatalf("point %d is outside of the sphere", i)
		}
	}
}

// fewOf draws some of many rows, which lie in a grid, and tells where those are.
func fewOf(t *testing.T, rows int, shown func(row int) bool) (*drawable.Points, []orb.Point) {
	t.Helper()
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: point, source: s}]\n")
	c.Table = &table.Table{}
	only := make(layer.Shown, rows)
	var want []orb.Point
	for i := range rows {
		p := orb.Point{7 + float64(i%1000)/1000, 43 + float64(i/1000)/1000}
		if only[i] = shown(i); only[i] {
			want = append(want, p)
		}
		c.Table.IDs, c.Table.Geometry = append(c.Table.IDs, fmt.Sprint(i)), append(c.Table.Geometry, p)
	}
	draws, err := layer.Draw(c.Only(only))
	if err != nil {
		t.Fatal(err)
	}
	return draws[0].What.(*drawable.Points), want
}

// A group of a timed layer keeps room for its own rows, not for all of the table.
func TestFewPointsKeepLittle(t *testing.T) {
	d, want := fewOf(t, 20000, func(i int) bool { return i/200 == 7 })
	if len(d.Vertices) != len(want) || cap(d.Vertices) > 2*len(want) {
		t.Errorf("%d points in the room of %d, want %d", len(d.Vertices), cap(d.Vertices), len(want))
	}
}

// Points lie in their own frame however few and wherever in the table they are.
func TestFewPointsKeepTheirDigits(t *testing.T) {
	d, want := fewOf(t, 20000, func(i int) bool { return i%1000 == 3 })
	f := earth.FrameFromMatrix(d.Frame)
	for i, w := range want {
		p := d.Vertices[i].Position
		at := f.FromLocal(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])})
		if off := at.Sub(earth.Place{Lng: w[0], Lat: w[1]}.ECEF()).Len(); off > 0.01 {
			t.Fatalf("point %d is %v m off", i, off)
		}
	}
}
