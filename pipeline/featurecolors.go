package pipeline

import (
	"fmt"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// featureColors is one buffer with the colours of features, of which each draw knows its first:
// one, so that draws need not be divided by it. It grows by halves, in place.
type featureColors struct {
	buffer *gpu.Buffer
	spans  *spans
	copy   [][4]uint8 // of all of it, for the next buffer
	texels gpu.BufferTexture
	most   int // that the driver reads
	lacks  int // of colours that found no room, the last ones; 0 = all have
}

const firstColors = 1 << 16 // of a buffer; 256 KiB

// add uploads colours and returns where they are: nowhere, and lacks tells so, where the driver
// reads no more.
func (f *featureColors) add(colors [][4]uint8) span {
	if f.spans == nil {
		f.spans, f.texels.Single = newSpans(0), true
		f.spans.free = nil
	}
	at, ok := f.spans.take(len(colors))
	if !ok && f.spans.capacity < f.most {
		f.grow(len(colors))
		at, ok = f.spans.take(len(colors))
	}
	if !ok {
		f.lacks = len(colors)
		return span{}
	}
	copy(f.copy[at.first:], colors)
	f.buffer.Write(at.first*4, gpu.Bytes(colors))
	return at
}

// grow makes room for n more behind what there is: all stays where it is.
func (f *featureColors) grow(n int) {
	old := f.spans.capacity
	size := min(max(firstColors, old+old/2, old+n), f.most)
	f.buffer.Release()
	f.buffer = gpu.NewBuffer("colours of features", size*4)
	more := make([][4]uint8, size)
	copy(more, f.copy)
	f.copy = more
	f.buffer.Write(0, gpu.Bytes(f.copy[:old]))
	f.spans.capacity = size
	f.spans.put(span{old, size - old})
}

// remove frees what add has given.
func (f *featureColors) remove(at span) {
	if at.count > 0 {
		f.spans.put(at)
	}
}

// room is an error where colours of a mesh found none.
func (f *featureColors) room(mesh string) error {
	if f.lacks == 0 {
		return nil
	}
	n := f.lacks
	f.lacks = 0
	return fmt.Errorf("%s: the driver reads %d colours of features at most (GL_MAX_TEXTURE_BUFFER_SIZE), and %d more are to be drawn: colour fewer layers by values, or take a lower --quality, whose tiles are coarser", mesh, f.most, n)
}

// bind makes the colours readable to the frame's draws.
func (f *featureColors) bind() {
	if f.buffer != nil {
		f.texels.Bind(gpu.ColorUnit, f.buffer.ID, 0, f.buffer.Size)
	}
}

func (f *featureColors) release() {
	f.texels.Release()
	f.buffer.Release()
	*f = featureColors{most: f.most}
}

// painted is where the colours of a mesh's features begin, counted from 1.
func (r *residency) painted(c *drawable.Colors) uint32 {
	e := r.touch(c)
	if e == nil {
		at := r.colors.add(c.Of)
		if at.count == 0 {
			return 0
		}
		e = r.insert(&entry{key: c, records: poolRange{span: at}, bytes: 4 * len(c.Of), sheet: true}) // each change of a scale makes another
	}
	return uint32(e.records.first) + 1
}
