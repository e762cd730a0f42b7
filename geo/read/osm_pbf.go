package read

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"

	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// The limits of the format (https://wiki.openstreetmap.org/wiki/PBF_Format): a header is
// below 64 KiB, a blob below 32 MiB, packed or not. Anything above is damage or malice.
const (
	pbfHeaderLimit = 64 << 10
	pbfBlobLimit   = 32 << 20
)

// pbfSource reads OSM PBF. It decodes itself, since a decoder of files from strangers
// must bound every size and never panic. Blocks are unpacked on all cores and delivered
// in order.
type pbfSource struct {
	name string
	open func() (io.ReadCloser, error)
	// holds remembers what the n-th blob holds once it was unpacked, so that later
	// passes unpack only what they need.
	holds []osmKinds
}

// pbfJob is a blob on its way through a worker.
type pbfJob struct {
	index  int
	offset int64
	data   []byte
	block  *osmBlock
	holds  osmKinds
	err    error
	done   chan struct{}
}

func (s *pbfSource) scan(ctx context.Context, want osmKinds, fn func(*osmBlock) error) error {
	file, err := s.open()
	if err != nil {
		return err
	}
	defer file.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	procs := runtime.GOMAXPROCS(0)
	work, ordered := make(chan *pbfJob, procs), make(chan *pbfJob, 2*procs)
	var readErr error
	readerDone := make(chan struct{})
	known := s.holds // deliver goes on to write to s.holds
	go func() {
		defer close(readerDone)
		defer close(work)
		defer close(ordered)
		readErr = s.frames(ctx, file, known, want, func(j *pbfJob) bool {
			select {
			case ordered <- j:
			case <-ctx.Done():
				return false
			}
			select {
			case work <- j:
				return true
			case <-ctx.Done():
				return false
			}
		})
	}()
	for range procs {
		go func() {
			for j := range work {
				j.block, j.holds, j.err = decodeBlob(j.data, want)
				close(j.done)
			}
		}()
	}
	err = s.deliver(ctx, ordered, fn)
	cancel()
	<-readerDone // it reads from file and writes readErr
	if err == nil {
		err = readErr
	}
	return err
}

func (s *pbfSource) deliver(ctx context.Context, ordered <-chan *pbfJob, fn func(*osmBlock) error) error {
	for j := range ordered {
		select {
		case <-j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if j.err != nil {
			return fmt.Errorf("%s: damaged OSM PBF: block %d at byte %d: %w", s.name, j.index, j.offset, j.err)
		}
		for len(s.holds) <= j.index {
			s.holds = append(s.holds, 0xff)
		}
		s.holds[j.index] = j.holds
		if err := fn(j.block); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// frames reads the file's blobs and sends those that may hold what is wanted.
func (s *pbfSource) frames(ctx context.Context, file io.Reader, known []osmKinds, want osmKinds, send func(*pbfJob) bool) error {
	r := bufio.NewReaderSize(file, 1<<20)
	var offset int64
	damaged := func(format string, args ...any) error {
		return fmt.Errorf("%s: damaged OSM PBF at byte %d: %w", s.name, offset, fmt.Errorf(format, args...))
	}
	cutOff := func(err error) error {
		if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
			return damaged("the file is cut off in the middle of a block: fetch it again")
		}
		return damaged("%w", err)
	}
	for index := 0; ctx.Err() == nil; {
		var size [4]byte
		if n, err := io.ReadFull(r, size[:]); err == io.EOF && n == 0 {
			if offset == 0 {
				return damaged("the file is empty")
			}
			return nil
		} else if err != nil {
			return cutOff(err)
		}
		n := binary.BigEndian.Uint32(size[:])
		if n == 0 || n > pbfHeaderLimit {
			return damaged("a block header of %d bytes is outside 1 to %d", n, pbfHeaderLimit)
		}
		head := make([]byte, n)
		if _, err := io.ReadFull(r, head); err != nil {
			return cutOff(err)
		}
		kind, length, err := blobHeader(head)
		if err != nil {
			return damaged("%w", err)
		}
		if offset == 0 && kind != "OSMHeader" {
			return damaged("the first block is %q, not OSMHeader", kind)
		}
		start := offset
		offset += 4 + int64(n) + int64(length)
		if kind == "OSMData" && index < len(known) && known[index]&want == 0 || kind != "OSMData" && kind != "OSMHeader" {
			if kind == "OSMData" {
				index++
			}
			if _, err := r.Discard(length); err != nil {
				return cutOff(err)
			}
			continue
		}
		data := make([]byte, length)
		if _, err := io.ReadFull(r, data); err != nil {
			return cutOff(err)
		}
		if kind == "OSMHeader" {
			if err := checkHeader(data); err != nil {
				return damaged("%w", err)
			}
			continue
		}
		if !send(&pbfJob{index: index, offset: start, data: data, done: make(chan struct{})}) {
			return ctx.Err()
		}
		index++
	}
	return ctx.Err()
}

func blobHeader(b []byte) (kind string, length int, err error) {
	w := wire{b: b}
	size := uint64(0)
	for f, k := w.next(); f != 0; f, k = w.next() {
		switch {
		case f == 1 && k == 2:
			kind = string(w.bytes())
		case f == 3 && k == 0:
			size = w.varint()
		default:
			w.skip(k)
		}
	}
	if w.bad || kind == "" {
		return "", 0, errors.New("a block header is not protobuf")
	}
	if size > pbfBlobLimit {
		return "", 0, fmt.Errorf("a block of %d bytes is beyond the format's %d", size, pbfBlobLimit)
	}
	return kind, int(size), nil
}

// unpack returns a blob's content, at most pbfBlobLimit bytes.
func unpack(blob []byte) ([]byte, error) {
	w := wire{b: blob}
	var packed []byte
	var how, size uint64
	for f, k := w.next(); f != 0; f, k = w.next() {
		switch {
		case f == 2 && k == 0:
			size = w.varint()
		case f >= 1 && f <= 7 && k == 2:
			how, packed = f, w.bytes()
		default:
			w.skip(k)
		}
	}
	if w.bad {
		return nil, errors.New("a blob is not protobuf")
	}
	if size > pbfBlobLimit {
		return nil, fmt.Errorf("a block unpacks to %d bytes, beyond the format's %d", size, pbfBlobLimit)
	}
	var r io.Reader
	switch how {
	case 1:
		return packed, nil
	case 3:
		z, err := inflater(packed)
		if err != nil {
			return nil, fmt.Errorf("zlib: %w", err)
		}
		defer inflaters.Put(z)
		r = z
	case 7:
		z, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(2*pbfBlobLimit))
		if err != nil {
			return nil, fmt.Errorf("zstd: %w", err)
		}
		defer z.Close()
		r = z
	default:
		return nil, fmt.Errorf("compression %d (1 none, 3 zlib and 7 zstd are read): rewrite it with osmium cat", how)
	}
	// The stated size is a hint until the stream has kept its word.
	out := bytes.NewBuffer(make([]byte, 0, min(size, 1<<20)+bytes.MinRead))
	n, err := io.Copy(out, io.LimitReader(r, pbfBlobLimit+1))
	if err != nil {
		return nil, fmt.Errorf("unpacking: %w", err)
	}
	if n > pbfBlobLimit || uint64(n) != size {
		return nil, fmt.Errorf("a block states %d bytes and unpacks to %d", size, n)
	}
	return out.Bytes(), nil
}

// checkHeader refuses what this reader would misread.
func checkHeader(blob []byte) error {
	data, err := unpack(blob)
	if err != nil {
		return err
	}
	w := wire{b: data}
	for f, k := w.next(); f != 0; f, k = w.next() {
		if f != 4 || k != 2 {
			w.skip(k)
			continue
		}
		switch feature := string(w.bytes()); feature {
		case "OsmSchema-V0.6", "DenseNodes":
		case "HistoricalInformation":
			return errors.New("this is a history file: make a snapshot with osmium time-filter")
		default:
			return fmt.Errorf("it requires %q, which is not known here", strings.ToValidUTF8(feature, "?"))
		}
	}
	if w.bad {
		return errors.New("the header is not protobuf")
	}
	return nil
}

// inflaters are kept for their tables and windows, which a blob fills anew.
var inflaters sync.Pool

func inflater(packed []byte) (io.ReadCloser, error) {
	r := bytes.NewReader(packed)
	z, _ := inflaters.Get().(io.ReadCloser)
	if z == nil {
		return zlib.NewReader(r)
	}
	return z, z.(zlib.Resetter).Reset(r, nil)
}
