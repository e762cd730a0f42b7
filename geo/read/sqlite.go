package read

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// sqliteFile reads tables of an SQLite 3 database, as much of it as MBTiles needs: walks
// of whole b-trees and single cells, no queries, no journals
// (https://www.sqlite.org/fileformat2.html).
type sqliteFile struct {
	r      io.ReaderAt
	page   int // bytes
	usable int
	pages  uint32
}

// sqliteCell is where a row lies.
type sqliteCell struct {
	page uint32
	cell uint16
}

var errSQLite = errors.New("damaged SQLite database")

func openSQLite(r io.ReaderAt, size int64) (*sqliteFile, error) {
	h := make([]byte, 100)
	if n, _ := r.ReadAt(h, 0); n < 100 || string(h[:16]) != "SQLite format 3\x00" {
		return nil, fmt.Errorf("%w: the header is missing", errSQLite)
	}
	f := &sqliteFile{r: r, page: int(binary.BigEndian.Uint16(h[16:]))}
	if f.page == 1 {
		f.page = 65536
	}
	if f.page < 512 || f.page&(f.page-1) != 0 {
		return nil, fmt.Errorf("%w: pages of %d bytes", errSQLite, f.page)
	}
	f.usable = f.page - int(h[20])
	if f.usable < 480 {
		return nil, errSQLite
	}
	f.pages = uint32(min(size/int64(f.page), math.MaxUint32))
	return f, nil
}

func (f *sqliteFile) load(n uint32) ([]byte, error) {
	if n == 0 || n > f.pages {
		return nil, fmt.Errorf("%w: page %d of %d: the file is cut off, or a journal beside it was left behind", errSQLite, n, f.pages)
	}
	b := make([]byte, f.page)
	if k, err := f.r.ReadAt(b, int64(n-1)*int64(f.page)); k < f.page {
		return nil, fmt.Errorf("%w: page %d: %w", errSQLite, n, err)
	}
	return b, nil
}

// walk calls fn for every row of a table or index, in order. Values of columns from
// upTo on are not read.
func (f *sqliteFile) walk(root uint32, upTo int, fn func(at sqliteCell, row sqliteRow) error) error {
	left := int64(f.pages) + 1 // each page is met once, or the tree has a ring
	var visit func(n uint32, depth int) error
	visit = func(n uint32, depth int) error {
		if left--; left < 0 || depth > 32 {
			return fmt.Errorf("%w: a tree without end", errSQLite)
		}
		b, err := f.load(n)
		if err != nil {
			return err
		}
		p, err := f.header(b, n)
		if err != nil {
			return err
		}
		for i := range p.cells {
			if p.interior {
				child, err := p.child(i)
				if err != nil {
					return err
				}
				if err := visit(child, depth+1); err != nil {
					return err
				}
			}
			if p.interior && !p.index {
				continue // keys only
			}
			row, err := f.row(p, i, upTo)
			if err != nil {
				return err
			}
			if err := fn(sqliteCell{n, uint16(i)}, row); err != nil {
				return err
			}
		}
		if p.interior {
			return visit(p.right, depth+1)
		}
		return nil
	}
	return visit(root, 0)
}

// at reads one row whole.
func (f *sqliteFile) at(c sqliteCell) (sqliteRow, error) {
	b, err := f.load(c.page)
	if err != nil {
		return sqliteRow{}, err
	}
	p, err := f.header(b, c.page)
	if err != nil {
		return sqliteRow{}, err
	}
	if int(c.cell) >= p.cells {
		return sqliteRow{}, errSQLite
	}
	return f.row(p, int(c.cell), math.MaxInt)
}

type sqlitePage struct {
	b               []byte
	start           int // of the cell pointers
	cells           int
	interior, index bool
	right           uint32
}

func (f *sqliteFile) header(b []byte, n uint32) (sqlitePage, error) {
	at := 0
	if n == 1 {
		at = 100
	}
	p := sqlitePage{b: b, cells: int(binary.BigEndian.Uint16(b[at+3:])), start: at + 8}
	switch b[at] {
	case 2:
		p.interior, p.index = true, true
	case 5:
		p.interior = true
	case 10:
		p.index = true
	case 13:
	default:
		return p, fmt.Errorf("%w: page %d is of the kind %d", errSQLite, n, b[at])
	}
	if p.interior {
		p.right = binary.BigEndian.Uint32(b[at+8:])
		p.start += 4
	}
	if p.start+2*p.cells > f.usable {
		return p, errSQLite
	}
	return p, nil
}

func (p *sqlitePage) cellAt(i int) []byte {
	at := int(binary.BigEndian.Uint16(p.b[p.start+2*i:]))
	if at > len(p.b) {
		return nil
	}
	return p.b[at:]
}

func (p *sqlitePage) child(i int) (uint32, error) {
	c := p.cellAt(i)
	if len(c) < 4 {
		return 0, errSQLite
	}
	return binary.BigEndian.Uint32(c), nil
}

// sqliteRow is a row's number and values: nil, int64, float64, string or []byte.
type sqliteRow struct {
	id     int64
	values []any
}

func (f *sqliteFile) row(p sqlitePage, i, upTo int) (row sqliteRow, err error) {
	c := p.cellAt(i)
	if p.interior {
		if len(c) < 4 {
			return row, errSQLite
		}
		c = c[4:]
	}
	size, n := sqliteVarint(c)
	c = c[n:]
	if n == 0 || size > 1<<31 {
		return row, errSQLite
	}
	if !p.index {
		id, n := sqliteVarint(c)
		if n == 0 {
			return row, errSQLite
		}
		row.id, c = int64(id), c[n:]
	}
	payload, err := f.payload(c, int(size), p.index, upTo < math.MaxInt)
	if err != nil {
		return row, err
	}
	row.values, err = sqliteRecord(payload, upTo)
	return row, err
}

// payload gathers a cell's bytes from its page and the overflow pages; localOnly leaves
// out the latter.
func (f *sqliteFile) payload(c []byte, size int, index, localOnly bool) ([]byte, error) {
	most := f.usable - 35
	if index {
		most = (f.usable-12)*64/255 - 23
	}
	if size <= most {
		if size > len(c) {
			return nil, errSQLite
		}
		return c[:size], nil
	}
	least := (f.usable-12)*32/255 - 23
	local := least + (size-least)%(f.usable-4)
	if local > most {
		local = least
	}
	if local+4 > len(c) {
		return nil, errSQLite
	}
	if localOnly {
		return c[:local], nil
	}
	if int64(size) > int64(f.pages)*int64(f.page) {
		return nil, errSQLite
	}
	out := append(make([]byte, 0, size), c[:local]...)
	for next := binary.BigEndian.Uint32(c[local:]); len(out) < size; {
		b, err := f.load(next)
		if err != nil {
			return nil, err
		}
		out = append(out, b[4:4+min(f.usable-4, size-len(out))]...)
		next = binary.BigEndian.Uint32(b)
	}
	return out, nil
}

// sqliteVarint is big-endian, the ninth byte whole; n is 0 where it is cut off.
func sqliteVarint(b []byte) (v uint64, n int) {
	for i := range min(len(b), 9) {
		if i == 8 {
			return v<<8 | uint64(b[i]), 9
		}
		v = v<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}

// sqliteRecord decodes the first columns of a record.
func sqliteRecord(b []byte, upTo int) ([]any, error) {
	head, n := sqliteVarint(b)
	if n == 0 || head < uint64(n) || head > uint64(len(b)) {
		return nil, errSQLite
	}
	kinds, body := b[n:head], b[head:]
	var out []any
	for len(kinds) > 0 && len(out) < upTo {
		kind, n := sqliteVarint(kinds)
		if n == 0 {
			return nil, errSQLite
		}
		kinds = kinds[n:]
		size := uint64(0)
		switch {
		case kind >= 12:
			size = (kind - 12) / 2
		case kind == 10, kind == 11:
			return nil, errSQLite
		default:
			size = [...]uint64{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}[kind]
		}
		if size > uint64(len(body)) {
			return nil, errSQLite
		}
		out = append(out, sqliteValue(kind, body[:size]))
		body = body[size:]
	}
	return out, nil
}

func sqliteValue(kind uint64, b []byte) any {
	switch {
	case kind == 0:
		return nil
	case kind == 7:
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	case kind == 8:
		return int64(0)
	case kind == 9:
		return int64(1)
	case kind < 7:
		v := int64(int8(b[0]))
		for _, c := range b[1:] {
			v = v<<8 | int64(c)
		}
		return v
	case kind%2 == 0:
		return b
	}
	return string(b)
}
