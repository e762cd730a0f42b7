package traffic

import (
	"encoding/binary"
	"io"

	"github.com/longtake/longtake/geo/spool"
)

// Network collects the lanes of blocks and joins them to routes. It holds a few bits a
// lane; all else lies on disk beyond a limit.
type Network struct {
	dir   string
	limit int
	bytes *spool.File   // of lanes and turns
	lanes *spool.File   // by number: where the lane's bytes lie
	next  *spool.File   // by number: the lane that it leads into, and the turn's bytes
	ends  *spool.Sorter // of lanes, and of links that lead away from them
	begin *spool.Sorter // the starts of lanes
	count int
}

// place is where something lies among a network's bytes; it takes placeSize bytes.
type place struct {
	at   int64
	size uint32
}

const placeSize = 12

func (p place) append(b []byte) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(b, uint64(p.at)), p.size)
}

func placeOf(b []byte) place {
	return place{int64(binary.BigEndian.Uint64(b)), binary.BigEndian.Uint32(b[8:])}
}

// What lies at an end of lanes, as it is sorted: the end, whether it is a lane's or a
// link's, and the rest.
const (
	aLane = iota
	aLink
	endSize   = 8 + 1 + 8 + placeSize // a lane's number, or the link's start and turn
	beginSize = 8 + 1 + 4 + placeSize // a lane's number, or that of the lane before and the turn
	nextSize  = 4 + placeSize
	pairSize  = 4 + nextSize
	nothing   = ^uint32(0)
)

// NewNetwork returns an empty network that holds limit bytes of each kind of record in
// memory, and more in files of dir that need no removal.
func NewNetwork(dir string, limit int) *Network {
	return &Network{
		dir: dir, limit: limit, bytes: spool.NewFile(dir, limit), lanes: spool.NewFile(dir, limit), next: spool.NewFile(dir, limit),
		ends: spool.NewSorter(dir, endSize, limit), begin: spool.NewSorter(dir, beginSize, limit),
	}
}

// Lanes is the number of lanes so far.
func (n *Network) Lanes() int { return n.count }

// Add takes what a block adds; blocks come in their order.
func (n *Network) Add(p *Part) error {
	var w spool.Writer
	put := func(write func(w *spool.Writer)) (place, error) {
		w.B = w.B[:0]
		write(&w)
		at := place{n.bytes.Size(), uint32(len(w.B))}
		_, err := n.bytes.Write(w.B)
		return at, err
	}
	var record []byte
	for i := range p.lanes {
		l := &p.lanes[i]
		at, err := put(l.append)
		if err != nil {
			return err
		}
		if _, err := n.lanes.Write(at.append(record[:0])); err != nil {
			return err
		}
		record = append(binary.BigEndian.AppendUint64(record[:0], l.end), aLane)
		record = place{}.append(binary.BigEndian.AppendUint64(record, uint64(n.count)))
		if err := n.ends.Add(record); err != nil {
			return err
		}
		record = append(binary.BigEndian.AppendUint64(record[:0], l.start), aLane)
		record = place{}.append(binary.BigEndian.AppendUint32(record, uint32(n.count)))
		if err := n.begin.Add(record); err != nil {
			return err
		}
		n.count++
	}
	for i := range p.links {
		l := &p.links[i]
		at, err := put(l.append)
		if err != nil {
			return err
		}
		record = append(binary.BigEndian.AppendUint64(record[:0], l.end), aLink)
		record = at.append(binary.BigEndian.AppendUint64(record, l.start))
		if err := n.ends.Add(record); err != nil {
			return err
		}
	}
	return nil
}

// join finds which lane leads into which, by sorting the ends of lanes with the links that
// lead away from them, and these with the starts of lanes. entered are the lanes that
// another leads into.
func (n *Network) join() (entered bits, err error) {
	var record []byte
	var key uint64
	from := nothing
	err = n.ends.Each(func(r []byte) error {
		k := binary.BigEndian.Uint64(r)
		if r[8] == aLane {
			key, from = k, uint32(binary.BigEndian.Uint64(r[9:]))
			return nil
		}
		if from == nothing || k != key { // of a lane that no block owns
			return nil
		}
		record = append(append(record[:0], r[9:17]...), aLink)
		record = append(binary.BigEndian.AppendUint32(record, from), r[17:]...)
		return n.begin.Add(record)
	})
	if err != nil {
		return nil, err
	}
	pairs := spool.NewSorter(n.dir, pairSize, n.limit)
	entered = make(bits, n.count/64+1)
	to := nothing
	err = n.begin.Each(func(r []byte) error {
		k := binary.BigEndian.Uint64(r)
		if r[8] == aLane {
			key, to = k, binary.BigEndian.Uint32(r[9:])
			return nil
		}
		if to == nothing || k != key || entered.has(to) {
			return nil
		}
		entered.set(to)
		record = append(append(record[:0], r[9:13]...), r[9:]...)
		binary.BigEndian.PutUint32(record[4:], to)
		return pairs.Add(record)
	})
	if err != nil {
		return nil, err
	}
	none := place{}.append(binary.BigEndian.AppendUint32(nil, nothing))
	done := uint32(0)
	err = pairs.Each(func(r []byte) error {
		from := binary.BigEndian.Uint32(r)
		for ; done < from; done++ {
			if _, err := n.next.Write(none); err != nil {
				return err
			}
		}
		if done > from { // it leads on already
			return nil
		}
		done++
		_, err := n.next.Write(r[4:])
		return err
	})
	for ; err == nil && done < uint32(n.count); done++ {
		_, err = n.next.Write(none)
	}
	for _, f := range []*spool.File{n.bytes, n.lanes, n.next} {
		if err == nil {
			err = f.Flush()
		}
	}
	return entered, err
}

// lane reads the lane with a number.
func (n *Network) lane(i uint32) (l lane, err error) {
	b, err := n.lanes.Slice(int64(i)*placeSize, placeSize)
	if err == nil {
		b, err = n.at(placeOf(b))
	}
	if err != nil {
		return l, err
	}
	r := spool.Reader{B: b}
	l.read(&r)
	return l, r.Err
}

// after is the lane that one leads into, and where the turn lies; nothing for none.
func (n *Network) after(i uint32) (to uint32, at place, err error) {
	b, err := n.next.Slice(int64(i)*nextSize, nextSize)
	if err != nil {
		return nothing, at, err
	}
	return binary.BigEndian.Uint32(b), placeOf(b[4:]), nil
}

func (n *Network) turn(at place) (t turn, err error) {
	b, err := n.at(at)
	if err != nil {
		return t, err
	}
	r := spool.Reader{B: b}
	t.read(&r)
	return t, r.Err
}

func (n *Network) at(p place) ([]byte, error) { return n.bytes.Slice(p.at, int(p.size)) }

// Close lets go of everything.
func (n *Network) Close() (err error) {
	for _, c := range []io.Closer{n.bytes, n.lanes, n.next} {
		if e := c.Close(); err == nil {
			err = e
		}
	}
	return err
}

// bits are a set of small numbers.
type bits []uint64

func (b bits) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bits) set(i uint32)      { b[i/64] |= 1 << (i % 64) }
