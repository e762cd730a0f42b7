package outline

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/internal/realdata"
)

// TestEarcutFixtures takes every fixture of mapbox/earcut the way of a footprint: made
// sound, then triangulated. What the triangles cover is what simplefeatures says that the
// sound polygons cover; no fixture is left out without having no area.
func TestEarcutFixtures(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(realdata.Path(t, "conformance/earcut"), "*.json"))
	n, polygons, triangles := 0, 0, 0
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		if name == "expected" {
			continue
		}
		n++
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var rings []orb.Ring
		if err := json.Unmarshal(data, &rings); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		lo, hi := math.Inf(1), math.Inf(-1)
		for i := range rings {
			for _, p := range rings[i] {
				lo, hi = math.Min(lo, math.Min(p[0], p[1])), math.Max(hi, math.Max(p[0], p[1]))
			}
			if len(rings[i]) > 0 {
				rings[i] = append(rings[i], rings[i][0])
			}
		}
		size := hi - lo
		sound, outcome := clean.Polygon(rings, clean.Options{Tolerance: 1e-7 * size, MinArea: 1e-12 * size * size})
		if len(sound) == 0 {
			if name != "degenerate" && name != "empty-square" && name != "issue83" && name != "issue107" {
				t.Errorf("%s: nothing left: %+v", name, outcome)
			}
			continue
		}
		for k, p := range sound {
			polygons++
			var o Outline
			for _, r := range p {
				var q Ring
				for _, v := range r[:len(r)-1] {
					q = append(q, mgl64.Vec2(v))
				}
				o = append(o, q)
			}
			tris, err := o.Triangulate()
			if err != nil {
				t.Errorf("%s: piece %d of %d points: %v", name, k, o.Len(), err)
				continue
			}
			triangles += len(tris)
			sum, pts := 0.0, o.Points()
			for _, tri := range tris {
				if a := turn(pts, tri) / 2; a < 0 {
					t.Errorf("%s: a triangle of area %v", name, a)
				} else {
					sum += a
				}
			}
			if want := toGeom(o).Area(); math.Abs(sum-want) > 1e-9*want {
				t.Errorf("%s: triangles cover %v, simplefeatures has %v", name, sum, want)
			}
		}
	}
	t.Logf("%d fixtures: %d polygons, %d triangles", n, polygons, triangles)
	if n < 39 {
		t.Errorf("only %d fixtures", n)
	}
}

func toGeom(o Outline) geom.Polygon {
	var rings []geom.LineString
	for _, r := range o {
		var xy []float64
		for _, p := range append(r[:len(r):len(r)], r[0]) {
			xy = append(xy, p[0], p[1])
		}
		rings = append(rings, geom.NewLineString(geom.NewSequence(xy, geom.DimXY)))
	}
	return geom.NewPolygon(rings)
}
