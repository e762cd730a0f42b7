package street

import "math"

// cluster joins the nodes between which nothing is left of a street. A cluster that
// grows beyond clusterMax is none: its streets keep a little of their length.
func (n *network) cluster() {
	next := map[int][]int{} // node to pieces that vanish
	for i := range n.pieces {
		p := &n.pieces[i]
		if n.ways[p.way].style.tier != street || p.length > innerMax || p.ends[0] == p.ends[1] {
			continue
		}
		e := n.ends(p, i)
		if e[0].want > 0 && e[1].want > 0 && e[0].want+e[1].want > p.length-shortest &&
			len(n.joined(&n.nodes[p.ends[0]])) > 2 && len(n.joined(&n.nodes[p.ends[1]])) > 2 {
			next[p.ends[0]], next[p.ends[1]] = append(next[p.ends[0]], i), append(next[p.ends[1]], i)
		}
	}
	for root := range n.nodes {
		if len(next[root]) == 0 || n.nodes[root].group >= 0 {
			continue
		}
		group, inner := []int{root}, map[int]bool{}
		n.nodes[root].group = len(n.groups)
		lo, hi := n.nodes[root].at, n.nodes[root].at
		for k := 0; k < len(group); k++ {
			for _, i := range next[group[k]] {
				inner[i] = true
				for _, e := range n.pieces[i].ends {
					if nd := &n.nodes[e]; nd.group < 0 {
						nd.group = len(n.groups)
						group = append(group, e)
						for c := range 2 {
							lo[c], hi[c] = math.Min(lo[c], nd.at[c]), math.Max(hi[c], nd.at[c])
						}
					}
				}
			}
		}
		if dist(lo, hi) <= clusterMax {
			for i := range inner {
				n.pieces[i].inner = true
			}
		}
		n.groups = append(n.groups, group)
	}
	for g, group := range n.groups { // those that are none
		ok := false
		for _, i := range next[group[0]] {
			ok = ok || n.pieces[i].inner
		}
		if !ok {
			for _, k := range group {
				n.nodes[k].group = -1
			}
			n.groups[g] = nil
		}
	}
}
