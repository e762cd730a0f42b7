package meshopt

// OrderTriangles returns the triangles in an order in which vertices are used again soon,
// as tipsify does: Sander, Nehab and Barczak, "Fast Triangle Reordering for Vertex
// Locality and Reduced Overdraw", SIGGRAPH 2007. vertices is above every index. Time and
// memory are linear; the result depends on nothing but the arguments.
func OrderTriangles(indices []uint32, vertices int) []uint32 {
	const cache = 16
	first, around := fans(indices, vertices)
	live := make([]int32, vertices) // triangles of a vertex that are not written yet
	for v := range live {
		live[v] = first[v+1] - first[v]
	}
	stamp := make([]int32, vertices) // when a vertex came into the cache
	done := make([]bool, len(indices)/3)
	out := make([]uint32, 0, len(indices))
	var dead, ring []uint32
	now, cursor := int32(cache+1), 0
	for v := 0; v >= 0 && v < vertices; {
		ring = ring[:0]
		for _, t := range around[first[v]:first[v+1]] {
			if done[t] {
				continue
			}
			done[t] = true
			for _, u := range indices[3*t : 3*t+3] {
				out = append(out, u)
				dead = append(dead, u)
				ring = append(ring, u)
				live[u]--
				if now-stamp[u] > cache {
					stamp[u] = now
					now++
				}
			}
		}
		// The neighbour that has been in the cache longest and will stay for its fan.
		next, best := -1, int32(-1)
		for _, u := range ring {
			if live[u] == 0 {
				continue
			}
			age := int32(0)
			if a := now - stamp[u]; a+2*live[u] <= cache {
				age = a
			}
			if age > best {
				next, best = int(u), age
			}
		}
		for next < 0 && len(dead) > 0 {
			u := dead[len(dead)-1]
			dead = dead[:len(dead)-1]
			if live[u] > 0 {
				next = int(u)
			}
		}
		for ; next < 0 && cursor < vertices; cursor++ {
			if live[cursor] > 0 {
				next = cursor
			}
		}
		v = next
	}
	return out
}

// fans lists the triangles around every vertex: those of v are around[first[v]:first[v+1]].
func fans(indices []uint32, vertices int) (first, around []int32) {
	first = make([]int32, vertices+1)
	for _, v := range indices {
		first[v+1]++
	}
	for v := range vertices {
		first[v+1] += first[v]
	}
	at := append([]int32(nil), first[:vertices]...)
	around = make([]int32, len(indices))
	for i, v := range indices {
		around[at[v]] = int32(i / 3)
		at[v]++
	}
	return first, around
}

// OrderVertices numbers the vertices as the indices first use them, in place. It returns
// the old number of every new one; vertices that no index uses are left out.
func OrderVertices(indices []uint32, vertices int) []uint32 {
	number := make([]uint32, vertices) // of the new vertex plus one
	old := make([]uint32, 0, vertices)
	for i, v := range indices {
		if number[v] == 0 {
			old = append(old, v)
			number[v] = uint32(len(old))
		}
		indices[i] = number[v] - 1
	}
	return old
}
