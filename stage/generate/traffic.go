package generate

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
	"github.com/longtake/longtake/geo/traffic"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// traffic finds what drives on the streets of every traffic layer: a table of runs.
// Routes lead through many blocks, so the lanes of all are held at once.
func (g *generation) traffic(ctx context.Context) error {
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		p, ok := l.Props.(*layers.Traffic)
		s := g.sources[l.Source]
		if !ok || l.Template || l.Table != "" || s == nil {
			continue
		}
		survey := newStreetSurvey(g.site.frame, g.store.work, g.budget.spill, street.Options{})
		err := g.survey(ctx, s, &survey.Survey)
		if err == nil { // what it notes has been noted for the roads
			err = survey.End(g.elevation, geo.NewReport())
		}
		if err != nil {
			return err
		}
		n, err := g.lanes(ctx, s, survey.heights)
		if err != nil {
			return err
		}
		runs := n.Runs(p.Density)
		name := "tables/" + l.ID + ".parquet"
		if err := CreateFile(filepath.Join(g.dir, filepath.FromSlash(name)), g.runTable(l, runs).WriteParquet); err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
		g.report.Made("lane", n.Lanes())
		g.report.Made("run of a vehicle", len(runs))
		l.Table, l.Source = name, ""
	}
	return nil
}

// lanes gathers the lanes of all blocks, in the blocks' order.
func (g *generation) lanes(ctx context.Context, s *source, heights *street.Heights) (*traffic.Network, error) {
	blocks := g.blocks.all
	n := &traffic.Network{}
	graphs := make([]*street.Graph, len(blocks))
	err := g.budget.jobs(ctx, len(blocks), g.weigh, func(i int) error {
		features, err := g.load(&blocks[i], s, 0)
		if err != nil {
			return err
		}
		graphs[i] = street.Traffic(g.blockOf(&blocks[i], features, g.elevation), heights)
		return nil
	}, g.progress.phase("traffic", len(blocks), 5))
	for _, graph := range graphs {
		if graph != nil {
			n.Add(graph)
		}
	}
	return n, err
}

// runTable is the rows that a traffic layer draws.
func (g *generation) runTable(l *scene.Layer, runs []traffic.Run) *table.Table {
	features := make([]geo.Feature, len(runs))
	for i := range runs {
		r := &runs[i]
		line, heights := make(orb.LineString, len(r.Line)), make([]float64, len(r.Line))
		for k, p := range r.Line {
			line[k][0], line[k][1] = g.site.frame.Unplan(p[0], p[1])
			heights[k] = p[2]
		}
		features[i] = geo.Feature{ID: l.ID + "/" + strconv.Itoa(i), Geometry: line, Tags: map[string]string{
			"model": r.Model, "class": r.Class, "color": fmt.Sprintf("#%02x%02x%02x", r.Color[0], r.Color[1], r.Color[2]),
			"height": listText(heights), "along": listText(r.Along), "times": listText(r.Times), "metres": listText(r.Metres),
			"start": number(r.Start), "share": number(r.Share), "seed": strconv.FormatUint(r.Seed>>20, 10),
		}}
	}
	return table.FromFeatures(features)
}

// number is exact to a centimetre or a hundredth of a second.
func number(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

func listText(vs []float64) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, v := range vs {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(number(v))
	}
	b.WriteByte(']')
	return b.String()
}
