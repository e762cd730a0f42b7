package stage

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
)

// leftOut is what frames lack of what they were to show: rows, panels, pages, videos, parts of
// tiles. Each is counted once, however many frames lack it. The zero value is ready.
type leftOut struct {
	reasons map[string]*lacking
	fresh   []string // reasons that nobody has asked for yet, see Player.Tell
}

// lacking is what is left out for one reason.
type lacking struct {
	ids   []string
	known map[uint64]struct{} // hashes of all of them
}

// add notes one thing that a layer, or a file, leaves out; id is its name, or "".
func (l *leftOut) add(of, reason, id string) {
	reason = of + ": " + reason
	k := l.reasons[reason]
	if k == nil {
		if l.reasons == nil {
			l.reasons = map[string]*lacking{}
		}
		k = &lacking{known: map[uint64]struct{}{}}
		l.reasons[reason] = k
		l.fresh = append(l.fresh, reason)
	}
	h := fnv.New64a()
	h.Write([]byte(id)) // never fails
	if _, ok := k.known[h.Sum64()]; ok {
		return
	}
	k.known[h.Sum64()] = struct{}{}
	if len(k.ids) < geo.MaxIDs && id != "" {
		k.ids = append(k.ids, id)
	}
}

func (l *leftOut) of(reason string) geo.Skipped {
	k := l.reasons[reason]
	return geo.Skipped{Reason: reason, Count: len(k.known), IDs: slices.Sorted(slices.Values(k.ids))}
}

// LeftOut is what the frames so far lack of what they were to show, by layer or file and reason.
func (p *Player) LeftOut() []geo.Skipped {
	out := []geo.Skipped{}
	for _, reason := range slices.Sorted(maps.Keys(p.out.reasons)) {
		out = append(out, p.out.of(reason))
	}
	return out
}

// tell hands what is newly left out to who plays, and fails where nothing may be.
func (p *Player) tell() error {
	for _, reason := range p.out.fresh {
		k := p.out.of(reason)
		if p.options.LeftOut != nil {
			p.options.LeftOut(k)
		}
		if p.options.Strict {
			p.out.fresh = p.out.fresh[:0]
			return fmt.Errorf("%w: %s", ErrSkipped, strings.TrimSpace(k.Reason+" "+strings.Join(k.IDs[:min(1, len(k.IDs))], "")))
		}
	}
	p.out.fresh = p.out.fresh[:0]
	return nil
}
