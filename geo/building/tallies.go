package building

import (
	"encoding/binary"
	"errors"
	"sync"

	"github.com/longtake/longtake/geo/spool"
)

// tallies are what is counted in the cells of a survey: first counts in any order, then,
// from the first question on, their sums, ward by ward. Both go to disk beyond a limit, so
// that a country's take no more memory than a town's.
type tallies struct {
	mu      sync.Mutex
	dir     string
	limit   int
	counted *spool.Sorter // while it is filled
	sums    *spool.File
	where   map[cell]extent // of each ward in sums
	kept    []*ward         // the last that were looked at, the latest first
	err     error           // the first that the files met
}

const (
	wardCells = 32   // a side of a ward: 5.4 km
	wardsKept = 12   // in memory, of some 100 KB
	built     = 0xff // in place of a class: footprints in square decimetres
)

// extent is a part of the sums, in records.
type extent struct{ from, count int }

// sum is what a cell has of a class of buildings: how many are as high as a step.
type sum struct {
	class, step uint8
	n           uint64
}

// ward is a square of cells.
type ward struct {
	at   cell
	from [wardCells*wardCells + 1]int32 // where a cell's sums begin
	sums []sum
}

const (
	// A count is a ward, a cell in it, a class, a step and a number; a sum the same but the
	// ward.
	countKey  = 8 + 2 + 1 + 1
	countSize = countKey + 4
	sumSize   = countSize - 8 + 4
)

// A count has 32 bits: the widest footprint that is counted, 25 km², must fit, or this does not
// compile.
const _ uint32 = 100 * maxSize * maxSize

func newTallies(dir string, limit int) *tallies {
	return &tallies{dir: dir, limit: limit, counted: spool.NewSorter(dir, countSize, limit)}
}

// wardOf is the ward of a cell and the cell's number there.
func wardOf(at cell) (cell, int) {
	const mask = wardCells - 1
	return cell{at[0] &^ mask, at[1] &^ mask}, int(at[1]&mask)*wardCells + int(at[0]&mask)
}

// add counts n in. It is safe for concurrent use, but not together with look.
func (t *tallies) add(at cell, class, step uint8, n uint32) {
	s, k := wardOf(at)
	var r [countSize]byte
	binary.BigEndian.PutUint32(r[:], uint32(s[0]))
	binary.BigEndian.PutUint32(r[4:], uint32(s[1]))
	binary.BigEndian.PutUint16(r[8:], uint16(k))
	r[10], r[11] = class, step
	binary.BigEndian.PutUint32(r[countKey:], n)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counted == nil {
		panic("building: a survey is added to after it was read")
	}
	t.fail(t.counted.Add(r[:]))
}

// fail notes what the files met first.
func (t *tallies) fail(err error) {
	if t.err == nil {
		t.err = err
	}
}

// end sums up what was counted.
func (t *tallies) end() {
	t.sums, t.where = spool.NewFile(t.dir, t.limit), map[cell]extent{}
	var last [countSize]byte
	n, total := 0, uint64(0)
	put := func() error {
		if total == 0 {
			return nil
		}
		at := cell{int32(binary.BigEndian.Uint32(last[:])), int32(binary.BigEndian.Uint32(last[4:]))}
		r, ok := t.where[at]
		if !ok {
			r.from = n
		}
		r.count++
		t.where[at] = r
		n++
		_, err := t.sums.Write(binary.BigEndian.AppendUint64(last[8:countKey:countKey], total))
		return err
	}
	err := t.counted.Each(func(r []byte) error {
		if string(r[:countKey]) != string(last[:countKey]) {
			if err := put(); err != nil {
				return err
			}
			copy(last[:], r)
			total = 0
		}
		total += uint64(binary.BigEndian.Uint32(r[countKey:]))
		return nil
	})
	if err == nil {
		err = put()
	}
	t.fail(errors.Join(err, t.sums.Flush()))
	t.counted = nil
}

// ward returns a square of cells; nil where nothing is known of it.
func (t *tallies) ward(at cell) *ward {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counted != nil {
		t.end()
	}
	for i, s := range t.kept {
		if s.at == at {
			copy(t.kept[1:], t.kept[:i])
			t.kept[0] = s
			return s
		}
	}
	r, ok := t.where[at]
	if !ok {
		return nil
	}
	b, err := t.sums.Slice(int64(r.from)*sumSize, r.count*sumSize)
	if err != nil {
		t.fail(err)
		return nil
	}
	s := &ward{at: at, sums: make([]sum, r.count)}
	for i := range s.sums {
		b := b[i*sumSize:]
		s.from[binary.BigEndian.Uint16(b)+1]++
		s.sums[i] = sum{b[2], b[3], binary.BigEndian.Uint64(b[4:])}
	}
	for k := range wardCells * wardCells {
		s.from[k+1] += s.from[k]
	}
	if len(t.kept) < wardsKept {
		t.kept = append(t.kept, nil)
	}
	copy(t.kept[1:], t.kept)
	t.kept[0] = s
	return s
}

// around calls f for the sums of the cells up to reach cells away.
func (t *tallies) around(at cell, reach int32, f func(sum)) {
	var s *ward
	looked, first := cell{}, true
	for dy := -reach; dy <= reach; dy++ {
		for dx := -reach; dx <= reach; dx++ {
			of, k := wardOf(cell{at[0] + dx, at[1] + dy})
			if first || of != looked {
				s, looked, first = t.ward(of), of, false
			}
			if s == nil {
				continue
			}
			for _, v := range s.sums[s.from[k]:s.from[k+1]] {
				f(v)
			}
		}
	}
}
