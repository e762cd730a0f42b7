package model

import (
	"strings"
	"sync"

	"github.com/longtake/longtake/geo"
)

// builders in the order of Names.
var builders = []struct {
	name      string
	near, far func() []geo.Mesh
}{
	{"tree-broad", func() []geo.Mesh { return broad(1, 0.36, 0.30) }, func() []geo.Mesh { return farCrown(0.35, 0.28, leafGreen) }},
	{"tree-broad-2", func() []geo.Mesh { return broad(2, 0.43, 0.26) }, func() []geo.Mesh { return farCrown(0.41, 0.25, leafOlive) }},
	{"tree-broad-3", func() []geo.Mesh { return broad(3, 0.30, 0.24) }, func() []geo.Mesh { return farCrown(0.29, 0.23, leafDark) }},
	{"tree-conifer", conifer, func() []geo.Mesh { return farTree(0.22, 0.08, 0.26, needleGreen) }},
	{"tree-column", column, func() []geo.Mesh { return farTree(0.12, 0.08, 0.45, needleGreen) }},
	{"tree-palm", palm, farPalm},
	{"bush", bush, func() []geo.Mesh { return farCrown(0.52, 0, leafOlive) }},
	{"lamp", lamp, farLamp},
	{"bench", bench, farBench},
}

var built = sync.OnceValue(func() map[string][]geo.Mesh {
	m := map[string][]geo.Mesh{}
	for _, b := range builders {
		m[b.name], m[b.name+"@far"] = b.near(), b.far()
	}
	return m
})

// Names lists the models, without their far twins.
func Names() []string {
	out := make([]string, len(builders))
	for i, b := range builders {
		out[i] = b.name
	}
	return out
}

// Get returns the meshes of a model, one for each of its materials, or of its coarse
// twin where the name ends in "@far". They are shared: do not change them.
func Get(name string) ([]geo.Mesh, bool) {
	m, ok := built()[name]
	return m, ok
}

// Near is the name without the mark of the coarse twin.
func Near(name string) string { return strings.TrimSuffix(name, "@far") }
