package draco

import (
	"errors"
	"fmt"
)

// Symbols of the edgebreaker: what the two other edges of the next face do.
const (
	symbolC = 0
	symbolS = 1
	symbolL = 3
	symbolR = 5
	symbolE = 7
)

var (
	errStack    = errors.New("a symbol without an open edge")
	errManifold = errors.New("an edge of three faces")
)

// breaker rebuilds connectivity, in the reverse of the order in which it was taken down.
type breaker struct {
	*decoder
	table
	source   symbolSource
	splits   []split
	vertices int // at most
	stack    []int32
	waiting  map[int]int32 // the open corner for the symbol of a split
	isolated []int32
	keep     bool // isolated vertices stay, for attributes have vertices of their own
	used     int  // corners
	count    int  // of symbols
}

// edgebreaker reads a mesh whose connectivity is a string of symbols.
func (d *decoder) edgebreaker() error {
	coding := d.u8()
	vertices, err := d.size("vertices", d.varint(), d.limits.Points)
	if err != nil {
		return err
	}
	faces, err := d.size("faces", d.varint(), d.limits.Faces)
	if err != nil {
		return err
	}
	seamed := int(d.u8())
	symbols, err := d.size("symbols", d.varint(), faces)
	if err != nil {
		return err
	}
	more, err := d.size("splits", d.varint(), symbols)
	if err != nil {
		return err
	}
	b := &breaker{decoder: d, vertices: vertices + more, count: symbols, waiting: map[int]int32{}, keep: seamed > 0}
	if err := b.readSplits(symbols); err != nil {
		return fmt.Errorf("splits: %w", err)
	}
	starts, seams, err := b.sources(coding, seamed)
	if err != nil {
		return fmt.Errorf("connectivity: %w", err)
	}
	b.opposite, b.vertex = make([]int32, 3*faces), make([]int32, 3*faces)
	for i := range b.opposite {
		b.opposite[i], b.vertex[i] = none, none
	}
	for i := range symbols {
		if err := b.symbol(i, symbols); err != nil {
			return fmt.Errorf("connectivity: symbol %d of %d: %w", i, symbols, err)
		}
	}
	if err := b.close(starts); err != nil {
		return fmt.Errorf("connectivity: %w", err)
	}
	if b.used != len(b.opposite) {
		return fmt.Errorf("connectivity: %d faces of %d", b.used/3, faces)
	}
	b.compact()
	if err := b.check(); err != nil {
		return fmt.Errorf("connectivity: %w", err)
	}
	cuts := b.cuts(seams)
	for _, c := range cuts {
		if err := c.check(); err != nil {
			return fmt.Errorf("seams: %w", err)
		}
	}
	b.points(cuts)
	return d.tracedAttributes(&b.table, cuts)
}

// face opens the next face and returns its first corner.
func (b *breaker) face() (int32, error) {
	if b.used+3 > len(b.opposite) {
		return 0, errors.New("more faces than there are")
	}
	b.used += 3
	return int32(b.used - 3), nil
}

func (b *breaker) addVertex(corner int32) error {
	if len(b.left) >= b.vertices {
		return fmt.Errorf("more than %d vertices", b.vertices)
	}
	b.vertex[corner] = int32(len(b.left))
	b.left = append(b.left, corner)
	return nil
}

// open tells whether corners face edges without a second face.
func (b *breaker) open(corners ...int32) bool {
	for i, c := range corners {
		if c == none || b.opposite[c] != none {
			return false
		}
		for _, other := range corners[:i] {
			if c == other {
				return false
			}
		}
	}
	return true
}

// behind is the corner that faces the open edge before a vertex.
func (b *breaker) behind(vertex int32) int32 {
	if l := b.left[vertex]; l != none {
		return next(l)
	}
	return none
}

func (b *breaker) symbol(index, total int) error {
	symbol, err := b.source.next()
	if err != nil {
		return err
	}
	c, err := b.face()
	if err != nil {
		return err
	}
	if symbol != symbolE && len(b.stack) == 0 {
		return errStack
	}
	top := len(b.stack) - 1
	switch symbol {
	case symbolC:
		a := b.stack[top]
		x := b.vertex[next(a)]
		other := b.behind(x)
		if !b.open(a, other) {
			return errManifold
		}
		before, after := b.vertex[previous(a)], b.vertex[next(other)]
		if x == before || x == after {
			return errManifold
		}
		b.join(a, c+1)
		b.join(other, c+2)
		b.vertex[c], b.vertex[c+1], b.vertex[c+2] = x, after, before
		b.left[before] = c + 2
		b.stack[top] = c
	case symbolL, symbolR:
		a := b.stack[top]
		if !b.open(a) {
			return errManifold
		}
		tip, l, r := c+2, c+1, c
		if symbol == symbolL {
			tip, l, r = c+1, c, c+2
		}
		b.join(tip, a)
		if err := b.addVertex(tip); err != nil {
			return err
		}
		right := b.vertex[previous(a)]
		b.vertex[r], b.vertex[l] = right, b.vertex[next(a)]
		b.left[right] = r
		b.stack[top] = c
	case symbolS:
		if err := b.merge(index, c); err != nil {
			return err
		}
	case symbolE:
		for k := range int32(3) {
			if err := b.addVertex(c + k); err != nil {
				return err
			}
		}
		b.stack = append(b.stack, c)
	default:
		return fmt.Errorf("symbol %d does not exist", symbol)
	}
	b.source.reached(&b.table, b.stack[len(b.stack)-1])
	if symbol == symbolC || symbol == symbolS {
		return nil
	}
	return b.announce(total-1-index, total)
}

// merge closes a face between two open edges, whose ends become one vertex.
func (b *breaker) merge(index int, c int32) error {
	second := b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	if w, ok := b.waiting[index]; ok {
		b.stack = append(b.stack, w)
	}
	if len(b.stack) == 0 {
		return errStack
	}
	a := b.stack[len(b.stack)-1]
	if !b.open(a, second) {
		return errManifold
	}
	b.join(a, c+2)
	b.join(second, c+1)
	p, last := b.vertex[previous(a)], b.vertex[previous(second)]
	b.vertex[c], b.vertex[c+1], b.vertex[c+2] = p, b.vertex[next(a)], last
	b.left[last] = c + 2
	from := next(second)
	n := b.vertex[from]
	b.source.merged(p, n)
	b.left[p] = b.left[n]
	for at := from; at != none; {
		b.vertex[at] = p
		if at = b.swingLeft(at); at == from {
			return errManifold
		}
	}
	if n != p {
		b.left[n] = none
		b.isolated = append(b.isolated, n)
	}
	b.stack[len(b.stack)-1] = c
	return nil
}

// close puts a last face into what is left open, where there is one.
func (b *breaker) close(starts *coin) error {
	for ; len(b.stack) > 0; b.stack = b.stack[:len(b.stack)-1] {
		if !starts.next() {
			continue
		}
		a := b.stack[len(b.stack)-1]
		n := b.vertex[next(a)]
		second := b.behind(n)
		if second == none {
			return errManifold
		}
		x := b.vertex[next(second)]
		third := b.behind(x)
		if !b.open(a, second, third) {
			return errManifold
		}
		c, err := b.face()
		if err != nil {
			return err
		}
		b.join(c, a)
		b.join(c+1, second)
		b.join(c+2, third)
		b.vertex[c], b.vertex[c+1], b.vertex[c+2] = x, b.vertex[next(third)], n
	}
	return nil
}

// compact gives the numbers of vertices that were merged away to the last ones.
func (b *breaker) compact() {
	if b.keep {
		return
	}
	n := int32(len(b.left))
	for _, free := range b.isolated {
		for n > 0 && b.left[n-1] == none {
			n--
		}
		if n-1 < free {
			continue
		}
		b.around(b.left[n-1], func(c int32) bool { b.vertex[c] = free; return true })
		b.left[free], b.left[n-1] = b.left[n-1], none
		n--
	}
	b.left = b.left[:n]
}
