package generate

import (
	"path/filepath"

	"github.com/longtake/longtake/geo/continents"
)

// landMask writes what a document's globe has for land into the package, as a mask whatever
// it was: polygons of shapefiles are several files, and slow to read.
func (g *generation) landMask(file *string) error {
	m, err := continents.Read(g.doc.Resolve(*file))
	if err != nil {
		return err
	}
	*file = "environment/land/land.png"
	return CreateFile(filepath.Join(g.dir, filepath.FromSlash(*file)), m.Write)
}
