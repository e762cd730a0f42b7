package pipeline

import (
	"math"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers/drawable"
)

// plainCity is one mesh of n×n boxes in an order that does not follow where they are.
func plainCity(place earth.Place, n int) *drawable.Mesh {
	m := &drawable.Mesh{Name: "boxes", Frame: earth.FrameAt(place).Matrix(), Material: drawable.DefaultMaterial()}
	for i := range n * n {
		at := i * 7919 % (n * n)
		x, y := float32(at%n)*30-float32(n)*15, float32(at/n)*30-float32(n)*15
		box(m, m, x, y, 0, 12+float32(i%7), 18-float32(i%5), 8+float32(i*i%29), [4]uint8{200, 190, 180, 255}, uint32(i))
	}
	return m.Bound()
}

// Clusters hold each triangle of their mesh once, none holds many, and spheres hold their
// corners; all of it is the same each time.
func TestClustersHoldTheirMesh(t *testing.T) {
	m := plainCity(andorra, 32)
	indices, clusters := clustered(m, m.Indices)
	if n := len(m.Indices) / 3 / clusterLargest; len(clusters) < n || len(clusters) > 4*n {
		t.Errorf("%d clusters of %d triangles", len(clusters), len(m.Indices)/3)
	}
	at, reach := 0, 0.0
	for _, c := range clusters {
		if c.first != at || c.count == 0 || c.count > 3*clusterLargest {
			t.Fatalf("a cluster of %d indices from %d on, after %d", c.count, c.first, at)
		}
		at += c.count
		reach += c.radius
		for _, v := range indices[c.first:at] {
			away := 0.0
			for k, x := range m.Vertices[v].Position {
				away += (float64(x) - c.center[k]) * (float64(x) - c.center[k])
			}
			if math.Sqrt(away) > c.radius*(1+1e-12) {
				t.Fatalf("a corner is %.3f m from the middle of a sphere of %.3f m", math.Sqrt(away), c.radius)
			}
		}
	}
	if mean := reach / float64(len(clusters)); at != len(indices) || mean > float64(m.Radius)/4 {
		t.Errorf("clusters of %.0f m hold %d of %d indices of a mesh of %.0f m", mean, at, len(indices), m.Radius)
	}
	sorted := func(indices []uint32) (out [][3]uint32) {
		for i := 0; i < len(indices); i += 3 {
			out = append(out, [3]uint32(indices[i:]))
		}
		slices.SortFunc(out, func(a, b [3]uint32) int { return slices.Compare(a[:], b[:]) })
		return out
	}
	if !slices.Equal(sorted(indices), sorted(m.Indices)) {
		t.Error("the triangles are others")
	}
	if again, _ := clustered(m, m.Indices); !slices.Equal(again, indices) {
		t.Error("another order the second time")
	}
}

// What blends keeps the order of its triangles, and triangles in one place end the division.
func TestWhatIsNotClustered(t *testing.T) {
	m := plainCity(andorra, 16)
	m.Material = &drawable.Material{Model: drawable.Standard, Blend: drawable.Alpha}
	if indices, clusters := clustered(m, m.Indices); len(clusters) > 0 || !slices.Equal(indices, m.Indices) {
		t.Errorf("what blends has %d clusters", len(clusters))
	}
	one := &drawable.Mesh{Vertices: make([]drawable.Vertex, 3), Indices: make([]uint32, 3*2*clusteredFrom)}
	if _, clusters := clustered(one, one.Indices); len(clusters) != 1 || clusters[0].count != len(one.Indices) {
		t.Errorf("triangles of one place lie in %v", clusters)
	}
	for i := range one.Vertices {
		one.Vertices[i].Position[0] = float32(math.NaN())
	}
	clustered(one, one.Indices)
}

// A mesh drawn by its clusters is the picture of the same mesh drawn in pieces too small for
// any: with the shadows of what stands outside of the view, and near things cut by it. Less
// is drawn of it.
func TestClustersLeaveOutWhatIsNotSeen(t *testing.T) {
	whole := plainCity(andorra, 32)
	var pieces []drawable.Draw
	const each = 300
	for i := 0; i < len(whole.Indices); i += 3 * each {
		p := *whole
		p.Indices = whole.Indices[i:min(i+3*each, len(whole.Indices))]
		pieces = append(pieces, drawable.Draw{What: &p})
	}
	ground := drawable.Draw{What: plane(andorra, 2000, drawable.DefaultMaterial())}
	a := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: tier(t, "low")})
	b := newTestRendererOn(t, a, Options{Width: 160, Height: 90, Quality: tier(t, "low")})
	for _, c := range []struct {
		view View
		sun  float64 // degrees high
	}{
		{look(andorra, 0, -300, 60, 20, -15), 10},
		{look(andorra, 13, 11, 2, 130, 5), 40},
		{look(andorra, 0, 0, 400, 0, -89), 25},
		{look(andorra, 600, 600, 200, 225, -20), 60},
	} {
		f := &Frame{View: c.view, Env: daylight(andorra, 250, c.sun), Draws: []drawable.Draw{ground, {What: whole}}}
		draw(t, a, f)
		some := a.Stats().Triangles
		f.Draws = append([]drawable.Draw{ground}, pieces...)
		draw(t, b, f)
		if d := golden.Compare(readImage(t, b), readImage(t, a)); d.Different > 0 {
			t.Errorf("%v: the picture is another: %v", c.view.Eye, d)
		}
		if all := b.Stats().Triangles; some > all*7/8 {
			t.Errorf("%v: %d triangles are drawn of %d", c.view.Eye, some, all)
		}
	}
}

// Shadows end below the lowest thing in the view: something hidden deep below the ground makes
// more of the town throw its shadow, and the picture is the same.
func TestShadowsEndBelowTheGround(t *testing.T) {
	town := []drawable.Draw{{What: plane(andorra, 2000, drawable.DefaultMaterial())}, {What: plainCity(andorra, 32)}}
	r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: tier(t, "low")})
	fewer := 0
	for _, c := range []struct {
		up, pitch, sun float64
	}{{60, -40, 35}, {300, -55, 8}, {90, -70, 75}} {
		deep := &drawable.Mesh{Name: "deep", Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
		ahead := (2000 + c.up) / math.Tan(earth.Radians(-c.pitch)) // to the middle of the picture, through the ground
		box(deep, deep, -5, float32(ahead-200-5), -2000, 10, 10, 10, [4]uint8{255, 255, 255, 255}, 1)
		f := &Frame{View: look(andorra, 0, -200, c.up, 0, c.pitch), Env: daylight(andorra, 250, c.sun), Draws: append([]drawable.Draw{{What: deep.Bound()}}, town...)}
		draw(t, r, f)
		if r.submit.floor > -1500 {
			t.Fatalf("what is deep below is not in the view: its floor is at %.0f m", r.submit.floor)
		}
		all, want := r.Stats().Triangles, readImage(t, r)
		f.Draws = town
		draw(t, r, f)
		if d := golden.Compare(want, readImage(t, r)); d.Different > 0 {
			t.Errorf("the sun %v° high: the picture is another: %v", c.sun, d)
		}
		fewer += all - r.Stats().Triangles - len(deep.Indices)/3
	}
	if fewer < 1000 {
		t.Errorf("%d triangles fewer are drawn", fewer)
	}
}

// Triangles with the same corners, from whichever they begin, lie in one cluster and in the
// mesh's order: which of them is seen does not change with the view.
func TestSameFacesShareACluster(t *testing.T) {
	m := &drawable.Mesh{Vertices: make([]drawable.Vertex, 3)}
	for i, x := range [3]float32{1 << 24, 1, 1} { // in float32 their sum depends on which comes first
		m.Vertices[i].Position = [3]float32{x, float32(i), 0}
	}
	for range clusteredFrom {
		m.Indices = append(m.Indices, 0, 1, 2, 1, 2, 0)
	}
	if indices, clusters := clustered(m, m.Indices); len(clusters) != 1 || !slices.Equal(indices, m.Indices) {
		t.Errorf("one face lies in %d clusters", len(clusters))
	}
}
