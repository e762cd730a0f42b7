package model

import (
	"strings"
	"sync"

	"github.com/longtake/longtake/geo"
)

// one is a model: its natural height in metres, for what has one, and its builders; far
// is nil where the near form is coarse enough.
type one struct {
	name      string
	height    float64
	near, far func() []geo.Mesh
}

// builders in the order of Names. Fronts look to +x; what stands along a line lies
// across it: a pylon's arms along y, the line along x.
var builders = []one{
	{"tree-broad", 12, func() []geo.Mesh { return broad(1, 0.36, 0.30) }, func() []geo.Mesh { return farCrown(0.35, 0.28, leafGreen) }},
	{"tree-broad-2", 11, func() []geo.Mesh { return broad(2, 0.43, 0.26) }, func() []geo.Mesh { return farCrown(0.41, 0.25, leafOlive) }},
	{"tree-broad-3", 14, func() []geo.Mesh { return broad(3, 0.30, 0.24) }, func() []geo.Mesh { return farCrown(0.29, 0.23, leafDark) }},
	{"tree-birch", 13, birch, func() []geo.Mesh { return farCrown(0.2, 0.28, birchGreen) }},
	{"tree-conifer", 16, conifer, func() []geo.Mesh { return farTree(0.22, 0.08, 0.26, needleGreen) }},
	{"tree-pine", 14, pine, farPine},
	{"tree-column", 11, column, func() []geo.Mesh { return farTree(0.12, 0.08, 0.45, needleGreen) }},
	{"tree-palm", 10, palm, farPalm},
	{"tree-dead", 9, dead, farDead},
	{"bush", 1.6, bush, func() []geo.Mesh { return farCrown(0.52, 0, leafOlive) }},
	{"vine-row", 1.7, vineRow, farVineRow},

	{"lamp", 8, lamp, farLamp},
	{"lamp-double", 8, lampDouble, farLamp},
	{"lantern", 4.2, lantern, farLantern},
	{"signal", 3.4, signal, farSignal},
	{"bench", 0.85, bench, farBench},
	{"bin", 0.95, bin, farPost(0.95, 0.26, paintGreen)},
	{"bollard", 0.93, bollard, farPost(0.93, 0.08, paintBlack)},
	{"hydrant", 0.75, hydrant, farPost(0.75, 0.14, paintRed)},
	{"stop-sign", 2.75, stopSign, farStopSign},
	{"shelter", 2.55, shelter, farShelter},
	{"post-box", 1.28, postBox, nil},
	{"picnic-table", 0.76, picnicTable, nil},
	{"ad-column", 3.65, adColumn, nil},
	{"booth", 2.35, booth, nil},
	{"cabinet", 1.6, cabinet, nil},
	{"recycling", 1.6, recycling, nil},
	{"road-sign", 2.6, roadSign, farRoadSign},
	{"board", 2.16, board, nil},
	{"bike-stand", 0.83, bikeStand, nil},
	{"parasol", 2.55, parasol, nil},
	{"flag", 8, flag, nil},

	{"turbine", 145, turbine, farTurbine},
	{"pylon", 38, pylon, farPylon},
	{"pole", 9.2, pole, farPole},
	{"pole-wire", 7.5, poleWire, nil},
	{"lift", 12, lift, farLift},
	{"cabin", 4, cabin, nil},
	{"chair", 4, chair, nil},
	{"mast", 40, mast, farMast},
	{"chimney", 60, chimney, farChimney},
	{"crane", 47.5, crane, farCrane},
	{"quay-crane", 60, quayCrane, farQuayCrane},
	{"water-tower", 30, waterTower, farWaterTower},
	{"lighthouse", 24, lighthouse, farLighthouse},
	{"lookout", 25, lookout, farLookout},
	{"statue", 4, statue, farStatue},
	{"obelisk", 10, obelisk, nil},
	{"cross", 2.6, cross, nil},
	{"fountain", 2.2, fountain, nil},
	{"gravestone", 1, gravestone, nil},

	{"goal", 2.44, goal, farGoal},
	{"hoop", 3.95, hoop, nil},
	{"net", 1.07, net, nil},
	{"swing", 2.42, swing, nil},
	{"slide", 3.2, slide, nil},
	{"climber", 4, climber, nil},
	{"sailboat", 12, sailboat, func() []geo.Mesh { return farBoat(true) }},
	{"motorboat", 2.05, motorboat, func() []geo.Mesh { return farBoat(false) }},

	{"car", 1.42, car, farBox(4.4, 0.86, 0.9, 1.42, -1.5, 0.9)},
	{"suv", 1.68, suv, farBox(4.65, 0.92, 1.05, 1.68, -2, 1)},
	{"van", 2.25, van, farBox(5.5, 0.97, 2.25, 0, 0, 0)},
	{"bus", 3, bus, farBox(12, 1.25, 3, 0, 0, 0)},
	{"truck", 3.4, truck, farBox(9, 1.22, 3.4, 0, 0, 0)},
}

var heights = map[string]float64{}

var built = sync.OnceValue(func() map[string][]geo.Mesh {
	m := map[string][]geo.Mesh{}
	for _, b := range builders {
		m[b.name] = b.near()
		if m[b.name+"@far"] = m[b.name]; b.far != nil {
			m[b.name+"@far"] = b.far()
		}
	}
	return m
})

func init() {
	for _, b := range builders {
		heights[b.name] = b.height
	}
}

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

// Height is a model's natural height in metres, to scale copies of things whose size
// nobody tells; 0 for an unknown name.
func Height(name string) float64 { return heights[Near(name)] }

// Near is the name without the mark of the coarse twin.
func Near(name string) string { return strings.TrimSuffix(name, "@far") }
