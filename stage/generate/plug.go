package generate

import (
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/scene"
)

// A kind of layer is wired by one file: a function that is told the layer and returns
// what is built for it, entered in one of the tables below. What is built must depend on
// nothing but the layer's properties, the Layer's fields, the block and what the survey
// says around it: results are kept under the hash of exactly these.

// builders are the kinds that stand on the ground: each layer has a tileset of its own.
var builders = map[string]func(l *Layer) Builder{
	"buildings": buildings,
	"trees":     trees,
	"furniture": outdoors,
	"barriers":  barriers,
	"indoor":    inside,
	"citymodel": cityModel,
}

// coverers are the kinds that lie on the ground, and share its tileset.
var coverers = map[string]func(l *Layer) Coverer{
	"areas":    areaCover,
	"water":    waterCover,
	"roads":    roadCover,
	"railways": railCover,
}

// Layer is what builders are told.
type Layer struct {
	*scene.Layer             // its ID and Props
	Frame        earth.Frame // of the plan
	Square       orb.Bound   // of the whole site in the plan
	Sea          float64     // height of the sea above the ellipsoid
	Wet          bool        // the site has sea: ground below Sea is its bed
	Scratch      string      // a folder for what a survey can't hold in memory
	Spill        int         // bytes that one kind of scratch may hold in memory
	Attributes   []string    // tags that rows keep as their values
	Unbuilt      bool        // of furniture: no layer makes buildings of its source
}

// Builder makes objects.
type Builder struct {
	Models   func(name string) []geo.Mesh // of instances, see tiles.WriterOptions
	Quantize bool                         // positions of meshes, see tiles.WriterOptions
	Leaves   bool                         // nothing is built for the tiles above the blocks
	sight                                 // what its blocks see of features
	// Make decides about one block; it is called from many goroutines. nil where the block
	// has nothing. The maker is asked for detail 0 first.
	Make func(b *geo.Block) geo.Maker

	*Survey // nil where a block's own features say everything
}

// Coverer makes what lies on the ground.
type Coverer struct {
	sight // what its blocks see of features
	// Make is called for each block from many goroutines. The block's elevation is bare
	// ground. Patches and solids that the block owns are returned; it may look at all of its
	// features, which have no labels: names are put into the tiles' tables later. Patch.Feature
	// counts in the block's features.
	Make func(b *geo.Block) Covering

	// Shapes are what the block's own features do to the bare ground; nil for nothing.
	Shapes func(b *geo.Block) terrain.Shapes
	// Finished: Make is called with the finished ground, and returns no Flats.
	Finished bool

	*Survey
}

// Covering is what lies on the ground of a block.
type Covering struct {
	Patches []cover.Patch
	Solids  []cover.Solid
	Flats   []terrain.Flat // surfaces that the ground keeps clear of
}

// Survey is what blocks may know of the data beyond them: sums that are filled feature by
// feature before anything is built.
type Survey struct {
	// Passes are gone through one after another. Each starts parts of the survey that are
	// filled at once: add is called for some of the features that the site owns, from one
	// goroutine, done once after them. Features come in any order, and the parts must come
	// to the same sum.
	Passes []func() (add func(f *geo.Feature), done func())
	// Solids asks for features only that may be buildings or parts of them, Massive for those
	// and what else has a height, Lines for lines only.
	Solids, Massive, Lines bool
	// End is called after all passes with the bare ground, and for what is made on the
	// finished ground again with that, when its report counts; it may be nil.
	End func(ground geo.Elevation, report *geo.Report) error
	// Near are bytes that tell all that Make will read of the survey for a block, which here
	// has only those features that are members of building relations. nil: End's and the
	// passes' result must not matter beyond the block's own features.
	Near func(b *geo.Block) []byte
	// Asks are what making a block has asked of the survey, where that cannot be told
	// beforehand: it must depend on nothing but the block's features and what Near tells.
	// Answers is what the survey says to it, which is then told along with Near. nil: Near
	// tells all.
	Asks    func(m geo.Maker) []byte
	Answers func(asks []byte) ([]byte, error)
	// Keep and Take are what End has found as bytes, which a run takes from an earlier one
	// where features, without labels, and the ground that End asked are the same: Passes and
	// End are not gone through then. nil: they always are.
	Keep func() ([]byte, error)
	Take func(data []byte) error
	// Failed tells what reading the survey met, where that lies on disk: what was made since
	// is not kept. It may be nil.
	Failed func() error

	filling *filling // where Passes are only gone through if they must
}

// failed is what reading a survey met.
func (s *Survey) failed() error {
	if s == nil || s.Failed == nil {
		return nil
	}
	return s.Failed()
}
