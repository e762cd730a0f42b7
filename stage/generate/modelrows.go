package generate

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/align"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/points"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// rowsCell is the side in degrees of what one tile of models at rows covers: float32 is exact to
// some 10 cm across it.
const rowsCell = 10

// modelsAtRows writes the model of a layer with all places that its rows give it: a tile for each
// square of rowsCell with any, so that one of a city is one file.
func (g *generation) modelsAtRows(l *scene.Layer, m *points.Model, ground func(lng, lat float64) float64) error {
	data, err := os.ReadFile(filepath.Join(g.dir, filepath.FromSlash(l.Table)))
	if err != nil {
		return err
	}
	rows, err := table.ReadParquet(data)
	if err != nil {
		return err
	}
	places, err := m.Placements(&layer.Context{Layer: l, Table: rows, Ground: ground, Skip: func(string, string) {}}) // they are counted where it is tried
	if err != nil || len(places) == 0 {
		return err
	}
	model, err := g.modelOf(m)
	if err != nil || model.Triangles() == 0 {
		return err
	}
	cells := map[[2]int][]align.Placement{}
	for _, p := range places {
		o := p.Frame.Origin
		c := [2]int{int(math.Floor(o.Lat / rowsCell)), int(math.Floor(o.Lng / rowsCell))}
		cells[c] = append(cells[c], p)
	}
	root := g.tilesOf(l)
	dir := filepath.Join(g.dir, filepath.FromSlash(root))
	var folders []string
	for i, c := range slices.SortedFunc(maps.Keys(cells), func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) }) {
		to := dir
		if len(cells) > 1 {
			folders = append(folders, fmt.Sprint(i))
			to = filepath.Join(dir, folders[i])
		}
		if err := g.copiesTile(to, l.ID, model, cells[c]); err != nil {
			return err
		}
	}
	if len(cells) > 1 {
		if err := tiles.Join(dir, folders, g.Version); err != nil {
			return err
		}
	}
	l.Tiles = path.Join(root, "tileset.json")
	g.tiles += len(cells)
	return nil
}

// copiesTile writes a tileset of one tile: a model and where it stands, in a frame at their middle.
func (g *generation) copiesTile(dir, id string, model *glb.Model, places []align.Placement) error {
	var middle mgl64.Vec3
	for _, p := range places {
		middle = middle.Add(p.Frame.Center.Mul(1 / float64(len(places))))
	}
	frame := earth.FrameAt(earth.FromECEF(middle))
	c := glb.Placed{Layer: id, Model: model, At: mgl64.Ident4()}
	var all []mgl64.Vec3
	for _, p := range places {
		at := frame.Matrix().Inv().Mul4(p.Frame.Matrix()).Mul4(p.Matrix())
		c.Copies = append(c.Copies, at)
		for k := range 8 { // the corners of its box
			var corner mgl64.Vec3
			for axis := range corner {
				corner[axis] = float64(model.Min[axis])
				if k>>axis&1 == 1 {
					corner[axis] = float64(model.Max[axis])
				}
			}
			all = append(all, mgl64.TransformCoordinate(corner, at))
		}
	}
	var out bytes.Buffer
	if err := glb.Write(&out, geo.Content{Frame: frame}, glb.Options{Placed: []glb.Placed{c}, Compress: !g.Plain, Generator: "longtake " + g.Version}); err != nil {
		return err
	}
	return tiles.WriteOne(dir, frame, all, out.Bytes(), g.Version)
}
