package points

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "cluster", Group: "points", Doc: "points that come together in badges with their number, the farther away the more",
	New: func() any {
		return &Cluster{Radius: 60, Least: 2, Size: [2]float64{44, 110}, Colors: []scene.Color{{72, 191, 145, 255}, {245, 185, 66, 255}, {240, 98, 72, 255}}, Point: scene.Color{46, 134, 222, 255}, TextColor: scene.Color{255, 255, 255, 255}, Emission: 1}
	},
	Examples: []scene.Example{
		{Layer: `source: sensors, radius: 70`},
		{Name: "weighted", Doc: "badges with the sum of a field", Layer: `source: places, weight: population, radius: 150, colors: ["#5b8ff9", "#8a63d2", "#d6336c"]`},
	},
})

// Cluster draws badges for the points of its rows at the zoom of the view: all zooms are
// built at once, some 250 bytes a row; each frame has those of its zoom, by the height of the
// eye alone.
type Cluster struct {
	layer.Rows
	Weight    string        `json:"weight" doc:"field that is summed up instead of counting rows"`
	Radius    float64       `json:"radius" min:"1" max:"1000" unit:"px" doc:"within which points come together"`
	Least     int           `json:"least" min:"2" max:"1000000" doc:"fewest points of a badge"`
	Size      [2]float64    `json:"size" min:"1" max:"1000" unit:"px" doc:"diameters of the smallest and the largest badge"`
	Colors    []scene.Color `json:"colors" doc:"of badges, from the smallest to the largest"`
	Point     scene.Color   `json:"point" doc:"colour of points that stand alone"`
	TextColor scene.Color   `json:"textColor" doc:"of the numbers"`
	Emission  float64       `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
}

// Draw builds the zooms and what picks one of them.
func (p *Cluster) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	var weights []float64
	if p.Weight != "" {
		if weights, err = t.Numbers(p.Weight); err != nil {
			return nil, fmt.Errorf("weight: %w", err)
		}
	}
	lng, lat := make([]float64, t.Rows()), make([]float64, t.Rows())
	for i, g := range t.Geometry {
		q, ok := layer.Foot(g)
		if !ok {
			c.Skip(t.IDs[i], "no geometry")
			q = orb.Point{math.NaN(), math.NaN()}
		}
		lng[i], lat[i] = q[0], q[1]
	}
	clusters, err := aggregate.Cluster(lng, lat, weights, aggregate.ClusterOptions{Radius: p.Radius, MaxZoom: 18, MinPoints: p.Least})
	if err != nil {
		return nil, err
	}
	setter, err := text.NewTypesetter(text.Options{Bold: true})
	if err != nil {
		return nil, err
	}
	setter.Layout("0123456789.kMG", 20)
	atlas, spread := setter.Atlas()
	zooms := make([]*badges, clusters.Zooms())
	for z := range zooms {
		nodes, _ := clusters.At(z)
		zooms[z] = p.badges(c, nodes, setter)
		zooms[z].words.Atlas, zooms[z].words.Spread = atlas, spread
		zooms[z].finish()
	}
	return []drawable.Draw{{What: &drawable.Moving{Frame: mgl64.Ident4(), At: func(now drawable.Instant) drawable.Copies {
		z := zooms[min(max(zoomOf(earth.FromECEF(now.Eye)), 0), len(zooms)-1)]
		out := drawable.Copies{}
		for _, d := range []*drawable.Points{z.single, z.halo, z.disc} {
			if len(d.Vertices) > 0 {
				out.Draws = append(out.Draws, d)
			}
		}
		if len(z.words.Labels) > 0 {
			out.Draws = append(out.Draws, z.words)
		}
		return out
	}}}}, nil
}

// zoomOf is the zoom of a web map of 512-pixel tiles whose pixels are as large as those of a
// 1080-line picture of 45° seen from a place, twice as far away as it is high.
func zoomOf(eye earth.Place) int {
	pixel := 2 * math.Max(eye.Height, 1) * 2 * math.Tan(math.Pi/8) / 1080
	return int(math.Floor(math.Log2(2 * math.Pi * earth.A * math.Cos(earth.Radians(eye.Lat)) / (512 * pixel))))
}

// badges are what is drawn at a zoom.
type badges struct {
	single, halo, disc *drawable.Points
	words              *drawable.Glyphs
	at                 [3][]mgl64.Vec3 // of singles, badges, words
}

func (p *Cluster) badges(c *layer.Context, nodes []aggregate.Node, setter *text.Typesetter) *badges {
	most := 1.0
	for _, n := range nodes {
		if n.Row < 0 {
			most = max(most, n.Weight)
		}
	}
	e := float32(p.Emission)
	b := &badges{
		single: &drawable.Points{Blend: drawable.Alpha, Emission: e, Stroke: 0.18, Rim: [4]float32{1, 1, 1, 1}, Fill: 1},
		halo:   &drawable.Points{Blend: drawable.Alpha, Emission: e},
		disc:   &drawable.Points{Blend: drawable.Alpha, Emission: e},
		words:  &drawable.Glyphs{},
	}
	for _, n := range nodes {
		at := c.Place(orb.Point{n.Lng, n.Lat}, 0).ECEF()
		if n.Row >= 0 {
			b.at[0] = append(b.at[0], at)
			b.single.Vertices = append(b.single.Vertices, drawable.PointVertex{Size: float32(p.Size[0]) * 0.36, Color: p.Point, Feature: uint32(n.Row)})
			continue
		}
		share := math.Sqrt(n.Weight / most)
		size := p.Size[0] + (p.Size[1]-p.Size[0])*share
		color := scene.Color{128, 128, 128, 255}
		if k := len(p.Colors); k > 0 {
			color = p.Colors[min(int(share*float64(k)), k-1)]
		}
		faint := color
		faint[3] = uint8(float64(color[3]) * 0.35)
		b.at[1] = append(b.at[1], at)
		b.halo.Vertices = append(b.halo.Vertices, drawable.PointVertex{Size: float32(size), Color: faint, Feature: drawable.NoFeature})
		b.disc.Vertices = append(b.disc.Vertices, drawable.PointVertex{Size: float32(size) * 0.74, Color: color, Feature: drawable.NoFeature})
		quads, lo, hi := setter.Layout(short(n.Weight), float32(size*0.27))
		b.at[2] = append(b.at[2], at)
		b.words.Labels = append(b.words.Labels, drawable.Label{First: len(b.words.Quads), Count: len(quads), Color: p.TextColor, Min: lo, Max: hi, Priority: float32(n.Weight)})
		b.words.Quads = append(b.words.Quads, quads...)
	}
	return b
}

// finish puts everything into frames.
func (b *badges) finish() {
	set := func(d *drawable.Points, at []mgl64.Vec3) {
		f := layer.Frame(at)
		d.Frame = f.Matrix()
		for i, q := range at {
			d.Vertices[i].Position = layer.Local(f, q)
		}
		d.Bound()
	}
	set(b.single, b.at[0])
	set(b.halo, b.at[1])
	set(b.disc, b.at[1])
	f := layer.Frame(b.at[2])
	b.words.Frame = f.Matrix()
	for i, q := range b.at[2] {
		b.words.Labels[i].Anchor = layer.Local(f, q)
	}
	slices.SortStableFunc(b.words.Labels, func(x, y drawable.Label) int { return cmp.Compare(y.Priority, x.Priority) })
	b.at = [3][]mgl64.Vec3{}
}

// short writes a number in at most four characters: 950, 1.2k, 34k, 5.6M.
func short(v float64) string {
	for _, unit := range []struct {
		of   float64
		name string
	}{{1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if v >= unit.of*0.9995 {
			if x := v / unit.of; x < 9.95 {
				return strconv.FormatFloat(x, 'f', 1, 64) + unit.name
			}
			return strconv.FormatFloat(v/unit.of, 'f', 0, 64) + unit.name
		}
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}
