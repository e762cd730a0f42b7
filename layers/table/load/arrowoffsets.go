package load

import "github.com/apache/arrow-go/v18/arrow"

// ordered tells whether the offsets of an array, and of those within it, go up and stay within
// what they point into, as the format has them; the library believes them. Offsets that went
// up and down would have each row copy all there is. Views may share what they point into:
// their rows take room instead. What was seen before, as dictionaries are, is not looked at.
func ordered(d arrow.ArrayData, seen map[arrow.ArrayData]bool) bool {
	parts := d.Children()
	ok := true
	switch t := d.DataType().(type) {
	case *arrow.StringType, *arrow.BinaryType:
		ok = goUp(arrow.Int32Traits.CastFromBytes(bytesAt(d, 1)), d, len(bytesAt(d, 2)))
	case *arrow.LargeStringType, *arrow.LargeBinaryType:
		ok = goUp(arrow.Int64Traits.CastFromBytes(bytesAt(d, 1)), d, len(bytesAt(d, 2)))
	case *arrow.ListType, *arrow.MapType:
		ok = goUp(arrow.Int32Traits.CastFromBytes(bytesAt(d, 1)), d, parts[0].Len())
	case *arrow.LargeListType:
		ok = goUp(arrow.Int64Traits.CastFromBytes(bytesAt(d, 1)), d, parts[0].Len())
	case *arrow.FixedSizeListType:
		ok = d.Offset()+d.Len() <= parts[0].Len()/int(t.Len())
	case *arrow.DictionaryType:
		if words := d.Dictionary(); !seen[words] {
			seen[words] = true
			ok = ordered(words, seen)
		}
	}
	for _, p := range parts {
		ok = ok && ordered(p, seen)
	}
	return ok
}

// goUp tells whether the offsets of an array begin at 0 or above, go up and end within so many.
func goUp[T int32 | int64](offsets []T, d arrow.ArrayData, end int) bool {
	if d.Len() == 0 {
		return true
	}
	if d.Len() > len(offsets)-1-d.Offset() {
		return false
	}
	last := T(0)
	for _, o := range offsets[d.Offset() : d.Offset()+d.Len()+1] {
		if o < last {
			return false
		}
		last = o
	}
	return int64(last) <= int64(end)
}

// bytesAt is a buffer of an array; nil where it has none.
func bytesAt(d arrow.ArrayData, i int) []byte {
	if b := d.Buffers(); i < len(b) && b[i] != nil {
		return b[i].Bytes()
	}
	return nil
}
