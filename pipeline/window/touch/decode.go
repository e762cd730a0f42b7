package touch

import (
	"encoding/binary"
	"time"
)

// Finger is one that touches. X and Y are shares of the screen from its upper left, 0 to 1.
type Finger struct {
	ID   int // the same as long as it touches
	X, Y float64
}

// Frame is which fingers touch at a time of the device's clock.
type Frame struct {
	At      time.Duration
	Fingers []Finger // in the order of their slots
}

// Range is what a device gives for the two ends of an axis.
type Range struct{ Min, Max int32 }

// share is where a value lies in the range; beyond it, at its ends.
func (r Range) share(v int32) float64 {
	if r.Max <= r.Min {
		return 0
	}
	return min(max((float64(v)-float64(r.Min))/(float64(r.Max)-float64(r.Min)), 0), 1)
}

// Events of linux/input-event-codes.h.
const (
	evSyn, evKey, evAbs = 0, 1, 3
	synReport           = 0
	synDropped          = 3
	btnTouch            = 0x14a
	absX, absY          = 0, 1
	absSlot             = 0x2f
	absMTX, absMTY      = 0x35, 0x36
	absTracking         = 0x39
)

const (
	eventSize = 24 // struct input_event of 64-bit systems: two words of time, type, code, value
	slots     = 16 // fingers at most
)

// Decoder turns the bytes of a device into frames. Whatever they are, it takes bounded memory.
type Decoder struct {
	X, Y   Range
	Single bool // the device knows one finger only: its position is ABS_X and ABS_Y

	rest    []byte // of an event that has not come whole
	slot    int32
	fingers [slots]slot
	next    int // id of a single finger
	lost    bool
}

type slot struct {
	there bool
	id    int
	x, y  int32
}

// Feed takes bytes as they come and returns the frames that they end.
func (d *Decoder) Feed(data []byte) (out []Frame) {
	d.rest = append(d.rest, data...)
	for len(d.rest) >= eventSize {
		e := d.rest[:eventSize]
		kind, code := binary.LittleEndian.Uint16(e[16:]), binary.LittleEndian.Uint16(e[18:])
		value := int32(binary.LittleEndian.Uint32(e[20:]))
		if d.event(kind, code, value) {
			// Of the two words the second is below a million; both wrap where they are none.
			at := time.Duration(binary.LittleEndian.Uint64(e))*time.Second + time.Duration(binary.LittleEndian.Uint64(e[8:]))*time.Microsecond
			out = append(out, d.frame(at))
		}
		d.rest = d.rest[eventSize:]
	}
	d.rest = append([]byte(nil), d.rest...)
	return out
}

// event takes one event and tells whether it ends a frame.
func (d *Decoder) event(kind, code uint16, value int32) bool {
	switch {
	case kind == evSyn && code == synDropped: // what is there is unknown until fingers come anew
		d.fingers, d.lost = [slots]slot{}, true
		return false
	case kind == evSyn && code == synReport:
		was := d.lost
		d.lost = false
		return !was || d.fingers == [slots]slot{} // after a loss: that no finger is there
	case d.lost:
		return false
	case d.Single:
		d.single(kind, code, value)
	case kind == evAbs:
		d.multi(code, value)
	}
	return false
}

func (d *Decoder) single(kind, code uint16, value int32) {
	f := &d.fingers[0]
	switch {
	case kind == evKey && code == btnTouch:
		if value != 0 && !f.there {
			d.next++
			f.id = d.next
		}
		f.there = value != 0
	case kind == evAbs && code == absX:
		f.x = value
	case kind == evAbs && code == absY:
		f.y = value
	}
}

func (d *Decoder) multi(code uint16, value int32) {
	if code == absSlot {
		d.slot = value
		return
	}
	if d.slot < 0 || d.slot >= slots {
		return
	}
	f := &d.fingers[d.slot]
	switch code {
	case absTracking:
		f.there, f.id = value >= 0, int(value)
	case absMTX:
		f.x = value
	case absMTY:
		f.y = value
	}
}

func (d *Decoder) frame(at time.Duration) Frame {
	f := Frame{At: at}
	for _, s := range d.fingers {
		if s.there {
			f.Fingers = append(f.Fingers, Finger{s.id, d.X.share(s.x), d.Y.share(s.y)})
		}
	}
	return f
}
