package load

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// lasHead is what the header of a point cloud says (LAS specification 1.4 of the ASPRS, revision
// 15).
type lasHead struct {
	format       int // of point records
	packed       bool
	length       int // bytes of a record
	count        uint64
	points       int64 // where they begin
	scale, shift [3]float64
	wkt          string  // its reference system; "" where it says none so
	keys         geoKeys // what else it says of it
	zip          []byte  // how points are packed
}

// lasShape is where fields lie in a record of a format; 0 where it has none of them.
type lasShape struct{ least, time, color int }

var lasShapes = [11]lasShape{{20, 0, 0}, {28, 20, 0}, {26, 0, 20}, {34, 20, 28}, {57, 20, 0}, {63, 20, 28}, {30, 22, 0}, {36, 22, 30}, {38, 22, 30}, {59, 22, 0}, {67, 22, 30}}

// Bounds of what is read of a file that may be broken.
const (
	lasMostRoom  = 1 << 26 // bytes of what stands before the points
	lasBlock     = 1 << 18 // points that are placed at a time: each starts programs, for tenths of a second
	lasEach      = 256     // bytes that a point takes as a row, while columns grow
	lasWithheld  = "point withheld by who made the file"
	lasProjected = "LASF_Projection"
)

// readLAS reads a point cloud: a row a point, with its height above the ellipsoid in metres,
// intensity, class and what else its format has.
func readLAS(ctx context.Context, c *read.Content, src *scene.Source, o Options) (*table.Table, error) {
	in, err := c.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	r := bufio.NewReaderSize(in, 1<<18)
	h, err := readLASHead(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	b := lasBuilder{head: h, shape: lasShapes[h.format], o: o, name: c.Name(), room: o.Memory / lasEach}
	if o.Memory <= 0 {
		b.room = 4 << 30 / lasEach
	}
	if b.system, err = h.system(ctx, src, o.Report); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	next, err := h.records(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	n := h.count
	if o.Most > 0 {
		n = min(n, uint64(o.Most))
	}
	if o.BBox == nil && n > uint64(b.room) {
		return nil, b.tooMany(n)
	}
	for i := range n {
		record, err := next()
		if err != nil {
			return nil, fmt.Errorf("%s: point %d of %d: %w", c.Name(), i+1, h.count, cutOff(err))
		}
		b.add(int(i), record)
		if len(b.block) < lasBlock && i+1 < n {
			continue
		}
		if err := b.place(ctx); err != nil {
			return nil, err
		}
		if len(b.ids) > int(b.room) {
			return nil, b.tooMany(uint64(len(b.ids)))
		}
	}
	return b.table(), nil
}

func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file is cut off")
	}
	return err
}

// readLASHead reads a header with its records and leaves the reader where points begin.
func readLASHead(r io.Reader) (h lasHead, err error) {
	head := make([]byte, 227)
	if _, err := io.ReadFull(r, head); err != nil {
		return h, cutOff(err)
	}
	le := binary.LittleEndian
	size, points, records := int(le.Uint16(head[94:])), int64(le.Uint32(head[96:])), int(le.Uint32(head[100:]))
	h.format, h.packed = int(head[104]&0x3f), head[104]&0xc0 != 0
	h.length, h.count, h.points = int(le.Uint16(head[105:])), uint64(le.Uint32(head[107:])), points
	for k := range 3 {
		h.scale[k] = math.Float64frombits(le.Uint64(head[131+8*k:]))
		h.shift[k] = math.Float64frombits(le.Uint64(head[155+8*k:]))
	}
	if size < 227 || points < int64(size) || points > lasMostRoom {
		return h, fmt.Errorf("its header says that points begin at byte %d after a header of %d", points, size)
	}
	rest := make([]byte, points-227)
	if _, err := io.ReadFull(r, rest); err != nil {
		return h, cutOff(err)
	}
	if head[24] == 1 && head[25] >= 4 && size >= 375 {
		h.count = max(h.count, le.Uint64(rest[247-227:]))
	}
	switch {
	case h.format >= len(lasShapes):
		return h, fmt.Errorf("points of format %d are not known: 0 to %d are", h.format, len(lasShapes)-1)
	case h.length < lasShapes[h.format].least:
		return h, fmt.Errorf("a point of format %d has %d bytes, and %d here", h.format, lasShapes[h.format].least, h.length)
	}
	for _, s := range h.scale {
		if !(s > 0) || math.IsInf(s, 0) {
			return h, fmt.Errorf("its scale %v is none", h.scale)
		}
	}
	h.variable(rest[size-227:], records)
	return h, nil
}

// variable reads the records of variable length before the points.
func (h *lasHead) variable(b []byte, n int) {
	le := binary.LittleEndian
	for range n {
		if len(b) < 54 {
			return
		}
		user, id, size := strings.TrimRight(string(b[2:18]), "\x00"), le.Uint16(b[18:]), int(le.Uint16(b[20:]))
		b = b[54:]
		if len(b) < size {
			return
		}
		body := b[:size]
		b = b[size:]
		switch {
		case user == lasProjected && id == 2112:
			h.wkt = strings.TrimRight(string(body), "\x00 ")
		case user == lasProjected && id == 34735:
			h.keys = readGeoKeys(body)
		case user == "laszip encoded" && id == 22204:
			h.zip = body
		}
	}
}

// records reads one point after the other; each is good until the next.
func (h *lasHead) records(r io.Reader) (next func() ([]byte, error), err error) {
	if h.packed {
		return h.unpacked(r)
	}
	record := make([]byte, h.length)
	return func() ([]byte, error) {
		_, err := io.ReadFull(r, record)
		return record, err
	}, nil
}
