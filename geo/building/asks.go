package building

import (
	"encoding/binary"

	"github.com/longtake/longtake/geo/spool"
)

// ask is what a building without a height wants to know of a survey: all that answer reads
// of it.
type ask struct {
	at   cell
	area float64
	seed uint64
	rule *rule
}

// Asks are the questions that building a block has put to what Near gave for it. They
// depend on what Of reads of the block and on the outlines that Near knows, not on what the
// survey has answered: an unchanged block asks the same again, and what it becomes is told
// by Answers.
func (s *Survey) Asks() []byte {
	var all []ask
	if s.asked != nil {
		all = *s.asked
	}
	var w spool.Writer
	w.Uint(uint64(len(all)))
	for _, a := range all {
		w.Int(int64(a.at[0]))
		w.Int(int64(a.at[1]))
		w.B = binary.LittleEndian.AppendUint64(w.B, a.seed)
		w.Float(a.area)
		r := a.rule
		w.String(r.name)
		w.Float(r.levels)
		w.Float(r.storey)
		w.Float(r.spread)
		w.Byte(byte(r.near))
		w.Byte(flag(r.grows))
	}
	return w.B
}

// Answers is what the survey says to the questions that Asks has told.
func (s *Survey) Answers(asks []byte) ([]byte, error) {
	r := spool.Reader{B: asks}
	var w spool.Writer
	for n := r.Count(40); n > 0; n-- {
		a := ask{at: cell{int32(r.Int()), int32(r.Int())}}
		if b := r.Take(8); b != nil {
			a.seed = binary.LittleEndian.Uint64(b)
		}
		a.area = r.Float()
		a.rule = &rule{name: r.String(), levels: r.Float(), storey: r.Float(), spread: r.Float(), near: near(r.Byte()), grows: r.Byte() == 1}
		if r.Err != nil {
			break
		}
		h, found := s.answer(a)
		w.Float(h)
		w.Byte(flag(found))
	}
	return w.B, r.Err
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}
