package gdal

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"strconv"
)

// Transform takes points from one coordinate reference system to another, in place.
// CRS are what PROJ understands: "EPSG:7415", WKT, a PROJ string. Axes are in the
// traditional order of GIS whatever the authority says: longitude or easting first.
//
// A point that has no image becomes NaN in all three axes. Heights move between
// vertical datums only where PROJ has the geoid's grid; where it has not, PROJ leaves
// them as they are, and between compound and 3D systems it may leave out the shift of
// the horizontal datum as well: see Place.
func Transform(ctx context.Context, src, dst string, pts [][3]float64) error {
	if len(pts) == 0 {
		return nil
	}
	out := &points{pts: pts}
	in := &lines{pts: pts}
	if err := Run(ctx, "gdaltransform", []string{"-s_srs", src, "-t_srs", dst}, in, out); err != nil {
		return fmt.Errorf("coordinates from %s to %s: %w", src, dst, err)
	}
	out.flush()
	if out.n != len(pts) {
		return fmt.Errorf("coordinates from %s to %s: gdaltransform answered %d of %d points", src, dst, out.n, len(pts))
	}
	return nil
}

// lines writes the points as gdaltransform reads them. A point that is no number is
// sent as 0 0 0, so that each line has an answer, and marked.
type lines struct {
	pts [][3]float64
	buf []byte
	n   int
}

// Read is called by one goroutine; it reads a point before its answer is written.
func (l *lines) Read(p []byte) (int, error) {
	for len(l.buf) < len(p) && l.n < len(l.pts) {
		q := l.pts[l.n]
		if s := q[0] + q[1] + q[2]; math.IsNaN(s) || math.IsInf(s, 0) {
			q = [3]float64{}
		}
		for k, v := range q {
			if k > 0 {
				l.buf = append(l.buf, ' ')
			}
			l.buf = strconv.AppendFloat(l.buf, v, 'g', -1, 64)
		}
		l.buf = append(l.buf, '\n')
		l.n++
	}
	if len(l.buf) == 0 {
		return 0, io.EOF
	}
	n := copy(p, l.buf)
	l.buf = append(l.buf[:0], l.buf[n:]...)
	return n, nil
}

// points parses the answers into the slice that the questions came from: a point is
// always sent before it is answered.
type points struct {
	pts  [][3]float64
	n    int
	rest []byte
}

// Write takes whole and broken lines.
func (o *points) Write(p []byte) (int, error) {
	o.rest = append(o.rest, p...)
	used := 0
	for {
		i := bytes.IndexByte(o.rest[used:], '\n')
		if i < 0 {
			break
		}
		o.line(o.rest[used : used+i])
		used += i + 1
	}
	o.rest = append(o.rest[:0], o.rest[used:]...)
	return len(p), nil
}

func (o *points) flush() {
	if len(bytes.TrimSpace(o.rest)) > 0 {
		o.line(bytes.TrimSpace(o.rest))
	}
}

func (o *points) line(text []byte) {
	if o.n >= len(o.pts) {
		o.n++
		return
	}
	old := o.pts[o.n]
	q := [3]float64{math.NaN(), math.NaN(), math.NaN()}
	if s := old[0] + old[1] + old[2]; !math.IsNaN(s) && !math.IsInf(s, 0) {
		var v [3]float64
		f := bytes.Fields(text)
		ok := len(f) == 3
		for k := 0; ok && k < 3; k++ {
			var err error
			v[k], err = strconv.ParseFloat(string(f[k]), 64)
			ok = err == nil && !math.IsInf(v[k], 0)
		}
		if ok {
			q = v
		}
	}
	o.pts[o.n] = q
	o.n++
}
