package layers

import (
	_ "github.com/longtake/longtake/layers/areas" // each registers its types
	_ "github.com/longtake/longtake/layers/basemap"
	_ "github.com/longtake/longtake/layers/cells"
	_ "github.com/longtake/longtake/layers/charts"
	_ "github.com/longtake/longtake/layers/city"
	_ "github.com/longtake/longtake/layers/decor"
	_ "github.com/longtake/longtake/layers/fields"
	_ "github.com/longtake/longtake/layers/flows"
	_ "github.com/longtake/longtake/layers/globe"
	_ "github.com/longtake/longtake/layers/labels"
	"github.com/longtake/longtake/layers/layer"
	_ "github.com/longtake/longtake/layers/lines"
	_ "github.com/longtake/longtake/layers/panels"
	_ "github.com/longtake/longtake/layers/points"
	_ "github.com/longtake/longtake/layers/weather"
	"github.com/longtake/longtake/scene"
)

// Types lists the catalogue for the scene loader.
func Types() scene.Types { return layer.Types() }
