package read

import (
	"context"
	"math"

	"github.com/paulmach/orb"
)

// OSM elements as both encodings give them. Positions are 1e-7 degrees, the resolution
// of the OSM database.

type osmNode struct {
	id       int64
	lng, lat int32
	tags     map[string]string // nil where there are none
}

type osmWay struct {
	id   int64
	refs []int64
	tags map[string]string
}

type osmMember struct {
	kind byte // 'n', 'w', 'r'
	ref  int64
	role string
}

type osmRelation struct {
	id      int64
	members []osmMember
	tags    map[string]string
}

// osmBlock is a run of elements in file order.
type osmBlock struct {
	nodes     []osmNode
	ways      []osmWay
	relations []osmRelation
	badNodes  []int64 // nodes whose position is out of range
}

// osmKinds says which elements a pass wants.
type osmKinds uint8

const (
	osmNodes osmKinds = 1 << iota
	osmWays
	osmRelations
)

// osmSource is a file that can be read several times over.
type osmSource interface {
	// scan calls fn with the wanted elements in file order. Blocks are not reused.
	scan(ctx context.Context, want osmKinds, fn func(*osmBlock) error) error
}

// badPosition marks a node without a usable position.
const badPosition = math.MinInt32

// fixed converts degrees × 1e7, ok within a globe.
func fixed(lng, lat float64) (x, y int32, ok bool) {
	if !(math.Abs(lng) <= 180e7) || !(math.Abs(lat) <= 90e7) {
		return badPosition, badPosition, false
	}
	return int32(math.Round(lng)), int32(math.Round(lat)), true
}

func degrees(lng, lat int32) orb.Point {
	return orb.Point{float64(lng) / 1e7, float64(lat) / 1e7}
}
