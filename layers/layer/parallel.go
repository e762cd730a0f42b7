package layer

import "github.com/longtake/longtake/layers/table"

// PlacesInParts is table.InParts for rows whose places are asked of the context: the ground is
// asked by one at a time.
func PlacesInParts[T any](c *Context, n int, f func(from, to int) T) []T {
	if c.OnGround() {
		return []T{f(0, n)}
	}
	return table.InParts(n, f)
}
