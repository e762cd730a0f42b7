package table

// Numbered is the table with its rows numbered: what is picked from it knows which rows of it
// they are.
func (t *Table) Numbered() *Table {
	out := *t
	out.origin = make([]int, t.Rows())
	for i := range out.origin {
		out.origin[i] = i
	}
	return &out
}

// Origins are the rows of the numbered table from which rows of this one were picked; the rows
// themselves where none was numbered.
func (t *Table) Origins(rows []int) []int {
	if t.origin == nil {
		return rows
	}
	return pick(t.origin, rows)
}
