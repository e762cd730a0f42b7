package tiles

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/bits"
)

// subtree is the availability of a part of an implicit tileset (3D Tiles 1.1, "Subtrees",
// and the extension 3DTILES_implicit_tiling of 1.0, which names some members otherwise).
type subtree struct {
	tiles    availability
	contents []availability
	children availability
	rows     tileRows
}

// availability is one bit a place, in Morton order, or the same for all.
type availability struct {
	constant bool
	stream   []byte // nil where constant holds
}

func (a availability) at(i uint64) bool {
	if a.stream == nil {
		return a.constant
	}
	return i/8 < uint64(len(a.stream)) && a.stream[i/8]>>(i%8)&1 == 1
}

type availabilityJSON struct {
	Constant   *int `json:"constant"`
	Bitstream  *int `json:"bitstream"`
	BufferView *int `json:"bufferView"` // of the extension
}

type subtreeJSON struct {
	Buffers []struct {
		URI        string `json:"uri"`
		ByteLength int    `json:"byteLength"`
	} `json:"buffers"`
	BufferViews []struct {
		Buffer     int `json:"buffer"`
		ByteOffset int `json:"byteOffset"`
		ByteLength int `json:"byteLength"`
	} `json:"bufferViews"`
	Tables       []subtreeTable   `json:"propertyTables"`
	TileMetadata *int             `json:"tileMetadata"`
	Tiles        availabilityJSON `json:"tileAvailability"`
	Content      json.RawMessage  `json:"contentAvailability"`
	Children     availabilityJSON `json:"childSubtreeAvailability"`
	Ext          map[string]struct {
		Content []availabilityJSON `json:"contentAvailability"`
	} `json:"extensions"`
}

// readSubtree reads a .subtree or its JSON form. sizes are the numbers of places of the
// tiles and of the child subtrees; known are the properties of tiles that have a meaning.
func readSubtree(data []byte, sizes [2]uint64, known map[[2]string]tileProperty, open func(uri string) ([]byte, error)) (*subtree, error) {
	text, bin := data, []byte(nil)
	if bytes.HasPrefix(data, []byte("subt")) {
		if len(data) < 24 {
			return nil, fmt.Errorf("subtree: truncated: %d bytes", len(data))
		}
		if v := binary.LittleEndian.Uint32(data[4:]); v != 1 {
			return nil, fmt.Errorf("subtree: version %d, there is only 1", v)
		}
		n, m := binary.LittleEndian.Uint64(data[8:]), binary.LittleEndian.Uint64(data[16:])
		rest := uint64(len(data) - 24)
		if n > rest || m > rest-n {
			return nil, fmt.Errorf("subtree: the header says %d and %d bytes, %d are there: the file is cut off", n, m, rest)
		}
		text, bin = data[24:24+n], data[24+n:24+n+m]
	}
	var j subtreeJSON
	if err := json.Unmarshal(bytes.TrimRight(text, " \x00"), &j); err != nil {
		return nil, fmt.Errorf("subtree: %w", err)
	}
	buffers := make([][]byte, len(j.Buffers))
	view := func(i int) ([]byte, error) {
		if i < 0 || i >= len(j.BufferViews) || j.BufferViews[i].Buffer < 0 || j.BufferViews[i].Buffer >= len(buffers) {
			return nil, fmt.Errorf("buffer view %d does not exist", i)
		}
		v := j.BufferViews[i]
		b := &buffers[v.Buffer]
		if *b == nil {
			if *b = bin; j.Buffers[v.Buffer].URI != "" {
				var err error
				if *b, err = open(j.Buffers[v.Buffer].URI); err != nil {
					return nil, err
				}
			}
		}
		if v.ByteOffset < 0 || v.ByteLength < 0 || v.ByteOffset > len(*b) || v.ByteLength > len(*b)-v.ByteOffset {
			return nil, fmt.Errorf("buffer view %d reaches beyond its buffer", i)
		}
		return (*b)[v.ByteOffset : v.ByteOffset+v.ByteLength], nil
	}
	read := func(what string, a availabilityJSON, places uint64) (availability, error) {
		at := a.Bitstream
		if at == nil {
			at = a.BufferView
		}
		switch {
		case a.Constant != nil:
			return availability{constant: *a.Constant != 0}, nil
		case at == nil:
			return availability{}, fmt.Errorf("subtree: %s has neither a constant nor a bitstream", what)
		}
		b, err := view(*at)
		if err == nil && uint64(len(b))*8 < places {
			err = fmt.Errorf("%d bytes where %d bits are needed", len(b), places)
		}
		if err != nil {
			return availability{}, fmt.Errorf("subtree: %s: %w", what, err)
		}
		return availability{stream: b}, nil
	}
	s := &subtree{}
	var err error
	if s.tiles, err = read("tileAvailability", j.Tiles, sizes[0]); err != nil {
		return nil, err
	}
	if s.children, err = read("childSubtreeAvailability", j.Children, sizes[1]); err != nil {
		return nil, err
	}
	for _, c := range j.contents() {
		a, err := read("contentAvailability", c, sizes[0])
		if err != nil {
			return nil, err
		}
		s.contents = append(s.contents, a)
	}
	s.rows, err = j.rows(known, view)
	return s, err
}

// contents lists the availability of each content: an array in 1.1, one object in the
// extension, and an extension of its own for several.
func (j *subtreeJSON) contents() []availabilityJSON {
	var list []availabilityJSON
	var one availabilityJSON
	switch {
	case len(j.Content) == 0:
	case json.Unmarshal(j.Content, &list) == nil:
	case json.Unmarshal(j.Content, &one) == nil:
		list = []availabilityJSON{one}
	}
	if e, ok := j.Ext["3DTILES_multiple_contents"]; ok && list == nil {
		list = e.Content
	}
	return list
}

// morton interleaves the bits of a place in its level.
func morton(x, y, z uint32, dims int) (m uint64) {
	for i := range bits.Len32(x | y | z) {
		m |= uint64(x>>i&1)<<(dims*i) | uint64(y>>i&1)<<(dims*i+1)
		if dims == 3 {
			m |= uint64(z>>i&1) << (3*i + 2)
		}
	}
	return m
}
