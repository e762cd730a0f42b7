package framegraph

import (
	"fmt"
	"strings"
)

// Dot returns the compiled graph in Graphviz's language: boxes are passes, dashed where
// culled; ellipses are versions of resources.
func (g *Graph[T]) Dot() string {
	var b strings.Builder
	b.WriteString("digraph frame {\n\trankdir=LR;\n")
	declared := map[Handle]bool{}
	node := func(h Handle) string {
		r := g.resources[h.resource]
		id := fmt.Sprintf("r%d_%d", h.resource, h.version)
		if !declared[h] {
			declared[h] = true
			style := ""
			switch r.kind {
			case imported:
				style = " style=bold"
			case history:
				style = " style=dotted"
			}
			fmt.Fprintf(&b, "\t%s [label=\"%s %d\\n%d×%d %s\"%s];\n", id, r.name, h.version, r.desc.Width, r.desc.Height, r.desc.Format, style)
		}
		return id
	}
	for i, p := range g.passes {
		style := ""
		if !p.live {
			style = " style=dashed"
		}
		fmt.Fprintf(&b, "\tp%d [shape=box label=\"%s\"%s];\n", i, p.name, style)
		for _, u := range p.uses {
			n := node(u.h)
			if u.write {
				fmt.Fprintf(&b, "\tp%d -> %s;\n", i, n)
			} else {
				fmt.Fprintf(&b, "\t%s -> p%d;\n", n, i)
			}
		}
	}
	for _, h := range g.outputs {
		fmt.Fprintf(&b, "\t%s -> out;\n", node(h))
	}
	b.WriteString("}\n")
	return b.String()
}
