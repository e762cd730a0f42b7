package generate

import (
	"context"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
	"github.com/longtake/longtake/geo/traffic"
	"github.com/longtake/longtake/layers/city"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// traffic finds what drives on the streets of every traffic layer: a table of runs.
// Routes lead through many blocks: each keeps its lanes, which are joined on disk.
func (g *generation) traffic(ctx context.Context) error {
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		p, ok := l.Props.(*city.Traffic)
		s := g.sources[l.Source]
		if !ok || l.Template || l.Table != "" || s == nil {
			continue
		}
		survey := newStreetSurvey(g.site.frame, g.store.work, g.budget.spill, street.Options{})
		err := g.survey(ctx, s, &survey.Survey)
		if err == nil { // what it notes has been noted for the roads
			err = g.end(ctx, &survey.Survey, propsOf(l), geo.NewReport())
		}
		if err != nil {
			return err
		}
		names, err := g.allLanes(ctx, s, survey)
		_ = survey.heights.Close()
		if err == nil {
			// What the lanes were made of is let go before they are joined.
			survey = nil
			if g.terrain != nil {
				g.terrain.Forget()
			}
			err = g.drive(ctx, l, names, p.Density)
		}
		if err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
	}
	return nil
}

// allLanes makes or finds what each block adds to the network.
func (g *generation) allLanes(ctx context.Context, s *source, survey *streetSurvey) ([]digest, error) {
	names := make([]digest, len(g.blocks.all))
	err := g.budget.jobs(ctx, len(names), g.weigh, func(i int) (err error) {
		names[i], err = g.lanes(i, s, survey)
		return err
	}, g.progress.phase("traffic", len(names), 5))
	return names, err
}

// drive joins the lanes of all blocks, in the blocks' order, and writes what drives on
// them.
func (g *generation) drive(ctx context.Context, l *scene.Layer, names []digest, density float64) error {
	n := traffic.NewNetwork(g.store.work, g.budget.spill/4) // it keeps six kinds of records
	defer func() { _ = n.Close() }()
	for _, name := range names {
		if name == (digest{}) {
			continue
		}
		data, ok := g.store.get(name)
		if !ok {
			return damaged(g.store.path(name), errSum)
		}
		part, err := traffic.ReadPart(data)
		if err != nil {
			return damaged(g.store.path(name), err)
		}
		if err := n.Add(part); err != nil {
			return err
		}
	}
	file, count := "tables/"+l.ID+".parquet", 0
	err := CreateFile(filepath.Join(g.dir, filepath.FromSlash(file)), func(w io.Writer) error {
		out := table.NewWriter(w, runColumns(0))
		err := n.Runs(density, func(runs []traffic.Run) error {
			t := g.runTable(l, runs, count)
			count += len(runs)
			if err := ctx.Err(); err != nil {
				return err
			}
			return out.Write(t)
		})
		if err == nil {
			err = out.Close()
		}
		return err
	})
	if err != nil {
		return err
	}
	g.report.Made("lane", n.Lanes())
	g.report.Made("run of a vehicle", count)
	l.Table, l.Source = file, ""
	return nil
}

// lanes makes or finds what a block adds to the network, and gives its name; none where it
// has nothing.
func (g *generation) lanes(i int, s *source, survey *streetSurvey) (name digest, err error) {
	b := &g.blocks.all[i]
	in := b.lists[s.number]
	if in.count == 0 {
		return name, nil
	}
	key := g.siteKey("lanes", b)
	key.digest(in.seen[sightWays])
	if err := g.nearKey(key, b, s, &survey.Survey); err != nil {
		return name, err
	}
	base := key.sum()
	name, ok := g.stood(base)
	if data, some := g.store.get(name); ok && some {
		if _, err := traffic.ReadPart(data); err == nil {
			return name, nil
		}
	}
	features, err := (&view{g: g, block: b}).of(s, sightWays)
	if err != nil {
		return name, err
	}
	ground := g.foot(b, newDigest("lanes of "+s.id).sum())
	bl := g.blockOf(b, features, ground)
	part := traffic.PartOf(street.Traffic(bl, survey.near(bl)))
	if err := survey.failed(); err != nil {
		return name, err
	}
	if name, err = g.stand(base, ground); err != nil {
		return name, err
	}
	return name, g.store.put(name, part.Append(nil))
}

// runColumns are the columns of a table of n runs.
func runColumns(n int) []table.Column {
	var out []table.Column
	for _, name := range []string{"along", "height", "metres", "times"} {
		out = append(out, table.Column{Name: name, Kind: table.List, Lists: make([][]float64, n)})
	}
	for _, name := range []string{"class", "color", "model"} {
		out = append(out, table.Column{Name: name, Kind: table.Text, Texts: make([]string, n)})
	}
	for _, name := range []string{"seed", "share", "start"} {
		out = append(out, table.Column{Name: name, Kind: table.Number, Numbers: make([]float64, n)})
	}
	return out
}

// runTable is rows that a traffic layer draws, numbered from first.
func (g *generation) runTable(l *scene.Layer, runs []traffic.Run, first int) *table.Table {
	t := &table.Table{Columns: runColumns(len(runs))}
	for i := range runs {
		r := &runs[i]
		line, heights := make(orb.LineString, len(r.Line)), make([]float64, len(r.Line))
		for k, p := range r.Line {
			line[k][0], line[k][1] = g.site.frame.Unplan(p[0], p[1])
			heights[k] = p[2]
		}
		t.IDs, t.Geometry = append(t.IDs, l.ID+"/"+strconv.Itoa(first+i)), append(t.Geometry, line)
		for k, list := range [4][]float64{r.Along, heights, r.Metres, r.Times} {
			t.Columns[k].Lists[i] = hundredths(list)
		}
		color := fmt.Sprintf("#%02x%02x%02x", r.Color[0], r.Color[1], r.Color[2])
		for k, text := range [3]string{r.Class, color, r.Model} {
			t.Columns[4+k].Texts[i] = text
		}
		for k, v := range [3]float64{float64(r.Seed >> 20), hundredth(r.Share), hundredth(r.Start)} {
			t.Columns[7+k].Numbers[i] = v
		}
	}
	return t
}

// hundredth is exact to a centimetre or a hundredth of a second.
func hundredth(v float64) float64 { return math.Round(v*100) / 100 }

func hundredths(vs []float64) []float64 {
	out := make([]float64, len(vs))
	for i, v := range vs {
		out[i] = hundredth(v)
	}
	return out
}
