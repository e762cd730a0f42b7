package building

import (
	"hash/fnv"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// dropTwins leaves out footprints that were given before: features repeated in
// neighbouring blocks, and the outer way of a multipolygon tagged like the relation, of
// which the one with courtyards stays. Parts above each other share a footprint, so
// theirs are compared with their heights.
func dropTwins(cs []candidate, report *geo.Report) {
	seen := make(map[uint64]int, len(cs))
	for i := range cs {
		c := &cs[i]
		key := hashRing(c.rings[0])
		if c.part {
			h := fnv.New64a()
			for _, k := range [...]string{"min_height", "height", "building:min_level", "building:levels"} {
				_, _ = h.Write([]byte(c.f.Tags[k] + "\x00"))
			}
			key = stir(key, h.Sum64())
		}
		j, twice := seen[key]
		if !twice {
			seen[key] = i
			continue
		}
		loser := c
		if len(c.rings) > len(cs[j].rings) {
			loser = &cs[j]
			seen[key] = i
		}
		loser.dropped = true
		if loser.mine {
			report.Note("footprint given twice: built once")
		}
	}
}

// dropBuried leaves out buildings of a layer below zero whose middle lies under another.
func dropBuried(cs []candidate, report *geo.Report) {
	for i := range cs {
		c := &cs[i]
		if c.dropped || c.part || !c.mine || !sunk(c.f.Tags) {
			continue
		}
		middle := inside(c.plan)
		for j := range cs {
			if o := &cs[j]; i != j && !o.dropped && !o.part && !sunk(o.f.Tags) && o.plan.Contains(middle) {
				c.dropped = true
				report.Note("building under another: left out")
				break
			}
		}
	}
}

// hashRing is a hash of a ring's positions, to 1 cm, from its least corner on in the direction
// of its lesser neighbour, so that start and direction do not matter.
func hashRing(r orb.Ring) (h uint64) {
	type pt [2]int64
	var few [32]pt
	q := few[:0]
	for _, p := range r {
		v := pt{int64(math.Round(p[0] * 1e7)), int64(math.Round(p[1] * 1e7))}
		if len(q) == 0 || q[len(q)-1] != v {
			q = append(q, v)
		}
	}
	for len(q) > 1 && q[0] == q[len(q)-1] {
		q = q[:len(q)-1]
	}
	less := func(a, b pt) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }
	n, at := len(q), 0
	for i := range q {
		if less(q[i], q[at]) {
			at = i
		}
	}
	step := 1
	if n > 0 && less(q[(at+n-1)%n], q[(at+1)%n]) {
		step = n - 1
	}
	for range n {
		v := q[at]
		if at += step; at >= n {
			at -= n
		}
		h = stir(stir(h, uint64(v[0])), uint64(v[1]))
	}
	return h
}

// stir mixes a word into a hash, with the constants of MurmurHash3's last step (Appleby).
func stir(h, v uint64) uint64 {
	h = (h ^ v) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
