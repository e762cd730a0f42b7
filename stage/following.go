package stage

import (
	"slices"
)

// follow has a feature of a table keep to what it is of where the table has changed: rows are
// read again, and samples are others at each moment. It is false where that is gone.
func (p *Player) follow(f *feature) bool {
	if f.of == nil {
		return true
	}
	pl := p.played(f.layer)
	now := pl.numbered()
	if now == f.of {
		return true
	}
	if now == nil {
		return false
	}
	field, rows := p.Doc.Sources[pl.base.Source].Key, now.Rows()
	if s := pl.sampled; s != nil {
		field = pl.now.Time.By
		if s.rows != nil {
			rows -= s.context.Table.Rows() // which follow those that are drawn
		}
	}
	if field == "" {
		field = "id"
	}
	find := func(row int) int {
		is, ok := rowValue(f.of, row, field)
		for i := 0; ok && i < rows; i++ {
			if v, _ := rowValue(now, i, field); v == is {
				return i
			}
		}
		return -1
	}
	if f.rows != nil {
		var there []int
		for _, row := range f.rows {
			if i := find(row); i >= 0 {
				there = append(there, i)
			}
		}
		slices.Sort(there)
		f.rows, f.of = there, now
		return len(there) > 0
	}
	f.row, f.of = find(f.row), now
	return f.row >= 0
}

// follow keeps to what is pointed at and selected; a row that is read again or goes on tells
// what it has now.
func (p *pointing) follow() {
	if o := p.selected; o != nil && !p.followed(o) {
		p.clear()
	}
	if o := p.over; o != nil && !p.followed(o) {
		p.over = nil
		p.player.selects(&p.player.links.hover, nil, hovered)
	}
}

func (p *pointing) followed(o *pointed) bool {
	was := o.feature.of
	if !p.player.follow(&o.feature) {
		return false
	}
	if f := &o.feature; f.of != was && f.rows == nil {
		if told := tellRow(f.layer, f.of, f.row); told != o.told {
			now := p.tell(*f, told)
			o.line, o.wide, o.told = now.line, now.wide, told
		}
	}
	return true
}
