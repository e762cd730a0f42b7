package draco

import "encoding/binary"

// reader walks over bytes. After the first read beyond the end, err is set and all reads
// give zero.
type reader struct {
	data []byte
	at   int
	err  error
}

func (r *reader) bytes(n int) []byte {
	if r.err != nil || n < 0 || n > len(r.data)-r.at {
		if r.err == nil {
			r.err = errShort
		}
		return nil
	}
	r.at += n
	return r.data[r.at-n : r.at]
}

func (r *reader) u8() uint8 {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) u16() uint16 {
	if b := r.bytes(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (r *reader) u32() uint32 {
	if b := r.bytes(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// varint reads an unsigned LEB128 number; what does not fit 32 bits ends the data.
func (r *reader) varint() uint32 {
	var v uint64
	for shift := 0; shift < 35; shift += 7 {
		b := r.u8()
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			if v>>32 != 0 {
				break
			}
			return uint32(v)
		}
	}
	if r.err == nil {
		r.err = errShort
	}
	return 0
}

// block reads a length and that many bytes.
func (r *reader) block() []byte { return r.bytes(int(r.varint())) }

// bitstream reads bits, the lowest of each byte first. Beyond the end they are zero, and over
// is set.
type bitstream struct {
	data []byte
	at   int // in bits
	over bool
}

func (b *bitstream) read(n int) uint32 {
	var v uint32
	for i := range n {
		if b.at>>3 >= len(b.data) {
			b.over = true
			return v
		}
		v |= uint32(b.data[b.at>>3]>>(b.at&7)&1) << i
		b.at++
	}
	return v
}

// bits gives the bytes that follow as bits; done goes on behind what was read of them.
func (r *reader) bits() bitstream { return bitstream{data: r.data[r.at:]} }

func (r *reader) done(b bitstream) {
	if b.over && r.err == nil {
		r.err = errShort
	}
	r.bytes((b.at + 7) / 8)
}
