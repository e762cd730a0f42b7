package street

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/longtake/longtake/geo/spool"
)

// Append adds all profiles as bytes, to be kept from run to run; ReadProfiles reads them.
func (p *Profiles) Append(b []byte) ([]byte, error) {
	all, err := p.order.Slice(0, int(p.order.Size()))
	if err != nil {
		return nil, err
	}
	places := make([]place, 0, len(all)/placeSize)
	for ; len(all) > 0; all = all[placeSize:] {
		places = append(places, place{int64(binary.BigEndian.Uint64(all)), binary.BigEndian.Uint32(all[8:])})
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.at, b.at) })
	places = slices.Compact(places) // a profile has one in each of its cells
	w := spool.Writer{B: b}
	w.Uint(uint64(len(places)))
	for _, at := range places {
		data, err := p.bytes.Slice(at.at, int(at.size))
		if err != nil {
			return nil, err
		}
		w.Bytes(data)
	}
	return w.B, nil
}

// ReadProfiles reads what Append gave. It keeps limit bytes of a kind in memory and more in
// files of dir that need no removal.
func ReadProfiles(data []byte, dir string, limit int) (*Profiles, error) {
	r := spool.Reader{B: data}
	out := newProfileWriter(dir, limit)
	for n := r.Count(1); n > 0 && r.Err == nil && out.err == nil; n-- {
		p, err := readProfile(r.Bytes())
		if err != nil {
			return nil, err
		}
		out.add(p)
	}
	if r.Err != nil {
		return nil, r.Err
	}
	return out.profiles()
}
