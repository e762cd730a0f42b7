package model_test

import (
	"math"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/model"
)

func at(p [3]float32) mgl64.Vec3 {
	return mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}
}

// TestModels: every model and its far twin is one metre high, stands on the ground, has
// unit normals that do not face away from its triangles, and keeps its triangle budget.
func TestModels(t *testing.T) {
	for _, base := range model.Names() {
		for _, name := range []string{base, base + "@far"} {
			t.Run(name, func(t *testing.T) {
				pieces, ok := model.Get(name)
				if !ok || len(pieces) == 0 {
					t.Fatal("missing")
				}
				lo, hi, tris, against := math.Inf(1), math.Inf(-1), 0, 0
				for _, m := range pieces {
					n := len(m.Positions)
					if len(m.Normals) != n || len(m.Colors) != n || len(m.UVs) != n {
						t.Fatalf("%s: ragged vertex data", m.Material)
					}
					tris += len(m.Indices) / 3
					for i, p := range m.Positions {
						lo, hi = math.Min(lo, float64(p[2])), math.Max(hi, float64(p[2]))
						if l := at(m.Normals[i]).Len(); math.Abs(l-1) > 1e-5 {
							t.Fatalf("normal of length %g", l)
						}
						if m.Colors[i][3] != 255 && m.Material != geo.Lamp {
							t.Fatal("not opaque")
						}
					}
					for i := 0; i < len(m.Indices); i += 3 {
						a, b, c := m.Indices[i], m.Indices[i+1], m.Indices[i+2]
						face := at(m.Positions[b]).Sub(at(m.Positions[a])).Cross(at(m.Positions[c]).Sub(at(m.Positions[a])))
						if face.Len() < 1e-12 {
							t.Fatalf("%s: triangle %d has no area", m.Material, i/3)
						}
						if face.Dot(at(m.Normals[a]).Add(at(m.Normals[b])).Add(at(m.Normals[c]))) < 0 {
							against++
						}
					}
				}
				if lo != 0 || math.Abs(hi-1) > 1e-6 {
					t.Errorf("from %g to %g, want 0 to 1", lo, hi)
				}
				if against > tris/16 { // bent normals may turn away at a blob's inner side
					t.Errorf("%d of %d triangles face against their normals", against, tris)
				}
				// Towers are few; what is small and has no twin of its own is drawn near only.
				most := 340
				switch {
				case strings.HasSuffix(name, "@far") && shared(base):
					most = 140
				case strings.HasSuffix(name, "@far"):
					most = 60
					if strings.HasPrefix(base, "tree-") {
						most = 24
					}
				case model.Height(base) >= 25:
					most = 600
				}
				if tris > most {
					t.Errorf("%d triangles, at most %d wanted", tris, most)
				}
				t.Logf("%d triangles", tris)
			})
		}
	}
}

// shared tells whether a model is its own coarse twin.
func shared(name string) bool {
	near, _ := model.Get(name)
	far, _ := model.Get(name + "@far")
	return &near[0].Positions[0] == &far[0].Positions[0]
}

func TestUnknown(t *testing.T) {
	if _, ok := model.Get("tree-of-life"); ok {
		t.Error("found a model that does not exist")
	}
	if model.Near("bush@far") != "bush" || model.Near("bush") != "bush" {
		t.Error("Near")
	}
}
