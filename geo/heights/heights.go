// Package heights is the ground of a package in its smallest form: a square grid of
// heights over the plan of the package's frame, for everything that must stand on the
// ground when a story is played (cameras, labels, columns) and needs no mesh.
package heights

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/longtake/longtake/geo/earth"
)

// Grid is N×N heights in metres above the ellipsoid at the nodes of a square of plan,
// rows from the south. It implements geo.Elevation.
type Grid struct {
	Frame earth.Frame
	Min   [2]float64 // plan metres of the south-west node
	Size  float64    // plan metres between the first and the last node
	N     int
	H     []float32
}

// magic begins a file: the format and its version.
const magic = "LTHEIGHT1\n"

// maxNodes bounds a grid to 64 MiB.
const maxNodes = 4096

// strip is the side in nodes of the squares in which Sample asks.
const strip = 32

// Sample fills a grid from a function of plan position, square by square: who answers
// has little to keep at hand.
func Sample(frame earth.Frame, min [2]float64, size float64, n int, at func(x, y float64) float64) *Grid {
	g := &Grid{Frame: frame, Min: min, Size: size, N: n, H: make([]float32, n*n)}
	across := (n + strip - 1) / strip
	for square := range across * across {
		i0, j0 := square%across*strip, square/across*strip
		for j := j0; j < j0+strip && j < n; j++ {
			for i := i0; i < i0+strip && i < n; i++ {
				g.H[j*n+i] = float32(at(min[0]+size*float64(i)/float64(n-1), min[1]+size*float64(j)/float64(n-1)))
			}
		}
	}
	return g
}

// HeightAt interpolates between the four nodes around a position; ok is false outside.
func (g *Grid) HeightAt(lng, lat float64) (float64, bool) {
	p := earth.Place{Lng: lng, Lat: lat}
	if g.Frame.Up.Dot(p.Up()) < 0.5 { // the far side of the Earth has a plan too
		return 0, false
	}
	x, y := g.Frame.Plan(lng, lat)
	u, v := (x-g.Min[0])/g.Size*float64(g.N-1), (y-g.Min[1])/g.Size*float64(g.N-1)
	if !(u >= 0 && v >= 0 && u <= float64(g.N-1) && v <= float64(g.N-1)) {
		return 0, false
	}
	return g.Between(u, v), true
}

// Between interpolates at a place counted in nodes from the south-west, 0 to N-1.
func (g *Grid) Between(u, v float64) float64 {
	i, j := min(int(u), g.N-2), min(int(v), g.N-2)
	fu, fv := u-float64(i), v-float64(j)
	at := func(i, j int) float64 { return float64(g.H[j*g.N+i]) }
	return (at(i, j)*(1-fu)+at(i+1, j)*fu)*(1-fv) + (at(i, j+1)*(1-fu)+at(i+1, j+1)*fu)*fv
}

// Write writes the grid, rounded to 1/64 m, as differences between neighbours: small
// and the same bytes on every run.
func (g *Grid) Write(w io.Writer) error {
	z := gzip.NewWriter(w)
	out := bufio.NewWriter(z)
	header := []any{g.Frame.Origin.Lng, g.Frame.Origin.Lat, g.Frame.Origin.Height, g.Min, g.Size, uint32(g.N)}
	if _, err := out.WriteString(magic); err != nil {
		return err
	}
	for _, v := range header {
		if err := binary.Write(out, binary.LittleEndian, v); err != nil {
			return err
		}
	}
	var buf [binary.MaxVarintLen64]byte
	var last int64
	for _, h := range g.H {
		v := int64(math.Round(float64(h) * 64))
		if _, err := out.Write(buf[:binary.PutVarint(buf[:], v-last)]); err != nil {
			return err
		}
		last = v
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return z.Close()
}

// Read reads what Write wrote.
func Read(r io.Reader) (*Grid, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("heights: %w", err)
	}
	in := bufio.NewReader(z)
	got := make([]byte, len(magic))
	if _, err := io.ReadFull(in, got); err != nil || string(got) != magic {
		return nil, errors.New("heights: not a longtake ground file: generate the package again")
	}
	var head struct {
		Lng, Lat, Height float64
		Min              [2]float64
		Size             float64
		N                uint32
	}
	if err := binary.Read(in, binary.LittleEndian, &head); err != nil {
		return nil, fmt.Errorf("heights: %w", err)
	}
	if head.N < 2 || head.N > maxNodes || !(head.Size > 0) || !(math.Abs(head.Lat) <= 90) || !(math.Abs(head.Lng) <= 360) {
		return nil, fmt.Errorf("heights: a grid of %d nodes over %g m at %g°, %g°", head.N, head.Size, head.Lng, head.Lat)
	}
	g := &Grid{Frame: earth.FrameAt(earth.Place{Lng: head.Lng, Lat: head.Lat, Height: head.Height}), Min: head.Min, Size: head.Size, N: int(head.N)}
	var last int64
	for range g.N * g.N { // grows with what is read, not with what the header says
		d, err := binary.ReadVarint(in)
		if err != nil {
			return nil, fmt.Errorf("heights: %w", err)
		}
		last += d
		g.H = append(g.H, float32(float64(last)/64))
	}
	return g, nil
}
