package street

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
)

// sort puts what was found in the order of its groups.
func (s *Survey) sort() error {
	s.group()
	if s.err != nil {
		return s.err
	}
	for _, h := range s.parts {
		if err := h.features.Flush(); err != nil {
			return err
		}
		if h.order != nil {
			continue
		}
		h.order = spool.NewFile(s.dir, s.limit)
		err := h.found.Each(func(r []byte) error {
			_, err := h.order.Write(r)
			return err
		})
		if err == nil {
			err = h.order.Flush()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// each calls f with the ways near each group, in an order that does not depend on who
// filled the survey.
func (s *Survey) each(f func(group int32, ways []way) error) error {
	if err := s.sort(); err != nil {
		return err
	}
	readers, next := make([]io.Reader, len(s.parts)), make([][]byte, len(s.parts))
	step := func(i int) error {
		next[i] = make([]byte, foundSize)
		_, err := io.ReadFull(readers[i], next[i])
		if errors.Is(err, io.EOF) {
			next[i], err = nil, nil
		}
		return err
	}
	for i, h := range s.parts {
		readers[i] = h.order.Reader()
		if err := step(i); err != nil {
			return fmt.Errorf("street: %w", err)
		}
	}
	for g := int32(1); g <= s.around.count; g++ {
		var ways []way
		for i, h := range s.parts {
			for next[i] != nil && int32(binary.BigEndian.Uint32(next[i])) == g {
				feature, err := h.read(place{int64(binary.BigEndian.Uint64(next[i][4:])), binary.BigEndian.Uint32(next[i][12:])})
				if err != nil {
					return err
				}
				ways = append(ways, s.waysNear(&feature, g)...)
				if err := step(i); err != nil {
					return fmt.Errorf("street: %w", err)
				}
			}
		}
		slices.SortFunc(ways, func(a, b way) int {
			return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.part, b.part), slices.CompareFunc(a.line, b.line, func(p, q pt) int { return slices.Compare(p[:], q[:]) }))
		})
		if len(ways) > 0 {
			if err := f(g, ways); err != nil {
				return err
			}
		}
	}
	return nil
}

// waysNear are the ways of a feature that come near a group.
func (s *Survey) waysNear(f *geo.Feature, group int32) []way {
	var ways []way
	if bridged(f.Tags) || floored(f.Tags) {
		ways = waysOf(&s.frame, 0, f, ignore)
	} else {
		ways = s.ground(f)
	}
	ways = slices.DeleteFunc(ways, func(w way) bool { return !slices.Contains(s.around.groups(nil, w.line), group) })
	for i := range ways {
		ways[i].tags = nil
	}
	return ways
}
