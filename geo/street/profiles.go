package street

import (
	"encoding/binary"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
)

// dependCell is the size in metres of the cells by which profiles are found; more than
// Reach.
const dependCell = 400.0

// Profiles are the heights of all bridges and of what rises to them: in memory only what
// tells where they lie. A nil pointer knows of none. Its methods may be called from many
// goroutines.
type Profiles struct {
	bytes *spool.File
	order *spool.File     // places of profiles, by cell
	cells map[cell][2]int // first and number in order
}

// profileWriter takes profiles as they are solved.
type profileWriter struct {
	bytes *spool.File
	cells *spool.Sorter // cell and place
	dir   string
	limit int
	err   error
}

const placeSize = 8 + 4

func newProfileWriter(dir string, limit int) *profileWriter {
	return &profileWriter{bytes: spool.NewFile(dir, limit), cells: spool.NewSorter(dir, 8+placeSize, limit), dir: dir, limit: limit}
}

func (w *profileWriter) add(p *profile) {
	var b spool.Writer
	p.append(&b)
	at := w.bytes.Size()
	if _, err := w.bytes.Write(b.B); w.err == nil {
		w.err = err
	}
	for _, c := range p.touches() {
		r := binary.BigEndian.AppendUint32(nil, uint32(c[1]))
		r = binary.BigEndian.AppendUint32(r, uint32(c[0]))
		r = binary.BigEndian.AppendUint64(r, uint64(at))
		if err := w.cells.Add(binary.BigEndian.AppendUint32(r, uint32(len(b.B)))); w.err == nil {
			w.err = err
		}
	}
}

// profiles ends writing.
func (w *profileWriter) profiles() (*Profiles, error) {
	out := &Profiles{bytes: w.bytes, order: spool.NewFile(w.dir, w.limit), cells: map[cell][2]int{}}
	n := 0
	err := w.cells.Each(func(r []byte) error {
		c := cell{int32(binary.BigEndian.Uint32(r[4:])), int32(binary.BigEndian.Uint32(r))}
		run, ok := out.cells[c]
		if !ok {
			run[0] = n
		}
		run[1]++
		out.cells[c] = run
		n++
		_, err := out.order.Write(r[8:])
		return err
	})
	for _, e := range []error{w.err, out.bytes.Flush(), out.order.Flush()} {
		if err == nil {
			err = e
		}
	}
	return out, err
}

// in adds the places of the profiles in a cell.
func (p *Profiles) in(c cell, out []place) ([]place, error) {
	run := p.cells[c]
	b, err := p.order.Slice(int64(run[0])*placeSize, run[1]*placeSize)
	for k := 0; k < len(b); k += placeSize {
		out = append(out, place{int64(binary.BigEndian.Uint64(b[k:])), binary.BigEndian.Uint32(b[k+8:])})
	}
	return out, err
}

// read reads profiles in the order in which they lie, each once.
func (p *Profiles) read(places []place) (out []*profile, err error) {
	slices.SortFunc(places, func(a, b place) int { return int(a.at - b.at) })
	for _, at := range slices.Compact(places) {
		b, err := p.bytes.Slice(at.at, int(at.size))
		if err != nil {
			return nil, err
		}
		q, err := readProfile(b)
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// owned are the profiles of the ways that a block owns, and the cells of its square.
func (p *Profiles) owned(b *geo.Block) (out []*profile, cells []cell, err error) {
	lo, hi := cellOf(pt(b.Square.Min), dependCell), cellOf(pt(b.Square.Max), dependCell)
	var places []place
	for x := lo[0]; x <= hi[0]; x++ {
		for y := lo[1]; y <= hi[1]; y++ {
			cells = append(cells, cell{x, y})
			if places, err = p.in(cell{x, y}, places); err != nil {
				return nil, nil, err
			}
		}
	}
	if out, err = p.read(places); err != nil {
		return nil, nil, err
	}
	return slices.DeleteFunc(out, func(q *profile) bool { return !b.Owns(q.foot[0], q.foot[1]) }), cells, nil
}

// near are the places of the profiles in reach of a block and of the raised ways that it
// owns, in the order in which they lie, each once.
func (p *Profiles) near(b *geo.Block) ([]place, error) {
	if p == nil || len(p.cells) == 0 {
		return nil, nil
	}
	owned, cells, err := p.owned(b)
	if err != nil {
		return nil, err
	}
	for _, q := range owned {
		cells = append(cells, q.touches()...)
	}
	seen := map[cell]bool{}
	var places []place
	for _, c := range cells {
		for dx := int32(-1); dx <= 1; dx++ {
			for dy := int32(-1); dy <= 1; dy++ {
				if c := (cell{c[0] + dx, c[1] + dy}); !seen[c] {
					seen[c] = true
					if places, err = p.in(c, places); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	slices.SortFunc(places, func(a, b place) int { return int(a.at - b.at) })
	return slices.Compact(places), nil
}

// Near is all that Build, Earthworks and Traffic may read of the heights for a block,
// whatever its features.
func (p *Profiles) Near(b *geo.Block) (*Heights, error) {
	places, err := p.near(b)
	if err != nil || len(places) == 0 {
		return newHeights(nil), err
	}
	all, err := p.read(places)
	if err != nil {
		return nil, err
	}
	return newHeights(all), nil
}

// Bytes tell all that Near gives: the profiles as they lie.
func (p *Profiles) Bytes(b *geo.Block) ([]byte, error) {
	places, err := p.near(b)
	if err != nil {
		return nil, err
	}
	size := 0
	for _, at := range places {
		size += int(at.size)
	}
	out := make([]byte, 0, size)
	for _, at := range places {
		data, err := p.bytes.Slice(at.at, int(at.size))
		if err != nil {
			return nil, err
		}
		out = append(out, data...)
	}
	return out, nil
}

// All is Near without a block, for few.
func (p *Profiles) All() (*Heights, error) {
	var places []place
	for k := int64(0); k < p.order.Size(); k += placeSize {
		b, err := p.order.Slice(k, placeSize)
		if err != nil {
			return nil, err
		}
		places = append(places, place{int64(binary.BigEndian.Uint64(b)), binary.BigEndian.Uint32(b[8:])})
	}
	all, err := p.read(places)
	if err != nil {
		return nil, err
	}
	return newHeights(all), nil
}

// Close lets go of what lies on disk.
func (p *Profiles) Close() error {
	if p == nil {
		return nil
	}
	err := p.bytes.Close()
	if e := p.order.Close(); err == nil {
		err = e
	}
	return err
}
