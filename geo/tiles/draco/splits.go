package draco

import (
	"errors"
	"fmt"
)

// split says that the face of one symbol touches the face of an earlier one.
type split struct {
	source, target int
	right          bool
}

func (b *breaker) readSplits(symbols int) error {
	n, err := b.size("splits", b.varint(), symbols)
	if err != nil {
		return err
	}
	last := 0
	for range n {
		source := last + int(b.varint())
		target := source - int(b.varint())
		if b.err != nil {
			return b.err
		}
		if source >= symbols || target < 0 {
			return fmt.Errorf("from symbol %d to %d of %d", source, target, symbols)
		}
		b.splits = append(b.splits, split{source: source, target: target})
		last = source
	}
	if n > 0 {
		edges := b.bits()
		for i := range b.splits {
			b.splits[i].right = edges.read(1) == 1
		}
		b.done(edges)
	}
	return b.err
}

// announce remembers the open edges that splits at this symbol, counted as the encoder
// did, leave for symbols to come.
func (b *breaker) announce(symbol, total int) error {
	for len(b.splits) > 0 {
		s := b.splits[len(b.splits)-1]
		if s.source > symbol {
			return errors.New("a split that belongs to no face")
		}
		if s.source != symbol {
			return nil
		}
		b.splits = b.splits[:len(b.splits)-1]
		corner := b.stack[len(b.stack)-1]
		if s.right {
			corner = next(corner)
		} else {
			corner = previous(corner)
		}
		b.waiting[total-1-s.target] = corner
	}
	return nil
}
