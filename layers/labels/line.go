package labels

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "line-label", Group: "labels", Doc: "text along lines, letter by letter: names of streets, rivers and routes, values of contours",
	New: func() any {
		return &LineLabel{Lettering: lettered(20), Repeat: 400, MaxBend: 38}
	},
	Examples: []scene.Example{
		{Layer: `source: trips, text: kind, size: 64, repeat: 300, clamp: ground`},
		{Name: "streets", Doc: "names of streets, repeated along each", Layer: `source: city, text: name, size: 44, repeat: 700, clamp: ground, color: "#fff6dc", halo: "#2b2216d0"`, Around: "city", Camera: `{ lng: -30.4985, lat: 36.505, height: 900, heading: 330, pitch: -48 }`},
	},
})

// LineLabel writes a field of its rows along their lines.
type LineLabel struct {
	layer.Rows
	Lettering
	Offset   float64 `json:"offset" min:"-200" max:"200" unit:"px" doc:"how far above the line, as it is read, the text is; 0 has the line in its middle"`
	Repeat   float64 `json:"repeat" min:"0" max:"10000" unit:"px" doc:"least distance between two of the same text; 0 writes one for each line, in its middle"`
	Outlines bool    `json:"outlines" doc:"along the outlines of areas, too"`
	MaxBend  float64 `json:"maxBend" above:"0" max:"180" unit:"°" doc:"where a line turns by more than this within the height of a letter the text is left out"`
}

// spot is where a text may stand on its line: candidates of the first ranks are tried first.
type spot struct {
	line, rank int
	length     float64 // of the line, metres
	at         mgl64.Vec3
	vertex     int // of the line, before it
}

// The candidates of a line: the middle, then the middles of its halves, of their halves …
const (
	leastApart = 100.0   // metres between candidates
	mostSpots  = 1 << 17 // on lines that are longer in all candidates lie further apart
)

// Draw shapes each text once, and lists the places along the lines where it may stand.
func (l *LineLabel) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	rows, setter, err := l.letters(c)
	if err != nil {
		return nil, err
	}
	var lines []named
	for i, s := range rows.texts {
		if s == "" || rows.colors[i][3] == 0 || !(rows.sizes[i] > 0) {
			continue
		}
		if !l.Outlines && len(layer.Polygons(t.Geometry[i])) > 0 {
			continue
		}
		for _, line := range layer.Polylines(t.Geometry[i]) {
			if line = slices.Compact(slices.Clone(line)); len(line) > 1 {
				lines = append(lines, named{strings.Join(strings.Fields(s), " "), i, line})
			}
		}
	}
	lines = joined(lines)

	g := &drawable.Glyphs{Hides: float32(1 - l.Behind)}
	ways := make([][]mgl64.Vec3, len(lines))
	var all []mgl64.Vec3
	lengths := make([][]float64, len(lines))
	total := 0.0
	for k := range lines {
		ways[k] = wayOf(c, lines[k].line, rows.heights[lines[k].row])
		all = append(all, ways[k]...)
		lengths[k] = lengthsOf(ways[k])
		total += lengths[k][len(lengths[k])-1]
	}
	var spots []spot
	for k, way := range ways {
		spots = l.spots(spots, k, way, lengths[k], math.Max(leastApart, 2*total/mostSpots))
	}
	slices.SortStableFunc(spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.length, a.length))
	})
	f := layer.Frame(all)
	g.Frame = f.Matrix()
	first := make([]int, len(lines))
	for k, way := range ways {
		first[k] = len(g.Lines)
		for _, p := range way {
			g.Lines = append(g.Lines, layer.Local(f, p))
		}
	}
	type set struct {
		text string
		size float64
	}
	shaped := map[set]drawable.Label{}
	numbers := map[string]int{}
	for _, s := range spots {
		n := lines[s.line]
		b, ok := shaped[set{n.text, rows.sizes[n.row]}]
		if !ok {
			b.First = len(g.Quads)
			g.Quads, b.Min, b.Max = setter.Append(g.Quads, n.text, float32(rows.sizes[n.row]))
			b.Count = len(g.Quads) - b.First
			for i := b.First; i < len(g.Quads); i++ {
				g.Quads[i].Min[1] += float32(l.Offset)
				g.Quads[i].Max[1] += float32(l.Offset)
			}
			shaped[set{n.text, rows.sizes[n.row]}] = b
		}
		if _, ok := numbers[n.text]; !ok {
			numbers[n.text] = len(numbers)
		}
		b.Anchor, b.Fade = layer.Local(f, s.at), 1 // not seen before it has its room
		b.Color, b.Halo, b.HaloWidth = rows.colors[n.row], l.Halo, float32(l.HaloWidth)
		b.Priority, b.Feature = float32(rows.priorities[n.row]), uint32(n.row)
		b.Way = drawable.LabelWay{First: first[s.line], Count: len(ways[s.line]), At: s.vertex, Bend: float32(l.MaxBend * math.Pi / 180),
			Em: float32(rows.sizes[n.row]), Text: numbers[n.text], Apart: float32(l.Repeat), Turned: -1}
		g.Labels = append(g.Labels, b)
	}
	if m := setter.Missing(); len(m) > 0 {
		c.Skip(string(m[:min(len(m), 20)]), "characters without a font")
	}
	g.Labels = byPriority(g.Labels)
	g.Atlas, g.Spread = setter.Atlas()
	return []drawable.Draw{{What: g}}, nil
}

// spots appends the candidates of a line, no nearer to each other than so many metres.
func (l *LineLabel) spots(out []spot, line int, way []mgl64.Vec3, lengths []float64, apart float64) []spot {
	length := lengths[len(lengths)-1]
	for rank := 0; rank == 0 || l.Repeat > 0 && length/apart >= float64(int(1)<<rank); rank++ {
		n := 1 << rank // middles of so many parts
		for k := range n {
			at, vertex := along(way, lengths, (float64(k)+0.5)/float64(n)*length)
			out = append(out, spot{line, rank, length, at, vertex})
		}
	}
	return out
}

// wayOf is a line on the ground or the curve of the Earth, in ECEF.
func wayOf(c *layer.Context, line []orb.Point, height float64) (out []mgl64.Vec3) {
	for k, q := range line {
		if k > 0 {
			for _, p := range c.Between(line[k-1], q) {
				out = append(out, p.Add(p.Normalize().Mul(height)))
			}
		}
		out = append(out, c.Place(q, height).ECEF())
	}
	return out
}

// lengthsOf are the metres to each vertex of a way.
func lengthsOf(way []mgl64.Vec3) []float64 {
	out := make([]float64, len(way))
	for k := 1; k < len(way); k++ {
		out[k] = out[k-1] + way[k].Sub(way[k-1]).Len()
	}
	return out
}

// along is the point so many metres along a way, and the vertex that it lies behind.
func along(way []mgl64.Vec3, lengths []float64, metres float64) (mgl64.Vec3, int) {
	k, _ := slices.BinarySearch(lengths[1:len(lengths)-1], metres)
	n := lengths[k+1] - lengths[k]
	if n == 0 {
		return way[k], k
	}
	return way[k].Add(way[k+1].Sub(way[k]).Mul(math.Min((metres-lengths[k])/n, 1))), k
}
