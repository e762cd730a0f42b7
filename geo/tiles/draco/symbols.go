package draco

import (
	"errors"
	"fmt"
)

// symbolSource gives the symbols of the edgebreaker.
type symbolSource interface {
	next() (int, error)
	// reached is told the new open corner after each symbol, merged two vertices that
	// became one.
	reached(t *table, corner int32)
	merged(into, from int32)
}

// sources opens the streams of the symbols, of the last faces and of the seams.
func (b *breaker) sources(coding uint8, seamed int) (starts *coin, seams []*coin, err error) {
	switch coding {
	case 0:
		b.source = &plain{bitstream{data: b.block()}}
	case 2:
		b.source = &valences{degree: make([]int32, b.vertices), context: none}
	default:
		return nil, nil, fmt.Errorf("symbols of coding %d; 0 and 2 are read", coding)
	}
	if starts, err = b.coin(); err != nil {
		return nil, nil, fmt.Errorf("last faces: %w", err)
	}
	for i := range seamed {
		s, err := b.coin()
		if err != nil {
			return nil, nil, fmt.Errorf("seams of attribute %d: %w", i, err)
		}
		seams = append(seams, s)
	}
	if v, ok := b.source.(*valences); ok {
		err = v.read(b)
	}
	return starts, seams, err
}

// plain symbols have one bit for C and three for each other.
type plain struct{ bitstream }

func (p *plain) next() (int, error) {
	s := int(p.read(1))
	if s == 1 {
		s |= int(p.read(2)) << 1
	}
	if p.over {
		return 0, errShort
	}
	return s, nil
}

func (p *plain) reached(*table, int32) {}
func (p *plain) merged(_, _ int32)     {}

// valences codes symbols by how many faces the vertex ahead has so far.
type valences struct {
	degree  []int32
	strings [6][]uint32 // for 2 to 7 faces, the last symbol first
	context int32
	last    int
}

func (v *valences) read(b *breaker) error {
	for i := range v.strings {
		n, err := b.size("symbols", b.varint(), b.count)
		if err != nil {
			return err
		}
		v.strings[i] = make([]uint32, n)
		if err := b.symbols(v.strings[i], 1); err != nil {
			return fmt.Errorf("symbols at %d faces: %w", i+2, err)
		}
	}
	return nil
}

func (v *valences) next() (int, error) {
	if v.context == none {
		v.last = symbolE
		return v.last, nil
	}
	s := v.strings[v.context]
	if len(s) == 0 {
		return 0, errShort
	}
	id := s[len(s)-1]
	v.strings[v.context] = s[:len(s)-1]
	if id > 4 {
		return 0, errors.New("an unknown symbol")
	}
	v.last = [...]int{symbolC, symbolS, symbolL, symbolR, symbolE}[id]
	return v.last, nil
}

func (v *valences) reached(t *table, corner int32) {
	a, n, p := t.vertex[corner], t.vertex[next(corner)], t.vertex[previous(corner)]
	add := [3]int32{0, 1, 1}
	switch v.last {
	case symbolR:
		add = [3]int32{1, 1, 2}
	case symbolL:
		add = [3]int32{1, 2, 1}
	case symbolE:
		add = [3]int32{2, 2, 2}
	}
	v.degree[a] += add[0]
	v.degree[n] += add[1]
	v.degree[p] += add[2]
	v.context = min(max(v.degree[n], 2), 7) - 2
}

func (v *valences) merged(into, from int32) { v.degree[into] += v.degree[from] }
