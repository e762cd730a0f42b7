package charts

import (
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "sankey", Group: "charts", Doc: "flows between names as bands of their width",
	New:      func() any { return &Sankey{Chart: with(540, 320), Aggregate: "sum"} },
	Examples: []scene.Example{{Layer: `source: flows, begin: from, end: to, value: people, heading: Commuters, anchor: center, zoom: 2`}},
})

// Sankey draws names in columns and bands between them.
type Sankey struct {
	Chart
	Begin     string `json:"begin" required:"true" doc:"field of the names where flows begin"`
	End       string `json:"end" required:"true" doc:"field of the names where they end"`
	Value     string `json:"value" doc:"field of the flows"`
	Aggregate string `json:"aggregate" enum:"sum,count" doc:"how rows of one pair become one flow"`
}

// link is a flow between two nodes.
type link struct {
	from, to int
	value    float64
	y0, y1   float64 // of its upper edge, from the box's top
	rows     []int   // of the layer's table
}

// node is a name.
type node struct {
	name    string
	column  int
	value   float64
	y, h    float64
	in, out []int // links
}

// Draw makes a panel, or one for each group.
func (k *Sankey) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return k.make(c, func(t *table.Table, look look) (plot, error) {
		begins, err := t.Strings(k.Begin)
		if err != nil {
			return nil, fmt.Errorf("begin: %w", err)
		}
		ends, err := t.Strings(k.End)
		if err != nil {
			return nil, fmt.Errorf("end: %w", err)
		}
		var values []float64
		if k.Aggregate != "count" {
			if k.Value == "" {
				return nil, fmt.Errorf("value: a field of numbers is needed: the source has %s", panels.Names(t))
			}
			if values, err = t.Numbers(k.Value); err != nil {
				return nil, fmt.Errorf("value: %w", err)
			}
		}
		out := &flows{look: look}
		out.read(begins, ends, values)
		for i := range out.links {
			out.links[i].rows = t.Origins(out.links[i].rows)
		}
		return out, nil
	})
}

type flows struct {
	look    look
	nodes   []node
	links   []link
	columns int
}

// read joins rows of one pair. A name that only ends flows in a loop of others begins anew at
// the right: what would flow back to a name at the left is drawn to a second node of it.
func (f *flows) read(begins, ends []string, values []float64) {
	pairs := map[[2]string]int{}
	var names [][2]string
	var sums []float64
	var rows [][]int
	for i := range begins {
		v := 1.0
		if values != nil {
			v = values[i]
		}
		if begins[i] == "" || ends[i] == "" || !(v > 0) || math.IsInf(v, 1) {
			continue
		}
		key := [2]string{begins[i], ends[i]}
		k, ok := pairs[key]
		if !ok {
			k = len(names)
			pairs[key] = k
			names, sums, rows = append(names, key), append(sums, 0), append(rows, nil)
		}
		rows[k] = append(rows[k], i)
		sums[k] += v
	}
	at := map[string]int{}
	find := func(name string) int {
		k, ok := at[name]
		if !ok {
			k = len(f.nodes)
			at[name] = k
			f.nodes = append(f.nodes, node{name: name})
		}
		return k
	}
	for i, n := range names {
		a := find(n[0])
		b := find(n[1])
		if f.reaches(b, a) {
			b = find(n[1] + "\x00")
			f.nodes[b].name = n[1]
		}
		f.nodes[a].out = append(f.nodes[a].out, len(f.links))
		f.nodes[b].in = append(f.nodes[b].in, len(f.links))
		f.links = append(f.links, link{from: a, to: b, value: sums[i], rows: rows[i]})
	}
	f.order()
}

// reaches tells whether flows lead from one node to another.
func (f *flows) reaches(from, to int) bool {
	seen := make([]bool, len(f.nodes))
	stack := []int{from}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if n == to {
			return true
		}
		if seen[n] {
			continue
		}
		seen[n] = true
		for _, l := range f.nodes[n].out {
			stack = append(stack, f.links[l].to)
		}
	}
	return false
}

// order puts each node in the column after the last of those that flow into it.
func (f *flows) order() {
	for moved := true; moved; {
		moved = false
		for _, l := range f.links {
			if c := f.nodes[l.from].column + 1; f.nodes[l.to].column < c {
				f.nodes[l.to].column, moved = c, true
			}
		}
	}
	for i := range f.nodes {
		n := &f.nodes[i]
		in, out := 0.0, 0.0
		for _, l := range n.in {
			in += f.links[l].value
		}
		for _, l := range n.out {
			out += f.links[l].value
		}
		n.value = max(in, out)
		f.columns = max(f.columns, n.column+1)
	}
}

// settle gives nodes and links their heights in a box: columns are sorted by the middles of
// what flows in, so that bands cross little (the barycentre method of Sugiyama et al. 1981).
func (f *flows) settle(height, gap float64) {
	scale := math.Inf(1)
	for c := range f.columns {
		sum, n := 0.0, 0
		for i := range f.nodes {
			if f.nodes[i].column == c {
				sum += f.nodes[i].value
				n++
			}
		}
		scale = min(scale, max(height-gap*float64(n-1), 0.2*height)/max(sum, 1e-300))
	}
	for c := range f.columns {
		var members []int
		total := -gap
		for i := range f.nodes {
			if n := &f.nodes[i]; n.column == c {
				n.h = n.value * scale
				total += n.h + gap
				members = append(members, i)
			}
		}
		middle := func(i int) float64 {
			sum, weight := 0.0, 0.0
			for _, l := range f.nodes[i].in {
				from := &f.nodes[f.links[l].from]
				sum += f.links[l].value * (from.y + from.h/2)
				weight += f.links[l].value
			}
			return sum / max(weight, 1e-300)
		}
		slices.SortStableFunc(members, func(a, b int) int {
			u, v := middle(a), middle(b)
			if c == 0 {
				u, v = -f.nodes[a].value, -f.nodes[b].value
			}
			switch {
			case u < v:
				return -1
			case u > v:
				return 1
			}
			return 0
		})
		y := (height - total) / 2
		for _, i := range members {
			f.nodes[i].y = y
			y += f.nodes[i].h + gap
		}
	}
	for i := range f.nodes {
		n := &f.nodes[i]
		slices.SortStableFunc(n.out, func(a, b int) int { return compare(f.nodes[f.links[a].to].y, f.nodes[f.links[b].to].y) })
		slices.SortStableFunc(n.in, func(a, b int) int { return compare(f.nodes[f.links[a].from].y, f.nodes[f.links[b].from].y) })
		y := n.y
		for _, l := range n.out {
			f.links[l].y0 = y
			y += f.links[l].value * scale
		}
		y = n.y
		for _, l := range n.in {
			f.links[l].y1 = y
			y += f.links[l].value * scale
		}
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (f *flows) paint(p *panels.Painter) {
	if len(f.links) == 0 {
		empty(p)
		return
	}
	most := 1
	for c := range f.columns {
		n := 0
		for i := range f.nodes {
			if f.nodes[i].column == c {
				n++
			}
		}
		most = max(most, n)
	}
	f.settle(p.Box.H, min(14, 0.4*p.Box.H/float64(most)))
	const wide = 8.0
	last := 0.0 // room for names behind the last column
	for _, n := range f.nodes {
		if n.column == f.columns-1 {
			last = max(last, min(p.Fonts.Width(n.name, p.Small()), 0.26*p.Box.W))
		}
	}
	x := func(column int) float64 {
		return p.Box.X + (p.Box.W-wide-last-10)*float64(column)/float64(max(f.columns-1, 1))
	}
	scale := f.nodes[0].h / f.nodes[0].value
	hue := func(n int) scene.Color { return f.look.color(p, n) }
	p.Within(canvas.Box{X: p.Box.X, Y: p.Box.Y, W: (p.Box.W - last) * panels.Ease(p.Grown), H: p.Box.H}, func() {
		for _, l := range f.links {
			a, b := x(f.nodes[l.from].column)+wide, x(f.nodes[l.to].column)
			y0, y1, h, m := p.Box.Y+l.y0, p.Box.Y+l.y1, l.value*scale, (a+b)/2
			band := (&canvas.Path{}).Move(a, y0).Cube(m, y0, m, y1, b, y1).Line(b, y1+h).Cube(m, y1+h, m, y0+h, a, y0+h).Close()
			p.Part(band, f.nodes[l.from].name+" → "+f.nodes[l.to].name+" · "+f.look.write(l.value), l.rows)
			p.Fill(band, canvas.Linear{X0: a, X1: b, Stops: []canvas.Stop{{At: 0, Color: panels.Alpha(hue(l.from), 0.5)}, {At: 1, Color: panels.Alpha(hue(l.to), 0.3)}}})
		}
	})
	for i, n := range f.nodes {
		p.Faded(stagger(p.Grown, n.column, f.columns), func() {
			box := canvas.Box{X: x(n.column), Y: p.Box.Y + n.y, W: wide, H: max(n.h, 1)}
			p.Fill(canvas.Round(box, 2), canvas.Color(hue(i)))
			var rows []int
			for _, l := range append(append([]int(nil), n.in...), n.out...) {
				rows = append(rows, f.links[l].rows...)
			}
			p.Part(canvas.Round(box, 2), n.name+" · "+f.look.write(n.value), rows)
			if n.h > 9 || n.column == f.columns-1 && n.h > 4 {
				room := 0.3 * p.Box.W
				if n.column == f.columns-1 {
					room = last
				}
				s := p.Small()
				s.Ink = p.Faint(0.9)
				p.Write(p.Fonts.Fit(n.name, room, s), box.X+wide+8, box.Y+n.h/2, s)
			}
		})
	}
}
