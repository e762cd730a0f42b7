package check

import (
	"encoding/json"
	"fmt"

	"github.com/longtake/longtake/geo/tiles/meshopt"
)

// compressed checks the buffer views of EXT_meshopt_compression by its list of what must
// hold, and decodes them.
func (f *features) compressed() {
	f.unpacked = map[int][]byte{}
	total := 0
	for i, v := range f.doc.BufferViews {
		if v == nil {
			continue
		}
		at := fmt.Sprintf("/bufferViews/%d", i)
		e, ok := f.extension(v.Extensions, "EXT_meshopt_compression", at)
		if !ok {
			continue
		}
		at += "/extensions/EXT_meshopt_compression"
		buffer, ok1 := f.whole(e, "buffer", at, 0, true)
		length, ok2 := f.whole(e, "byteLength", at, 1, true)
		stride, ok3 := f.whole(e, "byteStride", at, 1, true)
		count, ok4 := f.whole(e, "count", at, 1, true)
		mode, ok5 := f.text(e, "mode", at, true)
		if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 {
			continue
		}
		offset, _ := f.whole(e, "byteOffset", at, 0, false)
		filter, _ := f.text(e, "filter", at, false)
		if v.ByteStride != 0 && v.ByteStride != stride {
			f.errorf(at+"/byteStride", "is %d where the view has %d", stride, v.ByteStride)
		}
		if v.ByteLength != stride*count {
			f.errorf(at+"/count", "%d elements of %d bytes where the view has %d bytes", count, stride, v.ByteLength)
			continue
		}
		if fault := meshoptFault(mode, filter, stride, count); fault != "" {
			f.errorf(at, "%s", fault)
			continue
		}
		if buffer != 0 || offset > len(f.bin) || length > len(f.bin)-offset {
			f.errorf(at+"/byteLength", "reaches beyond the binary chunk")
			continue
		}
		if total += v.ByteLength; total > 1<<30 || count > 64*length+16 {
			f.errorf(at+"/count", "%d elements cannot be in %d bytes", count, length)
			continue
		}
		out := make([]byte, v.ByteLength)
		if err := meshopt.Decode(out, f.bin[offset:offset+length], mode, filter, stride); err != nil {
			f.errorf(at, "%v", err)
			continue
		}
		f.unpacked[i] = out
	}
}

// meshoptFault is what the extension forbids of a mode, a filter and a stride.
func meshoptFault(mode, filter string, stride, count int) string {
	indices := mode == "TRIANGLES" || mode == "INDICES"
	switch {
	case mode != "ATTRIBUTES" && !indices:
		return fmt.Sprintf("the mode %q is none", mode)
	case indices && stride != 2 && stride != 4:
		return fmt.Sprintf("indices of %d bytes", stride)
	case indices && filter != "" && filter != "NONE":
		return "indices have no filter"
	case mode == "TRIANGLES" && count%3 != 0:
		return fmt.Sprintf("%d indices are no triangles", count)
	case mode == "ATTRIBUTES" && (stride%4 != 0 || stride > 256):
		return fmt.Sprintf("attributes of %d bytes", stride)
	case filter == "OCTAHEDRAL" && stride != 4 && stride != 8, filter == "QUATERNION" && stride != 8:
		return fmt.Sprintf("the filter %s has no elements of %d bytes", filter, stride)
	}
	return ""
}

// fallback tells a buffer that need not be in the file.
func (f *features) fallback(index int) bool {
	if index < 0 || index >= len(f.doc.Buffers) || f.doc.Buffers[index] == nil {
		return false
	}
	raw, err := json.Marshal(f.doc.Buffers[index].Extensions["EXT_meshopt_compression"])
	var e struct{ Fallback bool }
	return err == nil && json.Unmarshal(raw, &e) == nil && e.Fallback
}
