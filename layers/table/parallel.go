package table

import (
	"runtime"
	"sync"
)

// leastRows is how many rows are worth a processor of their own.
const leastRows = 4096

// InParts calls f for parts of rows 0…n on all processors and returns what it made in their
// order. Whoever calls it must not count on there being parts: the results are to be the same
// wherever rows are cut.
func InParts[T any](n int, f func(from, to int) T) []T {
	parts := max(min(runtime.GOMAXPROCS(0), n/leastRows), 1)
	out := make([]T, parts)
	if parts == 1 {
		out[0] = f(0, n)
		return out
	}
	var all sync.WaitGroup
	for i := range parts {
		all.Go(func() { out[i] = f(n*i/parts, n*(i+1)/parts) })
	}
	all.Wait()
	return out
}

// Each calls f for each row 0…n, on all processors: for what writes its own row alone.
func Each(n int, f func(row int)) {
	InParts(n, func(from, to int) struct{} {
		for i := from; i < to; i++ {
			f(i)
		}
		return struct{}{}
	})
}
