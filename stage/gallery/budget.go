package gallery

import (
	"fmt"
	"os"
	"time"
	"unsafe"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// budget is what a row of a component costs, measured on its example's rows over and over.
type budget struct {
	rows  int
	bytes int
	build time.Duration
}

// Rows that are measured at least, and what the example's own may take so that more are.
const (
	budgetRows = 4000
	budgetTime = 50 * time.Millisecond
)

// measure draws a layer of many rows. The zero budget is of layers without rows, of those that
// draw rows together, and of what the stage makes itself.
func measure(p *stage.Player, l *scene.Layer) (b budget) {
	if w, ok := l.Props.(interface{ DrawsWhole() bool }); l.Table == "" || ok && w.DrawsWhole() {
		return b
	}
	data, err := os.ReadFile(p.Doc.Resolve(l.Table))
	if err != nil {
		return b
	}
	t, err := table.ReadParquet(data)
	if err != nil || t.Rows() == 0 {
		return b
	}
	for {
		began := time.Now()
		draws, err := layer.Draw(&layer.Context{
			Layer: l, Table: t, Ground: p.Ground, Skip: func(string, string) {},
			Open: func(path string) ([]byte, error) { return os.ReadFile(p.Doc.Resolve(path)) },
		})
		if err != nil {
			return budget{}
		}
		b = budget{build: time.Since(began), rows: t.Rows()}
		for _, d := range draws {
			b.bytes += weight(d.What)
		}
		if b.rows >= budgetRows || b.build > budgetTime {
			return b
		}
		t = twice(t)
	}
}

// twice is a table with all rows twice.
func twice(t *table.Table) *table.Table {
	out := *t
	out.IDs = append(append([]string(nil), t.IDs...), t.IDs...)
	out.Geometry = append(append(out.Geometry[:0:0], t.Geometry...), t.Geometry...)
	out.Columns = append([]table.Column(nil), t.Columns...)
	for i := range out.Columns {
		c := &out.Columns[i]
		c.Numbers = append(append([]float64(nil), c.Numbers...), c.Numbers...)
		c.Texts = append(append([]string(nil), c.Texts...), c.Texts...)
		c.Lists = append(append([][]float64(nil), c.Lists...), c.Lists...)
	}
	return &out
}

// weight is the bytes of a drawable that grow with its rows.
func weight(d drawable.Drawable) int {
	switch d := d.(type) {
	case *drawable.Mesh:
		return len(d.Vertices)*int(unsafe.Sizeof(drawable.Vertex{})) + 4*len(d.Indices)
	case *drawable.Instances:
		return len(d.Items) * int(unsafe.Sizeof(drawable.Instance{}))
	case *drawable.Lines:
		return len(d.Vertices)*int(unsafe.Sizeof(drawable.LineVertex{})) + len(d.Curves)*int(unsafe.Sizeof(drawable.Curve{})) + len(d.Looks)*int(unsafe.Sizeof(drawable.CurveLook{}))
	case *drawable.Points:
		return len(d.Vertices) * int(unsafe.Sizeof(drawable.PointVertex{}))
	case *drawable.Glyphs:
		return len(d.Quads)*int(unsafe.Sizeof(drawable.GlyphQuad{})) + len(d.Labels)*int(unsafe.Sizeof(drawable.Label{}))
	case *drawable.Lights:
		return len(d.Items) * int(unsafe.Sizeof(drawable.Light{}))
	}
	return 0
}

// String says it in a sentence; "" of the zero budget.
func (b budget) String() string {
	if b.rows == 0 || b.bytes == 0 {
		return ""
	}
	row := b.bytes / b.rows
	return fmt.Sprintf("A row takes %d bytes and %.1f µs to make: a million of them %d MB and %.1f s.",
		row, float64(b.build.Microseconds())/float64(b.rows), row, b.build.Seconds()*1e6/float64(b.rows))
}
