package fields

import (
	"errors"
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "wind", Group: "fields", Doc: "particles that drift in a field of velocities: winds, currents; of points with components, or of two rasters",
	New: func() any {
		return &Wind{U: "u", V: "v", Particles: 2500, Life: 6, Trail: 1.6, Width: 1.8, Color: scale.Drawn("speed", "turbo"), Emission: 1.6}
	},
	Examples: []scene.Example{
		{Layer: `source: winds, particles: 1500, color: {field: speed, palette: turbo}`},
		{Name: "soft", Doc: "many thin and faint particles, by night", Layer: `source: winds, particles: 5000, width: 1, trail: 2.5, color: "#9fdcff", emission: 2.2, blend: additive`, Time: "2026-06-22T01:30:00Z"},
	},
})

// Wind is particles along the streamlines of a field that does not change. Where each is is a
// function of time: all begin anew after their life, at times and places of their own.
type Wind struct {
	layer.Rows
	layer.Whole
	U         string        `json:"u" doc:"field of the eastward component, m/s; of a source of rasters the first one"`
	V         string        `json:"v" doc:"field of the northward component, m/s; of a source of rasters the second one"`
	Particles int           `json:"particles" min:"1" max:"100000" doc:"how many there are at a time"`
	Life      float64       `json:"life" min:"0.5" max:"600" unit:"s" doc:"how long a particle drifts"`
	Trail     float64       `json:"trail" min:"0.05" max:"600" unit:"s" doc:"how long its trail is"`
	Speed     float64       `json:"speed" min:"0" max:"1e7" doc:"seconds of the wind in one of the picture; 0 has the fastest cross an eighth of the region in their life"`
	Width     float64       `json:"width" min:"0.1" max:"100" unit:"px" doc:"of a trail"`
	Color     scale.ColorBy `json:"color" doc:"colour, by the field speed in m/s"`
	Emission  float64       `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Height    float64       `json:"height" min:"0" max:"1e6" unit:"m" doc:"above the ground"`
	Radius    float64       `json:"radius" min:"0" max:"1e7" unit:"m" doc:"how far from points the field is known; 0 has no limit"`
}

// steps of a particle's path.
const steps = 32

// velocity is a field in two components over one grid.
type velocity struct {
	*aggregate.Field
	v *aggregate.Field
}

// at are metres of the plan in a second.
func (w *velocity) at(x, y float64) (dx, dy float64) {
	_, lat := w.Plan.LngLat(x, y)
	k := math.Cos(earth.Radians(w.Plan.Lat)) / math.Cos(earth.Radians(min(max(lat, -85), 85))) // the plan's scale
	return w.AtXY(x, y) * k, w.v.AtXY(x, y) * k
}

// speeds are how fast the air is, and the greatest of them.
func (w *velocity) speeds() (speeds aggregate.Field, fastest float64) {
	speeds = *w.Field
	speeds.Values = make([]float64, len(w.Values))
	for i, u := range w.Values {
		speeds.Values[i] = math.Hypot(u, w.v.Values[i])
		if speeds.Values[i] > fastest {
			fastest = speeds.Values[i]
		}
	}
	return speeds, fastest
}

// Values are the speeds.
func (p *Wind) Values(c *layer.Context) (*table.Table, error) {
	w, err := p.velocity(c)
	if err != nil {
		return nil, err
	}
	speeds, _ := w.speeds()
	return sheet.Field{Field: &speeds, Name: "speed"}.Known(), nil
}

// Draw computes all paths.
func (p *Wind) Draw(c *layer.Context) ([]drawable.Draw, error) {
	w, err := p.velocity(c)
	if err != nil {
		return nil, err
	}
	speeds, fastest := w.speeds()
	colors, err := sheet.Colors(p.Color, sheet.Field{Field: &speeds, Name: "speed"})
	if err != nil {
		return nil, err
	}
	if fastest == 0 || w.W < 2 {
		return said(c, nil), nil
	}
	speed := p.Speed
	if speed == 0 {
		speed = float64(max(w.W, w.H)) * w.Step / 8 / p.Life / fastest
	}
	var paths [][]mgl64.Vec3
	var all []mgl64.Vec3
	var births []float64
	var paint [][]scene.Color
	for i := range p.Particles {
		at, rgb := p.path(c, w, &speeds, uint64(i), speed, colors)
		if len(at) < 2 {
			continue
		}
		paths, paint, births = append(paths, at), append(paint, rgb), append(births, unit(uint64(i), 2)*p.Life)
		all = append(all, at...)
	}
	f := layer.Frame(all)
	d := &drawable.Lines{Frame: f.Matrix(), Blend: c.Blend(drawable.Alpha), Emission: float32(p.Emission), Flow: drawable.Comet{Trail: math.Min(p.Trail, p.Life), Cycle: p.Life, Taper: 0.6}}
	for i, at := range paths {
		d.Starts = append(d.Starts, uint32(len(d.Vertices)))
		for k, q := range at {
			t := births[i] + p.Life*float64(k)/steps
			d.Vertices = append(d.Vertices, drawable.LineVertex{Position: layer.Local(f, q), Width: float32(p.Width), Color: paint[i][k], Time: float32(t)})
		}
	}
	return said(c, []drawable.Draw{{What: d.Measure().Bound(), NoShadow: true}}), nil
}

// path is a particle's way from where it begins, by the midpoint method.
func (p *Wind) path(c *layer.Context, w *velocity, speeds *aggregate.Field, seed uint64, speed float64, colors *scale.ColorMap) (at []mgl64.Vec3, rgb []scene.Color) {
	x := w.X + unit(seed, 0)*float64(w.W-1)*w.Step
	y := w.Y + unit(seed, 1)*float64(w.H-1)*w.Step
	dt := p.Life / steps * speed
	for range steps + 1 {
		u, v := w.at(x, y)
		if math.IsNaN(u + v) {
			break
		}
		lng, lat := w.Plan.LngLat(x, y)
		at = append(at, c.Place([2]float64{lng, lat}, p.Height+2).ECEF())
		rgb = append(rgb, colors.Of(speeds.AtXY(x, y)))
		mu, mv := w.at(x+u*dt/2, y+v*dt/2)
		if math.IsNaN(mu + mv) {
			mu, mv = u, v
		}
		x, y = x+mu*dt, y+mv*dt
	}
	return at, rgb
}

// velocity reads two rasters, or interpolates two fields of the rows.
func (p *Wind) velocity(c *layer.Context) (*velocity, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	var parts [2]sheet.Field
	if sheet.IsRaster(t) {
		from := sheet.From{}
		fs, err := from.Fields(c)
		if err != nil {
			return nil, err
		}
		if len(fs) != 2 || fs[0].W != fs[1].W || fs[0].H != fs[1].H {
			return nil, errors.New("wind of rasters needs two of the same size: eastward and northward")
		}
		parts = [2]sheet.Field{fs[0], fs[1]}
	} else {
		for k, name := range []string{p.U, p.V} {
			from := sheet.From{Value: name, Method: "natural", Radius: p.Radius}
			fs, err := from.Fields(c)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", [2]string{"u", "v"}[k], err)
			}
			parts[k] = fs[0]
		}
	}
	return &velocity{parts[0].Field, parts[1].Field}, nil
}

// unit is a number from 0 to 1 that a seed has (SplitMix64; Steele et al. 2014).
func unit(seed, salt uint64) float64 {
	z := (seed*4 + salt + 1) * 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return float64((z^z>>31)>>11) / (1 << 53)
}
