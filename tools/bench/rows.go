package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/paulmach/orb"

	rows "github.com/longtake/longtake/layers/table"
)

// rowsTable invents rows around New York: the same ones as tools/engines/deck.html.
func rowsTable(kind string, n int) *rows.Table {
	columns := map[string][]rows.Column{
		"arc":   {{Name: "lat2"}, {Name: "lng2"}},
		"label": {{Name: "name", Kind: rows.Text}},
		"trip":  {{Name: "timestamps", Kind: rows.List}},
	}
	t := &rows.Table{Columns: append(columns[kind], rows.Column{Name: "v"})}
	share := func(i int, step float64) float64 { _, f := math.Modf(float64(i) * step); return f }
	for i := range n {
		u, v, a, b := share(i, 0.7548776662), share(i, 0.5698402910), share(i, 0.8191725134), share(i, 0.6710436067)
		p := orb.Point{-74.3 + 0.8*u, 40.5 + 0.5*v}
		var g orb.Geometry = p
		switch c := t.Columns; kind {
		case "arc":
			c[0].Numbers, c[1].Numbers = append(c[0].Numbers, p[1]+0.12*(b-0.5)), append(c[1].Numbers, p[0]+0.2*(a-0.5))
		case "label":
			c[0].Texts = append(c[0].Texts, "Place "+strconv.Itoa(i))
		case "trip":
			sin, cos := math.Sincos(6.2831853 * a)
			var line orb.LineString
			var times []float64
			for k := range 20 {
				at := float64(k)
				line = append(line, orb.Point{p[0] + 0.004*at*cos + 0.002*math.Sin(0.9*at+6*b), p[1] + 0.003*at*sin})
				times = append(times, 60*v+3*at)
			}
			g, c[0].Lists = line, append(c[0].Lists, times)
		}
		last := &t.Columns[len(t.Columns)-1]
		last.Numbers = append(last.Numbers, u*v)
		t.IDs, t.Geometry = append(t.IDs, strconv.Itoa(i)), append(t.Geometry, g)
	}
	return t
}

// rowsScene writes a table and a scene with one layer of it, and generates its package.
func (b *bench) rowsScene(kind, layer string, n int) (string, error) {
	name := fmt.Sprintf("%s-%d", kind, n)
	path := filepath.Join(b.dir, name+".yaml")
	if _, done := b.packages[path]; done {
		return b.pack(path)
	}
	f, err := os.Create(filepath.Join(b.dir, name+".parquet"))
	if err != nil {
		return "", err
	}
	t := rowsTable(kind, n)
	w := rows.NewWriter(f, t.Columns)
	if err := w.Write(t); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	doc := fmt.Sprintf("longtake: 1\nsources: { rows: { type: table, path: %s.parquet } }\nlayers: [{ id: rows, source: rows, %s }]\nenvironment: { time: 2026-06-21T16:00:00Z }\n", name, layer)
	if err := os.WriteFile(path, []byte(doc), 0o644); err != nil {
		return "", err
	}
	return b.pack(path)
}
