package table

import "sync"

// Whole is a table of which others are parts, with what was found out about all of its rows.
type Whole struct {
	*Table
	known sync.Map
}

// Among is the table as rows of a whole: scales follow the values of all of those.
func (t *Table) Among(w *Whole) *Table {
	out := *t
	out.whole = w
	return &out
}

// All is the whole of which the table is a part, else the table.
func (t *Table) All() *Table {
	if t.whole == nil {
		return t
	}
	return t.whole.Table
}

// Once is what find makes of all rows. Of a whole it is found once for a key, and shared.
func Once[T any](t *Table, key any, find func(all *Table) (T, error)) (T, error) {
	if t.whole == nil {
		return find(t)
	}
	if v, ok := t.whole.known.Load(key); ok {
		return v.(T), nil
	}
	v, err := find(t.whole.Table)
	if err == nil {
		t.whole.known.Store(key, v)
	}
	return v, err
}
