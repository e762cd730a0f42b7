package building

import (
	"encoding/binary"
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
	seen := map[uint64]int{}
	for i := range cs {
		c := &cs[i]
		h := fnv.New64a()
		hashRing(h.Write, c.rings[0])
		if c.part {
			for _, k := range [...]string{"min_height", "height", "building:min_level", "building:levels"} {
				_, _ = h.Write([]byte(c.f.Tags[k] + "\x00"))
			}
			_, _ = h.Write([]byte("part"))
		}
		key := h.Sum64()
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

// hashRing writes a ring's positions, to 1 cm, from its least corner on in the direction
// of its lesser neighbour, so that start and direction do not matter.
func hashRing(write func([]byte) (int, error), r orb.Ring) {
	type pt [2]int64
	q := make([]pt, 0, len(r))
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
	var b [16]byte
	for k := range n {
		v := q[(at+k*step)%n]
		binary.LittleEndian.PutUint64(b[:8], uint64(v[0]))
		binary.LittleEndian.PutUint64(b[8:], uint64(v[1]))
		_, _ = write(b[:])
	}
}
