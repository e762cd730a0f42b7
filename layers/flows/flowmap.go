package flows

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/lines"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "flow-map", Group: "flows", Doc: "what moves between places, added up: half-arrows there and back, bundles, circles for the places",
	New: func() any {
		s := lines.NewStroke(2, 1)
		s.Cap, s.Width = "half-arrow", byVolume(1.5, 10)
		return &FlowMap{Stroke: s, Other: Other{"lng2", "lat2"}, Volume: "", Circle: byVolume(8, 36),
			Color: scale.ColorBy{Constant: scene.Color{72, 202, 228, 255}}, CircleColor: scale.ColorBy{Constant: scene.Color{202, 240, 248, 200}}}
	},
	Examples: []scene.Example{
		{Layer: `source: flows, volume: people, color: {field: volume, palette: viridis}`},
		{Name: "clustered", Doc: "places that are near each other in the view are taken together", Layer: `source: flows, volume: people, cluster: true, color: {field: volume, palette: neon}`},
		{Name: "bundled", Doc: "flows that are alike are drawn together, with lights along them", Layer: `source: flows, volume: people, bundle: 0.8, cap: round, emission: 2, flow: {period: 5s, rest: 0.35}, color: {field: volume, palette: neon}`},
	},
})

// byVolume is a scale of the flows' volumes.
func byVolume(from, to float64) scale.NumberBy {
	s := &scale.NumberScale{}
	s.SetDefaults()
	s.Field, s.Scale, s.Range = "volume", "sqrt", []float64{from, to}
	return scale.NumberBy{By: s}
}

// FlowMap adds rows up by their ends. Its scales see one field, volume.
type FlowMap struct {
	lines.Stroke
	layer.Whole
	Other
	Volume      string         `json:"volume" doc:"field with what a row adds to its flow; empty counts rows"`
	Color       scale.ColorBy  `json:"color" doc:"colour of flows; the field is volume"`
	Circle      scale.NumberBy `json:"circle" doc:"diameter of the places by all that goes in and out, in the unit of the width; the field is volume, 0 shows none"`
	CircleColor scale.ColorBy  `json:"circleColor" doc:"colour of places; the field is volume"`
	Bundle      float64        `json:"bundle" min:"0" max:"1" doc:"how strongly flows that are alike are drawn together; 0 leaves them straight. Up to 4000 flows are bundled"`
	Cluster     bool           `json:"cluster" doc:"places within a twelfth of the eye's distance are taken together"`
	Flow        *lines.Running `json:"flow" doc:"lights that run along the flows"`
}

// levels is the greatest number of doublings of the radius of clusters.
const levels = 8

// Draw makes the lines and circles of one network, or of one for each level of clustering.
func (p *FlowMap) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	volume, err := scale.NumberBy{Constant: 1}.Numbers(t)
	if p.Volume != "" {
		volume, err = t.Numbers(p.Volume)
	}
	if err != nil {
		return nil, err
	}
	ends, err := p.ends(c)
	if err != nil {
		return nil, err
	}
	n := gather(c, ends, volume)
	if len(n.at) == 0 {
		return nil, nil
	}
	if !p.Cluster {
		return p.draws(c, n)
	}
	return p.clustered(c, n)
}

// clustered draws, at each instant, the level of the eye's distance.
func (p *FlowMap) clustered(c *layer.Context, n *network) ([]drawable.Draw, error) {
	f := layer.Frame(n.at)
	span := 0.0
	for _, q := range n.at {
		span = math.Max(span, f.ToLocal(q).Len())
	}
	type level struct {
		radius float64
		draws  []drawable.Draw
	}
	var all []level
	for k := range levels + 1 {
		l, at := level{}, n
		if k > 0 {
			l.radius = span / math.Exp2(levels-float64(k)) / 2
			if l.radius <= 0 {
				break
			}
			at = n.clustered(l.radius)
		}
		var err error
		if l.draws, err = p.draws(c, at); err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return []drawable.Draw{{What: &drawable.Moving{Frame: f.Matrix(), At: func(now drawable.Instant) drawable.Copies {
		k := 0
		for k+1 < len(all) && all[k+1].radius < now.Eye.Len()/12 {
			k++
		}
		return drawable.Copies{Placed: all[k].draws}
	}}}}, nil
}

// draws makes the drawables of a network: circles below the flows.
func (p *FlowMap) draws(c *layer.Context, n *network) ([]drawable.Draw, error) {
	volumes := make([]float64, len(n.flows))
	for i, f := range n.flows {
		volumes[i] = f.volume
	}
	t := asTable("volume", volumes)
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	widths, err := p.Width.Numbers(t)
	if err != nil {
		return nil, err
	}
	out, err := p.circles(n)
	if err != nil {
		return nil, err
	}
	b := lines.NewBuilder(p.Lines(c), n.at)
	if p.Flow != nil {
		p.Flow.Apply(b.Lines)
	}
	for i, curve := range p.curves(n) {
		f := n.flows[i]
		v := drawable.LineVertex{Color: colors[i], Width: float32(widths[i]), Feature: uint32(f.row)}
		b.Begin()
		for k, q := range curve {
			if p.Flow != nil {
				v.Time = float32(p.Flow.Phase(f.row) + p.Flow.Period.Seconds()*float64(k)/float64(len(curve)-1))
			}
			b.Add(q, v)
		}
	}
	return append(out, b.Draws()...), nil
}

// curves are the ways of all flows: bundled, or straight over the Earth.
func (p *FlowMap) curves(n *network) [][]mgl64.Vec3 {
	a, b, volume := make([]mgl64.Vec3, len(n.flows)), make([]mgl64.Vec3, len(n.flows)), make([]float64, len(n.flows))
	for i, f := range n.flows {
		a[i], b[i], volume[i] = n.at[f.from], n.at[f.to], f.volume
	}
	out := make([][]mgl64.Vec3, len(a))
	if p.Bundle > 0 {
		out = bundle(a, b, volume, p.Bundle)
	}
	for i := range out {
		if out[i] == nil {
			n := 1 + min(int(a[i].Sub(b[i]).Len()/100e3), 24)
			out[i] = resample([]mgl64.Vec3{a[i], b[i]}, n)
		}
		ha, hb := earth.FromECEF(a[i]).Height, earth.FromECEF(b[i]).Height
		for k := 1; k < len(out[i])-1; k++ { // back to the surface
			q := earth.FromECEF(out[i][k])
			q.Height = ha + (hb-ha)*float64(k)/float64(len(out[i])-1)
			out[i][k] = q.ECEF()
		}
	}
	return out
}

// circles are the places.
func (p *FlowMap) circles(n *network) ([]drawable.Draw, error) {
	t := asTable("volume", n.total)
	sizes, err := p.Circle.Numbers(t)
	if err != nil {
		return nil, err
	}
	colors, err := p.CircleColor.Colors(t)
	if err != nil {
		return nil, err
	}
	f := layer.Frame(n.at)
	d := &drawable.Points{Frame: f.Matrix(), Metres: p.Unit == "m", Blend: drawable.Alpha, Emission: 1}
	for i, q := range n.at {
		if sizes[i] > 0 && colors[i][3] > 0 {
			d.Vertices = append(d.Vertices, drawable.PointVertex{Position: layer.Local(f, q), Size: float32(sizes[i]), Color: colors[i], Feature: drawable.NoFeature})
		}
	}
	if len(d.Vertices) == 0 {
		return nil, nil
	}
	return []drawable.Draw{{What: d.Bound()}}, nil
}
