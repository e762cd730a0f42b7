package layer

import "sync"

// Kept is what was made of a scene's files, such as pictures and models: it is not made again
// however often layers are drawn. It may be asked from several goroutines.
type Kept struct{ made sync.Map }

// Keep is what make gives for a key, whose type is the caller's own; it is asked once, unless it
// fails, where the context keeps anything. What it gives must not be changed.
func Keep[T any](c *Context, key any, make func() (T, error)) (T, error) {
	if c.Kept == nil {
		return make()
	}
	if v, ok := c.Kept.made.Load(key); ok {
		return v.(T), nil
	}
	v, err := make()
	if err != nil {
		return v, err
	}
	first, _ := c.Kept.made.LoadOrStore(key, v)
	return first.(T), nil
}
