package meshopt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

const (
	attributesHeader = 0xa0
	groupSize        = 16 // elements
	maxBlock         = 256
	tailSize         = 32 // at least; the baseline element is at its end
)

// blockElements is how many elements an attribute block holds at most.
func blockElements(stride int) int { return min((8192/stride)&^(groupSize-1), maxBlock) }

func checkStride(stride int) error {
	if stride < 4 || stride > 256 || stride%4 != 0 {
		return fmt.Errorf("meshopt: elements of %d bytes: the size must be a multiple of 4 up to 256", stride)
	}
	return nil
}

// AppendAttributes appends the mode 0 stream of len(data)/stride elements to out.
func AppendAttributes(out, data []byte, stride int) ([]byte, error) {
	if err := checkStride(stride); err != nil {
		return out, err
	}
	if len(data) == 0 || len(data)%stride != 0 {
		return out, fmt.Errorf("meshopt: %d bytes are not elements of %d", len(data), stride)
	}
	out = append(out, attributesHeader)
	first := data[:stride]
	last := first
	per := blockElements(stride)
	for at := 0; at < len(data); {
		n := min(per, (len(data)-at)/stride)
		block := data[at : at+n*stride]
		out = appendBlock(out, block, last, stride, n)
		last = block[len(block)-stride:]
		at += len(block)
	}
	for i := stride; i < tailSize; i++ {
		out = append(out, 0)
	}
	return append(out, first...), nil
}

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// deltas8 is the zigzag of eight byte differences a − b at once.
func deltas8(a, b uint64) uint64 {
	d := ((a | highs) - (b &^ highs)) ^ ((a ^ ^b) & highs)
	sign := (d >> 7) & lows
	return ((d &^ highs) << 1) ^ (sign * 0xff)
}

// columns are four bytes of each of a block's elements, byte by byte, eight elements a word.
type columns [4][maxBlock / 8]uint64

// take takes the bytes from k on of n elements, and the last one again up to whole groups.
func (c *columns) take(block []byte, k, stride, n int) {
	at := func(i int) uint64 { return uint64(binary.LittleEndian.Uint32(block[min(i, n-1)*stride+k:])) }
	for w := range (n + groupSize - 1) / groupSize * 2 {
		var t [4]uint64
		if i := 8 * w; i+8 <= n {
			b := block[i*stride+k : (i+7)*stride+k+4]
			for j := range t {
				t[j] = uint64(binary.LittleEndian.Uint32(b[j*stride:])) | uint64(binary.LittleEndian.Uint32(b[(j+4)*stride:]))<<32
			}
		} else {
			for j := range t {
				t[j] = at(i+j) | at(i+j+4)<<32
			}
		}
		// Both halves are transposed as 4 × 4 bytes: pairs first, then bytes.
		const pair, single = 0x0000ffff0000ffff, 0x00ff00ff00ff00ff
		a, b := t[0]&pair|t[2]&pair<<16, t[1]&pair|t[3]&pair<<16
		d, e := t[0]>>16&pair|t[2]&^pair, t[1]>>16&pair|t[3]&^pair
		c[0][w], c[1][w] = a&single|b&single<<8, a>>8&single|b&^single
		c[2][w], c[3][w] = d&single|e&single<<8, d>>8&single|e&^single
	}
}

// appendBlock appends one data block for every byte of the elements.
func appendBlock(out, block, last []byte, stride, n int) []byte {
	var columns columns
	groups := (n + groupSize - 1) / groupSize
	for k := range stride {
		if k%4 == 0 {
			columns.take(block, k, stride, n)
		}
		head := len(out)
		for range (groups + 3) / 4 {
			out = append(out, 0)
		}
		before := uint64(last[k])
		for g := range groups {
			a, b := columns[k%4][2*g], columns[k%4][2*g+1]
			lo, hi := deltas8(a, a<<8|before), deltas8(b, b<<8|a>>56)
			before = b >> 56
			if lo|hi == 0 {
				continue
			}
			var mode byte
			mode, out = appendGroup(out, lo, hi)
			out[head+g/4] |= mode << (g % 4 * 2)
		}
	}
	return out
}

// beyond marks (in the lowest bit of each byte) the bytes that are not below a sentinel
// of 2 or 4 set bits.
func beyond(v uint64, width uint) uint64 {
	if width == 2 {
		high := v & 0xfcfcfcfcfcfcfcfc
		high |= high >> 4
		high |= high >> 2
		return (high>>2 | high>>3 | (v & (v >> 1))) & lows
	}
	high := v >> 4
	high |= high >> 2
	low := v & (v >> 1)
	return (high | high>>1 | (low & (low >> 2))) & lows
}

// appendGroup appends 16 zigzag deltas, not all 0, in the shortest form and returns its number.
func appendGroup(out []byte, lo, hi uint64) (mode byte, _ []byte) {
	lo2, hi2 := beyond(lo, 2), beyond(hi, 2)
	lo4, hi4 := beyond(lo, 4), beyond(hi, 4)
	size2 := 4 + bits.OnesCount64(lo2) + bits.OnesCount64(hi2)
	size4 := 8 + bits.OnesCount64(lo4) + bits.OnesCount64(hi4)
	switch {
	case size2 >= groupSize && size4 >= groupSize:
		out = binary.LittleEndian.AppendUint64(out, lo)
		return 3, binary.LittleEndian.AppendUint64(out, hi)
	case size2 <= size4:
		out = binary.BigEndian.AppendUint32(out, pack2(lo|lo2*0xff)<<16|pack2(hi|hi2*0xff))
		return 1, appendMarked(appendMarked(out, lo, lo2), hi, hi2)
	}
	out = binary.BigEndian.AppendUint64(out, uint64(pack4(lo|lo4*0xff))<<32|uint64(pack4(hi|hi4*0xff)))
	return 2, appendMarked(appendMarked(out, lo, lo4), hi, hi4)
}

// pack2 packs the lowest 2 bits of eight bytes, the first byte into the highest bits.
func pack2(v uint64) uint32 {
	v &= 0x0303030303030303
	v = bits.ReverseBytes64(v) // the first byte is the highest now
	v = (v | v>>6) & 0x000f000f000f000f
	v = (v | v>>12) & 0x000000ff000000ff
	return uint32(v|v>>24) & 0xffff
}

// pack4 packs the lowest 4 bits of eight bytes, the first byte into the highest bits.
func pack4(v uint64) uint32 {
	v = bits.ReverseBytes64(v & 0x0f0f0f0f0f0f0f0f)
	v = (v | v>>4) & 0x00ff00ff00ff00ff
	v = (v | v>>8) & 0x0000ffff0000ffff
	return uint32(v | v>>16)
}

// appendMarked appends the bytes of v whose mark is set, first byte first.
func appendMarked(out []byte, v, marks uint64) []byte {
	for marks != 0 {
		at := bits.TrailingZeros64(marks)
		out = append(out, byte(v>>at))
		marks &= marks - 1
	}
	return out
}

// DecodeAttributes decodes a mode 0 stream into out, whose length is the number of
// elements times the stride.
func DecodeAttributes(out, data []byte, stride int) error {
	if err := checkStride(stride); err != nil {
		return err
	}
	if len(out)%stride != 0 {
		return fmt.Errorf("meshopt: %d bytes are not elements of %d", len(out), stride)
	}
	tail := max(stride, tailSize)
	if len(data) < 1+tail || data[0] != attributesHeader {
		return errors.New("meshopt: this is no stream of attributes of version 0")
	}
	var last [256]byte
	copy(last[:stride], data[len(data)-stride:])
	data = data[1 : len(data)-tail]
	per := blockElements(stride)
	for len(out) > 0 {
		n := min(per, len(out)/stride)
		var err error
		if data, err = decodeBlock(out[:n*stride], data, last[:stride], n); err != nil {
			return err
		}
		copy(last[:stride], out[(n-1)*stride:n*stride])
		out = out[n*stride:]
	}
	if len(data) > 0 {
		return fmt.Errorf("meshopt: %d bytes are left after the last element", len(data))
	}
	return nil
}

// decodeBlock decodes n elements and returns what follows the block.
func decodeBlock(out, data, last []byte, n int) ([]byte, error) {
	stride := len(last)
	groups := (n + groupSize - 1) / groupSize
	headers := (groups + 3) / 4
	var deltas [groupSize]byte
	for k := range stride {
		if len(data) < headers {
			return nil, errShort
		}
		head := data[:headers]
		data = data[headers:]
		v := last[k]
		for g := range groups {
			used, ok := decodeGroup(&deltas, data, head[g/4]>>(g%4*2)&3)
			if !ok {
				return nil, errShort
			}
			data = data[used:]
			at := g*groupSize*stride + k
			for _, d := range deltas[:min(groupSize, n-g*groupSize)] {
				v += d>>1 ^ -(d & 1)
				out[at] = v
				at += stride
			}
		}
	}
	return data, nil
}

// decodeGroup reads 16 zigzag deltas and returns how many bytes they took.
func decodeGroup(deltas *[groupSize]byte, data []byte, mode byte) (used int, ok bool) {
	var width uint
	switch mode {
	case 0:
		*deltas = [groupSize]byte{}
		return 0, true
	case 1:
		width = 2
	case 2:
		width = 4
	default:
		if len(data) < groupSize {
			return 0, false
		}
		copy(deltas[:], data)
		return groupSize, true
	}
	packed := int(width) * groupSize / 8
	if len(data) < packed {
		return 0, false
	}
	sentinel := byte(1)<<width - 1
	used = packed
	var word uint64
	if width == 2 {
		word = uint64(binary.BigEndian.Uint32(data)) << 32
	} else {
		word = binary.BigEndian.Uint64(data)
	}
	for i := range deltas {
		v := byte(word >> (64 - width))
		word <<= width
		if v == sentinel {
			if used >= len(data) {
				return 0, false
			}
			v = data[used]
			used++
		}
		deltas[i] = v
	}
	return used, true
}
