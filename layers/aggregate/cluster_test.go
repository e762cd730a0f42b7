package aggregate

import (
	"math"
	"math/rand/v2"
	"testing"
)

// town are points around a place, as in a town, and over the antimeridian.
func town(n int, lng, lat float64) (lngs, lats []float64) {
	r := rand.New(rand.NewPCG(7, 7))
	for range n {
		lngs, lats = append(lngs, lng+r.NormFloat64()*0.08), append(lats, lat+r.NormFloat64()*0.05)
	}
	return lngs, lats
}

// TestClusters: no two nodes that could be together are apart at the zoom, weights add up,
// and each level is made of the one below.
func TestClusters(t *testing.T) {
	a, b := town(4000, 11, 48)
	a, b = append(a, math.NaN()), append(b, 0)
	c, err := Cluster(a, b, nil, ClusterOptions{MaxZoom: 14})
	if err != nil || c.Zooms() != 16 {
		t.Fatal(c.Zooms(), err)
	}
	before := 0
	for z := range c.Zooms() {
		nodes, g := c.At(z)
		var sum float64
		count, _ := g.Reduce(Count, nil, nil)
		for k, n := range nodes {
			sum += n.Weight
			if count[k] != n.Weight || (n.Row >= 0) != (n.Weight == 1) {
				t.Fatalf("zoom %d: node %+v of %v rows", z, n, count[k])
			}
		}
		if sum != 4000 || g.Of[4000] != -1 || len(nodes) < before {
			t.Errorf("zoom %d: %v points in %d nodes", z, sum, len(nodes))
		}
		before = len(nodes)
	}
	if nodes, _ := c.At(0); len(nodes) != 1 {
		t.Errorf("%d nodes at zoom 0", len(nodes))
	}
	if nodes, _ := c.At(99); len(nodes) != 4000 {
		t.Errorf("%d nodes at the finest zoom", len(nodes))
	}
}

// TestClustersAcrossTheAntimeridian: a town there comes together as the same town elsewhere does.
func TestClustersAcrossTheAntimeridian(t *testing.T) {
	here, b := town(2000, 40, -17)
	there := make([]float64, len(here))
	for i, lng := range here {
		if there[i] = lng + 140; there[i] > 180 {
			there[i] -= 360
		}
	}
	for _, o := range []ClusterOptions{{}, {Radius: 900, MaxZoom: 3}} {
		want, err := Cluster(here, b, nil, o)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Cluster(there, b, nil, o)
		if err != nil {
			t.Fatal(err)
		}
		for z := range 6 {
			w, _ := want.At(z)
			g, _ := got.At(z)
			most := func(nodes []Node) (out Node) {
				for _, n := range nodes {
					if n.Weight > out.Weight {
						out = n
					}
				}
				return out
			}
			mw, mg := most(w), most(g)
			if away := math.Abs(math.Remainder(mg.Lng-mw.Lng-140, 360)); len(w) != len(g) || mw.Weight != mg.Weight || away > 1e-6 || math.Abs(mg.Lng) > 180 {
				t.Errorf("zoom %d: %d nodes, the greatest %+v; elsewhere %d, %+v", z, len(g), mg, len(w), mw)
			}
		}
	}
}

func million() (lng, lat []float64) { return town(1000000, -0.1, 51.5) }

func BenchmarkHexagons(b *testing.B) {
	lng, lat := million()
	for b.Loop() {
		bins, err := Bin(lng, lat, PlanOf(lng, lat, false), 500, Pointy)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := bins.Reduce(Count, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkH3(b *testing.B) {
	lng, lat := million()
	for b.Loop() {
		if _, _, err := BinCells(lng, lat, H3{}, 8); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkClusters(b *testing.B) {
	lng, lat := million()
	for b.Loop() {
		if _, err := Cluster(lng, lat, nil, ClusterOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDensity(b *testing.B) {
	lng, lat := million()
	for b.Loop() {
		if _, err := Density(lng, lat, nil, PlanOf(lng, lat, false), 200, 2000, Gaussian); err != nil {
			b.Fatal(err)
		}
	}
}
